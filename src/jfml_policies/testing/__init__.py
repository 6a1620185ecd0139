"""Hypothesis strategies for policies and their parts, and assertions about them, for your tests and ours.

Needs the extra `jfml-policies[testing]`.

>>> from hypothesis import find
>>> from jfml_policies.testing import policies
>>> sorted(find(policies(kind="identity"), lambda policy: True))
['Statement']
"""

from __future__ import annotations

from jfml_policies.testing.assertions import assert_allows, assert_denies, assert_not_wider
from jfml_policies.testing.conditions import conditions
from jfml_policies.testing.names import account_ids, actions, arn_patterns, arns, principals
from jfml_policies.testing.pairs import mutations, policy_pairs, requests
from jfml_policies.testing.policies import mangled_policies, policies, policy_texts, statements
from jfml_policies.testing.tasks import tasks

__all__ = [
    "account_ids",
    "actions",
    "arn_patterns",
    "arns",
    "assert_allows",
    "assert_denies",
    "assert_not_wider",
    "conditions",
    "mangled_policies",
    "mutations",
    "policies",
    "policy_pairs",
    "policy_texts",
    "principals",
    "requests",
    "statements",
    "tasks",
]
