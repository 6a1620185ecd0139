from __future__ import annotations

import pytest

from jfml_policies.build.outputs.hcl import Block, Lines, heredoc, string, strings, written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${aws:username}", '"$${aws:username}"'),
        ("${", '"$${"'),
        ("$${", '"$$${"'),
        ("%{ if true }", '"%%{ if true }"'),
        ("$5 {a} 5%", '"$5 {a} 5%"'),
        ('a"b\\', '"a\\"b\\\\"'),
        ("a\nb", '"a\\nb"'),
        ("é\U0001f600", '"\\u00e9\\U0001f600"'),
    ],
)
def test_a_string_stands_for_itself(text: str, expected: str) -> None:
    """Templates, quotes, line ends and what is not ASCII are escaped; a sign before an escape stays a sign."""
    assert expected == string(text)


def test_a_heredoc_keeps_every_line_but_for_templates() -> None:
    """Characters that only some readers take for a line end do not end a line."""
    expected = ("<<END", "a\x85\u2028b\\n", "$${x}", "END")

    assert expected == heredoc("a\x85\u2028b\\n\n${x}\n", "END").lines


def test_blocks_are_laid_out_as_terraform_fmt_does() -> None:
    """Runs of lines are aligned; a list of several lines stands outside, a heredoc ends a run; blocks stand apart."""
    attributes: dict[str, str | Lines] = {
        "a": string("1"),
        "long": string("2"),
        "of_two": strings(["x", "y"]),
        "b": string("3"),
        "text": heredoc("raw\n", "END"),
        "c": string("4"),
    }
    expected = """\
outer {
  a    = "1"
  long = "2"
  of_two = [
    "x",
    "y",
  ]
  b    = "3"
  text = <<END
raw
END
  c = "4"

  inner {
    d = "5"
  }
}
"""

    assert expected == written([Block("outer", attributes, (Block("inner", {"d": string("5")}),))])
