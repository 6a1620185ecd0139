from __future__ import annotations

import re
from html import unescape

from jfml_policies.diff.picture import Cell, Lot, Picture, Row
from jfml_policies.report.html_tags import joined
from jfml_policies.report.picture_html import picture_of_change, picture_of_need, pictured

LOTS: tuple[Lot, ...] = ("added", "removed", "wider", "narrower", "mixed", "unknown")


def page_of(*rows: Row) -> str:
    return unescape(joined(pictured(Picture(rows), picture_of_change, numbered="p")))


def words(page: str) -> str:
    return re.sub(r"<[^>]*>", "", page)


def test_each_lot_has_a_sign_words_and_a_pattern() -> None:
    """What became of an action is told without colour."""
    page = page_of(Row("s3", (Cell("Write", 50, 6, 6, dict.fromkeys(LOTS, ("X",))),)))

    for lot, sign in zip(LOTS, "+\u2212▲▼◆?", strict=True):
        assert (
            f'<span aria-hidden="true">{sign}1</span><span class="unseen">1 {picture_of_change.lots[lot]}</span>'
            in page
        )
        assert f'<rect class="{lot}" ' in page


def test_numbers_before_and_after() -> None:
    """A cell tells both, of how many there are; where they are equal, one is enough."""
    page = page_of(
        Row("s3", (Cell("Read", 60, 2, 2, {}), Cell("Write", 50, 2, 5, {"added": ("A", "B", "C")}))),
    )

    assert "2 of 60" in words(page)
    assert "2 → 5 of 50" in words(page)


def test_bars_are_shares_of_the_level() -> None:
    """Half of all actions is half of the bar; what is there at all can be seen."""
    page = page_of(Row("s3", (Cell("Read", 10, 5, 5, {}), Cell("Write", 1_000, 0, 1, {"added": ("A",)}))))

    assert '<rect class="same" x="0.0" y="1" width="50.0" height="8"></rect>' in page
    assert '<rect class="added" x="0.0" y="1" width="4.0" height="8"></rect>' in page


def test_services_that_changed_come_first() -> None:
    """The others follow under a heading of their own, and a row sums all up."""
    same = Row("ecr", (Cell("Read", 10, 5, 5, {}),))
    changed = Row("s3", (Cell("Read", 10, 5, 4, {"removed": ("GetObject",)}),))
    page = words(page_of(same, changed))

    order = [page.index(one) for one in ("All services", "Changed · 1 service", "s3", "As before · 1 service", "ecr")]
    assert sorted(order) == order
    assert "10 → 9 of 20" in page


def test_very_many_services_are_summed_up() -> None:
    """Those with most permissions management and writing are shown, one row stands for the rest."""
    rows = [Row(f"a{number:03}", (Cell("List", 1, 0, 1, {"added": ("A",)}),)) for number in range(100)]
    calm = [Row(f"b{number:03}", (Cell("List", 1, 1, 1, {}),)) for number in range(50)]
    strong = Row("zz", (Cell("Permissions management", 1, 0, 1, {"added": ("P",)}),))
    page = words(page_of(*rows, *calm, strong))

    assert page.index("zz") < page.index("a000")
    assert "71 more services" in page
    assert "50 services" in page
    assert "The names of 71 more services are not shown here" in page


def test_names_of_the_actions_that_changed() -> None:
    """Few are shown at once, many when asked for, and very many are cut."""
    few = page_of(Row("s3", (Cell("Read", 10, 0, 1, {"added": ("GetObject",)}),)))
    many = page_of(Row("s3", (Cell("Read", 90, 0, 90, {"added": tuple(f"G{number}" for number in range(90))}),)))

    assert 'id="names-p" open>' in few
    assert "newly allowed: GetObject" in words(few)
    assert 'id="names-p">' in many
    assert "and 50 more" in words(many)


def test_levels_without_access_have_no_column() -> None:
    """Only what occurs is shown; names outside the catalogue have a column of their own."""
    page = words(page_of(Row("foo", (Cell("", 0, 1, 0, {"removed": ("Bar",)}),))))

    assert "Not in the catalogue" in page
    assert "Tagging" not in page


def test_a_need_is_no_change() -> None:
    """Nothing changed where what is needed stands beside what is granted."""
    row = Row("s3", (Cell("Read", 10, 5, 4, {"removed": ("GetObject",)}),))
    page = words(unescape(joined(pictured(Picture((row,)), picture_of_need, numbered="p"))))

    assert "Otherwise than needed · 1 service" in page
    assert "Names of 1 action granted otherwise than needed" in page
    assert "hanged" not in page
