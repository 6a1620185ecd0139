"""What a rule is: metadata as data, a docstring that is its page, and hooks from wide to narrow.

A rule is pure: policy and catalogue in, findings out. It overrides the narrowest hook that serves it; the engine
calls only hooks that are overridden.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar, Final, Literal, TypeAlias, TypeVar

from jfml_policies.catalog import Catalog
from jfml_policies.findings import Finding, Fix, Path, Related, Severity, Span
from jfml_policies.linter.option import Option
from jfml_policies.linter.rule_settings import DEFAULT_RULE_SETTINGS, RuleSettings
from jfml_policies.policy.kinds import ALL_KINDS, Kind
from jfml_policies.policy.nodes import Group, Node, Policy, Principals, Statement, Test, Text

__all__ = ["CUSTOM", "HOOKS", "Confidence", "Context", "Findings", "FixSafety", "Origin", "Rule", "related"]

Findings: TypeAlias = Iterable[Finding]
#: How likely a finding is right; severity says how bad it is.
Confidence = Literal["high", "medium", "low"]
#: "aws": AWS's policy validator has the check under this code; "jfml": it is ours.
Origin = Literal["aws", "jfml"]

#: "safe": the meaning provably stays the same, `--fix` makes it; "unsafe": what was meant is plain, and it is made on
#: request.
FixSafety = Literal["safe", "unsafe"]

_Answer = TypeVar("_Answer")
_Value = TypeVar("_Value", int, tuple[str, ...])

#: The family of rules that are not ours.
CUSTOM: Final = "custom"
#: Names of the hooks, from wide to narrow.
HOOKS: Final = ("check_policy", "check_statement", "check_principal", "check_action", "check_resource", "check_test")


class Context:
    """What a rule may ask beside the node it is given.

    Attributes:
        policy: the policy being checked.
        catalog: AWS's actions, resource types and condition keys.
        today: the day to judge dates by, as in `2026-10-27`; None where nobody said, and then no rule may guess.
        settings: what a configuration tells; `option` reads a rule's own part of it.
    """

    __slots__ = ("_answers", "catalog", "policy", "settings", "today")

    def __init__(
        self,
        policy: Policy,
        catalog: Catalog,
        today: str | None = None,
        settings: RuleSettings = DEFAULT_RULE_SETTINGS,
    ) -> None:
        self.policy: Policy = policy
        self.catalog: Catalog = catalog
        self.today: str | None = today
        self.settings: RuleSettings = settings
        self._answers: dict[object, object] = {}

    def ask(self, question: Callable[[Context], _Answer]) -> _Answer:
        """The answer to a question that several rules have; it is worked out once a policy."""
        if question not in self._answers:
            self._answers[question] = question(self)
        return self._answers[question]  # type: ignore[return-value]

    def option(self, rule: Rule, option: Option[_Value]) -> _Value:
        """The value of one of a rule's options."""
        return option.value_in(self.settings.options, rule.code)

    @property
    def kind(self) -> Kind:
        """The policy's kind."""
        return self.policy.kind


class Rule:
    """Base of every rule; its docstring is the rule's page, in Markdown.

    Class attributes:
        code: the issue code, AWS's where AWS has the check.
        severity: how bad a finding is.
        fixes: which fixes its findings may offer; none where only a person can know what was meant.
        confidence: how likely a finding is right.
        origin: whose check it is.
        kinds: kinds of policy it looks at.
        since: the version that brought it.
        mentions: words in lower case and without white space. In a text that holds none of them, in any letter case
            and with any white space, the rule finds nothing, so it is not even imported; empty where no words tell.
        options: what a configuration may set.
        compares: what a rule compares with values that only its author knows: condition keys in lower case, and
            `Principal`. Where such a value is known only at deployment, the rule is asked of what the policy allows
            in any case; None for rules whose findings guesses of the value can refute.
        defined_in: where a rule that is not ours stands, when it is no Python module.
    """

    code: ClassVar[str]
    severity: ClassVar[Severity]
    fixes: ClassVar[tuple[FixSafety, ...]] = ()
    confidence: ClassVar[Confidence] = "high"
    origin: ClassVar[Origin] = "aws"
    kinds: ClassVar[frozenset[Kind]] = ALL_KINDS
    since: ClassVar[str] = "0.1.0"
    mentions: ClassVar[tuple[str, ...]] = ()
    options: ClassVar[tuple[Option[int] | Option[tuple[str, ...]], ...]] = ()
    compares: ClassVar[frozenset[str] | None] = None
    defined_in: ClassVar[str] = ""

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Looks at the whole document."""
        return ()

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Looks at one statement."""
        return ()

    def check_principal(
        self, principal: Text, group: Group | None, principals: Principals, statement: Statement, context: Context
    ) -> Findings:
        """Looks at one principal; `group` is None for the bare string form."""
        return ()

    def check_action(self, action: Text, statement: Statement, context: Context) -> Findings:
        """Looks at one entry of Action or NotAction."""
        return ()

    def check_resource(self, resource: Text, statement: Statement, context: Context) -> Findings:
        """Looks at one entry of Resource or NotResource."""
        return ()

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Looks at one condition test: operator, key and values."""
        return ()

    @classmethod
    def finding(
        cls,
        at: Node,
        message: str,
        *,
        hint: str | None = None,
        fix: Fix | None = None,
        related: tuple[Related, ...] = (),
        path: Path | None = None,
        span: Span | None = None,
    ) -> Finding:
        """A finding of this rule at a node; `path` or `span` override the node's own."""
        return Finding(
            code=cls.code,
            severity=cls.severity,
            message=message,
            path=at.path if path is None else path,
            span=at.span if span is None else span,
            hint=hint,
            fix=fix,
            related=related,
        )

    @classmethod
    def name(cls) -> str:
        """The name for people: `invalid-action` for `INVALID_ACTION`."""
        return cls.code.lower().replace("_", "-")

    @classmethod
    def family(cls) -> str:
        """The family: the folder that the rule's file stands in; `custom` for rules from elsewhere."""
        below = cls.__module__.removeprefix("jfml_policies.linter.rules.")
        return CUSTOM if below == cls.__module__ else below.partition(".")[0]

    @classmethod
    def page(cls) -> str:
        """The rule's page in Markdown, without its title; options stand before the references."""
        from inspect import cleandoc

        page = cleandoc(cls.__doc__ or "")
        if not cls.options:
            return page
        lines = [f"- `{one.name}`: {one.type}, `{one.shown_default}` by default; {one.meaning}" for one in cls.options]
        section = "\n".join(["## Options", "", *lines])
        before, heading, after = page.partition("## References")
        return f"{before}{section}\n\n{heading}{after}" if heading else f"{page}\n\n{section}"

    @classmethod
    def summary(cls) -> str:
        """The first sentence of the page."""
        return cls.page().partition("\n\n")[0].replace("\n", " ")


def related(at: Node, note: str) -> Related:
    """Another place of a finding."""
    return Related(at.path, at.span, note)
