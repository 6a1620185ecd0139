from __future__ import annotations

import re
from collections.abc import Callable


def test_policies_that_only_seem_to_keep_a_demand_are_found(example: Callable[..., str]) -> None:
    """Each of the four breaks one, at its place and with a request as proof; mended, none does."""
    said = example("09_rules_without_code.py")
    before, _, after = said.partition("# the same policies, mended\n")

    assert [
        ("helpdesk.json", "4", "acme-no-users", "`iam:CreateUser` is allowed"),
        ("reader.json", "8", "acme-lake-endpoint", "(through `s3:DeleteObject` and `s3:GetObject`)"),
        ("template.yaml", "13", "acme-team-tag", "`ec2:RunInstances` without `aws:RequestTag/team` is allowed"),
        ("trust.json", "6", "acme-trust", "444455556666:assumed-role/other-role/other-session` is allowed"),
    ] == re.findall(
        r"^(\S+?):(\d+):\d+: \S+\[([\w-]+)\]: .*?"
        r"((?<=: )`iam:\S+ is allowed|\(through .*\)|`ec2:.*allowed|444455556666\S* is allowed)$",
        before,
        re.MULTILINE,
    )
    assert "- <https://wiki.example.com/lake>\n" in before
    assert "exit code 1\n" in before
    assert after.endswith("checked 4, found nothing\nexit code 0\n")
