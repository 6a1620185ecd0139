"""Files as an organization has them, made from a seed: policies, templates, plans, answers of whole accounts."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["write_accounts", "write_mixed_files", "write_plan", "write_template"]

_REGION: Final = "eu-west-1"
#: (actions, resources); an action in forty is misspelt.
_WORK: Final = (
    (("s3:GetObject", "s3:GetObjectVersion"), "arn:aws:s3:::{name}/{folder}/*"),
    (("s3:ListBucket",), "arn:aws:s3:::{name}"),
    (("s3:PutObject", "s3:AbortMultipartUpload", "s3:DeleteObject"), "arn:aws:s3:::{name}/{folder}/out/*"),
    (("sqs:SendMessage", "sqs:GetQueueUrl"), "arn:aws:sqs:{region}:{account}:{name}"),
    (("sqs:ReceiveMessage", "sqs:DeleteMessage"), "arn:aws:sqs:{region}:{account}:{name}-in"),
    (("dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem"), "arn:aws:dynamodb:{region}:{account}:table/{name}"),
    (("kms:Decrypt", "kms:GenerateDataKey"), "arn:aws:kms:{region}:{account}:key/{key}"),
    (("logs:CreateLogStream", "logs:PutLogEvents"), "arn:aws:logs:{region}:{account}:log-group:/app/{name}:*"),
    (("secretsmanager:GetSecretValue",), "arn:aws:secretsmanager:{region}:{account}:secret:{name}-??????"),
    (("lambda:InvokeFunction",), "arn:aws:lambda:{region}:{account}:function:{name}"),
    (("sns:Publish",), "arn:aws:sns:{region}:{account}:{name}"),
    (("ec2:DescribeInstances", "ec2:DescribeSubnets"), "*"),
    (("ssm:GetParameter", "ssm:GetParametersByPath"), "arn:aws:ssm:{region}:{account}:parameter/{name}/*"),
    (("iam:PassRole",), "arn:aws:iam::{account}:role/{name}"),
)
_NAMES: Final = ("orders", "billing", "search", "ledger", "images", "events", "reports", "users", "stock", "mail")
_SERVICES: Final = ("ec2", "lambda", "ecs-tasks", "states", "glue", "sagemaker")


def write_mixed_files(folder: Path, count: int, *, seed: int = 1) -> None:
    """So many files: seven in ten are policies, the others are templates, plans and answers of AWS's API."""
    random = Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        team = folder / f"team-{number % 20:02}"
        team.mkdir(exist_ok=True)
        draw = random.random()
        if draw < 0.7:
            name = f"policy-{number:05}.json"
            text = json.dumps(_trust(random) if draw < 0.2 else _permissions(random), indent=2)
        elif draw < 0.8:
            name, text = f"template-{number:05}.json", json.dumps(_template(random, 4), indent=2)
        elif draw < 0.85:
            name, text = f"template-{number:05}.yaml", _yaml_template(random, 4)
        elif draw < 0.93:
            name, text = f"plan-{number:05}.json", json.dumps(_plan(random, 4))
        else:
            name, text = f"role-{number:05}.json", json.dumps({"Role": _role(random, number)}, indent=4)
        (team / name).write_text(text, encoding="utf-8")


