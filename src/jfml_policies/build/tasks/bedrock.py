"""Calling models of Bedrock."""

from __future__ import annotations

from dataclasses import dataclass

from jfml_policies.build.place import Place
from jfml_policies.build.statements import Condition, Statement
from jfml_policies.build.task import Task

__all__ = ["InvokeModels"]


@dataclass(frozen=True, slots=True)
class InvokeModels(Task):
    """Ask foundation models, directly or through inference profiles that spread requests over regions.

    Converse and InvokeModel are one action, their streaming forms another ("Converse" in the Bedrock API Reference).
    A foundation model's ARN has no account. Who calls through a profile needs the profile and its models in every
    region that it may choose, the latter limited to that profile ("Prerequisites for inference profiles" in the Bedrock
    User Guide, https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html).

    An application inference profile, which an account makes of a model or of one of AWS's profiles, is told by its ARN
    and takes the same: the profile, and the models behind it in each of their regions. Where calls go to follows from
    its ARN.

    A profile whose id begins with `global.` may choose any region: it takes the profile, the model in the region of the
    call, and the model without a region, for which `aws:RequestedRegion` is `unspecified` ("IAM policy requirements for
    Global cross-Region inference" in the Bedrock User Guide,
    https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html).

    Attributes:
        place: where the calls are made.
        models: ids of foundation models that are asked directly.
        profiles: ids of inference profiles; ARNs of application inference profiles.
        profile_models: ids of the models behind the profiles.
        profile_regions: the regions that the profiles may choose.
        streaming: whether answers are streamed as well.
    """

    place: Place
    models: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    profile_models: tuple[str, ...] = ()
    profile_regions: tuple[str, ...] = ()
    streaming: bool = False

    def statements(self) -> tuple[Statement, ...]:
        """What asking takes; joined with other tasks by `statements.joined`."""
        actions: tuple[str, ...] = ("bedrock:InvokeModel",)
        if self.streaming:
            actions = (*actions, "bedrock:InvokeModelWithResponseStream")
        found: list[Statement] = []
        if self.models:
            models = tuple(self._model(self.place.region, name) for name in dict.fromkeys(self.models))
            found.append(Statement("InvokeModels", actions, models))
        if self.profiles:
            profiles = tuple(dict.fromkeys(map(self._profile, self.profiles)))
            called = [arn.split(":")[3] for arn in profiles]
            regions = dict.fromkeys((*called, *self.profile_regions))
            behind = tuple(
                self._model(region, name) for region in regions for name in dict.fromkeys(self.profile_models)
            )
            found += [
                Statement("InvokeProfiles", actions, profiles),
                Statement("InvokeModelsThroughProfiles", actions, behind, (_through(profiles),)),
            ]
            worldwide = tuple(arn for arn in profiles if "/global." in arn)
            if worldwide:
                models = tuple(self._model("", name) for name in dict.fromkeys(self.profile_models))
                anywhere = Condition("StringEquals", "aws:RequestedRegion", ("unspecified",))
                found.append(Statement("InvokeModelsAnywhere", actions, models, (anywhere, _through(worldwide))))
        return tuple(found)

    def _profile(self, name: str) -> str:
        return name if name.startswith("arn:") else self.place.arn("bedrock", f"inference-profile/{name}")

    def _model(self, region: str, name: str) -> str:
        return f"arn:{self.place.partition}:bedrock:{region}::foundation-model/{name}"


def _through(profiles: tuple[str, ...]) -> Condition:
    return Condition("StringEquals", "bedrock:InferenceProfileArn", profiles)
