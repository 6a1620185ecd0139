"""Patterns as values that answer questions about sets of texts: globs, ARNs, actions, principals, policy variables."""
