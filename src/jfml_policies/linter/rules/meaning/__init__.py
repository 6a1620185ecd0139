"""Rules that ask what statements mean, not how they are written."""
