"""The program: picks the verb, and turns whatever goes wrong into one clear line and the right exit code.

Exit codes: 0 done or clean, 1 findings, 2 could not do the job, 130 interrupted from the keyboard.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Final

from jfml_policies._version import __version__
from jfml_policies.cli.console import Console
from jfml_policies.errors import ConfigurationError, ParameterError, PolicyError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["VERBS", "main"]

#: The verbs and what each does; the module of the same name in this folder,
#: hyphens as underscores, has `run(arguments, console) -> int`.
VERBS: Final = {
    "build": "write a vendor's role: trust policy and permissions policy",
    "check": "find mistakes in policies: files, folders, or - for standard input",
    "baseline": "write down what `check` finds today, so that only new findings count",
    "diff": "say what a new policy allows that the old one does not, with proof",
    "no-new-access": "pass when a new policy allows nothing that the old one does not",
    "not-granted": "pass when a policy grants none of some actions",
    "no-public-access": "pass when a policy lets in nobody but those that it names",
    "minimise": "make a policy smaller without changing what it means",
    "needs": "say what policies allow beyond a need, and what they lack",
    "suggest": "write the smallest policy for tasks or recorded calls",
    "can": "decide one request by the policies that apply to it",
    "risks": "say how a principal could widen its permissions, and what they lay open",
    "explain": "show a rule's page",
    "rules": "list all rules",
    "lsp": "serve editors: findings, mends, explanations and completions while typing",
    "schema": "print the JSON Schema of a kind of policy",
    "catalog": "look up AWS actions, resource types and condition keys",
}

_HELP: Final = """\
usage: jfml-policies VERB ...

Builds, checks and explains AWS IAM policies, offline.

verbs:
{verbs}

options:
  -h, --help     show this, or with a verb the verb's own help
  -V, --version  show the version

examples:
  jfml-policies build jfrog-ml --bucket acme-features --prefix train/ --out role
      the role that lets JFrog ML read s3://acme-features/train/
  jfml-policies check role
      nothing is printed when all is well

exit codes: 0 done or clean, 1 findings, 2 could not do the job
"""
_INTERRUPTED: Final = 130
_DEBUG: Final = "JFML_POLICIES_DEBUG"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the program and returns its exit code.

    Args:
        arguments: the words after the program's name; those of this process when None.
    """
    console = Console.of_process()
    try:
        code = _run(list(sys.argv[1:] if arguments is None else arguments), console)
        console.flush()
    except BrokenPipeError:
        # The reader has seen enough; whether there were more findings it can't know.
        console.abandon()
        return 2
    except KeyboardInterrupt:
        console.abandon()
        console.say("interrupted")
        return _INTERRUPTED
    except ParameterError as error:
        for problem in error.problems:
            console.fail(problem)
        if error.hint:
            console.say(f"  help: {error.hint}")
        return 2
    except ConfigurationError as error:
        for one in error.problems:
            console.fail(str(one), one.hint)
        return 2
    except PolicyError as error:
        console.fail(str(error), error.hint)
        return 2
    except OSError as error:
        console.abandon()
        console.fail(_reason(error))
        return 2
    except Exception as error:
        # The last resort: a person must not meet a traceback.
        if os.environ.get(_DEBUG):
            raise
        console.abandon()
        console.fail(
            f"this is a fault of jfml-policies: {type(error).__name__}: {error}",
            f"please report it; with {_DEBUG}=1 in the environment the traceback is shown",
        )
        return 2
    return code


def _run(arguments: list[str], console: Console) -> int:
    if not arguments:
        console.say(_help().rstrip())
        return 2
    verb, *rest = arguments
    if verb in {"-h", "--help", "help"} and not (rest and rest[0] in VERBS):
        console.write(_help())
        return 0
    if verb == "help":
        verb, rest = rest[0], ["--help"]
    if verb in {"-V", "--version"}:
        console.write(f"jfml-policies {__version__}\n")
        return 0
    if verb not in VERBS:
        raise _unknown(verb)
    try:
        code: int = import_module(f"jfml_policies.cli.{verb.replace('-', '_')}").run(rest, console)
    except SystemExit as end:
        # argparse ends the process after `--help`.
        return end.code if isinstance(end.code, int) else 0
    return code


def _unknown(verb: str) -> PolicyError:
    from jfml_policies.text.suggest import nearest

    if verb.startswith("-"):
        return UsageError(f"there is no option `{verb}`", hint="`jfml-policies --help` shows the verbs and options")
    near = nearest(verb, VERBS)
    if near:
        return UsageError(f"there is no verb `{verb}`", hint=f"did you mean `{near}`?")
    if os.path.exists(verb):
        return UsageError(f"there is no verb `{verb}`", hint=f"did you mean `jfml-policies check {verb}`?")
    return UsageError(f"there is no verb `{verb}`", hint=f"one of {', '.join(VERBS)}")


def _reason(error: OSError) -> str:
    what = error.strerror or str(error) or type(error).__name__
    return f"{error.filename}: {what}" if isinstance(error.filename, str) else f"standard output: {what}"


def _help() -> str:
    width = max(map(len, VERBS))
    return _HELP.format(verbs="\n".join(f"  {verb:<{width}}  {summary}" for verb, summary in VERBS.items()))
