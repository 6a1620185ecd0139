"""Rules about Allow and Deny."""
