from __future__ import annotations

import json

import pytest
from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from jfml_policies.policy.kinds import KINDS, Kind
from jfml_policies.policy.schema import policy_schema
from jfml_policies.testing import arn_patterns, conditions, mangled_policies, policies, policy_texts, principals, tasks

VALIDATORS = {kind: Draft7Validator(policy_schema(kind)) for kind in KINDS}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_policies_are_what_the_schema_allows(kind: Kind) -> None:
    """Every policy that the strategy makes fits the schema of its kind."""

    @given(policies(kind=kind))
    @settings(max_examples=30)
    def check(document: dict[str, object]) -> None:
        assert [] == [error.message for error in VALIDATORS[kind].iter_errors(document)]

    check()


def test_rare_shapes_turn_up() -> None:
    """Shapes that make a difference turn up within a few hundred policies."""
    wanted = ["NotAction", "NotResource", "IfExists", "ForAllValues:", "ForAnyValue:", "${aws:", "Null", '"*"', "Deny"]

    assert [] == _missing(wanted, policies(kind="identity"))


def test_every_kind_of_task_turns_up() -> None:
    """And what makes their statements differ: keys, listings without a prefix, Lake Formation."""
    kinds = [
        *(
            "ReadFolder",
            "WriteFolder",
            "ReadThroughAccessPoint",
            "WriteThroughAccessPoint",
            "UseAccessGrants",
            "AthenaQuery",
            "RedshiftLogin",
        ),
        *("RedshiftServerlessLogin", "UseKeys", "ReadSecrets", "ReadParameters", "PullImages", "ReadStream"),
        *("ReadTable", "InvokeEndpoints", "InvokeModels", "PassRoles", "LendKeys"),
    ]
    wanted = [*(f"{kind}(" for kind in kinds), "KmsKey(", "strict=False", "lake_formation=True", "versions=True"]

    assert [] == _missing(wanted, tasks().map(repr))


def test_principals_of_every_type_turn_up() -> None:
    """Accounts, roles, sessions, services, providers and `*` are all made."""
    assert [] == _missing(["*", "root", ":role/", "assumed-role", "amazonaws.com"], principals())
    assert [] == _missing(["saml-provider"], principals(kind="trust"))


def _missing(words: list[str], strategy: st.SearchStrategy[object]) -> list[str]:
    """The words that no example holds; more is drawn only while some are missing.

    What is drawn depends a little on the modules that a process has loaded, seed or not.
    """
    missing = set(words)
    for number in range(5):

        @seed(number)
        @given(strategy)
        @settings(max_examples=300, database=None, phases=[Phase.generate])
        def look(example: object) -> None:
            missing.difference_update([word for word in missing if word in json.dumps(example)])

        look()
        if not missing:
            break
    return sorted(missing)


@given(policy_texts(), arn_patterns(), conditions())
def test_texts_are_json(text: str, arn: str, condition: dict[str, object]) -> None:
    """Every layout is JSON but for its byte order mark."""
    assert isinstance(json.loads(text.removeprefix("\ufeff")), dict)
    assert arn == "*" or arn.startswith("arn:aws:")
    assert condition


@given(st.data())
def test_mangled_policies_are_json_values(data: st.DataObject) -> None:
    """Whatever is broken, it stays something that JSON can say."""
    document = data.draw(mangled_policies())

    assert document == json.loads(json.dumps(document))
