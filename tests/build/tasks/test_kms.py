"""Keys through S3."""

from __future__ import annotations

from jfml_policies.build.identifiers import KmsKey
from jfml_policies.build.statements import joined
from jfml_policies.build.tasks.kms import decrypt_through_s3, encrypt_through_s3


def key(region: str, partition: str = "aws") -> KmsKey:
    return KmsKey.of(f"arn:{partition}:kms:{region}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")


def test_no_key_takes_no_statement() -> None:
    """Buckets without SSE-KMS need nothing."""
    assert (decrypt_through_s3([]), encrypt_through_s3([])) == ((), ())


def test_keys_of_two_regions_get_a_statement_each() -> None:
    """A key serves S3 of its own region only."""
    statements = decrypt_through_s3([key("us-east-1"), key("eu-west-1")])
    services = [statement.conditions[0].values for statement in statements]

    assert services == [("s3.eu-west-1.amazonaws.com",), ("s3.us-east-1.amazonaws.com",)]
    assert [statement.sid for statement in joined(statements)] == ["DecryptObjects", "DecryptObjects2"]


def test_a_key_for_reading_and_writing_is_named_once_an_action() -> None:
    """Encrypting takes decrypting as well, and the two share one statement."""
    statements = joined((*decrypt_through_s3([key("us-east-1")]), *encrypt_through_s3([key("us-east-1")])))

    assert [statement.actions for statement in statements] == [("kms:Decrypt",), ("kms:GenerateDataKey",)]
    assert all(len(statement.resources) == 1 for statement in statements)


def test_china_has_both_names_of_the_service() -> None:
    """Either domain of the China regions is taken."""
    (statement,) = decrypt_through_s3([key("cn-north-1", "aws-cn")])

    assert statement.conditions[0].values == ("s3.cn-north-1.amazonaws.com", "s3.cn-north-1.amazonaws.com.cn")
