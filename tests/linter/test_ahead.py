"""Calls made ahead give their results in order, and are no more than asked for."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from typing import Any

import pytest

from jfml_policies.linter.ahead import Call, ahead


class Slow(Executor):
    """Makes calls only when told to, the last one first."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[Any], Any, tuple[Any, ...]]] = []
        self.most = 0

    def submit(self, function: Any, /, *arguments: Any, **_: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.waiting.append((future, function, arguments))
        self.most = max(self.most, len(self.waiting))
        if len(self.waiting) == 3:
            self.work()
        return future

    def work(self) -> None:
        while self.waiting:
            future, function, arguments = self.waiting.pop()
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(function(*arguments))
                except ArithmeticError as error:
                    future.set_exception(error)


def calls(count: int, weight: int = 1) -> list[Call[int]]:
    return [Call(number, abs, (-number,), weight=weight) for number in range(count)]


def test_results_come_in_the_order_of_the_calls() -> None:
    """Whichever is done first."""
    assert [(number, number) for number in range(9)] == list(ahead(calls(9), Slow(), most=3))


def test_what_is_handed_on_keeps_its_place() -> None:
    """Between calls, with the result that it came with."""
    given = [Call("a", len, ("x",)), Call("b", result=7), Call("c", len, ("xy",))]
    executor = Slow()
    results = ahead([*given, Call("d", len, ("",))], executor, most=4)

    assert [("a", 1), ("b", 7), ("c", 2), ("d", 0)] == list(results)
    assert list(ahead(given, None, most=1)) == [("a", 1), ("b", 7), ("c", 2)]


@pytest.mark.parametrize(("most", "weight"), [(3, 1), (100, 30_000_000)], ids=["by number", "by weight"])
def test_so_many_are_outstanding_and_no_more(most: int, weight: int) -> None:
    """Calls are asked for only as results are taken."""
    asked: list[int] = []

    def asking() -> Any:
        for call in calls(20, weight):
            asked.append(call.about)
            yield call

    executor = Slow()
    results = ahead(asking(), executor, most=most)

    assert (0, 0) == next(results)
    assert [0, 1, 2] == asked


def test_an_error_says_which_files_it_was_about() -> None:
    """As nothing else tells when a process is killed."""

    def fail(_: int) -> None:
        raise ArithmeticError

    given = [Call(0, fail, (0,), names="a.json to c.json"), *calls(2)]

    with pytest.raises(ArithmeticError) as caught:
        list(ahead(given, Slow(), most=3))
    assert ["a.json to c.json"] == caught.value.__notes__


def test_who_stops_waiting_cancels_the_rest() -> None:
    """An executor is not left with work that nobody wants."""
    futures: list[Future[Any]] = []

    class Stuck(Executor):
        def submit(self, function: Any, /, *arguments: Any, **_: Any) -> Future[Any]:
            futures.append(Future())
            if len(futures) == 3:
                futures[0].set_result(0)
            return futures[-1]

    results = ahead(calls(20), Stuck(), most=3)
    next(results)
    results.close()  # type: ignore[attr-defined]

    assert [False, True, True] == [future.cancelled() for future in futures]
