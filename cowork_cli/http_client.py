"""Owns every request that leaves the machine: one client per account, and the only `import httpx`.

What is raised and what is repeated is one table, the same for every provider:

    seen                                          raised               repeated
    no connection, or too late to get one         ProviderUnavailable  yes, with jitter
    429; 409 with Retry-After and an empty body   RateLimited          yes, as Retry-After says (≤ 60 s)
    5xx or a cut line, on a read                  ProviderUnavailable  yes, with jitter
    no answer in time, on a read                  ProviderUnavailable  no: it waited long enough
    5xx, a cut line, no answer in time,
      a success that cannot be read, on a write   OutcomeUnknown       only with a key the API honours
    401, 403                                      AuthRejected         no (one token refresh, if any)
    a status with a meaning                       what the adapter's `translate` says
    a web page, half a body, a body too large     BadAnswer            no

Nothing here knows a provider. A secret is revealed in one place (`Auth.value`) and shown in none:
whatever is raised or written to `debug` has gone through `redact`.

Longer than other modules because the table above is kept in one place on purpose. `httpx` costs
100 ms, hence the imports inside functions.
"""

import copy
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self, TypeVar, cast
from urllib.parse import quote, quote_plus, urljoin, urlsplit

from cowork_cli import __version__
from cowork_cli.errors import (
    AuthRejected,
    BadAnswer,
    ConfigError,
    Conflict,
    CoworkError,
    NotFound,
    OutcomeUnknown,
    ProviderError,
    ProviderUnavailable,
    RateLimited,
    SecretInConfig,
)

if TYPE_CHECKING:
    import ssl

    import httpx

HOMEPAGE = "https://pypi.org/project/cowork-cli/"
MAX_REDIRECTS = 5
MAX_RETRY_AFTER_S = 60.0
MASK = "***"

Params = Mapping[str, str | int | float | None]
_E = TypeVar("_E", bound=CoworkError)


class Masked(Protocol):
    """A text that shows itself only when asked: `secrets_store.Secret`."""

    def reveal(self) -> str:
        """The text."""
        ...


# ── redaction ────────────────────────────────────────────────────────────────────────────────────

_known: set[str] = set()

_PATTERNS = (
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=*-]{3,}"), r"\1 " + MASK),
    (re.compile(r"(?i)(://)[^/\s:@]+:[^/\s@]+@"), r"\1" + MASK + "@"),
    (
        re.compile(
            r"(?i)([?&\s\"'](?:access_token|refresh_token|token|password|client_secret|api_key"
            r"|apikey|secret)\"?\s*[=:]\s*\"?)[^&\s\"',}]+"
        ),
        r"\1" + MASK,
    ),
)


def remember_secret(secret: Masked) -> None:
    """From now on `redact` takes this secret out, also where it is quoted or encoded."""
    from base64 import b64encode

    text = secret.reveal()
    forms = {text, quote(text, safe=""), quote_plus(text), repr(text)[1:-1]}
    forms |= {json.dumps(text, ensure_ascii=ascii_only)[1:-1] for ascii_only in (True, False)}
    forms.add(b64encode(text.encode()).decode())
    _known.update(form for form in forms if form)


def redact(text: str) -> str:
    """`text` without any secret a client of this process was given, or that looks like one.

    Process-wide, because a crash report is written by somebody who holds no client.
    """
    for form in sorted(_known.copy(), key=len, reverse=True):
        # A very short password must not blacken every word that contains it.
        if len(form) >= 6:
            text = text.replace(form, MASK)
        else:
            text = re.sub(rf"(?<!\w){re.escape(form)}(?!\w)", MASK, text)
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text


