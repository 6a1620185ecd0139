"""Statements as boxes: conjunctions of literals, each about one dimension of a request.

Dimensions are the action, the resource, the principal, and each condition key. They are independent of each other but
for policy variables, so a conjunction can be met exactly when it can be met in each dimension.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from jfml_policies.access.actions import ActionNames
from jfml_policies.access.contents import Written, names_of, open_actions_of, open_services, resources_of, values_of
from jfml_policies.access.key_test import KeyTest, form_of
from jfml_policies.access.key_theory import KeySolution, solve_key
from jfml_policies.access.letters import Letters
from jfml_policies.access.principal_cells import PrincipalCells, principals_of
from jfml_policies.access.text_theory import Solution, solve_resource, solve_texts
from jfml_policies.access.value_sets import EVERYTHING, Texts
from jfml_policies.catalog import global_keys, load
from jfml_policies.errors import BudgetExceededError
from jfml_policies.patterns.glob import Glob
from jfml_policies.patterns.resource_pattern import COMPLETION
from jfml_policies.patterns.tokens import COLON, FIELD_ONE, FIELD_RUN
from jfml_policies.policy.operators import Family, parse_operator
from jfml_policies.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jfml_policies.access.key_test import Form
    from jfml_policies.policy.nodes import Policy, Principals, Statement, Test

__all__ = ["ACTION", "PRINCIPAL", "RESOURCE", "Box", "Dimension", "Signed", "Space"]

Dimension: TypeAlias = str
# In capitals, because the other dimensions are condition keys in lower case.
ACTION: Final = "ACTION"
RESOURCE: Final = "RESOURCE"
PRINCIPAL: Final = "PRINCIPAL"
#: A literal's number, negative where the literal is negated; numbers start at 1.
Signed: TypeAlias = int
#: A conjunction of literals.
Box: TypeAlias = frozenset[Signed]

#: Dimensions that are decided soonest, and latest; condition keys lie between.
_RANKS: Final[dict[Dimension, int]] = {ACTION: 0, PRINCIPAL: 1, RESOURCE: 3}
_RANK_OF_KEYS: Final = 2
_ACTIONS: Final = Texts((Glob((FIELD_ONE, FIELD_RUN, COLON, FIELD_ONE, FIELD_RUN)),))
_NOTHING: Final = Written(frozenset(), variables=False)
_is_action = re.compile(r"[^:]+:[^:]+").fullmatch
#: Families whose values are no free texts, and the catalogue's word for the type.
_TYPES: Final[dict[Family, str]] = {"Bool": "Bool", "Numeric": "Numeric", "Date": "Date", "IpAddress": "IPAddress"}
_TRUE_OR_FALSE: Final = Texts((Glob.literal("true", fold_case=True), Glob.literal("false", fold_case=True)))


@record
class _Literal:
    """A literal as written, not read yet.

    Attributes:
        dimension: what it is about.
        written: entries of an element; none for principals.
        kind: the kind of policy, which says how its resources are read.
        form: of a condition test, the form.
    """

    dimension: Dimension
    written: Written
    kind: str = ""
    form: Form | None = None


class Space:
    """Numbers the literals of some policies and answers whether literals of one dimension can hold together.

    Everything that is remembered lives in this object, so that answers do not depend on earlier questions.
    """

    def __init__(self, policies: Sequence[Policy]) -> None:
        statements = [statement for policy in policies for statement in policy.statements]
        self.letters: Letters = Letters()
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
        self._types = _types_of_keys(statements)
        self._numbers: dict[tuple[object, ...], int] = {}
        self._literals: list[_Literal] = []
        self._contents: dict[int, Texts | KeyTest] = {}
        self._masks: dict[int, int] = {}
        self._masks_of_boxes: dict[Box, int] = {}
        self._services: dict[int, frozenset[str] | None] = {}
        self._orders: dict[Box, tuple[Signed, ...]] = {}
        self._solved: dict[tuple[Dimension, Box], object] = {}

    # ------------------------------------------------------------------------------------------ policies to boxes

    def boxes(self, policy: Policy, effect: str) -> dict[Box, Statement]:
        """The boxes of the statements of an effect, each with the first statement that has it.

        Raises:
            Invalid: AWS would refuse the document.
            BudgetExceededError: the policies hold too many policy variables.
        """
        found: dict[Box, Statement] = {}
        for statement in policy.statements:
            if statement.effect is not None and statement.effect.value == effect:
                found.setdefault(self._box(statement, policy), statement)
        return found

    def _box(self, statement: Statement, policy: Policy) -> Box:
        literals: set[Signed] = set()
        if statement.actions is not None:
            entries = [value.value for value in statement.actions.values]
            literals.add(self._entries(ACTION, entries, policy, positive=statement.action is not None))
        if statement.resources is not None:
            entries = [value.value for value in statement.resources.values]
            literals.add(self._entries(RESOURCE, entries, policy, positive=statement.resource is not None))
        if statement.principals is not None:
            literals.add(self._principals(statement.principals, positive=statement.principal is not None))
        for test in statement.tests:
            form = form_of(test)
            if form is not None:
                literals.add(self._test(form, test, policy))
        return frozenset([literal for literal in literals if not self._always_holds(literal)])

    def _entries(self, dimension: Dimension, entries: Iterable[str], policy: Policy, *, positive: bool) -> Signed:
        written = Written.of(entries, has_variables=policy.has_variables and dimension == RESOURCE)
        question = (dimension, written.entries, written.variables, policy.kind)
        number = self._numbers.get(question)
        if number is None:
            number = self._numbered(question, _Literal(dimension, written, policy.kind))
        return number if positive else -number

    def _principals(self, principals: Principals, *, positive: bool) -> Signed:
        mask = self.principals.mask(principals_of(principals))
        number = self._numbers.get((PRINCIPAL, mask))
        if number is None:
            number = self._numbered((PRINCIPAL, mask), _Literal(PRINCIPAL, _NOTHING))
            self._masks[number] = mask
        return number if positive else -number

    def _test(self, form: Form, test: Test, policy: Policy) -> Signed:
        values = () if form.operator is None else [value.value for value in test.values]
        written = Written.of(values, has_variables=policy.has_variables)
        key = test.key.value.lower()
        question = (key, written.entries, written.variables, form.quantifier, form.absent, form.operator)
        number = self._numbers.get(question)
        if number is None:
            number = self._numbered(question, _Literal(key, written, form=form))
        return number if form.positive else -number

    # ------------------------------------------------------------------------------------------ literals

    def _numbered(self, question: tuple[object, ...], literal: _Literal) -> int:
        self._literals.append(literal)
        number = self._numbers[question] = len(self._literals)
        if not literal.written.is_simple:
            # Letters are given out, and faults found, in the order of the policies and before any search.
            self.content(number)
        return number

    def entries_literal(self, dimension: Dimension, entries: Sequence[str], policy: Policy) -> Signed:
        """The literal that says that the action or resource is one of some entries of a policy.

        Raises:
            BudgetExceededError: the entries hold too many policy variables.
        """
        return self._entries(dimension, entries, policy, positive=True)

    def dimension(self, literal: Signed) -> Dimension:
        """What a literal is about."""
        return self._literals[abs(literal) - 1].dimension

    def content(self, literal: Signed) -> Texts | KeyTest:
        """What a literal says about the resource or a key, and about actions that have no number.

        Principals, and actions that have a number, are told by masks instead.
        """
        number = abs(literal)
        found = self._contents.get(number)
        if found is None:
            found = self._contents[number] = self._read(self._literals[number - 1])
        return found

    def _read(self, literal: _Literal) -> Texts | KeyTest:
        key, form = literal.dimension, literal.form
        if key == ACTION:
            return open_actions_of(literal.written)
        if form is None:
            return resources_of(literal.written, self.letters, COMPLETION[literal.kind])
        several = self.may_have_several(key)
        values = (
            EVERYTHING
            if form.operator is None
            else values_of(literal.written, self.letters, form.operator, key, may_have_several=several)
        )
        return KeyTest(key, form.quantifier, form.absent, values)

    def in_order(self, box: Box) -> tuple[Signed, ...]:
        """The literals of a box, those first that are decided soonest."""
        found = self._orders.get(box)
        if found is None:
            found = self._orders[box] = tuple(sorted(box, key=self._order))
        return found

    def _order(self, literal: Signed) -> tuple[int, int]:
        return _RANKS.get(self.dimension(literal), _RANK_OF_KEYS), abs(literal)

    def mask(self, literals: Iterable[Signed], *, everything: int) -> int:
        """The actions or principals that meet some literals about them."""
        mask = everything
        for literal in literals:
            number = abs(literal)
            one = self._masks.get(number)
            if one is None:
                one = self._masks[number] = self.actions.mask(self._literals[number - 1].written.entries)
            mask &= one if literal > 0 else ~one
        return mask

    def _always_holds(self, literal: Signed) -> bool:
        number = abs(literal)
        about = self._literals[number - 1]
        if about.dimension == PRINCIPAL:
            return self._masks[number] == (self.principals.everything() if literal > 0 else 0)
        if about.form is not None:
            return False
        return about.written.holds_star if literal > 0 else not about.written.entries

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
        tests = [(self._key_test(literal), literal > 0) for literal in literals]
        return self.solve_tests(dimension, tests)

    def solve_tests(self, key: str, tests: Sequence[tuple[KeyTest, bool]]) -> KeySolution | None:
        """Values of a condition key under which each test has the wanted answer, or None when there are none.

        Raises:
            BudgetExceededError: no answer was found in time.
        """
        family = self._types.get(key)
        return solve_key(
            tests,
            may_have_several=self.may_have_several(key),
            domain=_TRUE_OR_FALSE if family == "Bool" else None,
            is_readable=family is not None,
        )

    def spelling(self, key: str) -> str:
        """A condition key as the policies write it."""
        return self._spelling.get(key) or self.letters.spellings.get(key, key)

    def may_have_several(self, key: str) -> bool:
        """Whether a condition key may have several values."""
        return key in self._several

    def _solve_unknown_action(self, literals: Box) -> Solution | None:
        """An action that has no number: one that a wildcard matches and that no catalogue knows."""
        if self._are_of_different_services([literal for literal in literals if literal > 0]):
            return None
        inside, outside = self._sides(literals)
        found = solve_texts(inside, outside)
        # Nearly always it is one already; only then would asking for one cost more.
        if found is None or (_is_action(found.text) and not self.actions.has(found.text)):
            return found
        named = [names_of(self._literals[-literal - 1].written) for literal in literals if literal < 0]
        return solve_texts([*inside, _ACTIONS], [*outside, *named])

    def are_apart(self, actions: Box, other: Signed) -> bool:
        """Whether a glance tells that no action meets both some literals about actions and one more.

        False where that takes `solve`, which says the same, and takes longer.
        """
        if other < 0:
            return False
        mask = self._masks_of_boxes.get(actions)
        if mask is None:
            mask = self._masks_of_boxes[actions] = self.mask(actions, everything=self.actions.everything())
        if mask & self.mask((other,), everything=mask):
            return False
        return self._are_of_different_services([literal for literal in (*actions, other) if literal > 0])

    def _are_of_different_services(self, literals: Iterable[Signed]) -> bool:
        """Whether no service has actions without a number in all of some lists of actions."""
        common: frozenset[str] | None = None
        for literal in literals:
            if literal not in self._services:
                self._services[literal] = open_services(self._literals[literal - 1].written)
            services = self._services[literal]
            if services is not None:
                common = services if common is None else common & services
        return common is not None and not common

    def _sides(self, literals: Box) -> tuple[list[Texts], list[Texts]]:
        inside: list[Texts] = []
        outside: list[Texts] = []
        for literal in sorted(literals):
            texts = self.content(literal)
            assert isinstance(texts, Texts)
            (inside if literal > 0 else outside).append(texts)
        return inside, outside

    def _key_test(self, literal: Signed) -> KeyTest:
        test = self.content(literal)
        assert isinstance(test, KeyTest)
        return test


def _keys_with_several_values(statements: Iterable[Statement]) -> frozenset[str]:
    """Keys that may have several values: those that AWS says so of, and unknown ones under a set operator."""
    catalog = load()
    several = set()
    for key, qualified in {(t.key.value.lower(), ":" in t.operator.value) for s in statements for t in s.tests}:
        known = catalog.condition_key(key)
        if known.is_multivalued if known is not None else qualified:
            several.add(key)
    return frozenset(several)


def _types_of_keys(statements: Iterable[Statement]) -> dict[str, Family]:
    """Keys whose values all are booleans, numbers, dates or addresses, and the family of the operators that say so.

    AWS must publish the type, and no operator of another family may stand beside: a tag that is compared as a boolean
    or a number may be any text all the same.
    """
    families: dict[str, set[Family]] = {}
    for statement in statements:
        for test in statement.tests:
            operator = parse_operator(test.operator.value)
            if operator is not None and operator.family != "Null":
                families.setdefault(test.key.value.lower(), set()).add(operator.family)
    found: dict[str, Family] = {}
    for key, some in families.items():
        family = next(iter(some))
        if len(some) == 1 and _TYPES.get(family) in _published_types(key):
            found[key] = family
    return found


def _published_types(key: str) -> tuple[str, ...]:
    known = load().condition_key(key)
    if known is None:
        return ()
    shared = global_keys.find(key)
    return (known.value_type, *(shared.other_types if shared else ()))
