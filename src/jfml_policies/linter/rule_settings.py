"""What a configuration tells the rules: values of their options, and facts that only the user knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.record import field, record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jfml_policies.catalog.vendor_accounts import Vendor
    from jfml_policies.linter.option import OptionValue
    from jfml_policies.linter.rule import Rule

__all__ = ["DEFAULT_RULE_SETTINGS", "RuleSettings"]


@record
class RuleSettings:
    """What rules go by beside the policy and the catalogue.

    Attributes:
        trusted_accounts: one's own accounts and those that are as good: a whole one may be let in.
        organization_ids: one's own organizations; empty where nobody said.
        vendors: vendors beside the published ones that the package knows.
        options: values of options, by the rule's code and the option's name.
        rules: rules of one's own, which run beside ours.
    """

    trusted_accounts: frozenset[str] = frozenset()
    organization_ids: tuple[str, ...] = ()
    vendors: tuple[Vendor, ...] = ()
    options: Mapping[tuple[str, str], OptionValue] = field(default_factory=dict)
    rules: tuple[type[Rule], ...] = ()


DEFAULT_RULE_SETTINGS: Final = RuleSettings()
