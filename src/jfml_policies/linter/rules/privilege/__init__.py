"""Rules about permissions with which a principal gains others."""
