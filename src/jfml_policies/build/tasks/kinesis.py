"""Reading Kinesis data streams."""

from __future__ import annotations

from dataclasses import dataclass

from jfml_policies.build.identifiers import KmsKey
from jfml_policies.build.place import Place
from jfml_policies.build.statements import Statement
from jfml_policies.build.task import Task
from jfml_policies.build.tasks.kms import decrypt_through

__all__ = ["ReadStream"]


@dataclass(frozen=True, slots=True)
class ReadStream(Task):
    """Find the shards of a stream and read its records; with a consumer, have them pushed (enhanced fan-out).

    Readers call ListShards, GetShardIterator and GetRecords, and some DescribeStream or DescribeStreamSummary first
    ("Controlling access to Amazon Kinesis Data Streams resources using IAM",
    https://docs.aws.amazon.com/streams/latest/dev/controlling-access.html; "Configure IAM permissions required for KCL
    consumer applications", https://docs.aws.amazon.com/streams/latest/dev/kcl-iam-permissions.html). A consumer that
    exists takes SubscribeToShard and DescribeStreamConsumer on its own ARN, which ends in the time it was made.
    An encrypted stream takes `kms:Decrypt` ("Permissions to use user-generated KMS keys",
    https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html).

    Attributes:
        place: where the stream is.
        stream: the stream's name.
        consumer: the name of a registered consumer, or None.
        keys: the KMS keys that the stream is encrypted with, if not the key that AWS manages.
    """

    place: Place
    stream: str
    consumer: str | None = None
    keys: tuple[KmsKey, ...] = ()

    def statements(self) -> tuple[Statement, ...]:
        """What reading takes; joined with other tasks by `statements.joined`."""
        stream = self.place.arn("kinesis", f"stream/{self.stream}")
        found = [
            Statement(
                "ReadStream",
                (
                    "kinesis:DescribeStream",
                    "kinesis:DescribeStreamSummary",
                    "kinesis:GetRecords",
                    "kinesis:GetShardIterator",
                    "kinesis:ListShards",
                ),
                (stream,),
            )
        ]
        if self.consumer is not None:
            actions = ("kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard")
            found.append(Statement("SubscribeToStream", actions, (f"{stream}/consumer/{self.consumer}:*",)))
        return (*found, *decrypt_through("kinesis", "Streams", self.keys))
