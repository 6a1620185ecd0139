"""Throughput: CPU seconds to lint a file of policies, beside parliament and cloudsplaining, all in one run.

The file holds one JSON object a line (`.jsonl`, or `.jsonl.gz`): a policy document, or an object whose key `document`
holds one. Every tool gets the same texts in a process of its own and in turn; reading the file is not counted,
importing the tool is counted apart.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["TOOLS", "main", "read_policies"]


def read_policies(path: Path) -> list[str]:
    """Return the policies of a file as texts, indented as people write them."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = [json.loads(line) for line in data.decode().splitlines() if line.strip()]
    return [json.dumps(row.get("document", row), indent=2) for row in rows]


def _jfml_policies() -> Callable[[str], int]:
    import jfml_policies

    return lambda text: len(jfml_policies.lint(text))


def _parliament() -> Callable[[str], int]:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says on import that `pkg_resources` is old
        import parliament

    return lambda text: len(parliament.analyze_policy_string(text).findings)


def _cloudsplaining() -> Callable[[str], int]:
    from cloudsplaining.command.scan_policy_file import scan_policy

    def count(text: str) -> int:
        # One entry a kind of risk, each with a list of what is affected; beside them a bare list of services.
        risks: dict[str, Any] = scan_policy(json.loads(text))
        return sum(len(risk["findings"]) for risk in risks.values() if isinstance(risk, dict))

    return count


#: How to get each tool's function from a policy's text to its number of findings.
TOOLS: dict[str, Callable[[], Callable[[str], int]]] = {
    "jfml-policies": _jfml_policies,
    "parliament": _parliament,
    "cloudsplaining": _cloudsplaining,
}


def _work(tool: str, path: Path) -> dict[str, float]:
    texts = read_policies(path)
    began = time.process_time()
    lint = TOOLS[tool]()
    ready = time.process_time()
    findings = failures = 0
    for text in texts:
        try:
            findings += lint(text)
        except Exception:  # noqa: BLE001  another tool's crash on a policy is a figure here
            failures += 1
    done = time.process_time()
    return {
        "policies": len(texts),
        "import": ready - began,
        "lint": done - ready,
        "findings": findings,
        "failures": failures,
    }


def main(arguments: list[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measures linting throughput side by side.")
    parser.add_argument("policies", type=Path, help="a .jsonl or .jsonl.gz file of policies")
    parser.add_argument("--rounds", type=int, default=3, help="how often each tool reads the whole file (default: 3)")
    parser.add_argument("--tool", choices=TOOLS, help="measure this one in this process and print JSON")
    options = parser.parse_args(arguments)
    if options.tool:
        print(json.dumps(_work(options.tool, options.policies)))
        return 0

    results: dict[str, list[dict[str, float]]] = {tool: [] for tool in TOOLS}
    for _ in range(options.rounds):
        for tool, runs in results.items():
            command = [sys.executable, __file__, "--tool", tool, str(options.policies)]
            output = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True).stdout
            runs.append(json.loads(output.splitlines()[-1]))

    ours = results["jfml-policies"]
    print(f"{ours[0]['policies']} policies, {options.rounds} rounds, Python {sys.version.split()[0]}, CPU medians\n")
    print(f"{'tool':<16}{'import':>9}{'lint':>9}{'x ours':>9}{'findings':>10}{'failures':>10}")
    for tool, runs in results.items():
        ratio = statistics.median(run["lint"] / own["lint"] for run, own in zip(runs, ours, strict=True))
        imported, linted = (statistics.median(run[part] for run in runs) for part in ("import", "lint"))
        counts = f"{runs[0]['findings']:>10}{runs[0]['failures']:>10}"
        print(f"{tool:<16}{imported:>7.2f} s{linted:>7.2f} s{ratio:>9.1f}{counts}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
