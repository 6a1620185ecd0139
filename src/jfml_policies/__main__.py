"""`python -m jfml_policies` is the command line."""

from __future__ import annotations

from jfml_policies.cli.main import main

__all__: list[str] = []

if __name__ == "__main__":
    raise SystemExit(main())
