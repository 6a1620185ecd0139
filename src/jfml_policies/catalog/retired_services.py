"""Service prefixes that AWS's reference no longer lists, and whether AWS's own policy checks still know them.

A policy that names such a prefix is not wrong in the way a typing error is: it was right once, and AWS's managed
policies still carry some of them. `validator_accepts` is what IAM Access Analyzer's policy validation did in
March 2026: True, it said nothing; False, it reported an unknown service; None, not known.

Sources: the pages where AWS announces an end of support, named in `source`; the prefixes from past editions of the
Service Authorization Reference (https://docs.aws.amazon.com/service-authorization/latest/reference/).
Actions of these services, as far as they are known, are in the catalogue, marked retired.
"""

from __future__ import annotations

from types import MappingProxyType

from jfml_policies.record import record

__all__ = ["RETIRED_SERVICES", "RetiredService", "find"]

_LIFECYCLE = "https://aws.amazon.com/products/lifecycle/"


@record
class RetiredService:
    """One prefix of the past.

    Attributes:
        prefix: what stood before the colon.
        service: the service's name.
        successor: the prefix that does its work today, or None.
        validator_accepts: whether AWS's policy validation still takes the prefix; None when nobody has looked.
        source: where AWS says so.
    """

    prefix: str
    service: str
    successor: str | None = None
    validator_accepts: bool | None = None
    source: str = _LIFECYCLE


RETIRED_SERVICES = (
    RetiredService("application-cost-profiler", "AWS Application Cost Profiler"),
    RetiredService("codestar", "AWS CodeStar", validator_accepts=True),
    RetiredService("deepcomposer", "AWS DeepComposer"),
    RetiredService("deeplens", "AWS DeepLens", validator_accepts=True),
    RetiredService("deepracer", "AWS DeepRacer", validator_accepts=True),
    RetiredService("elastic-inference", "Amazon Elastic Inference", validator_accepts=False),
    RetiredService("evidently", "Amazon CloudWatch Evidently", "appconfig", validator_accepts=True),
    RetiredService("gamesparks", "Amazon GameSparks"),
    RetiredService("iot1click", "AWS IoT 1-Click"),
    RetiredService("iotevents", "AWS IoT Events", validator_accepts=True),
    RetiredService("iotroborunner", "AWS IoT RoboRunner"),
    RetiredService("iotthingsgraph", "AWS IoT Things Graph"),
    RetiredService("macie", "Amazon Macie Classic", "macie2"),
    RetiredService("mobilehub", "AWS Mobile Hub", "amplify"),
    RetiredService("sagemaker-groundtruth-synthetic", "Amazon SageMaker Ground Truth synthetic data"),
    RetiredService("sumerian", "Amazon Sumerian"),
    RetiredService("zocalo", "Amazon Zocalo, the first name of Amazon WorkDocs", "workdocs", validator_accepts=True),
)

_BY_PREFIX = MappingProxyType({service.prefix: service for service in RETIRED_SERVICES})


def find(prefix: str) -> RetiredService | None:
    """What is known about a retired prefix (any letter case), or None.

    >>> find("zocalo").successor
    'workdocs'
    """
    return _BY_PREFIX.get(prefix.lower())
