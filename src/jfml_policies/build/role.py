"""A built role: its documents and, in plain words, what they mean."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel

from jfml_policies.build.json_output import json_text
from jfml_policies.build.statements import Document
from jfml_policies.errors import ParameterError

if TYPE_CHECKING:
    from jfml_policies.build.outputs.role_documents import RoleDocuments

__all__ = ["HandOver", "Role"]


@dataclass(frozen=True, slots=True)
class HandOver:
    """Where a vendor takes the role's ARN.

    Attributes:
        use: what the role is used for there.
        language: `python`, `yaml` or `shell`.
        code: the lines to write there; words in capitals are to be filled in.
    """

    use: str
    language: str
    code: str


@dataclass(frozen=True, slots=True)
class Role:
    """A role as text and words. Frozen, and equal to another built from the same parameters.

    Attributes:
        name: the role's name, or None when none was asked for.
        trust_json: the trust policy as JSON text: who may assume the role.
        permissions_json: all that the role may do, as JSON text of one policy. Where `split_json` is not empty, IAM
            refuses it as too large, and those are attached instead.
        choices: what was chosen and why, one line each.
        allows: what the two policies allow, one line each.
        leaves_out: what they deliberately do not allow, one line each.
        warnings: what cannot be put right here, one line each.
        parameters: what was asked for, checked, with defaults filled in.
        hand_over: where the vendor takes the role's ARN, for each use.
        managed_policies: ARNs of AWS's managed policies to attach beside the role's own.
        account: the account that the role is made in, or None when that is not known.
        split_json: the same permissions as JSON texts of several policies, to be attached together, when one would be
            over the quota of managed policies; else empty.
    """

    name: str | None
    trust_json: str
    permissions_json: str
    choices: tuple[str, ...]
    allows: tuple[str, ...]
    leaves_out: tuple[str, ...]
    warnings: tuple[str, ...]
    parameters: BaseModel
    hand_over: tuple[HandOver, ...] = ()
    managed_policies: tuple[str, ...] = ()
    split_json: tuple[str, ...] = ()
    account: str | None = None

    def to_terraform(self, *, plain_json: bool = False) -> str:
        """The role as Terraform configuration.

        Args:
            plain_json: write the policies as JSON text instead of `aws_iam_policy_document` data sources.

        Raises:
            ParameterError: the data source would change what a policy says; plain JSON does not.
        """
        return self._written("terraform-json" if plain_json else "terraform")

    def to_cloudformation(self, *, as_json: bool = False) -> str:
        """The role as a CloudFormation template in YAML, or in JSON.

        Raises:
            ParameterError: CloudFormation would change what a policy says.
        """
        return self._written("cloudformation-json" if as_json else "cloudformation")

    def to_aws_cli(self) -> str:
        """The role as a shell script with commands of the AWS CLI; one without a name takes it as argument."""
        return self._written("aws-cli")

    def bucket_policies(self, *, role_account: str | None = None) -> dict[str, Document]:
        """Policies by bucket, for buckets of another account than the role's; see `build.outputs.cross_account`.

        Args:
            role_account: the account that the role is made in; `account` when left out.

        Raises:
            ParameterError: the role has no name, or the account is none, not known, or another than `account`.
        """
        from jfml_policies.build.outputs import cross_account

        return cross_account.bucket_policies(self._whole, principal=self._arn(role_account))

    def key_policy_statements(self, *, role_account: str | None = None) -> dict[str, tuple[Document, ...]]:
        """Statements to add to the policies of KMS keys of another account, by the key's ARN; as `bucket_policies`."""
        from jfml_policies.build.outputs import cross_account

        return cross_account.key_policy_statements(self._whole, principal=self._arn(role_account))

    def other_account_files(self, *, role_account: str | None = None) -> dict[str, str]:
        """What other accounts have to add, as JSON texts by the names of their files; as `bucket_policies`.

        A whole policy for each bucket, `bucket-policy-BUCKET.json`, and for each key a list of statements,
        `key-policy-statements-ACCOUNT-REGION-ID.json`: the key's policy has others, which must stay.
        """
        policies = self.bucket_policies(role_account=role_account)
        files = {f"bucket-policy-{bucket}.json": json_text(policy) for bucket, policy in policies.items()}
        for arn, statements in self.key_policy_statements(role_account=role_account).items():
            # Replicas of a key in other regions share its id, so the id alone is no file name.
            _, _, _, region, account, key = arn.split(":")
            name = f"key-policy-statements-{account}-{region}-{key.removeprefix('key/')}.json"
            files[name] = json.dumps(statements, indent=2) + "\n"
        return files

    @property
    def documents(self) -> RoleDocuments:
        """What the outputs take: the name and the documents."""
        from jfml_policies.build.outputs.role_documents import RoleDocuments

        return RoleDocuments(self.name, self.trust, self.permission_documents, self.managed_policies)

    @property
    def files(self) -> dict[str, str]:
        """The JSON texts by the names of their files: `trust.json`, and `permissions.json`.

        Several policies are `permissions-1.json`, `permissions-2.json` and so on.
        """
        texts = self.permission_texts
        names = ["permissions.json"]
        if len(texts) > 1:
            names = [f"permissions-{number}.json" for number in range(1, len(texts) + 1)]
        return {"trust.json": self.trust_json, **dict(zip(names, texts, strict=True))}

    @property
    def trust(self) -> Document:
        """The trust policy as JSON values; a new copy each time."""
        return _values(self.trust_json)

    @property
    def permissions(self) -> Document:
        """All that the role may do, as JSON values of one policy; a new copy each time.

        It is right to compare, lint and evaluate in any case; to attach, take `permission_documents`.
        """
        return _values(self.permissions_json)

    @property
    def permission_texts(self) -> tuple[str, ...]:
        """The policies to attach, as JSON texts: usually one, several where one would be over the quota."""
        return self.split_json or (self.permissions_json,)

    @property
    def permission_documents(self) -> tuple[Document, ...]:
        """The policies to attach, as JSON values; new copies each time.

        >>> from jfml_policies.build import jfrog_ml
        >>> reader = jfrog_ml.role(bucket="acme-features")
        >>> reader.permission_documents == (reader.permissions,)
        True
        """
        return tuple(map(_values, self.permission_texts))

    @property
    def _whole(self) -> RoleDocuments:
        """The role as if one policy held its permissions: pieces of a statement would bring its Sid twice elsewhere."""
        from jfml_policies.build.outputs.role_documents import RoleDocuments

        return RoleDocuments(self.name, self.trust, (self.permissions,), self.managed_policies)

    def _written(self, form: str) -> str:
        from jfml_policies.build.outputs.formats import FORMATS

        return FORMATS[form].write(self.documents)

    def _arn(self, account: str | None) -> str:
        from jfml_policies.build.outputs import cross_account

        if None not in {account, self.account} and account != self.account:
            problem = f"role_account: `{account}` is not the account that the role is made in, `{self.account}`"
            raise ParameterError((problem,), hint="leave it out, or build the role for that account")
        return cross_account.role_arn(self.documents, account=account or self.account or "")


def _values(text: str) -> Document:
    document: Document = json.loads(text)
    return document
