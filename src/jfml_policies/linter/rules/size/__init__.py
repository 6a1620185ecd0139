"""Rules about quotas of size."""
