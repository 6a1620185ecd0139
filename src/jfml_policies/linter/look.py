"""A file's text, whatever it holds: a policy, policies in something else, or neither."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from jfml_policies.linter import lint_text
from jfml_policies.record import record
from jfml_policies.sources.find import is_yaml, may_hold_policies

if TYPE_CHECKING:
    from typing import Unpack

    from jfml_policies.findings import Finding
    from jfml_policies.linter.embedded import Inside, Options

__all__ = ["Looked", "Plain", "look"]


@record
class Plain:
    """What was found in a text that is a policy, or in JSON that is none.

    Attributes:
        findings: sorted by place and rule.
        kind: the kind of policy that it was read as; None where it could not be read.
        kind_reason: what told the kind.
        is_policy: whether it is meant as a policy; broken JSON is when it speaks of statements.
    """

    findings: tuple[Finding, ...]
    kind: str | None
    kind_reason: str
    is_policy: bool


#: None stands for YAML that holds no policy.
Looked: TypeAlias = "Inside | Plain | None"


def look(text: str, name: str = "", **options: Unpack[Options]) -> Looked:
    """What is wrong in a text, and what it is.

    Args:
        text: the text of a file.
        name: the file's name, whose ending tells YAML from JSON.
        options: see `lint`.

    Raises:
        InputError: reading the format takes a package that is not installed.
        RuleError: a rule of the settings failed.

    >>> look('{"Version": "2012-10-17", "Statement": []}').is_policy
    True
    """
    # Most files are policies, and a hook starts often.
    if may_hold_policies(text, name):
        from jfml_policies.linter.embedded import lint_inside

        inside = lint_inside(text, name, **options)
        if inside is not None:
            return inside
    if is_yaml(text, name):
        return None
    result = lint_text(text, **options)
    policy = result.policy
    return Plain(
        result.findings,
        None if policy is None else policy.kind,
        "" if policy is None else policy.kind_reason,
        result.is_policy and (policy is not None or '"statement"' in text.lower()),
    )
