"""Owns asking several accounts at once. A failed one is a problem, never an empty answer."""

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, TypeVar

from cowork_cli.errors import CoworkError, ProviderError, ProviderUnavailable

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")


def ask_all(
    calls: Mapping[str, Callable[[], T]],
    *,
    deadline_s: float,
    here: Collection[str] = (),
) -> tuple[dict[str, T], list[CoworkError]]:
    """Makes all calls at the same time; the answers and the problems, in the order of `calls`.

    Waits for the slowest, at most `deadline_s` seconds of the real clock; who has not answered by
    then is a ProviderUnavailable, and its thread is left behind (it cannot hold up the exit). Calls
    named in `here` are made in this thread while the others run: those of the store, whose
    connection belongs to one thread. A call must be a whole one: hand in `list(...)`, not an
    iterator that has yet to ask.

    A CoworkError of a call becomes a problem with its account's name. Any other exception is our
    bug; it becomes a ProviderError that names the account and keeps the exception as `__cause__`,
    so that the answers of the others are not lost with it. Interrupts go through.
    """
    threaded = [name for name in calls if name not in here]
    if len(calls) == 1:
        threaded = []
    running = {name: _start(name, calls[name]) for name in threaded}
    outcomes: dict[str, T | CoworkError] = {
        name: _ask(name, call) for name, call in calls.items() if name not in running
    }
    if running:
        outcomes.update(_collect(running, deadline_s))
    answers: dict[str, T] = {}
    problems: list[CoworkError] = []
    for name in calls:
        outcome = outcomes[name]
        if isinstance(outcome, CoworkError):
            problems.append(outcome)
        else:
            answers[name] = outcome
    return answers, problems


def _ask(name: str, call: Callable[[], T]) -> T | CoworkError:
    try:
        return call()
    except CoworkError as problem:
        problem.account = problem.account or name
        return problem
    except Exception as bug:
        unforeseen = ProviderError(
            f'asking account "{name}" failed in an unforeseen way ({type(bug).__name__})',
            "this is a bug of cowork; `--debug` shows more",
            account=name,
        )
        unforeseen.__cause__ = bug
        return unforeseen


def _start(name: str, call: Callable[[], T]) -> "Future[T | CoworkError]":
    """A daemon thread, unlike those of an executor: the process need not wait for it at its end."""
    from concurrent.futures import Future
    from threading import Thread

    future: Future[T | CoworkError] = Future()

    def run() -> None:
        try:
            future.set_result(_ask(name, call))
        except BaseException as interrupt:  # handed to the thread that waits
            future.set_exception(interrupt)

    Thread(target=run, name=f"ask-{name}", daemon=True).start()
    return future


def _collect(
    running: "Mapping[str, Future[T | CoworkError]]", deadline_s: float
) -> dict[str, T | CoworkError]:
    from concurrent.futures import wait

    wait(running.values(), timeout=deadline_s)
    return {
        name: future.result() if future.done() else _too_late(name, deadline_s)
        for name, future in running.items()
    }


def _too_late(name: str, deadline_s: float) -> CoworkError:
    return ProviderUnavailable(
        f'account "{name}" did not answer within {deadline_s:g} s',
        "try again later, or choose the accounts to ask with `--account NAME`",
        account=name,
    )
