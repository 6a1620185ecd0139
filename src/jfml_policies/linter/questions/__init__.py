"""Questions that several rules ask of a policy, one a file."""
