"""UNSUPPORTED_WILDCARD_IN_PRINCIPAL."""

from __future__ import annotations

from jfml_policies.findings import Edit, Fix, Span
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.patterns.arn import Arn, has_wildcard, is_account_id
from jfml_policies.policy.kinds import PRINCIPAL_TYPES
from jfml_policies.policy.nodes import Group, Policy, Principals, Statement, Text
from jfml_policies.policy.write import quote

__all__ = ["UnsupportedWildcardInPrincipal"]


class UnsupportedWildcardInPrincipal(Rule):
    """A principal holds a wildcard, which has no effect there.

    ## Why is this bad?

    AWS refuses the document, or takes the `*` for a letter: nobody is let in, or nobody is kept out.
    The only wildcard that a principal may be is `*` as the whole value of the type AWS.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::377488441568:role/qwak-eks-base*"},
      "Action": "sts:AssumeRole"
    }
    ```

    ## Use instead

    Name the account, and let a condition compare the caller's role; there `*` is a wildcard.

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::377488441568:root"},
      "Action": "sts:AssumeRole",
      "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::377488441568:role/qwak-eks-base*"}}
    }
    ```

    The fix does this where the value is the statement's only principal and its account is written out.
    An administrator of that account must allow the roles to call as well; a role that is named directly needs that
    only in another account.

    ## References

    - [IAM User Guide: AWS JSON policy elements: Principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html)
    - [IAM User Guide: aws:PrincipalArn](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn)
    - [Access Analyzer: Unsupported wildcard in principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-unsupported-wildcard-in-principal)
    """

    code = "UNSUPPORTED_WILDCARD_IN_PRINCIPAL"
    severity = "error"
    fixes = ("unsafe",)
    kinds = frozenset(("resource", "endpoint", "trust"))
    mentions = ("*", "?")

    def check_principal(
        self, principal: Text, group: Group | None, principals: Principals, statement: Statement, context: Context
    ) -> Findings:
        """Reports the value; a text without a type is another rule's business."""
        value = principal.value
        if group is None or group.type.value not in PRINCIPAL_TYPES or not has_wildcard(value):
            return
        if group.type.value != "AWS":
            yield self.finding(
                principal,
                f"`{value}` holds a wildcard, which a principal of type {group.type.value} may not",
                hint="write the name in full",
            )
        elif value != "*":
            yield self.finding(
                principal,
                f"the wildcard in `{value}` has no effect inside a principal",
                hint=_hint(value),
                fix=_fix(principal, principals, statement, context.policy),
            )


def _hint(value: str) -> str:
    root, pattern = _root_of(value), _caller_pattern(value)
    if root is None:
        return "name each account, and compare the caller with the pattern in a condition on `aws:PrincipalArn`"
    return f'name `{root}` and add the condition `"ArnLike": {{"aws:PrincipalArn": "{pattern}"}}`'


def _root_of(value: str) -> str | None:
    arn = Arn.try_parse(value)
    if (
        arn is None
        or not is_account_id(arn.account)
        or has_wildcard(arn.partition)
        or arn.service not in ("iam", "sts")
    ):
        return None
    return f"arn:{arn.partition}:iam::{arn.account}:root"


def _caller_pattern(value: str) -> str:
    """What `aws:PrincipalArn` is for the callers meant: of a session its role's ARN."""
    arn = Arn.try_parse(value)
    if arn is None or not arn.resource.startswith("assumed-role/"):
        return value
    role = arn.resource.split("/", 2)[1]
    return f"arn:{arn.partition}:iam::{arn.account}:role/{role}"


def _fix(principal: Text, principals: Principals, statement: Statement, policy: Policy) -> Fix | None:
    root = _root_of(principal.value)
    entries = sum(len(group.values) for group in principals.groups)
    arn = Arn.try_parse(principal.value)
    if root is None or entries != 1 or principals.name != "Principal" or arn is None or arn.service != "iam":
        return None
    condition = statement.condition
    test = f'"ArnLike": {{"aws:PrincipalArn": {quote(principal.value)}}}'
    title = f"name `{root}` and compare `aws:PrincipalArn` with the pattern"
    if condition is None:
        if statement.has("Condition"):
            return None
        place, text = principals.end, f'{_separator(principals, policy)}"Condition": {{{test}}}'
    elif any(operator.value == "ArnLike" for operator in condition.operators):
        return None
    elif condition.operators:
        place, text = condition.operators[0].start, f"{test}, "
    else:
        place, text = condition.start + 1, test
    if principal.span is None:
        return Fix(title)
    edits = sorted(
        (Edit(principal.span, quote(root)), Edit(Span(place, place), text)), key=lambda edit: edit.span.start
    )
    return Fix(title, tuple(edits))


def _separator(principals: Principals, policy: Policy) -> str:
    """What stands between the Principal and a further element: a comma, and a new line where it began one itself."""
    text = policy.text or ""
    line = text.rfind("\n", 0, principals.key.start) + 1
    before = text[line : principals.key.start]
    return f",\n{before}" if line and before.isspace() else ", "
