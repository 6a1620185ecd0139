"""What was found in texts that were checked before, kept in a file from run to run.

The file is used only when somebody names its folder. A result counts for the very same text, options, day and program;
whatever is wrong with the file, it is as if there were none. It holds findings and nothing that runs.
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Any, Final

from jfml_policies._version import __version__
from jfml_policies.errors import PolicyError
from jfml_policies.findings import Edit, Finding, Fix, Related, Span
from jfml_policies.linter.embedded import Inside
from jfml_policies.linter.look import Plain
from jfml_policies.sources.find import is_yaml
from jfml_policies.sources.found import Unread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jfml_policies.linter.embedded import Options
    from jfml_policies.linter.look import Looked
    from jfml_policies.linter.portions import Seen

__all__ = ["FILE", "Cache"]

#: The file in the folder.
FILE: Final = "check-results.cache"
#: More is neither read nor written.
_MOST_BYTES: Final = 50_000_000
#: A result that takes more characters is worked out again each time.
_LONGEST: Final = 500_000
_MOST_RUNS: Final = 30
_RECORDS: Final = {one.__name__: one for one in (Edit, Finding, Fix, Inside, Plain, Related, Span, Unread)}


class Cache:
    """The results of earlier runs, by what they are the results of.

    Args:
        folder: where the file lies, or is to lie.
    """

    def __init__(self, folder: str) -> None:
        self._path = os.path.join(folder, FILE)
        self._program = _program()
        # Each result with the number of runs that have not asked for it.
        self._known: dict[str, tuple[int, str]] = {}
        self._asked: set[str] = set()
        self._options: dict[int, tuple[Options, str | None]] = {}
        self._is_changed = False
        self._load()

    def key(self, text: str, name: str, options: Options) -> str | None:
        """What a result is kept under; None where it can't be told that nothing changed."""
        if id(options) not in self._options:
            # Keeping the options keeps their identity.
            self._options[id(options)] = options, _told(options)
        told = self._options[id(options)][1]
        if told is None:
            return None
        data = text.encode("utf-8", "surrogatepass")
        return hashlib.sha256(b"%s\0%d\0%s" % (told.encode(), is_yaml(text, name), data)).hexdigest()

    def get(self, key: str) -> tuple[Looked] | None:
        """The result under a key, alone in a tuple; None when there is none."""
        found = self._known.get(key)
        if found is None:
            return None
        try:
            seen = (_restored(json.loads(found[1])),)
        except (TypeError, ValueError, KeyError):
            return None
        self._asked.add(key)
        return seen

    def put(self, key: str, seen: Seen) -> None:
        """Keeps a result; errors are not kept."""
        if isinstance(seen, PolicyError):
            return
        written = json.dumps(_plain(seen), separators=(",", ":"))
        if len(written) <= _LONGEST:
            self._known[key] = 0, written
            self._asked.add(key)
            self._is_changed = True

    def save(self) -> str | None:
        """Writes the file, unless this run brought nothing new; gives the reason when it can't be written."""
        if not self._is_changed:
            return None
        from jfml_policies.cli.writing import replace_file

        lines = [json.dumps(self._program)]
        size = 0
        for key, runs, written in self._by_use():
            size += len(written) + 100
            if runs <= _MOST_RUNS and size < _MOST_BYTES:
                lines.append(f"{key} {runs} {written}")
        body = "\n".join(lines).encode()
        try:
            os.makedirs(os.path.dirname(self._path) or ".", exist_ok=True)
            replace_file(self._path, hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        except (OSError, PolicyError) as error:
            return getattr(error, "strerror", None) or getattr(error, "message", "") or str(error)
        return None

    def _by_use(self) -> Iterator[tuple[str, int, str]]:
        """The results, those of this run first."""
        aged = [(0 if key in self._asked else runs + 1, key, text) for key, (runs, text) in self._known.items()]
        for runs, key, text in sorted(aged):
            yield key, runs, text

    def _load(self) -> None:
        try:
            with open(self._path, "rb") as file:
                data = file.read(_MOST_BYTES + 1)
            checksum, _, body = data.partition(b"\n")
            if len(data) > _MOST_BYTES or hashlib.sha256(body).hexdigest().encode() != checksum:
                return
            first, *lines = body.decode().split("\n")
            if json.loads(first) == self._program:
                for line in lines:
                    key, runs, text = line.split(" ", 2)
                    self._known[key] = int(runs), text
        except (OSError, ValueError):
            self._known.clear()


def _told(options: Options) -> str | None:
    """The options as a text that is the same for the same options; None where others' code or files take part."""
    settings = options["settings"]
    if settings.rules or options["catalog"] is not None:
        return None
    return repr(
        (
            options["kind"],
            options["resource_type"],
            tuple(options["select"]),
            tuple(options["ignore"]),
            options["today"],
            sorted(settings.trusted_accounts),
            settings.organization_ids,
            settings.vendors,
            sorted(settings.options.items()),
        )
    )


def _program() -> list[object]:
    """What tells this program from another: its version, and its files, as somebody may work on them."""
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    digest = hashlib.sha256()
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(set(folders) - {"__pycache__"})
        for name in sorted(names):
            status = os.stat(os.path.join(folder, name))
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return [__version__, digest.hexdigest()]


def _plain(value: Any) -> Any:
    """A value in JSON: tuples as lists, records as objects of one member."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if type(value).__name__ in _RECORDS:
        return {type(value).__name__: [_plain(getattr(value, name)) for name in type(value).__record_fields__]}
    return value


def _restored(value: Any) -> Any:
    if isinstance(value, list):
        return tuple([_restored(one) for one in value])
    if isinstance(value, dict):
        [(name, fields)] = value.items()
        return _RECORDS[name](*[_restored(one) for one in fields])
    return value
