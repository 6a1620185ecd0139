"""How rules mend what they find, as text edits."""
