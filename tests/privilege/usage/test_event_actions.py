from __future__ import annotations

import pytest

from jfml_policies.catalog import load
from jfml_policies.privilege.usage.event_actions import _table, event_actions


@pytest.mark.parametrize(
    ("source", "name", "actions"),
    [
        ("sqs.amazonaws.com", "SendMessage", ("sqs:SendMessage",)),
        ("sqs.amazonaws.com", "SendMessageBatch", ("sqs:SendMessage",)),
        ("sqs.amazonaws.com", "DeleteMessageBatch", ("sqs:DeleteMessage",)),
        ("lambda.amazonaws.com", "InvokeWithResponseStream", ("lambda:InvokeFunction",)),
        ("monitoring.amazonaws.com", "GetMetricData", ("cloudwatch:GetMetricData",)),
        ("email.amazonaws.com", "SendEmail", ("ses:SendEmail",)),
        ("tagging.amazonaws.com", "GetResources", ("tag:GetResources",)),
        ("s3.amazonaws.com.cn", "GetObject", ("s3:GetObject",)),
        ("lambda.amazonaws.com", "Invoke", ("lambda:InvokeFunction",)),
        ("lambda.amazonaws.com", "ListFunctions20150331", ("lambda:ListFunctions",)),
        ("lambda.amazonaws.com", "AddPermission20150331v2", ("lambda:AddPermission",)),
        ("cloudfront.amazonaws.com", "GetDistribution2020_05_31", ("cloudfront:GetDistribution",)),
        ("kms.amazonaws.com", "ReEncrypt", ("kms:ReEncryptFrom", "kms:ReEncryptTo")),
        ("dynamodb.amazonaws.com", "TransactGetItems", ("dynamodb:GetItem",)),
        ("apigateway.amazonaws.com", "CreateRestApi", ("apigateway:POST",)),
        ("bedrock.amazonaws.com", "Converse", ("bedrock:InvokeModel",)),
        ("s3.amazonaws.com", "CreateBucket", ("s3:CreateBucket",)),
        ("sts.amazonaws.com", "GetCallerIdentity", ()),
        ("sts.amazonaws.com", "AssumeRoleWithWebIdentity", ()),
        ("sts.amazonaws.com", "AssumeRole", ("sts:AssumeRole",)),
    ],
)
def test_the_actions_of_an_operation(source: str, name: str, actions: tuple[str, ...]) -> None:
    """Prefixes, versions and the table are minded; an operation that needs no permission has no action."""
    found = event_actions(source, name)

    assert (actions, True) == (found.actions, found.is_known)


@pytest.mark.parametrize(
    ("name", "action"),
    [("Converse", "bedrock:InvokeModel"), ("ConverseStream", "bedrock:InvokeModelWithResponseStream")],
)
def test_a_conversation_with_a_model_is_an_invocation(name: str, action: str) -> None:
    assert (action,) == event_actions("bedrock.amazonaws.com", name).actions


def test_a_role_that_may_be_passed_is_no_action_of_the_call() -> None:
    """What depends on parameters stands apart."""
    found = event_actions("lambda.amazonaws.com", "CreateFunction20150331")

    assert (("lambda:CreateFunction",), ("iam:PassRole",)) == (found.actions, found.further)


@pytest.mark.parametrize(
    ("source", "name"),
    [("nothing.amazonaws.com", "GetObject"), ("s3.amazonaws.com", "Nothing"), ("", "20150331"), ("s3", "\ud800")],
)
def test_an_unknown_operation_is_said_to_be_unknown(source: str, name: str) -> None:
    """No action is made up from a name."""
    found = event_actions(source, name)

    assert ((), False) == (found.actions, found.is_known)


def test_every_action_of_the_table_is_in_the_catalogue() -> None:
    """The table grants nothing that AWS does not list."""
    strangers = {action for actions in _table().values() for action in actions if load().action(action) is None}

    assert set() == strangers
