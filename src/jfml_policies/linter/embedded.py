"""Findings about policies inside another file, at their places in that file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypedDict

from jfml_policies.errors import JsonSyntaxError
from jfml_policies.findings import Fix, Related, Span
from jfml_policies.linter import lint_text
from jfml_policies.linter.engine import by_place
from jfml_policies.linter.registry import chosen_codes
from jfml_policies.linter.rule_settings import DEFAULT_RULE_SETTINGS
from jfml_policies.record import record, replace
from jfml_policies.sources.find import find_policies
from jfml_policies.sources.found import Found, Unread
from jfml_policies.sources.source import Quoted
from jfml_policies.sources.yaml_edits import scalar_edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Unpack

    from jfml_policies.catalog import Catalog
    from jfml_policies.findings import Edit, Finding
    from jfml_policies.linter.rule_settings import RuleSettings
    from jfml_policies.sources.source import Source
    from jfml_policies.sources.writing import Written

__all__ = ["Inside", "Options", "Some", "broken_file", "gathered", "lint_inside", "lint_some", "lint_source"]


class Options(TypedDict, total=False):
    """What `lint` takes beside the document."""

    kind: str | None
    resource_type: str | None
    select: Sequence[str]
    ignore: Sequence[str]
    catalog: Catalog | None
    today: str | None
    settings: RuleSettings


@record
class Inside:
    """What was found in a file that holds policies in something else.

    Attributes:
        format: what the file is, as in `CloudFormation template`.
        findings: of all its policies, sorted by place and rule.
        policies: how many policies were checked.
        unread: those that could not be.
        hidden: places of the file that no report may show.
    """

    format: str
    findings: tuple[Finding, ...]
    policies: int
    unread: tuple[Unread, ...]
    hidden: tuple[Span, ...]


@record
class Some:
    """What was found in some of a file's policies.

    Attributes:
        findings: in the order of the policies.
        policies: how many were checked.
        unread: those that could not be.
    """

    findings: tuple[Finding, ...]
    policies: int
    unread: tuple[Unread, ...]


def lint_inside(text: str, name: str = "", **options: Unpack[Options]) -> Inside | None:
    """What is wrong with the policies in a file that is no policy itself; None for any other file.

    Args:
        text: the file's text.
        name: the file's name, whose ending tells YAML from JSON.
        options: see `lint`; a kind or resource type counts for all policies of the file.

    Raises:
        InputError: reading the format takes a package that is not installed.
    """
    try:
        found = find_policies(text, name)
        return None if found is None else gathered(found, [lint_some(found.policies, options)])
    except JsonSyntaxError as error:
        return broken_file(error)


def lint_some(policies: Iterable[Source | Unread], options: Options) -> Some:
    """What is wrong with some of a file's policies.

    Raises:
        JsonSyntaxError: going through them finds the file broken.
        RuleError: a rule of the settings failed.
    """
    findings: list[Finding] = []
    unread: list[Unread] = []
    checked = 0
    for one in policies:
        if isinstance(one, Unread):
            unread.append(one)
        else:
            checked += 1
            findings += lint_source(one, **options)
    return Some(tuple(findings), checked, tuple(unread))


def gathered(found: Found, parts: Iterable[Some]) -> Inside:
    """What was found in a file, from what was found in its parts, in their order."""
    known = list(parts)
    return Inside(
        found.format,
        tuple(sorted([finding for some in known for finding in some.findings], key=by_place)),
        sum([some.policies for some in known]),
        tuple([one for some in known for one in some.unread]),
        found.hidden,
    )


def broken_file(error: JsonSyntaxError) -> Inside:
    """What to say of a file of a known format that can't be read."""
    from jfml_policies.linter.rules.syntax.json_syntax_error import JsonSyntaxError as SyntaxRule

    return Inside("broken file", (SyntaxRule.report(error),), 1, (), ())


def lint_source(source: Source, **options: Unpack[Options]) -> tuple[Finding, ...]:
    """What is wrong with a policy inside a file, sorted by place and rule.

    A finding is reported when it holds whatever the values are that only deployment knows, on some way through the
    template's conditions; such a value alone is never wrong.

    Args:
        source: the policy; its kind and resource type count where none are given.
        options: see `lint`.
    """
    known: Options = {
        **options,
        "kind": options.get("kind") or source.kind,
        "resource_type": options.get("resource_type") or source.resource_type,
    }

    comparing = {rule.code for rule in _settings(known).rules if rule.compares is not None}
    found: dict[object, Finding] = {}
    for groups, asked in _readings(source, known):
        findings = partial(_findings, asked)
        for texts in groups:
            for finding in _common(texts, findings, source, comparing):
                # Another way through the conditions may have another request as proof of the same.
                said = finding.hint if finding.code in comparing else finding.message
                found.setdefault((finding.code, finding.span, said), finding)
    return tuple(sorted(found.values(), key=by_place))


