"""Escalation paths: permissions that together give a principal permissions that nobody gave it.

Permission sets, categories and ids (but `own-*`) are facts from pathfinding.cloud, https://pathfinding.cloud, commit
84dd65c of 2025-12-17, Apache-2.0, copyright 2025-present Datadog, Inc. Paths called `own-*` are further facts of the
AWS API. `cloudformation-005` passes no role, so it stands under `existing-passrole` here. The words are ours.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from jfml_policies.record import record

__all__ = ["CATEGORIES", "PATHS", "Category", "EscalationPath"]

Category: TypeAlias = Literal[
    "self-escalation", "principal-access", "new-passrole", "existing-passrole", "resource-policy"
]

#: The categories, the worst first, each with what it comes to.
CATEGORIES: Final[dict[Category, str]] = {
    "self-escalation": "change its own permissions",
    "principal-access": "become another user or role",
    "new-passrole": "hand a role to a service and act through it",
    "existing-passrole": "act through something that has a role already",
    "resource-policy": "open a resource to itself",
}


@record
class EscalationPath:
    """One path.

    Attributes:
        id: its name where it is collected.
        category: what the principal gains by it.
        permissions: the actions that it takes, all of them.
        effect: what is done, as a clause that follows "can".
        needs: what must be there beside, one clause.
        service: the service that a role is passed to, or None.
        variant_of: the path that does the same with less, or None.
    """

    id: str
    category: Category
    permissions: tuple[str, ...]
    effect: str
    needs: str
    service: str | None = None
    variant_of: str | None = None


def _self(id_: str, permissions: str, effect: str, needs: str) -> EscalationPath:
    return EscalationPath(id_, "self-escalation", tuple(permissions.split()), effect, needs)


def _other(id_: str, permissions: str, effect: str, needs: str, variant_of: str | None = None) -> EscalationPath:
    return EscalationPath(id_, "principal-access", tuple(permissions.split()), effect, needs, variant_of=variant_of)


def _pass(
    id_: str, service: str, permissions: str, effect: str, needs: str = "", variant_of: str | None = None
) -> EscalationPath:
    trusting = f"a stronger role trusts {service}.amazonaws.com{needs and '; '}{needs}"
    wanted = ("iam:PassRole", *permissions.split())
    return EscalationPath(id_, "new-passrole", wanted, effect, trusting, f"{service}.amazonaws.com", variant_of)


def _existing(id_: str, permissions: str, effect: str, needs: str, variant_of: str | None = None) -> EscalationPath:
    return EscalationPath(id_, "existing-passrole", tuple(permissions.split()), effect, needs, variant_of=variant_of)


_OWN_POLICY: Final = "a customer managed policy that it has is among them"
_STRONGER_POLICY: Final = "a stronger managed policy exists, as AdministratorAccess does"
_BOUNDARY: Final = "a permissions boundary limits it"
_DENY: Final = "one of its policies denies something"
_NEW_KEY: Final = "that user may have another access key"
_NOT_USED: Final = "it may not use it anyhow"
_TRUSTED: Final = "that role trusts it already"

PATHS: Final[tuple[EscalationPath, ...]] = (
    # ---- its own permissions
    _self("iam-001", "iam:CreatePolicyVersion", "rewrite a managed policy that it has", _OWN_POLICY),
    _self("iam-005", "iam:PutRolePolicy", "add an inline policy to its own role", "it is a role"),
    _self("iam-007", "iam:PutUserPolicy", "add an inline policy to its own user", "it is a user"),
    _self("iam-008", "iam:AttachUserPolicy", "attach any managed policy to its own user", _STRONGER_POLICY),
    _self("iam-009", "iam:AttachRolePolicy", "attach any managed policy to its own role", _STRONGER_POLICY),
    _self("iam-010", "iam:AttachGroupPolicy", "attach any managed policy to a group it is in", _STRONGER_POLICY),
    _self("iam-011", "iam:PutGroupPolicy", "add an inline policy to a group it is in", "it is a user in a group"),
    _self("iam-013", "iam:AddUserToGroup", "join a group", "a group with more permissions exists"),
    _self("own-001", "iam:SetDefaultPolicyVersion", "go back to a wider version of its policy", "there is one"),
    _self("own-002", "iam:DeleteUserPermissionsBoundary", "take the boundary off its own user", _BOUNDARY),
    _self("own-003", "iam:DeleteRolePermissionsBoundary", "take the boundary off its own role", _BOUNDARY),
    _self("own-004", "iam:PutUserPermissionsBoundary", "give its own user a wider boundary", _BOUNDARY),
    _self("own-005", "iam:PutRolePermissionsBoundary", "give its own role a wider boundary", _BOUNDARY),
    _self("own-006", "iam:DetachUserPolicy", "detach a managed policy that denies it something", _DENY),
    _self("own-007", "iam:DetachRolePolicy", "detach a managed policy that denies its role something", _DENY),
    _self("own-008", "iam:DeleteUserPolicy", "delete an inline policy that denies it something", _DENY),
    _self("own-009", "iam:DeleteRolePolicy", "delete an inline policy that denies its role something", _DENY),
    _self(
        "own-010",
        "iam:DeletePolicyVersion iam:CreatePolicyVersion",
        "make room for a new version of its policy and write it",
        _OWN_POLICY,
    ),
    _self(
        "own-032", "sso:CreateAccountAssignment", "assign itself a permission set", "it is Identity Center's account"
    ),
    _self(
        "own-033",
        "sso:PutInlinePolicyToPermissionSet sso:ProvisionPermissionSet",
        "widen the permission set that it signs in with",
        "it is Identity Center's account",
    ),
    _self("own-034", "organizations:DetachPolicy", "detach an organization's policy", "it is the management account"),
    # ---- other principals
    _other("iam-002", "iam:CreateAccessKey", "make access keys of another user", _NEW_KEY),
    _other(
        "iam-003",
        "iam:CreateAccessKey iam:DeleteAccessKey",
        "swap an access key of another user for a new one",
        "that user can do more",
        "iam-002",
    ),
    _other("iam-004", "iam:CreateLoginProfile", "give another user a password", "that user has none"),
    _other("iam-006", "iam:UpdateLoginProfile", "change another user's password", "that user has one"),
    _other(
        "iam-012",
        "iam:UpdateAssumeRolePolicy",
        "make another role trust it, and assume that role",
        "that role can do more; in the same account its trust is enough",
    ),
    _other(
        "iam-014",
        "iam:AttachRolePolicy sts:AssumeRole",
        "attach a managed policy to another role and assume it",
        _TRUSTED,
        "iam-009",
    ),
    _other(
        "iam-015",
        "iam:AttachUserPolicy iam:CreateAccessKey",
        "attach a managed policy to another user and make its keys",
        _NEW_KEY,
        "iam-008",
    ),
    _other(
        "iam-016",
        "iam:CreatePolicyVersion sts:AssumeRole",
        "rewrite a policy of another role and assume it",
        _TRUSTED,
        "iam-001",
    ),
    _other(
        "iam-017",
        "iam:PutRolePolicy sts:AssumeRole",
        "add an inline policy to another role and assume it",
        _TRUSTED,
        "iam-005",
    ),
    _other(
        "iam-018",
        "iam:PutUserPolicy iam:CreateAccessKey",
        "add an inline policy to another user and make its keys",
        _NEW_KEY,
        "iam-007",
    ),
    _other(
        "iam-019",
        "iam:AttachRolePolicy iam:UpdateAssumeRolePolicy",
        "attach a managed policy to another role and make it trust it",
        _STRONGER_POLICY,
        "iam-009",
    ),
    _other(
        "iam-020",
        "iam:CreatePolicyVersion iam:UpdateAssumeRolePolicy",
        "rewrite a policy of another role and make it trust it",
        "that role has a customer managed policy",
        "iam-001",
    ),
    _other(
        "iam-021",
        "iam:PutRolePolicy iam:UpdateAssumeRolePolicy",
        "add an inline policy to another role and make it trust it",
        "there is another role",
        "iam-005",
    ),
    _other("sts-001", "sts:AssumeRole", "assume another role", "a stronger role trusts it, or its whole account"),
    _other("own-011", "iam:CreateServiceSpecificCredential", "make API keys of another user", "that user can do more"),
    _other("own-012", "iam:ResetServiceSpecificCredential", "reset and read another user's API keys", "it has some"),
    _other("own-013", "iam:DeactivateMFADevice", "take another user's MFA away", "it can sign in as that user"),
    _other("own-014", "iam:UpdateSAMLProvider", "sign in through a SAML provider of its own", "roles trust it"),
    _other(
        "own-015",
        "iam:AddClientIDToOpenIDConnectProvider",
        "let tokens of another audience in",
        "roles trust that provider whatever the audience and subject",
    ),
    # ---- a role passed to a service
    _pass("apprunner-001", "tasks.apprunner", "apprunner:CreateService", "run a service of its own with the role"),
    _pass(
        "bedrock-001",
        "bedrock-agentcore",
        "bedrock-agentcore:CreateCodeInterpreter bedrock-agentcore:StartCodeInterpreterSession "
        "bedrock-agentcore:InvokeCodeInterpreter",
        "run code in a new interpreter with the role",
    ),
    _pass("cloudformation-001", "cloudformation", "cloudformation:CreateStack", "let a new stack act with the role"),
    _pass(
        "cloudformation-003",
        "cloudformation",
        "cloudformation:CreateStackSet cloudformation:CreateStackInstances",
        "let a new stack set act with the role",
        "the role may assume an execution role",
    ),
    _pass(
        "cloudformation-004",
        "cloudformation",
        "cloudformation:UpdateStackSet",
        "let an existing stack set act with the role",
        "a stack set with instances exists",
    ),
    _pass("codebuild-001", "codebuild", "codebuild:CreateProject codebuild:StartBuild", "run a build with the role"),
    _pass(
        "codebuild-004",
        "codebuild",
        "codebuild:CreateProject codebuild:StartBuildBatch",
        "run a batch of builds with the role",
    ),
    _pass(
        "datapipeline-001",
        "datapipeline",
        "datapipeline:CreatePipeline datapipeline:PutPipelineDefinition datapipeline:ActivatePipeline",
        "run commands in a pipeline with the role",
    ),
    _pass("ec2-001", "ec2", "ec2:RunInstances", "start an instance with the role"),
    _pass("ec2-003", "ec2", "ec2:RequestSpotInstances", "start a spot instance with the role"),
    _pass(
        "ecs-001",
        "ecs-tasks",
        "ecs:CreateCluster ecs:RegisterTaskDefinition ecs:CreateService",
        "run a container as a service of a new cluster with the role",
        variant_of="ecs-003",
    ),
    _pass(
        "ecs-002",
        "ecs-tasks",
        "ecs:CreateCluster ecs:RegisterTaskDefinition ecs:RunTask",
        "run a container once in a new cluster with the role",
        variant_of="ecs-004",
    ),
    _pass(
        "ecs-003",
        "ecs-tasks",
        "ecs:RegisterTaskDefinition ecs:CreateService",
        "run a container as a service with the role",
        "a cluster exists",
    ),
    _pass(
        "ecs-004",
        "ecs-tasks",
        "ecs:RegisterTaskDefinition ecs:RunTask",
        "run a container once with the role",
        "a cluster exists",
    ),
    _pass(
        "ecs-005",
        "ecs-tasks",
        "ecs:RegisterTaskDefinition ecs:StartTask",
        "run a container on a chosen instance with the role",
        "a cluster with instances exists",
    ),
    _pass("glue-001", "glue", "glue:CreateDevEndpoint", "log in to a new development endpoint with the role"),
    _pass("glue-003", "glue", "glue:CreateJob glue:StartJobRun", "run a new job with the role"),
    _pass("glue-004", "glue", "glue:CreateJob glue:CreateTrigger", "have a new job triggered with the role"),
    _pass(
        "glue-005",
        "glue",
        "glue:UpdateJob glue:StartJobRun",
        "give an existing job other code and the role, and run it",
        "a job exists",
    ),
    _pass(
        "glue-006",
        "glue",
        "glue:UpdateJob glue:CreateTrigger",
        "give an existing job other code and the role, and have it triggered",
        "a job exists",
    ),
    _pass("lambda-001", "lambda", "lambda:CreateFunction lambda:InvokeFunction", "run a new function with the role"),
    _pass(
        "lambda-002",
        "lambda",
        "lambda:CreateFunction lambda:CreateEventSourceMapping",
        "have a new function with the role run by a queue or stream",
        "there is a queue or stream",
    ),
    _pass(
        "lambda-006",
        "lambda",
        "lambda:CreateFunction lambda:AddPermission",
        "let somebody else run a new function with the role",
    ),
    _pass("sagemaker-001", "sagemaker", "sagemaker:CreateNotebookInstance", "open a new notebook with the role"),
    _pass(
        "sagemaker-002",
        "sagemaker",
        "sagemaker:CreateTrainingJob",
        "train with code of its own and the role",
        "there is a bucket for the code",
    ),
    _pass(
        "sagemaker-003",
        "sagemaker",
        "sagemaker:CreateProcessingJob",
        "process with code of its own and the role",
        "there is a bucket for the code",
    ),
    _pass("own-016", "ec2", "ec2:AssociateIamInstanceProfile", "give an instance the role", "it can use the instance"),
    _pass(
        "own-017",
        "ec2",
        "ec2:ReplaceIamInstanceProfileAssociation",
        "swap an instance's role for the role",
        "it can use the instance",
    ),
    _pass(
        "own-018",
        "lambda",
        "lambda:UpdateFunctionConfiguration",
        "swap a function's role for the role",
        "it can run the function",
    ),
    _pass(
        "own-021",
        "states",
        "states:CreateStateMachine states:StartExecution",
        "call AWS from a new state machine with the role",
    ),
    _pass("own-023", "scheduler", "scheduler:CreateSchedule", "have a call to AWS made on time with the role"),
    _pass("own-024", "ssm", "ssm:StartAutomationExecution", "run an automation with the role"),
    _pass(
        "own-025",
        "ecs-tasks",
        "batch:RegisterJobDefinition batch:SubmitJob",
        "run a batch job with the role",
        "there is a job queue",
    ),
    _pass(
        "own-026",
        "pods.eks",
        "eks:CreatePodIdentityAssociation",
        "give pods the role",
        "it can use a service account of the cluster",
    ),
    _pass(
        "own-028",
        "emr-serverless",
        "emr-serverless:CreateApplication emr-serverless:StartJobRun",
        "run a Spark job with the role",
    ),
    _pass("own-029", "ec2", "elasticmapreduce:RunJobFlow", "start an EMR cluster with the role"),
    _pass(
        "own-031",
        "cognito-identity",
        "cognito-identity:SetIdentityPoolRoles",
        "give the users of an identity pool the role",
        "it can sign in to the pool",
    ),
    # ---- something that has a role already
    _existing("apprunner-002", "apprunner:UpdateService", "put an image of its own into a service", "it has a role"),
    _existing(
        "bedrock-002",
        "bedrock-agentcore:StartCodeInterpreterSession bedrock-agentcore:InvokeCodeInterpreter",
        "run code in an existing interpreter",
        "it has a strong role",
    ),
    _existing("cloudformation-002", "cloudformation:UpdateStack", "change a stack", "it keeps a service role"),
    _existing(
        "cloudformation-005",
        "cloudformation:CreateChangeSet cloudformation:ExecuteChangeSet",
        "change a stack by a change set",
        "it keeps a service role",
    ),
    _existing("codebuild-002", "codebuild:StartBuild", "run commands of its own in a build", "it may be overridden"),
    _existing(
        "codebuild-003",
        "codebuild:StartBuildBatch",
        "run commands of its own in a batch of builds",
        "it may be overridden",
    ),
    _existing(
        "ec2-002",
        "ec2:ModifyInstanceAttribute ec2:StopInstances ec2:StartInstances",
        "restart an instance with a script of its own",
        "it has a strong role",
    ),
    _existing(
        "ec2-004",
        "ec2:CreateLaunchTemplateVersion ec2:ModifyLaunchTemplate",
        "put a script of its own into a launch template",
        "something starts instances from it",
    ),
    _existing(
        "ec2instanceconnect-003",
        "ec2-instance-connect:SendSSHPublicKey ec2:DescribeInstances",
        "log in to an instance with a key of its own",
        "it has a strong role and can be reached",
    ),
    _existing("glue-002", "glue:UpdateDevEndpoint", "log in to a development endpoint", "it has a strong role"),
    _existing("lambda-003", "lambda:UpdateFunctionCode", "replace the code of a function", "something runs it"),
    _existing(
        "lambda-004",
        "lambda:UpdateFunctionCode lambda:InvokeFunction",
        "replace the code of a function and run it",
        "it has a strong role",
        "lambda-003",
    ),
    _existing(
        "lambda-005",
        "lambda:UpdateFunctionCode lambda:AddPermission",
        "replace the code of a function and let somebody else run it",
        "it has a strong role",
        "lambda-003",
    ),
    _existing(
        "sagemaker-004",
        "sagemaker:CreatePresignedNotebookInstanceUrl",
        "open an existing notebook",
        "it runs with a strong role",
    ),
    _existing(
        "sagemaker-005",
        "sagemaker:CreateNotebookInstanceLifecycleConfig sagemaker:StopNotebookInstance "
        "sagemaker:UpdateNotebookInstance sagemaker:StartNotebookInstance",
        "restart a notebook with a script of its own",
        "it has a strong role",
    ),
    _existing("ssm-001", "ssm:StartSession", "open a shell on an instance", "Systems Manager manages it"),
    _existing("ssm-002", "ssm:SendCommand", "run commands on an instance", "Systems Manager manages it"),
    _existing(
        "own-019",
        "lambda:UpdateFunctionConfiguration",
        "add a layer of its own to a function",
        "something runs it with a strong role",
    ),
    _existing("own-020", "ecs:ExecuteCommand", "open a shell in a container", "its task allows that"),
    _existing(
        "own-022",
        "states:UpdateStateMachine states:StartExecution",
        "rewrite a state machine and start it",
        "it has a strong role",
    ),
    _existing(
        "own-027",
        "eks:CreateAccessEntry eks:AssociateAccessPolicy",
        "make itself administrator of a cluster",
        "its pods have strong roles",
    ),
    _existing("own-030", "elasticmapreduce:AddJobFlowSteps", "run a step on an EMR cluster", "it has a strong role"),
    # ---- resources
    EscalationPath("own-035", "resource-policy", ("kms:PutKeyPolicy",), "rewrite a key's policy", _NOT_USED),
    EscalationPath("own-036", "resource-policy", ("s3:PutBucketPolicy",), "rewrite a bucket's policy", _NOT_USED),
)
