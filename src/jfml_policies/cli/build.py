"""`build`: writes a vendor's role. Each preset has its own options, in a module of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.errors import UsageError
from jfml_policies.text.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.cli.console import Console

__all__ = ["PRESETS", "run"]

#: The presets and what each builds.
PRESETS: Final = {"jfrog-ml": "the role that lets JFrog ML (formerly Qwak) read, and if asked write, your S3 buckets"}

_HELP: Final = """\
usage: jfml-policies build PRESET ...

Writes a vendor's AWS role: a trust policy and a permissions policy that allow what is asked for and no more,
are checked, and come with an explanation in plain words.

presets:
{presets}

example:
  jfml-policies build jfrog-ml --bucket acme-features --prefix train/ --out role
      `jfml-policies build jfrog-ml --help` shows all of its options

exit codes: 0 done, 2 could not be done
"""


def run(arguments: Sequence[str], console: Console) -> int:
    """Hands over to the preset that the arguments name."""
    if not arguments:
        raise UsageError("no preset is named", hint=f"one of: {', '.join(PRESETS)}")
    preset, *rest = arguments
    if preset in {"-h", "--help"}:
        presets = "\n".join(f"  {name}  {summary}" for name, summary in PRESETS.items())
        console.write(_HELP.format(presets=presets))
        return 0
    if preset not in PRESETS:
        near = nearest(preset, PRESETS)
        hint = f"did you mean `{near}`?" if near else f"one of: {', '.join(PRESETS)}"
        raise UsageError(f"there is no preset `{preset}`", hint=hint)
    from jfml_policies.cli import build_jfrog_ml

    return build_jfrog_ml.run(rest, console)
