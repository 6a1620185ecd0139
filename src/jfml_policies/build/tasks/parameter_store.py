"""Reading parameters of Systems Manager's Parameter Store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jfml_policies.build.identifiers import KmsKey
from jfml_policies.build.place import Place
from jfml_policies.build.statements import Statement
from jfml_policies.build.task import Task
from jfml_policies.build.tasks.kms import decrypt_through

__all__ = ["ReadParameters"]


@dataclass(frozen=True, slots=True)
class ReadParameters(Task):
    """Fetch parameters, by name or whole paths of them.

    The ARN holds the name without a slash at its beginning; who may read a path may read all that lies below it
    ("Restricting access to Parameter Store parameters using IAM policies" in the Systems Manager User Guide,
    https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html). SecureString parameters
    under a key of one's own take `kms:Decrypt` ("AWS KMS encryption for Parameter Store SecureString parameters",
    https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html).

    Attributes:
        place: where the parameters are.
        names: the names of parameters.
        paths: paths; all parameters below are read.
        keys: the KMS keys that they are encrypted with, if not the key that AWS manages.
    """

    place: Place
    names: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    keys: tuple[KmsKey, ...] = ()

    def statements(self) -> tuple[Statement, ...]:
        """What reading takes; joined with other tasks by `statements.joined`."""
        found: list[Statement] = []
        single = ("ssm:GetParameter", "ssm:GetParameters")
        if self.names:
            found.append(Statement("ReadParameters", single, self._arns(self.names)))
        if self.paths:
            paths = tuple(path.strip("/") for path in self.paths)
            within = self._arns(pattern for path in paths for pattern in (path, f"{path}/*"))
            found.append(Statement("ReadParameterPaths", (*single, "ssm:GetParametersByPath"), within))
        return (*found, *decrypt_through("ssm", "Parameters", self.keys))

    def _arns(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.place.arn("ssm", f"parameter/{name.lstrip('/')}") for name in dict.fromkeys(names))
