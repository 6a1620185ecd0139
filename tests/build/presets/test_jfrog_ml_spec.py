"""Specs of roles for JFrog ML: what they build, and what is wrong with wrong ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

from jfml_policies.build import Role, jfrog_ml
from jfml_policies.build.presets.jfrog_ml.trusts import Trust
from jfml_policies.build.presets.jfrog_ml.uses import Use
from jfml_policies.build.specs.needs import Need
from jfml_policies.errors import ParameterError
from jfml_policies.linter import lint

EXAMPLE = Path(__file__).parents[3] / "examples" / "role.yaml"
KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
HEAD: dict[str, Any] = {"account": "111122223333", "region": "eu-west-1"}
CSV = {"use": "csv", "bucket": "acme-in", "prefix": "train/"}


def role_of(*uses: dict[str, Any], **more: Any) -> Role:
    return jfrog_ml.role_from_spec(jfrog_ml.spec_from({**HEAD, **more, "uses": list(uses)}))


def grants(role: Role) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for statement in role.permissions["Statement"]:
        actions, resources = (
            value if isinstance(value, list) else [value] for value in (statement["Action"], statement["Resource"])
        )
        for action in actions:
            found.setdefault(action, set()).update(resources)
    return found


def problems_of(text: str, name: str = "role.yaml") -> list[str]:
    with pytest.raises(ParameterError) as caught:
        jfrog_ml.spec_from_text(text, name)
    return list(caught.value.problems)


def test_the_example_builds_a_clean_role() -> None:
    """`examples/role.yaml` is what the README shows."""
    role = jfrog_ml.role_from_spec(jfrog_ml.spec_from_text(EXAMPLE.read_text(encoding="utf-8"), "role.yaml"))
    found = [*lint(role.trust, kind="trust"), *lint(role.permissions, kind="identity")]

    assert [] == [item.rule for item in found if item.severity != "suggestion"]
    assert {"athena:StartQueryExecution", "s3:PutObject", "secretsmanager:GetSecretValue"} <= set(grants(role))


def test_a_source_may_be_one_file() -> None:
    """The object itself is granted, nothing below its name, and handed over by its path."""
    role = role_of({"use": "csv", "bucket": "acme-in", "key": "train/a.csv"})

    assert {"arn:aws:s3:::acme-in/train/a.csv"} == grants(role)["s3:GetObject"]
    assert 'path="s3://acme-in/train/a.csv"' in role.hand_over[0].code
    assert not any("whole bucket" in warning or "looks like" in warning for warning in role.warnings)


def test_a_file_where_a_folder_belongs_is_told() -> None:
    """With what to give instead: a key where one can be given, else a folder."""
    spec: dict[str, Any] = {
        **HEAD,
        "uses": [
            {"use": "csv", "bucket": "acme-in", "prefix": "train.csv"},
            {"use": "csv", "bucket": "acme-in", "prefix": "train/", "key": "train/a.csv"},
            {
                "use": "batch-execution",
                "source": {"bucket": "acme-in", "prefix": "in/a.parquet"},
                "destination": {"bucket": "acme-out", "key": "out.csv"},
            },
        ],
    }
    first, second, third, fourth = (problem.split(": ", 1)[1] for problem in problems_of(json.dumps(spec), "role.json"))

    assert "uses[0].prefix: `train.csv` is named like a file, not a folder: give one file as `key`" in first
    assert "uses[1].key: does not go with a prefix" in second
    assert "uses[2].source.prefix: `in/a.parquet` is named like a file, not a folder: give the folder" in third
    assert "destination.key: there is no such name here: a folder is read or written; give it as `prefix`" in fourth


def test_what_another_account_owns_is_told() -> None:
    """Its policies have to allow the role too; without a name none can be written, and that is said."""
    key = KEY.replace("111122223333", "444455556666")
    use = {**CSV, "bucket_account": "444455556666", "kms_keys": [key]}
    named, unnamed = role_of(use, {**CSV, "bucket": "acme-own"}, name="reader"), role_of(use)
    said = (
        f"the account 444455556666 allows the role too, in the bucket policy of `acme-in` and the key policy of `{key}`"
    )

    assert {"acme-in"} == set(named.bucket_policies())
    assert {key} == set(named.key_policy_statements())
    assert any(said in line and line.endswith("is in other_account_files") for line in named.warnings)
    assert any(said in line and line.endswith("give it a name") for line in unnamed.warnings)
    with pytest.raises(ParameterError, match="`999999999999` is not the account that the role is made in"):
        named.bucket_policies(role_account="999999999999")


def test_a_bucket_behind_an_access_point_is_told_when_it_is_elsewhere() -> None:
    """Its policy is about the access point, not the role, so that none is written."""
    need = {"task": "read-through-access-point", "bucket": "acme-in", "access_point": "analysts"}
    use = {"use": "deployment", "mode": "batch", "needs": [{**need, "bucket_account": "444455556666"}]}
    elsewhere, own = role_of(use, name="reader"), role_of({**use, "needs": [need]}, name="reader")
    said = "behind the access point `analysts` is in the account 444455556666"

    assert any(said in line for line in elsewhere.warnings)
    assert not any("behind the access point" in line for line in own.warnings)
    assert ({}, {}) == (elsewhere.bucket_policies(), elsewhere.other_account_files())


def test_dated_folders_are_granted_before_the_date() -> None:
    """The name of the day's folder changes, so all that begins with what does not change is granted, and no more."""
    batch = {
        "use": "batch-execution",
        "source": {"bucket": "acme-in", "prefix": "in/day={%d-%m-%Y}/"},
        "destination": {"bucket": "acme-out", "prefix": "{%Y}"},
    }
    role = role_of(batch)

    assert grants(role)["s3:GetObject"] == {"arn:aws:s3:::acme-in/in/day=*"}
    assert '"s3:prefix": "in/day=*"' in role.permissions_json
    assert grants(role)["s3:PutObject"] == {"arn:aws:s3:::acme-out/*"}
    assert any(
        choice.startswith("the dated folder `in/day={%d-%m-%Y}/` is taken as `s3://acme-in/in/day=*`")
        for choice in role.choices
    )
    assert any("can overwrite every object in the bucket `acme-out`" in warning for warning in role.warnings)


