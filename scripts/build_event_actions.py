"""Write the table of API operations whose IAM action has another name, from a file of such facts.

The file has an object `operations`, from `prefix:Operation` to the list of actions that it may need, and under `about`
a list `no_permission_needed`. Its facts come from iam-dataset; see the head of the table.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

TABLE = Path(__file__).parents[1] / "src/jfml_policies/privilege/usage/event_actions.tsv"
HEAD = """\
# API operations whose IAM actions are not simply the action of the same name: operation, tab, actions it may need.
# A lone hyphen: no permission is needed.
# Facts from iam-dataset (https://github.com/iann0036/iam-dataset, aws/map.json), MIT licence, copyright (c) 2021
# Ian Mckay, as of March 2022, without actions that AWS no longer lists.
# Written by scripts/build_event_actions.py.
"""


def main(arguments: list[str]) -> int:
    """Replace the table and say what it holds."""
    if len(arguments) != 1:
        print("usage: build_event_actions.py FACTS.json", file=sys.stderr)
        return 2
    facts = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    rows = {operation: " ".join(actions) for operation, actions in facts["operations"].items()}
    rows |= dict.fromkeys(facts["about"]["no_permission_needed"], "-")
    body = "".join(f"{operation}\t{rows[operation]}\n" for operation in sorted(rows))
    TABLE.write_text(HEAD + body, encoding="utf-8")
    print(f"{TABLE.name}: {len(rows)} operations")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
