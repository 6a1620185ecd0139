"""Finds the settings of each file: those of the nearest folder that has some, and what they extend.

Where no file of settings is, this costs a look into each folder above the file, and nothing is imported.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from jfml_policies.cli.inputs import shown_from_here
from jfml_policies.errors import ConfigurationError, InputError

if TYPE_CHECKING:
    from jfml_policies.linter.configuration import Configuration, Layer

__all__ = ["ConfigurationFiles"]

_OWN: Final = "jfml-policies.toml"
_PYPROJECT: Final = "pyproject.toml"
#: A `pyproject.toml` without both holds no settings of ours, so it need not be understood: our name stands in many that
#: only depend on us, and every table of tools has a line that begins like this.
_MARK: Final = b"jfml-policies"
_TABLE: Final = rb"""(?m)^[ \t]*\[{0,2}[ \t]*["']?tool["']?[ \t]*(?:\.[ \t]*["']?jfml-policies|\]|=)"""
_LARGEST: Final = 1_000_000
#: So many files may extend each other.
_LONGEST_CHAIN: Final = 20


class ConfigurationFiles:
    """The settings in files.

    Args:
        given: the file to take for everything, or None to look for it.
        isolated: whether to heed no file at all.
        imports_rules: whether Python modules that settings name are imported; without that their rules find nothing.
    """

    def __init__(self, given: str | None = None, *, isolated: bool = False, imports_rules: bool = True) -> None:
        self._given = given
        self._isolated = isolated
        self._imports_rules = imports_rules
        self._notes: dict[str, None] = {}
        self._found: dict[str, Configuration | None] = {}
        self._problems: dict[str, InputError] = {}

    def of(self, path: str) -> Configuration | None:
        """The settings of a file, or of standard input, which is taken for one in the present folder.

        What is wrong with them is kept for `check`.
        """
        if self._isolated:
            return None
        if self._given is not None:
            return self._loaded("", self._given, required=True)
        return self._nearest(os.path.dirname(os.path.abspath(path)))

    def check(self) -> None:
        """Tells all that is wrong with the settings met so far.

        Raises:
            ConfigurationError: something is.
        """
        if self._problems:
            raise ConfigurationError(tuple(self._problems.values()))

    @property
    def notes(self) -> tuple[str, ...]:
        """What the settings met so far are worth a note for, each with its place."""
        return tuple(self._notes)

    def _nearest(self, folder: str) -> Configuration | None:
        passed: list[str] = []
        found: Configuration | None = None
        while folder not in self._found:
            passed.append(folder)
            parent = os.path.dirname(folder)
            found = self._in(folder)
            if found is not None or parent == folder:
                break
            folder = parent
        else:
            found = self._found[folder]
        self._found.update(dict.fromkeys(passed, found))
        return found

    def _in(self, folder: str) -> Configuration | None:
        for name in (_OWN, _PYPROJECT):
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                found = self._loaded(folder, path, required=name == _OWN)
                if found is not None:
                    return found
        return None

    def _loaded(self, key: str, path: str, *, required: bool) -> Configuration | None:
        """The settings in a file; None where a file of another purpose holds none, and where they are wrong."""
        if key in self._found:
            return self._found[key]
        found: Configuration | None = None
        try:
            layers = _layers(path, required=required)
            if layers:
                from jfml_policies.cli.own_rules import rules_in
                from jfml_policies.linter.configuration import read_configuration

                found = read_configuration(layers, rules_in if self._imports_rules else None)
                self._notes.update(dict.fromkeys(found.notes))
        except ConfigurationError as error:
            self._problems.update({str(problem): problem for problem in error.problems})
        except InputError as error:
            self._problems[str(error)] = error
        if not key:
            self._found[key] = found
        return found


def _layers(path: str, *, required: bool) -> list[Layer]:
    """A file of settings and those that it extends.

    Raises:
        InputError: one can't be read, or extends itself.
    """
    layers: list[Layer] = []
    seen: set[str] = set()
    place = ""
    while True:
        whole = os.path.realpath(path)
        if whole in seen or len(seen) >= _LONGEST_CHAIN:
            said = "extends itself" if whole in seen else f"is one of more than {_LONGEST_CHAIN} that extend each other"
            raise InputError(f"`{shown_from_here(path)}` {said}", file=place)
        if place and os.path.exists(path) and not os.path.isfile(path):
            # Reading a pipe or device would wait for ever, or take what somebody else is to read.
            raise InputError(f"`{shown_from_here(path)}` is no file", file=place)
        seen.add(whole)
        try:
            layer = _layer(path, required=required)
        except InputError as error:
            if not place or error.file != shown_from_here(path):
                raise
            raise InputError(f"`{shown_from_here(path)}` {error.message}", file=place, hint=error.hint) from None
        if layer is None:
            return layers
        layers.append(layer)
        base = (layer.table or {}).get("extend")
        if not isinstance(base, str) or not base.strip():
            return layers
        place = layer.place(("extend",))
        path, required = os.path.join(os.path.dirname(os.path.abspath(path)), base), True


def _layer(path: str, *, required: bool) -> Layer | None:
    is_pyproject = os.path.basename(path) == _PYPROJECT
    shown = shown_from_here(path)
    try:
        with open(path, "rb") as file:
            data = file.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {getattr(error, 'strerror', None) or error}", file=shown) from None
    if is_pyproject and not required and not (_MARK in data and re.search(_TABLE, data)):
        return None
    if len(data) > _LARGEST:
        raise InputError(f"larger than {_LARGEST // 1_000_000} MB, so not read", file=shown)
    from jfml_policies.text.read import decode

    folder = os.path.dirname(os.path.abspath(path)).replace(os.sep, "/")
    layer = _read_once(decode(data, shown), shown, folder, is_pyproject=is_pyproject)
    if layer.table is None and required:
        raise InputError("holds no table `tool.jfml-policies`", file=shown)
    return None if layer.table is None else layer


@lru_cache(maxsize=32)
def _read_once(text: str, file: str, folder: str, *, is_pyproject: bool) -> Layer:
    """The settings in a text; an editor asks for the same ones with every pause in typing."""
    from jfml_policies.linter.configuration import read_layer

    return read_layer(text, file=file, folder=folder, is_pyproject=is_pyproject)
