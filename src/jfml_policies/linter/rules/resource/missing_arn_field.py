"""MISSING_ARN_FIELD."""

from __future__ import annotations

from typing import Final

from jfml_policies.catalog import Catalog
from jfml_policies.catalog.partitions import PARTITIONS
from jfml_policies.catalog.regions import REGIONS
from jfml_policies.linter.fixes.quick_fix import replace_text
from jfml_policies.linter.questions.resource_arn import resource_arn
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.patterns.arn import FIELD_COUNT, FIELD_NAMES
from jfml_policies.policy.nodes import Statement, Text

__all__ = ["MissingArnField"]

_ACCOUNT_DIGITS: Final = 12
#: Fields of an ARN up to its service.
_BEFORE_REGION: Final = 3


class MissingArnField(Rule):
    """A resource ARN has fewer than six fields.

    ## Why is this bad?

    A colon too few moves every later field: AWS refuses the document, or completes the ARN with wildcards and grants
    more than was meant.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3::acme-features/train/*"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/train/*"}
    ```

    An empty field counts as a field.
    A short ARN whose last field can still reach full ARNs through a wildcard, as in `arn:aws:rds:*`, is not reported:
    AWS's own policies have it.

    ## Fix safety

    The fix adds colons before the name of a bucket or object of S3, whose ARNs have neither Region nor account.
    It is unsafe: AWS refuses the document as it is.

    ## References

    - [IAM User Guide: Identify AWS resources with Amazon Resource Names](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html)
    - [Access Analyzer: Missing arn field](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-missing-arn-field)
    """

    code = "MISSING_ARN_FIELD"
    severity = "error"
    fixes = ("unsafe",)
    mentions = ("resource",)

    def check_resource(self, resource: Text, statement: Statement, context: Context) -> Findings:
        """Reports an ARN with too few colons."""
        text = resource.value
        if not text.startswith("arn:") or resource_arn(text) is not None:
            return
        fields = text.split(":")
        if "${" in text or _reaches_further(fields, context.catalog):
            return
        missing = FIELD_COUNT - len(fields)
        yield self.finding(
            resource,
            f"the ARN `{text}` has {len(fields)} of {FIELD_COUNT} fields",
            hint=f"{'a colon is' if missing == 1 else f'{missing} colons are'} missing: "
            "an ARN reads `arn:partition:service:region:account:resource`",
            fix=replace_text(resource, meant) if (meant := _bucket(fields)) else None,
        )


def _reaches_further(fields: list[str], catalog: Catalog) -> bool:
    """Whether a wildcard at the end may stand for the rest of an ARN whose last field begins like this."""
    last = fields[-1]
    if not last.endswith("*"):
        return False
    begin = last.rstrip("*")
    name = FIELD_NAMES[len(fields) - 1]
    if name == "account":
        return len(begin) <= _ACCOUNT_DIGITS and (not begin or begin.isdigit())
    known = {"partition": PARTITIONS, "service": catalog.arn_services, "region": REGIONS}[name]
    return any(text.startswith(begin) for text in known)


def _bucket(fields: list[str]) -> str | None:
    """The ARN of a bucket or object whose empty fields were not all written."""
    _, partition, service, *rest = [*fields, "", ""]
    name = fields[-1]
    is_bucket = len(fields) > _BEFORE_REGION and service == "s3" and not any(rest[: len(fields) - _BEFORE_REGION - 1])
    return f"arn:{partition}:s3:::{name}" if is_bucket and name else None