@pytest.mark.parametrize("prefix", ["in/day={%Y", "in/{%Y/{%m}/", "{"])
def test_a_brace_that_nothing_closes_is_no_date(prefix: str) -> None:
    """A slip must not widen the role to all that begins like it."""
    source = {"bucket": "acme-in", "prefix": prefix}
    with pytest.raises(ParameterError) as caught:
        role_of({"use": "batch-execution", "source": source, "destination": {"bucket": "acme-out"}})

    assert any("opens a brace that nothing closes" in problem for problem in caught.value.problems)


def test_a_bucket_is_one_accounts_alone() -> None:
    """Given to two, one of its uses would always be refused; the later place is told."""
    own = {"use": "csv", "bucket": "acme-in", "prefix": "a"}
    others = {**own, "prefix": "b", "bucket_account": "444455556666"}
    with pytest.raises(ParameterError) as caught:
        role_of(own, others)

    (problem,) = caught.value.problems
    assert "uses[1].bucket_account: `acme-in` belongs to `444455556666` here and to `111122223333` before" in problem
    assert "444455556666" in role_of({**own, "bucket_account": "444455556666"}, others).permissions_json
    assert "444455556666" not in role_of({**own, "bucket_account": "111122223333"}, own).permissions_json


def test_batch_and_deployment_trust_the_base_pattern_alone() -> None:
    """Their pages name that one; a data source in the same role needs both; the spec may say which."""
    batch = {"use": "batch-execution", "source": {"bucket": "acme-in"}, "destination": {"bucket": "acme-out"}}

    assert "nodegroup" not in role_of(batch).trust_json
    assert "nodegroup" in role_of(batch, CSV).trust_json
    assert "nodegroup" not in role_of(batch, CSV, trust={"kind": "cloud", "role_patterns": "base"}).trust_json


