"""Policies inside other files: templates, plans, answers of AWS's API; each keeps its places in the file."""
