"""Our answers as messages of the Language Server Protocol 3.17."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.editor.candidate import Candidate, CandidateKind
from jfml_policies.editor.rule_address import rule_address
from jfml_policies.report.headline import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lsprotocol import types

    from jfml_policies.cli.open_documents import OpenDocument
    from jfml_policies.editor.hover import Hover
    from jfml_policies.editor.quick_fixes import QuickFix
    from jfml_policies.findings import Edit, Finding, Severity, Span

__all__ = ["FIX_ALL", "asks_for", "code_action", "completion", "diagnostic", "fix_all_action", "hover"]

#: The kind of the action that makes all safe fixes, below the protocol's `source.fixAll`.
FIX_ALL: Final = "source.fixAll.jfml-policies"
SOURCE: Final = "jfml-policies"

#: `DiagnosticSeverity`: 1 error, 2 warning, 3 information.
_SEVERITIES: Final[dict[Severity, int]] = {"error": 1, "security-warning": 2, "warning": 2, "suggestion": 3}
#: Names of `CompletionItemKind`.
_KINDS: Final[dict[CandidateKind, str]] = {
    "action": "Function",
    "service": "Module",
    "resource": "Reference",
    "key": "Property",
    "operator": "Operator",
    "element": "Field",
    "value": "EnumMember",
    "principal": "Value",
}


def range_of(document: OpenDocument, span: Span | None) -> types.Range:
    """Where a span is; a finding of the whole document stands at its start."""
    from lsprotocol import types

    first = document.positions.of(span.start if span else 0)
    last = document.positions.of(span.end if span else 0)
    return types.Range(types.Position(*first), types.Position(*last))


def diagnostic(document: OpenDocument, finding: Finding, *, with_related: bool) -> types.Diagnostic:
    """A finding: its rule is the code, which leads to the page that states it; the remedy follows the message."""
    from lsprotocol import types

    hint = f"\nhelp: {one_line(finding.hint)}" if finding.hint else ""
    address = rule_address(finding.code, document.settings.rules)
    related = [
        types.DiagnosticRelatedInformation(
            types.Location(document.uri, range_of(document, other.span)), one_line(other.note)
        )
        for other in finding.related
        if other.span is not None
    ]
    return types.Diagnostic(
        range_of(document, finding.span),
        one_line(finding.message) + hint,
        severity=types.DiagnosticSeverity(_SEVERITIES[finding.severity]),
        code=finding.rule,
        code_description=types.CodeDescription(address) if address else None,
        source=SOURCE,
        related_information=related if related and with_related else None,
    )


def code_action(document: OpenDocument, fix: QuickFix, *, versioned: bool) -> types.CodeAction:
    """One mend as a quick fix of its finding."""
    from lsprotocol import types

    return types.CodeAction(
        one_line(fix.title),
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[diagnostic(document, fix.finding, with_related=False)],
        is_preferred=fix.preferred or None,
        edit=_workspace_edit(document, fix.edits, versioned=versioned),
    )


def fix_all_action(document: OpenDocument, edit: Edit, *, versioned: bool) -> types.CodeAction:
    """All safe mends as one action."""
    from lsprotocol import types

    return types.CodeAction(
        "make all safe fixes of jfml-policies",
        kind=FIX_ALL,
        edit=_workspace_edit(document, [edit], versioned=versioned),
    )


def asks_for(kind: str, only: Iterable[str] | None) -> bool:
    """Whether a client that asks only for some kinds of actions, and those below them, wants this one.

    >>> asks_for(FIX_ALL, ["source.fixAll"]), asks_for(FIX_ALL, ["quickfix"]), asks_for(FIX_ALL, None)
    (True, False, True)
    """
    return only is None or any(kind == one or kind.startswith(f"{one}.") or not one for one in only)


def completion(document: OpenDocument, candidate: Candidate, place: int) -> types.CompletionItem:
    """One completion; `place` keeps our order."""
    from lsprotocol import types

    return types.CompletionItem(
        candidate.label,
        kind=types.CompletionItemKind[_KINDS[candidate.kind]],
        detail=candidate.detail or None,
        sort_text=f"{place:04}",
        filter_text=candidate.label,
        text_edit=types.TextEdit(range_of(document, candidate.span), candidate.insert),
    )


def hover(document: OpenDocument, found: Hover) -> types.Hover:
    """An explanation."""
    from lsprotocol import types

    content = types.MarkupContent(types.MarkupKind.Markdown, found.markdown)
    return types.Hover(content, range_of(document, found.span))


def _workspace_edit(document: OpenDocument, edits: Iterable[Edit], *, versioned: bool) -> types.WorkspaceEdit:
    from lsprotocol import types

    changes = [types.TextEdit(range_of(document, edit.span), edit.text) for edit in edits]
    if not versioned:
        return types.WorkspaceEdit(changes={document.uri: changes})
    target = types.OptionalVersionedTextDocumentIdentifier(document.uri, document.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(target, changes)])
