"""The table: what was seen → which error, in which words, and whether asking again is allowed."""

from typing import TypeVar

from cowork_cli.errors import (
    AuthRejected,
    BadAnswer,
    Conflict,
    CoworkError,
    NotFound,
    OutcomeUnknown,
    ProviderError,
    ProviderUnavailable,
    RateLimited,
)
from cowork_cli.http_client.message import Message
from cowork_cli.http_client.terms import Answer, Translate
from cowork_cli.redaction import clean, redact

_E = TypeVar("_E", bound=CoworkError)

NO_LINE, NOT_TRUSTED, UNSENDABLE, LATE, CUT = "no line", "not trusted", "unsendable", "late", "cut"
"""How an exchange can end without an answer: the words that `connection` uses for it."""


class Trouble(Exception):
    """Why an attempt gave no answer, whether another may, and the seconds that a server named.

    `expired`: a new token may help. That is 401; who gets a 403 is known and has no right to it.
    """

    def __init__(
        self,
        error: CoworkError,
        *,
        again: bool = False,
        wait_s: float | None = None,
        expired: bool = False,
    ):
        super().__init__()
        self.error = error
        self.again = again
        self.wait_s = wait_s
        self.expired = expired and type(error) is AuthRejected


class Verdicts:
    """Judges what one account's service did. `translate` knows what its statuses mean."""

    def __init__(self, account: str, translate: Translate | None, *, logged_in: bool):
        self._account = account
        self._translate = translate
        self._logged_in = logged_in

    # What came back ──────────────────────────────────────────────────────────────────────────────

    def on_answer(self, sent: Message, answer: Answer, wait_s: float | None) -> Trouble | None:
        """None for a success; `wait_s` is what its Retry-After says."""
        if is_throttled(answer):
            return Trouble(self._throttled(wait_s), wait_s=wait_s)
        if answer.status >= 500:
            why = f"HTTP {answer.status}"
            if sent.write:
                return Trouble(self.unknown(sent.method, why), again=sent.key is not None)
            away = self._away(why)
            away.wait_s = wait_s
            return Trouble(away, again=True, wait_s=wait_s)
        meaning = self._translate(answer) if self._translate else None
        if meaning is not None:
            meaning.account = meaning.account or self._account
            if isinstance(meaning, BadAnswer):
                meaning.hint = meaning.hint or self._look()
            return Trouble(clean(meaning), wait_s=wait_s, expired=answer.status == 401)
        if 200 <= answer.status < 300 or (answer.status == 304 and not sent.write):
            return None
        if sent.write and not 400 <= answer.status < 500:
            # Neither done nor refused by any reading of RFC 9110: a write knows no other answers.
            return Trouble(self.unknown(sent.method, f"HTTP {answer.status}"))
        return Trouble(self._refused(answer), expired=answer.status == 401)

    def _refused(self, answer: Answer) -> CoworkError:
        status = answer.status
        if status in (401, 403):
            hint = f"log in with `cowork account login {self._account}`"
            what = f"rejected the request (HTTP {status})"
            return self.error(AuthRejected, what, hint if self._logged_in else None)
        if status in (404, 410):
            return self.error(NotFound, f"has nothing there (HTTP {status})", self._look())
        if status == 409:
            what = "refused: it contradicts what is there (HTTP 409)"
            return self.error(Conflict, what, self._look())
        if status == 408:
            return self._away("HTTP 408")
        return self.error(BadAnswer, f"did not accept the request (HTTP {status})")

    def on_redirect(self, sent: Message, status: int, to: str, *, allowed: bool) -> Trouble | None:
        """None if it may be followed; `to` is the origin it leads to: credentials stay at theirs.

        A write is never sent on. 307 and 308 ask for that (RFC 9110, 15.4.8), but who sends them may
        have done it before, and then it would be done twice.
        """
        if sent.write:
            where = "" if allowed else f" to another place ({to})"
            return Trouble(self.unknown(sent.method, f"a redirect{where}, HTTP {status}"))
        if not allowed:
            setting = f"`cowork account add {self._account} --set url=URL`"
            return Trouble(
                self.error(
                    ProviderUnavailable,
                    f"redirects to another place ({to}), which is not followed",
                    f"if it has moved, set its new address with {setting}",
                )
            )
        return None

    def on_unreadable(self, sent: Message, status: int, why: str) -> Trouble:
        """An answer that began and cannot be used: a nonsense read, or a write of unknown outcome."""
        if sent.write and not 400 <= status < 500:
            return Trouble(self.unknown(sent.method, why), again=sent.key is not None)
        return Trouble(self.error(BadAnswer, why))

    def on_silence(self, sent: Message, how: str, connect_s: float) -> Trouble:
        """No answer at all: was it sent, and may it be sent again?"""
        if how == UNSENDABLE:
            return Trouble(self._away("the request cannot be sent"))
        if how == NOT_TRUSTED:
            return Trouble(self._away("its certificate is not trusted"))
        if how.startswith(NO_LINE):
            late = how.endswith(LATE)
            why = f"no connection within {connect_s:g} s" if late else "no connection"
            return Trouble(self._away(why), again=True)
        why = "no answer in time" if how == LATE else "the line was cut before it answered"
        if sent.write:
            return Trouble(self.unknown(sent.method, why), again=sent.key is not None)
        return Trouble(self._away(why), again=how != LATE)

    def json_of(self, answer: Answer) -> object:
        """The body as JSON. Raises BadAnswer for a web page, an empty body, half a document."""
        start = answer.body.lstrip()[:1]
        if start == b"<" or "html" in answer.headers.get("content-type", ""):
            raise self.error(
                BadAnswer,
                f"answered with a web page where data was due (HTTP {answer.status})",
                "a login page of the network you are in can do that; open a web page and see",
            )
        value = answer.json()
        if value is None and answer.body.strip() != b"null":
            raise self.error(BadAnswer, "answered with something that is not JSON")
        return value

    # Words ───────────────────────────────────────────────────────────────────────────────────────

    def error(self, kind: type[_E], what: str, hint: str | None = None) -> _E:
        """`account "hafen" WHAT`, redacted."""
        return kind(redact(f'account "{self._account}" {what}'), hint, account=self._account)

    def unknown(self, method: str, why: str) -> OutcomeUnknown:
        """A write whose fate nobody can tell from here."""
        return self.error(
            OutcomeUnknown,
            f"was sent a {method} and gave no usable answer ({why}): it may have happened",
            "see what became of it with `cowork booking sync`",
        )

    def _look(self) -> str:
        return f"see what it answers now with `cowork account check {self._account}`"

    def _away(self, why: str) -> ProviderUnavailable:
        hint = f"try again later, or look with `cowork account check {self._account}`"
        return self.error(ProviderUnavailable, f"cannot be reached: {why}", hint)

    def _throttled(self, wait_s: float | None) -> RateLimited:
        hint = f"try again in {wait_s:.0f} s" if wait_s else "try again in a few minutes"
        throttled = self.error(RateLimited, "asks us to slow down", hint)
        throttled.wait_s = wait_s
        return throttled


def is_throttled(answer: Answer) -> bool:
    """429; or an empty 409 that says when to come back, which is how Nexudus throttles.

    A real conflict never says when. What else means throttling is the adapter's `translate` to say.
    """
    empty_409 = answer.status == 409 and not answer.body.strip() and "retry-after" in answer.headers
    return answer.status == 429 or empty_409


def settled(error: CoworkError, doubt: OutcomeUnknown | None) -> CoworkError:
    """What is raised in the end: a repeat that did not get through says nothing of the one before."""
    says_something = not isinstance(error, ProviderError | AuthRejected)
    return error if doubt is None or says_something else doubt
