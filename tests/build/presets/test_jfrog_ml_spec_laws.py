"""What holds of the role of any valid spec."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import yaml
from hypothesis import event, given, settings
from hypothesis import strategies as st

from jfml_policies.access.access import Access
from jfml_policies.build import Role, access_of, explain, jfrog_ml
from jfml_policies.catalog import load
from jfml_policies.errors import ParameterError
from jfml_policies.linter import lint

ACCOUNT = "111122223333"
PROVIDER = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE"
NAMES = st.from_regex(r"[a-z][a-z0-9]{2,8}", fullmatch=True)
KEY = st.uuids().map(lambda key: f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/{key}")
KEYS = st.lists(KEY, max_size=2)
PREFIXES = st.lists(NAMES, min_size=1, max_size=2).map("/".join)
OBJECTS = PREFIXES.map(lambda prefix: f"{prefix}.csv")


def parts(*, optional: dict[str, Any] | None = None, **needed: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Objects with some names always and others now and then."""
    fixed = {name: value if isinstance(value, st.SearchStrategy) else st.just(value) for name, value in needed.items()}
    return st.fixed_dictionaries(fixed, optional=optional or {})


FOLDERS = {"prefix": PREFIXES, "kms_keys": KEYS}
#: A bucket is one account's alone.
OTHERS = NAMES.map(lambda name: f"{name}-other")
LOCATIONS = parts(bucket=NAMES, optional=FOLDERS) | parts(
    bucket=OTHERS, bucket_account="999999999999", optional=FOLDERS
)
DATED = LOCATIONS | parts(bucket=NAMES, prefix=PREFIXES.map(lambda prefix: f"{prefix}/{{%d-%m-%Y}}"))
SOME = st.lists(NAMES, min_size=1, max_size=2)
NEEDS = st.one_of(
    parts(task="read-folder", bucket=NAMES, optional={"prefix": PREFIXES, "versions": st.booleans()}),
    parts(task="read-folder", bucket=NAMES, key=OBJECTS),
    parts(task="write-folder", bucket=NAMES, prefix=PREFIXES),
    parts(task="write-folder", bucket=NAMES, key=OBJECTS),
    parts(task="read-through-access-point", bucket=NAMES, access_point=NAMES, optional={"key": OBJECTS}),
    parts(task="write-through-access-point", bucket=NAMES, access_point=NAMES, optional={"key": OBJECTS}),
    parts(task="use-access-grants"),
    parts(
        task="use-keys",
        kms_keys=st.lists(KEY, min_size=1, max_size=2),
        uses=st.sampled_from([["decrypt"], ["encrypt", "decrypt"]]),
    ),
    parts(
        task="lend-keys",
        kms_keys=st.lists(KEY, min_size=1, max_size=2),
        operations=st.sampled_from([["Decrypt"], ["Decrypt", "GenerateDataKey"]]),
        optional={"services": st.just(["dynamodb", "sagemaker"])},
    ),
    parts(task="read-secrets", names=SOME, optional={"kms_keys": KEYS}),
    parts(task="read-parameters", names=SOME, optional={"paths": SOME}),
    parts(task="pull-images", repositories=SOME),
    parts(task="read-stream", stream=NAMES, optional={"consumer": NAMES, "kms_keys": KEYS}),
    parts(task="read-table", table=NAMES, optional={"indexes": SOME, "scan": st.booleans()}),
    parts(task="invoke-endpoints", endpoints=SOME, optional={"components": SOME, "asynchronous": st.booleans()}),
    parts(task="invoke-models", models=SOME, optional={"streaming": st.booleans()}),
    parts(
        task="pass-roles",
        roles=NAMES.map(lambda name: [f"arn:aws:iam::{ACCOUNT}:role/{name}"]),
        services=["sagemaker.amazonaws.com"],
    ),
)
MANY = st.lists(NEEDS, min_size=1, max_size=2)
USES = st.one_of(
    parts(use=st.sampled_from(["csv", "parquet"]), bucket=NAMES, optional={"prefix": PREFIXES, "kms_keys": KEYS}),
    parts(use="parquet", bucket=NAMES, key=OBJECTS, optional={"kms_keys": KEYS}),
    parts(
        use="athena",
        database=NAMES,
        data=st.lists(LOCATIONS, min_size=1, max_size=2),
        optional={
            "tables": SOME,
            "results": LOCATIONS,
            "lake_formation": st.booleans(),
            "browse": st.booleans(),
            "catalog_keys": KEYS,
        },
    ),
    parts(use="redshift", cluster=NAMES, database=NAMES, user=NAMES),
    parts(use="redshift-serverless", workgroup_id=st.uuids().map(str)),
    parts(use="build", needs=MANY),
    parts(use="deployment", mode=st.sampled_from(["real-time", "streaming", "batch"]), needs=MANY),
    parts(use="batch-execution", source=DATED, destination=DATED),
    parts(use="automation", runs="batch-execution", source=DATED, destination=DATED),
    parts(use="automation", runs="build-deploy", needs=MANY),
)
SPECS = parts(
    account=ACCOUNT,
    region="eu-west-1",
    uses=st.lists(USES, min_size=1, max_size=3),
    optional={
        "name": NAMES,
        "listing": st.sampled_from(["strict", "compatible"]),
        "trust": parts(kind="cloud", optional={"role_patterns": st.sampled_from(["both", "base"])})
        | parts(kind="self-managed", oidc_provider=PROVIDER, service_accounts=["jfrogml:executor"]),
    },
)


