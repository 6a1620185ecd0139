"""The whole story with real API calls: make a role from built documents, take it on, and see what it may do.

Needs the dependency group `test` (boto3, and moto with its server). Everything happens on this machine: moto plays AWS
on a free port of 127.0.0.1, in this process, and is gone when the program ends.

moto decides actions and resources of permissions policies. It does not enforce
- their conditions: a listing of another folder gets through here, which AWS would refuse;
- this trust policy: a principal of another account and `aws:PrincipalArn` are more than it looks at.
Those questions are put to `jfml_policies.evaluate`; each line says who answered.

    python examples/07_real_calls.py
"""

from __future__ import annotations

import logging
import urllib.request
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from moto.server import ThreadedMotoServer

import jfml_policies as jp
from jfml_policies.build import Role, jfrog_ml

BUCKET = "acme-features"
OTHER_BUCKET = "acme-payroll"
NAME = "jfrog-ml-reader"
#: (what is tried, operation, its parameters)
CALLS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("read an object of the folder", "get_object", {"Bucket": BUCKET, "Key": "train/a.csv"}),
    ("list the folder", "list_objects_v2", {"Bucket": BUCKET, "Prefix": "train/"}),
    ("read another prefix", "get_object", {"Bucket": BUCKET, "Key": "private/a.csv"}),
    ("read another bucket", "get_object", {"Bucket": OTHER_BUCKET, "Key": "train/a.csv"}),
    ("write into the folder", "put_object", {"Bucket": BUCKET, "Key": "train/b.csv", "Body": b"x"}),
    ("delete from the folder", "delete_object", {"Bucket": BUCKET, "Key": "train/a.csv"}),
)
#: (who asks to take on the role, its ARN)
CALLERS = (
    ("a build of JFrog ML", f"arn:aws:sts::{jfrog_ml.CLOUD_ACCOUNT}:assumed-role/qwak-eks-base-1/session"),
    ("another role of JFrog ML", f"arn:aws:sts::{jfrog_ml.CLOUD_ACCOUNT}:assumed-role/support/session"),
    ("a role of the same name elsewhere", "arn:aws:sts::111122223333:assumed-role/qwak-eks-base-1/session"),
)


def main() -> None:
    """Starts moto, tells the story, and stops it."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    role = jfrog_ml.role(bucket=BUCKET, prefix="train/", role_name=NAME)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        arn = call_for_real(role, f"http://{host}:{port}")
    finally:
        server.stop()
    ask_the_evaluator(role, arn)


def call_for_real(role: Role, endpoint: str) -> str:
    """Makes buckets and the role, takes the role on, and makes every call as it; the role's ARN."""
    iam, s3, sts = (client(name, endpoint) for name in ("iam", "s3", "sts"))
    for bucket in (BUCKET, OTHER_BUCKET):
        s3.create_bucket(Bucket=bucket)
        for key in ("train/a.csv", "private/a.csv"):
            s3.put_object(Bucket=bucket, Key=key, Body=b"1,2\n")
    arn: str = iam.create_role(RoleName=NAME, AssumeRolePolicyDocument=role.trust_json)["Role"]["Arn"]
    policy = iam.create_policy(PolicyName=NAME, PolicyDocument=role.permissions_json)["Policy"]["Arn"]
    iam.attach_role_policy(RoleName=NAME, PolicyArn=policy)
    session = sts.assume_role(RoleArn=arn, RoleSessionName="example")["Credentials"]
    # Until here moto let everything pass; from now on every call needs a policy that allows it.
    enforce = urllib.request.Request(  # noqa: S310  the server of this process
        f"{endpoint}/moto-api/reset-auth", data=b"0", headers={"Content-Type": "text/plain"}
    )
    urllib.request.build_opener(urllib.request.ProxyHandler({})).open(enforce, timeout=10).close()
    reader = client("s3", endpoint, session)
    for what, operation, parameters in CALLS:
        try:
            getattr(reader, operation)(**parameters)
        except ClientError as error:
            if error.response["Error"]["Code"] != "AccessDenied":
                raise
            say(what, "moto", allowed=False)
        else:
            say(what, "moto", allowed=True)
    return arn


def ask_the_evaluator(role: Role, arn: str) -> None:
    """Decides what moto leaves open: the condition on listings, and who may take on the role."""
    for folder in ("train/", "private/"):
        listing = jp.Request("s3:ListBucket", f"arn:aws:s3:::{BUCKET}", context={"s3:prefix": folder})
        say(f"list {folder}", "evaluator", allowed=jp.evaluate(role.permissions, listing).allowed)
    for who, principal in CALLERS:
        request = jp.Request("sts:AssumeRole", arn, principal=principal)
        say(f"{who} takes on the role", "evaluator", allowed=jp.evaluate(role.trust, request).allowed)


def client(name: str, endpoint: str, session: dict[str, str] | None = None) -> Any:
    """A client that talks to the endpoint only, with the session's credentials or with made-up ones."""
    given = session or {"AccessKeyId": "example", "SecretAccessKey": "example", "SessionToken": "example"}
    return boto3.client(
        name,
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id=given["AccessKeyId"],
        aws_secret_access_key=given["SecretAccessKey"],
        aws_session_token=given["SessionToken"],
        config=Config(
            connect_timeout=5,
            read_timeout=10,
            retries={"total_max_attempts": 1},
            s3={"addressing_style": "path"},
            proxies={},
        ),
    )


def say(what: str, who: str, *, allowed: bool) -> None:
    """One line: what was tried, the answer, and who gave it."""
    print(f"{what}: {'allowed' if allowed else 'refused'} ({who})", flush=True)


if __name__ == "__main__":
    main()
