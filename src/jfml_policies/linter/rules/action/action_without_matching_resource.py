"""ACTION_WITHOUT_MATCHING_RESOURCE."""

from __future__ import annotations

from typing import Final

from jfml_policies.linter.questions.action_targets import arn_targets, never_matches
from jfml_policies.linter.questions.plain_statements import is_said_plainly
from jfml_policies.linter.questions.redundant_entries import MAX_RELATED
from jfml_policies.linter.questions.s3_targets import only_buckets, only_objects, works_on
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.kinds import IDENTITY_KINDS
from jfml_policies.policy.nodes import Statement, Text

__all__ = ["ActionWithoutMatchingResource"]

#: A larger statement is not looked at; no policy that AWS takes has room for one.
_MOST_ENTRIES: Final = 2_000
#: Resource types that a hint names.
_MOST_TYPES: Final = 5


class ActionWithoutMatchingResource(Rule):
    """An action can be done to none of the resources that its statement names.

    ## Why is this bad?

    The statement says nothing about the action.
    In an Allow the workload lacks the permission and fails with AccessDenied.
    In a Deny the action stays open to everyone whom another statement lets in.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Action": ["dynamodb:GetItem", "dynamodb:ListTables"],
      "Resource": "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
    }
    ```

    ## Use instead

    ```json
    [
      {
        "Effect": "Allow",
        "Action": "dynamodb:GetItem",
        "Resource": "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
      },
      {"Effect": "Allow", "Action": "dynamodb:ListTables", "Resource": "*"}
    ]
    ```

    An action works on the resource types that AWS's reference lists for it; one without any works on `*` only.
    A pattern of one service's actions is reported when that is true of every action it covers.

    Not judged are statements with a resource that can be anything, or that is of no published form: it may be newer
    than the catalogue.
    For the same reason tagging actions, and actions without resource types that bear the resource's name and do not
    list, are not held against ARNs of their own service.
    `table/*` is no particular resource, so `dynamodb:ListTables` is not reported beside it, nor are IAM's listing
    actions beside a path such as `role/service/*`.
    Placeholders and policy variables stand for any text.
    An action that another statement has on every resource and without a condition is `covered-action`.
    Mixed-up S3 buckets and objects are `bucket-action-on-object-arn` and `object-action-on-bucket-arn`.

    ## References

    - [Service Authorization Reference: The actions table](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
    """

    code = "ACTION_WITHOUT_MATCHING_RESOURCE"
    severity = "warning"
    confidence = "medium"
    origin = "jfml"
    kinds = IDENTITY_KINDS | {"scp", "rcp", "endpoint"}
    mentions = ('"arn:',)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each entry of Action that fits no entry of Resource."""
        if statement.action is None or statement.resource is None or statement.has("NotResource"):
            return
        actions, resources = statement.action.values, statement.resource.values
        if not resources or len(actions) + len(resources) > _MOST_ENTRIES:
            return
        catalog = context.catalog
        targets = arn_targets([entry.value for entry in resources], catalog)
        if targets is None:
            return
        for action in actions:
            if not never_matches(action.value, targets, catalog) or _is_s3_mix(action, resources, context):
                continue
            if is_said_plainly(action.value, statement, context):
                continue
            known = catalog.action(action.value)
            types = sorted({listed.name for listed in known.resource_types}) if known else []
            if known and not types:
                message = f"`{action.value}` can't be limited to resources, and `{resources[0].value}` is one"
                hint = 'give it `"Resource": "*"` in a statement of its own'
            else:
                message = f"`{action.value}` can't be done to any resource of this statement"
                named = ", ".join(f"`{name}`" for name in types[:_MOST_TYPES])
                hint = f"it works on {named}" if 0 < len(types) <= _MOST_TYPES else "move it to a statement of its own"
            places = tuple([related(entry, "this resource") for entry in resources[:MAX_RELATED]])
            yield self.finding(action, message, hint=hint, related=places)


def _is_s3_mix(action: Text, resources: tuple[Text, ...], context: Context) -> bool:
    """Whether one of the two rules about S3 reports the action."""
    if works_on(action.value, "bucket", context.catalog):
        return bool(only_objects(resources))
    return works_on(action.value, "object", context.catalog) and bool(only_buckets(resources))