def _settings(options: Options) -> RuleSettings:
    return options.get("settings", DEFAULT_RULE_SETTINGS)


def _findings(options: Options, written: Written) -> tuple[Finding, ...]:
    return lint_text(written.text, **options).findings


def _readings(source: Source, options: Options) -> Iterator[tuple[Iterable[Iterable[Written]], Options]]:
    """The texts of a policy, each set with the rules that are asked of it.

    Rules that compare with values of their own are asked of what holds in any case; guesses refute all others.
    """
    settings = _settings(options)
    comparing = [rule for rule in settings.rules if rule.compares is not None]
    if not comparing or isinstance(source.document, Quoted):
        yield source.texts(), options
        return
    from jfml_policies.sources.guaranteed import guaranteed_texts

    chosen = chosen_codes(tuple(options.get("select", ())), tuple(options.get("ignore", ())), settings.rules)
    by_values: dict[frozenset[str], set[str]] = {}
    for rule in comparing:
        if rule.code in chosen:
            by_values.setdefault(rule.compares or frozenset(), set()).add(rule.code)
    others = chosen.difference(*by_values.values())
    if others:
        yield source.texts(), {**options, "select": sorted(others), "ignore": ()}
    for compared, codes in by_values.items():
        texts = guaranteed_texts(source.document, source.host, compared)
        yield texts, {**options, "select": sorted(codes), "ignore": ()}


def _common(
    texts: Iterable[Written], findings: Callable[[Written], tuple[Finding, ...]], source: Source, comparing: set[str]
) -> Iterator[Finding]:
    """The findings that hold for each of some texts of a policy, as they are told of the first.

    Those of rules that name requests are told of the text of which least is said: the others name guesses, too.
    """
    remaining = iter(texts)
    first = next(remaining)
    found = [_in_host(one, first, source) for one in findings(first) if not _is_open(one, first)]
    for text in remaining:
        if not found:
            return
        also: dict[tuple[str, Span | None], Finding] = {
            (one.code, text.places.host(one.span)): one for one in findings(text) if one.span is not None
        }
        found = [one for one in found if (one.code, one.span) in also]
        found = [
            min(one, _in_host(also[one.code, one.span], text, source), key=_length) if one.code in comparing else one
            for one in found
        ]
    yield from found


def _length(finding: Finding) -> int:
    return len(finding.message)


def _is_open(finding: Finding, text: Written) -> bool:
    """Whether a finding is about a value of which nothing is known."""
    span = finding.span
    return span is not None and any(hole.start <= span.start and span.end <= hole.end for hole in text.open)


def _in_host(finding: Finding, text: Written, source: Source) -> Finding:
    """A finding with its places in the file, and with the labels of values that only deployment knows."""
    places = text.places

    def host(span: Span | None) -> Span | None:
        return None if span is None else places.host(span)

    return replace(
        finding,
        message=text.named(finding.message),
        hint=None if finding.hint is None else text.named(finding.hint),
        span=host(finding.span),
        fix=None if finding.fix is None else _fix(finding.fix, text, source),
        related=tuple([Related(one.path, host(one.span), text.named(one.note)) for one in finding.related]),
        resource=source.resource or None,
    )


def _fix(fix: Fix, text: Written, source: Source) -> Fix:
    """A fix with edits of the file; without edits where the file is made by a program, or where they reach too far."""
    edits: list[Edit] = []
    for edit in fix.edits if source.editable and not text.has_holes else ():
        moved = _in_yaml(edit, text, source) if source.is_yaml else text.places.edit(edit)
        if moved is None:
            return Fix(text.named(fix.title), (), fix.safe)
        edits.append(moved)
    return Fix(text.named(fix.title), tuple(edits), fix.safe)


def _in_yaml(edit: Edit, text: Written, source: Source) -> Edit | None:
    """The edit of a YAML file that puts one value in place of another."""
    old = text.text[edit.span.start : edit.span.end]
    if isinstance(source.document, Quoted) or not isinstance(source.host, str):
        return None
    return scalar_edit(source.host, text.places.host(edit.span), old, edit.text)
