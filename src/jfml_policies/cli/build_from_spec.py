"""`build jfrog-ml --spec`: builds the role that a file describes, or checks that committed policies still are it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.cli.built_role import deliver
from jfml_policies.errors import ParameterError

if TYPE_CHECKING:
    from argparse import Namespace

    from jfml_policies.cli.console import Console

__all__ = ["build_from_spec", "print_schema"]

#: The builder's functions by what they are on the command line, for the explanation.
_OPTIONS: Final = {"unguessable_role_name": "--random-role-name"}


def print_schema(console: Console) -> int:
    """Prints the JSON Schema of a spec."""
    import json

    from jfml_policies.build import jfrog_ml

    console.write(json.dumps(jfrog_ml.spec_schema(), indent=2) + "\n")
    return 0


def build_from_spec(options: Namespace, console: Console) -> int:
    """Builds what the spec asks for and prints, writes or checks it."""
    from jfml_policies.build import jfrog_ml
    from jfml_policies.cli.inputs import Input, read_input

    text = read_input(Input(options.spec, options.spec, named=True))
    role = jfrog_ml.role_from_spec(jfrog_ml.spec_from_text(text, options.spec))
    if options.role_account not in {None, role.account}:
        problem = f"--role-account: `{options.role_account}` is not the account that {options.spec} names, "
        raise ParameterError((f"{problem}`{role.account}`",), hint="leave it out: the spec tells it")
    if options.check is not None:
        from jfml_policies.cli.role_check import check_role

        return check_role(role, options, console)
    deliver(role, console, options, names=_OPTIONS)
    return 0
