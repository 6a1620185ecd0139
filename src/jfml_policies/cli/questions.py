"""What the verbs share that ask a question which a policy passes or fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jfml_policies.cli.answers import deliver_answers
from jfml_policies.cli.outputs import Outputs

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from jfml_policies.cli.console import Console
    from jfml_policies.report.answer import Answer

__all__ = ["QUESTION_EXIT_CODES", "deliver", "deliver_all"]

QUESTION_EXIT_CODES: Final = """\
exit codes:
  0  pass: it is proved that there is no such access
  1  fail, with a request that proves it; or unknown, with the reason
  2  could not do the job: wrong usage, no such file or revision, no policy, broken JSON"""


def deliver(answer: Answer, options: Namespace, console: Console) -> int:
    """Prints an answer and returns the exit code."""
    return _deliver([answer], options, console)


def deliver_all(answers: Sequence[Answer], options: Namespace, console: Console) -> int:
    """Prints the answers for the policies of a file, of which there is one at least, and returns the exit code."""
    return _deliver(answers, options, console, several=True)


def _deliver(answers: Sequence[Answer], options: Namespace, console: Console, *, several: bool = False) -> int:
    console.use_color(options.color)
    inputs = [side.file for answer in answers for side in answer.asked]
    outputs = Outputs(options, console, verb=answers[0].question, inputs=inputs)
    deliver_answers(outputs, answers, options, console, several=several)
    return 0 if all(answer.word == "pass" for answer in answers) else 1
