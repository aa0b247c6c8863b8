"""Whether and when the same request is sent again."""

from collections.abc import Callable, Mapping
from time import monotonic

from cowork_cli.errors import RateLimited
from cowork_cli.http_client.terms import RetryPolicy
from cowork_cli.http_client.verdicts import Trouble

MAX_RETRY_AFTER_S = 60.0
"""Nobody waits longer than that at a prompt."""


class Patience:
    """How much of it is left for one request. `jitter` gives a number from 0 to 1."""

    def __init__(self, policy: RetryPolicy, jitter: Callable[[], float]):
        self._policy = policy
        self._jitter = jitter
        self._throttled = 0
        self._failures = 0

    def wait_s(self, trouble: Trouble) -> float | None:
        """Seconds until the next attempt, None if there is none."""
        if isinstance(trouble.error, RateLimited):
            self._throttled += 1
            allowed = self._throttled <= self._policy.throttled
            return self._after_throttling(trouble.wait_s) if allowed else None
        self._failures += 1
        allowed = trouble.again and self._failures <= self._policy.failures
        return self._after_failure(trouble.wait_s) if allowed else None

    def _after_throttling(self, wait_s: float | None) -> float | None:
        if wait_s is None:
            return self._policy.throttled_wait_s * (1 + self._jitter() / 2)
        if wait_s > MAX_RETRY_AFTER_S:
            return None
        return max(wait_s, self._policy.throttled_least_s) + self._jitter()

    def _after_failure(self, wait_s: float | None) -> float | None:
        """A 503 may name a time too."""
        if wait_s is not None:
            return self._after_throttling(wait_s)
        doubled = self._policy.first_wait_s * 2.0 ** (self._failures - 1)
        return min(self._policy.longest_wait_s, doubled) * (1 - self._jitter() / 2)


class Gap:
    """The seconds that lie at least between the beginnings of two requests.

    `rest_s` is what a server asked for, once, with its last answer.
    """

    def __init__(self, seconds: float = 0.0, clock: Callable[[], float] = monotonic):
        self._seconds = seconds
        self._clock = clock
        self._until: float | None = None

    def wait_s(self) -> float:
        """Seconds until the next request may start."""
        return 0.0 if self._until is None else max(0.0, self._until - self._clock())

    def starts(self) -> None:
        """A request starts now."""
        self._until = self._clock() + self._seconds

    def rest(self, rest_s: float) -> None:
        """The next request starts no earlier than in so many seconds."""
        self._until = max(self._until or 0.0, self._clock() + rest_s)


def quota_reset_s(headers: Mapping[str, str]) -> float | None:
    """Seconds until a used-up quota is full again; None while there is some left, or nothing is said.

    `RateLimit-Remaining` and `RateLimit-Reset` (draft-ietf-httpapi-ratelimit-headers).
    """
    remaining = headers.get("ratelimit-remaining", "").strip()
    reset = headers.get("ratelimit-reset", "").strip()
    if remaining != "0" or not (reset.isascii() and reset.isdigit()):
        return None
    return float(reset[:9])


def retry_after_s(headers: Mapping[str, str], unix_time: Callable[[], float]) -> float | None:
    """Seconds that Retry-After names (RFC 9110, 10.2.3: seconds or a date); None if none it can be."""
    text = headers.get("retry-after", "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return float(text[:9])
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - unix_time())
    except (ValueError, OverflowError):
        return None
