"""`build jfrog-ml --spec`: builds the role that a file describes, or checks that committed policies still are it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.cli.built_role import deliver

if TYPE_CHECKING:
    from argparse import Namespace

    from jfml_policies.build.role import Role
    from jfml_policies.cli.console import Console

__all__ = ["build_from_spec", "print_schema"]

#: The builder's functions by what they are on the command line, for the explanation.
_OPTIONS: Final = {"unguessable_role_name": "--random-role-name"}


def print_schema(console: Console) -> int:
    """Prints the JSON Schema of a spec."""
    import json

    from jfml_policies.build import jfrog_ml

    console.write(json.dumps(jfrog_ml.spec_schema(), indent=2) + "\n")
    return 0


def build_from_spec(options: Namespace, console: Console) -> int:
    """Builds what the spec asks for and prints, writes or checks it."""
    from jfml_policies.build import jfrog_ml
    from jfml_policies.cli.inputs import Input, read_input

    text = read_input(Input(options.spec, options.spec, named=True))
    role = jfrog_ml.role_from_spec(jfrog_ml.spec_from_text(text, options.spec))
    if options.check is not None:
        return _check(role, options, console)
    deliver(role, console, options, names=_OPTIONS)
    return 0


def _check(role: Role, options: Namespace, console: Console) -> int:
    """Compares both files in a folder with the role, by meaning; 0 when both mean the same."""
    import os

    from jfml_policies._version import __version__
    from jfml_policies.cli.answers import answer_of_comparison
    from jfml_policies.cli.sides import read_side
    from jfml_policies.diff.pairs import compare_sides
    from jfml_policies.diff.sides import Side
    from jfml_policies.report.change_formats import change_renderer
    from jfml_policies.report.interface import Settings

    settings = Settings(style=console.out_style, width=console.width, version=__version__)
    form = "json" if options.output_format == "json" else "full"
    answers, codes = [], []
    for kind, name, built in (
        ("trust", "trust.json", role.trust_json),
        ("identity", "permissions.json", role.permissions_json),
    ):
        if options.print not in {"both", name.removesuffix(".json")}:
            continue
        committed = read_side(os.path.join(options.check, name))
        compared = compare_sides(committed, Side(f"built {name}", built), kind=kind, resource_type=None)
        # None stands for two documents without any policy, and the built one is a policy.
        assert compared is not None
        differs = compared.fails_on("any")
        codes.append(int(differs))
        if differs or form == "json":
            answers.append(answer_of_comparison(compared))
    if answers or form == "json":
        for piece in change_renderer(form, several=True)(answers, settings):
            console.write(piece)
    if any(codes) and not options.quiet:
        console.flush()
        console.say(f"{options.check} is no longer what {options.spec} asks for; build it anew with --out and --force")
    return max(codes)