def test_a_cluster_of_ones_own_is_trusted_by_subject_and_audience() -> None:
    """Web identity of one's own provider; both claims are compared exactly."""
    provider = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
    trust = {
        "kind": "self-managed",
        "oidc_provider": provider,
        "service_accounts": ["qwak:kube-deployment-captain-access"],
    }
    role = role_of(CSV, trust=trust)

    assert role.trust["Statement"] == [
        {
            "Sid": "AssumeRoleFromJFrogML",
            "Effect": "Allow",
            "Principal": {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{provider}"},
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {
                "StringEquals": {
                    f"{provider}:aud": "sts.amazonaws.com",
                    f"{provider}:sub": "system:serviceaccount:qwak:kube-deployment-captain-access",
                }
            },
        }
    ]
    assert [] == [item for item in lint(role.trust, kind="trust") if item.severity != "suggestion"]


def test_a_bucket_of_another_account_is_guarded_by_that_account() -> None:
    """The role's own account would refuse it."""
    role = role_of(CSV | {"bucket_account": "999999999999"})

    assert "999999999999" in role.permissions_json
    assert "111122223333" not in role.permissions_json


@pytest.mark.parametrize(
    ("change", "warning"),
    [
        ({}, "no KMS key is named"),
        ({"prefix": "train/data.bin"}, "`train/data.bin` looks like one file but is taken as a folder"),
        ({"prefix": "a//b/"}, "holds an empty folder name"),
        ({"prefix": None}, "without a prefix the role reads the whole bucket `acme-in`"),
        ({"kms_keys": [KEY[:-3]]}, "does not end in an id as KMS gives them out"),
    ],
)
def test_what_cannot_be_put_right_is_warned_of(change: dict[str, Any], warning: str) -> None:
    """As with the flags, wherever in the spec it stands."""
    folder = {"bucket": CSV["bucket"], "prefix": CSV["prefix"], **change}
    need = {"use": "build", "needs": [{"task": "read-folder", **folder}]}

    for use in (CSV | change, need):
        assert warning in "\n".join(role_of(use).warnings)


def test_a_region_that_is_not_known_is_doubted() -> None:
    """It may be new, so that the role is built where no ARN names it; or misspelt, so that it is told."""
    warnings = "\n".join(role_of(CSV, region="eu-wset-1").warnings)

    assert "`eu-wset-1` is no region that is known here" in warnings
    assert "`eu-west-1` is near" in warnings
    assert "no region" not in "\n".join(role_of(CSV).warnings)


def test_a_role_may_serve_many_uses() -> None:
    """A hundred, and no more in one go."""
    uses = [{"use": "csv", "bucket": f"acme-{number}", "prefix": "train/"} for number in range(100)]

    assert 100 == len(grants(role_of(*uses))["s3:GetObject"])
    with pytest.raises(ParameterError) as caught:
        role_of(*uses, CSV)
    assert ("uses: has more than 100 items",) == caught.value.problems


def test_results_where_the_role_reads_are_warned_of() -> None:
    """A later run may take them for input."""
    place = {"bucket": "acme", "prefix": "in/"}
    batch = {"use": "batch-execution", "source": place, "destination": {"bucket": "acme", "prefix": "in/out/"}}

    assert "a later run may take them for input" in "\n".join(role_of(batch).warnings)


def test_every_problem_is_told_at_its_place() -> None:
    """Unknown names, wrong types, bad ARNs, contradictions: in one go, in the order of the file."""
    text = f"""\
account: 111122223333
region: eu-west-1
listng: strict
trust:
  kind: cloude
uses:
  - use: athena
    tables: ["a b"]
    results: {{bucket: Bad_Name, kms_keys: [{KEY.replace("eu-west", "us-east")}, alias/x]}}
  - use: automation
    runs: build-deploy
    source: {{bucket: acme-in}}
  - bucket: acme
  - just text
  - use: deployment
    mode: realtime
    needs:
      - task: read-secret
      - task: pass-roles
        roles: ["arn:aws:iam::1:role/*"]
        services: [sagemaker]
  - {{use: csv, bucket: acme, bucket: acme2}}
"""

    assert [problem.removeprefix("role.yaml:") for problem in problems_of(text)] == [
        "1:10: account: must be text, not a number; put it in quotes",
        "3:1: listng: there is no such name here; did you mean `listing`",
        "5:9: trust.kind: there is no `cloude`; did you mean `cloud`",
        "7:5: uses[0].data: names no folder; queries read the data as the role, unless lake_formation is true",
        "7:5: uses[0]: `database` is missing",
        "8:14: uses[0].tables[0]: `a b` is not a table's name, in which `*` may stand, as in `train_*`",
        (
            "9:23: uses[0].results.bucket: `Bad_Name` holds `B`, `N` and `_` where only lower-case letters, digits,"
            " dots and hyphens may stand"
        ),
        (
            f"9:44: uses[0].results.kms_keys[0]: `{KEY.replace('eu-west', 'us-east')}` is in `us-east-1`, the role's"
            " data and services in `eu-west-1`"
        ),
        (
            "9:121: uses[0].results.kms_keys[1]: `alias/x` is an alias, which a policy does not follow; give the ARN"
            " of its key"
        ),
        "10:5: uses[1]: building and deploying takes no permission by itself; list what the code calls under needs",
        "12:13: uses[1].source: goes with `batch-execution` only; list folders that the code reads under needs",
        "13:5: uses[2]: `use` is missing, which says what this is",
        "14:5: uses[3]: must be an object with names and values, not text",
        "16:11: uses[4].mode: must be `real-time`, `streaming` or `batch`, not `realtime`",
        "18:15: uses[4].needs[0].task: there is no `read-secret`; did you mean `read-secrets`",
        (
            "20:17: uses[4].needs[1].roles[0]: `arn:aws:iam::1:role/*` is not the ARN of a role, as in "
            "`arn:aws:iam::111122223333:role/trainer`"
        ),
        "21:20: uses[4].needs[1].services[0]: `sagemaker` is not a service principal, as in `sagemaker.amazonaws.com`",
        "22:30: uses[5].bucket: comes twice; the last would win",
    ]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            {"account": "377488441568"},
            "account: `377488441568` is JFrog ML Cloud's; give your own",
        ),
        (
            {"region": "us-gov-west-1"},
            (
                "region: `377488441568`, JFrog ML Cloud's, is in the partition `aws` and cannot assume roles in"
                " `us-gov-west-1`; give the trust of your deployment there"
            ),
        ),
        ({"region": "us-iso-east-1"}, "region: `us-iso-east-1` is in a partition that no role is built for"),
        (
            {"uses": [{**CSV, "kms_keys": [KEY.replace("aws:kms:eu-west-1", "aws-cn:kms:cn-north-1")]}]},
            (
                "uses[0].kms_keys[0]: `arn:aws-cn:kms:cn-north-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`"
                " is in the partition `aws-cn`, the role in `eu-west-1`"
            ),
        ),
        (
            {
                "uses": [
                    {
                        "use": "build",
                        "needs": [
                            {
                                "task": "pass-roles",
                                "roles": ["arn:aws:iam::999999999999:role/x"],
                                "services": ["sagemaker.amazonaws.com"],
                            }
                        ],
                    }
                ]
            },
            (
                "uses[0].needs[0].roles[0]: `arn:aws:iam::999999999999:role/x` is in another account than"
                " `111122223333`, where it cannot be passed"
            ),
        ),
        ({"uses": []}, "uses: is empty"),
        (
            {"uses": [{"use": "automation", "runs": "batch-execution", "source": {"bucket": "acme"}}]},
            "uses[0]: executing batches takes a `destination`",
        ),
        (
            {"uses": [{"use": "build", "needs": [{"task": "read-parameters"}]}]},
            "uses[0].needs[0]: names no parameter; give `names` or `paths`",
        ),
        (
            {"uses": [{"use": "build", "needs": [{"task": "invoke-models", "profiles": ["eu.m"]}]}]},
            "uses[0].needs[0].profiles: a profile works only with the models behind it; give `profile_models`",
        ),
    ],
)
def test_contradictions_are_refused(change: dict[str, Any], problem: str) -> None:
    """Each value is right by itself."""
    with pytest.raises(ParameterError) as caught:
        jfrog_ml.spec_from({**HEAD, "uses": [CSV], **change})

    assert (problem,) == caught.value.problems


