"""A demand as a rule like any other."""

from __future__ import annotations

import copyreg
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal

from jfml_policies.catalog import load
from jfml_policies.linter.custom_rules.questions import compared_by, questions
from jfml_policies.linter.custom_rules.scope import actions_in_scope, may_meet
from jfml_policies.linter.custom_rules.wording import entries_in_words, hint_of, page_of, request_in_words
from jfml_policies.linter.rule import Context, Findings, Rule, related

if TYPE_CHECKING:
    from jfml_policies.findings import Related
    from jfml_policies.linter.custom_rules.demand import Demand
    from jfml_policies.linter.custom_rules.questions import Question
    from jfml_policies.policy.nodes import Policy
    from jfml_policies.privilege.breaches import Breach, Patience

__all__ = ["custom_rule"]

#: Tests that a finding points at; nobody reads more.
_MOST_RELATED: Final = 10


class _MadeOfDemand(type):
    """The class of such rules; it lets another process make the same rule of the same demand."""

    demand: Demand


class _CustomRule(Rule, metaclass=_MadeOfDemand):
    """Base of the rules that `custom_rule` makes."""

    demand: ClassVar[Demand]
    origin = "jfml"

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports each entry that lets in a request against the demand, and what can't be told."""
        demand = self.demand
        # The algebra numbers the actions of the shipped catalogue.
        actions = actions_in_scope(demand.actions, demand.resources, load())
        if not may_meet(policy.statements, actions):
            return
        from jfml_policies.privilege.breaches import breaches

        patience = context.ask(_patience)
        by: Literal["action", "resource", "principal"] = "resource" if demand.resources else "action"
        if demand.kind == "allowed-principals":
            by = "principal"
        for question in questions(demand, actions, policy):
            for breach in breaches(policy, question.scope, question.permitted, by=by, patience=patience):
                yield self.finding(
                    breach.at,
                    f"{demand.message.rstrip('.')}: {_reason(breach, question)}",
                    hint=hint_of(demand, question.blocks),
                    related=_loose_tests(breach, question),
                )


def _patience(_: Context) -> Patience:
    from jfml_policies.privilege.breaches import Patience

    return Patience()


def _reason(breach: Breach, question: Question) -> str:
    if breach.witness is not None:
        allowed = f"{request_in_words(breach.witness, question.blocks)} is allowed"
        return allowed + entries_in_words(breach.actions, breach.witness)
    return f"that this holds here could be neither proved nor refuted, {breach.doubt}"


def _loose_tests(breach: Breach, question: Question) -> tuple[Related, ...]:
    """The tests of the statement on keys that would be enough, were they compared otherwise."""
    keys = {test.key.value.lower() for block in question.blocks for test in block}
    tests = breach.statement.tests if breach.statement is not None and breach.witness is not None else ()
    loose = [test for test in tests if test.key.value.lower() in keys]
    return tuple([related(test, "does not restrict enough") for test in loose[:_MOST_RELATED]])


@lru_cache(maxsize=1024)
def custom_rule(demand: Demand) -> type[Rule]:
    """The rule of a demand; equal demands have the same.

    >>> from jfml_policies.linter import RuleSettings, lint
    >>> from jfml_policies.linter.custom_rules import Demand
    >>> no_users = custom_rule(
    ...     Demand(
    ...         "NO_USERS",
    ...         "forbidden-access",
    ...         "users come from the directory",
    ...         actions=("iam:CreateUser",),
    ...         permitted=((),),
    ...     )
    ... )
    >>> policy = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:*User", "Resource": "*"}}'
    >>> [finding.message for finding in lint(policy, select=["custom"], settings=RuleSettings(rules=(no_users,)))]
    ['users come from the directory: `iam:CreateUser` is allowed']
    """
    made: Any = _MadeOfDemand(
        demand.code.title().replace("_", ""),
        (_CustomRule,),
        {
            "__doc__": page_of(demand),
            "__module__": __name__,
            "demand": demand,
            "code": demand.code,
            "severity": demand.severity,
            "kinds": frozenset(demand.kinds),
            "compares": compared_by(demand),
            "defined_in": demand.place or __name__,
        },
    )
    rule: type[Rule] = made
    return rule


def _reduced(rule: Any) -> tuple[Any, ...]:
    return custom_rule, (rule.demand,)


copyreg.pickle(_MadeOfDemand, _reduced)
