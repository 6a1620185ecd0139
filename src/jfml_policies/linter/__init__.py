"""Lint: an engine and rules, one file a rule."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from jfml_policies.catalog import Catalog
from jfml_policies.errors import JsonSyntaxError
from jfml_policies.findings import Finding
from jfml_policies.linter.engine import lint_policy
from jfml_policies.linter.rule_settings import DEFAULT_RULE_SETTINGS, RuleSettings
from jfml_policies.policy.detect import is_policy_shaped
from jfml_policies.policy.nodes import Policy
from jfml_policies.policy.parse import MAX_CHARACTERS, check_kind, parse_tree
from jfml_policies.policy.read import Document, as_policy
from jfml_policies.record import record
from jfml_policies.text.parse import parse_json
from jfml_policies.text.read import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jfml_policies.linter.embedded import Options

__all__ = ["Document", "LintResult", "RuleSettings", "lint", "lint_text"]


@record
class LintResult:
    """What was found in a text.

    Attributes:
        findings: sorted by place and rule.
        policy: the policy that was read, or None where the text could not be.
        is_policy: whether the text is meant as a policy at all; True where that can't be told.
    """

    findings: tuple[Finding, ...]
    policy: Policy | None
    is_policy: bool


def lint(
    document: Document,
    *,
    kind: str | None = None,
    resource_type: str | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    catalog: Catalog | None = None,
    today: str | None = None,
    settings: RuleSettings = DEFAULT_RULE_SETTINGS,
) -> list[Finding]:
    """What is wrong with a policy, sorted by place and rule; an empty list when nothing is.

    Args:
        document: a `Policy`, JSON text, a path (`pathlib.Path`) or plain Python values. A file may also be a template,
            plan or answer of AWS's API; then the findings are those of all its policies, and `resource` tells which.
        kind: "identity", "trust", "resource", "scp", "rcp", "boundary", "session" or "endpoint"; inferred when None.
        resource_type: for resource policies, as in `AWS::S3::Bucket`.
        select: names of rules or families to run; all when empty.
        ignore: names of rules or families to leave out.
        catalog: another catalogue than the shipped one.
        today: the day by which dates count as past, as in `2026-10-27`; without it none does.
        settings: what a configuration tells the rules: options, own accounts, further vendors, rules of one's own.

    Raises:
        UsageError: unknown kind or rule, no day, or something that is no document.
        InputError: the file cannot be read.
        RuleError: a rule of the settings failed.

    >>> text = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*"}}'
    >>> [(finding.code, finding.path) for finding in lint(text)]
    [('INVALID_ACTION', ('Statement', 'Action'))]
    """
    if isinstance(document, (str, os.PathLike)):
        options: Options = {
            "kind": kind,
            "resource_type": resource_type,
            "select": tuple(select),
            "ignore": tuple(ignore),
            "catalog": catalog,
            "today": today,
            "settings": settings,
        }
        if isinstance(document, str):
            return list(lint_text(document, **options).findings)
        text = read_text(document)
        from jfml_policies.linter.embedded import lint_inside

        inside = lint_inside(text, os.fspath(document), **options)
        return list((inside or lint_text(text, **options)).findings)
    policy = as_policy(document, kind=kind, resource_type=resource_type)
    return lint_policy(policy, select=select, ignore=ignore, catalog=catalog, today=today, settings=settings)


def lint_text(
    text: str,
    *,
    kind: str | None = None,
    resource_type: str | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    catalog: Catalog | None = None,
    today: str | None = None,
    settings: RuleSettings = DEFAULT_RULE_SETTINGS,
) -> LintResult:
    """What is wrong with the policy in a text, and what it was read as; see `lint`."""
    check_kind(kind)
    if len(text) > MAX_CHARACTERS:
        from jfml_policies.linter.rules.syntax.policy_too_large import PolicyTooLarge

        return LintResult((PolicyTooLarge.report(len(text), MAX_CHARACTERS),), None, '"Statement"' in text)
    try:
        tree = parse_json(text)
    except JsonSyntaxError as error:
        from jfml_policies.linter.rules.syntax.json_syntax_error import JsonSyntaxError as SyntaxRule

        return LintResult((SyntaxRule.report(error),), None, is_policy=True)
    policy = parse_tree(tree, text=text, kind=kind, resource_type=resource_type)
    findings = lint_policy(policy, select=select, ignore=ignore, catalog=catalog, today=today, settings=settings)
    return LintResult(tuple(findings), policy, is_policy_shaped(tree))
