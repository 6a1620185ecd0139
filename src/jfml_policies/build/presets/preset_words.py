"""What a role made from a preset is, in plain words: chosen, allowed, left out, and what to watch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jfml_policies.build.identifiers import region_doubt
from jfml_policies.build.presets.preset import Profile, TaskTemplate, TrustTemplate
from jfml_policies.build.presets.preset_parameters import PresetParameters, values_of
from jfml_policies.build.presets.templates import Values, expanded
from jfml_policies.build.presets.typed_tasks import tasks_of
from jfml_policies.build.statements import Statement, joined
from jfml_policies.build.tasks.s3 import Folder
from jfml_policies.build.wording import listed, quoted

__all__ = ["allowed", "chosen", "left_out", "warned"]


def chosen(parameters: PresetParameters, profile: Profile) -> Iterator[str]:
    """What was chosen and why, one line each."""
    preset, values = parameters.preset, values_of(parameters)
    source = preset.source
    yield f'the trust policy is that of "{source.title}", {source.address}, as of {source.date.isoformat()}'
    if len(preset.profiles) > 1:
        name = next(name for name, known in preset.profiles.items() if known == profile)
        yield f"the permissions are those of the profile {quoted(name)}: {profile.summary}"
    if values.get("external_id"):
        maker = preset.vendor if preset.external_id.made_by == "vendor" else "you"
        yield f"whoever assumes the role must send the external id, which {maker} chose"


def allowed(parameters: PresetParameters, profile: Profile) -> Iterator[str]:
    """What the policies allow, one line each."""
    values = values_of(parameters)
    for statement in parameters.preset.trust:
        yield _let_in(statement, values)
    for task in profile.tasks:
        if task.when is not None and not values[task.when]:
            continue
        if task.is_folder:
            yield _task(task, values)
            continue
        for made in joined(one for need in tasks_of(task, values) for one in need.statements()):
            yield f"{_all(made.actions)} on {_all(made.resources)}{_limits(made)}"
    for template in profile.statements:
        if template.when is None or values[template.when]:
            yield f"{_all(template.actions)} on {_all(expanded(template.resources, values))}"
    for arn in expanded(profile.managed, values):
        yield f"everything in AWS's managed policy {_all([arn])}, once it is attached"


def left_out(parameters: PresetParameters, profile: Profile) -> Iterator[str]:
    """What the policies deliberately do not allow, one line each."""
    del profile
    yield from parameters.preset.leaves_out


def warned(parameters: PresetParameters, profile: Profile) -> Iterator[str]:
    """What cannot be put right here, one line each."""
    preset, values = parameters.preset, values_of(parameters)
    managed = expanded(profile.managed, values)
    if managed:
        yield (
            f"attach {_all(managed)} to the role too (`aws iam attach-role-policy`); AWS changes such policies"
            " as services change"
        )
    if preset.external_id.policy == "supported" and not values["external_id"]:
        yield (
            f"no external_id was given, so any customer of {preset.vendor} who knows the role's ARN may have it"
            f" assumed: {preset.external_id.where}"
        )
    for name, spec in preset.parameters.items():
        if spec.type == "region":
            yield from filter(None, map(region_doubt, values[name]))
    folders = [task for task in profile.tasks if task.is_folder and (task.when is None or values[task.when])]
    for task in folders:
        if task.keys is not None and not values[task.keys]:
            yield (
                "no KMS key was given; if objects are encrypted with SSE-KMS and a key of your own, reaching them ends"
                " in AccessDenied"
            )
            break
    for task in folders:
        folder = _folder(task, values)
        if not folder.path:
            verb = "read" if task.task == "read-folder" else "overwrite"
            yield f"without a folder the role can {verb} every object in the bucket {quoted(folder.bucket)}"
    yield from preset.watch


def _limits(statement: Statement) -> str:
    tests = [f"`{condition.key}` is {_one_of(condition.values)}" for condition in statement.conditions]
    return f" where {' and '.join(tests)}" if tests else ""


def _let_in(statement: TrustTemplate, values: Values) -> str:
    who = _all(expanded(statement.principals, values))
    may = "assume the role" if statement.actions[0] != "sts:TagSession" else "tag the session"
    tests = [
        f"{_all(expanded([condition.key], values))} is {_one_of(expanded(condition.values, values))}"
        for condition in statement.conditions
    ]
    ids = values.get("external_id", ())
    if statement.aws and ids and "sts:AssumeRole" in statement.actions:
        tests.append(f"`sts:ExternalId` is {_one_of(ids)}")
    return f"{who} may {may}" + (f" where {' and '.join(tests)}" if tests else "")


def _all(texts: Iterable[str]) -> str:
    """Texts in backticks, whole: an ARN that is cut says nothing."""
    return listed([f"`{text}`" for text in texts])


def _one_of(texts: tuple[str, ...]) -> str:
    return _all(texts) if len(texts) == 1 else f"one of {_all(texts)}"


def _task(task: TaskTemplate, values: Values) -> str:
    folder = _folder(task, values)
    place = quoted(folder.url) if folder.path else f"the bucket {quoted(folder.bucket)}"
    keys = values[task.keys] if task.keys else ()
    end = f", with {_all(keys)}" if keys else ""
    if task.task == "read-folder":
        return f"list and read every object in {place}{end}"
    return f"write and overwrite objects in {place}, also in several parts{end}"


def _folder(task: TaskTemplate, values: Values) -> Folder:
    return Folder.of(values[task.bucket][0], values[task.folder][0] if task.folder else None)
