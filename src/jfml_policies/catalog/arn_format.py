"""The shape of a resource type's ARN: which fields are empty, which are needed.

Source: "Resource types" tables of the AWS Service Authorization Reference
(https://docs.aws.amazon.com/service-authorization/latest/reference/), through the catalogue file.
"""

from __future__ import annotations

import re
from functools import lru_cache

from jfml_policies.record import record

__all__ = ["PLACEHOLDER", "ArnFormat"]

#: What AWS writes where a value goes: `${BucketName}` or, in older texts, `<key>`.
PLACEHOLDER = re.compile(r"\$\{[^{}]*\}|<[^<>]*>")


@record
class ArnFormat:
    """One published ARN template, taken apart.

    Attributes:
        service: the ARN's service field. It may differ from `owner`: `wafv2` uses `elasticloadbalancing` ARNs.
            A few templates leave it open, as a placeholder (`${Vendor}`, AWS Backup's recovery points).
        region: "empty", "required" (a Region goes there), "any" (`*`), or the one text that must stand there.
        account: "empty", "required" (an account id goes there), "any" (`*`), or the one text, such as "aws".
        resource: what follows the fifth colon, with placeholders (`${BucketName}/${ObjectName}`).
        owner: the service prefix whose table lists the resource type.
        resource_type: the resource type's name in that table.
    """

    service: str
    region: str
    account: str
    resource: str
    owner: str
    resource_type: str

    @classmethod
    def from_template(cls, template: str, *, owner: str, resource_type: str) -> ArnFormat:
        """The parts of an ARN template.

        >>> bucket = ArnFormat.from_template("arn:${Partition}:s3:::${BucketName}", owner="s3", resource_type="bucket")
        >>> bucket.region, bucket.account, bucket.resource
        ('empty', 'empty', '${BucketName}')
        """
        fields = template.split(":", 5)
        fields += [""] * (6 - len(fields))
        return cls(fields[2], _demand(fields[3]), _demand(fields[4]), fields[5], owner, resource_type)

    @property
    def resource_pattern(self) -> str:
        """The resource part as a pattern, each placeholder a `*`: `*/*` for S3 objects."""
        return _as_pattern(self.resource)


def _demand(field: str) -> str:
    if not field:
        return "empty"
    if field == "*":
        return "any"
    return "required" if "${" in field else field


@lru_cache(maxsize=4096)
def _as_pattern(resource: str) -> str:
    return PLACEHOLDER.sub("*", resource)
