"""Using KMS keys through S3: what reading and writing SSE-KMS objects takes beside the S3 permissions."""

from __future__ import annotations

from collections.abc import Iterable

from jfml_policies.build.identifiers import KmsKey
from jfml_policies.build.statements import Condition, Statement

__all__ = ["decrypt_through_s3", "encrypt_through_s3"]


def decrypt_through_s3(keys: Iterable[KmsKey]) -> tuple[Statement, ...]:
    """Statements that let S3 decrypt objects for the role; one for each region, none without keys.

    Reading an SSE-KMS object takes `kms:Decrypt` ("Protecting data with SSE-KMS" in the S3 User Guide,
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html).
    """
    return _through_s3("DecryptObjects", ("kms:Decrypt",), keys)


def encrypt_through_s3(keys: Iterable[KmsKey]) -> tuple[Statement, ...]:
    """Statements that let S3 encrypt objects for the role; one for each region, none without keys.

    Writing takes `kms:GenerateDataKey`, multipart upload `kms:Decrypt` as well (same page, and "Multipart upload API
    and permissions"); the latter is `decrypt_through_s3`'s, so that reading and writing with one key share it.
    """
    keys = tuple(keys)
    return (*_through_s3("EncryptObjects", ("kms:GenerateDataKey",), keys), *decrypt_through_s3(keys))


def _through_s3(sid: str, actions: tuple[str, ...], keys: Iterable[KmsKey]) -> tuple[Statement, ...]:
    by_region: dict[str, list[KmsKey]] = {}
    for key in keys:
        by_region.setdefault(key.region, []).append(key)
    return tuple(
        Statement(sid, actions, tuple(dict.fromkeys(key.arn for key in group)), (_via_s3(region, group[0].partition),))
        for region, group in sorted(by_region.items())
    )


def _via_s3(region: str, partition: str) -> Condition:
    """The key serves calls that S3 makes in the key's own region, and no others.

    "kms:ViaService" in the KMS Developer Guide, https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
    """
    service = f"s3.{region}.amazonaws.com"
    # The guide does not say which of the two names the China regions send; S3 alone can send either.
    names = (service, f"{service}.cn") if partition == "aws-cn" else (service,)
    return Condition("StringEquals", "kms:ViaService", names)