# ── what an adapter states ───────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Auth:
    """How a request proves who asks: a header whose value holds the secret."""

    secret: Masked = field(repr=False)
    scheme: str = "Bearer"
    header: str = "Authorization"
    username: str | None = None

    @classmethod
    def basic(cls, username: str, password: Masked) -> "Auth":
        """HTTP Basic (RFC 7617)."""
        return cls(password, "Basic", username=username)

    @classmethod
    def plain(cls, header: str, secret: Masked) -> "Auth":
        """The secret alone in a header of its own."""
        return cls(secret, "", header)

    def value(self) -> str:
        """The header's value, secret included."""
        text = self.secret.reveal()
        if self.username is not None:
            from base64 import b64encode

            text = b64encode(f"{self.username}:{text}".encode()).decode()
        return f"{self.scheme} {text}".strip()


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often and how long to wait before asking again.

    `failures`: repeats after a failure, `throttled`: after being throttled. `first_wait_s` doubles
    up to `longest_wait_s`, and jitter takes off up to half of it. `throttled_wait_s` counts where
    the answer names no time itself.
    """

    failures: int = 2
    throttled: int = 3
    first_wait_s: float = 0.5
    longest_wait_s: float = 8.0
    throttled_wait_s: float = 5.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for connecting, for each read, and for one whole exchange; bytes of one answer."""

    connect_s: float = 10.0
    read_s: float = 30.0
    whole_s: float = 120.0
    answer_bytes: int = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. Header names are in lower case."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    method: str
    path: str

    def json(self) -> object:
        """The body as JSON with exact decimals, or None if it is none."""
        try:
            return cast(object, json.loads(self.body, parse_float=Decimal, parse_constant=_refuse))
        except (ValueError, RecursionError):
            return None


Translate = Callable[[Answer], CoworkError | None]
"""What an answer below 500 means at this provider; None: the table decides. Never sees a 429."""


def _refuse(name: str) -> object:
    raise ValueError(f"{name} is no JSON")


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    url: str
    shown: str
    content: bytes | None
    headers: dict[str, str]
    write: bool
    key: str | None


class _Trouble(Exception):
    """Why an attempt gave no answer, and whether another may."""

    def __init__(self, error: CoworkError, *, again: bool = False, wait_s: float | None = None):
        super().__init__()
        self.error = error
        self.again = again
        self.wait_s = wait_s


# ── the client ───────────────────────────────────────────────────────────────────────────────────


