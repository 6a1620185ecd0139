"""Calling SageMaker endpoints."""

from __future__ import annotations

from dataclasses import dataclass

from jfml_policies.build.place import Place
from jfml_policies.build.statements import Statement
from jfml_policies.build.task import Task

__all__ = ["InvokeEndpoints"]


@dataclass(frozen=True, slots=True)
class InvokeEndpoints(Task):
    """Ask models behind SageMaker endpoints, and where asked behind single inference components of them.

    "Actions, resources, and condition keys for Amazon SageMaker"
    (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html): each way of asking
    is an action of its own, decided on the endpoint, and on the inference component where the request names one.

    Attributes:
        place: where the endpoints are.
        endpoints: their names.
        components: the names of inference components that requests name.
        streaming: whether answers are streamed as well.
        asynchronous: whether requests are queued, with data in S3, as well.
    """

    place: Place
    endpoints: tuple[str, ...]
    components: tuple[str, ...] = ()
    streaming: bool = False
    asynchronous: bool = False

    def statements(self) -> tuple[Statement, ...]:
        """What asking takes; joined with other tasks by `statements.joined`."""
        # SageMaker lower-cases names in ARNs.
        endpoints = [self.place.arn("sagemaker", f"endpoint/{name.lower()}") for name in self.endpoints]
        components = [self.place.arn("sagemaker", f"inference-component/{name}") for name in self.components]
        direct: tuple[str, ...] = ("sagemaker:InvokeEndpoint",)
        if self.streaming:
            direct = (*direct, "sagemaker:InvokeEndpointWithResponseStream")
        found = [Statement("InvokeEndpoints", direct, tuple(dict.fromkeys((*endpoints, *components))))]
        if self.asynchronous:
            actions = ("sagemaker:InvokeEndpointAsync",)
            found.append(Statement("QueueRequests", actions, tuple(dict.fromkeys(endpoints))))
        return tuple(found)
