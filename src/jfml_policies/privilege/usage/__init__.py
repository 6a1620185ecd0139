"""What a workload was seen to do: CloudTrail records to the requests that IAM decided, and the policy for them."""
