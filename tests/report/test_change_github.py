from __future__ import annotations

from jfml_policies.report.answer import Answer
from jfml_policies.report.change_github import render
from jfml_policies.report.interface import Settings


def test_annotations(answers: list[Answer]) -> None:
    """New access is an error on its statement, what went a notice on the file, doubt a warning."""
    first, second, third, fourth, fifth = render(answers, Settings())

    assert first == (
        "::error title=jfml-policies diff%3A incomparable,file=new.json,line=4,endLine=9::newly allowed: "
        "s3:GetObject, s3:PutObject (1 Read, 1 Write) on arn:aws:s3:::b/* by AWS: 111122223333 when `aws:SourceVpc` "
        "is `vpc-1` and `aws:TagKeys` has a value that is `a`, except what old allows, too: s3:Get* on "
        "arn:aws:s3:::b/public/*, except what is denied: s3:PutObject on *; for example s3:GetObject on "
        "arn:aws:s3:::b/k by arn:aws:iam::111122223333:root with aws:SourceVpc = vpc-1, aws:TagKeys = [a, b]\n"
    )
    assert second.startswith("::error title=jfml-policies diff%3A incomparable,file=new.json,line=4,endLine=9::")
    assert third == "::warning title=jfml-policies diff%3A unknown,file=a.json::unknown: too many cases\n"
    assert fourth.startswith("::notice title=jfml-policies diff%3A incomparable,file=new.json::no longer allowed: s3:")
    assert fifth == "::notice title=jfml-policies diff%3A unknown,file=a.json::note: a note\n"


def test_hostile_text_stays_within_its_command(hostile_answer: Answer) -> None:
    """No name and no policy starts a command of its own."""
    lines = list(render([hostile_answer], Settings()))

    assert len(lines) == 2 + len(hostile_answer.pieces)
    for line in lines:
        assert line.removesuffix("\n").isprintable()
        assert line.startswith(("::error title=", "::warning title=", "::notice title="))


def test_an_annotation_names_the_resource(answers: list[Answer]) -> None:
    """Of a template many policies have annotations without a line."""
    home = answers[0].home._replace(resource="Role.Policy")
    answer = answers[0]._replace(asked=(home,))

    lines = list(render([answer], Settings()))

    assert lines
    assert all(line.endswith(" (in Role.Policy)\n") for line in lines)
