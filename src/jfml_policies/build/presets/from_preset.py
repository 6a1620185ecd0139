"""From a preset and parameters to a role, checked like every built role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from jfml_policies.build.finished_role import finished_role
from jfml_policies.build.identifiers import KmsKey, Partition, account_id_problem
from jfml_policies.build.presets.preset import ConditionTemplate, Preset, Profile, TaskTemplate, TrustTemplate
from jfml_policies.build.presets.preset_parameters import PresetParameters, parameters_model, values_of
from jfml_policies.build.presets.preset_words import allowed, chosen, left_out, warned
from jfml_policies.build.presets.templates import Values, expanded, placeholders
from jfml_policies.build.presets.typed_tasks import tasks_of
from jfml_policies.build.role import Role
from jfml_policies.build.statements import Condition, Statement, document, joined
from jfml_policies.build.task import Task
from jfml_policies.build.tasks.s3 import Folder, ReadFolder, WriteFolder
from jfml_policies.build.wording import quoted
from jfml_policies.errors import ParameterError

__all__ = ["preset_role", "role_from"]

_EXTERNAL_ID: Final = "sts:ExternalId"
#: The parameter that stands for the user's own account.
_OWN: Final = "own_account"


def preset_role(preset: Preset, given: Mapping[str, object], *, role_account: str | None = None) -> Role:
    """The role of a preset: trust policy, permissions and their explanation. Equal for equal parameters.

    Args:
        preset: as `preset_files.preset_named` or `preset_files.read_preset` gives it.
        given: values by the parameters' names.
        role_account: the account that the role is made in, where it is known and the preset does not tell.

    Raises:
        ParameterError: parameters are wrong, missing or contradict one another; all of them are listed.
        PolicyError: a document that the preset makes fails the linter, so the preset is at fault.

    >>> from jfml_policies.build.presets.preset_files import preset_named
    >>> reader = {"external_id": "7c4b1f2e90d84a6c", "bucket": "acme-exports", "folder": "orders/"}
    >>> preset_role(preset_named("fivetran"), reader).trust["Statement"][0]["Principal"]
    {'AWS': 'arn:aws:iam::834469178297:root'}
    """
    try:
        parameters = parameters_model(preset).of(given)
    except ParameterError as error:
        hint = _where_to_find(preset) if "external_id: is missing" in error.problems else error.hint
        raise ParameterError(error.problems, hint=hint) from None
    return role_from(parameters, role_account=role_account)


def role_from(parameters: PresetParameters, *, role_account: str | None = None) -> Role:
    """The role that checked parameters ask for, as `preset_role` gives it."""
    preset, values = parameters.preset, values_of(parameters)
    profile = profile_of(parameters)
    account = _account(preset, values)
    if role_account is not None:
        problem = account_id_problem(role_account)
        if problem is None and account not in {None, role_account}:
            problem = f"{quoted(role_account)} is not the account that own_account says the role is in, {account}"
        if problem is not None:
            raise ParameterError((f"role_account: {problem}",))
    return finished_role(
        name=values["role_name"][0] if values["role_name"] else None,
        trust=document(_trust_statement(statement, values) for statement in preset.trust),
        permissions=document(joined(_permissions(profile, values))),
        parameters=parameters,
        choices=chosen(parameters, profile),
        allows=allowed(parameters, profile),
        leaves_out=left_out(parameters, profile),
        warnings=warned(parameters, profile),
        remedies=("give fewer or shorter values",) * 2,
        fault=f"this is a fault of the preset `{preset.name}`, not of the parameters",
        managed_policies=expanded(profile.managed, values),
        account=role_account or account,
    )


def _account(preset: Preset, values: Values) -> str | None:
    """The account that the role is made in, where the trust policy speaks of it: `own_account` is that of a role's
    buckets, and elsewhere they may lie in another.
    """
    texts = [text for statement in preset.trust for text in (*statement.principals, *_compared(statement))]
    told = any(_OWN in placeholders(text) for text in texts)
    return values[_OWN][0] if told and values.get(_OWN) else None


def _compared(statement: TrustTemplate) -> Iterator[str]:
    for condition in statement.conditions:
        yield from condition.values


def profile_of(parameters: PresetParameters) -> Profile:
    """The permission profile that is asked for."""
    preset = parameters.preset
    return preset.profiles[str(dict(parameters).get("profile", preset.first_profile))]


def _where_to_find(preset: Preset) -> str:
    ids = preset.external_id
    maker = f"{preset.vendor} makes" if ids.made_by == "vendor" else "you choose"
    return f"{maker} the external id: {ids.where}"


def _trust_statement(template: TrustTemplate, values: Values) -> Statement:
    conditions = _conditions(template.conditions, values)
    ids = values.get("external_id", ())
    # A session may be tagged only by whoever could assume the role, and the key is there for AssumeRole alone.
    if template.aws and ids and "sts:AssumeRole" in template.actions:
        conditions = (*conditions, Condition("StringEquals", _EXTERNAL_ID, ids))
    return Statement(
        sid=template.sid,
        actions=template.actions,
        conditions=conditions,
        principal=expanded(template.principals, values),
        principal_type=template.principal_type,
    )


def _permissions(profile: Profile, values: Values) -> Iterator[Statement]:
    for template in profile.tasks:
        for task in tasks_for(template, values):
            yield from task.statements()
    for statement in profile.statements:
        if statement.when is None or values[statement.when]:
            yield Statement(
                statement.sid,
                statement.actions,
                expanded(statement.resources, values),
                _conditions(statement.conditions, values),
            )


def tasks_for(template: TaskTemplate, values: Values) -> tuple[Task, ...]:
    """The tasks that a template becomes; none where its parameter `when` is not given."""
    if template.when is not None and not values[template.when]:
        return ()
    return (_folder_task(template, values),) if template.is_folder else tasks_of(template, values)


def _folder_task(template: TaskTemplate, values: Values) -> ReadFolder | WriteFolder:
    def first(name: str | None) -> str | None:
        return values[name][0] if name is not None and values.get(name) else None

    partition: Partition = "aws"
    partition = values["partition"][0]  # type: ignore[assignment]
    folder = Folder.of(values[template.bucket][0], first(template.folder), partition)
    keys = tuple(KmsKey.of(arn) for arn in (values.get(template.keys, ()) if template.keys else ()))
    if template.task == "read-folder":
        return ReadFolder(folder, owner=first(template.owner), keys=keys)
    return WriteFolder(folder, owner=first(template.owner), keys=keys)


def _conditions(templates: tuple[ConditionTemplate, ...], values: Values) -> tuple[Condition, ...]:
    conditions = []
    for template in templates:
        texts = expanded(template.values, values)
        # INVARIANT: a preset is refused, and so are parameters, where a condition could end up without values.
        assert texts, template.key
        conditions.append(Condition(template.operator, expanded([template.key], values)[0], texts))
    return tuple(conditions)
