"""One policy with its findings, and answers about access, for every renderer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest

from jfml_policies.access.regions import Region
from jfml_policies.access.request import Context, Request
from jfml_policies.diff.remarks import Remark
from jfml_policies.diff.sides import Side
from jfml_policies.findings import Edit, Finding, Fix, Related, Span
from jfml_policies.report.answer import SIGNS, Answer, Effect, Piece, Spot
from jfml_policies.report.interface import FileReport

POLICY = """\
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Read",
      "Effect": "Allow",
      "Action": ["s3:GetObjct", "s3:PutObject"],
      "Resource": "*"
    }
  ]
}
"""


def span_of(piece: str) -> Span:
    start = POLICY.index(piece)
    return Span(start, start + len(piece))


@pytest.fixture
def finding() -> Finding:
    return Finding(
        code="INVALID_ACTION",
        severity="error",
        message="`s3:GetObjct` is not an action of s3",
        path=("Statement", 0, "Action", 0),
        span=span_of('"s3:GetObjct"'),
        hint="did you mean `s3:GetObject`?",
        fix=Fix("replace `s3:GetObjct` by `s3:GetObject`", (Edit(span_of("s3:GetObjct"), "s3:GetObject"),), safe=True),
        related=(Related(("Statement", 0, "Resource"), span_of('"*"'), "on this resource"),),
        sid="Read",
    )


@pytest.fixture
def statement_finding() -> Finding:
    start = POLICY.index("    {") + 4
    return Finding(
        code="BROAD_STATEMENT",
        severity="security-warning",
        message="everybody may write",
        path=("Statement", 0),
        span=Span(start, POLICY.index("    }") + 5),
        sid="Read",
    )


@pytest.fixture
def reports(finding: Finding, statement_finding: Finding) -> list[FileReport]:
    """A file with two findings, a clean one, and one that could not be read."""
    return [
        FileReport("a.json", POLICY, (statement_finding, finding)),
        FileReport("b.json"),
        FileReport("c.json", problem="no such file"),
    ]


@pytest.fixture
def hostile() -> FileReport:
    """Escape sequences, direction overrides, line ends, lone surrogates and markup wherever text may stand."""
    nasty = "\x1b[31m\u202e\r\n::error::x\u2028\ud800`|</td>@team[a](b)"
    text = f'{{"{nasty}": 1}}'
    finding = Finding(
        code="HOSTILE",
        severity="warning",
        message=f"`{nasty}` is odd",
        path=(nasty,),
        span=Span(1, len(text) - 4),
        hint=f"not {nasty}",
        fix=Fix(f"drop {nasty}", (Edit(Span(1, 3), nasty),)),
        related=(Related((), Span(0, 5), nasty),),
        sid=nasty,
    )
    return FileReport(f"dir/{nasty}.json", text, (finding,))


@pytest.fixture
def make_region() -> Callable[..., Region]:
    """Makes a region; what is not given is as in a plain statement."""

    def make(**given: Any) -> Region:
        usual: dict[str, Any] = {
            "actions": ("s3:GetObject", "s3:PutObject"),
            "except_actions": (),
            "resources": ("arn:aws:s3:::b/*",),
            "except_resources": (),
            "principals": (),
            "except_principals": (),
            "conditions": (),
            "exceptions": (),
            "access_levels": (("Read", 1), ("Write", 1)),
            "only_unknown_actions": False,
            "path": ("Statement", 0),
            "sid": "Read",
            "lifted": False,
            "denied_at": None,
            "witness": Request("s3:GetObject", "arn:aws:s3:::b/k"),
        }
        return Region(**usual | given)

    return make


@pytest.fixture
def make_piece(make_region: Callable[..., Region]) -> Callable[..., Piece]:
    """Makes a piece of access of the statement of `POLICY`."""

    def make(effect: Effect = "added", *, file: str = "new.json", **given: Any) -> Piece:
        start = POLICY.index("    {") + 4
        return Piece(effect, make_region(**given), file, POLICY, Span(start, POLICY.index("    }") + 5))

    return make


@pytest.fixture
def answers(make_piece: Callable[..., Piece]) -> list[Answer]:
    """A comparison with all that a region can hold, one that is not known, and one that changed nothing."""
    context: Context = {"aws:SourceVpc": "vpc-1", "aws:TagKeys": ["a", "b"]}
    principal = "arn:aws:iam::111122223333:root"
    pieces = (
        make_piece(
            principals=("AWS: 111122223333",),
            conditions=("`aws:SourceVpc` is `vpc-1`", "`aws:TagKeys` has a value that is `a`"),
            exceptions=("Allow s3:Get* on arn:aws:s3:::b/public/*", "Deny s3:PutObject on *"),
            witness=Request("s3:GetObject", "arn:aws:s3:::b/k", principal, context),
        ),
        make_piece(
            actions=("*",),
            except_actions=("iam:*", "sts:*"),
            resources=("*",),
            except_resources=("arn:aws:s3:::b/*",),
            principals=("*",),
            except_principals=("AWS: 111122223333",),
            access_levels=(),
            sid=None,
            lifted=True,
        ),
        make_piece(
            "removed",
            file="old.json",
            actions=(*[f"s3:Get{number:02}" for number in range(40)], "ec2:RunInstances"),
            access_levels=(),
            only_unknown_actions=True,
        ),
    )
    return [
        Answer("diff", "incomparable", "new.json", "old.json", pieces=pieces, catalog_date="2026-03-01"),
        Answer(
            "diff",
            "unknown",
            "a.json",
            "HEAD:a.json",
            unknown=(Remark("too many cases"),),
            notes=(Remark("a note", "document"),),
        ),
        Answer("diff", "equivalent", "b.json", "HEAD:b.json"),
    ]


@pytest.fixture
def hostile_answer(make_region: Callable[..., Region]) -> Answer:
    """The same texts as in `hostile`, in every place of an answer."""
    nasty = "\x1b[31m\u202e\r\n::error::x\u2028\ud800`|</td>@team[a](b)"
    region = make_region(
        actions=(nasty, f"{nasty}:x"),
        except_actions=(nasty,),
        resources=(nasty,) * 3,
        except_resources=(nasty,),
        principals=(nasty,),
        except_principals=(nasty,),
        conditions=(nasty, nasty),
        exceptions=(f"Allow {nasty}", f"Deny {nasty}", nasty),
        access_levels=(),
        path=("Statement", nasty),
        sid=nasty,
        witness=Request(nasty, nasty, nasty, {nasty: [nasty, nasty]}),
    )
    many = make_region(actions=tuple(f"{nasty}{number}:{nasty}" for number in range(50)))
    deny = Spot(Side(nasty, nasty), (nasty, 1), Span(0, 2))
    pieces = tuple(Piece(effect, shown, nasty, nasty, Span(1, 4), deny) for shown in (region, many) for effect in SIGNS)
    side = Side(nasty, nasty)
    remarks = (Remark(nasty), Remark(nasty, "document", side, (nasty, 0), Span(0, 2)))
    return Answer("diff", "incomparable", nasty, nasty, pieces=pieces, unknown=remarks[:1], notes=remarks[1:])


#: All that a page of ours is made of.
_ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "footer", "nav", "section", "article"),
    *("h1", "h2", "h3", "h4", "p", "a", "span", "strong", "code", "mark", "pre", "figure", "figcaption", "ul", "li"),
    *("dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td", "div", "details", "summary"),
    *("fieldset", "legend", "label", "input", "svg", "defs", "pattern", "rect"),
}
_ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "href", "class", "id", "dir", "type", "checked", "open"),
    *("role", "aria-label", "aria-labelledby", "aria-hidden", "tabindex", "focusable", "scope", "colspan"),
    *("viewbox", "preserveaspectratio", "x", "y", "width", "height", "patternunits", "patterntransform"),
}
_VOID = frozenset(("meta", "input"))


class Page(HTMLParser):
    """A page as a strict reader sees it; what a page of ours never holds is an error.

    Attributes:
        texts: the texts, without those of the style.
        counts: how many elements there are of each name.
        headings: the levels of the headings, in order.
    """

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.counts: Counter[str] = Counter()
        self.headings: list[int] = []
        self.classes: Counter[str] = Counter()
        self._open: list[str] = []
        self._ids: set[str] = set()
        self._links: set[str] = set()
        page.encode()
        self.feed(page)
        self.close()
        assert [] == self._open
        assert self._links <= self._ids

    @property
    def text(self) -> str:
        """All text."""
        return "".join(self.texts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert tag in _ELEMENTS
        assert given.keys() <= _ATTRIBUTES
        assert len(given) == len(attrs)
        self.counts[tag] += 1
        self.classes.update((given.get("class") or "").split())
        if tag in {"h1", "h2", "h3", "h4"}:
            self.headings.append(int(tag[1]))
        if given.get("id"):
            assert given["id"] not in self._ids
            self._ids.add(given["id"] or "")
        if "href" in given:
            href = given["href"] or ""
            assert href.startswith("#")
            self._links.add(href[1:])
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag == self._open.pop()

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.texts.append(data)
            assert all(char.isprintable() or char in "\n\u00a0" for char in data)

    def handle_decl(self, decl: str) -> None:
        assert decl == "doctype html"

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


@pytest.fixture
def read_page() -> Callable[[Iterable[str]], Page]:
    """Reads the pieces of a page and holds them to what a page of ours is made of."""

    def read(pieces: Iterable[str]) -> Page:
        page = Page("".join(pieces))
        assert 1 == page.counts["h1"] == page.counts["main"]
        # No heading skips a level on the way down.
        assert all(later <= earlier + 1 for earlier, later in pairwise(page.headings))
        return page

    return read
