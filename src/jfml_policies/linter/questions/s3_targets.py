"""What the S3 resources of a statement can be, and what an S3 action works on: buckets, or objects in them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from jfml_policies.catalog import Catalog
from jfml_policies.linter.questions.resource_arn import is_literal, resource_arn
from jfml_policies.patterns.arn import Arn
from jfml_policies.policy.nodes import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["Target", "bucket_of", "only_buckets", "only_objects", "works_on"]

Target = Literal["bucket", "object"]

#: Resource types that have no part in the question: reached by other ARNs, and an action that names them needs one
#: of its types only.
_ACCESS_POINTS: Final = frozenset(("accesspoint", "accesspointobject"))


@lru_cache(maxsize=1024)
def works_on(action: str, target: Target, catalog: Catalog) -> bool:
    """Whether an action, written out, is S3's and works on that type of resource only, access points aside.

    >>> from jfml_policies.catalog import load
    >>> works_on("s3:GetObject", "object", load()), works_on("s3:ListAllMyBuckets", "bucket", load())
    (True, False)
    """
    prefix, colon, _ = action.partition(":")
    if not colon or prefix.lower() != "s3" or not is_literal(action):
        return False
    known = catalog.action(action)
    if known is None or known.retired:
        return False
    return {resource.name for resource in known.resource_types} - _ACCESS_POINTS == {target}


def only_buckets(resources: Iterable[Text]) -> Sequence[Text]:
    """The bucket ARNs among the resources, when no other of them can be an object; else none."""
    return _all_s3(resources, lambda arn: "/" not in arn.resource and is_literal(arn.resource))


def only_objects(resources: Iterable[Text]) -> Sequence[Text]:
    """The object ARNs among the resources, when no other of them can be a bucket; else none.

    A bucket's name has no slash, so a pattern with one reaches no bucket.
    """
    return _all_s3(
        resources, lambda arn: "/" in arn.resource and not arn.resource.startswith("/") and "${" not in arn.resource
    )


def bucket_of(arn: str) -> str:
    """The ARN of the bucket that an object ARN belongs to.

    >>> bucket_of("arn:aws:s3:::acme-features/train/*")
    'arn:aws:s3:::acme-features'
    """
    return arn.partition("/")[0]


def _all_s3(resources: Iterable[Text], fits: Callable[[Arn], bool]) -> Sequence[Text]:
    """The S3 resources when each fits and the others are plainly of other services; else none."""
    found = []
    for text in resources:
        arn = resource_arn(text.value)
        if arn is None or not is_literal(arn.service):
            return ()
        if arn.service != "s3":
            # `s3-outposts`, `s3express` and `s3-object-lambda` name buckets and objects of their own.
            if arn.service.startswith("s3"):
                return ()
            continue
        if arn.region or arn.account or not fits(arn):
            return ()
        found.append(text)
    return found
