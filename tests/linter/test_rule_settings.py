"""What a configuration tells the rules, and what that changes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from jfml_policies.catalog.vendor_accounts import Vendor
from jfml_policies.linter import RuleSettings, lint
from jfml_policies.linter.option import OptionValue
from jfml_policies.linter.registry import all_rules

ACME = Vendor("444455556666", "Acme", "aws", "required", "us", ("role/acme-*",))
SILENT = Vendor("444455556666", "Acme", "aws", "not offered", "us")


def trust(account: str, condition: Any = None) -> str:
    statement: dict[str, Any] = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
        "Action": "sts:AssumeRole",
    }
    if condition:
        statement["Condition"] = condition
    return json.dumps({"Version": "2012-10-17", "Statement": statement})


def found(text: str, settings: RuleSettings, today: str | None = None) -> set[str]:
    findings = lint(text, kind="trust", ignore=["size"], settings=settings, today=today)
    return {finding.rule for finding in findings}


EXTERNAL_ID = {"StringEquals": {"sts:ExternalId": "acme-7c4b1f2e90d84a6c"}}


@pytest.mark.parametrize(
    ("text", "settings", "before", "after"),
    [
        (
            trust("111122223333"),
            RuleSettings(trusted_accounts=frozenset({"111122223333"})),
            {"root-principal-without-condition"},
            set(),
        ),
        (
            trust("377488441586"),
            RuleSettings(trusted_accounts=frozenset({"377488441586"})),
            {"wrong-vendor-account"},
            set(),
        ),
        (
            trust("464622532012"),
            RuleSettings(trusted_accounts=frozenset({"464622532012"})),
            {"missing-external-id"},
            {"missing-external-id"},
        ),
        (
            trust("444455556666"),
            RuleSettings(vendors=(ACME,)),
            {"root-principal-without-condition"},
            {"missing-external-id"},
        ),
        (
            trust("444455556665"),
            RuleSettings(vendors=(ACME,)),
            {"root-principal-without-condition"},
            {"wrong-vendor-account"},
        ),
        (trust("444455556666", EXTERNAL_ID), RuleSettings(vendors=(SILENT,)), set(), {"external-id-never-sent"}),
        (
            trust("444455556666", {**EXTERNAL_ID, "ArnLike": {"aws:PrincipalArn": "arn:aws:iam::444455556666:role/*"}}),
            RuleSettings(vendors=(ACME,)),
            set(),
            {"wide-vendor-role-pattern"},
        ),
        (
            trust("444455556666", {"StringEquals": {"sts:ExternalId": "Acme-"}}),
            RuleSettings(vendors=(Vendor("444455556666", "Acme Analytics", "aws", "required", "us"),)),
            {"guessable-external-id"},
            {"guessable-external-id"},
        ),
    ],
    ids=["own", "own near", "vendor trusted", "vendor", "near vendor", "never sent", "wide roles", "short"],
)
def test_accounts_that_only_the_user_knows(
    text: str, settings: RuleSettings, before: set[str], after: set[str]
) -> None:
    """Own accounts silence what is about strangers, and vendors of one's own count as ours do."""
    assert before == found(text, RuleSettings())
    assert after == found(text, settings)


ORGANIZATION = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "*"},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
        },
    }
)


@pytest.mark.parametrize(
    ("ids", "whose"),
    [
        ((), "the organization may"),
        (("o-a1b2c3d4e5",), "the organization may"),
        (("o-zzzzzzzzzz",), "`o-a1b2c3d4e5`, which is none of your organizations, may"),
    ],
    ids=["unknown", "own", "other"],
)
def test_whose_organization_is_let_in(ids: tuple[str, ...], whose: str) -> None:
    """Who says which organizations are theirs is told when another one is let in."""
    (finding,) = lint(ORGANIZATION, kind="trust", settings=RuleSettings(organization_ids=ids))

    assert f"every account of {whose} assume the role" in finding.message


def test_a_misspelt_organization_is_recognised() -> None:
    """What is nearly the id of one's own organization leads to it."""
    text = ORGANIZATION.replace("o-a1b2c3d4e5", "o-a1b2c3d4e_")
    settings = RuleSettings(organization_ids=("o-a1b2c3d4e5",))

    hints = [one.hint for one in lint(text, kind="trust", select=["invalid-organization-id"], settings=settings)]

    assert hints == ["did you mean `o-a1b2c3d4e5`?"]


def options(code: str, **values: OptionValue) -> RuleSettings:
    return RuleSettings(options={(code, name.replace("_", "-")): value for name, value in values.items()})


DATED = trust("111122223333", {"DateLessThan": {"aws:CurrentTime": "2026-11-06T00:00:00Z"}})
REFERRED = trust("111122223333", {"StringEquals": {"aws:UserAgent": "x"}})
SERVICE = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": {"Service": "states.amazonaws.com"},
            "Action": "sts:AssumeRole",
        },
    }
)
LONG = trust("111122223333", {"StringEquals": {"sts:ExternalId": "x" * 1100 + "y"}})
CASES = [
    ("GUESSABLE_EXTERNAL_ID", "least-characters", trust("111122223333", EXTERNAL_ID), 30, False),
    ("GUESSABLE_EXTERNAL_ID", "guessable", trust("111122223333", EXTERNAL_ID), ("ACME 7c4b1f2e90d84a6c",), False),
    ("UNTRUSTWORTHY_CONDITION_KEY", "allowed-keys", REFERRED, ("aws:userAgent",), True),
    ("SERVICE_FOR_ANY_ACCOUNT", "allowed-services", SERVICE, ("states.amazonaws.com",), True),
    ("EXPIRED_DATE_CONDITION", "days-ahead", DATED, 30, False),
    ("POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA", "most-characters", LONG, 1000, False),
    ("POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA", "most-characters", LONG, 1000, False),
]


@pytest.mark.parametrize(
    ("code", "option", "text", "value", "is_found_before"), CASES, ids=[f"{case[0]}-{case[1]}" for case in CASES]
)
def test_options_change_what_is_found(
    code: str, option: str, text: str, value: OptionValue, is_found_before: bool
) -> None:
    """Each option makes its rule speak or be silent."""
    kind = "identity" if "IDENTITY" in code else "trust"
    settings = RuleSettings(options={(code, option): value})

    before = lint(text, kind=kind, select=[code], today="2026-10-27")
    after = lint(text, kind=kind, select=[code], today="2026-10-27", settings=settings)

    assert (is_found_before, not is_found_before) == (bool(before), bool(after))


def test_every_option_has_a_case() -> None:
    """An option that changes nothing would not be noticed otherwise."""
    assert {(rule.code, option.name) for rule in all_rules() for option in rule.options} == {case[:2] for case in CASES}


@pytest.mark.parametrize("rule", [rule for rule in all_rules() if rule.options], ids=lambda rule: rule.name())
def test_options_stand_on_the_page(rule: Any) -> None:
    """A rule's page tells its options with their defaults, before the references."""
    page = rule.page()

    for option in rule.options:
        assert f"- `{option.name}`: {option.type}, `{option.shown_default}` by default; {option.meaning}" in page
    assert page.index("## Options") < page.index("## References")
