"""The findings of a document in an editor: those of `check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.editor.limits import MAX_CHARACTERS, MAX_FINDINGS
from jfml_policies.errors import InputError
from jfml_policies.linter import LintResult, lint_text
from jfml_policies.linter.embedded import lint_inside
from jfml_policies.sources.find import is_yaml

if TYPE_CHECKING:
    from typing import Unpack

    from jfml_policies.findings import Finding
    from jfml_policies.linter.embedded import Options

__all__ = ["findings_of", "lint_document"]


def findings_of(text: str, file_name: str, **options: Unpack[Options]) -> tuple[Finding, ...]:
    """What is wrong with the policies in a document, sorted by place; nothing when it holds none, or is too large.

    The one way from a document to its findings.

    Args:
        text: the document as it is now.
        file_name: its path, or its address where it has none.
        options: see `lint`; what settings say of the file.

    >>> [finding.rule for finding in findings_of('{"Statement": [{"Effect": "Allow"', "a.json")]
    ['json-syntax-error']
    >>> findings_of('{"name": "no policy"}', "package.json")
    ()
    """
    if len(text) > MAX_CHARACTERS:
        return ()
    result = lint_document(text, file_name, **options)
    if result.is_policy and result.policy is None and is_yaml(text, file_name):
        return result.findings[:MAX_FINDINGS]
    # Broken JSON may have been anything; as in `check`, it is ours when it speaks of statements.
    meant = result.is_policy and (result.policy is not None or '"statement"' in text.lower())
    return result.findings[:MAX_FINDINGS] if meant else ()


def lint_document(text: str, file_name: str, **options: Unpack[Options]) -> LintResult:
    """What the rules say of a document, whether it is meant as a policy or not; see `findings_of`."""
    try:
        inside = lint_inside(text, file_name, **options)
    except InputError:  # YAML, and PyYAML is not installed
        return LintResult((), None, is_policy=False)
    if inside is not None:
        return LintResult(inside.findings, None, is_policy=True)
    return LintResult((), None, is_policy=False) if is_yaml(text, file_name) else lint_text(text, **options)
