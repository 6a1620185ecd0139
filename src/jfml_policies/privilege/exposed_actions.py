"""Actions by what they lay open: credentials, data, resources to others, and permissions.

The last come from the access level that AWS gives each action; the other lists are facts about what an action returns
or does, from the AWS Service Authorization Reference and the services' API references, read in 2026. The credential
list began as that of cloudsplaining 0.9.1 (MIT), without names that no longer exist.
"""

from __future__ import annotations

from functools import cache
from typing import Final, Literal, TypeAlias

from jfml_policies.catalog import load

__all__ = ["EXPOSURES", "ExposureClass", "actions_of"]

ExposureClass: TypeAlias = Literal["credentials", "permissions", "sharing", "data"]

#: The classes, the worst first, each with what a principal can do.
EXPOSURES: Final[dict[ExposureClass, str]] = {
    "credentials": "get credentials",
    "permissions": "manage permissions",
    "sharing": "open resources to others",
    "data": "read data",
}

_CREDENTIALS: Final = """
airflow:CreateCliToken airflow:CreateWebLoginToken appsync:CreateApiKey chime:CreateApiKey
cloud9:CreateEnvironmentToken codeartifact:GetAuthorizationToken codepipeline:PollForJobs
cognito-identity:GetCredentialsForIdentity cognito-identity:GetOpenIdToken
cognito-identity:GetOpenIdTokenForDeveloperIdentity cognito-idp:GetSigningCertificate connect:GetFederationToken
dsql:DbConnect dsql:DbConnectAdmin ec2:GetPasswordData ecr-public:GetAuthorizationToken ecr:GetAuthorizationToken
eks-auth:AssumeRoleForPodIdentity elasticmapreduce:GetClusterSessionCredentials
emr-containers:GetManagedEndpointSessionCredentials finspace-api:GetProgrammaticAccessCredentials
gamelift:GetInstanceAccess gamelift:RequestUploadCredentials grafana:CreateWorkspaceApiKey
grafana:CreateWorkspaceServiceAccountToken iam:CreateAccessKey iam:CreateLoginProfile
iam:CreateServiceSpecificCredential iam:ResetServiceSpecificCredential iam:UpdateAccessKey iam:UpdateLoginProfile
lakeformation:GetDataAccess lakeformation:GetTemporaryGlueTableCredentials license-manager:GetAccessToken
lightsail:CreateBucketAccessKey lightsail:DownloadDefaultKeyPair lightsail:GetInstanceAccessDetails
lightsail:GetRelationalDatabaseMasterUserPassword mediapackage:RotateChannelCredentials
mediapackage:RotateIngestEndpointCredentials rds-db:connect redshift-serverless:GetCredentials
redshift:GetClusterCredentials redshift:GetClusterCredentialsWithIAM s3:GetDataAccess s3express:CreateSession
sagemaker:CreatePresignedDomainUrl sagemaker:CreatePresignedNotebookInstanceUrl sts:AssumeRole
sts:AssumeRoleWithSAML sts:AssumeRoleWithWebIdentity sts:AssumeRoot sts:GetFederationToken sts:GetSessionToken
"""
_DATA: Final = """
appconfig:GetLatestConfiguration athena:GetQueryResults backup-storage:GetChunk cassandra:Select codecommit:GetBlob
codecommit:GetFile codecommit:GitPull dynamodb:BatchGetItem dynamodb:GetItem dynamodb:GetRecords dynamodb:PartiQLSelect
dynamodb:Query dynamodb:Scan ebs:GetSnapshotBlock glacier:GetJobOutput kinesis:GetRecords kinesis:SubscribeToShard
kms:Decrypt lambda:GetFunction logs:FilterLogEvents logs:GetLogEvents logs:GetQueryResults neptune-db:ReadDataViaQuery
rds-data:ExecuteStatement redshift-data:GetStatementResult s3-object-lambda:GetObject s3:GetObject s3:GetObjectTorrent
s3:GetObjectVersion sdb:Select secretsmanager:BatchGetSecretValue secretsmanager:GetSecretValue sqs:ReceiveMessage
ssm:GetParameter ssm:GetParameterHistory ssm:GetParameters ssm:GetParametersByPath timestream:Select
"""
_SHARING: Final = """
acm-pca:CreatePermission acm-pca:PutPolicy backup:PutBackupVaultAccessPolicy codeartifact:PutDomainPermissionsPolicy
codeartifact:PutRepositoryPermissionsPolicy codebuild:PutResourcePolicy dynamodb:PutResourcePolicy
ec2:CreateNetworkInterfacePermission ec2:ModifyFpgaImageAttribute ec2:ModifyImageAttribute ec2:ModifySnapshotAttribute
ec2:ModifyVpcEndpointServicePermissions ecr-public:SetRepositoryPolicy ecr:PutRegistryPolicy ecr:SetRepositoryPolicy
elasticfilesystem:PutFileSystemPolicy es:UpdateDomainConfig events:PutPermission glacier:SetVaultAccessPolicy
glue:PutResourcePolicy iam:UpdateAssumeRolePolicy kinesis:PutResourcePolicy kms:CreateGrant kms:PutKeyPolicy
lakeformation:BatchGrantPermissions lakeformation:GrantPermissions lambda:AddLayerVersionPermission
lambda:AddPermission lambda:CreateFunctionUrlConfig lambda:UpdateFunctionUrlConfig logs:PutDestinationPolicy
logs:PutResourcePolicy mediastore:PutContainerPolicy ram:AssociateResourceShare ram:CreateResourceShare
rds:ModifyDBClusterSnapshotAttribute rds:ModifyDBSnapshotAttribute redshift:AuthorizeDataShare
redshift:AuthorizeEndpointAccess redshift:AuthorizeSnapshotAccess redshift:PutResourcePolicy s3:PutAccessPointPolicy
s3:PutAccountPublicAccessBlock s3:PutBucketAcl s3:PutBucketPolicy s3:PutBucketPublicAccessBlock
s3:PutMultiRegionAccessPointPolicy s3:PutObjectAcl s3:PutObjectVersionAcl s3tables:PutTableBucketPolicy
s3tables:PutTablePolicy schemas:PutResourcePolicy secretsmanager:PutResourcePolicy ses:PutIdentityPolicy
sns:AddPermission sns:SetTopicAttributes sqs:AddPermission sqs:SetQueueAttributes ssm:ModifyDocumentPermission
ssm:PutResourcePolicy vpc-lattice:PutAuthPolicy vpc-lattice:PutResourcePolicy
"""


@cache
def actions_of(exposure: ExposureClass) -> tuple[str, ...]:
    """The actions of a class, sorted; managing permissions leaves out what `sharing` lists.

    >>> "secretsmanager:GetSecretValue" in actions_of("data"), "iam:AttachRolePolicy" in actions_of("permissions")
    (True, True)
    """
    if exposure == "permissions":
        return tuple(sorted(set(_managing_permissions()) - set(actions_of("sharing"))))
    return tuple({"credentials": _CREDENTIALS, "data": _DATA, "sharing": _SHARING}[exposure].split())


def _managing_permissions() -> list[str]:
    catalog = load()
    services = [service for prefix in sorted(catalog.prefixes) if (service := catalog.service(prefix)) is not None]
    return [
        action.full_name
        for service in services
        for action in service.actions
        if action.access_level == "Permissions management" and not action.retired
    ]
