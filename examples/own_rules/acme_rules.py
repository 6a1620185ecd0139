"""A rule of one's own: what `rules-from = ["acme_rules"]` in `jfml-policies.toml` adds to `check`.

PYTHONPATH=examples/own_rules jfml-policies check --config examples/own_rules/jfml-policies.toml examples
"""

from __future__ import annotations

from jfml_policies.linter.option import strings
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.policy.nodes import Statement, Text

__all__ = ["ActionOfRetiredService"]

_SERVICES = strings("services", default=("simpledb",), meaning="services that the company no longer uses")


class ActionOfRetiredService(Rule):
    """A statement allows actions of a service that Acme no longer uses.

    ## Why is this bad?

    Nobody watches what happens there any more, so what is done with the permission stays unseen.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "qldb:SendCommand", "Resource": "*"}
    ```

    ## References

    - [Acme's list of services](https://wiki.example.com/aws-services)
    """

    code = "ACTION_OF_RETIRED_SERVICE"
    severity = "warning"
    kinds = frozenset(("identity", "boundary"))
    options = (_SERVICES,)

    def check_action(self, action: Text, statement: Statement, context: Context) -> Findings:
        """Reports the action, unless the statement denies it."""
        service = action.value.partition(":")[0].lower()
        if statement.allows and service in context.option(self, _SERVICES):
            yield self.finding(action, f"`{action.value}` is of a service that Acme no longer uses", hint="take it out")
