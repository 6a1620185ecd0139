"""INVALID_POLICY_ELEMENT."""

from __future__ import annotations

from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.elements import meant_names
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import DOCUMENT_ELEMENTS, STATEMENT_ELEMENTS
from jfml_policies.policy.nodes import Policy, Statement, Text

__all__ = ["InvalidPolicyElement"]


class InvalidPolicyElement(Rule):
    """A document or a statement has an element that the policy language does not know.

    ## Why is this bad?

    AWS refuses the document, and whoever was to get its permissions does not get them.
    Where a tool drops the unknown element instead, what a misspelt Condition was to restrict is not restricted.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resources": "arn:aws:s3:::acme-features/train/*"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/train/*"}
    ```

    Element names are compared letter by letter: `effect` is not `Effect`.

    ## References

    - [IAM User Guide: Grammar of the IAM JSON policy language](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html)
    - [IAM User Guide: IAM JSON policy element reference](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html)
    - [Access Analyzer: Invalid policy element](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-invalid-policy-element)
    """

    code = "INVALID_POLICY_ELEMENT"
    severity = "error"
    fixes = ("unsafe",)

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports unknown keys of the document."""
        return self._unknown(policy.keys, DOCUMENT_ELEMENTS, STATEMENT_ELEMENTS, "document", "a statement")

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports unknown keys of the statement."""
        return self._unknown(statement.keys, STATEMENT_ELEMENTS, DOCUMENT_ELEMENTS, "statement", "the document")

    def _unknown(
        self, keys: tuple[Text, ...], known: tuple[str, ...], elsewhere: tuple[str, ...], owner: str, other: str
    ) -> Findings:
        present = {key.value for key in keys}
        if present.issubset(known):
            return
        unknown = {key.value: key for key in reversed(keys) if key.value not in known}
        meant = meant_names(keys, (*known, *elsewhere))
        for key in reversed(unknown.values()):
            name = meant.get(key.value, key.value)
            hint = f"a {owner} may have {', '.join(known)}"
            if name in elsewhere:
                hint = f"`{name}` belongs in {other}"
            elif name in known:
                hint = f"did you mean `{name}`?"
            # A second element of one name would make the document worse.
            fix = replace_text(key, name) if name in known and name not in present else None
            yield self.finding(key, f"`{key.value}` is not an element of a {owner}", hint=hint, fix=fix)
