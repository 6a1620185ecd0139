"""What settings in files say of documents that are compared or asked about: their kinds, and who is one's own."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from jfml_policies.cli.configuration_files import ConfigurationFiles
from jfml_policies.cli.inputs import STDIN
from jfml_policies.diff.remarks import remark_on
from jfml_policies.errors import InputError
from jfml_policies.record import record, replace

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from jfml_policies.diff.remarks import Remark
    from jfml_policies.diff.sides import Side
    from jfml_policies.linter.configuration import Configuration
    from jfml_policies.policy.nodes import Policy

__all__ = ["AskedSettings", "ReadAs"]


@record
class ReadAs:
    """As what a document is read; None where its content tells."""

    kind: str | None = None
    resource_type: str | None = None


class AskedSettings:
    """The settings for the documents of one run.

    Python modules that settings name are not imported: no rule runs here.

    Args:
        options: the options of the verb, with those of `add_file_options`; `--kind` and `--resource-type`, where it
            has them, set the settings aside.
    """

    def __init__(self, options: Namespace) -> None:
        self._files = ConfigurationFiles(options.config, isolated=options.isolated, imports_rules=False)
        self._given = ReadAs(getattr(options, "kind", None), getattr(options, "resource_type", None))

    def read_as(self, *places: str) -> ReadAs:
        """As what a document is read, or several that are compared.

        Args:
            places: where they are: paths, or `-`.

        Raises:
            ConfigurationError: settings are wrong.
            InputError: of two documents that are compared, settings call one something else than the other.
        """
        if self._given.kind is not None:
            return self._given
        found: dict[ReadAs, str] = {}
        for place in places:
            configuration = self._of(place)
            kind = configuration.kind_of(_absolute(place)) if configuration is not None else None
            if kind is not None:
                found.setdefault(ReadAs(kind.kind, self._given.resource_type or kind.resource_type), place)
        if len(found) > 1:
            kinds = " and ".join([f"`{one.kind}`" for one in found])
            raise InputError(
                f"the settings read the two documents as {kinds}, which are not comparable",
                file=next(iter(found.values())),
                hint="--kind says as what both are read",
            )
        return next(iter(found), self._given)

    def check(self, place: str) -> None:
        """Tells what is wrong with the settings of a document before the work begins.

        Raises:
            ConfigurationError: something is.
        """
        self._of(place)

    def read_sides_as(self, *sides: Side) -> ReadAs:
        """As what documents are read that are compared; see `read_as`."""
        if self._given.kind is not None:
            return self._given
        return self.read_as(*[place for side in sides if (place := self._place(side))])

    def outsiders(self, policy: Policy, place: str) -> Iterable[Remark]:
        """Notes on accounts and organizations that a policy names and that are neither one's own nor a vendor's."""
        configuration = self._of(place)
        if configuration is None:
            return ()
        from jfml_policies.privilege.outsiders import OwnPeople, outsiders

        rules = configuration.rules
        own = OwnPeople(rules.trusted_accounts, rules.organization_ids, rules.vendors)
        return tuple([remark_on(policy, None, "outsider", one.text, one.path) for one in outsiders(policy, own)])

    def outsiders_of_side(self, policy: Policy, side: Side) -> Iterable[Remark]:
        """The same of a document that somebody named."""
        place = self._place(side)
        return tuple([replace(one, side=side) for one in self.outsiders(policy, place)]) if place else ()

    def _of(self, place: str) -> Configuration | None:
        found = self._files.of(place)
        self._files.check()
        return found

    def _place(self, side: Side) -> str:
        """Where a document is, or would be that a revision holds; empty where there is none."""
        if side.name == os.devnull:
            return ""
        path = side.name.partition(":")[2]
        if side.text is None or not side.path or side.path != path.removeprefix("./"):
            return side.name
        # Git counts from the repository's root unless it is told otherwise.
        return path if path.startswith(("./", "../")) else os.path.join(self._root, path)

    @cached_property
    def _root(self) -> str:
        from jfml_policies.diff.git import ask_git

        return os.fsdecode(ask_git(".", "rev-parse", "--show-toplevel")).removesuffix("\n")


def _absolute(place: str) -> str:
    return STDIN if place == STDIN else os.path.abspath(place).replace(os.sep, "/")