@st.composite
def many(draw: st.DrawFn, prefix: str, most: int) -> list[str]:
    """Long names that differ, of a number and length that alone decide whether a policy holds them."""
    number, length = draw(st.integers(most // 2, most)), draw(st.integers(5, 40))
    return [f"{prefix}{'x' * length}{place}" for place in range(number)]


@st.composite
def large_uses(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Uses that each take a lot: many tables, folders, keys, secrets."""
    keys = [f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-{n:012}" for n in range(20)]
    tables: dict[str, Any] = {"use": "athena", "database": draw(NAMES), "tables": draw(many("t", 40))}
    tables["data"] = [{"bucket": name, "kms_keys": keys[:3]} for name in draw(many("d", 12))]
    folders = draw(many("f", 8))
    files = [
        {"use": "csv", "bucket": "acme", "prefix": name * 3, "kms_keys": keys[:n]} for n, name in enumerate(folders)
    ]
    secrets = {"task": "read-secrets", "names": draw(many("s", 30)), "kms_keys": keys}
    streams = [{"task": "read-stream", "stream": name, "kms_keys": keys[n : n + 2]} for n, name in enumerate(folders)]
    calls = {"use": "build", "needs": [secrets, *streams]}
    chosen = draw(st.lists(st.sampled_from(["tables", "files", "calls"]), min_size=2, max_size=3, unique=True))
    uses = {"tables": [tables, {**tables, "database": "another"}], "files": files, "calls": [calls]}
    return [use for name in chosen for use in uses[name]]


LARGE_SPECS = parts(
    account=ACCOUNT,
    region="eu-west-1",
    uses=large_uses(),
    optional={"listing": st.sampled_from(["strict", "compatible"])},
)


def role_of(spec: dict[str, Any]) -> Role:
    return jfrog_ml.role_from_spec(jfrog_ml.spec_from(spec))


def problems_of(text: str, name: str) -> tuple[str, ...]:
    try:
        jfrog_ml.spec_from_text(text, name)
    except ParameterError as error:
        return error.problems
    return ()


@given(SPECS | LARGE_SPECS)
@settings(max_examples=60, deadline=None)
def test_the_role_is_clean_and_within_quota(spec: dict[str, Any]) -> None:
    """No error, security warning or warning; 6,144 and 2,048 characters."""
    role = role_of(spec)
    found = [*lint(role.trust, kind="trust")]
    found += [finding for one in role.permission_documents for finding in lint(one, kind="identity")]

    assert [] == [(item.rule, item.message) for item in found if item.severity != "suggestion"]
    assert all(len(json.dumps(one, separators=(",", ":"))) <= 6144 for one in role.permission_documents)
    assert 1 <= len(role.permission_documents) <= 10
    assert len(json.dumps(role.trust, separators=(",", ":"))) <= 2048


@given(SPECS | LARGE_SPECS)
@settings(max_examples=25, deadline=None)
def test_the_role_means_what_its_tasks_take(spec: dict[str, Any]) -> None:
    """As sets of requests: nothing is lost and nothing added by joining the uses."""
    role = role_of(spec)

    asked = access_of(*jfrog_ml.spec_from(spec).tasks)
    together = {
        "Version": "2012-10-17",
        "Statement": [
            {name: value for name, value in statement.items() if name != "Sid"}
            for one in role.permission_documents
            for statement in one["Statement"]
        ],
    }

    assert asked == Access.of(together, kind="identity")
    assert asked == Access.of(role.permissions, kind="identity")


@given(LARGE_SPECS)
@settings(max_examples=10, deadline=None)
def test_large_roles_are_split(spec: dict[str, Any]) -> None:
    """Most of these take several policies, each named and numbered, the same ones every time."""
    role = role_of(spec)
    event(f"{len(role.split_json)} parts")
    texts = [text for name, text in role.files.items() if name != "trust.json"]

    assert role == role_of(spec)
    assert [json.loads(text) for text in texts] == list(role.permission_documents)
    assert (role.split_json == ()) == (len(json.dumps(role.permissions, separators=(",", ":"))) <= 6144)
    assert any("split into" in line for line in explain(role)) == bool(role.split_json)


@given(SPECS, NAMES)
@settings(max_examples=40, deadline=None)
def test_other_accounts_get_policies_and_the_own_account_none(spec: dict[str, Any], name: str) -> None:
    """Each bucket of another account has one that checks clean; what is in the role's own account has none."""
    role = role_of({**spec, "name": name})
    owned = [
        (statement["Resource"], statement["Condition"]["StringEquals"]["aws:ResourceAccount"])
        for statement in role.permissions["Statement"]
        if "aws:ResourceAccount" in statement.get("Condition", {}).get("StringEquals", {})
    ]
    elsewhere = {
        arn.split(":::")[1].partition("/")[0]
        for resources, account in owned
        for arn in (resources if isinstance(resources, list) else [resources])
        if account != ACCOUNT
    }
    policies = role.bucket_policies()

    assert elsewhere == set(policies)
    assert {} == role.key_policy_statements()
    for policy in policies.values():
        assert [] == lint(policy, kind="resource", resource_type="AWS::S3::Bucket")


@given(SPECS)
@settings(max_examples=40, deadline=None)
def test_nothing_forbidden_is_granted(spec: dict[str, Any]) -> None:
    """No wildcard action, no deleting, no managing of permissions, passing roles only where the spec names it."""
    role = role_of(spec)
    passes = '"pass-roles"' in json.dumps(spec)
    lends = '"lend-keys"' in json.dumps(spec)
    writes = any(word in json.dumps(spec) for word in ('"destination"', '"write-folder"', '"results"'))
    for statement in role.permissions["Statement"]:
        actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
        for name in actions:
            action = load().action(name)

            assert action is not None
            assert "Delete" not in name
            assert action.access_level not in {"Permissions management", "Tagging"} or (
                lends and name == "kms:CreateGrant"
            )
            assert passes or not name.startswith("iam:")
            assert writes or name != "s3:PutObject"


@given(SPECS)
@settings(max_examples=30, deadline=None)
def test_yaml_json_and_python_give_the_same_role(spec: dict[str, Any]) -> None:
    """Byte for byte, and the JSON Schema takes what the builder takes."""
    role = role_of(spec)

    assert role == jfrog_ml.role_from_spec(jfrog_ml.spec_from_text(yaml.safe_dump(spec), "role.yml"))
    assert role == jfrog_ml.role_from_spec(jfrog_ml.spec_from_text(json.dumps(spec), "role.json"))
    jsonschema.validate(spec, jfrog_ml.spec_schema(), cls=jsonschema.Draft202012Validator)
    for line in explain(role):
        assert line.isprintable()


@given(
    st.recursive(NAMES | st.none() | st.booleans() | st.integers(), lambda inner: st.lists(inner, max_size=2)),
    SPECS,
    st.data(),
)
@settings(max_examples=60, deadline=None)
def test_a_wrong_value_anywhere_is_a_problem_or_harmless(
    junk: object, spec: dict[str, Any], data: st.DataObject
) -> None:
    """Whatever stands in the place of a value, only our own errors come out, each on one line."""
    places: list[tuple[Any, Any]] = []
    stack: list[Any] = [spec]
    while stack:
        inner = stack.pop()
        for key, value in list(inner.items() if isinstance(inner, dict) else enumerate(inner)):
            places.append((inner, key))
            if isinstance(value, (dict, list)):
                stack.append(value)
    holder, key = data.draw(st.sampled_from(places))
    holder[key] = junk

    assert all(
        problem.isprintable() and problem.startswith("role.json:1:")
        for problem in problems_of(json.dumps(spec), "role.json")
    )
