"""SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED."""

from __future__ import annotations

from jfml_policies.linter.questions.oidc_claims import GITHUB, github_tests, host_of, web_identities
from jfml_policies.linter.rule import Context, Findings, Rule
from jfml_policies.patterns.arn import has_wildcard
from jfml_policies.policy.nodes import Statement, Test
from jfml_policies.policy.operators import parse_operator

__all__ = ["SpecificGithubRepoAndBranchRecommended"]


class SpecificGithubRepoAndBranchRecommended(Rule):
    """A trust policy lets in GitHub Actions of repositories or branches that a pattern leaves open.

    ## Why is this bad?

    With an open repository, whoever may create a repository for the owner can assume the role.
    With an open branch, whoever may push any branch or open a pull request can, unreviewed.

    ## Example

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:acme/*"}}
    }
    ```

    ## Use instead

    ```json
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {"token.actions.githubusercontent.com:sub": "repo:acme/features:ref:refs/heads/main"}
      }
    }
    ```

    A value is fine when owner, repository and branch are written out, or owner and repository while a condition on
    `token.actions.githubusercontent.com:ref` names the branch.
    Where another condition on `:sub` has no wildcards, nothing is reported.

    ## References

    - [GitHub: OpenID Connect reference, subject claims](https://docs.github.com/en/actions/reference/security/oidc)
    - [Access Analyzer: Specific GitHub repo and branch recommended](https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-specific-github-repo-and-branch-recommended)
    """

    code = "SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED"
    severity = "warning"
    kinds = frozenset(("trust",))
    mentions = ("github",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each pattern that leaves too much open."""
        if not statement.allows or all(host_of(provider) != GITHUB for _, provider in web_identities(statement)):
            return
        subjects = [test for test in github_tests(statement, "sub") if _is_positive(test)]
        if any(_is_exact(test) for test in subjects):
            return
        has_ref = any(_is_positive(test) and _is_exact(test) for test in github_tests(statement, "ref"))
        for test in subjects:
            operator = parse_operator(test.operator.value)
            for value in test.values if operator and operator.facts.patterns else ():
                open_part = _open_part(value.value, has_ref=has_ref)
                if open_part:
                    yield self.finding(
                        value,
                        f"`{value.value}` leaves the {open_part} open",
                        hint="write owner, repository and branch in full, as in "
                        "`repo:OWNER/REPOSITORY:ref:refs/heads/main`",
                    )


def _is_positive(test: Test) -> bool:
    """Whether only callers with one of the values pass the test."""
    operator = parse_operator(test.operator.value)
    return operator is not None and operator.family == "String" and not operator.negated


def _is_exact(test: Test) -> bool:
    """Whether every value of a positive test is a text without wildcards."""
    operator = parse_operator(test.operator.value)
    return bool(test.values) and (
        (operator is not None and not operator.facts.patterns)
        or not any(has_wildcard(value.value) for value in test.values)
    )


def _open_part(subject: str, *, has_ref: bool) -> str | None:
    """What a pattern of a subject leaves open: `repository`, `branch`, or None."""
    if not has_wildcard(subject):
        return None
    parts = subject.split(":")
    if len(parts) < 2 or has_wildcard(parts[0]) or has_wildcard(parts[1]):
        return "repository"
    branch = parts[parts.index("ref") + 1 :][:1] if "ref" in parts else []
    if has_ref or (branch and not has_wildcard(branch[0])):
        return None
    return "branch"
