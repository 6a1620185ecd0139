"""Options that say how files are checked, which settings in files say as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfml_policies.cli.configuration_files import ConfigurationFiles
from jfml_policies.cli.file_settings import Given
from jfml_policies.cli.parser import comma_list, one_of
from jfml_policies.policy.kinds import KINDS

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from jfml_policies.cli.parser import Parser
    from jfml_policies.linter.rule import Rule

__all__ = ["add_file_options", "add_settings_options", "given_in", "own_rules"]


def add_settings_options(parser: Parser) -> None:
    """Adds them to a verb that checks."""
    parser.option("--kind", type=one_of("kind", list(KINDS)), help=f"read all as one of: {', '.join(KINDS)}")
    parser.option("--resource-type", metavar="TYPE", help="what resource policies are attached to: AWS::S3::Bucket")
    parser.option(
        "--select",
        action="append",
        type=comma_list,
        default=[],
        metavar="RULES",
        help="run only these rules or families, commas between them",
    )
    parser.option(
        "--ignore", action="append", type=comma_list, default=[], metavar="RULES", help="leave these rules out"
    )
    parser.option("--catalog", metavar="FILE", help="use another catalogue; `catalog build` makes one")
    add_file_options(parser)


def add_file_options(parser: Parser) -> None:
    """Adds those that say which file of settings counts."""
    parser.option("--config", metavar="FILE", help="take the settings in FILE instead of the nearest ones")
    parser.option("--isolated", action="store_true", help="heed no file of settings")


def given_in(options: Namespace) -> Given:
    """What the options of a verb that checks say."""
    return Given(
        kind=options.kind,
        resource_type=options.resource_type,
        select=_flat(options.select),
        ignore=_flat(options.ignore),
        fail_on=getattr(options, "fail_on", None),
        not_checked=getattr(options, "not_checked", None),
        catalog=options.catalog,
        baseline=getattr(options, "baseline", None),
    )


def own_rules(options: Namespace) -> tuple[type[Rule], ...]:
    """The rules beside ours that the settings of the present folder name.

    Raises:
        ConfigurationError: the settings are wrong.
    """
    files = ConfigurationFiles(options.config, isolated=options.isolated)
    configuration = files.of("-")
    files.check()
    return configuration.rules.rules if configuration is not None else ()


def _flat(lists: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(name for names in lists for name in names)
