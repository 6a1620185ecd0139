"""MISMATCHED_ACTION_FOR_PRINCIPAL."""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.role_assumption import includes, named_assume_actions
from jfml_policies.linter.questions.statement_principals import read_principals
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.patterns.principal import PrincipalKind
from jfml_policies.policy.nodes import Statement, Text

__all__ = ["MismatchedActionForPrincipal"]

# Everyone (`*`) and values that name nobody fit any action here.
_ACTION_OF: Final[dict[PrincipalKind, str]] = {
    "account": "sts:AssumeRole",
    "role": "sts:AssumeRole",
    "user": "sts:AssumeRole",
    "assumed-role": "sts:AssumeRole",
    "federated-user": "sts:AssumeRole",
    "unique-id": "sts:AssumeRole",
    "service": "sts:AssumeRole",
    "saml-provider": "sts:AssumeRoleWithSAML",
    "oidc-provider": "sts:AssumeRoleWithWebIdentity",
}
_CALLERS: Final = {
    "sts:AssumeRole": "AWS and Service principals",
    "sts:AssumeRoleWithSAML": "SAML providers",
    "sts:AssumeRoleWithWebIdentity": "web identity providers",
}
#: Principals of one kind that a finding lists.
_MOST_RELATED: Final = 20


class MismatchedActionForPrincipal(Rule):
    """A trust policy gives a principal a way of assuming the role that is not its own.

    ## Why is this bad?

    The principal calls another action than the statement allows, so it can't assume the role at all.
    Users of a SAML provider call `sts:AssumeRoleWithSAML`, those of a web identity provider
    `sts:AssumeRoleWithWebIdentity`, AWS accounts, roles, users and services `sts:AssumeRole`.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/CorpIdp"},
      "Action": "sts:AssumeRoleWithWebIdentity"
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/CorpIdp"},
      "Action": "sts:AssumeRoleWithSAML"
    }
    ```

    `sts:TagSession` and `sts:SetSourceIdentity` fit everyone, and actions with wildcards are not judged.
    In a statement with several kinds of principals an action is reported when it fits none of them, or when one of
    them finds no action that fits it; what AWS says of such statements is not documented.

    ## References

    - [IAM User Guide: Compare AWS STS credentials](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html)
    - [Access Analyzer: Mismatched action for principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-mismatched-action-for-principal)
    """

    code = "MISMATCHED_ACTION_FOR_PRINCIPAL"
    severity = "error"
    fixes = ("unsafe",)
    kinds = frozenset(("trust",))

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each action with the principals that it does not fit."""
        named = named_assume_actions(statement)
        if not named:
            return
        principals: dict[str, list[Text]] = {}
        for text, principal in read_principals(statement.principal):
            principals.setdefault(_ACTION_OF.get(principal.kind, ""), []).append(text)
        if "" in principals or not principals:
            return
        without = {action for action in principals if not includes(statement, action)}
        for entry, action in named:
            wrong = [needed for needed in principals if needed != action]
            if action in principals:
                wrong = [needed for needed in wrong if needed in without]
            if wrong:
                texts = [text for needed in wrong for text in principals[needed][:_MOST_RELATED]]
                only = wrong[0] if len(principals) == 1 and wrong[0] in without and len(named) == 1 else None
                yield self.finding(
                    entry,
                    f"`{action}` is for {_CALLERS[action]}, which `{texts[0].value}` is not",
                    hint=" and ".join(f"{_CALLERS[needed]} call `{needed}`" for needed in wrong),
                    fix=replace_text(entry, only) if only else None,
                    related=tuple([related(text, "this principal") for text in texts]),
                )
