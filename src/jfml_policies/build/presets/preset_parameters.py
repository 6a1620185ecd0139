"""The typed parameters of a preset, made from its data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from typing import Annotated, Any, ClassVar, Final

from pydantic import AfterValidator, BeforeValidator, Field, create_model
from pydantic_core import PydanticCustomError

from jfml_policies.build.identifiers import KmsKey, partition_of
from jfml_policies.build.parameters import Parameters, checked_by, list_of_at_most
from jfml_policies.build.presets.preset import ParameterSpec, Preset, Profile
from jfml_policies.build.presets.templates import Values, placeholders
from jfml_policies.build.presets.typed_tasks import needed_by, templates_of
from jfml_policies.build.presets.value_types import problem_finder
from jfml_policies.build.wording import quoted, quoted_list

__all__ = ["PresetParameters", "all_specs", "needed_names", "parameters_model", "values_of"]

#: Enough for any trust policy that AWS takes.
_MOST_VALUES: Final = 20


class PresetParameters(Parameters):
    """Base of the parameters of every preset; `parameters_model` makes the model of one."""

    preset: ClassVar[Preset]

    @classmethod
    def disagreements(cls, right: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Pairs of a parameter and why it does not go with the others."""
        yield from _needed(cls.preset, right)
        yield from _unused(cls.preset, right)
        yield from _places(cls.preset, right)


def all_specs(preset: Preset) -> dict[str, ParameterSpec]:
    """The parameters of a preset by name, those that every preset has among them; `external_id` comes first.

    Where the vendor knows no external ids there is none.
    """
    specs: dict[str, ParameterSpec] = {}
    ids = preset.external_id
    if ids.policy != "unsupported":
        help_text = f"the id that is compared when the role is assumed: {ids.where}"
        required = ids.policy == "required"
        specs["external_id"] = ParameterSpec(type="external-id", help=help_text, required=required, many=ids.many)
    specs |= preset.parameters
    if len(preset.profiles) > 1:
        first = preset.first_profile
        help_text = "; ".join(f"{name}: {profile.summary}" for name, profile in preset.profiles.items())
        specs["profile"] = ParameterSpec(type="choice", help=help_text, choices=tuple(preset.profiles), default=first)
    if len(preset.partitions) > 1:
        specs["partition"] = ParameterSpec(
            type="choice", help="AWS partition of everything", choices=preset.partitions, default=preset.partitions[0]
        )
    specs.setdefault("role_name", ParameterSpec(type="role-name", help="the role's name"))
    return specs


def needed_names(preset: Preset) -> tuple[str, ...]:
    """The parameters that must be given where the first profile is taken; of a group its first."""
    specs = all_specs(preset)
    needed = {name for name, spec in specs.items() if spec.required}
    needed |= {group[0] for group in preset.need_one_of}
    for name in _needs(preset.profiles[preset.first_profile], needed):
        if name in specs and specs[name].type != "folder" and specs[name].default is None:
            needed.add(name)
    return tuple(name for name in specs if name in needed)


@lru_cache(maxsize=64)
def _cached_model(preset_json: str) -> type[PresetParameters]:
    preset = Preset.model_validate_json(preset_json)
    fields: dict[str, Any] = {name: _field(spec) for name, spec in all_specs(preset).items()}
    if preset.external_id.policy == "unsupported":
        refuse = partial(_refuse_external_id, preset=preset)
        fields["external_id"] = (Annotated[str | None, BeforeValidator(refuse)], None)
    model = create_model("".join(part.title() for part in preset.name.split("-")), __base__=PresetParameters, **fields)
    model.preset = preset
    return model


def parameters_model(preset: Preset) -> type[PresetParameters]:
    """The model of a preset's parameters: `of` takes values by name and tells all that is wrong with them."""
    return _cached_model(preset.model_dump_json())


def values_of(parameters: PresetParameters) -> Values:
    """What the names in the preset's templates stand for."""
    preset = parameters.preset
    given = dict(parameters)
    values = {name: _written(spec, _as_values(given.get(name))) for name, spec in all_specs(preset).items()}
    values.setdefault("partition", (preset.partitions[0],))
    values |= {name: (table.values[given[table.by]],) for name, table in preset.tables.items()}
    return values


def _field(spec: ParameterSpec) -> tuple[Any, Any]:
    one = Annotated[str, AfterValidator(checked_by(problem_finder(spec)))]
    described = Field(description=spec.help)
    if spec.many:
        many = Annotated[tuple[one, ...], BeforeValidator(list_of_at_most(_MOST_VALUES)), described]
        if spec.required:
            return Annotated[many, AfterValidator(_not_empty)], ...
        return many, () if spec.default is None else (spec.default,)
    if spec.required:
        return Annotated[one, described], ...
    return (Annotated[one, described], spec.default) if spec.default else (Annotated[one | None, described], None)