class HttpClient:
    """Asks one account's service. Use it in a `with`; the connection opens with the first request.

    `base_url` and `also` are the only places the client talks to; a URL that is itself a secret is
    given masked. Raises ConfigError for a URL that may not be used (`http://` to another machine
    without `allow_insecure`, not a URL), SecretInConfig for one with a password in it.

    `sleep`, `jitter` and `unix_time` are there for tests: seconds, a number from 0 to 1, and seconds
    since 1970 (Retry-After may be a date). `debug` gets one line per exchange.
    """

    def __init__(
        self,
        account: str,
        base_url: str | Masked,
        *,
        also: Sequence[str] = (),
        auth: Auth | None = None,
        allow_insecure: bool = False,
        contact: str | None = None,
        retry: RetryPolicy = RetryPolicy(),
        limits: Limits = Limits(),
        debug: Callable[[str], None] | None = None,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
        unix_time: Callable[[], float] = time.time,
    ):
        self.account = account
        self._hidden_url = not isinstance(base_url, str)
        if not isinstance(base_url, str):
            remember_secret(base_url)
            base_url = base_url.reveal()
        self._origins = {_checked(url, account, allow_insecure) for url in (base_url, *also)}
        self._base = base_url
        self._retry = retry
        self._limits = limits
        self._debug = debug
        self._sleep = sleep
        self._jitter = jitter
        self._unix_time = unix_time
        self._translate: Translate | None = None
        self._refresh: Callable[[], Auth] | None = None
        self._key_header = "Idempotency-Key"
        about = f"{HOMEPAGE}; {contact}" if contact else HOMEPAGE
        self._user_agent = _header_text(f"cowork/{__version__} (+{about})")
        self._line = _Line(self._limits, proxies=not all(map(_is_loopback, self._origins)))
        self._use_auth(auth)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"HttpClient({self.account!r})"

    def close(self) -> None:
        """Closes the connections; also those of every client `adapted` from this one."""
        self._line.close()

    def adapted(
        self,
        *,
        translate: Translate | None = None,
        retry: RetryPolicy | None = None,
        limits: Limits | None = None,
        auth: Auth | None = None,
        refresh: Callable[[], Auth] | None = None,
        key_header: str | None = None,
    ) -> "HttpClient":
        """The same client on the same connections, with what an adapter states about its platform.

        `refresh` gives a new token after a 401, once per request. `key_header` is where the platform
        wants the key that makes a write safe to repeat. What is not given stays as it is.
        """
        other = copy.copy(self)
        other._translate = translate or self._translate
        other._retry = retry or self._retry
        other._limits = limits or self._limits
        other._refresh = refresh or self._refresh
        other._key_header = key_header or self._key_header
        if auth is not None:
            other._use_auth(auth)
        return other

    # Reads ───────────────────────────────────────────────────────────────────────────────────────

    def get_json(self, path: str, params: Params | None = None) -> object:
        """The answer to a GET as JSON, decimals exact. Raises as the table says."""
        return self._json(self.request("GET", path, params=params))

    def get_text(self, path: str, params: Params | None = None) -> str:
        """The answer to a GET as text (UTF-8, wrong bytes replaced)."""
        return self.request("GET", path, params=params).body.decode("utf-8", "replace")

    def ask_form(self, path: str, fields: Mapping[str, str]) -> object:
        """A POST of form fields that changes nothing there (a query too long for a URL), as JSON."""
        return self._json(self.request("POST", path, form=fields, read=True))

    # Writes ──────────────────────────────────────────────────────────────────────────────────────

    def post_json(self, path: str, body: object, *, key: str | None = None) -> object:
        """POSTs JSON; the answer as JSON, or None if it is empty.

        Give a `key` only where the platform honours it: then a lost answer is asked for again with
        the same key, otherwise it is OutcomeUnknown at once.
        """
        return self._write("POST", path, body, key)

    def put_json(self, path: str, body: object, *, key: str | None = None) -> object:
        """PUTs JSON, see `post_json`."""
        return self._write("PUT", path, body, key)

    def patch_json(self, path: str, body: object, *, key: str | None = None) -> object:
        """PATCHes JSON, see `post_json`."""
        return self._write("PATCH", path, body, key)

    def delete(self, path: str, *, key: str | None = None) -> object:
        """DELETEs, see `post_json`."""
        return self._write("DELETE", path, None, key)

    def _write(self, method: str, path: str, body: object, key: str | None) -> object:
        answer = self.request(method, path, json_body=body, key=key)
        if not answer.body.strip():
            return None
        try:
            return self._json(answer)
        except BadAnswer as problem:
            # It said yes in words we cannot read: what it did is not known.
            raise self._unknown(answer.method, problem.message) from None

    # One request ─────────────────────────────────────────────────────────────────────────────────

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        json_body: object = None,
        form: Mapping[str, str] | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        key: str | None = None,
        read: bool | None = None,
    ) -> Answer:
        """One exchange, repeated as the table allows; any other answer than a success is raised.

        `path` is relative to the base URL, or a whole URL of a place this client may talk to. A
        parameter that is None is left out. `read` says that nothing changes there; by default that
        is GET, HEAD, OPTIONS, PROPFIND and REPORT.
        """
        sent = self._prepare(method, path, params, json_body, form, content, headers, key, read)
        refresh, doubt, tries = self._refresh, None, Counter[str]()
        while True:
            try:
                return self._attempt(sent)
            except _Trouble as caught:
                trouble = caught
            error = trouble.error
            if isinstance(error, OutcomeUnknown):
                doubt = error
            if type(error) is AuthRejected and refresh is not None:
                self._use_auth(refresh())
                refresh = None
                continue
            wait = self._wait(trouble, tries)
            if wait is None:
                # A repeat that did not get through says nothing about the attempt before it.
                settled = not isinstance(error, ProviderError | AuthRejected)
                raise error if doubt is None or settled else doubt
            self._sleep(wait)

    def _wait(self, trouble: _Trouble, tries: Counter[str]) -> float | None:
        """Seconds until the next attempt, None if there is none."""
        if isinstance(trouble.error, RateLimited):
            tries["throttled"] += 1
            allowed = tries["throttled"] <= self._retry.throttled
            return self._throttle_wait(trouble.wait_s) if allowed else None
        tries["failures"] += 1
        allowed = trouble.again and tries["failures"] <= self._retry.failures
        return self._failure_wait(tries["failures"], trouble.wait_s) if allowed else None

    def _attempt(self, sent: _Request) -> Answer:
        answer = self._exchange(sent)
        trouble = self._judge(sent, answer)
        if trouble is not None:
            raise trouble
        return answer

    def _prepare(
        self,
        method: str,
        path: str,
        params: Params | None,
        json_body: object,
        form: Mapping[str, str] | None,
        content: bytes | None,
        headers: Mapping[str, str] | None,
        key: str | None,
        read: bool | None,
    ) -> _Request:
        from urllib.parse import urlencode

        url = self._absolute(path)
        given = {name: value for name, value in (params or {}).items() if value is not None}
        if given:
            url += ("&" if "?" in url else "?") + urlencode(given, quote_via=quote)
        all_headers = {"User-Agent": self._user_agent, "Accept": "application/json"}
        if json_body is not None:
            content = json.dumps(json_body, ensure_ascii=False).encode()
            all_headers["Content-Type"] = "application/json"
        elif form is not None:
            content = urlencode(form).encode()
            all_headers["Content-Type"] = "application/x-www-form-urlencoded"
        if key is not None:
            all_headers[self._key_header] = _header_text(key)
        all_headers.update(headers or {})
        reads = method in ("GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT") if read is None else read
        shown = f"{_origin(url)}/{MASK}" if self._hidden_url else url
        return _Request(method, url, shown, content, all_headers, not reads, key)

    def _absolute(self, path: str) -> str:
        if "://" not in path:
            return f"{self._base.rstrip('/')}/{path.lstrip('/')}" if path else self._base
        if _origin(path) not in self._origins:
            raise self._error(
                BadAnswer, f"sent us to another place ({_origin(path)}), which is not asked"
            )
        return path

    def _use_auth(self, auth: Auth | None) -> None:
        self._auth = auth
        if auth is None:
            return
        remember_secret(auth.secret)
        value = auth.value()
        # Libraries quote an illegal header in their message, so it must not get that far.
        if not value.isascii() or not value.isprintable():
            raise ConfigError(
                f'the secret of account "{self.account}" holds a character that cannot be sent',
                f"store it again with `cowork account login {self.account}`",
                account=self.account,
            )
        _known.add(value.partition(" ")[2] or value)

    # On the line ─────────────────────────────────────────────────────────────────────────────────

    def _exchange(self, sent: _Request) -> Answer:
        """Sends, follows redirects within the same place, reads the body. Raises _Trouble."""
        url = sent.url
        for _ in range(MAX_REDIRECTS):
            answer, target = self._send(sent, url)
            if target is None:
                return answer
            url = self._redirected(sent, answer.status, url, target)
        raise _Trouble(self._error(BadAnswer, "redirects in a circle"))

    def _redirected(self, sent: _Request, status: int, url: str, target: str) -> str:
        """Where a redirect leads, if we may go there: credentials stay with their host."""
        try:
            absolute = urljoin(url, target)
        except ValueError:
            raise _Trouble(self._error(BadAnswer, "redirects to an unreadable address")) from None
        if _origin(absolute) not in self._origins:
            raise _Trouble(
                self._error(
                    ProviderUnavailable,
                    f"redirects to another place ({_origin(absolute)}), which is not followed",
                    f"if it has moved, set its new address with `cowork config set accounts.{self.account}.url`",
                )
            )
        if sent.write and status not in (307, 308):
            raise _Trouble(self._unknown(sent.method, f"answered with a redirect (HTTP {status})"))
        return absolute

    def _send(self, sent: _Request, url: str) -> tuple[Answer, str | None]:
        """One message and its answer; with it the target if it is a redirect."""
        import httpx

        headers = dict(sent.headers)
        if self._auth is not None:
            headers[self._auth.header] = self._auth.value()
        started = time.monotonic()
        outcome = "interrupted"
        try:
            with self._line.stream(sent.method, url, headers, sent.content) as response:
                outcome = str(response.status_code)
                body = self._read(sent, response, started)
                lower = {name.lower(): value for name, value in response.headers.items()}
                answer = Answer(response.status_code, lower, body, sent.method, urlsplit(url).path)
                target = lower.get("location") if 300 <= answer.status < 400 else None
                return answer, target
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            outcome = type(problem).__name__
            raise self._lost(sent, problem) from None
        finally:
            if self._debug is not None:
                shown = sent.shown if url == sent.url or self._hidden_url else url
                spent = round((time.monotonic() - started) * 1000)
                self._debug(redact(f"{sent.method} {shown} {outcome} {spent} ms"))

    def _read(self, sent: _Request, response: "httpx.Response", started: float) -> bytes:
        import httpx

        parts: list[bytes] = []
        size = 0
        try:
            for part in response.iter_bytes():
                size += len(part)
                parts.append(part)
                if size > self._limits.answer_bytes:
                    raise self._unreadable(
                        sent, response, f"answered with more than {self._limits.answer_bytes} bytes"
                    )
                if time.monotonic() - started > self._limits.whole_s:
                    raise httpx.ReadTimeout("the whole exchange took too long")
        except (httpx.RemoteProtocolError, httpx.ReadError):
            raise self._unreadable(
                sent, response, "broke off in the middle of its answer"
            ) from None
        except httpx.DecodingError:
            raise self._unreadable(sent, response, "sent a body that cannot be unpacked") from None
        return b"".join(parts)

    def _unreadable(self, sent: _Request, response: "httpx.Response", why: str) -> _Trouble:
        """An answer that began and cannot be used: a nonsense read, or a write of unknown outcome."""
        if sent.write and not 400 <= response.status_code < 500:
            return _Trouble(self._unknown(sent.method, why), again=sent.key is not None)
        return _Trouble(self._error(BadAnswer, why))

    def _lost(self, sent: _Request, problem: Exception) -> _Trouble:
        """No answer at all: was it sent, and may it be sent again?"""
        import httpx

        if isinstance(problem, httpx.ConnectTimeout | httpx.PoolTimeout):
            return _Trouble(
                self._away(f"no connection within {self._limits.connect_s:g} s"), again=True
            )
        if isinstance(problem, httpx.ConnectError | httpx.ProxyError):
            bad_certificate = "CERTIFICATE" in str(problem).upper()
            why = "its certificate is not trusted" if bad_certificate else "no connection"
            return _Trouble(self._away(why), again=not bad_certificate)
        if isinstance(
            problem, httpx.InvalidURL | httpx.UnsupportedProtocol | httpx.LocalProtocolError
        ):
            return _Trouble(self._away("the request cannot be sent"))
        late = isinstance(problem, httpx.TimeoutException)
        why = "no answer in time" if late else "the line was cut before it answered"
        if sent.write:
            return _Trouble(self._unknown(sent.method, why), again=sent.key is not None)
        return _Trouble(self._away(why), again=not late)

    # What an answer means ────────────────────────────────────────────────────────────────────────

    def _judge(self, sent: _Request, answer: Answer) -> _Trouble | None:
        wait_s = self._retry_after(answer)
        if _is_throttled(answer):
            return _Trouble(self._throttled_error(wait_s), wait_s=wait_s)
        if answer.status >= 500:
            why = f"HTTP {answer.status}"
            if sent.write:
                return _Trouble(self._unknown(sent.method, why), again=sent.key is not None)
            return _Trouble(self._away(why), again=True, wait_s=wait_s)
        meaning = self._translate(answer) if self._translate else None
        if meaning is not None:
            return _Trouble(self._clean(meaning), wait_s=wait_s)
        if answer.status < 300 or answer.status == 304:
            return None
        return _Trouble(self._refused(answer))

    def _refused(self, answer: Answer) -> CoworkError:
        status = answer.status
        if status in (401, 403):
            hint = f"log in with `cowork account login {self.account}`" if self._auth else None
            return self._error(AuthRejected, f"rejected the request (HTTP {status})", hint)
        if status in (404, 410):
            return self._error(NotFound, f"has nothing there (HTTP {status})")
        if status == 409:
            return self._error(Conflict, "refused: it contradicts what is there (HTTP 409)")
        if status == 408:
            return self._away("HTTP 408")
        return self._error(BadAnswer, f"did not accept the request (HTTP {status})")

    def _json(self, answer: Answer) -> object:
        """The body as JSON. Raises BadAnswer for a web page, an empty body, half a document."""
        start = answer.body.lstrip()[:1]
        if start == b"<" or "html" in answer.headers.get("content-type", ""):
            raise self._error(
                BadAnswer,
                f"answered with a web page where data was due (HTTP {answer.status})",
                "a login page of the network you are in can do that; open a web page and see",
            )
        value = answer.json()
        if value is None and answer.body.strip() != b"null":
            raise self._error(BadAnswer, "answered with something that is not JSON")
        return value

    def _retry_after(self, answer: Answer) -> float | None:
        text = answer.headers.get("retry-after", "").strip()
        if not text:
            return None
        if text.isascii() and text.isdigit():
            return float(text[:9])
        from email.utils import parsedate_to_datetime

        try:
            return max(0.0, parsedate_to_datetime(text).timestamp() - self._unix_time())
        except (ValueError, OverflowError):
            return None

    def _throttle_wait(self, wait_s: float | None) -> float | None:
        """Seconds to wait, None if that is more than anybody waits for at a prompt."""
        if wait_s is None:
            return self._retry.throttled_wait_s * (1 + self._jitter() / 2)
        return None if wait_s > MAX_RETRY_AFTER_S else wait_s + self._jitter()

    def _failure_wait(self, failures: int, wait_s: float | None) -> float | None:
        """The same after a failure; a 503 may name a time too."""
        if wait_s is not None:
            return self._throttle_wait(wait_s)
        wait = min(self._retry.longest_wait_s, self._retry.first_wait_s * 2.0 ** (failures - 1))
        return wait * (1 - self._jitter() / 2)

    # Words ───────────────────────────────────────────────────────────────────────────────────────

    def _error(self, kind: type[_E], what: str, hint: str | None = None) -> _E:
        return kind(redact(f'account "{self.account}" {what}'), hint, account=self.account)

    def _clean(self, error: CoworkError) -> CoworkError:
        """An adapter's error with the account's name and without secrets it may have quoted."""
        error.message = redact(error.message)
        error.args = (error.message,)
        error.hint = redact(error.hint) if error.hint else None
        error.account = error.account or self.account
        return error

    def _away(self, why: str) -> ProviderUnavailable:
        hint = f"try again later, or look with `cowork account check {self.account}`"
        return self._error(ProviderUnavailable, f"cannot be reached: {why}", hint)

    def _throttled_error(self, wait_s: float | None) -> RateLimited:
        hint = f"try again in {wait_s:.0f} s" if wait_s else "try again in a few minutes"
        return self._error(RateLimited, "asks us to slow down", hint)

    def _unknown(self, method: str, why: str) -> OutcomeUnknown:
        return self._error(
            OutcomeUnknown,
            f"was sent a {method} and gave no usable answer ({why}): it may have happened",
            "see what became of it with `cowork booking sync`",
        )


