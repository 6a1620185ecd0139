"""INVALID_ORGANIZATION_PATH."""

from __future__ import annotations

import re
from typing import Final

from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.condition_values import settled_values
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.patterns.arn import has_wildcard
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["InvalidOrganizationPath"]

_KEYS: Final = frozenset(("aws:principalorgpaths", "aws:resourceorgpaths", "aws:sourceorgpaths", "aws:vpceorgpaths"))
_PATH: Final = re.compile(r"o-[a-z0-9]{10,32}/r-[a-z0-9]{4,32}/(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}/)*")


class InvalidOrganizationPath(Rule):
    """A condition compares the path of an account in its organization with something that is no such path.

    ## Why is this bad?

    The test never holds: an Allow lets nobody in, and a Deny for everyone outside the unit shuts out everyone inside
    as well.
    Most often the slash at the end is missing.

    ## Example

    ```json
    {"ForAnyValue:StringEquals": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111"}}
    ```

    ## Use instead

    ```json
    {"ForAnyValue:StringEquals": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/"}}
    ```

    A path is the organization, its root and the units from the top down, each with a slash behind it.
    Of a pattern only the beginning is looked at.

    ## References

    - [IAM User Guide: Understand the AWS Organizations entity path](https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed-view-data-orgs.html#access_policies_last-accessed-viewing-orgs-entity-path)
    - [IAM User Guide: aws:PrincipalOrgPaths](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgpaths)
    """

    code = "INVALID_ORGANIZATION_PATH"
    severity = "warning"
    origin = "jfml"
    fixes = ("unsafe",)
    mentions = tuple(sorted(_KEYS))

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Reports each value without variables."""
        if test.key.value.lower() not in _KEYS:
            return
        operator = parse_operator(test.operator.value)
        if operator is None or operator.family != "String":
            return
        for value in settled_values(test):
            text = value.value
            if has_wildcard(text):
                if text.startswith(("o-", "*", "?")):
                    continue
            elif _PATH.fullmatch(text):
                continue
            is_slash = not has_wildcard(text) and _PATH.fullmatch(f"{text}/") is not None
            yield self.finding(
                value,
                f"`{text}` has no slash at the end, which every path in `{test.key.value}` has"
                if is_slash
                else f"`{text}` is no path in an organization, which `{test.key.value}` holds",
                hint=f"write `{text}/`"
                if is_slash
                else "write organization, root and units with a slash behind each, as in `o-.../r-.../ou-.../`",
                fix=replace_text(value, f"{text}/") if is_slash else None,
            )
