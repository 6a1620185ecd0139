"""What holds of JFrog ML's role for any valid parameters."""

from __future__ import annotations

import json
import string
from typing import Any

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from jfml_policies.build import Role, jfrog_ml
from jfml_policies.build.s3_names import bucket_name_problem, folder_problem
from jfml_policies.linter import lint
from jfml_policies.policy.parse import parse_text
from jfml_policies.policy.write import write
from jfml_policies.testing import account_ids

_ACCOUNTS = account_ids().filter(lambda text: text != jfrog_ml.CLOUD_ACCOUNT)
_BUCKETS = st.text(string.ascii_lowercase + string.digits + "-.", min_size=3, max_size=63).filter(
    lambda text: bucket_name_problem(text) is None
)
_FOLDERS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="*?{"), min_size=1, max_size=40).filter(
    lambda text: folder_problem(text) is None
)
_REGIONS = {"aws": "eu-west-1", "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1"}
_KEY_IDS = st.uuids().map(str) | st.uuids().map(lambda value: f"mrk-{value.hex}")


@st.composite
def role_arguments(draw: st.DrawFn) -> dict[str, Any]:
    """Valid arguments of the hardened role; every option is left out now and then."""
    partition = draw(st.sampled_from(sorted(_REGIONS)))
    region = _REGIONS[partition]
    keys = st.lists(
        st.builds("arn:{}:kms:{}:{}:key/{}".format, st.just(partition), st.just(region), _ACCOUNTS, _KEY_IDS)
    )
    arguments: dict[str, Any] = {"bucket": draw(_BUCKETS), "partition": partition}
    if partition != "aws":
        arguments["account"] = draw(_ACCOUNTS)
    options = {
        "prefix": _FOLDERS,
        "write_bucket": _BUCKETS,
        "write_prefix": _FOLDERS,
        "own_account": _ACCOUNTS,
        "strict_prefix": st.booleans(),
        "role_patterns": st.sampled_from(["both", "base"]),
        "region": st.just(region),
        "kms_keys": keys.filter(lambda found: len(found) <= 5),
    }
    for name, values in options.items():
        if draw(st.booleans()):
            arguments[name] = draw(values)
    return arguments


def statements_of(role: Role) -> list[dict[str, Any]]:
    return [*role.trust["Statement"], *role.permissions["Statement"]]


def list_of(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


@given(role_arguments())
@settings(max_examples=60)
def test_the_same_request_gives_the_same_role(arguments: dict[str, Any]) -> None:
    """Byte for byte, from keywords as from a specification."""
    role = jfrog_ml.role(**arguments)

    assert role == jfrog_ml.role_from(jfrog_ml.RoleParameters.of(arguments))


@given(role_arguments())
@settings(max_examples=100)
def test_built_policies_are_clean(arguments: dict[str, Any]) -> None:
    """The linter finds no error, security warning or warning in them."""
    role = jfrog_ml.role(**arguments)
    found = [*lint(role.trust_json, kind="trust"), *lint(role.permissions_json, kind="identity")]
    # An account of one's own is no fault of the builder; the role's warnings tell of it.
    if role.trust_json.count(jfrog_ml.CLOUD_ACCOUNT):
        assert [finding for finding in found if finding.severity != "suggestion"] == []
    assert [finding for finding in found if finding.severity == "error"] == []


@given(role_arguments())
@settings(max_examples=100)
def test_built_policies_are_canonical(arguments: dict[str, Any]) -> None:
    """The text is what the canonical writer makes of it, but for characters that policies may not hold."""
    role = jfrog_ml.role(**arguments)
    for text, values in ((role.trust_json, role.trust), (role.permissions_json, role.permissions)):
        assert json.loads(text) == values
        assert write(parse_text(text)) == json.dumps(values, indent=2, ensure_ascii=False) + "\n"


@given(role_arguments())
@settings(max_examples=100)
def test_nothing_beyond_the_request_is_granted(arguments: dict[str, Any]) -> None:
    """No wildcard action, no resource outside of the buckets and keys asked for, no write unless asked."""
    role = jfrog_ml.role(**arguments)
    buckets = {arguments["bucket"], arguments.get("write_bucket", arguments["bucket"])}
    own = {f"arn:{arguments['partition']}:s3:::{bucket}" for bucket in buckets}
    writes = "write_bucket" in arguments or "write_prefix" in arguments
    for statement in statements_of(role):
        actions = list_of(statement["Action"])

        assert statement["Sid"].isalnum()
        assert not any("*" in action or "?" in action for action in actions)
        assert writes or not {"s3:PutObject", "kms:GenerateDataKey"} & set(actions)
        for resource in list_of(statement.get("Resource", [])):
            in_bucket = any(resource == arn or resource.startswith(f"{arn}/") for arn in own)

            assert in_bucket or resource in arguments.get("kms_keys", [])


@given(role_arguments())
@settings(max_examples=100)
def test_every_grant_is_as_narrow_as_the_request(arguments: dict[str, Any]) -> None:
    """Object patterns have one wildcard, at the end of the folder; keys need S3; the owner guards each bucket."""
    role = jfrog_ml.role(**arguments)
    for statement in role.permissions["Statement"]:
        conditions = {key for block in statement.get("Condition", {}).values() for key in block}
        if statement["Action"] == "s3:GetObject":
            folder = arguments.get("prefix", "")
            path = folder if not folder or folder.endswith("/") else f"{folder}/"

            assert statement["Resource"] == f"arn:{arguments['partition']}:s3:::{arguments['bucket']}/{path}*"
        if list_of(statement["Action"])[0].startswith("kms:"):
            assert conditions == {"kms:ViaService"}
        else:
            assert ("aws:ResourceAccount" in conditions) is ("own_account" in arguments)


@given(role_arguments())
@settings(max_examples=60)
def test_valid_requests_are_valid_by_the_schema(arguments: dict[str, Any]) -> None:
    """An editor with the JSON Schema accepts what the builder accepts."""
    jsonschema.validate(arguments, jfrog_ml.parameters_schema(), cls=jsonschema.Draft202012Validator)


@given(role_arguments())
@settings(max_examples=60)
def test_words_are_single_lines(arguments: dict[str, Any]) -> None:
    """Every line of the report is printable and has no full stop, whatever the folder is called."""
    role = jfrog_ml.role(**arguments)
    for line in (*role.choices, *role.allows, *role.leaves_out, *role.warnings):
        assert line.isprintable()
        assert not line.endswith(".")
