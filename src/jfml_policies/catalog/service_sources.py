"""Services that say on whose behalf they assume a role, by `aws:SourceAccount` and `aws:SourceArn`.

AWS publishes no list. A service is here when its own guide shows the trust policy of its role with one of the keys;
October 2026. Of a service that is not here nothing is known; the guides of EC2 and Lambda, for example, show the role
of an instance or a function without the keys.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

__all__ = ["SOURCE_SENDERS"]

_GUIDES: Final = "https://docs.aws.amazon.com/"

#: Service principal -> the page with the trust policy.
SOURCE_SENDERS: Final = MappingProxyType(
    {
        f"{service}.amazonaws.com": _GUIDES + page
        for service, page in (
            ("autoscaling", "autoscaling/ec2/userguide/cross-service-confused-deputy-prevention.html"),
            ("bedrock", "bedrock/latest/userguide/cross-service-confused-deputy-prevention.html"),
            ("fis", "fis/latest/userguide/getting-started-iam-service-role.html"),
            ("greengrass", "greengrass/v2/developerguide/cross-service-confused-deputy-prevention.html"),
            ("personalize", "personalize/latest/dg/cross-service-confused-deputy-prevention.html"),
            (
                "resources.cloudformation",
                "AWSCloudFormation/latest/UserGuide/cross-service-confused-deputy-prevention.html",
            ),
            ("scheduler", "scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html"),
            ("states", "step-functions/latest/dg/procedure-create-iam-role.html"),
            ("vpc-flow-logs", "vpc/latest/userguide/flow-logs-iam-role.html"),
        )
    }
)
