"""What the verbs share that ask a question which a policy passes or fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.cli.answers import deliver_answers
from jfml_policies.cli.outputs import Outputs

if TYPE_CHECKING:
    from argparse import Namespace

    from jfml_policies.cli.console import Console
    from jfml_policies.report.answer import Answer

__all__ = ["QUESTION_EXIT_CODES", "deliver"]

QUESTION_EXIT_CODES: Final = """\
exit codes:
  0  pass: it is proved that there is no such access
  1  fail, with a request that proves it; or unknown, with the reason
  2  could not do the job: wrong usage, no such file or revision, no policy, broken JSON"""


def deliver(answer: Answer, options: Namespace, console: Console) -> int:
    """Prints an answer and returns the exit code."""
    console.use_color(options.color)
    outputs = Outputs(options, console, verb=answer.question, inputs=[side.file for side in answer.asked])
    deliver_answers(outputs, [answer], options, console)
    return 0 if answer.word == "pass" else 1
