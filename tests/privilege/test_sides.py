"""Policies, tasks and sets of requests as a side of a gap."""

from __future__ import annotations

from typing import Any

import pytest

from jfml_policies import Access, gap
from jfml_policies.build.tasks import Folder, ReadFolder, WriteFolder
from jfml_policies.errors import UsageError

READ = ReadFolder(Folder.of("acme", "train"))
WRITE = WriteFolder(Folder.of("acme", "scores"))


def allow(*actions: str, **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": "arn:aws:s3:::acme/*", **more}


def document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


DENY = document({**allow("s3:GetObject"), "Effect": "Deny"}, allow("s3:PutObject"))
GET = document(allow("s3:GetObject"))


@pytest.mark.parametrize(
    ("granted", "needed"),
    [
        (READ, READ.document()),
        (READ, Access.of(READ)),
        ([READ, WRITE], Access.of(READ) | Access.of(WRITE)),
        ([Access.of(READ), WRITE], [WRITE, READ.document()]),
        (Access.of(DENY), DENY),
    ],
    ids=["document", "set", "union", "mixed", "set with a Deny"],
)
def test_forms_of_the_same_leave_no_gap(granted: Any, needed: Any) -> None:
    assert gap(granted, needed).is_exact


def test_a_set_that_documents_spell_out_knows_its_statements() -> None:
    """The number is that of the entry which was given."""
    found = gap([GET, Access.of(READ)], GET)

    assert {1} == {one.source.document for one in found.excess if one.source is not None}
    assert len(found.excess) == len([one for one in found.excess if one.source is not None])


def test_any_other_set_has_regions_without_statements() -> None:
    """What is left of a set after another is taken away stands in no document."""
    needed = Access.of(document(allow("s3:Get*"))) - Access.of(GET)

    found = gap(document(allow("s3:Get*")), needed)

    assert [(("s3:GetObject",), None)] == [(one.region.actions, one.source) for one in found.excess]
    assert not found.shortage


def test_a_deny_of_a_document_does_not_reach_into_a_set() -> None:
    """Documents count together; a set of requests is what it is."""
    together, apart = gap([DENY, GET], GET), gap([DENY, Access.of(GET)], GET)

    assert ["s3:GetObject"] == [action for one in together.shortage for action in one.region.actions]
    assert () == apart.shortage
    assert ["s3:PutObject"] == [action for one in apart.excess for action in one.region.actions]


def test_an_assumption_holds_for_sets_too() -> None:
    tls = {"Bool": {"aws:SecureTransport": "true"}}
    granted = Access.of(document(allow("s3:GetObject", Condition=tls))) | Access.of(DENY)

    assert gap(granted, [Access.of(GET), Access.of(DENY)]).shortage
    assert gap(granted, [Access.of(GET), Access.of(DENY)], assuming={"aws:SecureTransport": "true"}).is_exact


@pytest.mark.parametrize("given", [[], [ReadFolder], 7, [7]], ids=["nothing", "a class", "a number", "numbers"])
def test_what_is_no_side_is_refused(given: Any) -> None:
    with pytest.raises(UsageError):
        gap(given, GET)
