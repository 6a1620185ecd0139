"""WILDCARD_IN_EXTERNAL_ID."""

from __future__ import annotations

from jfml_policies.linter.questions.demanding_tests import demands_value
from jfml_policies.linter.questions.external_ids import EXTERNAL_ID
from jfml_policies.linter.questions.resource_arn import is_everything
from jfml_policies.linter.questions.statement_principals import holds_unknown
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.patterns.arn import has_wildcard
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["WildcardInExternalId"]


class WildcardInExternalId(Rule):
    """A trust policy compares the external id with a pattern.

    ## Why is this bad?

    An external id belongs to one customer, and a pattern to many: every customer whose id the pattern matches can
    have the vendor assume the role for them.

    ## Example

    ```json
    {"StringLike": {"sts:ExternalId": "acme-*"}}
    ```

    ## Use instead

    ```json
    {"StringEquals": {"sts:ExternalId": "acme-7c4b1f2e90d84a6c"}}
    ```

    Several ids of your own are a list of values under `StringEquals`.
    Where another test of the statement demands whole ids, nothing is reported.
    A lone `*` asks only whether there is an id, which is `external-id-not-required`.
    A wildcard under `StringEquals` is an ordinary character, which `wildcard-without-like-operator` says.

    ## References

    - [IAM User Guide: The confused deputy problem](https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html)
    """

    code = "WILDCARD_IN_EXTERNAL_ID"
    severity = "security-warning"
    origin = "jfml"
    kinds = frozenset(("trust",))
    mentions = (EXTERNAL_ID,)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each pattern of an Allow, unless another test demands whole ids."""
        tests = [test for test in statement.tests if test.key.value.lower() == EXTERNAL_ID and demands_value(test)]
        if not statement.allows or not all(_reads_patterns(test) and _has_pattern(test) for test in tests):
            return
        for value in (value for test in tests for value in test.values):
            if has_wildcard(value.value) and not is_everything(value.value) and not holds_unknown(value.value):
                yield self.finding(
                    value,
                    f"`{value.value}` matches the external ids of other customers, too",
                    hint="write the whole id under `StringEquals`",
                )


def _reads_patterns(test: Test) -> bool:
    operator = parse_operator(test.operator.value)
    return operator is not None and operator.facts.patterns


def _has_pattern(test: Test) -> bool:
    return any(has_wildcard(value.value) for value in test.values)
