"""Creates the files of a new rule, with the headings in place: `python scripts/add_rule.py FAMILY CODE`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "src" / "jfml_policies" / "linter" / "rules"
SPECS = ROOT / "tests" / "linter" / "rules"

_RULE = '''"""{code}."""

from __future__ import annotations

from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement

__all__ = ["{name}"]


class {name}(Rule):
    """One sentence: what is reported.

    ## Why is this bad?

    Who can do what to whom.

    ## Example

    ```json
    ```

    ## Use instead

    ```json
    ```

    ## References

    - [page](https://docs.aws.amazon.com/)
    """

    code = "{code}"
    severity = "warning"
    origin = "jfml"

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports ..."""
        return ()
'''
_SPEC = """# {rule}

One sentence.

## The basic case is reported

```json
{{"Statement": {{}}}}
```

```findings
1:15 Statement message
```

## The nearest case is fine

```json
{{"Statement": {{}}}}
```

```findings
none
```
"""


def main(arguments: list[str]) -> int:
    """Write the rule and its spec; refuse when either exists."""
    parser = argparse.ArgumentParser(description="Creates the files of a new rule.")
    parser.add_argument("family", choices=sorted(path.parent.name for path in RULES.glob("*/__init__.py")))
    parser.add_argument("code", type=lambda text: text.upper().replace("-", "_"), help="as in INVALID_ACTION")
    options = parser.parse_args(arguments)
    names = {"code": options.code, "name": options.code.title().replace("_", "")}
    names["rule"] = options.code.lower().replace("_", "-")
    paths = {
        RULES / options.family / f"{options.code.lower()}.py": _RULE,
        SPECS / options.family / f"{options.code.lower()}.md": _SPEC,
    }
    for path in paths:
        if path.exists():
            print(f"{path.relative_to(ROOT)} exists already", file=sys.stderr)
            return 2
    for path, template in paths.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(template.format(**names), encoding="utf-8")
        print(path.relative_to(ROOT))
    print("write the rule and its spec, then run `make generate` and `make test`")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
