"""OBJECT_ACTION_ON_BUCKET_ARN."""

from __future__ import annotations

from jfml_policies.linter.fixes.quick_fix import replace_texts
from jfml_policies.linter.questions.redundant_entries import MAX_RELATED
from jfml_policies.linter.questions.s3_targets import only_buckets, works_on
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.nodes import Statement

__all__ = ["ObjectActionOnBucketArn"]


class ObjectActionOnBucketArn(Rule):
    """An S3 object action is given buckets only, so it can match none of the statement's resources.

    ## Why is this bad?

    `arn:aws:s3:::bucket` is the bucket; its objects are `arn:aws:s3:::bucket/*`.
    In an Allow the workload can't read or write a single object and fails with AccessDenied.
    In a Deny every object stays open to everyone whom another statement lets in.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-features/*"}
    ```

    Reported is an action written out that needs an object, when every S3 resource of the statement is a bucket by name.
    A statement that also names objects is fine, and so is a pattern such as `arn:aws:s3:::acme-*`: it holds the objects
    too.
    Statements with access points, Outposts, variables or `*` are not judged.

    ## References

    - [Service Authorization Reference: Amazon S3](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html)
    - [S3 User Guide: Policy resources for Amazon S3](https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html)
    """

    code = "OBJECT_ACTION_ON_BUCKET_ARN"
    severity = "warning"
    fixes = ("unsafe",)
    origin = "jfml"
    mentions = ("s3:",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each object action of a statement whose S3 resources are all buckets."""
        if statement.action is None or statement.resource is None:
            return
        actions = statement.action.values
        misplaced = [action for action in actions if works_on(action.value, "object", context.catalog)]
        buckets = only_buckets(statement.resource.values) if misplaced else ()
        if not buckets:
            return
        places = tuple([related(bucket, "this bucket") for bucket in buckets[:MAX_RELATED]])
        # A bucket that another action of the statement needs must stay.
        wanted = [(bucket, f"{bucket.value}/*") for bucket in buckets]
        fix = replace_texts(wanted) if len(misplaced) == len(actions) else None
        for action in misplaced:
            yield self.finding(
                action,
                f"`{action.value}` works on objects, but `{buckets[0].value}` is a bucket",
                hint=f"add `{buckets[0].value}/*` to the resources",
                fix=fix,
                related=places,
            )
