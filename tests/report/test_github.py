from __future__ import annotations

from jfml_policies.findings import Finding
from jfml_policies.report.github import render
from jfml_policies.report.interface import FileReport, Settings


def test_one_command_a_finding(reports: list[FileReport]) -> None:
    """The worst comes first; columns are given for a place on one line only, and end at the last character."""
    assert [
        "::error title=jfml-policies,file=c.json::no such file\n",
        (
            "::error title=jfml-policies invalid-action,file=a.json,line=7,endLine=7,col=18,endColumn=30"
            "::`s3:GetObjct` is not an action of s3 (did you mean `s3:GetObject`?)\n"
        ),
        "::warning title=jfml-policies broad-statement,file=a.json,line=4,endLine=9::everybody may write\n",
    ] == list(render(reports, Settings()))


def test_properties_and_messages_are_escaped() -> None:
    """Percent signs, colons and commas of a file's name can't end a property; a message keeps its colons."""
    finding = Finding("CODE", "suggestion", "100%: a, b")

    assert ["::notice title=jfml-policies code,file=a%25%3A%2Cb.json::100%25: a, b\n"] == list(
        render([FileReport("a%:,b.json", None, (finding,))], Settings())
    )


def test_files_are_named_from_the_root() -> None:
    """GitHub finds a file by its name from the repository's root; standard input is no file."""
    finding = Finding("CODE", "error", "m")

    assert ["::error title=jfml-policies code,file=a.json::m\n", "::error title=jfml-policies code::m\n"] == list(
        render([FileReport(name, None, (finding,)) for name in ("/work/a.json", "-")], Settings(root="/work"))
    )


def test_hostile_text_stays_within_its_command(hostile: FileReport) -> None:
    """No name or message starts a command of its own."""
    (line,) = render([hostile], Settings())

    assert line.removesuffix("\n").isprintable()
    assert line.startswith("::warning title=jfml-policies hostile,file=dir/")
