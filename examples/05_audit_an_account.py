"""For whoever has to look through an account that grew for years: what is wrong in it, and who could become what.

    aws iam get-account-authorization-details > account.json

The one answer holds every user, group, role and policy. `check` finds mistakes in all of them, at their places in the
file. `jfml_policies.risks` takes all policies of one principal together, groups and boundary included, and says which
ways to more permissions are open to it, and whether strangers may take on the role.

    python examples/05_audit_an_account.py                 # an account that is made here
    python examples/05_audit_an_account.py account.json    # yours; nothing leaves this machine
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

import jfml_policies as jp

if TYPE_CHECKING:
    from collections.abc import Iterator

Document = dict[str, Any]


class Principal(NamedTuple):
    """A user or role with all that counts for it."""

    name: str
    policies: list[Document]
    trust: Document | None
    boundary: Document | None
    missing: list[str]


def principals(account: Document) -> Iterator[Principal]:
    """Every user and role of an account, with the policies that are its own, attached, or its groups'."""
    managed = {
        policy["Arn"]: document(version["Document"])
        for policy in account.get("Policies", [])
        for version in policy["PolicyVersionList"]
        if version["IsDefaultVersion"]
    }
    groups = {group["GroupName"]: group for group in account.get("GroupDetailList", [])}
    for kind in ("User", "Role"):
        for one in account.get(f"{kind}DetailList", []):
            member_of = one.get("GroupList", [])
            holders = [(kind, one), *(("Group", groups[name]) for name in member_of if name in groups)]
            inline = [policy for of, holder in holders for policy in holder.get(f"{of}PolicyList", [])]
            attached = [policy for _, holder in holders for policy in holder.get("AttachedManagedPolicies", [])]
            arns = [policy["PolicyArn"] for policy in attached]
            limit = one.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")
            trust = one.get("AssumeRolePolicyDocument")
            yield Principal(
                name=f"{kind.lower()} {one[f'{kind}Name']}",
                policies=[
                    *(document(policy["PolicyDocument"]) for policy in inline),
                    *(managed[arn] for arn in arns if arn in managed),
                ],
                trust=None if trust is None else document(trust),
                boundary=managed.get(limit),
                missing=[
                    *(f"the group {name}" for name in member_of if name not in groups),
                    *(arn for arn in [*arns, limit] if arn is not None and arn not in managed),
                ],
            )


def document(given: str | Document) -> Document:
    """A policy document; the AWS CLI has it decoded, the API itself URL-encoded."""
    decoded: Document = json.loads(unquote(given)) if isinstance(given, str) else given
    return decoded


def stakes(one: Principal) -> Iterator[str]:
    """What a principal puts at stake, a line each."""
    for what in one.missing:
        yield f"not looked at: {what} is not in the file"
    if one.policies:
        found = jp.risks(one.policies, boundary=one.boundary)
        for answer in found.open_paths[:3]:
            yield f"can {answer.path.effect} ({' and '.join(answer.path.permissions)})"
        if len(found.open_paths) > 3:
            yield f"ways beside these: {len(found.open_paths) - 3}"
        yield from (f"gets at {exposure.kind}" for exposure in found.exposures)
    if one.trust is not None and jp.risks(one.trust).public:
        yield "strangers may take it on"


def audit(path: Path) -> int:
    """Prints what is wrong in the account, then what each principal could do; the exit code of `check`."""
    print("== Mistakes", flush=True)
    command = [sys.executable, "-m", "jfml_policies", "check", "--output-format", "concise", path.name]
    code = subprocess.run(command, cwd=path.parent, stdin=subprocess.DEVNULL, check=False).returncode  # noqa: S603
    print("\n== Who could become what")
    for one in principals(json.loads(path.read_text(encoding="utf-8"))):
        lines = list(stakes(one))
        print(f"{one.name}: {'' if lines else 'nothing at stake'}".rstrip())
        for line in lines:
            print(f"    {line}")
    return code


def allow(*actions: str, on: str = "*") -> Document:
    """A policy."""
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": list(actions), "Resource": on}]}


def trust(principal: Document) -> Document:
    """A trust policy."""
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    return {"Version": "2012-10-17", "Statement": [statement]}


def sample() -> Document:
    """A small account: a deployer that is as good as an administrator, the same within a boundary, an open role."""
    managed = {"deploy": allow("lambda:*", "iam:PassRole"), "limit": allow("lambda:*", "s3:GetObject")}
    deploy = {
        "AttachedManagedPolicies": [{"PolicyName": "deploy", "PolicyArn": "arn:aws:iam::111122223333:policy/deploy"}]
    }
    limit = {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": "arn:aws:iam::111122223333:policy/limit"}
    lambda_only = trust({"Service": "lambda.amazonaws.com"})
    reader = allow("s3:GetObjekt", on="arn:aws:s3:::acme-features/*")
    return {
        "UserDetailList": [{"UserName": "ada", "GroupList": ["deployers"]}],
        "GroupDetailList": [{"GroupName": "deployers", **deploy}],
        "RoleDetailList": [
            {"RoleName": "pipeline", "AssumeRolePolicyDocument": lambda_only, "PermissionsBoundary": limit, **deploy},
            {
                "RoleName": "reader",
                "AssumeRolePolicyDocument": trust({"AWS": "*"}),
                "RolePolicyList": [{"PolicyName": "read", "PolicyDocument": reader}],
            },
        ],
        "Policies": [
            {
                "PolicyName": name,
                "Arn": f"arn:aws:iam::111122223333:policy/{name}",
                "PolicyVersionList": [{"VersionId": "v1", "IsDefaultVersion": True, "Document": policy}],
            }
            for name, policy in managed.items()
        ],
    }


def main() -> None:
    """Audits the sample."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "account.json")
        path.write_text(json.dumps(sample(), indent=2), encoding="utf-8")
        audit(path)


if __name__ == "__main__":
    if len(sys.argv) == 2:
        raise SystemExit(audit(Path(sys.argv[1])))
    main()
