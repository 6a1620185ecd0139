"""Rules that are not ours: what they must be, and how their faults stay theirs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from jfml_policies.errors import RuleError
from jfml_policies.findings import SEVERITIES, Finding
from jfml_policies.linter import retired_checks
from jfml_policies.linter.rule import HOOKS, Rule
from jfml_policies.linter.rules.index import INDEX
from jfml_policies.policy.kinds import ALL_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["GuardedHook", "faults_of_rules"]

_CODE: Final = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
_CONFIDENCES: Final = ("high", "medium", "low")
_MOST_SHOWN: Final = 200


class GuardedHook:
    """A hook of somebody else's rule: whatever goes wrong in it becomes one clear error with the rule's name."""

    __slots__ = ("__self__", "_hook")

    def __init__(self, rule: Rule, hook: Callable[..., Iterable[Finding]]) -> None:
        self.__self__: Rule = rule  # as a bound method has it
        self._hook = hook

    def __call__(self, *arguments: object) -> Iterator[Finding]:
        """The hook's findings.

        Raises:
            RuleError: the hook raised an exception, or gave something that is no finding of its rule.
        """
        code = self.__self__.code
        try:
            for finding in self._hook(*arguments):
                if not isinstance(finding, Finding):
                    raise TypeError(f"it gave {type(finding).__name__} instead of a finding")
                if finding.code != code:
                    raise ValueError("it gave a finding of another rule")
                yield finding
        except Exception as error:
            name = self.__self__.name()
            said = " ".join(str(error).split())[:_MOST_SHOWN]
            where = self.__self__.defined_in or type(self.__self__).__module__
            raise RuleError(
                f"the rule `{name}` failed: {type(error).__name__}{': ' * bool(said)}{said}",
                hint=f"it is defined in {where}; --ignore {name} leaves it out",
            ) from error


def faults_of_rules(rules: Sequence[object]) -> list[str]:
    """What keeps some objects from being used as rules beside ours, a line each.

    >>> faults_of_rules([int])
    ['`int` is no rule: it does not derive from `jfml_policies.linter.rule.Rule`']
    """
    faults: list[str] = []
    codes: set[str] = set()
    ours = {code for code, *_ in INDEX} | set(retired_checks.RETIRED_CHECKS)
    for rule in rules:
        name = getattr(rule, "__name__", str(rule))
        if not (isinstance(rule, type) and issubclass(rule, Rule)):
            faults.append(f"`{name}` is no rule: it does not derive from `jfml_policies.linter.rule.Rule`")
            continue
        found = _fault(rule)
        code = getattr(rule, "code", None)
        if found is None and code in ours:
            found = f"its code `{code}` is that of a rule of ours"
        elif found is None and code in codes:
            found = f"its code `{code}` is taken by another rule"
        if found is not None:
            faults.append(f"the rule `{name}` can't be used: {found}")
        else:
            codes.add(rule.code)
    return faults


def _fault(rule: type[Rule]) -> str | None:
    code: Any = getattr(rule, "code", None)
    severity: Any = getattr(rule, "severity", None)
    kinds: Any = rule.kinds
    confidence: Any = rule.confidence
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        return "its `code` must be capital letters, digits and `_`, as in `PASS_ROLE_OUTSIDE_TEAM`"
    if severity not in SEVERITIES:
        return f"its `severity` must be one of {', '.join(SEVERITIES)}"
    if confidence not in _CONFIDENCES:
        return f"its `confidence` must be one of {', '.join(_CONFIDENCES)}"
    if not isinstance(kinds, frozenset) or not kinds or not kinds <= ALL_KINDS:
        return f"its `kinds` must be a frozenset of {', '.join(sorted(ALL_KINDS))}"
    if not (rule.__doc__ or "").strip():
        return "it has no docstring, which is its page"
    if all(getattr(rule, hook) is getattr(Rule, hook) for hook in HOOKS):
        return f"it overrides none of {', '.join(HOOKS)}"
    return None
