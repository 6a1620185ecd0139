"""Rules about actions."""
