"""Several accounts at once. Threads meet at barriers and events; nobody sleeps."""

import threading
from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from cowork_cli.errors import (
    CoworkError,
    ExitCode,
    NotFound,
    ProviderError,
    ProviderUnavailable,
    RateLimited,
)
from cowork_cli.http_client import HttpClient
from cowork_cli.http_client.terms import RetryPolicy
from cowork_cli.services.accounts.fanout import ask_all

LONG_S = 30.0  # never reached: a test that waits so long has failed


def failing(error: BaseException) -> Callable[[], list[str]]:
    def call() -> list[str]:
        raise error

    return call


def test_all_are_asked_at_the_same_time() -> None:
    # Each call goes on only when all five are running: one after the other would never end.
    together = threading.Barrier(5, timeout=LONG_S)
    calls = {f"a-{n}": lambda n=n: (together.wait(), n)[1] for n in range(5)}
    answers, problems = ask_all(calls, deadline_s=LONG_S)
    assert answers == {f"a-{n}": n for n in range(5)}
    assert problems == []


def test_the_order_is_that_of_the_accounts_not_of_arrival() -> None:
    last_is_done = threading.Event()

    def slow(name: str) -> str:
        assert last_is_done.wait(LONG_S)
        return name

    def fast() -> str:
        last_is_done.set()
        return "fast"

    calls = {"slow-1": lambda: slow("1"), "slow-2": lambda: slow("2"), "fast": fast}
    answers, _ = ask_all(calls, deadline_s=LONG_S)
    assert list(answers) == ["slow-1", "slow-2", "fast"]


def test_a_failed_account_is_a_problem_and_no_empty_answer() -> None:
    answers, problems = ask_all(
        {
            "osm": failing(ProviderUnavailable("not reached")),
            "local": list,
            "hafen": failing(RateLimited("slow down", account="hafen-west")),
        },
        deadline_s=LONG_S,
    )
    assert answers == {"local": []}
    assert [(type(problem), problem.account) for problem in problems] == [
        (ProviderUnavailable, "osm"),
        (RateLimited, "hafen-west"),
    ]


@pytest.mark.parametrize("others", [0, 2])
def test_a_bug_is_a_problem_that_keeps_its_cause(others: int) -> None:
    bug = KeyError("slug")
    calls = {"osm": failing(bug)} | {f"a-{n}": list for n in range(others)}
    answers, problems = ask_all(calls, deadline_s=LONG_S)
    assert len(answers) == others
    (problem,) = problems
    assert type(problem) is ProviderError
    assert problem.exit_code is ExitCode.PROVIDER
    assert problem.account == "osm"
    assert "osm" in problem.message
    assert problem.__cause__ is bug


@pytest.mark.parametrize("others", [0, 2])
def test_an_interrupt_goes_through(others: int) -> None:
    calls = {"osm": failing(KeyboardInterrupt())} | {f"a-{n}": list for n in range(others)}
    with pytest.raises(KeyboardInterrupt):
        ask_all(calls, deadline_s=LONG_S)


def test_who_is_too_late_is_a_problem() -> None:
    release = threading.Event()
    try:
        answers, problems = ask_all(
            {"slow": lambda: release.wait(LONG_S), "fast": lambda: True}, deadline_s=0.05
        )
    finally:
        release.set()
    assert answers == {"fast": True}
    (problem,) = problems
    assert type(problem) is ProviderUnavailable
    assert problem.account == "slow"


def test_no_thread_for_one_call() -> None:
    answers, _ = ask_all({"osm": threading.current_thread}, deadline_s=LONG_S)
    assert answers["osm"] is threading.current_thread()


def test_what_belongs_to_this_thread_is_asked_here_while_the_others_run() -> None:
    together = threading.Barrier(3, timeout=LONG_S)

    def ask() -> threading.Thread:
        together.wait()
        return threading.current_thread()

    answers, _ = ask_all(
        {"osm": ask, "local": ask, "hafen": ask}, deadline_s=LONG_S, here={"local"}
    )
    assert list(answers) == ["osm", "local", "hafen"]
    assert answers["local"] is threading.current_thread()
    assert answers["osm"] is not threading.current_thread()
    assert answers["osm"].daemon


def test_nobody_to_ask() -> None:
    assert ask_all({}, deadline_s=LONG_S) == ({}, [])


def test_a_problem_of_any_kind_is_kept_as_it_is() -> None:
    error = NotFound("nothing")
    _, problems = ask_all({"a": failing(error), "b": list}, deadline_s=LONG_S)
    assert problems == [error]
    assert isinstance(problems[0], CoworkError)


class _TogetherServer:
    """A server that answers only when as many requests have arrived as it waits for; bounded."""

    def __init__(self, count: int) -> None:
        barrier = threading.Barrier(count, timeout=LONG_S)

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                try:
                    barrier.wait()
                except threading.BrokenBarrierError:
                    self.send_error(400)
                    return
                body = b'{"data": []}'
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *given: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))

    def __enter__(self) -> "_TogetherServer":
        self._thread.start()
        return self

    def __exit__(self, *given: object) -> None:
        self.server.shutdown()
        self._thread.join()
        self.server.server_close()


def test_ten_accounts_are_asked_together_over_the_network() -> None:
    """The server answers nobody before all ten have asked: one after the other would fail."""

    def ask(name: str, url: str) -> object:
        with HttpClient(name, url, retry=RetryPolicy(failures=0)) as http:
            return http.get_json("")

    with _TogetherServer(10) as server:
        calls = {f"a-{n}": partial(ask, f"a-{n}", server.url) for n in range(10)}
        answers, problems = ask_all(calls, deadline_s=LONG_S)
    assert problems == []
    assert list(answers) == list(calls)
