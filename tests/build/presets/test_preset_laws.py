"""What holds of the role of every preset that comes with the package, for any valid parameters."""

from __future__ import annotations

import json
import string
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jfml_policies.access.evaluate import evaluate
from jfml_policies.access.request import Request
from jfml_policies.build import Role
from jfml_policies.build.presets.from_preset import preset_role
from jfml_policies.build.presets.preset import ParameterSpec, Preset
from jfml_policies.build.presets.preset_files import preset_named, preset_names
from jfml_policies.build.presets.preset_parameters import all_specs
from jfml_policies.build.presets.templates import placeholders
from jfml_policies.build.presets.value_types import problem_finder
from jfml_policies.catalog.vendor_accounts import VENDORS
from jfml_policies.errors import ParameterError
from jfml_policies.linter import lint
from jfml_policies.policy.parse import parse_text
from jfml_policies.policy.write import write
from jfml_policies.testing import account_ids

REGIONS = {"aws": "eu-west-1", "aws-us-gov": "us-gov-west-1"}
_PLAIN = string.ascii_letters + string.digits
#: Optional whatever the profile is.
_FREE = ("folder", "key")

accounts = account_ids().filter(lambda account: account not in VENDORS)
external_ids = st.text(_PLAIN + "_+=,.@:/-", min_size=20, max_size=60)
names = st.text(_PLAIN + "_-", min_size=1, max_size=30)


def values(spec: ParameterSpec, partition: str) -> st.SearchStrategy[str]:
    """Valid values of one parameter."""
    if spec.type == "choice":
        return st.sampled_from(spec.choices)
    if spec.type == "text":
        texts = st.text(_PLAIN + spec.also, min_size=1, max_size=min(spec.longest, 30))
        return texts.filter(lambda text: problem_finder(spec)(text) is None)
    region = REGIONS[partition]
    return {
        "account": accounts,
        "bucket": st.from_regex(r"[a-z0-9][a-z0-9-]{1,40}[a-z0-9]", fullmatch=True).filter(
            lambda text: problem_finder(spec)(text) is None
        ),
        "external-id": external_ids,
        "folder": st.from_regex(r"[a-z0-9]{1,10}(/[a-z0-9]{1,10}){0,2}/?", fullmatch=True),
        "inference-profile": st.text(_PLAIN + ".-", min_size=1, max_size=30)
        | st.builds(
            lambda account, name: f"arn:{partition}:bedrock:{region}:{account}:application-inference-profile/{name}",
            accounts,
            st.text(_PLAIN, min_size=1, max_size=12),
        ),
        "key": st.builds(
            lambda account, key: f"arn:{partition}:kms:{region}:{account}:key/{key}", accounts, st.uuids()
        ),
        "region": st.just(region),
        "role-arn": st.builds(lambda account, name: f"arn:{partition}:iam::{account}:role/{name}", accounts, names),
        "role-name": names,
        "user-arn": st.builds(lambda account, name: f"arn:{partition}:iam::{account}:user/{name}", accounts, names),
    }[spec.type]


@st.composite
def arguments(draw: st.DrawFn, preset: Preset) -> dict[str, Any]:
    """Valid parameters of a preset; every option is left out now and then."""
    specs = all_specs(preset)
    given: dict[str, Any] = {}
    partition: str = draw(st.sampled_from(preset.partitions))
    table = preset.tables.get("partition")
    if table is not None:
        given[table.by] = draw(st.sampled_from(specs[table.by].choices))
        partition = table.values[given[table.by]]
    elif "partition" in specs:
        given["partition"] = partition
    chosen = draw(st.sampled_from(sorted(preset.profiles)))
    if "profile" in specs:
        given["profile"] = chosen
    profile = preset.profiles[chosen]
    used = set(placeholders(profile.model_dump_json().replace('{"', "")))
    folders = [task for task in profile.tasks if task.is_folder]
    used |= {name for task in folders for name in (task.bucket, task.folder, task.keys, task.owner) if name}
    wanted = {draw(st.sampled_from(group)) for group in preset.need_one_of}
    trusted = {name for group in preset.need_one_of for name in group} | set(table_choices(preset)) | {"role_name"}
    for name, spec in specs.items():
        if name in given:
            continue
        needed = spec.required or name in wanted or (name in used and spec.type not in _FREE and spec.default is None)
        may_be = name in used | trusted or (spec.default is not None and name != "partition")
        if needed or (may_be and draw(st.booleans())):
            one = values(spec, partition)
            given[name] = draw(st.lists(one, min_size=1, max_size=3)) if spec.many else draw(one)
    return given


def table_choices(preset: Preset) -> list[str]:
    """The parameters that tables are looked up by."""
    return [table.by for table in preset.tables.values()]


def asked() -> st.SearchStrategy[tuple[Preset, dict[str, Any]]]:
    """A preset with valid parameters."""
    presets = [preset_named(name) for name in preset_names()]
    return st.sampled_from(presets).flatmap(lambda preset: st.tuples(st.just(preset), arguments(preset)))


