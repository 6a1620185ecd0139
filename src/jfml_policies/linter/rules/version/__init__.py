"""Rules about the version of the policy language."""
