"""ORGANIZATION_WIDE_ROLE."""

from __future__ import annotations

from jfml_policies.linter.questions.demanding_tests import demands_value
from jfml_policies.linter.questions.organization_ids import is_organization_id
from jfml_policies.linter.questions.role_assumption import includes
from jfml_policies.linter.questions.stranger_tests import stranger_tests
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.nodes import Statement, Test

__all__ = ["OrganizationWideRole"]

_KEY = "aws:principalorgid"


class OrganizationWideRole(Rule):
    """A trust policy lets in every role and user of every account of an organization.

    ## Why is this bad?

    The organization's sandboxes and the accounts of other teams are in it, too.
    Whoever takes over a user or role there that may call `sts:AssumeRole` has this role as well.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "*"},
      "Action": "sts:AssumeRole",
      "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"AWS": "*"},
      "Action": "sts:AssumeRole",
      "Condition": {
        "StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
        "ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/deployment/*"}
      }
    }
    ```

    Better still, name the roles or accounts that call, or one unit of the organization by `aws:PrincipalOrgPaths`.
    Where `organization-ids` of a configuration names your organizations, the finding says whether another is let in.
    Any second condition that says something of the caller silences the rule, tags included.

    ## References

    - [IAM User Guide: aws:PrincipalOrgID](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid)
    """

    code = "ORGANIZATION_WIDE_ROLE"
    severity = "suggestion"
    origin = "jfml"
    kinds = frozenset(("trust",))
    mentions = (_KEY,)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports the `*` of an Allow that only the organization limits."""
        if not statement.allows or statement.principal is None or not includes(statement, "sts:AssumeRole"):
            return
        organization = [test for test in statement.tests if test.key.value.lower() == _KEY and demands_value(test)]
        open_tests = {id(test) for test in stranger_tests(statement)}
        others = [
            test
            for test in statement.tests
            if test.key.value.lower() != _KEY and (id(test) not in open_tests or _is_about_caller(test.key.value))
        ]
        if not organization or others:
            return
        strangers = _strangers(organization, context.settings.organization_ids)
        whose = f"`{strangers[0]}`, which is none of your organizations," if strangers else "the organization"
        for text in statement.principal.of_type("AWS"):
            if text.value == "*":
                yield self.finding(
                    text,
                    f"every role and user of every account of {whose} may assume the role",
                    hint="name the roles or accounts that call, or add a condition on `aws:PrincipalArn`",
                    related=(related(organization[0], "the only limit"),),
                )


def _strangers(tests: list[Test], own: tuple[str, ...]) -> list[str]:
    """The organizations that tests compare with and that are not one's own, where one said which are."""
    named = [value.value for test in tests for value in test.values if is_organization_id(value.value)]
    return [name for name in named if name not in own] if own else []


def _is_about_caller(key: str) -> bool:
    """Whether a key says something of the caller that the organization's own administrators decide."""
    return key.lower().startswith(("aws:principal", "aws:username", "aws:userid", "aws:multifactorauth"))
