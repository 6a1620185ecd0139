"""`build VENDOR`: the options of a preset that is data, made from its parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jfml_policies.build.presets.from_preset import preset_role
from jfml_policies.build.presets.preset_example import example_of
from jfml_policies.build.presets.preset_parameters import all_specs
from jfml_policies.cli.built_role import check_delivery_options, deliver, delivery_options, with_option_names
from jfml_policies.cli.parser import EXIT_CODES, Parser
from jfml_policies.errors import ParameterError, UsageError
from jfml_policies.text.suggest import nearest

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from jfml_policies.build.presets.preset import ParameterSpec, Preset
    from jfml_policies.build.role import Role
    from jfml_policies.cli.console import Console

__all__ = ["option", "run"]

#: How the values of a type are called in the help.
_METAVARS: Final = {
    "account": "ID",
    "external-id": "ID",
    "folder": "FOLDER/",
    "inference-profile": "ID",
    "key": "ARN",
    "role-arn": "ARN",
    "text": "TEXT",
    "user-arn": "ARN",
}


def run(preset: Preset, arguments: Sequence[str], console: Console, *, command: str) -> int:
    """Builds the role that the arguments ask for and prints or writes it.

    Args:
        preset: what to build from.
        arguments: what stands behind the vendor's name.
        console: where to print.
        command: the verb with the vendor, for the help.
    """
    specs = all_specs(preset)
    parser = _parser(preset, specs, command)
    options, unknown = parser.parse_known_args(list(arguments))
    console.use_color(options.color)
    _check_delivery(options)
    strange = _strange(unknown, specs)
    try:
        role = _role(preset, specs, options)
        if not strange:
            deliver(role, console, options, names=_options(specs))
    except ParameterError as error:
        problems = (*strange, *(_as_option(problem, specs) for problem in error.problems))
        raise ParameterError(problems, hint=error.hint and with_option_names(error.hint, _options(specs))) from None
    if strange:
        raise ParameterError(tuple(strange), hint=f"`jfml-policies {command} --help` shows what it takes")
    return 0


def _check_delivery(options: Namespace) -> None:
    if options.role_name is not None and options.random_role_name:
        raise UsageError("--role-name and --random-role-name contradict each other")
    check_delivery_options(options)


def _strange(unknown: Sequence[str], specs: dict[str, ParameterSpec]) -> list[str]:
    """A line for each argument that means nothing here; what follows an unknown option is taken for its value."""
    known = ["--help", "--out", "--print", "--force", "--output-format", "--quiet", "--random-role-name"]
    known += ["--as", "--role-account"]
    known += [option(name) for name in specs]
    problems: list[str] = []
    follows = False
    for argument in unknown:
        if argument.startswith("-"):
            name = argument.partition("=")[0]
            near = nearest(name, known)
            problems.append(f"there is no option `{name}`" + (f"; did you mean `{near}`" if near else ""))
            follows = "=" not in argument
        elif follows:
            follows = False
        else:
            problems.append(f"unexpected argument `{argument}`")
    return problems


def _role(preset: Preset, specs: dict[str, ParameterSpec], options: Namespace) -> Role:
    given = {name: value for name, value in vars(options).items() if name in specs and value is not None}
    # An option that may be repeated is an empty list when it is not given, and would hide the preset's default.
    given = {name: value for name, value in given.items() if value != []}
    if options.external_id is not None:
        given["external_id"] = options.external_id
    if options.random_role_name:
        from jfml_policies.build.role_names import unguessable_role_name

        given["role_name"] = unguessable_role_name(preset.name[:39])
    return preset_role(preset, given, role_account=options.role_account)


def _options(specs: dict[str, ParameterSpec]) -> dict[str, str]:
    """The options by the parameters' names, for the explanation; a name of one word may be just that word."""
    return {name: option(name) for name in specs if "_" in name}


def option(name: str) -> str:
    """The option of a parameter: its name with hyphens."""
    return f"--{name.replace('_', '-')}"


def _as_option(problem: str, specs: dict[str, ParameterSpec]) -> str:
    """A builder's line about a parameter, as one about options of the command line."""
    name, colon, rest = problem.partition(": ")
    if not colon or not name.replace("_", "").isalnum():
        return problem
    # Before the advice, values stand in backticks, and a value may be spelt like a parameter.
    what, advises, advice = rest.partition("; give ")
    for other in specs:
        advice = advice.replace(f"`{other}`", f"`{option(other)}`")
    return f"{option(name)}: {with_option_names(f'{what}{advises}{advice}', _options(specs))}"


def _parser(preset: Preset, specs: dict[str, ParameterSpec], command: str) -> Parser:
    source = preset.source
    description = (
        f"Writes the AWS role that {preset.summary}.\n"
        f"How it gets in: {preset.kind}; from {source.title},\n{source.address}, {source.date.isoformat()}.\n"
        "Without --out both policies are printed, trust first; the explanation goes to standard error."
    )
    parser = Parser(command, description=description, examples=[_example(preset, command)], ending=EXIT_CODES)
    for name, spec in specs.items():
        parser.option(option(name), **_settings(name, spec))
    if "external_id" not in specs:
        import argparse

        parser.add_argument("--external-id", help=argparse.SUPPRESS)
    parser.option("--random-role-name", action="store_true", help="make a name that nobody can guess")
    delivery_options(parser)
    parser.color_option()
    return parser


def _settings(name: str, spec: ParameterSpec) -> dict[str, Any]:
    ends = [
        f"one of {', '.join(spec.choices)}" if spec.choices and name != "profile" else "",
        "required" if spec.required else "",
        "may be repeated" if spec.many else "",
        f"{spec.default} when left out" if spec.default else "",
    ]
    text = "; ".join((spec.help, *filter(None, ends))).replace("%", "%%")
    settings: dict[str, Any] = {"metavar": _METAVARS.get(spec.type, "NAME"), "help": text}
    return {**settings, "action": "append", "default": []} if spec.many else settings


def _example(preset: Preset, command: str) -> tuple[str, str]:
    from shlex import join

    given = [word for name, value in example_of(preset).items() for word in (option(name), value)]
    return f"{command} {join([*given, '--out', 'role'])}", "write both policies; more options say what they allow"
