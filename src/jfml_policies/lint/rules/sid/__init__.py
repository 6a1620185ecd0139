"""Rules about statement ids."""