def _not_empty(values: tuple[str, ...]) -> tuple[str, ...]:
    if not values:
        raise PydanticCustomError("parameter", "{problem}", {"problem": "is missing"})
    return values


def _refuse_external_id(value: object, *, preset: Preset) -> None:
    if value is not None:
        problem = f"{preset.vendor} sends none, so that nobody could assume the role: {preset.external_id.where}"
        raise PydanticCustomError("parameter", "{problem}", {"problem": problem})


def _written(spec: ParameterSpec, texts: tuple[str, ...]) -> tuple[str, ...]:
    """The values as templates take them.

    A folder ends in a slash, so that `train` is not `training` too; none is the whole bucket, the empty text.
    """
    if spec.type == "folder":
        return tuple(text if text.endswith("/") else f"{text}/" for text in texts) or ("",)
    return texts


def _as_values(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _needed(preset: Preset, right: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Parameters that the profile, or a group of which one must be given, cannot do without."""
    chosen = right.get("profile", preset.first_profile)
    given = {name for name, value in right.items() if value not in (None, ())}
    wrong = set(all_specs(preset)) - set(right)
    profile = preset.profiles.get(chosen)
    if profile is not None:
        for name in _needs(profile, given):
            spec = all_specs(preset).get(name)
            if spec is not None and spec.type != "folder" and name not in given | wrong:
                yield name, f"is missing; the profile {quoted(chosen)} needs it"
    for group in preset.need_one_of:
        if not (given | wrong) & set(group):
            yield group[0], f"is missing; give at least one of {quoted_list(group)}"


def _needs(profile: Profile, given: set[str]) -> list[str]:
    """The names that a profile's permissions hold, but for statements that are left out."""
    names: list[str] = []
    for task in profile.tasks:
        if task.when is None or task.when in given:
            names += [task.bucket] if task.is_folder else needed_by(task)
    templates = [*profile.managed]
    for statement in profile.statements:
        if statement.when is None or statement.when in given:
            templates += statement.resources
            templates += [value for condition in statement.conditions for value in (condition.key, *condition.values)]
    return list(dict.fromkeys([*names, *(name for template in templates for name in placeholders(template))]))


def _unused(preset: Preset, right: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Parameters that are given although the profile has no use for them."""
    chosen = right.get("profile", preset.first_profile)
    profile = preset.profiles.get(chosen)
    if profile is None or ("profile" not in right and len(preset.profiles) > 1):
        return
    used = _used(preset, profile)
    for name, spec in preset.parameters.items():
        value = right.get(name)
        if name not in used and value not in (None, ()) and value != spec.default:
            yield name, f"the profile {quoted(chosen)} has no use for it; leave it out or take another profile"


def _used(preset: Preset, profile: Profile) -> set[str]:
    """The names that matter with a profile: to the trust policy, or to its permissions."""
    templates = [
        text
        for statement in preset.trust
        for text in (
            *statement.principals,
            *(text for condition in statement.conditions for text in (condition.key, *condition.values)),
        )
    ]
    names = {"role_name", *(table.by for table in preset.tables.values())}
    for task in profile.tasks:
        names |= {task.when} if task.when else set()
        if task.is_folder:
            names |= {name for name in (task.bucket, task.folder, task.owner, task.keys) if name}
        else:
            templates += templates_of(task)
    for statement in profile.statements:
        names |= {statement.when} if statement.when else set()
        templates += statement.resources
        templates += [text for condition in statement.conditions for text in (condition.key, *condition.values)]
    templates += profile.managed
    return names | {name for template in templates for name in placeholders(template)}


def _places(preset: Preset, right: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Regions and ARNs of another partition than the rest."""
    table = preset.tables.get("partition")
    partition = right.get("partition", preset.partitions[0])
    if table is not None:
        partition = table.values.get(right.get(table.by, ""))
    if partition is None or ("partition" not in right and len(preset.partitions) > 1):
        return
    for name, spec in all_specs(preset).items():
        for value in _as_values(right.get(name)):
            if _partition(spec, value) not in (None, partition):
                yield name, f"{quoted(value)} is not in the partition {quoted(partition)}"


def _partition(spec: ParameterSpec, value: str) -> str | None:
    if spec.type == "region":
        return partition_of(value)
    if spec.type == "key":
        return KmsKey.of(value).partition
    return value.split(":")[1] if spec.type in ("role-arn", "user-arn") else None
