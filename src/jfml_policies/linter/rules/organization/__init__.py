"""Rules about service and resource control policies."""
