"""`build jfrog-ml`: the options of JFrog ML's role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast, get_args

from jfml_policies.cli.build_from_spec import build_from_spec, print_schema
from jfml_policies.cli.built_role import check_delivery_options, deliver, delivery_options, with_option_names
from jfml_policies.cli.parser import Parser, one_of
from jfml_policies.errors import ParameterError, UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from jfml_policies.build.role import Role
    from jfml_policies.cli.console import Console

__all__ = ["OPTIONS", "run"]

_DESCRIPTION: Final = """\
Writes the AWS role that lets JFrog ML (formerly Qwak) read, and if asked write, your S3 buckets:
a trust policy that says who may assume it, and a permissions policy that says what it may do.
Without --out both are printed, trust first; the explanation goes to standard error."""

_EXAMPLES: Final = (
    ("build jfrog-ml --bucket acme-features --prefix train/ --out role", "read one folder; writes two files"),
    (
        "build jfrog-ml --bucket acme-features --prefix train/ --write-bucket acme-results --write-prefix batch/",
        "also write the results of batch predictions",
    ),
    ("build jfrog-ml --bucket acme-features --own-account 111122223333 --random-role-name", "harden it further"),
    ("build jfrog-ml --bucket acme-features --print trust | jfml-policies check -", "check what is built"),
    ("build jfrog-ml --bucket acme-features --role-name reader --as terraform --out role", "writes role/role.tf"),
    ("build jfrog-ml --bucket acme-features --as-documented", "the vendor's page, to the letter"),
    ("build jfrog-ml --spec role.yaml --out role", "one role for several uses, which a file describes"),
    ("build jfrog-ml --spec role.yaml --check role", "do the files in role/ still say what the spec asks for?"),
)
_ENDING: Final = """\
exit codes:
  0  done; with --check: the files mean what the spec asks for
  1  with --check: they do not, and the differences are told
  2  could not be done"""

#: The builder's parameters whose option has another name or form than `--` and the name with hyphens.
OPTIONS: Final = {
    "kms_keys": "--kms-key",
    "write_kms_keys": "--write-kms-key",
    "strict_prefix": "--compatible",
    "own_account": "--own-account",
    "role_account": "--role-account",
    "write_bucket": "--write-bucket",
    "write_prefix": "--write-prefix",
    "role_name": "--role-name",
    "role_patterns": "--role-patterns",
    "unguessable_role_name": "--random-role-name",
    "as_documented": "--as-documented",
}
#: Options that say what a spec says.
_SAID_BY_SPEC: Final = (
    *("bucket", "prefix", "key", "write_bucket", "write_prefix", "kms_key", "write_kms_key", "own_account", "account"),
    *("role_name", "random_role_name", "role_patterns", "strict_prefix", "as_documented", "region", "partition"),
)


def run(arguments: Sequence[str], console: Console) -> int:
    """Builds the role that the arguments ask for and prints or writes it."""
    parser = _parser()
    options = parser.parse(arguments)
    console.use_color(options.color)
    if options.spec_schema:
        return print_schema(console)
    if options.spec is not None:
        _refuse_beside_spec(parser, options)
    elif options.check is not None:
        raise UsageError("--check goes with --spec only")
    elif options.bucket is None:
        raise UsageError("either --bucket or --spec is needed", hint="`jfml-policies build jfrog-ml --help` shows both")
    if options.role_name is not None and options.random_role_name:
        raise UsageError("--role-name and --random-role-name contradict each other")
    check_delivery_options(options)
    if options.spec is not None:
        return build_from_spec(options, console)
    try:
        role = _role(options)
        deliver(role, console, options, names=OPTIONS)
    except ParameterError as error:
        problems = tuple(_as_option(problem) for problem in error.problems)
        raise ParameterError(problems, hint=error.hint) from None
    return 0


def _refuse_beside_spec(parser: Parser, options: Namespace) -> None:
    """The spec says what the role is; options would contradict it silently."""
    for name in _SAID_BY_SPEC:
        if getattr(options, name) != parser.get_default(name):
            raise UsageError(f"{_option(name)} does not go with --spec, which says it all")
    if options.check is not None:
        for name, option in (("out", "--out"), ("force", "--force")):
            if getattr(options, name) != parser.get_default(name):
                raise UsageError(f"{option} does not go with --check, which writes nothing")


def _option(name: str) -> str:
    return OPTIONS.get(name, "--" + name.replace("_", "-"))


def _role(options: Namespace) -> Role:
    from jfml_policies.build import jfrog_ml

    name = jfrog_ml.unguessable_role_name() if options.random_role_name else options.role_name
    account = {} if options.account is None else {"account": options.account}
    return jfrog_ml.role(
        bucket=options.bucket,
        prefix=options.prefix,
        key=options.key,
        write_bucket=options.write_bucket,
        write_prefix=options.write_prefix,
        kms_keys=options.kms_key,
        write_kms_keys=options.write_kms_key,
        own_account=options.own_account,
        role_account=options.role_account,
        role_name=name,
        as_documented=options.as_documented,
        strict_prefix=options.strict_prefix,
        role_patterns=options.role_patterns,
        region=options.region,
        partition=options.partition,
        **account,
    )


def _as_option(problem: str) -> str:
    """A builder's line about a parameter, as one about the option of the command line."""
    name, colon, rest = problem.partition(": ")
    if colon and name.replace("_", "").isalpha():
        return f"{_option(name)}: {with_option_names(rest, OPTIONS)}"
    return with_option_names(problem, OPTIONS)


