"""`build jfrog-ml --spec`: builds the role that a file describes, or checks that committed policies still are it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.cli.built_role import deliver
from jfml_policies.cli.role_files import left_over

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from jfml_policies.build.role import Role
    from jfml_policies.cli.console import Console
    from jfml_policies.diff.sides import Side

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
    """Compares the files in a folder with the role's, one by one and by meaning; 0 when all mean the same."""
    from jfml_policies._version import __version__
    from jfml_policies.cli.answers import answer_of_comparison
    from jfml_policies.diff.pairs import compare_sides
    from jfml_policies.report.change_formats import change_renderer
    from jfml_policies.report.interface import Settings

    settings = Settings(style=console.out_style, width=console.width, version=__version__)
    form = "json" if options.output_format == "json" else "full"
    answers, is_role = [], True
    for committed, built in _pairs(role, options.check, options.print):
        kind = "trust" if built.name == "built trust.json" else "identity"
        compared = compare_sides(committed, built, kind=kind, resource_type=None)
        # None stands for a file that is left over and holds no policy.
        differs = compared is None or compared.fails_on("any") or None in {committed.text, built.text}
        is_role = is_role and not differs
        if compared is not None and (differs or form == "json"):
            answers.append(answer_of_comparison(compared))
    if answers or form == "json":
        for piece in change_renderer(form, several=True)(answers, settings):
            console.write(piece)
    if not is_role and not options.quiet:
        console.flush()
        console.say(f"{options.check} is no longer what {options.spec} asks for; build it anew with --out and --force")
        for name in left_over(options.check, role.files):
            console.say(f"{options.check}/{name} is no file of this role any more; remove it")
    return int(not is_role)


def _pairs(role: Role, folder: str, which: str) -> Iterator[tuple[Side, Side]]:
    """Each file of the folder with that of the role; a role that was split otherwise has others."""
    import os

    from jfml_policies.cli.sides import read_side
    from jfml_policies.diff.sides import Side

    others = left_over(folder, role.files)
    for name, text in role.files.items():
        if which in {"both", name.removesuffix(".json").partition("-")[0]}:
            path = os.path.join(folder, name)
            is_new = name != "trust.json" and others and not os.path.lexists(path)
            yield Side(path.replace(os.sep, "/"), None) if is_new else read_side(path), Side(f"built {name}", text)
    for name in others if which != "trust" else ():
        yield read_side(os.path.join(folder, name)), Side(f"built {name}", None)
