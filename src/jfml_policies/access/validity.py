"""Whether a document means anything: AWS refuses some documents, and what they would allow is not a question.

Only what decides the meaning counts here. A principal, action or ARN that is misspelt matches nothing, and a repeated
Sid changes nothing: such documents have a meaning.

Sources: IAM User Guide, "Grammar of the IAM JSON policy language" and "IAM JSON policy elements: Condition operators".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.access.comparisons import canonical_base64
from jfml_policies.access.readings import NULL_TAKES_SET_OPERATORS
from jfml_policies.policy.kinds import DOCUMENT_ELEMENTS, EFFECTS, KINDS, STATEMENT_ELEMENTS, VERSIONS, Kind
from jfml_policies.policy.operators import Family, Operator, parse_operator
from jfml_policies.policy.repositories import is_of_repository
from jfml_policies.policy.values import read_boolean, read_instant, read_network, read_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jfml_policies.findings import Path
    from jfml_policies.policy.nodes import Policy, Statement, Test, Text

__all__ = ["invalid_reason"]

#: Families whose values must be readable: the reader, and what it reads in words. Bool compares any texts.
_READERS: Final[dict[Family, tuple[Callable[[str], object], str]]] = {
    "Numeric": (read_number, "a number"),
    "Date": (read_instant, "a date"),
    "IpAddress": (read_network, "an IP address or range"),
    "Binary": (canonical_base64, "a base64 text"),
    "Null": (read_boolean, "`true` or `false`"),
}
_LONGEST: Final = 100


def invalid_reason(policy: Policy) -> tuple[str, Path] | None:
    """Why a document has no meaning, and where: the first fault in it; None when it has one.

    Args:
        policy: any parsed document; its kind decides which elements it must and may have.

    Returns:
        One clause in lower case, and the path of the faulty element or of the statement that lacks one.

    >>> from jfml_policies.policy.read import loads
    >>> invalid_reason(loads('{"Statement": {"Effect": "Allow", "Action": "s3:*"}}', kind="identity"))
    ('the statement has neither `Resource` nor `NotResource`', ('Statement',))
    """
    return next(_faults(policy), None)


def _faults(policy: Policy) -> Iterator[tuple[str, Path]]:
    for problem in policy.problems:
        yield f"{_quoted(problem.name)}: {problem.expected} was expected, not {problem.found}", problem.path
    for key in policy.keys:
        if key.value not in DOCUMENT_ELEMENTS:
            yield f"a policy has no element {_quoted(key.value)}", key.path
    if policy.version is not None and policy.version.value not in VERSIONS:
        yield f"there is no version {_quoted(policy.version.value)} of the policy language", policy.version.path
    if not policy.has("Statement"):
        yield "the policy has no `Statement`", policy.path
    for statement in policy.statements:
        yield from _faults_of_statement(statement, policy.kind, policy.resource_type)


def _faults_of_statement(statement: Statement, kind: Kind, resource_type: str | None) -> Iterator[tuple[str, Path]]:
    facts = KINDS[kind]
    for key in statement.keys:
        if key.value not in STATEMENT_ELEMENTS:
            yield f"a statement has no element {_quoted(key.value)}", key.path
    if statement.effect is None:
        yield "the statement has no `Effect`", statement.path
    elif statement.effect.value not in EFFECTS:
        yield f"the effect {_quoted(statement.effect.value)} is neither `Allow` nor `Deny`", statement.effect.path
    yield from _faults_of_pair(statement, "Principal", facts.principal, may_negate=facts.negations.principal)
    yield from _faults_of_pair(statement, "Action", "required", may_negate=facts.negations.action)
    resource = "optional" if is_of_repository(statement, kind, resource_type) else facts.resource
    yield from _faults_of_pair(statement, "Resource", resource, may_negate=True)
    for operator in statement.condition.operators if statement.condition else ():
        if _operator(operator) is None:
            yield f"{_quoted(operator.value)} is not a condition operator", operator.path
    for test in statement.tests:
        yield from _faults_of_test(test)


def _faults_of_pair(statement: Statement, name: str, presence: str, *, may_negate: bool) -> Iterator[tuple[str, Path]]:
    """An element and its negation: not both, and one where the kind demands it.

    One that the kind does not allow has its meaning all the same; saying that it is out of place is for lint.
    """
    negation = f"Not{name}"
    written = [key for key in statement.keys if key.value in (name, negation)]
    if len({key.value for key in written}) == 2:
        yield f"the statement has both `{name}` and `{negation}`", written[1].path
    if presence == "required" and not written:
        lacking = f"neither `{name}` nor `{negation}`" if may_negate else f"no `{name}`"
        yield f"the statement has {lacking}", statement.path


def _operator(written: Text) -> Operator | None:
    operator = parse_operator(written.value)
    if operator is not None and operator.family == "Null":
        refused = operator.if_exists or (operator.qualifier is not None and not NULL_TAKES_SET_OPERATORS)
        return None if refused else operator
    return operator


def _faults_of_test(test: Test) -> Iterator[tuple[str, Path]]:
    operator = _operator(test.operator)
    if operator is None or operator.family not in _READERS:
        return
    read, wanted = _READERS[operator.family]
    for value in test.values:
        if read(value.value) is None:
            yield f"{_quoted(value.value)} under `{operator.base}` is not {wanted}", value.path
    if operator.family == "Null" and not test.values:
        yield f"`Null` for {_quoted(test.key.value)} says neither `true` nor `false`", test.path


def _quoted(text: str) -> str:
    return f"`{text if len(text) <= _LONGEST else text[: _LONGEST - 3] + '...'}`"
