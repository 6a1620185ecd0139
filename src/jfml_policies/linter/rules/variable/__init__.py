"""Rules about policy variables."""
