"""CloudTrail records to a policy: records a second of processor time and peak memory, as their number grows.

Synthetic records go to gzip files of ten thousand in a temporary folder, as CloudTrail delivers them: mostly objects
read below folders by day, and calls of KMS, DynamoDB, SQS, Lambda and EC2. Each size is read in a process of its own.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

__all__ = ["main"]

_A_FILE: Final = 10_000
_ACCOUNT: Final = "111122223333"
_REGION: Final = "eu-west-1"


def main(arguments: list[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measures reading CloudTrail records.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--folder-threshold", type=int, default=20)
    parser.add_argument("--read", metavar="FOLDER", help="read this folder, and print what it took (for each size)")
    options = parser.parse_args(arguments)
    if options.read:
        print(json.dumps(_read(options.read, options.folder_threshold)))
        return 0
    print(f"Python {sys.version.split()[0]}\n")
    print(
        "| records | compressed | processor time | records a second | wall time | peak memory | requests | statements |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            compressed = _write(Path(folder), size)
            command = [sys.executable, __file__, "--read", folder, "--folder-threshold", str(options.folder_threshold)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
        took = json.loads(done.stdout)
        print(
            f"| {size:,} | {compressed / 1e6:.1f} MB | {took['seconds']:.2f} s | {size / took['seconds']:,.0f} "
            f"| {took['wall']:.2f} s | {took['megabytes']:.0f} MB | {took['requests']:,} | {took['statements']} |",
            flush=True,
        )
    return 0


def _read(folder: str, threshold: int) -> dict[str, float]:
    from jfml_policies.privilege.usage.suggestion import suggestion
    from jfml_policies.privilege.usage.trails import records_in, trail_files
    from jfml_policies.privilege.usage.usage import Usage

    wall, start = time.perf_counter(), time.process_time()
    usage = Usage(folder_threshold=threshold)
    for file in trail_files(folder):
        for record in records_in(file):
            if isinstance(record, dict):
                usage.add(record)
    usage.finish()
    statements = suggestion(usage.used)["Statement"]
    seconds, wall = time.process_time() - start, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return {
        "seconds": seconds,
        "wall": wall,
        "megabytes": peak,
        "requests": len(usage.used),
        "statements": len(statements),
    }


def _write(folder: Path, size: int) -> int:
    for start in range(0, size, _A_FILE):
        records = [_record(number) for number in range(start, min(size, start + _A_FILE))]
        data = json.dumps({"Records": records}).encode()
        (folder / f"{_ACCOUNT}_CloudTrail_{start:09}.json.gz").write_bytes(gzip.compress(data, 6))
    return sum(file.stat().st_size for file in folder.iterdir())


def _record(number: int) -> dict[str, Any]:
    source, name, parameters, resources = _call(number)
    return {
        "eventVersion": "1.11",
        "userIdentity": {
            "type": "AssumedRole",
            "principalId": "AROAEXAMPLE:session",
            "arn": f"arn:aws:sts::{_ACCOUNT}:assumed-role/scoring/session",
            "accountId": _ACCOUNT,
            "sessionContext": {
                "sessionIssuer": {"type": "Role", "arn": f"arn:aws:iam::{_ACCOUNT}:role/scoring"},
                "attributes": {"creationDate": "2026-10-01T00:00:00Z", "mfaAuthenticated": "false"},
            },
        },
        "eventTime": f"2026-10-01T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}Z",
        "eventSource": f"{source}.amazonaws.com",
        "eventName": name,
        "awsRegion": _REGION,
        "sourceIPAddress": "203.0.113.7",
        "userAgent": "[aws-sdk-python]",
        "requestParameters": parameters,
        "responseElements": None,
        "additionalEventData": {"SignatureVersion": "SigV4", "CipherSuite": "TLS_AES_128_GCM_SHA256"},
        "requestID": f"{number:032x}",
        "eventID": f"{number * 7919:032x}",
        "readOnly": True,
        "resources": resources,
        "eventType": "AwsApiCall",
        "managementEvent": False,
        "recipientAccountId": _ACCOUNT,
        **({"errorCode": "AccessDenied"} if _is_denied(number) else {}),
    }


def _is_denied(number: int) -> bool:
    return number % 97 == 0


def _call(number: int) -> tuple[str, str, dict[str, Any], list[dict[str, str]]]:
    match number % 10:
        case 0:
            key = f"arn:aws:kms:{_REGION}:{_ACCOUNT}:key/{number % 30:08x}-1111-2222-3333-444455556666"
            return "kms", "Decrypt", {"encryptionContext": {"n": str(number)}}, [{"type": "AWS::KMS::Key", "ARN": key}]
        case 1:
            return "dynamodb", "GetItem", {"tableName": f"table-{number % 50}", "key": {"id": str(number)}}, []
        case 2:
            url = f"https://sqs.{_REGION}.amazonaws.com/{_ACCOUNT}/queue-{number % 40}"
            return "sqs", "SendMessage", {"queueUrl": url}, []
        case 3:
            return "ec2", "DescribeInstances", {"instancesSet": {}, "filterSet": {}}, []
        case _:
            # A key of its own for each record, in folders by day.
            lead = "restricted" if _is_denied(number) else "landing"
            key = f"{lead}/day-{number // 4000:04}/part-{number:09}.parquet"
            bucket = f"acme-{number % 3}"
            arns = [
                {"type": "AWS::S3::Object", "ARN": f"arn:aws:s3:::{bucket}/{key}"},
                {"type": "AWS::S3::Bucket", "ARN": f"arn:aws:s3:::{bucket}"},
            ]
            return "s3", ("GetObject", "PutObject")[number % 2], {"bucketName": bucket, "key": key}, arns


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
