"""The requests that a demand is about, as a policy document."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from jfml_policies.errors import UndecidedError
from jfml_policies.linter.questions.action_targets import arn_targets, never_matches, targets_of
from jfml_policies.patterns.glob import Glob, intersects

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jfml_policies.catalog import Catalog
    from jfml_policies.policy.nodes import Statement

__all__ = ["actions_in_scope", "may_meet"]


@lru_cache(maxsize=256)
def actions_in_scope(actions: tuple[str, ...], resources: tuple[str, ...], catalog: Catalog) -> tuple[str, ...]:
    """The actions that a demand is about: of those that it names, or of all, the ones that its resources take.

    `s3:*` on an object is not about `s3:ListAllMyBuckets`, although `Resource: "*"` fits both. Where the catalogue
    knows of no action that fits, the actions are taken as they are written.

    >>> from jfml_policies.catalog import load
    >>> actions_in_scope(("s3:List*Buckets", "s3:GetObject"), ("arn:aws:s3:::lake/*",), load())
    ('s3:GetObject',)
    >>> actions_in_scope(("s3:*",), (), load())
    ('s3:*',)
    """
    targets = arn_targets(resources, catalog) if resources else None
    if targets is None:
        return actions or ("*",)
    # The catalogue's `*` for a bucket, queue or topic stands for a name, and a name holds no `/`.
    fields = [resource.split(":", 5) for resource in resources]
    pathless = {service for _, _, service, _, _, rest in fields if "/" not in rest.partition("*")[0]}
    forms = frozenset([form for form in targets.forms if form[1] != "*" or form[0] in pathless])
    fitting: list[str] = []
    if actions:
        for pattern in actions:
            known = catalog.matches(pattern)
            if known and "*" not in pattern and "?" not in pattern:
                kept = [name for name in known if not never_matches(name, targets, catalog)]
            else:
                kept = [name for name in known if _takes(name, forms, catalog)]
            # The whole pattern holds actions that the catalogue does not know yet, too.
            fitting += [pattern] if len(kept) == len(known) else kept
    else:
        owners = {owner for service in targets.services for owner in (service, *catalog.arn_owners(service))}
        names = (name for owner in sorted(owners) for name in catalog.matches(f"{owner}:*"))
        fitting += [name for name in names if _takes(name, forms, catalog)]
    return tuple(dict.fromkeys(fitting)) or actions or ("*",)


def _takes(name: str, forms: frozenset[tuple[str, str]], catalog: Catalog) -> bool:
    """Whether an action is known to be granted on ARNs of some forms."""
    action = catalog.action(name)
    own = targets_of(action, catalog) if action is not None else None
    return own is not None and not own.isdisjoint(forms)


def may_meet(statements: Iterable[Statement], actions: tuple[str, ...]) -> bool:
    """Whether some Allow may be about one of some actions; False only where a look at the names tells."""
    if "*" in actions:
        return any(statement.allows for statement in statements)
    return any(
        statement.allows
        and (statement.action is None or any(_meets(entry.value, actions) for entry in statement.action.values))
        for statement in statements
    )


def _meets(entry: str, actions: tuple[str, ...]) -> bool:
    written = Glob.parse(entry, fold_case=True)
    prefix, colon, _ = entry.lower().partition(":")
    for action in actions:
        own = action.partition(":")[0].lower()
        if colon and own != prefix and not any(mark in text for text in (own, prefix) for mark in "*?"):
            continue
        try:
            if intersects(written, Glob.parse(action, fold_case=True)):
                return True
        except UndecidedError:
            return True
    return False
