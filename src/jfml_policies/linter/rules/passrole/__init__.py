"""Rules about permissions that hand over more than they name."""
