"""What policies mean: sets of requests, compared exactly, and an evaluator that decides one request."""
