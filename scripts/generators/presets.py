"""The page of the presets that come with the package, from their data."""

from __future__ import annotations

import shlex

from jfml_policies.build.presets.preset import Preset
from jfml_policies.build.presets.preset_example import example_of
from jfml_policies.build.presets.preset_files import preset_named, preset_names
from jfml_policies.build.presets.preset_parameters import all_specs
from jfml_policies.cli.build_list import entries
from jfml_policies.cli.build_vendor import option

OWNED = ("docs/presets.md",)

_INTRODUCTION = """\
# Presets

{count} vendors' roles can be built; `jfml-policies build VENDOR --help` shows what one takes, `build --list` this list.
Each is as its vendor's page had it on the date beside it.
JFrog ML's is described in the README; your own is a file of the same form, checked by `schemas/preset.json`.
"""


def files() -> dict[str, str]:
    """Return the page."""
    shown = entries()
    lines = ["<!-- Generated from the presets' files by `make generate`; do not edit. -->", ""]
    lines += [
        _INTRODUCTION.format(count=len(shown)),
        "| preset | how it gets in | source | date |",
        "|---|---|---|---|",
    ]
    for entry in shown:
        name = f"`{entry.name}`" if entry.name == "jfrog-ml" else f"[`{entry.name}`](#{entry.name})"
        lines.append(f"| {name} | {entry.kind} | [{entry.title}]({entry.address}) | {entry.date} |")
    for name in preset_names():
        lines += ["", *_section(preset_named(name))]
    return {"docs/presets.md": "\n".join(lines) + "\n"}


def _section(preset: Preset) -> list[str]:
    lines = [f"## {preset.name}", "", f"The role that {preset.summary}.", ""]
    ids = preset.external_id
    lines += [f"External id: {ids.policy}; {ids.where}.", "", "| parameter | type | what for |", "|---|---|---|"]
    for name, spec in all_specs(preset).items():
        if name == "profile":
            continue
        text = preset.external_id.where if name == "external_id" else spec.help
        notes = [note for note, holds in (("required", spec.required), ("several", spec.many)) if holds]
        choices = f"one of {', '.join(f'`{choice}`' for choice in spec.choices)}" if spec.choices else ""
        default = f"`{spec.default}` when left out" if spec.default else ""
        what = "; ".join(filter(None, (text, choices, default, *notes)))
        lines.append(f"| `{name}` | {spec.type} | {what} |")
    command = shlex.join(word for name, value in example_of(preset).items() for word in (option(name), value))
    lines += ["", "```console", f"$ jfml-policies build {preset.name} {command} --out role", "```"]
    lines += ["", "| profile | what it allows | AWS's policies beside it |", "|---|---|---|"]
    for name, profile in preset.profiles.items():
        shown = f"`{name}` (default)" if name == preset.first_profile and len(preset.profiles) > 1 else f"`{name}`"
        managed = ", ".join(f"`{arn.rpartition('/')[2]}`" for arn in profile.managed)
        lines.append(f"| {shown} | {profile.summary} | {managed} |")
    return lines
