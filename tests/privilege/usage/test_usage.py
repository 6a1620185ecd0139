from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.errors import InputError
from jfml_policies.privilege.usage import usage as module
from jfml_policies.privilege.usage.usage import Usage

Record = Callable[..., dict[str, Any]]


def get(record: Record, key: str, **elements: object) -> dict[str, Any]:
    return record("s3", "GetObject", {"bucketName": "acme", "key": key}, **elements)


def collected(*records: dict[str, Any], **options: Any) -> Usage:
    usage = Usage(**options)
    for one in records:
        usage.add(one)
    usage.finish()
    return usage


def test_a_denied_call_is_not_used(record: Record) -> None:
    """It stands apart, with its request."""
    usage = collected(get(record, "a", errorCode="AccessDenied"), get(record, "b", errorCode="NoSuchKey"))

    assert ([("s3:GetObject", "arn:aws:s3:::acme/b")], [("s3:GetObject", "arn:aws:s3:::acme/a")]) == (
        list(usage.used),
        list(usage.denied),
    )


@pytest.mark.parametrize(
    ("name", "parameters", "used"),
    [
        ("TransactWriteItems", {"transactItems": [{"put": {"tableName": "t"}}]}, {"dynamodb:PutItem"}),
        ("ExecuteStatement", {"statement": " select * from t"}, {"dynamodb:PartiQLSelect"}),
        (
            "BatchExecuteStatement",
            {"statements": [{"statement": "INSERT INTO t"}, {"statement": "UPDATE t"}, 1]},
            {"dynamodb:PartiQLInsert", "dynamodb:PartiQLUpdate"},
        ),
        ("TransactWriteItems", {"transactItems": [None]}, set()),
        ("ExecuteStatement", {"statement": "***"}, set()),
    ],
)
def test_a_call_that_needs_one_action_or_another(
    record: Record, name: str, parameters: dict[str, Any], used: set[str]
) -> None:
    """Writing in a transaction is no permission to delete: what the request does not tell is noted only."""
    usage = collected(record("dynamodb", name, parameters))

    assert used == {action for action, _ in usage.used}
    assert (not used) == bool(usage.further)
    assert (0, 0) == (usage.unknown.total(), usage.free.total())


def test_a_denied_call_that_needs_one_action_or_another(record: Record) -> None:
    """It is told by its own name."""
    usage = collected(record("dynamodb", "TransactWriteItems", {}, errorCode="AccessDeniedException"))

    assert ([], [("dynamodb:TransactWriteItems", "*")]) == (list(usage.used), list(usage.denied))


def test_what_a_service_called_stands_apart(record: Record) -> None:
    """A call through a service counts only when asked for, one of the service itself never."""
    through = get(record, "a", userIdentity={"type": "AssumedRole", "invokedBy": "athena.amazonaws.com"})
    own = get(record, "b", userIdentity={"type": "AWSService", "invokedBy": "cloudtrail.amazonaws.com"})

    plain, wide = collected(through, own), collected(through, own, with_service_calls=True)

    assert ([], 2) == (list(plain.used), plain.for_services.total())
    assert [("s3:GetObject", "arn:aws:s3:::acme/a")] == list(wide.used)


def test_what_services_called_may_be_needed(record: Record) -> None:
    """It is kept apart, in folders where those were asked for; what was denied is not."""
    by = {"userIdentity": {"type": "AssumedRole", "invokedBy": "athena.amazonaws.com"}}
    records = [get(record, f"in/{number}", **by) for number in range(3)]
    records.append(get(record, "other", errorCode="AccessDenied", **by))

    keys, folder = collected(*records), collected(*records, folder_threshold=3)

    assert ({"arn:aws:s3:::acme/in/0", "arn:aws:s3:::acme/in/1", "arn:aws:s3:::acme/in/2"}, {}) == (
        {resource for _, resource in keys.possible},
        keys.used,
    )
    assert [("s3:GetObject", "arn:aws:s3:::acme/in/*")] == list(folder.possible)