class _Line:
    """The connections, opened on first use and shared by every view of one client."""

    def __init__(self, limits: Limits, *, proxies: bool):
        self._limits = limits
        self._proxies = proxies
        self._client: httpx.Client | None = None

    @contextmanager
    def stream(
        self, method: str, url: str, headers: dict[str, str], content: bytes | None
    ) -> "Iterator[httpx.Response]":
        import httpx

        if self._client is None:
            try:
                # A proxy of the environment cannot reach our own loopback.
                self._client = httpx.Client(
                    verify=_tls(), follow_redirects=False, trust_env=self._proxies
                )
            except (ValueError, ImportError, OSError):
                raise ConfigError(
                    "the environment names a proxy or certificates that cannot be used",
                    "check `HTTPS_PROXY`, `ALL_PROXY`, `SSL_CERT_FILE` and `SSL_CERT_DIR`",
                ) from None
        timeout = httpx.Timeout(self._limits.read_s, connect=self._limits.connect_s)
        with self._client.stream(
            method, url, headers=headers, content=content, timeout=timeout
        ) as response:
            yield response

    def close(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None


@cache
def _tls() -> "ssl.SSLContext":
    """Read once: the list of certificates costs 20 ms, and ten accounts share it."""
    import httpx

    return httpx.create_ssl_context()


def _header_text(text: str) -> str:
    """`text` as a header can hold it: printable ASCII, anything else percent-encoded."""
    return text if text.isascii() and text.isprintable() else quote(text, safe=" /+;:()@<>")


def _is_throttled(answer: Answer) -> bool:
    # Nexudus throttles with an empty 409 that has a Retry-After; a real conflict never says when.
    empty_409 = answer.status == 409 and not answer.body.strip() and "retry-after" in answer.headers
    return answer.status == 429 or empty_409


def _origin(url: str) -> str:
    """Scheme, host and port of `url`, the port written out only where it is not the usual one."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "an unreadable address"
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != usual else "")


def _is_loopback(url: str) -> bool:
    from ipaddress import ip_address

    host = (urlsplit(url).hostname or "").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _checked(url: str, account: str, allow_insecure: bool) -> str:
    """The origin of a URL that may be asked. Messages never quote the URL: it may be a secret."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ConfigError(
            f'the address set for account "{account}" is not a web address',
            "write it as `https://host/path`",
            account=account,
        )
    if parts.username or parts.password:
        raise SecretInConfig(
            f'the address set for account "{account}" holds a password',
            f"take it out and store it with `cowork account login {account}`",
            account=account,
        )
    if parts.scheme == "http" and not allow_insecure and not _is_loopback(url):
        raise ConfigError(
            f'account "{account}" would be asked without encryption (http://{parts.hostname})',
            "use an `https://` address, or accept it with "
            f"`cowork config set accounts.{account}.allow_insecure true`",
            account=account,
        )
    return _origin(url)
