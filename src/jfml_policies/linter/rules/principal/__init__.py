"""Rules about principals."""
