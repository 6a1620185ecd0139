"""Using KMS keys: what encrypted data takes beside the permissions on the data, and keys called directly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from jfml_policies.build.identifiers import KmsKey
from jfml_policies.build.statements import Condition, Statement
from jfml_policies.build.task import Task

__all__ = [
    "KeyUse",
    "UseKeys",
    "decrypt_through",
    "decrypt_through_s3",
    "encrypt_through_s3",
    "keys_by_region",
    "keys_through",
    "via_services",
]

KeyUse = Literal["decrypt", "encrypt"]

#: What a caller of KMS itself needs: decrypting, and either way of encrypting ("Key policies: key users", section
#: "Allows key users to use the KMS key"), https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
_DIRECT: Final[dict[KeyUse, tuple[str, ...]]] = {
    "decrypt": ("kms:Decrypt",),
    "encrypt": ("kms:Encrypt", "kms:GenerateDataKey"),
}


@dataclass(frozen=True, slots=True)
class UseKeys(Task):
    """Call KMS with some keys, from the code itself and not through another service.

    Attributes:
        keys: the keys.
        uses: what for: `decrypt`, `encrypt`, which includes data keys, or both.
    """

    keys: tuple[KmsKey, ...]
    uses: tuple[KeyUse, ...] = ("decrypt",)

    def statements(self) -> tuple[Statement, ...]:
        """What using the keys takes; joined with other tasks by `statements.joined`."""
        actions = tuple(action for use in _DIRECT if use in self.uses for action in _DIRECT[use])
        return (Statement("UseKeys", actions, tuple(dict.fromkeys(key.arn for key in self.keys))),)


def decrypt_through_s3(keys: Iterable[KmsKey]) -> tuple[Statement, ...]:
    """Statements that let S3 decrypt objects for the role; one for each region, none without keys.

    Reading an SSE-KMS object takes `kms:Decrypt` ("Protecting data with SSE-KMS" in the S3 User Guide,
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html).
    """
    return keys_through("s3", "DecryptObjects", ("kms:Decrypt",), keys)


def encrypt_through_s3(keys: Iterable[KmsKey]) -> tuple[Statement, ...]:
    """Statements that let S3 encrypt objects for the role; one for each region, none without keys.

    Writing takes `kms:GenerateDataKey`, multipart upload `kms:Decrypt` as well (same page, and "Multipart upload API
    and permissions"); the latter is `decrypt_through_s3`'s, so that reading and writing with one key share it.
    """
    keys = tuple(keys)
    return (*keys_through("s3", "EncryptObjects", ("kms:GenerateDataKey",), keys), *decrypt_through_s3(keys))


def decrypt_through(service: str, what: str, keys: Iterable[KmsKey]) -> tuple[Statement, ...]:
    """Statements that let a service decrypt for the role, named `Decrypt` and what; one for each region."""
    return keys_through(service, f"Decrypt{what}", ("kms:Decrypt",), keys)


def keys_through(service: str, sid: str, actions: tuple[str, ...], keys: Iterable[KmsKey]) -> tuple[Statement, ...]:
    """Statements that let a service use keys for the role, in each key's own region; none without keys.

    Args:
        service: as in its endpoint's name, `s3`.
        sid: what the statements are for.
        actions: what the service does with the keys.
        keys: the keys.
    """
    return tuple(
        Statement(
            sid,
            actions,
            tuple(dict.fromkeys(key.arn for key in group)),
            (via_services((service,), region, group[0].partition),),
        )
        for region, group in keys_by_region(keys)
    )


def keys_by_region(keys: Iterable[KmsKey]) -> list[tuple[str, list[KmsKey]]]:
    """Keys by their region, sorted by it."""
    by_region: dict[str, list[KmsKey]] = {}
    for key in keys:
        by_region.setdefault(key.region, []).append(key)
    return sorted(by_region.items())


def via_services(services: Iterable[str], region: str, partition: str) -> Condition:
    """The key serves calls that some services make in the key's own region, and no others.

    "kms:ViaService" in the KMS Developer Guide, https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
    """
    names = [f"{service}.{region}.amazonaws.com" for service in dict.fromkeys(services)]
    if partition == "aws-cn":
        # The guide does not say which of the two names the China regions send; the service alone can send either.
        names = [form for name in names for form in (name, f"{name}.cn")]
    return Condition("StringEquals", "kms:ViaService", tuple(names))
