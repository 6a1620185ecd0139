"""Wrong parameters of JFrog ML's role: every one, at once, one line each."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from jfml_policies.build import jfrog_ml
from jfml_policies.errors import ParameterError

US_KEY = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
EU_KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
CN_KEY = "arn:aws-cn:kms:cn-north-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

TWO_REGIONS = (
    "kms_keys: the keys are in `eu-west-1` and `us-east-1`, but a bucket's keys are all in its region;"
    " give the keys of the results as write_kms_keys"
)
ACROSS_PARTITIONS = (
    "account: `377488441568`, JFrog ML Cloud's, is in the partition `aws` and cannot assume roles in `aws-cn`;"
    " give the account of your deployment there"
)


def problems_of(**arguments: Any) -> list[str]:
    with pytest.raises(ParameterError) as caught:
        jfrog_ml.role(**arguments)
    return list(caught.value.problems)


def test_all_wrong_parameters_are_told_at_once() -> None:
    """Every line as a person sees it, in the order of the parameters."""
    problems = problems_of(
        bucket="s3://acme-features/train/",
        prefix="/train/",
        write_bucket="Acme_out",
        write_prefix="out/*",
        kms_keys=["alias/features", 7, EU_KEY],
        account=377488441568,
        own_account="1111-2222-3333",
        role_name="team/reader",
        as_documented="yes",
        strict_prefix=1,
        role_patterns="all",
        region="us-east-1",
        partition="gov",
    )

    assert problems == [
        "bucket: `s3://acme-features/train/` is a URL; give `acme-features` as the bucket and `train/` as the prefix",
        "prefix: `/train/` begins with a slash, which keys in S3 do not: write `train/`",
        "write_bucket: `Acme_out` holds `A` and `_` where only lower-case letters, digits, dots and hyphens may stand",
        "write_prefix: `out/*` holds `*`, which a policy would not take literally: name one folder",
        "kms_keys: `alias/features` is an alias, which a policy does not follow; give the ARN of its key",
        "kms_keys: item 2 must be text, not a number",
        f"kms_keys: `{EU_KEY}` is in `eu-west-1`, but the buckets are in `us-east-1`",
        "account: must be text, not a number",
        "own_account: `1111-2222-3333` is not 12 digits; write `111122223333`",
        "role_name: `team/reader` holds a `/`; give the name without its path",
        "as_documented: must be true or false, not text",
        "strict_prefix: must be true or false, not a number",
        "role_patterns: must be `both` or `base`, not `all`",
        "partition: must be `aws`, `aws-cn` or `aws-us-gov`, not `gov`",
    ]


@pytest.mark.parametrize(
    ("arguments", "problems"),
    [
        (
            {"kms_keys": [US_KEY], "region": "eu-west-1"},
            [f"kms_keys: `{US_KEY}` is in `us-east-1`, but the buckets are in `eu-west-1`"],
        ),
        ({"kms_keys": [US_KEY, EU_KEY]}, [TWO_REGIONS]),
        ({"kms_keys": [CN_KEY]}, [f"kms_keys: `{CN_KEY}` is in the partition `aws-cn`, not `aws`"]),
        ({"region": "cn-north-1"}, ["region: `cn-north-1` is not in the partition `aws`"]),
        ({"partition": "aws-cn"}, [ACROSS_PARTITIONS]),
        (
            {"own_account": "377488441568"},
            ["own_account: `377488441568` is JFrog ML Cloud's; give the account that owns the buckets"],
        ),
        (
            {"write_kms_keys": [US_KEY]},
            ["write_kms_keys: nothing is written; give write_bucket or write_prefix too, or use kms_keys"],
        ),
        (
            {"as_documented": True, "prefix": "train/", "role_patterns": "base"},
            [
                "prefix: the documented policies have no place for it; leave it out, or as_documented",
                "role_patterns: the documented policies name both patterns; leave out role_patterns or as_documented",
            ],
        ),
    ],
)
def test_parameters_that_contradict_one_another_are_told(arguments: dict[str, Any], problems: list[str]) -> None:
    """Regions, partitions, accounts and options that do not go together."""
    assert problems_of(bucket="acme-features", **arguments) == problems


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30) | st.binary(max_size=3) | st.just("\ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
_NAMES = [*jfrog_ml.RoleParameters.model_fields, "bukcet"]


@given(st.dictionaries(st.sampled_from(_NAMES), _ANYTHING))
def test_any_values_give_a_role_or_our_error(given: dict[str, Any]) -> None:
    """Whatever is handed in, no built-in exception comes out, and every line is short and names its parameter."""
    problems: tuple[str, ...] = ()
    try:
        jfrog_ml.role_from(jfrog_ml.RoleParameters.of(given))
    except ParameterError as error:
        problems = error.problems
        event("refused")
    for problem in problems:
        assert problem.isprintable()
        assert problem.startswith((*(f"{name}: " for name in _NAMES), "`bukcet` is not a parameter"))