def allows(role: Role, action: str, principal: str, context: dict[str, Any]) -> bool:
    """Whether the trust policy lets the principal in, by the evaluator."""
    resource = "arn:aws:iam::111122223333:role/built"
    request = Request(action, resource, principal=principal, context=context)
    return evaluate([], request, resource=parse_text(role.trust_json, kind="trust"), derive_keys=True).allowed


def statement_of(role: Role, place: int = 0) -> dict[str, Any]:
    statement: dict[str, Any] = role.trust["Statement"][place]
    return statement


@given(asked())
@settings(max_examples=150)
def test_built_policies_are_clean(case: tuple[Preset, dict[str, Any]]) -> None:
    """The linter finds no error, security warning or warning in either document.

    Where an external id may be left out and is, that is found, and nothing else.
    """
    preset, arguments_given = case
    role = preset_role(preset, arguments_given)
    found = [*lint(role.trust_json, kind="trust"), *lint(role.permissions_json, kind="identity")]
    is_open = preset.external_id.policy == "supported" and not arguments_given.get("external_id")

    assert ["missing-external-id"] * is_open == [one.rule for one in found if one.severity != "suggestion"]


@given(asked())
@settings(max_examples=100)
def test_equal_parameters_give_equal_roles_in_canonical_form(case: tuple[Preset, dict[str, Any]]) -> None:
    """Byte for byte, and the text parses back to what the canonical writer makes of it."""
    preset, arguments_given = case
    role = preset_role(preset, arguments_given)

    assert role == preset_role(preset, dict(reversed(arguments_given.items())))
    for text in (role.trust_json, role.permissions_json):
        assert write(parse_text(text)) == json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"


@given(asked())
@settings(max_examples=100)
def test_no_placeholder_remains(case: tuple[Preset, dict[str, Any]]) -> None:
    """Every name of a template has become a value, in the documents as in the words."""
    preset, arguments_given = case
    role = preset_role(preset, arguments_given)
    texts = [role.trust_json.replace('{"', ""), role.permissions_json.replace('{"', ""), *role.managed_policies]

    assert [name for text in (*texts, *role.allows, *role.warnings) for name in placeholders(text)] == []


@given(asked(), external_ids)
@settings(max_examples=150)
def test_a_vendor_gets_in_with_its_own_external_id_only(case: tuple[Preset, dict[str, Any]], other: str) -> None:
    """Its principal with a given id; not without one, not with another, and no other account with the right one."""
    preset, arguments_given = case
    role = preset_role(preset, arguments_given)
    statement = statement_of(role)
    if "AWS" not in statement["Principal"]:
        return
    ids = arguments_given.get("external_id", [])
    ids = [ids] if isinstance(ids, str) else ids
    vendor = caller(statement["Principal"]["AWS"])
    account = vendor.split(":")[4]
    stranger = vendor.replace(account, "999999999999" if account != "999999999999" else "888888888888")

    for right in ids:
        assert allows(role, "sts:AssumeRole", vendor, {"sts:ExternalId": right})
        assert not allows(role, "sts:AssumeRole", stranger, {"sts:ExternalId": right})
    if not ids:
        assert "supported" == preset.external_id.policy
        assert allows(role, "sts:AssumeRole", vendor, {})
        assert not allows(role, "sts:AssumeRole", stranger, {})
        return
    assert not allows(role, "sts:AssumeRole", vendor, {})
    assert other in ids or not allows(role, "sts:AssumeRole", vendor, {"sts:ExternalId": other})
    if not statement["Principal"]["AWS"].endswith(":root"):
        other_one = caller(f"{statement['Principal']['AWS']}-other")
        assert not allows(role, "sts:AssumeRole", other_one, {"sts:ExternalId": ids[0]})


def caller(principal: str) -> str:
    """Who calls where a principal is named: a role's session, the user, or some session of the account."""
    head, _, resource = principal.rpartition(":")
    if resource == "root":
        return f"{head.replace(':iam:', ':sts:')}:assumed-role/Integration/session"
    kind, _, name = resource.partition("/")
    return principal if kind == "user" else f"{head.replace(':iam:', ':sts:')}:assumed-role/{name}/session"


@given(asked())
@settings(max_examples=200)
def test_tokens_and_services_get_in_as_stated_only(case: tuple[Preset, dict[str, Any]]) -> None:
    """With every value of the conditions, for each combination; not when one is missing, or is another."""
    preset, arguments_given = case
    role = preset_role(preset, arguments_given)
    statement = statement_of(role)
    (kind, principal), *_ = statement["Principal"].items()
    if kind == "AWS":
        return
    action = statement["Action"] if isinstance(statement["Action"], str) else statement["Action"][0]
    tests = {key: value for block in statement["Condition"].values() for key, value in block.items()}
    right = {key: (value if isinstance(value, str) else value[0]).replace("*", "KB") for key, value in tests.items()}

    assert allows(role, action, principal, right)
    assert not allows(role, action, f"{principal}.example.com", right)
    for key, value in tests.items():
        assert not allows(role, action, principal, {name: text for name, text in right.items() if name != key})
        assert not allows(role, action, principal, {**right, key: f"{right[key]}x"}) or "*" in value
        assert not allows(role, action, principal, {**right, key: f"x{right[key]}"})


