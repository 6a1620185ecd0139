"""A role whose permissions take several policies; `test_parsed_back.py` has all formats read back."""

from __future__ import annotations

import json

import hcl2
import yaml

from jfml_policies.build import jfrog_ml
from jfml_policies.linter import lint

KEYS = [f"arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-{number:012}" for number in range(100)]
ROLE = jfrog_ml.role_from_spec(
    jfrog_ml.spec_from(
        {
            "name": "reader",
            "account": "444455556666",
            "region": "eu-west-1",
            "uses": [
                {
                    "use": "csv",
                    "bucket": "acme-features",
                    "prefix": f"train-{number}/",
                    "bucket_account": "111122223333",
                    "kms_keys": KEYS[number * 4 :][:4],
                }
                for number in range(25)
            ],
        }
    )
)


def test_terraform_attaches_each() -> None:
    """Names and labels are told apart by number."""
    blocks = [block for resource in hcl2.loads(ROLE.to_terraform())["resource"] for block in resource.items()]
    labels = [json.loads(label) for kind, named in blocks if kind == '"aws_iam_policy"' for label in named]
    attached = [label for kind, named in blocks if kind == '"aws_iam_role_policy_attachment"' for label in named]

    assert [f"reader_{number}" for number in range(1, len(ROLE.split_json) + 1)] == labels
    assert labels == [json.loads(label) for label in attached]


def test_cloudformation_names_each() -> None:
    """After the role's name, by number."""
    resources = yaml.safe_load(ROLE.to_cloudformation())["Resources"]
    named = [one["Properties"].get("ManagedPolicyName") for one in resources.values()]

    assert [None, *[f"reader-{number}" for number in range(1, len(ROLE.split_json) + 1)]] == named


def test_bucket_policies_name_each_statement_once() -> None:
    """Pieces of one statement would bring its Sid twice, which a policy may not."""
    for policy in ROLE.bucket_policies().values():
        sids = [statement["Sid"] for statement in policy["Statement"]]

        assert len(set(sids)) == len(sids)
        assert [] == [one for one in lint(policy, kind="resource") if one.severity == "error"]
    assert set(KEYS) == set(ROLE.key_policy_statements())
