"""Rules about role trust policies."""
