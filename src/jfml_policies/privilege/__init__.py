"""Privilege: what a principal's policies put at stake, what they grant beyond a need, and what was seen to be used."""
