from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

NAME = "04_terraform_gate.py"


def test_the_gate_knows_plans_apart(example: Callable[..., str]) -> None:
    """What adds nothing is applied, what adds access or cannot be known waits, a mistake stops, with the reason."""
    said = example(NAME)
    answers = dict(re.findall(r"^== (.*): (.*)$", said, re.MULTILINE))

    assert {
        "another tag of the bucket": "apply",
        "the reader writes, too": "ask a person",
        "a policy that only `apply` will know": "ask a person",
        "a typing error": "stop",
    } == answers
    assert "+ Allow s3:PutObject " in said
    assert "it is known only after apply" in said
    assert re.search(
        r"^plan\.json:\d+:\d+: error\[invalid-action\]: `s3:GetObjekt` .* \(in aws_iam_policy\.reader",
        said,
        re.MULTILINE,
    )


def test_the_gate_takes_plans_of_others(example: Callable[..., str], tmp_path: Path) -> None:
    """The exit code says what to do: apply, ask, stop; a file that cannot be read never passes."""

    def terraform(name: str, part: str, *actions: str) -> str:
        statement = {"Effect": "Allow", "Action": actions, "Resource": "arn:aws:s3:::b/*"}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        one: dict[str, Any] = {"address": "aws_iam_policy.a", "mode": "managed", "type": "aws_iam_policy", "name": "a"}
        resources = [one | {"values": {"policy": policy}}]
        text = json.dumps({"terraform_version": "1.13.0", part: {"root_module": {"resources": resources}}})
        (tmp_path / name).write_text(text, encoding="utf-8")
        return str(tmp_path / name)

    state = terraform("state.json", "values", "s3:GetObject", "s3:PutObject")

    example(NAME, state, terraform("plan.json", "planned_values", "s3:GetObject"), code=0)
    example(NAME, state, terraform("plan.json", "planned_values", "s3:GetObject", "s3:DeleteObject"), code=1)
    example(NAME, state, terraform("plan.json", "planned_values", "s3:GetObjekt"), code=2)
    example(NAME, str(tmp_path / "gone.json"), terraform("plan.json", "planned_values", "s3:GetObject"), code=2)
    example(NAME, state, str(tmp_path / "gone.json"), code=2)
