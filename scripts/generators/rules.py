"""The index of rules and their pages, from the rules' own files."""

from __future__ import annotations

import importlib
import json
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from jfml_policies.linter.retired_checks import RETIRED_CHECKS
from jfml_policies.linter.rule import Rule
from jfml_policies.policy.kinds import ALL_KINDS

OWNED = ("src/jfml_policies/linter/rules/index.py", "docs/rules/*.md")

_RULES = Path(__file__).resolve().parents[2] / "src" / "jfml_policies" / "linter" / "rules"
_NOTE = "Generated from the rules' files by `make generate`; do not edit."


def files() -> dict[str, str]:
    """Return the index module and a page per family."""
    rules = _discover()
    result = {"src/jfml_policies/linter/rules/index.py": _index(rules), "docs/rules/index.md": _overview(rules)}
    for family, members in groupby(rules, key=itemgetter(0)):
        result[f"docs/rules/{family}.md"] = _family_page(family, [rule for _, _, rule in members])
    return result


def _discover() -> list[tuple[str, str, type[Rule]]]:
    """(family, module below `rules`, class) of every rule, sorted by family and file name."""
    found = []
    for path in sorted(_RULES.glob("*/*.py")):
        if path.stem.startswith("_"):
            continue
        module = importlib.import_module(f"jfml_policies.linter.rules.{path.parent.name}.{path.stem}")
        classes = [
            value
            for value in vars(module).values()
            if isinstance(value, type) and issubclass(value, Rule) and value.__module__ == module.__name__
        ]
        assert len(classes) == 1, f"{path.name} must define exactly one rule"
        assert classes[0].code == path.stem.upper(), f"{path.name} and the code {classes[0].code} must agree"
        found.append((path.parent.name, f"{path.parent.name}.{path.stem}", classes[0]))
    return found


def _index(rules: list[tuple[str, str, type[Rule]]]) -> str:
    rows = []
    for _, module, rule in rules:
        kinds = "None" if rule.kinds == ALL_KINDS else "frozenset((" + "".join(f'"{k}", ' for k in sorted(rule.kinds))
        kinds = kinds if kinds == "None" else kinds.rstrip(" ") + "))"
        rows.append(f'    ("{rule.code}", "{module}", "{rule.__name__}", {kinds}, {_words(rule.mentions)}),')
    body = "\n".join(rows)
    return f'''"""Every rule: code, module below this package, class, its kinds (None: all), the words it needs.

{_NOTE}
"""

# fmt: off

from __future__ import annotations

from typing import Final

__all__ = ["INDEX"]

INDEX: Final[tuple[tuple[str, str, str, frozenset[str] | None, tuple[str, ...]], ...]] = (
{body}
)
'''


def _words(words: tuple[str, ...]) -> str:
    return "(" + "".join(json.dumps(word) + ", " for word in words).rstrip(" ") + ")"


def _overview(rules: list[tuple[str, str, type[Rule]]]) -> str:
    lines = [f"<!-- {_NOTE} -->", "", "# Rules", ""]
    lines += [f"{len(rules)} rules; `jfml-policies explain RULE` shows a page in the terminal.", ""]
    for family, members in groupby(rules, key=itemgetter(0)):
        lines += [f"## {family}", "", "| rule | severity | whose check | what it reports |", "|---|---|---|---|"]
        for _, _, rule in members:
            whose = "AWS" if rule.origin == "aws" else "ours"
            link = f"[`{rule.name()}`]({family}.md#{rule.name()})"
            lines.append(f"| {link} | {rule.severity} | {whose} | {rule.summary()} |")
        lines.append("")
    lines += ["## Retired", "", "Checks of AWS's that no longer apply; no rule bears their names.", ""]
    lines += ["| check | since | what it reported | what holds today |", "|---|---|---|---|"]
    for check in RETIRED_CHECKS.values():
        lines.append(f"| `{check.name}` | {check.retired} | {check.meant} | {check.today} |")
    lines.append("")
    return "\n".join(lines)


def _family_page(family: str, rules: list[type[Rule]]) -> str:
    lines = [f"<!-- {_NOTE} -->", "", f"# Rules: {family}", ""]
    lines += ["A safe fix keeps the meaning and is made by `check --fix`; the others by `--fix --unsafe-fixes`.", ""]
    for rule in rules:
        kinds = "all kinds" if rule.kinds == ALL_KINDS else ", ".join(sorted(rule.kinds))
        whose = f"AWS's policy validator (`{rule.code}`)" if rule.origin == "aws" else f"jfml-policies (`{rule.code}`)"
        fix = f"fix: {' or '.join(rule.fixes)}" if rule.fixes else "no fix"
        lines += [
            f"## {rule.name()}",
            "",
            f"{rule.severity} · confidence {rule.confidence} · {kinds} · {whose} · since {rule.since} · {fix}",
            "",
            rule.page().replace("\n## ", "\n### "),
            "",
        ]
    return "\n".join(lines)
