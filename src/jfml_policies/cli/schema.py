"""`schema`: prints the JSON Schema of a kind of policy, or holds policies against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from jfml_policies.cli.parser import Parser, one_of
from jfml_policies.cli.settings_options import add_file_options
from jfml_policies.errors import UsageError
from jfml_policies.policy.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.cli.console import Console
    from jfml_policies.policy.kinds import Kind

__all__ = ["run"]

_DESCRIPTION: Final = """\
Prints the JSON Schema (draft-07) of a kind of policy, of a file that `build` or `check` takes, or of a verb's JSON.
With --validate it holds files against the schema of their kind; `check` knows much more than a schema can say."""

_EXAMPLES: Final = (
    ("schema trust > trust.schema.json", "for an editor's json.schemas setting"),
    ("schema --validate policies/trust.json", "the kind is told from the content"),
    ("schema config > jfml-policies.schema.json", "for the settings in jfml-policies.toml"),
    ("schema scp --validate guardrail.json", "the kind is given"),
    ("schema jfrog-ml-role > role.schema.json", "for the specs that `build jfrog-ml --spec` takes"),
)
#: Schemas of other things than policies: files that `build` and `check` take, and what verbs print as JSON.
_OTHERS: Final = (
    "jfrog-ml-role",
    "preset",
    "config",
    "baseline",
    "check-output",
    "diff-output",
    "question-output",
    "needs-output",
    "risks-output",
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
        "kind",
        nargs="?",
        type=one_of("kind", [*KINDS, *_OTHERS]),
        metavar="KIND",
        help=f"one of: {', '.join([*KINDS, *_OTHERS])}",
    )
    parser.option(
        "--validate",
        nargs="+",
        metavar="PATH",
        help="files, folders, or - for standard input; JSON that is not meant as a policy is passed over",
    )
    parser.option("--hook", action="store_true", help="pass over named templates and plans, too")
    parser.option("-v", "--verbose", action="store_true", help="count what was passed over")
    add_file_options(parser)
    parser.color_option()
    options = parser.parse(arguments)
    console.use_color(options.color)
    if options.validate is not None:
        from jfml_policies.cli.asked_settings import AskedSettings
        from jfml_policies.cli.validating import validate

        if options.kind in _OTHERS:
            raise UsageError(f"policies can't be held against `{options.kind}`", hint=f"one of: {', '.join(KINDS)}")
        settings = AskedSettings(options)
        return validate(options.validate, console, settings=settings, hook=options.hook, verbose=options.verbose)
    if options.kind is None:
        raise UsageError("no kind is named", hint=f"one of: {', '.join([*KINDS, *_OTHERS])}")
    import json

    console.write(json.dumps(_schema(options.kind), indent=2) + "\n")
    return 0


def _schema(name: str) -> dict[str, object]:
    """The schema of a kind of policy, of a file that `build` or `check` takes, or of what a verb prints."""
    match name:
        case "jfrog-ml-role":
            from jfml_policies.build import jfrog_ml

            return jfrog_ml.spec_schema()
        case "preset":
            from jfml_policies.build.presets.preset import Preset

            return Preset.model_json_schema()
        case "config":
            from jfml_policies.linter.configuration.schema import configuration_schema

            return configuration_schema()
        case "baseline":
            from jfml_policies.linter.baseline import BASELINE_SCHEMA

            return BASELINE_SCHEMA
        case "check-output":
            from jfml_policies.report.json_schema import CHECK_OUTPUT_SCHEMA

            return CHECK_OUTPUT_SCHEMA
        case "risks-output":
            from jfml_policies.report.risk_schema import RISKS_OUTPUT_SCHEMA

            return RISKS_OUTPUT_SCHEMA
        case "diff-output" | "question-output" | "needs-output":
            from jfml_policies.report import change_schema

            found: dict[str, object] = getattr(change_schema, name.upper().replace("-", "_") + "_SCHEMA")
            return found
        case _:
            from jfml_policies.policy.schema import policy_schema

            return policy_schema(cast("Kind", name))
