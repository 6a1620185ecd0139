"""Rules about ARNs of resources."""
