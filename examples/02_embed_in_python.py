"""For whoever writes a service that takes policies from its users: what a request for more access would mean.

A self-service portal keeps the policy of each team. A team hands in a new one as text; the portal answers as a careful
reviewer would: what is wrong with it, where, what it would allow beyond today, whether it opens a way to become an
administrator, and whether it may pass by itself.

    python examples/02_embed_in_python.py
"""

from __future__ import annotations

import jfml_policies as jp

TODAY = """\
{
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/train/*"}
  ]
}
"""
#: (what the team writes beside it, the policy that it hands in)
REQUESTS = (
    ("only the layout", TODAY.replace('"s3:GetObject"', '["s3:GetObject"]').replace("\n", "")),
    ("we need the other folders, too", TODAY.replace("train/*", "*")),
    ("a typing error", TODAY.replace("s3:GetObject", "s3:GetObjects")),
    (
        "we deploy functions now",
        TODAY.replace('"s3:GetObject"', '["lambda:*", "iam:PassRole"]').replace(
            "arn:aws:s3:::acme-features/train/*", "*"
        ),
    ),
    ("an unfinished text", TODAY[:-4]),
)


def review(handed_in: str) -> tuple[str, list[str]]:
    """What the portal does with a policy (`accepted`, `a person decides` or `refused`), and why, a line a reason."""
    mistakes = [finding for finding in jp.lint(handed_in, kind="identity") if finding.severity != "suggestion"]
    if any(finding.severity == "error" for finding in mistakes):
        return "refused", [place_and_problem(handed_in, finding) for finding in mistakes]
    change = jp.compare(TODAY, handed_in, kind="identity")
    if change.relation in {"equivalent", "narrower"}:
        return "accepted", [f"it is {change.relation}: nothing is allowed that is not allowed today"]
    reasons = [f"new: {', '.join(region.actions)} on {', '.join(region.resources)}" for region in change.added]
    if change.witness_added is not None:
        reasons.append(f"as a request: {change.witness_added.action} on {change.witness_added.resource}")
    reasons += [f"not decided: {reason}" for reason in change.unknown]
    reasons += [f"whoever has it can {answer.path.effect}" for answer in jp.risks(handed_in).open_paths[:3]]
    return "a person decides", reasons


def place_and_problem(text: str, finding: jp.Finding) -> str:
    """One finding as a line: where, what, and the remedy."""
    line = 1 if finding.span is None else text.count("\n", 0, finding.span.start) + 1
    return f"line {line}: {finding.message}" + (f" ({finding.hint})" if finding.hint else "")


def main() -> None:
    """Shows what comes of each request."""
    for remark, handed_in in REQUESTS:
        answer, reasons = review(handed_in)
        print(f"{remark}: {answer}")
        for reason in reasons:
            print(f"    {reason}")


if __name__ == "__main__":
    main()
