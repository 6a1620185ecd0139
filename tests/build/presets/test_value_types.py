"""The types of a preset's parameters."""

from __future__ import annotations

import pytest

from jfml_policies.build.presets.preset import ParameterSpec
from jfml_policies.build.presets.value_types import external_id_problem, problem_finder


@pytest.mark.parametrize(
    ("spec", "text"),
    [
        (ParameterSpec(type="text", help="", also="-"), "acme-1"),
        (ParameterSpec(type="text", help="", also="/_"), "group/sub_1/project"),
        (ParameterSpec(type="text", help="", also=":/.-"), "https://gitlab.example.com"),
        (ParameterSpec(type="choice", help="", choices=("plan", "apply")), "apply"),
        (ParameterSpec(type="role-arn", help=""), "arn:aws-us-gov:iam::111122223333:role/path/name"),
        (ParameterSpec(type="inference-profile", help=""), "eu.amazon.nova-lite-v1:0"),
        (
            ParameterSpec(type="inference-profile", help=""),
            "arn:aws:bedrock:eu-west-1:111122223333:application-inference-profile/a1b2",
        ),
        (ParameterSpec(type="user-arn", help=""), "arn:aws:iam::111122223333:user/externalstages/ab1234"),
    ],
)
def test_right_values(spec: ParameterSpec, text: str) -> None:
    """Nothing is wrong with them."""
    assert problem_finder(spec)(text) is None


@pytest.mark.parametrize(
    ("spec", "text", "problem"),
    [
        (ParameterSpec(type="text", help=""), "", "`` is empty"),
        (ParameterSpec(type="text", help=""), "a*", "`a*` holds `*` where only letters, digits may stand"),
        (ParameterSpec(type="text", help="", also=" "), "a ", "`a ` begins or ends with white space"),
        (ParameterSpec(type="text", help="", also="/"), "a//b", "`a//b` has an empty part beside a slash"),
        (ParameterSpec(type="text", help="", longest=2), "abc", "`abc` is longer than 2 characters"),
        (ParameterSpec(type="role-arn", help=""), "name", "`name` is not the ARN of a role, as in"),
        (ParameterSpec(type="role-arn", help=""), "arn:aws:iam::111122223333:role/a*", "names `role/a*` where"),
        (ParameterSpec(type="role-arn", help=""), "arn:aws:iam::111122223333:user/a", "where `role/NAME` belongs"),
        (
            ParameterSpec(type="inference-profile", help=""),
            "arn:aws:bedrock:eu-west-1:111122223333:inference-profile/eu.m-1",
            "is no inference profile's id, as in `eu.amazon.nova-lite-v1:0`, or `arn:aws:bedrock:REGION",
        ),
        (ParameterSpec(type="user-arn", help=""), "arn:aws:iam::1:user/a", "where the 12 digits of the account belong"),
        (ParameterSpec(type="user-arn", help=""), "arn:aws-x:iam::111122223333:user/a", "names the partition `aws-x`"),
    ],
)
def test_wrong_values(spec: ParameterSpec, text: str, problem: str) -> None:
    """Each is told what is wrong, above all with what would mean something else in a policy."""
    found = problem_finder(spec)(text)

    assert found is not None
    assert problem in found


@pytest.mark.parametrize("text", ["a", "a" * 1225, "a*", "${aws:username}", "ä" * 8])
def test_what_is_no_external_id(text: str) -> None:
    """STS takes 2 to 1,224 of its characters."""
    assert external_id_problem(text) is not None
    assert external_id_problem("a=1,b@c.d:e/f-g_h+i") is None
