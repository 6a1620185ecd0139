"""Reads a rule's spec: Markdown whose headings are scenarios.

A scenario has a policy in a fenced `json` block, whose info string may name `kind=`, `resource-type=` and
`today=`, then a `findings` block with one line a finding of that rule, or the word `none`:

    3:18 Statement[0].Action[1] `s3:GetObjct` is not an action of s3

With `copies=N` in the info string, what stands between two `COPY` marks is repeated so often, for documents too long
to write out.

A `fixed` block, where there is one, holds the text after the rule's fixes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from jfml_policies.text.lines import LineIndex

if TYPE_CHECKING:
    from jfml_policies.findings import Finding

_heading = re.compile(r"^## (.+)$", re.MULTILINE)
_fence = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Scenario:
    """One scenario of a spec."""

    spec: Path
    title: str
    text: str
    options: dict[str, str]
    findings: tuple[str, ...]
    fixed: str | None

    @property
    def rule(self) -> str:
        """The rule that the spec is about."""
        return self.spec.stem.replace("_", "-")


def read_spec(path: Path) -> list[Scenario]:
    """The scenarios of a spec file."""
    parts = _heading.split(path.read_text(encoding="utf-8"))
    return [_scenario(path, title, body) for title, body in zip(parts[1::2], parts[2::2], strict=True)]


def show(text: str, finding: Finding) -> str:
    """A finding as a spec writes it."""
    steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in finding.path).lstrip(".")
    assert finding.span is not None
    line, column = LineIndex(text).position(finding.span.start)
    return f"{line}:{column} {steps or 'document'} {finding.message}"


def _scenario(path: Path, title: str, body: str) -> Scenario:
    blocks = {name: (info, content) for name, info, content in _fence.findall(body)}
    assert "json" in blocks, f"{path.name}: `{title}` has no json block"
    assert "findings" in blocks, f"{path.name}: `{title}` has no findings block"
    info, text = blocks["json"]
    options = dict(item.split("=", 1) for item in info.split())
    if "copies" in options:
        before, copied, after = text.split("COPY")
        text = before + ", ".join([copied] * int(options["copies"])) + after
    expected = tuple(line for line in blocks["findings"][1].splitlines() if line.strip())
    assert expected, f"{path.name}: `{title}` says neither findings nor `none`"
    fixed = blocks["fixed"][1] if "fixed" in blocks else None
    return Scenario(path, title, text, options, () if expected == ("none",) else expected, fixed)
