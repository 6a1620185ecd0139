"""Policies: one table of kinds, frozen nodes, a tolerant parser and a canonical writer."""
