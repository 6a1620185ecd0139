"""What an editor asks of a policy while it is typed: findings, mends, explanations, completions; plain values only."""
