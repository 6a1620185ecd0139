from __future__ import annotations

import pytest

from jfml_policies.catalog import load
from jfml_policies.privilege.escalation_paths import CATEGORIES, PATHS, EscalationPath


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.id)
def test_every_action_exists(path: EscalationPath) -> None:
    """Each permission is an action that AWS lists today, in AWS's spelling."""
    found = [load().action(action) for action in path.permissions]

    assert [*path.permissions] == [action.full_name for action in found if action is not None and not action.retired]


def test_paths_are_told_apart() -> None:
    """Ids and permission sets are given once, but for a set that is aimed at oneself and at others."""
    ids = [path.id for path in PATHS]
    sets = [(path.category, frozenset(path.permissions), path.service) for path in PATHS]

    assert len(ids) == len(set(ids))
    assert len(sets) == len(set(sets))
    assert set(CATEGORIES) == {path.category for path in PATHS}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.id)
def test_a_role_is_passed_to_a_service(path: EscalationPath) -> None:
    """A path names a service exactly when it passes a role, which is its first permission then."""
    passes = "iam:PassRole" in path.permissions

    assert passes == (path.category == "new-passrole") == (path.service is not None)
    assert not passes or path.permissions[0] == "iam:PassRole"


def test_variants_name_their_path() -> None:
    """What a path is a variant of is a path, and takes no permission that the variant lacks."""
    paths = {path.id: path for path in PATHS}
    variants = [path for path in PATHS if path.variant_of is not None]

    assert variants
    assert all(set(paths[one.variant_of or ""].permissions) <= set(one.permissions) for one in variants)
