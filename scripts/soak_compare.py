"""Compare many random policy pairs and challenge every answer; what fails is made small and printed.

    python scripts/soak_compare.py 100000
    python scripts/soak_compare.py 5000 --seed 7 --requests 200

Counts answers that a request contradicts (unsound), witnesses that prove nothing, answers that are unknown or not
complete, and crashes. Exit 1 when anything but "unknown" was found, or when more than 1 pair in 2,000 is unknown.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from random import Random
from typing import TYPE_CHECKING, Any, Final

from jfml_policies.access.compare import Change, compare_policies
from jfml_policies.access.evaluate import decide, evaluate
from jfml_policies.errors import PolicyError
from jfml_policies.policy.nodes import Policy
from jfml_policies.policy.parse import parse_document
from random_policies import challenge, random_pair, smaller

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The largest share of unknown answers that is no failure.
_MOST_UNKNOWN: Final = 1 / 2_000
_SHOWN_OF_A_KIND: Final = 5
_FAULTS: Final = ("unsound", "witness", "crash")

_Pair = tuple[dict[str, Any], dict[str, Any], str]


def main() -> int:
    """Run; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=int, nargs="?", default=100_000)
    parser.add_argument("--seed", default="1", help="another seed, other pairs (default: 1)")
    parser.add_argument("--requests", type=int, default=60, help="requests that challenge each answer (default: 60)")
    options = parser.parse_args()
    outcomes: Counter[str] = Counter()
    began = time.process_time()
    for number in range(options.pairs):
        name = f"{options.seed}-{number}"
        pair = random_pair(Random(name))
        outcome = examine(pair, name, options.requests)
        outcomes[outcome] += 1
        if outcome.startswith(("unknown", "incomplete", *_FAULTS)) and outcomes[outcome] <= _SHOWN_OF_A_KIND:
            print(described(outcome, name, minimised(pair, outcome, name, options.requests)), flush=True)
        if number % 5_000 == 4_999:
            print(f"{number + 1:,} pairs, {time.process_time() - began:,.0f} s: {dict(outcomes)}", flush=True)
    return summarised(outcomes, options.pairs, time.process_time() - began)


def examine(pair: _Pair, seed: str, requests: int) -> str:
    """What the comparison of a pair is worth: a relation, or a kind of failure with its reason."""
    old, new = [parse_document(document, kind=pair[2]) for document in pair[:2]]
    try:
        change = compare_policies(old, new)
        for witness, allowing, refusing in ((change.witness_added, new, old), (change.witness_removed, old, new)):
            if witness is not None:
                if decide(allowing, witness) != "allow" or decide(refusing, witness) == "allow":
                    return "witness that proves nothing"
                evaluate([allowing], witness, derive_keys=False)
    except PolicyError as error:
        return f"witness that is no request: {error}"
    except Exception as error:  # noqa: BLE001 (whatever it is, it is what this program looks for)
        return f"crash: {type(error).__name__}"
    if next(contradictions(change, old, new, pair, seed, requests), None) is not None:
        return "unsound"
    if change.relation == "unknown":
        return f"unknown: {change.unknown[0]}"
    return f"incomplete: {change.unknown[0]}" if change.unknown else change.relation


def contradictions(
    change: Change, old: Policy, new: Policy, pair: _Pair, seed: str, requests: int
) -> Iterator[tuple[str, Any]]:
    """Requests that show that access was overlooked."""
    may_add, may_remove = change.relation in ("equivalent", "narrower"), change.relation in ("equivalent", "wider")
    chance = Random(seed)
    for _ in range(requests if may_add or may_remove else 0):
        request = challenge(chance, list(pair[:2]), pair[2])
        was, now = decide(old, request) == "allow", decide(new, request) == "allow"
        if (now and not was and may_add) or (was and not now and may_remove):
            yield ("added" if now else "removed"), request


def minimised(pair: _Pair, outcome: str, seed: str, requests: int) -> _Pair:
    """A pair with the same outcome, as small as leaving things out one by one makes it."""
    old, new, kind = pair
    patience = max(requests * 5, 300)
    while True:
        tried = [(one, new, kind) for one in smaller(old)] + [(old, one, kind) for one in smaller(new)]
        found = next((one for one in tried if examine(one, seed, patience) == outcome), None)
        if found is None:
            return old, new, kind
        old, new, kind = found


def described(outcome: str, name: str, pair: _Pair) -> str:
    """The pair, ready to be pasted into a test."""
    old, new, kind = pair
    parsed = [parse_document(document, kind=kind) for document in (old, new)]
    lines = [f"### {outcome} ({kind}, {name})", f"  old {json.dumps(old)}", f"  new {json.dumps(new)}"]
    if outcome == "unsound":
        change = compare_policies(parsed[0], parsed[1])
        lines += [
            f"  {side}: {request}"
            for side, request in list(contradictions(change, parsed[0], parsed[1], pair, name, 300))[:1]
        ]
    return "\n".join(lines)


def summarised(outcomes: Counter[str], pairs: int, seconds: float) -> int:
    """Print the counts and return the exit status."""
    for outcome, count in outcomes.most_common():
        print(f"{count:>9,}  {outcome}")
    unknown = sum(count for outcome, count in outcomes.items() if outcome.startswith("unknown"))
    faults = sum(count for outcome, count in outcomes.items() if outcome.startswith(_FAULTS))
    print(f"{pairs:,} pairs in {seconds:,.0f} s of CPU: {faults} faults, {unknown} unknown ({unknown / pairs:.3%})")
    return int(faults > 0 or unknown > max(1, pairs * _MOST_UNKNOWN))


if __name__ == "__main__":
    raise SystemExit(main())
