"""Lending KMS keys to AWS services by grants: what services take that work on after the call is over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jfml_policies.build.identifiers import KmsKey
from jfml_policies.build.statements import Condition, Statement
from jfml_policies.build.task import Task
from jfml_policies.build.tasks.kms import keys_by_region, via_services

__all__ = ["GrantOperation", "LendKeys"]

#: What a grant may allow with a symmetric key, `CreateGrant` aside, which would pass the lending on ("CreateGrant" in
#: the KMS API Reference, https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html).
GrantOperation = Literal[
    "Decrypt",
    "DescribeKey",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyWithoutPlaintext",
    "ReEncryptFrom",
    "ReEncryptTo",
    "RetireGrant",
]


@dataclass(frozen=True, slots=True)
class LendKeys(Task):
    """Let AWS services that encrypt for the role use some keys, by grants that they ask for on its behalf.

    S3 asks for no grant: SSE-KMS takes the permissions on the key alone, as `ReadFolder` and `WriteFolder` have them.
    Services that use a key later on, such as those that attach encrypted volumes or keep encrypted tables, create a
    grant while they serve the role's call ("Grants in AWS KMS",
    https://docs.aws.amazon.com/kms/latest/developerguide/grants.html). `kms:GrantIsForAWSResource` keeps the role from
    creating grants itself, and `kms:GrantOperations` limits what each may allow ("Controlling access to grants",
    https://docs.aws.amazon.com/kms/latest/developerguide/grant-authorization.html).

    Attributes:
        keys: the keys.
        operations: what the grants may allow, none else.
        services: the services that may ask, as in their endpoints' names (`dynamodb`); any integrated one without.
    """

    keys: tuple[KmsKey, ...]
    operations: tuple[GrantOperation, ...]
    services: tuple[str, ...] = ()

    def statements(self) -> tuple[Statement, ...]:
        """What lending takes; joined with other tasks by `statements.joined`."""
        operations = tuple(dict.fromkeys(self.operations))
        return tuple(
            Statement(
                "LendKeys",
                ("kms:CreateGrant",),
                tuple(dict.fromkeys(key.arn for key in group)),
                (
                    Condition("Bool", "kms:GrantIsForAWSResource", ("true",)),
                    Condition("ForAllValues:StringEquals", "kms:GrantOperations", operations),
                    # Without it a request that names no operation would pass.
                    Condition("Null", "kms:GrantOperations", ("false",)),
                    *([via_services(self.services, region, group[0].partition)] if self.services else []),
                ),
            )
            for region, group in keys_by_region(self.keys)
        )
