"""`schema`: prints the JSON Schema of a kind of policy, or holds policies against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.cli.parser import Parser, one_of
from jfml_policies.errors import UsageError
from jfml_policies.policy.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.cli.console import Console

__all__ = ["run"]

_DESCRIPTION: Final = """\
Prints the JSON Schema (draft-07) of a kind of policy, for editors and validators.
With --validate it holds files against the schema of their kind; `check` knows much more than a schema can say."""

_EXAMPLES: Final = (
    ("schema trust > trust.schema.json", "for an editor's json.schemas setting"),
    ("schema --validate policies/trust.json", "the kind is told from the content"),
    ("schema scp --validate guardrail.json", "the kind is given"),
)
_ENDING: Final = """\
exit codes:
  0  printed, or all files are valid
  1  a file is not valid
  2  could not do the job"""


def run(arguments: Sequence[str], console: Console) -> int:
    """Prints a schema or validates files, as the arguments ask."""
    parser = Parser("schema", description=_DESCRIPTION, examples=_EXAMPLES, ending=_ENDING)
    parser.add_argument(
        "kind", nargs="?", type=one_of("kind", list(KINDS)), metavar="KIND", help=f"one of: {', '.join(KINDS)}"
    )
    parser.option(
        "--validate",
        nargs="+",
        metavar="PATH",
        help="files, folders, or - for standard input; JSON that is not meant as a policy is passed over",
    )
    parser.option("-v", "--verbose", action="store_true", help="count what was passed over")
    parser.color_option()
    options = parser.parse(arguments)
    console.use_color(options.color)
    if options.validate is not None:
        from jfml_policies.cli.validating import validate

        return validate(options.validate, console, kind=options.kind, verbose=options.verbose)
    if options.kind is None:
        raise UsageError("no kind is named", hint=f"one of: {', '.join(KINDS)}")
    import json

    from jfml_policies.policy.schema import policy_schema

    console.write(json.dumps(policy_schema(options.kind), indent=2) + "\n")
    return 0