@given(arguments(preset_named("github-actions")), names)
@settings(max_examples=60)
def test_workflows_of_the_repository_get_in(arguments_given: dict[str, Any], other: str) -> None:
    """Each branch, tag and environment that is given, of this repository of this owner, and nothing else."""
    role = preset_role(preset_named("github-actions"), arguments_given)
    principal = f"arn:{arguments_given['partition']}:iam::{arguments_given['own_account']}:oidc-provider/"
    principal += "token.actions.githubusercontent.com"
    where = f"repo:{arguments_given['owner']}/{arguments_given['repository']}"
    endings = [f":ref:refs/heads/{name}" for name in arguments_given.get("branch", ())]
    endings += [f":ref:refs/tags/{name}" for name in arguments_given.get("tag", ())]
    endings += [f":environment:{name}" for name in arguments_given.get("environment", ())]

    def gets_in(subject: str) -> bool:
        host = "token.actions.githubusercontent.com"
        context = {f"{host}:aud": "sts.amazonaws.com", f"{host}:sub": subject}
        return allows(role, "sts:AssumeRoleWithWebIdentity", principal, context)

    assert all(gets_in(where + ending) for ending in endings)
    assert not gets_in(f"{where}:pull_request")
    assert f":ref:refs/heads/{other}" in endings or not gets_in(f"{where}:ref:refs/heads/{other}")
    assert not any(gets_in(f"{where}{other}{ending}") for ending in endings)
    assert not any(gets_in(f"repo:{other}{where.removeprefix('repo:')}{ending}") for ending in endings)


@given(arguments(preset_named("databricks")), names)
@settings(max_examples=60)
def test_unity_catalog_and_the_role_itself_get_in(arguments_given: dict[str, Any], other: str) -> None:
    """The role assumes itself with the external id; another role of the same account does not."""
    role = preset_role(preset_named("databricks"), arguments_given)
    partition = "aws" if arguments_given.get("edition", "commercial") == "commercial" else "aws-us-gov"
    sessions = f"arn:{partition}:sts::{arguments_given['own_account']}:assumed-role"
    right = {"sts:ExternalId": arguments_given["external_id"]}
    name = arguments_given["role_name"]

    assert allows(role, "sts:AssumeRole", f"{sessions}/{name}/session", right)
    assert not allows(role, "sts:AssumeRole", f"{sessions}/{name}/session", {})
    assert other == name or not allows(role, "sts:AssumeRole", f"{sessions}/{other}/session", right)


@given(asked(), st.data())
@settings(max_examples=100)
def test_what_is_left_out_is_named(case: tuple[Preset, dict[str, Any]], data: st.DataObject) -> None:
    """Without a required parameter no role is built, and the line about it begins with its name."""
    preset, arguments_given = case
    required = [name for name, spec in all_specs(preset).items() if spec.required]
    gone = data.draw(st.sampled_from(required))
    kept = {name: value for name, value in arguments_given.items() if name != gone}
    with pytest.raises(ParameterError) as caught:
        preset_role(preset, kept)

    assert [f"{gone}: is missing"] == list(caught.value.problems)


@pytest.mark.parametrize("name", preset_names())
def test_accounts_agree_with_the_catalogue(name: str) -> None:
    """Every account that a preset names is listed under its vendor, with the same partition and external id policy."""
    preset = preset_named(name)
    tables = [value for table in preset.tables.values() for value in table.values.values()]
    templates = [text for statement in preset.trust for text in statement.aws] + tables
    named = {word for text in templates for word in text.split(":") if word.isdigit()}
    for account in named:
        vendor = VENDORS[account]

        assert vendor.name == preset.vendor
        assert vendor.external_id == preset.external_id.policy
        for text in templates:
            assert account not in text or not text.startswith("arn:") or text.split(":")[1] == vendor.partition


@pytest.mark.parametrize("name", preset_names())
def test_published_roles_agree_with_the_catalogue(name: str) -> None:
    """A role that a preset names is the one that the catalogue has for the account, where it has any."""
    preset = preset_named(name)
    tables = [value for table in preset.tables.values() for value in table.values.values()]
    for text in [text for statement in preset.trust for text in statement.aws] + tables:
        parts = text.split(":")
        if len(parts) == 6 and parts[4] in VENDORS and VENDORS[parts[4]].role_patterns and parts[5] != "root":
            assert parts[5] in VENDORS[parts[4]].role_patterns
