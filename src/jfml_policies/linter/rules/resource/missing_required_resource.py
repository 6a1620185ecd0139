"""MISSING_REQUIRED_RESOURCE."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.catalog.arn_format import PLACEHOLDER
from jfml_policies.catalog.required_together import SERVICES, required_groups
from jfml_policies.linter.questions.action_targets import arn_targets
from jfml_policies.linter.questions.resource_arn import is_everything, is_literal
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.patterns.glob import Glob
from jfml_policies.policy.kinds import IDENTITY_KINDS
from jfml_policies.policy.nodes import Policy, Text

if TYPE_CHECKING:
    from jfml_policies.catalog import Catalog
    from jfml_policies.catalog.required_together import Group
    from jfml_policies.catalog.service import Action, ResourceType
    from jfml_policies.linter.questions.action_targets import Targets

__all__ = ["MissingRequiredResource"]

#: Resources of a document; a larger one is not looked at.
_MOST_RESOURCES: Final = 2_000


class MissingRequiredResource(Rule):
    """An action needs resources of several types, and the document grants it on some of them only.

    ## Why is this bad?

    The request names all of the resources, and AWS checks each of them, so the workload fails with AccessDenied.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Action": "glue:GetTable",
      "Resource": "arn:aws:glue:eu-west-1:111122223333:table/features/train"
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Action": "glue:GetTable",
      "Resource": [
        "arn:aws:glue:eu-west-1:111122223333:catalog",
        "arn:aws:glue:eu-west-1:111122223333:database/features",
        "arn:aws:glue:eu-west-1:111122223333:table/features/train"
      ]
    }
    ```

    Looked at are all Allow statements of the document that cover the action; another document may grant the rest.
    Judged are AWS Glue's actions on databases, tables and functions, `ec2:RunInstances`, `ec2:AttachVolume` and
    `ssm:SendCommand`, written out.
    AWS's reference marks resource types of other actions as required, too, but in many services the mark means "one of
    these", so they are not judged.
    A resource that can be anything, or that is of no published form, is taken for whatever is missing.

    ## References

    - [AWS Glue Developer Guide: AWS Glue resource ARNs](https://docs.aws.amazon.com/glue/latest/dg/glue-specifying-resource-arns.html)
    - [Amazon EC2 User Guide: Example policies](https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html)
    - [Systems Manager User Guide: Setting up Run Command](https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command-setting-up.html)
    """

    code = "MISSING_REQUIRED_RESOURCE"
    severity = "warning"
    confidence = "medium"
    origin = "jfml"
    kinds = IDENTITY_KINDS
    mentions = ('"glue:', "ec2:runinstances", "ec2:attachvolume", "ssm:sendcommand")

    def check_policy(self, policy: Policy, context: Context) -> Findings:
        """Reports the first place of each action that lacks resources."""
        judged: set[str] = set()
        for statement in policy.statements:
            if not statement.allows or statement.action is None or statement.resource is None:
                continue
            for entry in statement.action.values:
                if entry.value.partition(":")[0].lower() not in SERVICES or entry.value.lower() in judged:
                    continue
                judged.add(entry.value.lower())
                action = context.catalog.action(entry.value) if is_literal(entry.value) else None
                groups = required_groups(action) if action is not None else ()
                if action is None or not groups:
                    continue
                resources = _granted_on(action, policy)
                targets = arn_targets([text.value for text in resources], context.catalog) if resources else None
                if targets is None:
                    continue
                missing = [group for group in groups if not _is_met(group, action, targets, context.catalog)]
                # With none of them it is action-without-matching-resource.
                if missing and len(missing) < len(groups):
                    yield self.finding(
                        entry,
                        f"`{entry.value}` needs {_named(missing)} as well, and no Allow here grants it on one",
                        hint=f"add {_examples(missing, action, resources[0].value, context.catalog)}",
                        related=tuple([related(text, "it is granted here") for text in resources[:5]]),
                    )


def _granted_on(action: Action, policy: Policy) -> tuple[Text, ...]:
    """The resources of all Allow statements that cover an action; none where they can't be told."""
    found: list[Text] = []
    for statement in policy.statements:
        if not statement.allows:
            continue
        if statement.action is None:
            return ()
        if any(_covers(entry.value, action) for entry in statement.action.values):
            if statement.resource is None or statement.has("NotResource"):
                return ()
            found.extend(statement.resource.values)
            if any(is_everything(entry.value) for entry in statement.resource.values):
                return ()
    return tuple(found) if len(found) <= _MOST_RESOURCES else ()


def _covers(entry: str, action: Action) -> bool:
    if is_literal(entry):
        return entry.lower() == action.full_name.lower()
    return Glob.parse(entry, fold_case=True).matches(action.full_name)


def _is_met(group: Group, action: Action, targets: Targets, catalog: Catalog) -> bool:
    formats = [described.arn_format for described in _types(group, action, catalog)]
    return not formats or any((arn.service, arn.resource_pattern) in targets.forms for arn in formats)


def _types(group: Group, action: Action, catalog: Catalog) -> list[ResourceType]:
    service = catalog.service(action.service)
    types = [service.resource_type(name) for name in group] if service else []
    return [described for described in types if described is not None]


def _named(missing: list[Group]) -> str:
    names = [f"`{group[0]}`" for group in missing]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _examples(missing: list[Group], action: Action, beside: str, catalog: Catalog) -> str:
    """An ARN of each missing type, in the partition, Region and account of one that is granted."""
    templates = [described.arn for group in missing for described in _types(group, action, catalog)[:1]]
    return " and ".join(f"`{_example(template, beside)}`" for template in templates)


def _example(template: str, beside: str) -> str:
    """A published form of ARN with what another ARN has in its place, and wildcards for the rest.

    >>> _example("arn:${Partition}:glue:${Region}:${Account}:database/${DatabaseName}", "arn:aws:glue:*:111122223333:t")
    'arn:aws:glue:*:111122223333:database/*'
    """
    given = beside.split(":", 5)
    fields = template.split(":", 5)
    for place in (1, 3, 4):
        if PLACEHOLDER.search(fields[place]):
            fields[place] = given[place] if len(given) == len(fields) and given[place] else "*"
    return PLACEHOLDER.sub("*", ":".join(fields))
