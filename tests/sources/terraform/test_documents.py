"""Policy documents of a plan that only apply makes: what is known of them is checked, and nothing is guessed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from jfml_policies.linter.embedded import lint_inside
from jfml_policies.sources.find import find_policies
from jfml_policies.sources.found import Unread
from jfml_policies.sources.source import Source
from jfml_policies.text.masked import masked

ADDRESS = 'module.m["a.b"].data.aws_iam_policy_document.d[0]'
#: The arguments of a statement that nobody gave, as a plan has them.
NOTHING: dict[str, Any] = {
    "condition": [],
    "effect": None,
    "not_actions": None,
    "not_principals": [],
    "not_resources": None,
    "principals": [],
    "resources": None,
    "sid": None,
}


def statement(**arguments: object) -> dict[str, Any]:
    return {**NOTHING, "actions": ["s3:GetObject"], "resources": ["*"], **arguments}


def plan(
    after: dict[str, Any], unknown: dict[str, Any], *, sensitive: object = None, configuration: object = None
) -> str:
    change = {
        "address": ADDRESS,
        "module_address": 'module.m["a.b"]',
        "mode": "data",
        "type": "aws_iam_policy_document",
        "name": "d",
        "change": {
            "actions": ["read"],
            "after": {"override_json": None, "policy_id": None, "version": None, **after},
            "after_unknown": {"id": True, "json": True, **unknown},
            "after_sensitive": sensitive or {},
        },
    }
    return json.dumps(
        {
            "format_version": "1.2",
            "terraform_version": "1.11.4",
            "variables": {"token": {"value": "hunter2"}},
            "planned_values": {"root_module": {}},
            "resource_changes": [change],
            "configuration": configuration or {"root_module": {}},
        }
    )


def policies(text: str) -> list[Source | Unread]:
    found = find_policies(text, "plan.json")
    assert found is not None
    return list(found.policies)


def written(after: dict[str, Any], unknown: dict[str, Any] | None = None) -> dict[str, Any]:
    """The document that a plan makes, with the first values of its holes."""
    (found,) = policies(plan(after, unknown or {}))
    assert isinstance(found, Source)
    document: dict[str, Any] = json.loads(next(iter(next(iter(found.texts())))).text)
    return document


def reason(after: dict[str, Any], unknown: dict[str, Any] | None = None, **more: Any) -> str:
    """Why nothing is said of a document."""
    (found,) = policies(plan(after, unknown or {}, **more))
    assert isinstance(found, Unread)
    assert found.resource == ADDRESS
    return found.reason


def rules(after: dict[str, Any], unknown: dict[str, Any], **more: Any) -> list[str]:
    found = lint_inside(plan(after, unknown, **more), "plan.json")
    assert found is not None
    return [one.rule for one in found.findings]


def test_the_document_that_the_data_source_makes() -> None:
    """Arguments become elements, defaults are filled in, `&{` is a variable, and what nobody gave is not there."""
    principals = [{"type": "AWS", "identifiers": ["111122223333"]}, {"type": "AWS", "identifiers": ["444455556666"]}]
    conditions = [
        {"test": "StringLike", "variable": "s3:prefix", "values": ["&{aws:username}/*", "x"]},
        {"test": "StringLike", "variable": "aws:UserAgent", "values": ["y"]},
    ]
    first = statement(sid="One", principals=principals, condition=conditions)
    second = {**NOTHING, "effect": "Deny", "not_actions": ["s3:*"], "not_resources": ["arn:aws:s3:::&{aws:userid}"]}
    second |= {"principals": [{"type": "*", "identifiers": ["*"]}], "actions": []}

    assert written({"statement": [first, second], "policy_id": "P"}) == {
        "Version": "2012-10-17",
        "Id": "P",
        "Statement": [
            {
                "Sid": "One",
                "Effect": "Allow",
                "Action": ["s3:GetObject"],
                "Resource": ["*"],
                "Principal": {"AWS": ["111122223333", "444455556666"]},
                "Condition": {"StringLike": {"s3:prefix": ["${aws:username}/*", "x"], "aws:UserAgent": ["y"]}},
            },
            {
                "Effect": "Deny",
                "NotAction": ["s3:*"],
                "NotResource": ["arn:aws:s3:::${aws:userid}"],
                "Principal": "*",
            },
        ],
    }


def test_a_finding_stands_at_its_place_in_the_plan() -> None:
    """And names the data source's address; what is not known is no finding."""
    after = {"statement": [statement(actions=["s3:GetObjct", None], resources=[None])]}
    text = plan(after, {"statement": [{"actions": [False, True], "resources": [True]}]})
    found = lint_inside(text, "plan.json")

    assert found is not None
    assert ["invalid-action"] == [one.rule for one in found.findings]
    (finding,) = found.findings
    assert finding.span is not None
    assert '"s3:GetObjct"' == text[finding.span.start : finding.span.end]
    assert ADDRESS == finding.resource
    assert finding.fix is None or not finding.fix.edits