def test_halves_of_characters_are_told_where_they_are() -> None:
    """No text holds them, and whatever reads them would fail."""
    text = '{"account": "\\ud800", "uses": [{"\\udfff": 1}]}'

    assert problems_of(text, "role.json") == [
        "role.json:1:13: account: is not valid Unicode text",
        'role.json:1:33: uses[0]["\\udfff"]: is not valid Unicode text',
    ]


def test_names_of_places_and_kinds_never_clash() -> None:
    """Problems are placed by leaving out the kinds of uses, tasks and trusts, which must be no names beside."""
    for union, tag in ((Use, "use"), (Need, "task"), (Trust, "kind")):
        members = get_args(get_args(union)[0])
        tags = {value for member in members for value in get_args(member.model_fields[tag].annotation)}
        names = {name for member in members for name in member.model_fields}

        assert tags.isdisjoint(names)


def test_a_spec_too_large_for_ten_policies_is_refused() -> None:
    """With the way out."""
    data = [{"bucket": f"acme-{number}-{'x' * 50}", "prefix": "y" * 800} for number in range(40)]
    uses = [{"use": "athena", "database": f"db{number}", "data": data[20 * number :][:20]} for number in range(2)]
    uses += [{"use": "parquet", "bucket": f"acme-{number}", "prefix": "z" * 900} for number in range(28)]
    with pytest.raises(ParameterError, match="more than the 10 managed policies of 6,144 that IAM attaches") as caught:
        role_of(*uses)

    assert caught.value.hint == "split the uses into specs of their own, one role each"


def test_json_is_read_like_yaml() -> None:
    """By the file's name; the same role comes out."""
    given = {**HEAD, "uses": [CSV]}
    one = jfrog_ml.spec_from_text(json.dumps(given), "role.json")

    assert one == jfrog_ml.spec_from_text(json.dumps(given), "role.yaml") == jfrog_ml.spec_from(given)
    jsonschema.validate(given, jfrog_ml.spec_schema(), cls=jsonschema.Draft202012Validator)
