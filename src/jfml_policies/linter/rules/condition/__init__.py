"""Rules about condition blocks."""
