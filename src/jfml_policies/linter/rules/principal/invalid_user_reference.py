"""INVALID_USER_REFERENCE."""

from __future__ import annotations

from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.patterns.principal import Principal
from jfml_policies.policy.nodes import Group, Principals, Statement, Text

__all__ = ["InvalidUserReference"]


class InvalidUserReference(Rule):
    """A principal is the unique id of a user instead of its ARN.

    ## Why is this bad?

    AWS shows such an id where the user that a policy named has been deleted: the statement grants nothing.
    A new user of the same name has another id, so it is not let in either, and no reader can tell who was meant.

    ## Example

    ```json
    {"Effect": "Allow", "Principal": {"AWS": "AIDAEXAMPLE1234567890"}, "Action": "sts:AssumeRole"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/Reader"}, "Action": "sts:AssumeRole"}
    ```

    ## References

    - [IAM User Guide: IAM identifiers, unique identifiers](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids)
    - [Access Analyzer: Invalid user reference](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-invalid-user-reference)
    """

    code = "INVALID_USER_REFERENCE"
    severity = "warning"
    kinds = frozenset(("resource", "endpoint", "trust"))
    mentions = ("aida",)

    def check_principal(
        self, principal: Text, group: Group | None, principals: Principals, statement: Statement, context: Context
    ) -> Findings:
        """Reports the id."""
        if group is None or not principal.value.startswith("AIDA"):
            return
        if Principal.parse(group.type.value, principal.value).unique_id_owner == "user":
            yield self.finding(
                principal,
                f"`{principal.value}` is the unique id of a user, most likely of a deleted one",
                hint="write the ARN, `arn:aws:iam::ACCOUNT:user/NAME`, or remove the entry",
            )
