"""Identity providers whose tokens AWS takes for a role, and what the subjects of their tokens look like.

Facts of October 2026; `source` names the provider's page. A provider that is not here may exist all the same: most
companies have one of their own, of which nothing is known.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

from jfml_policies.record import record

__all__ = ["BUILT_IN", "TOKEN_ISSUERS", "SubjectPart", "TokenIssuer", "issuer_of"]

#: Who else has tokens of the same provider with the same audience: customers of the provider whom nobody knows,
#: or only other workloads of one's own cluster or organization.
Holders = Literal["strangers", "own"]


@record
class SubjectPart:
    """One part of a subject.

    Attributes:
        before: the text directly before it.
        name: what it is.
        until: the character that ends it.
    """

    before: str
    name: str
    until: str


@record
class TokenIssuer:
    """A provider that many workloads share.

    Attributes:
        address: its address as IAM stores it; one `*` may stand for any run of characters.
        name: the product.
        holders: who else has such tokens.
        everyone: those others, in words.
        tenant: the part of the subject that tells one customer from another, if there is one.
        workload: the parts that tell a customer's workloads apart, in their order.
        example: a subject.
        claims: further claims, in lower case, of which each tells whose workload it is.
        source: the provider's page.
    """

    address: str
    name: str
    holders: Holders
    everyone: str
    tenant: SubjectPart | None
    workload: tuple[SubjectPart, ...]
    example: str
    source: str
    claims: frozenset[str] = frozenset()


#: The providers that need no IAM OIDC provider, and the claims that hold the id of the application a token is for.
#: IAM keeps no list of audiences for them, so that only a condition can compare it.
#: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc.html, October 2026.
BUILT_IN: Final[dict[str, tuple[str, ...]]] = {
    "accounts.google.com": ("aud", "oaud"),
    "cognito-identity.amazonaws.com": ("aud",),
    "graph.facebook.com": ("app_id",),
    "www.amazon.com": ("app_id",),
}

TOKEN_ISSUERS: Final = (
    TokenIssuer(
        address="token.actions.githubusercontent.com",
        name="GitHub Actions",
        holders="strangers",
        everyone="workflows of other owners on GitHub",
        tenant=SubjectPart("repo:", "owner", "/"),
        workload=(SubjectPart("/", "repository", ":"),),
        example="repo:OWNER/REPOSITORY:ref:refs/heads/main",
        claims=frozenset(
            ("repository", "repository_id", "repository_owner", "repository_owner_id", "job_workflow_ref")
        ),
        source="OpenID Connect reference, https://docs.github.com/en/actions/reference/security/oidc",
    ),
    TokenIssuer(
        address="gitlab.com",
        name="GitLab",
        holders="strangers",
        everyone="pipelines of other groups on gitlab.com",
        tenant=SubjectPart("project_path:", "group", "/"),
        workload=(SubjectPart("/", "project", ":"),),
        example="project_path:GROUP/PROJECT:ref_type:branch:ref:main",
        claims=frozenset(("namespace_id", "namespace_path", "project_id", "project_path")),
        source="Configure OpenID Connect in AWS, https://docs.gitlab.com/ci/cloud_services/aws/",
    ),
    TokenIssuer(
        address="app.terraform.io",
        name="HCP Terraform",
        holders="strangers",
        everyone="runs of other organizations on HCP Terraform",
        tenant=SubjectPart("organization:", "organization", ":"),
        workload=(SubjectPart(":project:", "project", ":"), SubjectPart(":workspace:", "workspace", ":")),
        example="organization:ORGANIZATION:project:PROJECT:workspace:WORKSPACE:run_phase:apply",
        claims=frozenset(("terraform_organization_id", "terraform_project_id", "terraform_workspace_id")),
        source="Use dynamic credentials with the AWS provider, https://developer.hashicorp.com/terraform/cloud-docs/"
        "dynamic-provider-credentials/aws-configuration",
    ),
    TokenIssuer(
        address="agent.buildkite.com",
        name="Buildkite",
        holders="strangers",
        everyone="pipelines of other organizations on Buildkite",
        tenant=SubjectPart("organization:", "organization", ":"),
        workload=(SubjectPart(":pipeline:", "pipeline", ":"),),
        example="organization:ORGANIZATION:pipeline:PIPELINE:ref:refs/heads/main:commit:*:step:*",
        claims=frozenset(("organization_id", "organization_slug", "pipeline_id", "cluster_id")),
        source="OIDC with AWS, https://buildkite.com/docs/pipelines/security/oidc/aws",
    ),
    TokenIssuer(
        address="oidc.eks.*",
        name="EKS",
        holders="own",
        everyone="any service account of the cluster",
        tenant=None,
        workload=(SubjectPart("system:serviceaccount:", "namespace", ":"), SubjectPart(":", "service account", ":")),
        example="system:serviceaccount:NAMESPACE:NAME",
        source="Assign IAM roles to Kubernetes service accounts, https://docs.aws.amazon.com/eks/latest/userguide/"
        "associate-service-account-role.html",
    ),
    TokenIssuer(
        address="oidc.circleci.com/org/*",
        name="CircleCI",
        holders="own",
        everyone="any project of the organization",
        tenant=SubjectPart("org/", "organization", "/"),
        workload=(SubjectPart("/project/", "project", "/"),),
        example="org/ORGANIZATION/project/PROJECT/user/*",
        claims=frozenset(("oidc.circleci.com/project-id",)),
        source="Using OpenID Connect tokens in jobs, https://circleci.com/docs/openid-connect-tokens/",
    ),
    TokenIssuer(
        address="api.bitbucket.org/2.0/workspaces/*/pipelines-config/identity/oidc",
        name="Bitbucket Pipelines",
        holders="own",
        everyone="any repository of the workspace",
        tenant=None,
        workload=(SubjectPart("", "repository", ":"),),
        example="{REPOSITORY_UUID}:*",
        claims=frozenset(("repositoryuuid",)),
        source="Integrate Pipelines with resource servers using OIDC, https://support.atlassian.com/bitbucket-cloud/docs/"
        "integrate-pipelines-with-resource-servers-using-oidc/",
    ),
)


@lru_cache(maxsize=512)
def issuer_of(provider: str) -> TokenIssuer | None:
    """The known provider at an address, as in a principal or before a claim's name; None when it is not known.

    >>> issuer_of("oidc.eks.eu-west-1.amazonaws.com/id/A1B2").name
    'EKS'
    >>> issuer_of("token.actions.githubusercontent.com/acme").name, issuer_of("login.example.com")
    ('GitHub Actions', None)
    """
    address = provider.lower().rstrip("/")
    host = address.partition("/")[0]
    for issuer in TOKEN_ISSUERS:
        # An enterprise on GitHub has an address of its own below the host.
        if _is_at(issuer.address, address) or host == issuer.address == "token.actions.githubusercontent.com":
            return issuer
    return None


def _is_at(pattern: str, address: str) -> bool:
    before, wildcard, after = pattern.partition("*")
    if not wildcard:
        return pattern == address
    return address.startswith(before) and address.endswith(after) and len(address) >= len(before) + len(after)
