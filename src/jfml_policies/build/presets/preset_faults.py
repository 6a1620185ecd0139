"""What is wrong with a preset whose parts are right by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from jfml_policies.build.presets.templates import placeholders
from jfml_policies.build.presets.typed_tasks import faults_of_task, templates_of
from jfml_policies.build.presets.value_types import problem_finder
from jfml_policies.build.wording import quoted, quoted_list

if TYPE_CHECKING:
    from jfml_policies.build.presets.preset import Preset, Profile, TaskTemplate

__all__ = ["STANDARD", "faults_of"]

_MOST_LISTS: Final = 2

#: Parameters that every preset has without saying so.
STANDARD: Final = ("external_id", "partition", "profile", "role_name")
#: Options of the command line that are no parameters.
_TAKEN: Final = frozenset(
    (
        "color",
        "force",
        "help",
        "out",
        "output_format",
        "print",
        "quiet",
        "random_role_name",
        "role_account",
        "written_as",
    )
)


def faults_of(preset: Preset) -> Iterator[str]:
    """One line for each contradiction, naming the place."""
    yield from _parameters(preset)
    yield from _tables(preset)
    yield from _trust(preset)
    for name, profile in preset.profiles.items():
        yield from _profile(preset, name, profile)
    if preset.default_profile is not None and preset.default_profile not in preset.profiles:
        yield f"default_profile: {quoted(preset.default_profile)} is not a profile"
    for group in preset.need_one_of:
        if not group:
            yield "need_one_of: a group is empty"
        for name in group:
            if name not in preset.parameters:
                yield f"need_one_of: {quoted(name)} is not a parameter"
    made = preset.external_id.made_by is not None
    if made == (preset.external_id.policy == "unsupported"):
        yield "external_id: made_by is given exactly when the vendor knows external ids"
    if preset.external_id.policy != "unsupported" and not any(statement.aws for statement in preset.trust):
        yield "external_id: only AWS principals send one, and the trust policy names none"


def _parameters(preset: Preset) -> Iterator[str]:
    for name, spec in preset.parameters.items():
        place = f"parameters.{name}"
        plain = name.replace("_", "")
        if not (plain.isascii() and plain.isalnum() and plain.islower() and name[0].isalpha()):
            yield f"{place}: a parameter's name is lower-case letters, digits and underscores"
        if name in _TAKEN or name in ("external_id", "partition", "profile"):
            yield f"{place}: the name is taken"
        if (spec.type == "choice") != bool(spec.choices):
            yield f"{place}: choices are given exactly for the type `choice`"
        if spec.default is not None and spec.required:
            yield f"{place}: is required, so that its default is of no use"
        for part, text in (("default", spec.default), ("example", spec.example)):
            # `*` as a default stands for any; no value that is given can hold it.
            if text is not None and (text, part, spec.type) != ("*", "default", "text"):
                problem = problem_finder(spec)(text)
                if problem is not None:
                    yield f"{place}: {part}: {problem}"
        if any(sign in spec.also for sign in "*?${}"):
            yield f"{place}: `*`, `?`, `$` and braces mean something in a policy, so that no value may hold them"


def _tables(preset: Preset) -> Iterator[str]:
    for name, table in preset.tables.items():
        spec = preset.parameters.get(table.by)
        if name in preset.parameters or (name in STANDARD and name != "partition"):
            yield f"tables.{name}: is a parameter too"
        if spec is None or spec.type != "choice" or spec.many or not (spec.required or spec.default):
            yield f"tables.{name}: {quoted(table.by)} is not a choice that always has one value"
        elif set(table.values) != set(spec.choices):
            yield f"tables.{name}: has not a value for each choice of {quoted(table.by)}"
        elif any(placeholders(value) for value in table.values.values()):
            yield f"tables.{name}: a value is taken as it stands, so that it cannot hold a name in braces"


def _trust(preset: Preset) -> Iterator[str]:
    certain = _certain(preset)
    for place, statement in enumerate(preset.trust):
        where = f"trust[{place}]"
        if sum(map(bool, (statement.aws, statement.federated, statement.service))) != 1:
            yield f"{where}: names exactly one of aws, federated and service"
        yield from _unknown(preset, where, statement.principals)
        yield from _uncertain(where, statement.principals, certain)
        for condition in statement.conditions:
            if condition.key.lower() == "sts:externalid":
                yield f"{where}: the external id is compared without saying so"
            yield from _unknown(preset, where, (condition.key, *condition.values))
            yield from _uncertain(where, (condition.key,), certain)
            if not _always_some(preset, condition.values, certain):
                yield f"{where}: {quoted(condition.key)} could end up without a value to compare with"


def _profile(preset: Preset, name: str, profile: Profile) -> Iterator[str]:
    where = f"profiles.{name}"
    if not profile.tasks and not profile.statements:
        yield f"{where}: has neither tasks nor statements"
    whens = [*(task.when for task in profile.tasks), *(statement.when for statement in profile.statements)]
    if whens and all(whens):
        yield f"{where}: could end up without a statement"
    yield from _unknown(preset, where, profile.managed)
    for task in profile.tasks:
        if task.when is not None and task.when not in preset.parameters:
            yield f"{where}: {quoted(task.when)} is not a parameter"
        if not task.is_folder:
            yield from _typed(preset, f"{where}: {task.task}", task)
            continue
        for part in ("arguments", "region", "account"):
            if getattr(task, part):
                yield f"{where}: {quoted(task.task)} has no {quoted(part)}; it takes bucket, folder, owner and keys"
        arguments = {"bucket": task.bucket, "folder": task.folder, "account": task.owner, "key": task.keys}
        for wanted, given in arguments.items():
            spec = None if given is None else preset.parameters.get(given)
            if given is not None and (spec is None or spec.type != wanted or (spec.many and wanted != "key")):
                yield f"{where}: {quoted(given)} is not a parameter of the type {quoted(wanted)} with one value"
    for statement in profile.statements:
        if statement.when is not None and statement.when not in preset.parameters:
            yield f"{where}: {quoted(statement.when)} is not a parameter"
        yield from _unknown(preset, where, statement.resources)
        for condition in statement.conditions:
            yield from _unknown(preset, where, (condition.key, *condition.values))


def _typed(preset: Preset, where: str, task: TaskTemplate) -> Iterator[str]:
    named = {"bucket": task.bucket != "bucket", "folder": task.folder, "owner": task.owner, "keys": task.keys}
    for name in (name for name, is_given in named.items() if is_given):
        yield f"{where}: has no {quoted(name)}; give its `arguments`"
    for fault in faults_of_task(task):
        yield f"{where}: {fault}"
    yield from _unknown(preset, where, templates_of(task))
    several = {name for name, spec in preset.parameters.items() if spec.many}
    for text in (task.region, task.account):
        if text is not None and several.intersection(placeholders(text)):
            yield f"{where}: {quoted(text)} holds a list where one value belongs"


def _certain(preset: Preset) -> frozenset[str]:
    """The names that always have a value."""
    given = {name for name, spec in preset.parameters.items() if spec.required or spec.default is not None}
    return frozenset((*given, *preset.tables, "partition"))


def _always_some(preset: Preset, values: Iterable[str], certain: frozenset[str]) -> bool:
    """Whether one of the values always remains, also where optional parameters are not given."""
    needs = [set(placeholders(value)) - certain for value in values]
    if any(not need for need in needs):
        return True
    alone = {next(iter(need)) for need in needs if len(need) == 1}
    return any(group and alone.issuperset(group) for group in preset.need_one_of)


def _unknown(preset: Preset, where: str, templates: Sequence[str]) -> Iterator[str]:
    known = {*preset.parameters, *preset.tables, "partition", "role_name"}
    names = dict.fromkeys(name for template in templates for name in placeholders(template))
    strange = [name for name in names if name not in known]
    if strange:
        is_none = "is not a parameter or table" if len(strange) == 1 else "are no parameters or tables"
        yield f"{where}: {quoted_list(strange)} {is_none}"
    lists = {name for name, spec in preset.parameters.items() if spec.many}
    if any(len(lists.intersection(placeholders(template))) > _MOST_LISTS for template in templates):
        yield f"{where}: a text holds more than {_MOST_LISTS} lists, each of whose values goes with each of the others"


def _uncertain(where: str, templates: Iterable[str], certain: frozenset[str]) -> Iterator[str]:
    names = dict.fromkeys(name for template in templates for name in placeholders(template))
    missing = [name for name in names if name not in certain]
    if missing:
        yield f"{where}: {quoted_list(missing)} must be required, because it says who gets in"
