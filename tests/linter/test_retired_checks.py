from __future__ import annotations

import pytest

from jfml_policies.errors import UsageError
from jfml_policies.linter import lint
from jfml_policies.linter.registry import all_rules, chosen_codes, find_rule
from jfml_policies.linter.retired_checks import RETIRED_CHECKS, find

CODES = sorted(RETIRED_CHECKS)


def test_no_rule_bears_a_retired_code() -> None:
    """What AWS retired never fires: there is no rule for it."""
    assert not set(RETIRED_CHECKS) & {rule.code for rule in all_rules()}


@pytest.mark.parametrize("code", CODES)
def test_a_retired_check_can_be_ignored_and_not_selected(code: str) -> None:
    """A configuration that leaves a retired check out still works; asking for it alone is a mistake."""
    everything = chosen_codes((), ())

    assert everything == chosen_codes((), (code,)) == chosen_codes((), (code.lower().replace("_", "-"),))
    with pytest.raises(UsageError, match="is valid since 2025-09-19"):
        chosen_codes((code,), ())


@pytest.mark.parametrize(
    "statement",
    [
        {"Effect": "Deny", "Action": "s3:*Object", "Resource": "*"},
        {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}},
        {"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"},
        {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::amzn-s3-demo-bucket/*"},
        {"Effect": "Deny", "Action": "s3:*", "NotResource": "arn:aws:s3:::amzn-s3-demo-bucket/*"},
    ],
)
def test_what_the_retired_checks_forbade_is_valid(statement: dict[str, object]) -> None:
    """Service control policies have the whole language."""
    policy = {"Version": "2012-10-17", "Statement": [statement]}

    assert [] == lint(policy, kind="scp")


@pytest.mark.parametrize("code", CODES)
def test_each_retired_check_says_what_it_meant_and_where_aws_says_so(code: str) -> None:
    """The facts are whole sentences, with a page of AWS's as source."""
    check = find(code)

    assert check is not None
    assert check.meant.endswith(".")
    assert check.today.endswith(".")
    assert check.source.startswith("https://aws.amazon.com/")


def test_the_rules_that_the_texts_name_exist() -> None:
    """What is said to hold today is a rule's or a family's name."""
    assert find_rule("invalid-action")
    assert {"condition", "resource"} <= {rule.family() for rule in all_rules()}