@pytest.mark.parametrize(
    ("after", "unknown"),
    [
        ({"resources": [None]}, {"resources": [True]}),
        ({"resources": None}, {"resources": True}),
        ({"actions": [None]}, {"actions": [True]}),
        ({"effect": None}, {"effect": True}),
        ({"sid": None}, {"sid": True}),
        (
            {"condition": [{"test": "StringEquals", "variable": "aws:SourceArn", "values": None}]},
            {"condition": [{"values": True}]},
        ),
    ],
    ids=["resource", "resources", "action", "effect", "sid", "values"],
)
def test_what_is_not_known_is_no_finding(after: dict[str, Any], unknown: dict[str, Any]) -> None:
    """Whatever it is that only apply tells."""
    known = {"actions": ["s3:GetObject"], "resources": ["arn:aws:s3:::b/*"], "effect": "Deny"}

    assert rules({"statement": [{**NOTHING, **known, **after}]}, {"statement": [unknown]}) == []


@pytest.mark.parametrize(
    ("after", "unknown", "why"),
    [
        ({}, {"statement": True}, "which blocks it has is known only after apply"),
        ({"statement": [None]}, {"statement": [True]}, "which blocks it has is known only after apply"),
        ({"statement": []}, {}, "it has no statement"),
        (
            {"statement": [statement(not_actions=["s3:*"], actions=None)]},
            {"statement": [{"actions": True}]},
            "which elements its statements have is known only after apply",
        ),
        (
            {"statement": [statement(principals=[{"type": "AWS"}])]},
            {"statement": [{"principals": True}]},
            "which blocks it has is known only after apply",
        ),
        (
            {"statement": [statement(principals=[{"identifiers": ["x"]}])]},
            {"statement": [{"principals": [{"type": True}]}]},
            "its form is known only after apply",
        ),
        (
            {"statement": [statement(condition=[{"test": "Bool", "values": ["true"]}])]},
            {"statement": [{"condition": [{"variable": True}]}]},
            "its form is known only after apply",
        ),
        (
            {"statement": [statement()], "override_policy_documents": [None]},
            {"override_policy_documents": [True]},
            "it is merged from documents that are known only after apply",
        ),
        (
            {"statement": [statement()]},
            {"source_policy_documents": True},
            "it is merged from documents that are known only after apply",
        ),
        ({"statement": [statement()], "source_policy_documents": ["{"]}, {}, "it is merged from a document that can't"),
        (
            {"statement": [statement()], "source_policy_documents": ["[]"]},
            {},
            "it is merged from a document that can't",
        ),
        ({"statement": [statement()], "override_json": "{}"}, {}, "it is merged by `override_json`"),
        (
            {"statement": [statement()], "source_policy_documents": ['{"Statement": [{"Sid": "A"}]}']},
            {"statement": [{"sid": True}]},
            "it is merged by Sids that are known only after apply",
        ),
    ],
    ids=[
        "statements",
        "statement",
        "empty",
        "pair",
        "principals",
        "type",
        "variable",
        "override",
        "sources",
        "broken",
        "list",
        "retired",
        "sid",
    ],
)
def test_nothing_is_said_of_what_is_not_told(after: dict[str, Any], unknown: dict[str, Any], why: str) -> None:
    """Where it depends on apply which statements there are, the document is named and not checked."""
    assert reason(after, unknown).startswith(why)


@pytest.mark.parametrize(
    "after",
    [
        {"statement": "x"},
        {"statement": {"actions": ["s3:*"]}},
        {"statement": [[]]},
        {"statement": [statement(actions="s3:*")]},
        {"statement": [statement(actions=[1])]},
        {"statement": [statement(actions=[None])]},
        {"statement": [statement(condition=[{"test": {}, "variable": 1, "values": []}])]},
        {"statement": [statement(principals=[{"type": "*", "identifiers": ["x"]}])]},
        {"statement": [statement(sid={})]},
        {"statement": [statement()], "version": []},
        {"statement": [statement()], "source_policy_documents": [{}]},
        {"statement": [statement()], "source_policy_documents": ['{"Statement": ["x"]}']},
    ],
)
def test_odd_plans_are_not_understood(after: dict[str, Any]) -> None:
    """A plan that no Terraform writes is no fault of the program, and nothing is made up of it."""
    assert reason(after)


@pytest.mark.parametrize("unknown", [None, True, [], "x", {"statement": {}}, {"statement": [1, [], None]}])
def test_odd_marks_are_survived(unknown: Any) -> None:
    """Whatever stands in `after_unknown`."""
    text = plan({"statement": [statement()]}, {})
    document = json.loads(text)
    document["resource_changes"][0]["change"]["after_unknown"] = unknown

    assert len(policies(json.dumps(document))) <= 1


