"""Statements as boxes: conjunctions of literals, each about one dimension of a request.

Dimensions are the action, the resource, the principal, and each condition key. They are independent of each other but
for policy variables, so a conjunction can be met exactly when it can be met in each dimension.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from jfml_policies.access.actions import ActionNames
from jfml_policies.access.key_test import Invalid, KeyTest, normalise_test
from jfml_policies.access.key_theory import KeySolution, solve_key
from jfml_policies.access.principal_cells import PrincipalCells, principals_of
from jfml_policies.access.text_theory import Solution, solve_resource, solve_texts
from jfml_policies.access.value_sets import ANY_ARN, FIRST_LETTER, LAST_LETTER, NOTHING, Texts, Unsettled, is_letter
from jfml_policies.catalog import load
from jfml_policies.errors import BudgetExceededError
from jfml_policies.patterns.glob import Glob
from jfml_policies.patterns.resource_pattern import COMPLETION
from jfml_policies.patterns.tokens import ANY_ONE, ANY_RUN, COLON, FIELD_ONE, FIELD_RUN
from jfml_policies.patterns.variables import Escape, Variable, Wildcard, parse_variables
from jfml_policies.patterns.variables import Text as Plain
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jfml_policies.patterns.tokens import Token
    from jfml_policies.policy.nodes import Policy, Statement, Test
    from jfml_policies.policy.operators import Operator

__all__ = ["ACTION", "PRINCIPAL", "RESOURCE", "Box", "Dimension", "Letter", "Signed", "Space"]

Dimension: TypeAlias = str
# In capitals, because the other dimensions are condition keys in lower case.
ACTION: Final = "ACTION"
RESOURCE: Final = "RESOURCE"
PRINCIPAL: Final = "PRINCIPAL"
#: A literal's number, negative where the literal is negated; numbers start at 1.
Signed: TypeAlias = int
#: A conjunction of literals.
Box: TypeAlias = frozenset[Signed]

_ACTIONS: Final = Texts((Glob((FIELD_ONE, FIELD_RUN, COLON, FIELD_ONE, FIELD_RUN)),))
_is_action = re.compile(r"[^:]+:[^:]+").fullmatch
_TRUE_OR_FALSE: Final = Texts((Glob.literal("true", fold_case=True), Glob.literal("false", fold_case=True)))


@record
class Letter:
    """What a letter stands for: the value of a key, or a default when the key is absent."""

    key: str
    default: str | None


class Space:
    """Numbers the literals of some policies and answers whether literals of one dimension can hold together.

    Everything that is remembered lives in this object, so that answers do not depend on earlier questions.
    """

    def __init__(self, policies: Sequence[Policy]) -> None:
        statements = [statement for policy in policies for statement in policy.statements]
        self.letters: dict[str, Letter] = {}
        self._letter_of: dict[Letter, str] = {}
        self._free_letters = (chr(code) for code in range(ord(FIRST_LETTER), ord(LAST_LETTER) + 1))
        self.actions: ActionNames = ActionNames(
            value.value for statement in statements if statement.actions for value in statement.actions.values
        )
        self.principals: PrincipalCells = PrincipalCells(
            principal
            for statement in statements
            if statement.principals
            for principal in principals_of(statement.principals)
        )
        self.has_principals: bool = any(statement.principals for statement in statements)
        self._spelling = {test.key.value.lower(): test.key.value for one in statements for test in one.tests}
        self._several = _keys_with_several_values(statements)
        self._boolean = _boolean_keys(statements)
        self._numbers: dict[tuple[Dimension, object], int] = {}
        self._contents: list[tuple[Dimension, object]] = []
        self._masks: dict[int, int] = {}
        self._read: dict[tuple[object, ...], Texts] = {}
        self._open: dict[Texts, Texts] = {}
        self._solved: dict[tuple[Dimension, Box], object] = {}

    # ------------------------------------------------------------------------------------------ policies to boxes

    def boxes(self, policy: Policy, effect: str) -> dict[Box, Statement]:
        """The boxes of the statements of an effect; statements that nothing can match are left out.

        Raises:
            Invalid: AWS would refuse the document.
        """
        found: dict[Box, Statement] = {}
        for statement in policy.statements:
            if statement.effect is not None and statement.effect.value == effect:
                box = self._box(statement, policy)
                if box is not None:
                    found.setdefault(box, statement)
        return found

    def _box(self, statement: Statement, policy: Policy) -> Box | None:
        literals: set[Signed] = set()
        if statement.actions is not None:
            actions = self._entries(ACTION, [value.value for value in statement.actions.values], policy)
            literals.add(self._literal(ACTION, actions, positive=statement.action is not None))
        if statement.resources is not None:
            resources = self._entries(RESOURCE, [value.value for value in statement.resources.values], policy)
            literals.add(self._literal(RESOURCE, resources, positive=statement.resource is not None))
        if statement.principals is not None:
            mask = self.principals.mask(principals_of(statement.principals))
            literals.add(self._literal(PRINCIPAL, mask, positive=statement.principal is not None))
        for test in statement.tests:
            normal = normalise_test(test, lambda operator, test: self._texts(operator, test, policy))
            if normal is not None:
                literals.add(self._literal(normal[0].key, normal[0], positive=normal[1]))
        literals = {literal for literal in literals if not self._always_holds(literal)}
        by_dimension: dict[Dimension, set[Signed]] = {}
        for literal in literals:
            by_dimension.setdefault(self.dimension(literal), set()).add(literal)
        for dimension, some in by_dimension.items():
            try:
                if self.solve(dimension, frozenset(some)) is None:
                    return None
            except BudgetExceededError:
                pass  # not known to be empty
        return frozenset(literals)

    def _entries(self, dimension: Dimension, entries: Sequence[str], policy: Policy) -> Texts:
        """The actions or resources that some entries of a policy hold; the same entries are read once."""
        question = (dimension, policy.kind, policy.has_variables, *entries)
        found = self._read.get(question)
        if found is None:
            if dimension == ACTION:
                found = _union([Glob.parse(_plain(text), fold_case=True) for text in entries])
            else:
                found = _arns([self._glob(text, policy) for text in entries], policy)
            self._read[question] = found
        return found

    def _glob(self, text: str, policy: Policy) -> Glob:
        return Glob(self._tokens(text, policy, wildcards=True)) if "${" in text else Glob.parse(_plain(text))

    def _texts(self, operator: Operator, test: Test, policy: Policy) -> Texts:
        globs: list[Glob] = []
        fold = operator.base.endswith("IgnoreCase") or operator.family == "Bool"
        for value in test.values:
            if operator.family == "Binary":
                globs.append(Glob.literal(_canonical_base64(value.value)))
                continue
            written = self._tokens(value.value, policy, wildcards=operator.facts.patterns)
            tokens = self._without_itself(written, test.key.value.lower())
            if tokens is None:
                continue
            # A value is an ARN pattern of itself if it is an ARN.
            is_itself = tokens == (ANY_RUN,) and tokens != written
            globs.append(ANY_ARN.globs[0] if is_itself and operator.family == "Arn" else Glob(tokens, fold))
        return _arns(globs, None) if operator.family == "Arn" else _union(globs)

    def _without_itself(self, tokens: tuple[Token, ...], key: str) -> tuple[Token, ...] | None:
        """A pattern for a key's value that holds that very value: it matches always, or (None) never.

        A value is its own beginning, end and middle, and longer than itself it is not.
        """
        own = [token for token in tokens if is_letter(token) and self.letters[str(token)].key == key]
        if len(own) != 1 or key in self._several:
            return tokens
        others = [token for token in tokens if token != own[0]]
        if all(token is ANY_RUN for token in others):
            return (ANY_RUN,)
        return tokens if any(map(is_letter, others)) else None

    def _tokens(self, text: str, policy: Policy, *, wildcards: bool) -> tuple[Token, ...]:
        tokens: list[Token] = []
        for part in parse_variables(_plain(text), enabled=policy.has_variables).parts:
            if isinstance(part, Plain):
                tokens += part.text
            elif isinstance(part, Wildcard):
                wild = ANY_RUN if part.character == "*" else ANY_ONE
                tokens.append(wild if wildcards else part.character)
            elif isinstance(part, Escape):
                tokens.append(part.character)
            elif isinstance(part, Variable):
                tokens.append(self.letter(Letter(part.key.lower(), part.default)))
            else:
                raise Invalid(f"`{part.label}` is known only at deployment")
        return tuple(tokens)

    def letter(self, meaning: Letter) -> str:
        """The letter that stands for a value.

        Raises:
            BudgetExceededError: there are more meanings than letters.
        """
        letter = self._letter_of.get(meaning)
        if letter is None:
            letter = next(self._free_letters, None)
            if letter is None:
                raise BudgetExceededError("the policies hold too many policy variables")
            self._letter_of[meaning] = letter
            self.letters[letter] = meaning
        return letter

    # ------------------------------------------------------------------------------------------ literals

    def _literal(self, dimension: Dimension, content: object, *, positive: bool) -> Signed:
        number = self._numbers.get((dimension, content))
        if number is None:
            self._contents.append((dimension, content))
            number = self._numbers[dimension, content] = len(self._contents)
            if dimension == ACTION and isinstance(content, Texts):
                self._masks[number] = self.actions.mask(content)
            elif dimension == PRINCIPAL and isinstance(content, int):
                self._masks[number] = content
        return number if positive else -number

    def texts_literal(self, dimension: Dimension, texts: Texts) -> Signed:
        """The literal that says that the action or resource is one of some texts."""
        return self._literal(dimension, texts, positive=True)

    def entries_literal(self, dimension: Dimension, entries: Sequence[str], policy: Policy) -> Signed:
        """The literal that says that the action or resource is one of some entries of a policy.

        Raises:
            BudgetExceededError: the entries hold too many policy variables.
        """
        return self.texts_literal(dimension, self._entries(dimension, entries, policy))

    def key_literal(self, test: KeyTest) -> Signed:
        """The literal of a test."""
        return self._literal(test.key, test, positive=True)

    def dimension(self, literal: Signed) -> Dimension:
        """What a literal is about."""
        return self._contents[abs(literal) - 1][0]

    def content(self, literal: Signed) -> object:
        """What a literal says: texts, a mask of principals, or a test on a key."""
        return self._contents[abs(literal) - 1][1]

    def mask(self, literals: Iterable[Signed], *, everything: int) -> int:
        """The actions or principals that meet some literals about them."""
        mask = everything
        for literal in literals:
            one = self._masks[abs(literal)]
            mask &= one if literal > 0 else ~one
        return mask

    def _always_holds(self, literal: Signed) -> bool:
        content = self.content(literal)
        if literal < 0:
            return content in (NOTHING, 0)
        if isinstance(content, Texts):
            return any(glob.is_everything for glob in content.globs)
        return isinstance(content, int) and content == self.principals.everything()

    # ------------------------------------------------------------------------------------------ theories

    def solve(self, dimension: Dimension, literals: Box) -> Solution | KeySolution | None:
        """A value of a dimension that meets its literals, or None when there is none.

        Raises:
            BudgetExceededError: no answer was found in time.
        """
        question = (dimension, literals)
        if question in self._solved:
            answer = self._solved[question]
            if isinstance(answer, BudgetExceededError):
                raise answer
            return answer  # type: ignore[return-value]
        try:
            answer = self._solve(dimension, literals)
        except BudgetExceededError as error:
            self._solved[question] = error
            raise
        self._solved[question] = answer
        return answer

    def _solve(self, dimension: Dimension, literals: Box) -> Solution | KeySolution | None:
        if dimension == PRINCIPAL:
            mask = self.mask(literals, everything=self.principals.everything())
            return Solution(self.principals.first(mask)) if mask else None
        if dimension == ACTION:
            mask = self.mask(literals, everything=self.actions.everything())
            return Solution(self.actions.first(mask)) if mask else self._solve_unknown_action(literals)
        if dimension == RESOURCE:
            return solve_resource(*self._sides(literals))
        tests = [(self._test(literal), literal > 0) for literal in literals]
        return solve_key(tests, may_have_several=self.may_have_several(dimension), domain=self.domain(dimension))

    def spelling(self, key: str) -> str:
        """A condition key as the policies write it."""
        return self._spelling.get(key, key)

    def may_have_several(self, key: str) -> bool:
        """Whether a condition key may have several values."""
        return key in self._several

    def domain(self, key: str) -> Texts | None:
        """The values that a condition key may have, where not all texts are values."""
        return _TRUE_OR_FALSE if key in self._boolean else None

    def _solve_unknown_action(self, literals: Box) -> Solution | None:
        """An action that has no number: one that a wildcard matches and that no catalogue knows."""
        inside, outside = self._sides(literals)
        inside = [self._with_wildcards(texts) for texts in inside]
        found = solve_texts(inside, outside)
        # Nearly always it is one already; only then would asking for one cost more.
        return found if found is None or _is_action(found.text) else solve_texts([*inside, _ACTIONS], outside)

    def _with_wildcards(self, texts: Texts) -> Texts:
        """The globs that may match names without a number; those without wildcards have numbers."""
        found = self._open.get(texts)
        if found is None:
            found = self._open[texts] = Texts(tuple([glob for glob in texts.globs if not glob.is_literal]))
        return found

    def _sides(self, literals: Box) -> tuple[list[Texts], list[Texts]]:
        inside: list[Texts] = []
        outside: list[Texts] = []
        for literal in sorted(literals):
            texts = self.content(literal)
            assert isinstance(texts, Texts)
            (inside if literal > 0 else outside).append(texts)
        return inside, outside

    def _test(self, literal: Signed) -> KeyTest:
        test = self.content(literal)
        assert isinstance(test, KeyTest)
        return test


def _union(globs: Iterable[Glob], unsettled: Iterable[Unsettled] = ()) -> Texts:
    """The same union whatever the order and repetition of its globs."""
    return Texts(
        tuple(sorted(dict.fromkeys(globs), key=_written)),
        tuple(sorted(dict.fromkeys(unsettled), key=lambda arn: _written(arn.written))),
    )


def _written(glob: Glob) -> tuple[str, bool]:
    return glob.text, glob.shape is None


def _arns(patterns: Iterable[Glob], policy: Policy | None) -> Texts:
    """The union of ARN patterns: Resource entries of a policy, or values of a condition when it is None."""
    completion = None if policy is None else COMPLETION[policy.kind]
    globs: list[Glob] = []
    unsettled: list[Unsettled] = []
    for pattern in patterns:
        arn = Unsettled(pattern, completion)
        if Unsettled.is_needed(pattern):
            unsettled.append(arn)
        elif (glob := arn.settled(pattern)) is not None:
            globs.append(glob)
    return _union(globs, unsettled)


def _keys_with_several_values(statements: Iterable[Statement]) -> frozenset[str]:
    """Keys that may have several values: those that AWS says so of, and unknown ones under a set operator."""
    catalog = load()
    several = set()
    for key, qualified in {(t.key.value.lower(), ":" in t.operator.value) for s in statements for t in s.tests}:
        known = catalog.condition_key(key)
        if known.is_multivalued if known is not None else qualified:
            several.add(key)
    return frozenset(several)


def _boolean_keys(statements: Iterable[Statement]) -> frozenset[str]:
    """Keys that are compared as booleans only (or for presence), so that only `true` and `false` are values."""
    families: dict[str, set[bool]] = {}
    for statement in statements:
        for test in statement.tests:
            base = test.operator.value.rpartition(":")[2].removesuffix("IfExists")
            if base != "Null":
                families.setdefault(test.key.value.lower(), set()).add(base == "Bool")
    return frozenset(key for key, kinds in families.items() if kinds == {True})


def _plain(text: str) -> str:
    """A text without characters that could be taken for letters.

    Raises:
        Invalid: it has some; IAM refuses them.
    """
    if not text.isascii() and any(map(is_letter, text)):
        raise Invalid("the policy holds characters of Unicode's private use area")
    return text


def _canonical_base64(text: str) -> str:
    """[choice] Binary values are compared as bytes; text that is no base64 stands for itself."""
    from base64 import b64decode, b64encode

    try:
        return b64encode(b64decode(text, validate=True)).decode()
    except ValueError:
        return text
