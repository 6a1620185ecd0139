from __future__ import annotations

from collections.abc import Callable

import pytest

from jfml_policies.diff.remarks import Remark
from jfml_policies.diff.sides import Side
from jfml_policies.findings import Span
from jfml_policies.report.answer import Answer, Piece, Spot
from jfml_policies.report.change_markdown import render
from jfml_policies.report.interface import Settings

EXPECTED = """\
### incomparable: `new.json` is incomparable with `old.json`: 2 pieces of access added, 1 removed

**Newly allowed**

- `s3:GetObject`, `s3:PutObject` (1 Read, 1 Write)
  - on `arn:aws:s3:::b/*`
  - by `AWS: 111122223333`
  - when `` `aws:SourceVpc` is `vpc-1` ``
  - when `` `aws:TagKeys` has a value that is `a` ``
  - except what old allows, too: `s3:Get* on arn:aws:s3:::b/public/*`
  - except what is denied: `s3:PutObject on *`
  - at `new.json`, line 4, Sid `Read`
  - for example `s3:GetObject on arn:aws:s3:::b/k by arn:aws:iam::111122223333:root with aws:SourceVpc = vpc-1, \
aws:TagKeys = [a, b]`
- every action
  - but `iam:*`, `sts:*`
  - on `*`
  - but `arn:aws:s3:::b/*`
  - by everybody
  - but `AWS: 111122223333`
  - at `new.json`, line 4
  - for example `s3:GetObject on arn:aws:s3:::b/k`

<details>
<summary>No longer allowed: 1 piece of access</summary>

- 41 actions (only action names outside the catalogue of 2026-03-01)
  - `ec2`: `RunInstances`
  - `s3`: SPANS and 10 more
  - on `arn:aws:s3:::b/*`
  - at `old.json`, line 4, Sid `Read`
  - for example `s3:GetObject on arn:aws:s3:::b/k`

</details>

### unknown: whether `a.json` allows more or less than `HEAD:a.json` is not known

Unknown: `too many cases`

Note: `a note`

### equivalent: `b.json` allows the same as `HEAD:b.json`
"""


def test_a_comment_on_a_pull_request(answers: list[Answer]) -> None:
    """A heading says the answer; lists under it say what came, what went, and what proves it."""
    spans = ", ".join(f"`Get{number:02}`" for number in range(30))

    assert EXPECTED.replace("SPANS", spans) == "".join(render(answers, Settings()))


def test_many_services_are_cut(make_piece: Callable[..., Piece]) -> None:
    """A comment stays within what GitHub takes."""
    piece = make_piece(actions=tuple(f"service{number}:Get" for number in range(3_000)))
    text = "".join(render([Answer("diff", "wider", "n", "o", pieces=(piece,))], Settings()))

    assert "  - and 2,960 more services\n" in text
    assert len(text) < 10_000


def test_a_comment_has_an_end(make_piece: Callable[..., Piece]) -> None:
    """Past what GitHub takes, pieces of access are counted, and each answer still has its heading."""
    pieces = tuple(make_piece(sid=f"S{number}") for number in range(2_000))
    answers = [Answer("diff", "wider", name, "o", pieces=pieces) for name in ("first", "second")]
    text = "".join(render(answers, Settings()))
    told = [line for line in text.splitlines() if line.endswith("of access left out here; the JSON format has all.")]

    assert len(text) < 65_536
    assert "### wider: `second` is wider" in text
    assert [line.split()[0] for line in told] == [f"{2_000 - text.count('Sid'):,}", "2,000"]


def test_a_comment_of_many_files_has_an_end() -> None:
    """Past what GitHub takes, even headings are counted."""
    answers = [Answer("diff", "wider", f"roles/{'a' * 100}/{number}.json", "o") for number in range(2_000)]
    text = "".join(render(answers, Settings()))

    assert len(text) < 65_536
    assert text.endswith(" more that are left out here; the JSON format has all.\n")
    assert 2_000 - text.count("###") == int(text.splitlines()[-1].split()[1].replace(",", ""))


def test_hostile_text_is_code(hostile_answer: Answer) -> None:
    """Of a hostile policy a Markdown reader makes no link, image, HTML or line of its own."""
    markdown_it = pytest.importorskip("markdown_it")
    tokens = markdown_it.MarkdownIt("commonmark").enable("table").parse("".join(render([hostile_answer], Settings())))
    pieces = [child for token in tokens if token.type == "inline" for child in token.children]
    shown = "".join(piece.content for piece in pieces if piece.type == "text")

    assert {"text", "code_inline", "strong_open", "strong_close"} == {piece.type for piece in pieces}
    assert not {"@", "[", "<", "|"} & set(shown)
    assert {"heading_open", "paragraph_open", "bullet_list_open", "list_item_open"} == {
        token.type for token in tokens if token.type.endswith("_open")
    }


def test_where_a_deny_and_a_fault_stand(make_piece: Callable[..., Piece]) -> None:
    """A Deny that makes the difference and an invalid element are told with their places, as code."""
    side = Side("old.json", "[\n1]")
    piece = make_piece(lifted=True)._replace(deny=Spot(side, ("Statement", 1), Span(2, 3)))
    remark = Remark("no `number`", "invalid", side, ("Statement", 0), Span(2, 3))
    text = "".join(render([Answer("diff", "wider", "n", "o", pieces=(piece,), unknown=(remark,))], Settings()))

    assert "  - denied before at `old.json`, line 2\n" in text
    assert "\nUnknown (invalid): `` old.json:2:1 (Statement[0]): no `number` ``\n" in text
