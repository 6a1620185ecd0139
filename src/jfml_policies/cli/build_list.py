"""`build --list`: the presets, how each vendor gets in, and the pages that they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from jfml_policies.cli.parser import EXIT_CODES, Parser, one_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.cli.console import Console

__all__ = ["Entry", "entries", "run"]

_FORMATS: Final = ("text", "json")


class Entry(NamedTuple):
    """One preset, as lists show it."""

    name: str
    vendor: str
    kind: str
    summary: str
    external_id: str
    profiles: tuple[str, ...]
    title: str
    address: str
    date: str


def entries() -> list[Entry]:
    """The presets that come with the package, JFrog ML's first, the others by name."""
    from jfml_policies.build.presets.jfrog_ml.facts import PAGE
    from jfml_policies.build.presets.preset_files import preset_named, preset_names

    found = [
        Entry(
            name="jfrog-ml",
            vendor="JFrog ML",
            kind="account root + PrincipalArn pattern",
            summary="lets JFrog ML (formerly Qwak) read, and if asked write, your S3 buckets",
            external_id="unsupported",
            profiles=(),
            title=PAGE,
            address="https://docs.qwak.com/docs/accessing-aws-resources-with-iam-role",
            date="2026-10-27",
        )
    ]
    for preset in map(preset_named, preset_names()):
        source = preset.source
        found.append(
            Entry(
                name=preset.name,
                vendor=preset.vendor,
                kind=preset.kind,
                summary=preset.summary,
                external_id=preset.external_id.policy,
                profiles=tuple(preset.profiles),
                title=source.title,
                address=source.address,
                date=source.date.isoformat(),
            )
        )
    return found


def run(arguments: Sequence[str], console: Console) -> int:
    """Shows the presets, for people or for programs."""
    parser = Parser(
        "build --list",
        description="Shows the vendors whose roles can be built, and the page that each preset rests on.",
        examples=(("build --list --output-format json", "for programs"),),
        ending=EXIT_CODES,
    )
    parser.option(
        "--output-format", type=one_of("output format", _FORMATS), default="text", metavar="FORMAT", help="text or json"
    )
    parser.color_option()
    options = parser.parse(arguments)
    console.use_color(options.color)
    if options.output_format == "json":
        import json

        presets = [_as_json(entry) for entry in entries()]
        console.write(json.dumps({"version": 1, "presets": presets}, indent=2) + "\n")
        return 0
    for entry in entries():
        console.write(f"{entry.name}: {entry.kind}\n")
        console.write(f"  the role that {entry.summary}\n")
        console.write(f"  {entry.title}, {entry.address}, {entry.date}\n")
    return 0


def _as_json(entry: Entry) -> dict[str, object]:
    return {
        "name": entry.name,
        "vendor": entry.vendor,
        "kind": entry.kind,
        "summary": entry.summary,
        "external_id": entry.external_id,
        "profiles": entry.profiles,
        "source": {"title": entry.title, "address": entry.address, "date": entry.date},
    }
