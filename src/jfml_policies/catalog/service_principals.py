"""Service principals: the names by which AWS services appear in `Principal`, and the shape all of them have.

AWS publishes no complete list. The table is collected from its guides: "AWS JSON policy elements: Principal"
(https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html), "AWS services that work
with IAM" with the service-linked role page of each service
(https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html), and "AWS services
that you can use with AWS Organizations"
(https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services_list.html), and AWS's own policies
(https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html). October 2026.
A name that is not in the table may exist all the same: good for suggestions, not for errors.
"""

from __future__ import annotations

from jfml_policies.catalog.partitions import PARTITIONS
from jfml_policies.catalog.regions import is_region
from jfml_policies.record import record

__all__ = [
    "SERVICE_PRINCIPALS",
    "WEB_IDENTITY_PROVIDERS",
    "ServicePrincipal",
    "is_known_service_principal",
    "is_service_principal_shape",
    "split_service_principal",
]

# Without the domain `amazonaws.com`; a few carry a sub-domain of their own.
_UNDER_AMAZONAWS = """
    a4b access-analyzer account acm acm-pca agentless.inspector2 aidevops aiops aiops.alarms.cloudwatch airflow
    airflow-env amazonmq amplify amplifybackend aoss apidestinations.events apigateway app-integrations appconfig
    appfabric appflow application-autoscaling application-insights application-signals.cloudwatch
    application.opensearchservice appmesh apprunner appstream appstream.application-autoscaling appsync aps
    arc-zonal-shift athena auditmanager autoscaling autoscaling-plans aws-artifact-account-sync aws-mcp backup
    backup-gateway batch bcm-data-exports bedrock bedrock-agentcore billingconductor billingconsole billingreports
    braket budgets build.apprunner cassandra-streams cassandra.application-autoscaling channels.lex chatbot chime
    cleanrooms cleanrooms-ml cloud9 clouddirectory cloudformation cloudfront cloudhsm cloudsearch cloudtrail
    cloudwatch cloudwatch-crossaccount codeartifact codebuild codecatalyst-runner codecommit codeconnections
    codedeploy codeguru-profiler codeguru-reviewer codepipeline codestar codestar-connections codestar-notifications
    cognito-idp comprehend comprehend.application-autoscaling comprehendmedical compute-optimizer config
    config-conforms config-multiaccountsetup connect connect-campaigns continuousexport.discovery contract.iq
    controltower cost-optimization-hub credentials.deadline credentials.iot custom-resource.application-autoscaling
    databrew dataexchange datapipeline datasync datazone dax deadline deepcomposer deeplens deepracer delivery.logs
    detective devicefarm devops-guru directconnect discovery dlm dms dms-data-migrations dmsintegration.migrationhub
    docdb-elastic drs ds dsql dynamodb dynamodb.application-autoscaling ec2 ec2-images ec2-instance-connect
    ec2.application-autoscaling ec2fastlaunch ec2fleet ec2scheduled ecr ecr-public ecs ecs-tasks
    ecs.application-autoscaling edgelambda eks eks-connector eks-fargate eks-fargate-pods eks-nodegroup elasticache
    elasticache.application-autoscaling elasticbeanstalk elasticfilesystem elasticloadbalancing elasticmapreduce
    elastictranscoder email.cognito-idp emr-containers emr-serverless entityresolution es events evidently
    export.rds finspace firehose fis fms forecast frauddetector fsx gamelift gamelift.application-autoscaling
    globalaccelerator glue grafana greengrass groundstation guardduty health healthlake hooks.cloudformation iam
    imagebuilder importexport inspector inspector2 internetmonitor iot iotanalytics iotdeviceadvisor iotevents
    iotfleetwise iotsitewise iotthingsgraph iottwinmaker iotwireless ipam ivs justintimeaccess.ssm kafka
    kafka.application-autoscaling kafkaconnect kendra kinesis kinesisanalytics kms lakeformation lambda
    lambda.alarms.cloudwatch launchwizard lex lexv2 license-management.marketplace license-manager
    license-manager-linux-subscriptions license-manager-user-subscriptions license-manager.master-account
    license-manager.member-account lightsail logdelivery.elasticloadbalancing logger.cloudfront logs
    lookoutequipment lookoutmetrics lookoutvision m2 machinelearning macie macie2 maintenance.elasticbeanstalk
    maintenance.s3tables malware-protection-plan.guardduty malware-protection.guardduty managedservices
    managedupdates.elasticbeanstalk management.chatbot management.chime mediaconnect mediaconvert medialive
    mediapackage mediapipelines.chime mediastore mediatailor medical-imaging member.org.stacksets.cloudformation
    memorydb metadata.s3 mgn migrationhub migrationhub-orchestrator migrationhub-strategy monitoring monitron mq
    neptune-graph network-firewall network.bedrock-agentcore networkflowmonitor networkmanager networkmonitor nimble
    notifications observabilityadmin omics opensearchservice ops.apigateway ops.emr-serverless opsdatasync.ssm
    opsworks opsworks-cm organizations orgsdatasync.servicecatalog osis-pipelines outposts panorama pca-connector-ad
    permission.iq personalize pinpoint pipes pods.eks practice-run.arc-zonal-shift private-marketplace.marketplace
    profile proton pullthroughcache.ecr q qapps qbusiness qldb quicksight ram rbin rds rds.application-autoscaling
    redshift redshift-serverless refactor-spaces rekognition replication.cassandra replication.dynamodb
    replication.ecr replication.s3tables replicator.lambda reporting.trustedadvisor repostspace resource-explorer-2
    resource-groups resource-snapshot-job.partnercentral-selling resources.cloudformation robomaker rolesanywhere
    route53 route53-recovery-control-config route53-recovery-readiness route53resolver
    runtime-identity.bedrock-agentcore s3 s3-outposts sagemaker sagemaker.application-autoscaling scaler.lambda
    scheduler scheduler.redshift schemas scn scraper.aps secretsmanager security-ir securityhub securityhubv2
    securitylake serverlessrepo servicecatalog servicecatalog-appregistry servicequotas ses shield signin sms
    sms-voice smsintegration.migrationhub snow-device-management sns spot spotfleet sqs ssm ssm-contacts
    ssm-incidents ssm-quicksetup ssm-sap ssmmessages sso stacksets.cloudformation states storage-lens.s3
    storagegateway streams.metrics.cloudwatch sts support supportapp swf tagpolicies.tag tasks.apprunner
    telemetry-pipelines.observabilityadmin textract timestream timestream-influxdb tnb transcribe
    transcribe.streaming transcription.chime transfer transitgateway translate trustedadvisor user-subscriptions
    verified-access vmie voiceconnector.chime voiceid vpc-flow-logs vpc-lattice waf waf-regional wafv2
    wellarchitected wisdom workdocs worklink workmail workspaces workspaces-web xray
"""
_UNDER_AMAZON = "alexa-appkit alexa-connectedhome"

