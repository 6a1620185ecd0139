from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jfml_policies.linter.questions.coverage import Budget, CoverGroup, cover_groups, opaque_variables
from jfml_policies.patterns.glob import Glob, is_subset

PATTERNS = st.text(alphabet="abA*?", max_size=6)


def by_definition(texts: list[str], *, fold_case: bool) -> list[CoverGroup]:
    """The groups by comparing each entry with each."""
    globs = [Glob.parse(text, fold_case=fold_case) for text in texts]
    inside = [[is_subset(inner, outer) for outer in globs] for inner in globs]
    groups = []
    for place, glob in enumerate(globs):
        if glob in globs[:place]:
            continue
        if any(inside[place][other] and globs[other] != glob for other in range(len(globs))):
            continue
        covered = tuple(other for other in range(len(globs)) if other != place and inside[other][place])
        if covered:
            groups.append(CoverGroup(place, covered))
    return sorted(groups, key=lambda group: group.members[:2])


@given(st.lists(PATTERNS, max_size=8), st.booleans())
def test_groups_are_those_of_the_definition(texts: list[str], fold_case: bool) -> None:
    """Groups are the widest entries with all they hold, as pairwise inclusion says."""
    assert by_definition(texts, fold_case=fold_case) == cover_groups(texts, fold_case=fold_case)


def test_one_wide_pattern_over_many_names_costs_one_comparison_each() -> None:
    """A long list with one pattern is compared once a name, and names that begin otherwise not at all."""
    names = [f"s3:Get{number}" for number in range(1000)] + [f"ec2:Run{number}" for number in range(1000)]
    budget = Budget()
    before = budget.left

    groups = cover_groups([*names, "s3:Get*"], fold_case=True, budget=budget)

    assert [CoverGroup(2000, tuple(range(1000)))] == groups
    assert before - budget.left <= 1001


def test_past_the_budget_equal_entries_are_still_found() -> None:
    """A hostile list ends with the budget; what it repeats is reported all the same."""
    hostile = [f"*{number}?{number}*" for number in range(2000)]
    budget = Budget(1000)

    groups = cover_groups([*hostile, "*7?7*"], fold_case=False, budget=budget)

    assert CoverGroup(7, (2000,)) in groups
    assert budget.left > -1000


def test_everything_covers_a_long_list_without_comparing() -> None:
    """`*` is known to cover all without a single comparison."""
    budget = Budget(0)

    groups = cover_groups([f"a{number}*" for number in range(100)] + ["**"], fold_case=False, budget=budget)

    assert [CoverGroup(100, tuple(range(100)))] == groups


def test_a_variable_is_an_atom() -> None:
    """A variable is covered by itself and by `*`, not by `?`, and wildcards in an escape cover nothing."""
    texts = ["b/${aws:username}/x", "b/${aws:username}/*", "b/?/x", "b/${*}/x", "b/${aws:userid}/*"]

    assert [CoverGroup(1, (0,))] == cover_groups(texts, fold_case=False)
    assert [CoverGroup(5, (0, 1, 2, 3, 4))] == cover_groups([*texts, "b/*"], fold_case=False)


def test_opaque_variables_leave_other_text_alone() -> None:
    """Text without variables, and what is no variable, stays as it is."""
    assert ["a*", "${open", "{x}"] == opaque_variables(["a*", "${open", "{x}"])


@given(st.lists(st.text(alphabet="ab${}:,' *?", max_size=12), max_size=6))
def test_a_variable_never_makes_a_text_cover_more(texts: list[str]) -> None:
    """Whatever is covered with variables as atoms is covered when they are read as plain text with stars for values."""
    for group in cover_groups(texts, fold_case=False):
        for place in group.covered:
            inner = opaque_variables([texts[group.covering], texts[place]])
            assert is_subset(inner[1], inner[0])
