"""The settings: one table for reading, for the JSON Schema and for the page about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from jfml_policies.catalog.vendor_accounts import Vendor
from jfml_policies.findings import SEVERITIES
from jfml_policies.linter.configuration.shapes import (
    Choice,
    Day,
    Field,
    Files,
    ListOf,
    Named,
    RuleName,
    Table,
    TableOf,
    Text,
)
from jfml_policies.linter.configuration.values import KindOfFiles
from jfml_policies.linter.not_checked import NOT_CHECKED
from jfml_policies.linter.registry import find_rule
from jfml_policies.linter.suppression import Suppression
from jfml_policies.policy.kinds import KINDS

if TYPE_CHECKING:
    from jfml_policies.linter.configuration.layers import Spot

__all__ = ["ADDED_UP", "READ_FIRST", "SETTINGS", "TABLES_OF_THEIR_OWN"]

_RULES: Final = ListOf(RuleName(family=True), "a list of names of rules and families")
_LEFT_OUT: Final = ListOf(RuleName(family=True, retired=True), "a list of names of rules and families")
_ACCOUNT: Final = Text(r"[0-9]{12}", expected="an account id", hint="write twelve digits in quotes")


def _kind(found: dict[str, Any], _: Spot) -> KindOfFiles:
    return KindOfFiles(found["kind"], found.get("resource-type"))


def _vendor(found: dict[str, Any], _: Spot) -> Vendor:
    return Vendor(
        found["account"],
        found["name"],
        found.get("partition", "aws"),
        found.get("external-id", "required"),
        found.get("source", "the configuration"),
        found.get("roles", ()),
    )


def _suppression(found: dict[str, Any], at: Spot) -> Suppression:
    return Suppression(
        find_rule(found["rule"], at.own).code,
        found["file"],
        found["reason"],
        at.layer.place(at.path),
        resource=found.get("resource"),
        sid=found.get("sid"),
        pointer=found.get("pointer"),
        until=found.get("until"),
    )


_KIND: Final = Table(
    {
        "kind": Field(Choice(tuple(KINDS)), "the kind of policy", required=True),
        "resource-type": Field(
            Text(r"[A-Za-z0-9]+::[A-Za-z0-9]+::[A-Za-z0-9]+", expected="a resource type such as `AWS::S3::Bucket`"),
            "what the policies are attached to, as in `AWS::S3::Bucket`",
        ),
    },
    _kind,
)
_VENDOR: Final = Table(
    {
        "account": Field(_ACCOUNT, "the account from which the vendor assumes roles", required=True),
        "name": Field(Text(), "the vendor's name, for messages", required=True),
        "external-id": Field(
            Choice(("required", "supported", "not offered")), "whether it sends an external id; `required` if left out"
        ),
        "roles": Field(
            ListOf(Text(r"role/.+", expected="a role such as `role/acme-*`"), "a list of roles"),
            "patterns of the roles that call, as in `role/acme-*`, where the vendor publishes them",
        ),
        "partition": Field(
            Text(r"aws[a-z-]*", expected="a partition such as `aws`"), "where the account lives; `aws` if left out"
        ),
        "source": Field(Text(), "where the vendor says so"),
    },
    _vendor,
)
_SUPPRESSION: Final = Table(
    {
        "rule": Field(RuleName(family=False), "the rule whose findings are accepted", required=True),
        "file": Field(Files(), "a pattern of the files in which they are", required=True),
        "reason": Field(Text(), "why they are accepted", required=True),
        "resource": Field(Text(), "only in policies of this resource, as in `aws_iam_role.reader`"),
        "sid": Field(Text(), "only in the statement with this Sid"),
        "pointer": Field(
            Text(r"(/[^/]*)+", expected="a JSON Pointer such as `/Statement/0/Action`"),
            "only at this JSON Pointer in the policy document, or below it",
        ),
        "until": Field(Day(), "the last day on which this counts, as in 2027-01-31"),
    },
    _suppression,
)

#: Read before all others: where more settings stand, and which rules there are.
READ_FIRST: Final[dict[str, Field]] = {
    "extend": Field(Text(), "another file of settings that these build on, from this file's folder"),
    "rules-from": Field(
        ListOf(
            Text(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*", expected="the name of a Python module"), "a list of Python modules"
        ),
        "Python modules with rules of your own; they are imported, from where Python finds them",
    ),
}
SETTINGS: Final[dict[str, Field]] = {
    "select": Field(_RULES, "run only these rules and families"),
    "extend-select": Field(_RULES, "run these rules and families, too, where `select` leaves them out"),
    "ignore": Field(_LEFT_OUT, "leave these rules and families out"),
    "extend-ignore": Field(_LEFT_OUT, "leave these out beside those of `ignore`"),
    "per-file-ignores": Field(
        TableOf(_LEFT_OUT, "a table of patterns of files and lists of rules"), "leave rules out in some files"
    ),
    "fail-on": Field(Choice(SEVERITIES), "the mildest severity that gives exit code 1"),
    "not-checked": Field(
        Choice(NOT_CHECKED),
        "whether policies that only deployment knows are told (`note`) or give exit code 1 (`fail`)",
    ),
    "kinds": Field(
        TableOf(Named("kind", _KIND), "a table of patterns of files and kinds"),
        "as what some files are read; of several patterns that fit the first counts",
    ),
    "exclude": Field(ListOf(Files(), "a list of patterns of files"), "pass these files and folders over"),
    "catalog": Field(Text(), "another catalogue, from this file's folder"),
    "baseline": Field(Text(), "a baseline that `baseline write` made, from this file's folder"),
    "trusted-accounts": Field(
        ListOf(_ACCOUNT, "a list of account ids"), "accounts of your own, which a role may let in as a whole"
    ),
    "organization-ids": Field(
        ListOf(
            Text(
                r"o-[a-z0-9]{10,32}",
                expected="an organization's id",
                hint="write `o-` with 10 to 32 small letters and digits",
            ),
            "a list of ids of organizations",
        ),
        "organizations of your own",
    ),
    "vendor-accounts": Field(
        ListOf(_VENDOR, "a list of tables"), "accounts of vendors that the package does not know of"
    ),
    "suppressions": Field(ListOf(_SUPPRESSION, "a list of tables"), "findings that somebody decided to live with"),
}
#: Tables that their own modules read.
TABLES_OF_THEIR_OWN: Final[dict[str, str]] = {
    "rules": "options of rules, a table a rule",
    "custom-rules": "rules of your own, without code",
}
#: Settings of which those of an extended file count as well; of all others the nearest file's count alone.
ADDED_UP: Final = frozenset(
    (
        "extend-select",
        "extend-ignore",
        "per-file-ignores",
        "kinds",
        "exclude",
        "trusted-accounts",
        "organization-ids",
        "vendor-accounts",
        "suppressions",
    )
)
