"""BUCKET_ACTION_ON_OBJECT_ARN."""

from __future__ import annotations

from jfml_policies.linter.fixes.quick_fix import replace_texts
from jfml_policies.linter.questions.redundant_entries import MAX_RELATED
from jfml_policies.linter.questions.resource_arn import is_literal
from jfml_policies.linter.questions.s3_targets import bucket_of, only_objects, works_on
from jfml_policies.linter.rule import Context, Findings, Rule, related
from jfml_policies.policy.nodes import Statement

__all__ = ["BucketActionOnObjectArn"]


class BucketActionOnObjectArn(Rule):
    """An S3 bucket action is given objects only, so it can match none of the statement's resources.

    ## Why is this bad?

    `arn:aws:s3:::bucket/*` holds the objects; the bucket itself is `arn:aws:s3:::bucket`.
    In an Allow the workload can't list or inspect the bucket and fails with AccessDenied.
    In a Deny the bucket's settings stay open to everyone whom another statement lets in.

    ## Example

    ```json
    {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::acme-features/*"}
    ```

    ## Use instead

    ```json
    {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::acme-features"}
    ```

    Reported is an action written out that needs a bucket, when every S3 resource of the statement names objects.
    A statement that also names the bucket is fine, and so is a pattern such as `arn:aws:s3:::acme-*`.
    To list a folder, name the bucket and add a condition on `s3:prefix`.
    Statements with access points, Outposts, variables or `*` are not judged.

    ## References

    - [Service Authorization Reference: Amazon S3](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html)
    - [S3 User Guide: Policy resources for Amazon S3](https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html)
    """

    code = "BUCKET_ACTION_ON_OBJECT_ARN"
    severity = "warning"
    fixes = ("unsafe",)
    origin = "jfml"
    mentions = ("s3:",)

    def check_statement(self, statement: Statement, context: Context) -> Findings:
        """Reports each bucket action of a statement whose S3 resources are all objects."""
        if statement.action is None or statement.resource is None:
            return
        actions = statement.action.values
        misplaced = [action for action in actions if works_on(action.value, "bucket", context.catalog)]
        objects = only_objects(statement.resource.values) if misplaced else ()
        if not objects:
            return
        places = tuple([related(entry, "these objects") for entry in objects[:MAX_RELATED]])
        wanted = [(entry, bucket_of(entry.value)) for entry in objects]
        # Objects that another action needs must stay, and `acme-*` would hold objects as well as buckets.
        plain = len(misplaced) == len(actions) and all(is_literal(bucket) for _, bucket in wanted)
        fix = replace_texts(wanted) if plain else None
        example = wanted[0][1] if is_literal(wanted[0][1]) else "arn:aws:s3:::bucket"
        for action in misplaced:
            yield self.finding(
                action,
                f"`{action.value}` works on buckets, but `{objects[0].value}` names objects",
                hint=f"name the bucket in the resources, as in `{example}`",
                fix=fix,
                related=places,
            )