def test_known_documents_are_merged_as_the_provider_does() -> None:
    """Sources first, then own statements, then overrides; a later statement takes the place of one of its Sid."""

    def document(*sids: str, action: str, **more: str) -> str:
        return json.dumps({**more, "Statement": [{"Sid": sid, "Effect": "Deny", "Action": action} for sid in sids]})

    after = {
        "source_policy_documents": [document("A", "B", action="s3:Get*"), None, document("C", "", action="s3:Put*")],
        "statement": [statement(sid="B"), statement()],
        "override_policy_documents": [document("C", "D", action="s3:*", Version="2008-10-17")],
    }
    made = written(after, {"source_policy_documents": [False, False, False]})

    assert [(one.get("Sid"), one["Action"]) for one in made["Statement"]] == [
        ("A", "s3:Get*"),
        ("B", ["s3:GetObject"]),
        ("C", "s3:*"),
        ("", "s3:Put*"),
        (None, ["s3:GetObject"]),
        ("D", "s3:*"),
    ]
    assert made["Version"] == "2008-10-17"


def test_a_finding_in_a_merged_document_stands_in_its_string() -> None:
    """Escapes of the string counted."""
    source = json.dumps({"Statement": [{"Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*"}]}, indent=2)
    text = plan(
        {"source_policy_documents": [source], "statement": [statement(resources=[None])]},
        {"source_policy_documents": [False], "statement": [{"resources": [True]}]},
    )
    found = lint_inside(text, "plan.json")

    assert found is not None
    places = {one.rule: one.span for one in found.findings}
    span = places["invalid-action"]
    assert span is not None
    assert text[span.start : span.end] == '\\"s3:GetObjct\\"'


def test_sensitive_values_are_never_shown() -> None:
    """A document with a sensitive value is not looked at, and of others nothing is shown but policies."""
    after = {"statement": [statement(actions=["s3:GetObjct"], resources=["arn:aws:s3:::hunter2/*"])]}
    for sensitive in (True, {"statement": True}, {"statement": [{"resources": [True]}]}):
        assert reason(after, sensitive=sensitive) == "it is marked as sensitive"
    text = plan({"statement": [statement()], "policy_id": None}, {})
    found = find_policies(text, "plan.json")
    assert found is not None

    shown = masked(text, found.hidden)
    assert "hunter2" not in shown
    assert "s3:GetObject" in shown


def use(type_: str, attribute: str, *references: str, **more: Any) -> dict[str, Any]:
    expressions = {attribute: {"references": list(references)}, **more.pop("expressions", {})}
    return {"mode": "managed", "type": type_, "name": "x", "expressions": expressions, **more}


def module(*resources: dict[str, Any], **calls: Any) -> dict[str, Any]:
    return {"resources": list(resources), "module_calls": calls}


DATA = ("data.aws_iam_policy_document.d[0].json", "data.aws_iam_policy_document.d[0]")
SCP = use("aws_organizations_policy", "content", "var.content")


@pytest.mark.parametrize(
    ("inner", "kind"),
    [
        (module(use("aws_iam_role", "assume_role_policy", *DATA)), ("trust", None)),
        (module(use("aws_s3_bucket_policy", "policy", *DATA)), ("resource", "AWS::S3::Bucket")),
        (module(n={"module": module(SCP), "expressions": {"content": {"references": [*DATA]}}}), ("scp", None)),
        (
            module(use("aws_iam_policy", "policy", "each.value.json", for_each_expression={"references": [DATA[1]]})),
            ("identity", None),
        ),
        (
            module(use("aws_organizations_policy", "content", *DATA, expressions={"type": {"references": ["var.t"]}})),
            (None, None),
        ),
        (
            module(use("aws_iam_policy", "policy", *DATA), use("aws_s3_bucket_policy", "policy", *DATA)),
            (None, None),
        ),
        (module(use("aws_iam_policy", "name", *DATA)), (None, None)),
        (module(use("aws_iam_policy", "policy", "data.aws_iam_policy_document.other.json")), (None, None)),
        ({"resources": [[], {"type": 1}], "module_calls": {"x": None}}, (None, None)),
    ],
    ids=["trust", "bucket", "variable", "for-each", "unknown-type", "two-uses", "name", "other", "odd"],
)
def test_the_kind_comes_from_where_a_document_is_used(inner: Any, kind: tuple[Any, Any]) -> None:
    """In its module, and in modules to which it is handed; where uses differ, the content tells."""
    configuration = {"root_module": module(m={"module": inner})}
    (found,) = policies(plan({"statement": [statement()]}, {}, configuration=configuration))

    assert isinstance(found, Source)
    assert (found.kind, found.resource_type) == kind


def test_a_guardrail_is_read_as_one() -> None:
    """A service control policy that allows everything is no finding."""
    after = {"statement": [statement(actions=["*"]), statement(effect="Deny", resources=[None])]}
    unknown = {"statement": [{}, {"resources": [True]}]}
    inner = module(use("aws_organizations_policy", "content", *DATA))

    assert rules(after, unknown, configuration={"root_module": module(m={"module": inner})}) == []
    assert rules(after, unknown) != []
