"""VARIABLE_UNSUPPORTED_IN_VERSION."""

from __future__ import annotations

from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.policy_variables import values_with_variables, variables_in
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.kinds import VERSIONS
from jfml_policies.policy.nodes import Statement, Test, Text

__all__ = ["VariableUnsupportedInVersion"]


class VariableUnsupportedInVersion(Rule):
    """A policy variable is used in a version of the policy language that has none.

    ## Why is this bad?

    Without `"Version": "2012-10-17"` AWS reads `${aws:username}` as those characters.
    Users then share nothing and reach nothing: no resource has such a name.

    ## Example

    ```json
    {"Version": "2008-10-17",
     "Statement": [{"Effect": "Allow", "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::acme-home/${aws:username}/*"}]}
    ```

    ## Use instead

    ```json
    {"Version": "2012-10-17",
     "Statement": [{"Effect": "Allow", "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::acme-home/${aws:username}/*"}]}
    ```

    Looked at are Resource, NotResource and values of String and Arn operators.
    A policy without Version has the old language too; `missing-version` is reported beside this.
    A name without a colon, as in `${AccountId}`, is a template's placeholder and not reported.

    ## Fix safety

    The fix sets the version and is unsafe: every variable of the document begins to be one.
    Where there is no Version, `missing-version` has the fix.

    ## References

    - [IAM User Guide: IAM policy elements: Variables and tags](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html)
    - [IAM User Guide: IAM JSON policy elements: Version](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html)
    - [Access Analyzer: Variable unsupported in version](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-variable-unsupported-in-version)
    """

    code = "VARIABLE_UNSUPPORTED_IN_VERSION"
    severity = "error"
    fixes = ("unsafe",)
    mentions = ("${",)

    def check_resource(self, resource: Text, statement: Statement, context: Context) -> Findings:
        """Looks at Resource and NotResource."""
        return self._check(resource, context)

    def check_test(self, test: Test, statement: Statement, context: Context) -> Findings:
        """Looks at the values of operators that take variables."""
        for value in values_with_variables(test):
            yield from self._check(value, context)

    def _check(self, text: Text, context: Context) -> Findings:
        policy = context.policy
        # Another text than the two versions is another rule's finding, and no saying what was meant.
        if policy.has_variables or (
            policy.has("Version") and (policy.version is None or policy.version.value not in VERSIONS)
        ):
            return
        for written in variables_in(text.value)[:1]:
            yield self.finding(
                text,
                f"`{written}` is literal text here: the policy's version has no variables",
                hint=f'set `"Version": "{VERSIONS[0]}"`',
                # Where there is no Version, `missing-version` adds it.
                fix=replace_text(policy.version, VERSIONS[0]) if policy.version is not None else None,
            )
