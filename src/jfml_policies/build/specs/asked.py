"""One task of a spec's `needs` by itself, with the place where its resources lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, get_args

from jfml_policies.build.fields import Account, Region
from jfml_policies.build.identifiers import PARTITIONS, partition_of, region_problem
from jfml_policies.build.place import Place
from jfml_policies.build.specs.locations import Where
from jfml_policies.build.specs.misplaced import misplaced
from jfml_policies.build.specs.needs import Need, Needs
from jfml_policies.build.specs.part import Disagreement, Part
from jfml_policies.build.task import Task
from jfml_policies.build.wording import quoted

__all__ = ["ANYWHERE", "Asked", "need_models", "region_of_keys"]

#: Tasks whose resources are named without region and account.
ANYWHERE: Final = frozenset({"read-folder", "write-folder", "use-keys", "lend-keys", "pass-roles"})
_SOME_REGION: Final = "us-east-1"


class Asked(Part):
    """One task, and where its resources lie."""

    needs: Needs
    region: Region = _SOME_REGION
    account: Account | None = None

    @property
    def tasks(self) -> tuple[Task, ...]:
        """What it takes."""
        where = Where(Place(self.region, self.account or ""))
        return tuple(task for need in self.needs for task in need.tasks(where))

    @classmethod
    def disagreements(cls, right: Mapping[str, Any]) -> Iterator[Disagreement]:
        """ARNs of elsewhere."""
        region = right.get("region")
        if not isinstance(region, str) or region_problem(region):
            return
        if partition_of(region) not in PARTITIONS:
            yield ("region",), f"{quoted(region)} is in a partition that no policy is written for"
            return
        yield from misplaced(right.get("needs"), ("needs",), region, right.get("account"))


@cache
def need_models() -> dict[str, type[Part]]:
    """The models of tasks by the task's name."""
    return {get_args(model.model_fields["task"].annotation)[0]: model for model in get_args(get_args(Need)[0])}


def region_of_keys(keys: object) -> dict[str, str]:
    """The region of what keys encrypt, where it is not told: S3 uses those of the bucket's own region only."""
    first = keys[0] if isinstance(keys, list | tuple) and keys else ""
    fields = first.split(":") if isinstance(first, str) else []
    return {"region": fields[3]} if len(fields) > 4 and not region_problem(fields[3]) else {}
