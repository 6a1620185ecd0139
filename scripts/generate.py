"""Writes every generated file of the repository, or with `--check` says which of them are stale.

Each module in `scripts/generators/` is one generator. It has
`files()`, which returns the text of each of its files by its path from the repository's root, and
`OWNED`, glob patterns of what belongs to it: a file that matches and is no longer generated is stale.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Generator", "changes", "generators", "main"]

ROOT = Path(__file__).resolve().parent.parent


class Generator(Protocol):
    """What a module in `scripts/generators/` offers."""

    OWNED: tuple[str, ...]

    def files(self) -> Mapping[str, str]:
        """Return the text of each file by its path from the repository's root."""


def generators() -> list[Generator]:
    """Return the generators, in the order of their names."""
    found = []
    for path in sorted((ROOT / "scripts" / "generators").glob("*.py")):
        spec = importlib.util.spec_from_file_location(f"generators.{path.stem}", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        found.append(cast(Generator, module))
    return found


def changes(root: Path, sources: Iterable[Generator]) -> dict[Path, bytes | None]:
    """Return what must change below `root` to be fresh: the bytes of a file, or None where it must go."""
    wanted: dict[Path, bytes] = {}
    owned: set[Path] = set()
    for generator in sources:
        wanted |= {root / name: text.encode() for name, text in generator.files().items()}
        owned |= {path for pattern in generator.OWNED for path in root.glob(pattern) if path.is_file()}
    stale: dict[Path, bytes | None] = {path: None for path in owned if path not in wanted}
    stale |= {path: content for path, content in wanted.items() if not path.is_file() or path.read_bytes() != content}
    return dict(sorted(stale.items()))


def main(arguments: list[str]) -> int:
    """Write what is stale, or only name it under `--check`; return 1 when the check finds anything, else 0."""
    parser = argparse.ArgumentParser(description="Writes every generated file of the repository.")
    parser.add_argument("--check", action="store_true", help="write nothing, exit with 1 when a file is stale")
    options = parser.parse_args(arguments)
    todo = changes(ROOT, generators())
    for path, content in todo.items():
        name = path.relative_to(ROOT).as_posix()
        if options.check:
            print(f"stale: {name}", file=sys.stderr)
        elif content is None:
            path.unlink()
            print(f"removed {name}")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            print(f"wrote {name}")
    if options.check and todo:
        print("run `make generate` and commit what it writes", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
