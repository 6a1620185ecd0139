"""What a principal's policies put at stake: escalation paths and exposure."""
