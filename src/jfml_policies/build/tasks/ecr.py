"""Pulling images from ECR."""

from __future__ import annotations

from dataclasses import dataclass

from jfml_policies.build.place import Place
from jfml_policies.build.statements import Statement
from jfml_policies.build.task import Task

__all__ = ["PullImages"]


@dataclass(frozen=True, slots=True)
class PullImages(Task):
    """Log in to the account's registry and pull images of some repositories.

    Logging in (`ecr:GetAuthorizationToken`) is on no resource, so on `*`; the token allows what the role may do and no
    more ("Private registry authentication", https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html).
    Pulling takes the three other actions ("Required IAM permissions for pulling an image",
    https://docs.aws.amazon.com/AmazonECR/latest/userguide/docker-pull-ecr-image.html, and the actions of
    "AmazonEC2ContainerRegistryPullOnly"). ECR decrypts with a grant of its own, so no key is needed.

    Attributes:
        place: where the repositories are.
        repositories: their names, namespace included.
    """

    place: Place
    repositories: tuple[str, ...]

    def statements(self) -> tuple[Statement, ...]:
        """What pulling takes; joined with other tasks by `statements.joined`."""
        arns = tuple(self.place.arn("ecr", f"repository/{name}") for name in dict.fromkeys(self.repositories))
        return (
            Statement("LogInToRegistry", ("ecr:GetAuthorizationToken",), ("*",)),
            Statement(
                "PullImages",
                ("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"),
                arns,
            ),
        )
