"""`build`: writes a vendor's role, from a preset that comes with the package or from your own file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.errors import UsageError
from jfml_policies.text.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.cli.console import Console

__all__ = ["run"]

#: The preset whose parameters are code of their own.
_JFROG_ML: Final = "jfrog-ml"
#: How files of presets are called.
_ENDINGS: Final = (".toml", ".json")
_WIDEST: Final = 100

_HELP: Final = """\
usage: jfml-policies build PRESET ...
       jfml-policies build --preset FILE ...
       jfml-policies build --list [--output-format json]

Writes a vendor's AWS role: a trust policy and a permissions policy that allow what is asked for and no more,
are checked, and come with an explanation in plain words.

presets:
{presets}

options:
  --list         show the presets, how each vendor gets in, and the pages that they rest on
  --preset FILE  take your own preset, a TOML or JSON file

examples:
  jfml-policies build jfrog-ml --bucket acme-features --prefix train/ --out role
      `jfml-policies build jfrog-ml --help` shows all of its options
  jfml-policies build github-actions --help
      what this vendor's role takes

exit codes: 0 done, 2 could not be done
"""


def run(arguments: Sequence[str], console: Console) -> int:
    """Hands over to the preset that the arguments name."""
    if not arguments:
        raise UsageError("no preset is named", hint=f"one of: {', '.join(_names())}")
    preset, *rest = arguments
    if preset in {"-h", "--help"}:
        console.write(_HELP.format(presets=_presets()))
        return 0
    if preset == "--list":
        from jfml_policies.cli import build_list

        return build_list.run(rest, console)
    if preset == _JFROG_ML:
        from jfml_policies.cli import build_jfrog_ml

        return build_jfrog_ml.run(rest, console)
    from jfml_policies.build.presets.preset_files import preset_named, read_preset
    from jfml_policies.cli import build_vendor

    if preset == "--preset" or preset.startswith("--preset="):
        file, rest = _file(preset, rest)
        return build_vendor.run(read_preset(file), rest, console, command=f"build --preset {file}")
    names = _names()
    if preset not in names:
        near = nearest(preset, (*names, "--list", "--preset"))
        hint = f"did you mean `{near}`?" if near else f"one of: {', '.join(names)}"
        if preset.lower().endswith(_ENDINGS):
            hint = f"name your own preset with --preset {preset}"
        what = (
            f"`jfml-policies build` has no option `{preset}`" if preset[:1] == "-" else f"there is no preset `{preset}`"
        )
        raise UsageError(what, hint=hint)
    return build_vendor.run(preset_named(preset), rest, console, command=f"build {preset}")


def _names() -> tuple[str, ...]:
    from jfml_policies.build.presets.preset_files import preset_names

    return (_JFROG_ML, *preset_names())


def _file(option: str, rest: list[str]) -> tuple[str, list[str]]:
    _, equals, file = option.partition("=")
    if not equals and rest:
        file, rest = rest[0], rest[1:]
    if not file:
        raise UsageError("--preset needs the name of a file")
    return file, rest


def _presets() -> str:
    from textwrap import wrap

    from jfml_policies.cli.build_list import entries

    shown = entries()
    width = max(len(entry.name) for entry in shown) + 4
    lines = [
        wrap(entry.summary, _WIDEST, initial_indent=f"  {entry.name}".ljust(width), subsequent_indent=" " * width)
        for entry in shown
    ]
    return "\n".join(line for entry in lines for line in entry)