def write_accounts(folder: Path, documents: int, *, a_file: int = 1_000, seed: int = 1) -> None:
    """Answers of `get-account-authorization-details`, one file an account, with so many documents together.

    Every other account is as an SDK's raw answer has it, URL-encoded, the others as the AWS CLI prints them.
    """
    random = Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    for start in range(0, documents, a_file):
        wanted = min(a_file, documents - start)
        roles: list[dict[str, Any]] = []
        while wanted > 0:
            roles.append(_role(random, len(roles), policies=min(3, wanted - 1), quoted=start // a_file % 2 == 1))
            wanted -= min(4, wanted)
        answer = {"UserDetailList": [], "GroupDetailList": [], "RoleDetailList": roles, "Policies": []}
        path = folder / f"account-{start // a_file:04}.json"
        path.write_text(json.dumps(answer, indent=4), encoding="utf-8")


def write_plan(path: Path, size: int, *, seed: int = 1) -> int:
    """A plan of about so many bytes, mostly of other things than policies; gives the number of policies."""
    random = Random(seed)
    one = len(json.dumps(_plan(random, 20)))
    plan = _plan(random, max(1, size * 20 // one))
    path.write_text(json.dumps(plan), encoding="utf-8")
    return sum("policy" in resource["values"] for resource in plan["planned_values"]["root_module"]["resources"])


def write_template(path: Path, roles: int, *, seed: int = 1) -> None:
    """A template of CloudFormation with so many roles, with references and conditions."""
    path.write_text(json.dumps(_template(Random(seed), roles), indent=2), encoding="utf-8")


def _permissions(random: Random) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": [_statement(random, n) for n in range(random.randint(1, 5))]}


def _statement(random: Random, number: int) -> dict[str, Any]:
    actions, resource = random.choice(_WORK)
    chosen = [action[:-2] + action[-1] if random.random() < 1 / 40 else action for action in actions]
    statement: dict[str, Any] = {
        "Sid": f"S{number}",
        "Effect": "Allow",
        "Action": chosen,
        "Resource": resource.format(
            name=f"acme-{random.choice(_NAMES)}",
            folder=random.choice(_NAMES),
            region=_REGION,
            account=_account(random),
            key=f"{random.getrandbits(32):08x}-1111-2222-3333-{random.getrandbits(48):012x}",
        ),
    }
    if random.random() < 0.15:
        statement["Condition"] = {"StringEquals": {"aws:PrincipalTag/team": random.choice(_NAMES)}}
    return statement


def _trust(random: Random) -> dict[str, Any]:
    statement: dict[str, Any] = {"Effect": "Allow", "Action": "sts:AssumeRole"}
    if random.random() < 0.6:
        statement["Principal"] = {"Service": f"{random.choice(_SERVICES)}.amazonaws.com"}
    else:
        statement["Principal"] = {"AWS": f"arn:aws:iam::{_account(random)}:role/{random.choice(_NAMES)}"}
        statement["Condition"] = {"StringEquals": {"sts:ExternalId": f"{random.getrandbits(64):016x}"}}
    return {"Version": "2012-10-17", "Statement": [statement]}


def _role(random: Random, number: int, *, policies: int = 0, quoted: bool = False) -> dict[str, Any]:
    def written(document: dict[str, Any]) -> Any:
        return quote(json.dumps(document)) if quoted else document

    name = f"{random.choice(_NAMES)}-{number}"
    role = {
        "Path": "/",
        "RoleName": name,
        "RoleId": f"AROA{random.getrandbits(64):016X}",
        "Arn": f"arn:aws:iam::{_account(random)}:role/{name}",
        "CreateDate": "2026-01-01T00:00:00+00:00",
        "AssumeRolePolicyDocument": written(_trust(random)),
    }
    if policies or quoted:
        listed = [{"PolicyName": f"p{n}", "PolicyDocument": written(_permissions(random))} for n in range(policies)]
        role |= {"RolePolicyList": listed, "AttachedManagedPolicies": [], "Tags": [], "InstanceProfileList": []}
    return role


def _template(random: Random, roles: int) -> dict[str, Any]:
    resources: dict[str, Any] = {}
    for number in range(roles):
        document = _permissions(random)
        bucket = {"Fn::Sub": "arn:${AWS::Partition}:s3:::${Bucket}/*"}
        document["Statement"].append({"Effect": "Allow", "Action": "s3:GetObject", "Resource": bucket})
        if number % 4 == 0:
            wide = {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": {"Fn::GetAtt": ["Bucket", "Arn"]}}
            document["Statement"].append({"Fn::If": ["IsProduction", wide, {"Ref": "AWS::NoValue"}]})
        resources[f"Role{number}"] = {
            "Type": "AWS::IAM::Role",
            "Properties": {
                "AssumeRolePolicyDocument": _trust(random),
                "Policies": [{"PolicyName": "work", "PolicyDocument": document}],
            },
        }
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Parameters": {"Stage": {"Type": "String"}},
        "Conditions": {"IsProduction": {"Fn::Equals": [{"Ref": "Stage"}, "production"]}},
        "Resources": {"Bucket": {"Type": "AWS::S3::Bucket"}, **resources},
    }


def _yaml_template(random: Random, roles: int) -> str:
    lines = ["AWSTemplateFormatVersion: '2010-09-09'", "Resources:"]
    for number in range(roles):
        lines += [f"  Role{number}:", "    Type: AWS::IAM::Role", "    Properties:"]
        lines.append(f"      AssumeRolePolicyDocument: {json.dumps(_trust(random))}")
        lines += ["      Policies:", "        - PolicyName: work", "          PolicyDocument:"]
        lines += ["            Version: '2012-10-17'", "            Statement:"]
        for statement in _permissions(random)["Statement"]:
            lines.append(f"              - Effect: {statement['Effect']}")
            lines.append(f"                Action: {json.dumps(statement['Action'])}")
            lines.append(f"                Resource: !Sub '{statement['Resource']}'")
    return "\n".join(lines) + "\n"


def _plan(random: Random, resources: int) -> dict[str, Any]:
    listed: list[dict[str, Any]] = []
    for number in range(resources):
        kind, values = "aws_instance", {"user_data": f"{random.getrandbits(4000):01000x}", "tags": {"team": "a"}}
        if number % 4 == 0:
            kind, values = "aws_iam_policy", {"name": f"p{number}", "policy": json.dumps(_permissions(random))}
        name = f"r{number}"
        listed.append(
            {
                "address": f"{kind}.{name}",
                "mode": "managed",
                "type": kind,
                "name": name,
                "provider_name": "registry.terraform.io/hashicorp/aws",
                "schema_version": 0,
                "values": values,
                "sensitive_values": {},
            }
        )
    changes = [
        {
            "address": one["address"],
            "mode": "managed",
            "type": one["type"],
            "name": one["name"],
            "change": {
                "actions": ["create"],
                "before": None,
                "after": one["values"],
                "after_unknown": {"arn": True, "id": True},
            },
        }
        for one in listed
    ]
    return {
        "format_version": "1.2",
        "terraform_version": "1.9.0",
        "planned_values": {"root_module": {"resources": listed}},
        "resource_changes": changes,
    }


def _account(random: Random) -> str:
    return f"{random.randrange(100_000_000_000, 100_000_000_100)}"
