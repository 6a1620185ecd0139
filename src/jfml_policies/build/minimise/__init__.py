"""Minimise: the smallest policy that means the same, every step of the way proved.

>>> from jfml_policies.build.minimise import minimise
>>> text = '''{"Version": "2012-10-17", "Statement": [
...     {"Effect": "Allow", "Action": ["s3:GetObject", "s3:Get*"], "Resource": "arn:aws:s3:::acme/a/*"},
...     {"Effect": "Allow", "Action": "s3:Get*", "Resource": ["arn:aws:s3:::acme/b/*"]}
... ]}'''
>>> result = minimise(text)
>>> len(result.policies[0].statements), result.size_before > result.size
(1, True)
"""

from __future__ import annotations

from jfml_policies.build.minimise.outcome import Minimised, Step
from jfml_policies.build.minimise.run import minimise

__all__ = ["Minimised", "Step", "minimise"]
