"""A built role in plain words, as lines."""

from __future__ import annotations

from jfml_policies.build.role import Role

__all__ = ["explain"]


def explain(role: Role) -> tuple[str, ...]:
    """The lines of a report for people: what was chosen, what is allowed, what is left out, what to watch,
    and at last the lines that hand the role over, indented below the use that they are for.

    A heading stands alone and ends in a colon, its points are indented by two spaces, and headings without any point
    are left out.

    >>> from jfml_policies.build import jfrog_ml
    >>> explain(jfrog_ml.role(bucket="acme-features", prefix="train/"))[0]
    'Chosen:'
    """
    sections = (
        ("Chosen", role.choices),
        ("Allows", role.allows),
        ("Leaves out", role.leaves_out),
        ("Warnings", role.warnings),
    )
    lines: list[str] = []
    for heading, points in sections:
        if points:
            lines += [f"{heading}:", *(f"  {point}" for point in points)]
    if role.hand_over:
        lines.append("Hand over:")
    for piece in role.hand_over:
        lines += [f"  {piece.use}:", *(f"    {line}".rstrip() for line in piece.code.splitlines())]
    return tuple(lines)