def test_tags_of_a_copy_may_be_needed_on_both_sides(record: Record) -> None:
    """Tags are read from the source and written to the result."""
    usage = collected(record("s3", "CopyObject", {"bucketName": "acme", "key": "a", "x-amz-copy-source": "other/b"}))

    assert {
        ("s3:GetObjectTagging", "arn:aws:s3:::other/b"),
        ("s3:PutObjectTagging", "arn:aws:s3:::acme/a"),
    } == set(usage.possible)


@pytest.mark.parametrize(
    ("name", "parameters", "undecided"),
    [("Nothing", {}, 1), ("ExecuteStatement", {"statement": "***"}, 1), ("GetItem", {"tableName": "t"}, 0)],
)
def test_calls_whose_need_is_not_known_are_counted(
    record: Record, name: str, parameters: dict[str, Any], undecided: int
) -> None:
    """But for those that were denied."""
    denied = record("dynamodb", name, parameters, errorCode="AccessDeniedException")

    assert undecided == collected(record("dynamodb", name, parameters), denied).undecided


def test_one_principal_can_be_chosen(record: Record) -> None:
    """The calls of all others are counted as others."""
    mine = get(record, "a", userIdentity={"arn": "arn:aws:iam::111122223333:user/me"})
    theirs = get(record, "b", userIdentity={"arn": "arn:aws:iam::111122223333:user/they"})

    usage = collected(mine, theirs, principal="*:user/me")

    assert (["arn:aws:s3:::acme/a"], 1) == ([resource for _, resource in usage.used], usage.others)


def test_a_role_that_may_be_passed_is_noted_only(record: Record) -> None:
    """`iam:PassRole` is told with the role that the parameters name, and not used."""
    role = "arn:aws:iam::111122223333:role/x"

    usage = collected(record("lambda", "CreateFunction20150331", {"functionName": "f", "role": role}))

    assert [("iam:PassRole", "lambda:CreateFunction20150331", role)] == list(usage.further)
    assert {"lambda:CreateFunction"} == {action for action, _ in usage.used}


def test_keys_become_a_folder_only_from_the_threshold_on(record: Record) -> None:
    """Without a threshold, or below it, every key stands for itself."""
    records = [get(record, f"train/{number}") for number in range(3)]

    used = [
        {resource for _, resource in collected(*records, folder_threshold=threshold).used} for threshold in (None, 4, 3)
    ]

    keys = {f"arn:aws:s3:::acme/train/{number}" for number in range(3)}
    assert [keys, keys, {"arn:aws:s3:::acme/train/*"}] == used


def test_a_whole_bucket_is_no_folder(record: Record) -> None:
    """However many keys lie at the top, the bucket is not granted as a whole."""
    usage = collected(*[get(record, str(number)) for number in range(9)], folder_threshold=2)

    assert 9 == len(usage.used)


def test_a_folder_with_a_denied_key_is_not_granted(record: Record) -> None:
    """Generalising must not grant what was denied."""
    records = [get(record, f"train/{number}") for number in range(3)]

    usage = collected(*records, get(record, "train/secret", errorCode="AccessDenied"), folder_threshold=2)

    assert 3 == len(usage.used)


