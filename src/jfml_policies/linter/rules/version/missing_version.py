"""MISSING_VERSION."""

from __future__ import annotations

from jfml_policies.findings import Edit, Fix, Span
from jfml_policies.linter.questions.elements import meant_names
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import DOCUMENT_ELEMENTS, STATEMENT_ELEMENTS, VERSIONS
from jfml_policies.policy.nodes import Policy
from jfml_policies.text.tree import Json, JsonArray, JsonObject, JsonString

__all__ = ["MissingVersion"]


class MissingVersion(Rule):
    """A document has no Version.

    ## Why is this bad?

    AWS then reads it by the rules of 2008, in which policy variables are plain text.
    A resource such as `home/${aws:username}/*` gives nobody access to their own folder.

    ## Example

    ```json
    {
      "Statement": [
        {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/train/*"}
      ]
    }
    ```

    ## Use instead

    ```json
    {
      "Version": "2012-10-17",
      "Statement": [
        {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/train/*"}
      ]
    }
    ```

    The fix is safe where the document holds no `$`: the versions differ in policy variables only.

    ## References

    - [IAM User Guide: IAM JSON policy elements: Version](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html)
    - [Access Analyzer: Missing version](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-missing-version)
    """

    code = "MISSING_VERSION"
    severity = "warning"
    fixes = ("safe", "unsafe")

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports the document itself: there is no element to point at."""
        if isinstance(policy.tree, JsonObject) and not policy.has("Version"):
            meant = meant_names(policy.keys, (*DOCUMENT_ELEMENTS, *STATEMENT_ELEMENTS))
            misspelt = next((name for name, near in meant.items() if near == "Version"), None)
            yield self.finding(
                policy,
                "the document has no Version",
                hint=f"rename `{misspelt}` to `Version`" if misspelt else f'add `"Version": "{VERSIONS[0]}"`',
                fix=None if misspelt else _addition(policy.text, policy.tree),
            )


def _addition(text: str | None, document: JsonObject) -> Fix | None:
    """The fix that puts the current version before the other elements, laid out as they are."""
    if not document.members:
        return None
    edits: tuple[Edit, ...] = ()
    if text is not None:
        first = document.members[0].key.start
        layout = text[document.start + 1 : first]
        edits = (Edit(Span(first, first), f'"Version": "{VERSIONS[0]}",{layout or " "}'),)
    # The versions differ in policy variables only.
    return Fix(f"add the version {VERSIONS[0]}", edits, safe=not _has_dollar(document))


def _has_dollar(tree: Json) -> bool:
    if isinstance(tree, JsonString):
        return "$" in tree.value
    if isinstance(tree, JsonArray):
        return any(map(_has_dollar, tree.items))
    return isinstance(tree, JsonObject) and any(_has_dollar(member.value) for member in tree.members)