#: All service principals of the table, in the form for commercial Regions.
SERVICE_PRINCIPALS = frozenset(
    [f"{name}.amazonaws.com" for name in _UNDER_AMAZONAWS.split()]
    + [f"{name}.amazon.com" for name in _UNDER_AMAZON.split()]
)

#: Names that look like service principals and belong into `Federated`: the built-in web identity providers.
WEB_IDENTITY_PROVIDERS = (
    "accounts.google.com",
    "cognito-identity.amazonaws.com",
    "graph.facebook.com",
    "www.amazon.com",
)

# The longest first, so that `amazonaws.com.cn` is not taken for something under `com.cn`.
_DOMAINS = tuple(
    sorted(
        {partition.dns_suffix for partition in PARTITIONS.values()} | {"amazon.com"},
        key=lambda text: (-len(text), text),
    )
)

# RFC 1035's bounds, so that a hostile value costs nothing.
_LONGEST_NAME = 253
_LONGEST_LABEL = 63
_LABEL_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


@record
class ServicePrincipal:
    """A service principal, taken apart.

    Attributes:
        service: what stands before Region and domain, such as `logs` or `delivery.logs`.
        region: the Region in a regional form such as `logs.eu-west-1.amazonaws.com`, else None.
        domain: such as `amazonaws.com` or `amazonaws.com.cn`.
    """

    service: str
    region: str | None
    domain: str


def split_service_principal(text: str) -> ServicePrincipal | None:
    """The parts of a service principal, or None when `text` does not have the shape of one.

    >>> split_service_principal("logs.eu-west-1.amazonaws.com")
    ServicePrincipal(service='logs', region='eu-west-1', domain='amazonaws.com')
    >>> split_service_principal("Lambda.amazonaws.com") is None
    True
    """
    if len(text) > _LONGEST_NAME:
        return None
    for domain in _DOMAINS:
        if text.endswith(f".{domain}"):
            break
    else:
        return None
    labels = text[: -len(domain) - 1].split(".")
    if not all(map(_is_label, labels)):
        return None
    region = labels.pop() if len(labels) > 1 and is_region(labels[-1]) else None
    return ServicePrincipal(".".join(labels), region, domain)


def is_service_principal_shape(text: str) -> bool:
    """True when `text` has the shape of a service principal: lower case, labels, one of AWS's domains.

    >>> is_service_principal_shape("lambda.amazonaws.com"), is_service_principal_shape("lambda")
    (True, False)
    """
    return split_service_principal(text) is not None


def is_known_service_principal(text: str) -> bool:
    """True when the table has the principal, be it in a regional form or in another partition's domain.

    >>> is_known_service_principal("ec2.amazonaws.com.cn"), is_known_service_principal("ecc2.amazonaws.com")
    (True, False)
    """
    parts = split_service_principal(text)
    if parts is None:
        return False
    domain = "amazon.com" if parts.domain == "amazon.com" else "amazonaws.com"
    return f"{parts.service}.{domain}" in SERVICE_PRINCIPALS


def _is_label(label: str) -> bool:
    return (
        0 < len(label) <= _LONGEST_LABEL
        and label[0] != "-"
        and label[-1] != "-"
        and _LABEL_CHARACTERS.issuperset(label)
    )