def test_room_is_made_by_folders(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders that fill up make one request, so that any number of keys fits; a later denial takes the folder out."""
    monkeypatch.setattr(module, "MOST_REQUESTS", 20)
    records = [get(record, f"train/{number}") for number in range(200)]

    usage = collected(*records, folder_threshold=5)
    denied = collected(*records, get(record, "train/x", errorCode="AccessDenied"), folder_threshold=5)

    assert {("s3:GetObject", "arn:aws:s3:::acme/train/*"): 200} == usage.used
    assert ({}, {("s3:GetObject", "arn:aws:s3:::acme/train/*")}) == (denied.used, denied.left_out)


def test_too_many_requests_are_refused(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory has a bound, and the error says what to do."""
    monkeypatch.setattr(module, "MOST_REQUESTS", 20)

    with pytest.raises(InputError, match="over 20 different requests"):
        collected(*[get(record, str(number)) for number in range(30)])


@given(st.permutations(["a/1", "a/2", "a/b/1", "a/b/2", "c/1", "c/d/1", "c/d/2", "c/d/3", "e/1"]))
def test_the_order_of_records_does_not_matter(keys: list[str]) -> None:
    """The same records in another order use the same."""
    usage = Usage(folder_threshold=3)
    for key in keys:
        usage.add(
            {
                "eventSource": "s3.amazonaws.com",
                "eventName": "GetObject",
                "requestParameters": {"bucketName": "acme", "key": key},
            }
        )
    usage.finish()

    folders = {"a/*", "c/1", "c/d/*", "e/1"}
    assert folders == {resource.removeprefix("arn:aws:s3:::acme/") for _, resource in usage.used}


def test_a_denied_request_that_is_granted_all_the_same_is_told(record: Record) -> None:
    """Where records do not tell the resource of other calls, the denied one is among those granted."""
    usage = collected(
        record("kms", "Decrypt", {}),
        record("kms", "Decrypt", {"keyId": "abc"}, errorCode="AccessDenied"),
    )

    assert {("kms:Decrypt", "arn:aws:kms:eu-west-1:111122223333:key/abc")} == usage.granted_anyway


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.just("arn:aws:s3:::a/b"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)
PARAMETERS = st.dictionaries(
    st.sampled_from(["bucketName", "key", "versionId", "x-amz-copy-source", "keyId", "queueUrl", "name", "tableName"]),
    JSON,
)
OPERATIONS = st.sampled_from(
    ["s3 GetObject", "s3 CopyObject", "kms Decrypt", "sqs SendMessage", "glue GetTable", "ssm GetParameter"]
).map(str.split)


@given(OPERATIONS, PARAMETERS | JSON, JSON | st.lists(st.dictionaries(st.just("ARN"), JSON)))
def test_whatever_the_parameters_are_requests_come_out(operation: list[str], parameters: Any, resources: Any) -> None:
    """Wrong types never fail: a call has requests, and what can't be read is every resource."""
    service, name = operation
    usage = Usage()
    usage.add(
        {
            "eventSource": f"{service}.amazonaws.com",
            "eventName": name,
            "requestParameters": parameters,
            "resources": resources,
        }
    )

    assert usage.used


def test_what_records_tell_of_a_request_is_what_all_of_them_tell(record: Record) -> None:
    """Values are collected; a key that one record does not tell is left out; folders have what their keys have."""
    tls = {"tlsDetails": {"tlsVersion": "TLSv1.3"}}
    records = [
        get(record, "train/1", awsRegion="eu-west-1", **tls),
        get(record, "train/1", awsRegion="us-east-1", **tls),
        get(record, "train/2", awsRegion="eu-west-1"),
    ]

    each, folder = collected(*records), collected(*records, folder_threshold=2)

    regions = ("aws:RequestedRegion", ("eu-west-1", "us-east-1"))
    assert [
        (regions, ("aws:SecureTransport", ("true",))),
        (("aws:RequestedRegion", ("eu-west-1",)),),
    ] == list(each.contexts.values())
    assert {("s3:GetObject", "arn:aws:s3:::acme/train/*"): (regions,)} == folder.contexts


def test_a_key_serves_the_service_that_called_for_the_principal(record: Record) -> None:
    """The service and its Region make `kms:ViaService`, and the key's ARN tells its account."""
    key = "arn:aws:kms:eu-west-1:444455556666:key/abc"
    identity = {"type": "AssumedRole", "invokedBy": "s3.amazonaws.com"}

    usage = collected(record("kms", "Decrypt", {"keyId": key}, userIdentity=identity), with_service_calls=True)

    assert {
        "aws:RequestedRegion": ("eu-west-1",),
        "aws:ResourceAccount": ("444455556666",),
        "kms:ViaService": ("s3.eu-west-1.amazonaws.com",),
    } == dict(usage.contexts["kms:Decrypt", key])
