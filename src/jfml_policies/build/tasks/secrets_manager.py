"""Reading secrets of Secrets Manager."""

from __future__ import annotations

from dataclasses import dataclass

from jfml_policies.build.identifiers import KmsKey
from jfml_policies.build.place import Place
from jfml_policies.build.statements import Statement
from jfml_policies.build.task import Task
from jfml_policies.build.tasks.kms import decrypt_through

__all__ = ["ReadSecrets"]


@dataclass(frozen=True, slots=True)
class ReadSecrets(Task):
    """Fetch the values of some secrets.

    A secret's ARN ends in a hyphen and six characters that Secrets Manager makes up; six `?` stand for them, and for no
    longer name ("Identity-based policies" in the Secrets Manager User Guide,
    https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html).
    A key of one's own takes `kms:Decrypt`, which Secrets Manager calls as the role ("Secret encryption and decryption",
    https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html).

    Attributes:
        place: where the secrets are.
        names: the secrets' names, without the six characters.
        keys: the KMS keys that they are encrypted with, if not the key that AWS manages.
    """

    place: Place
    names: tuple[str, ...]
    keys: tuple[KmsKey, ...] = ()

    def statements(self) -> tuple[Statement, ...]:
        """What reading takes; joined with other tasks by `statements.joined`."""
        secrets = tuple(self.place.arn("secretsmanager", f"secret:{name}-??????") for name in dict.fromkeys(self.names))
        return (
            Statement("ReadSecrets", ("secretsmanager:GetSecretValue",), secrets),
            *decrypt_through("secretsmanager", "Secrets", self.keys),
        )
