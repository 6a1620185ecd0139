from __future__ import annotations

from jfml_policies.access.difference import boxed, candidates
from jfml_policies.access.space import Space
from jfml_policies.policy.parse import parse_document


def test_a_candidate_names_a_statement_of_each_allowing_policy() -> None:
    """Also where statements of two policies mean the same, so that they share a box."""
    same = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    one, two = [parse_document({"Statement": [{**same, "Sid": sid}]}) for sid in ("First", "Second")]
    space = Space([one, two])
    (candidate,) = candidates([boxed(space, one), boxed(space, two)], [])

    assert (one.statements[0], two.statements[0]) == candidate.allowing
    assert 1 == len(candidate.boxes)
