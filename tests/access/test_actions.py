from __future__ import annotations

import pytest

from jfml_policies.access.actions import ActionNames
from jfml_policies.catalog import load
from jfml_policies.patterns.glob import Glob

WRITTEN = ("s3:GetObject", "S3:NOTYET", "s3:Not*", "zap:Zap", "nocolon", "a:b:c", "*", "s3:\u0130", "s3:A\u03a3")


@pytest.mark.parametrize(
    "patterns",
    [
        ("s3:GetObject",),
        ("s3:get*", "S3:Put?bject"),
        ("s3:*",),
        ("*",),
        ("*:*",),
        ("*:Get*",),
        ("s3:Not*",),
        ("s3:notyet",),
        ("zap:*",),
        ("s3*",),
        ("S3:I*", "s3:a\u03c3"),
        (),
    ],
)
def test_a_mask_has_the_names_that_match(patterns: tuple[str, ...]) -> None:
    """The known names and those that are written out, in any letter case."""
    names = ActionNames([*WRITTEN, *patterns])
    globs = [Glob.parse(pattern, fold_case=True) for pattern in patterns]
    known = {
        f"{prefix}:{name}"
        for prefix in load().prefixes
        for name in (*load().action_names(prefix), *load().retired_action_names(prefix))
    }
    mask = names.mask(patterns)

    assert {name.lower() for name in known if any(glob.matches(name) for glob in globs)} == {
        name.lower() for name in names.names(mask)
    }
    for written in ("S3:NOTYET", "zap:Zap"):
        bit = names.mask([written])
        assert 1 == bit.bit_count()
        assert any(glob.matches(written) for glob in globs) == bool(mask & bit)


@pytest.mark.parametrize("written", ["s3:Not*", "nocolon", "a:b:c", "s3:Get?"])
def test_what_no_request_can_ask_for_has_no_number(written: str) -> None:
    """A pattern, and a text without service and name, is no name."""
    mask = ActionNames([written]).mask([written])

    assert not any("*" in name or name.count(":") != 1 for name in ActionNames([written]).names(mask))
    assert not ActionNames([written]).has(written)


def test_the_first_name_is_as_aws_writes_it() -> None:
    """Known names keep their spelling, written ones are in lower case."""
    names = ActionNames(["s3:getobject", "ZAP:Zap", "s3:GETOBJECT", "zap:*", "s3:*"])

    assert "s3:GetObject" == names.first(names.mask(["s3:GETOBJECT"]))
    assert "zap:zap" == names.first(names.mask(["zap:*"]))
    assert names.is_known(names.mask(["s3:*"]))
    assert not names.is_known(names.mask(["zap:*"]))
