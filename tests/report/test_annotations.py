from __future__ import annotations

from jfml_policies.report.annotations import SHOWN, Annotation, Kind, commands


def made(kind: Kind, number: int, *, rank: int = 0) -> list[Annotation]:
    return [Annotation(kind, "a.json", None, "t", f"{kind} {index}", rank) for index in range(number)]


def test_what_github_shows_comes_first() -> None:
    """Errors before warnings before notices, and within a kind the worst, else as they came."""
    mild = made("warning", 2, rank=1)
    bad = [Annotation("warning", "a.json", None, "t", "bad")]

    assert ["error 0", "bad", "warning 0", "warning 1", "notice 0"] == [
        line.rstrip("\n").rpartition("::")[2] for line in commands([*made("notice", 1), *mild, *bad, *made("error", 1)])
    ]


def test_as_many_as_github_shows_need_no_word() -> None:
    """Ten of each kind are shown."""
    full = [*made("error", SHOWN), *made("warning", SHOWN), *made("notice", SHOWN)]

    assert len(full) == len(list(commands(full)))


def test_a_notice_tells_what_is_not_shown() -> None:
    """The first line counts what GitHub shows of each kind that has more; it takes a notice's place itself."""
    first, *others = commands([*made("error", 12), *made("warning", 3), *made("notice", 10)])

    assert first == (
        "::notice title=jfml-policies::GitHub shows 10 of 12 errors and 9 of 10 notices as annotations, the worst "
        "first; this step's log has all, and formats as `sarif` have all\n"
    )
    assert len(others) == 25


def test_a_log_has_an_end() -> None:
    """Of very many the worst are written, and the notice says how many."""
    first, *others = commands([*made("warning", 3_000), *made("error", 1)])

    assert "this step's log has 1,000" in first
    assert others[0].startswith("::error ")
    assert len(others) == 1_000
