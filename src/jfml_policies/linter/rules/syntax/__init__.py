"""Rules about the text and its JSON."""