def _parser() -> Parser:
    from jfml_policies.build.identifiers import Partition

    partitions = cast("tuple[str, ...]", get_args(Partition))
    parser = Parser("build jfrog-ml", description=_DESCRIPTION, examples=_EXAMPLES, ending=_ENDING)
    parser.option("--bucket", metavar="NAME", help="bucket to read from")
    parser.option("--prefix", metavar="FOLDER/", help="folder to read; the whole bucket when left out")
    parser.option("--key", metavar="KEY", help="one object to read instead of a folder, as in train/a.csv")
    parser.option("--write-bucket", metavar="NAME", help="bucket for batch results; nothing is written by default")
    parser.option("--write-prefix", metavar="FOLDER/", help="folder for batch results")
    parser.option(
        "--kms-key", action="append", default=[], metavar="ARN", help="KMS key that encrypts the data; may be repeated"
    )
    parser.option(
        "--write-kms-key", action="append", default=[], metavar="ARN", help="KMS key for the results, if another"
    )
    parser.option("--own-account", metavar="ID", help="your account: the buckets must belong to it")
    parser.option("--account", metavar="ID", help="account of the JFrog ML deployment; JFrog ML Cloud's when left out")
    parser.option("--role-name", metavar="NAME", help="the role's name")
    parser.option("--random-role-name", action="store_true", help="make a name that nobody can guess")
    parser.option(
        "--role-patterns",
        type=one_of("choice", ("both", "base")),
        default="both",
        metavar="WHICH",
        help="which documented roles may assume this one: both (default), or base for qwak-eks-base* alone",
    )
    strictness = parser.add_mutually_exclusive_group()
    parser.option(
        "--strict-prefix",
        group=strictness,
        action="store_true",
        default=True,
        help="listing needs the folder's prefix (default)",
    )
    parser.option(
        "--compatible",
        group=strictness,
        action="store_false",
        dest="strict_prefix",
        help="also serve clients that list without a prefix, as older Hadoop versions do",
    )
    parser.option("--as-documented", action="store_true", help="the vendor's page to the letter; less strict")
    parser.option("--region", metavar="NAME", help="region of the buckets, to check the keys against")
    parser.option(
        "--partition",
        type=one_of("partition", partitions),
        default="aws",
        metavar="NAME",
        help=f"one of: {', '.join(partitions)}",
    )
    parser.option(
        "--spec",
        metavar="FILE",
        help="a YAML or JSON file that says what the role is for, instead of the options above",
    )
    parser.option(
        "--check",
        metavar="FOLDER",
        help="with --spec: compare the files there with what it asks for; with --as, as that",
    )
    parser.option("--spec-schema", action="store_true", help="print the JSON Schema of a spec, for editors")
    delivery_options(parser)
    parser.color_option()
    return parser
