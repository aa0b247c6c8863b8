"""HttpClient: asks one account's service, patiently, within its limits, and says what went wrong."""

import copy
import random
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

from cowork_cli.errors import BadAnswer, ConfigError, CoworkError, OutcomeUnknown, RateLimited
from cowork_cli.http_client import message
from cowork_cli.http_client.connection import Connection, Raw, Silence, Unreadable
from cowork_cli.http_client.message import Body, Message
from cowork_cli.http_client.places import checked, is_loopback, origin
from cowork_cli.http_client.retries import (
    MAX_RETRY_AFTER_S,
    Gap,
    Patience,
    quota_reset_s,
    retry_after_s,
)
from cowork_cli.http_client.terms import (
    Answer,
    Auth,
    Limits,
    Masked,
    Params,
    Progress,
    Refresh,
    RetryPolicy,
    Translate,
)
from cowork_cli.http_client.validators import Validators
from cowork_cli.http_client.verdicts import Trouble, Verdicts, settled
from cowork_cli.records import replace
from cowork_cli.redaction import MASK, redact, remember

MAX_REDIRECTS = 5
WAIT_SAID_S = 2.0


class HttpClient:
    """Asks one account's service. Use it in a `with`; the connection opens with the first request.

    `base_url` and `also` are the only places the client talks to; a URL that is itself a secret is
    given masked. Raises ConfigError for a URL that may not be used (`http://` to another machine
    without `allow_insecure`, not a URL), SecretInConfig for one with a password in it.

    `sleep`, `jitter` and `unix_time` are there for tests: seconds, a number from 0 to 1, and seconds
    since 1970 (Retry-After may be a date). `debug` gets one line per exchange, `tell` one for a person
    before a wait of WAIT_SAID_S or longer. `validators` keep what `revalidated` clients read.
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
        tell: Callable[[str], None] | None = None,
        validators: Validators | None = None,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
        unix_time: Callable[[], float] = time.time,
    ):
        self.account = account
        self._hidden_url = not isinstance(base_url, str)
        if not isinstance(base_url, str):
            base_url = base_url.reveal()
            remember(base_url)
        self._origins = {checked(url, account, allow_insecure) for url in (base_url, *also)}
        self._base = base_url
        self._retry, self._limits = retry, limits
        self._debug, self._sleep, self._jitter, self._unix_time = debug, sleep, jitter, unix_time
        self._tell = tell
        self._validators = validators
        self._revalidates = False
        self._progress: Progress | None = None
        self._translate: Translate | None = None
        self._refresh: Refresh | None = None
        self._gap = Gap()
        self._key_header = "Idempotency-Key"
        self._media = message.JSON
        self._user_agent = message.user_agent(contact)
        self._connection = Connection(
            encrypted=any(place.startswith("https:") for place in self._origins),
            proxies=not all(map(is_loopback, self._origins)),
        )
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
        self._connection.close()

    def adapted(
        self,
        *,
        translate: Translate | None = None,
        retry: RetryPolicy | None = None,
        limits: Limits | None = None,
        auth: Auth | None = None,
        refresh: Refresh | None = None,
        key_header: str | None = None,
        gap_s: float = 0.0,
        media: str | None = None,
        progress: Progress | None = None,
        revalidated: bool = False,
    ) -> "HttpClient":
        """The same client on the same connections, with what an adapter states about its platform.

        `refresh` gives a new token, before the first request if there is none and after a 401, once
        per request; it asks through a client that has no `refresh` itself. `key_header` is where the platform
        wants the key that makes a write safe to repeat, `media` what it calls its JSON (JSON:API has
        a name of its own); `gap_s` the seconds that lie at least between two requests, where its operator
        asks for that; `progress` is told how much of an answer has come; `revalidated`: what is
        read is kept with its ETag, and a 304 brings it again. What is not given stays as it is.
        """
        other = copy.copy(self)
        other._translate = translate or self._translate
        other._retry = retry or self._retry
        other._limits = limits or self._limits
        other._refresh = refresh or self._refresh
        other._key_header = key_header or self._key_header
        other._gap = Gap(gap_s) if gap_s else self._gap
        other._media = media or self._media
        other._progress = progress or self._progress
        other._revalidates = revalidated or self._revalidates
        if auth is not None:
            other._use_auth(auth)
        return other

    # Reads ───────────────────────────────────────────────────────────────────────────────────────

    def get_json(self, path: str, params: Params | None = None) -> object:
        """The answer to a GET as JSON, decimals exact. Raises as the table says."""
        answer = self.request("GET", path, params=params)
        try:
            return self._verdicts().json_of(answer)
        except BadAnswer:
            if self._revalidates and self._validators:
                # Nonsense with an ETag would come again with every 304.
                self._validators.forget(message.with_params(self._absolute(path), params))
            raise

    def get_text(self, path: str, params: Params | None = None) -> str:
        """The answer to a GET as text (UTF-8, wrong bytes replaced)."""
        return self.request("GET", path, params=params).text()

    def ask_json(self, path: str, body: object) -> object:
        """A POST of JSON that changes nothing there (a preview, a search), as JSON."""
        sent = message.json_body(body, self._media)
        return self._verdicts().json_of(self.request("POST", path, body=sent, read=True))

    def ask_form(
        self, path: str, fields: Mapping[str, str], smaller: Mapping[str, str] | None = None
    ) -> object:
        """A POST of form fields that changes nothing there (a query too long for a URL), as JSON.

        `smaller` is what is asked instead where the same is asked again after a failure: a service
        that refused for load may have room for less.
        """
        sent = message.form_body(fields)
        then = message.form_body(smaller) if smaller else None
        return self._verdicts().json_of(
            self.request("POST", path, body=sent, read=True, after_failure=then)
        )

    # Writes ──────────────────────────────────────────────────────────────────────────────────────

    def post_json(self, path: str, body: object, *, key: str | None = None) -> object:
        """POSTs JSON; the answer as JSON, or None if it is empty.

        Give a `key` only where the platform honours it: then a lost answer is asked for again with
        the same key, otherwise it is OutcomeUnknown at once.
        """
        return self._write("POST", path, message.json_body(body, self._media), key)

    def post_form(self, path: str, fields: Mapping[str, str], *, key: str | None = None) -> object:
        """POSTs form fields, see `post_json`."""
        return self._write("POST", path, message.form_body(fields), key)

    def put_json(self, path: str, body: object, *, key: str | None = None) -> object:
        """PUTs JSON, see `post_json`."""
        return self._write("PUT", path, message.json_body(body, self._media), key)

    def patch_json(self, path: str, body: object, *, key: str | None = None) -> object:
        """PATCHes JSON, see `post_json`."""
        return self._write("PATCH", path, message.json_body(body, self._media), key)

    def delete(self, path: str, *, key: str | None = None) -> object:
        """DELETEs, see `post_json`."""
        return self._write("DELETE", path, Body(), key)

    def _write(self, method: str, path: str, body: Body, key: str | None) -> object:
        answer = self.request(method, path, body=body, key=key)
        if not answer.body.strip():
            return None
        try:
            return self._verdicts().json_of(answer)
        except BadAnswer as problem:
            # It said yes in words we cannot read: what it did is not known.
            raise self._verdicts().unknown(method, problem.message) from None

    # One request ─────────────────────────────────────────────────────────────────────────────────

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        body: Body = Body(),
        headers: Mapping[str, str] | None = None,
        key: str | None = None,
        read: bool | None = None,
        fill: Mapping[str, str] | None = None,
        after_failure: Body | None = None,
    ) -> Answer:
        """One exchange, repeated as the table allows; any other answer than a success is raised.

        For what the methods above do not tell: headers of the answer (`etag`, `x-object-id`), XML,
        other methods. `path` is relative to the base URL, or a whole URL of a place this client may
        talk to; put ids into it with `message.segment`. `read` says that nothing changes there; by
        default that is GET, HEAD, OPTIONS, PROPFIND and REPORT. `after_failure` is the body of a
        repeat that follows a failure; one that follows throttling is the same again. `fill` says what
        stands for `{name}` in an address that the adapter must not see.
        """
        url = message.with_params(message.filled(self._absolute(path), fill), params)
        shown = f"{origin(url)}/{MASK}" if self._hidden_url else url
        known = {"User-Agent": self._user_agent, "Accept": self._media}
        if key is not None:
            known[self._key_header] = message.header_text(key)
        known |= dict(headers or {})
        if method == "GET" and self._revalidates and self._validators and self._auth is None:
            return self._revalidated(url, shown, known, self._validators)
        sent = message.composed(method, url, shown, body, known, key, read)
        then = after_failure or body
        return self._insist(sent, message.composed(method, url, shown, then, known, key, read))

    def _revalidated(
        self, url: str, shown: str, headers: dict[str, str], validators: Validators
    ) -> Answer:
        """A read that names the answer it has; the same one again where the service says so."""
        kept = validators.kept(url)
        if kept is not None:
            headers = headers | {"If-None-Match": kept[0]}
        sent = message.composed("GET", url, shown, Body(), headers, None, True)
        answer = self._insist(sent, sent)
        if answer.status == 304 and kept is not None:
            return replace(answer, status=200, body=kept[1])
        if answer.status == 200 and "etag" in answer.headers:
            validators.keep(url, answer.headers["etag"], answer.body)
        return answer

    def _insist(self, sent: Message, then: Message) -> Answer:
        """Sends until there is an answer, or no sense in another attempt; `then` after a failure."""
        self._keep_gap()
        patience = Patience(self._retry, self._jitter)
        refresh, doubt = self._refresh, None
        if self._auth is None and refresh is not None:
            self._use_auth(refresh())
            refresh = None
        while True:
            try:
                return self._attempt(sent)
            except Trouble as caught:
                trouble = caught
            error = trouble.error
            if isinstance(error, OutcomeUnknown):
                doubt = error
            if trouble.expired and refresh is not None:
                self._use_auth(refresh())
                refresh = None
                continue
            wait = patience.wait_s(trouble)
            if wait is None:
                raise settled(error, doubt)
            self._wait(wait, error)
            if not isinstance(error, RateLimited):
                sent = then

    def _wait(self, wait_s: float, error: CoworkError) -> None:
        """Waits until the next attempt; said where a person would think that nothing happens."""
        if self._tell is not None and wait_s >= WAIT_SAID_S:
            why = "asks for patience" if isinstance(error, RateLimited) else "did not answer"
            self._tell(f"{self.account} {why}: asking again in {wait_s:.0f} s (Ctrl-C to stop).")
        self._sleep(wait_s)

    def _keep_gap(self) -> None:
        """Waits until `gap_s` have passed since the last request that this adapter made."""
        wait = self._gap.wait_s()
        if wait > 0:
            self._sleep(wait)
        self._gap.starts()

    def _attempt(self, sent: Message) -> Answer:
        """One exchange, redirects followed within the same place. Raises Trouble."""
        verdicts, url = self._verdicts(), sent.url
        for _ in range(MAX_REDIRECTS):
            answer = self._send(sent, url)
            target = answer.headers.get("location") if 300 <= answer.status < 400 else None
            if target is None:
                wait_s = retry_after_s(answer.headers, self._unix_time)
                reset_s = quota_reset_s(answer.headers)
                if reset_s is not None and answer.status == 429:
                    wait_s = reset_s if wait_s is None else wait_s
                elif reset_s is not None:
                    self._gap.rest(min(reset_s, MAX_RETRY_AFTER_S))
                trouble = verdicts.on_answer(sent, answer, wait_s)
                if trouble is not None:
                    raise trouble
                return answer
            try:
                url = urljoin(url, target)
            except ValueError:
                url = ""
            where = origin(url) if url else "an unreadable address"
            allowed = where in self._origins
            refused = verdicts.on_redirect(sent, answer.status, where, allowed=allowed)
            if refused is not None:
                raise refused
        raise Trouble(verdicts.error(BadAnswer, "redirects in a circle"))

    def _send(self, sent: Message, url: str) -> Answer:
        """One message and its answer, with a line for `debug`. Raises Trouble."""
        headers = dict(sent.headers)
        if self._auth is not None:
            headers |= dict(self._auth.beside)
            headers[self._auth.header] = self._auth.value()
        started = time.monotonic()
        outcome = "interrupted"
        try:
            raw: Raw = self._connection.send(
                sent.method, url, headers, sent.body.content, self._limits, self._progress
            )
            outcome = str(raw.status)
        except Unreadable as problem:
            outcome = str(problem.status)
            raise self._verdicts().on_unreadable(sent, problem.status, problem.why) from None
        except Silence as silence:
            outcome = silence.name
            raise self._verdicts().on_silence(sent, silence.how, self._limits.connect_s) from None
        finally:
            if self._debug is not None:
                shown = sent.shown if url == sent.url or self._hidden_url else url
                spent = round((time.monotonic() - started) * 1000)
                self._debug(redact(f"{sent.method} {shown} {outcome} {spent} ms"))
        return Answer(raw.status, raw.headers, raw.body, sent.method, urlsplit(url).path)

    def _verdicts(self) -> Verdicts:
        return Verdicts(self.account, self._translate, logged_in=self._auth is not None)

    def _absolute(self, path: str) -> str:
        if "://" not in path:
            return f"{self._base.rstrip('/')}/{path.lstrip('/')}" if path else self._base
        if origin(path) not in self._origins:
            what = f"sent us to another place ({origin(path)}), which is not asked"
            raise self._verdicts().error(BadAnswer, what)
        return path

    def _use_auth(self, auth: Auth | None) -> None:
        self._auth = None  # what is refused here is not sent by the next request either
        if auth is None:
            return
        remember(auth.secret.reveal())
        value = auth.value()
        sent = "".join((value, *(text for pair in auth.beside for text in pair)))
        # Libraries quote an illegal header in their message, so it must not get that far.
        if not sent.isascii() or not sent.isprintable():
            raise ConfigError(
                f'the secret of account "{self.account}" holds a character that cannot be sent',
                f"store it again with `cowork account login {self.account}`",
                account=self.account,
            )
        remember(value.partition(" ")[2] or value)
        self._auth = auth
