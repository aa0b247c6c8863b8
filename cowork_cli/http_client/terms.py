"""What an adapter states about its platform, and the answer it gets to see."""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol, cast

from cowork_cli.domain.texts import may_hold_halves, without_halves
from cowork_cli.errors import CoworkError
from cowork_cli.records import dataclass, field

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Params = Mapping[str, str | int | float | None]


class Masked(Protocol):
    """A text that shows itself only when asked: `secrets_store.Secret`."""

    def reveal(self) -> str:
        """The text."""
        ...


@dataclass(frozen=True, slots=True)
class Auth:
    """How a request proves who asks: a header whose value holds the secret.

    `beside`: further headers that go with it and are no secret, such as whose session it is.
    """

    secret: Masked = field(repr=False)
    scheme: str = "Bearer"
    header: str = "Authorization"
    username: str | None = None
    beside: tuple[tuple[str, str], ...] = ()

    @classmethod
    def basic(cls, username: str, password: Masked) -> "Auth":
        """HTTP Basic (RFC 7617)."""
        return cls(password, "Basic", username=username)

    @classmethod
    def plain(cls, header: str, secret: Masked, *beside: tuple[str, str]) -> "Auth":
        """The secret alone in a header of its own."""
        return cls(secret, "", header, beside=beside)

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
    the answer names no time itself; `throttled_least_s` is waited whatever it names.
    """

    failures: int = 2
    throttled: int = 3
    first_wait_s: float = 0.5
    longest_wait_s: float = 8.0
    throttled_wait_s: float = 5.0
    throttled_least_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for connecting, for each read, and for one whole exchange; bytes of one answer."""

    connect_s: float = 10.0
    read_s: float = 30.0
    whole_s: float = 120.0
    answer_bytes: int = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. Header names are in lower case: `answer.headers.get("x-object-id")`."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    method: str
    path: str

    def json(self) -> object:
        """The body as JSON with exact decimals, or None if it is none.

        One that says a name twice in an object is none: which of the two is meant nobody can tell (RFC 8259, 4).
        Half a character (`\\ud83d` alone) becomes U+FFFD: no terminal and no store can hold one.
        """
        try:
            # Decoded here: left to `json`, bytes that are no UTF-8 pass as halves of characters.
            text = self.body.decode(json.detect_encoding(self.body))
            value = json.loads(
                text, parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_once_each
            )
            return without_halves(value) if may_hold_halves(text) else cast(object, value)
        except (ValueError, RecursionError):
            return None

    def xml(self) -> "Element | None":
        """The body as XML, or None if it is none.

        A document type is refused unread: no service needs one, and entities that hold each other
        make gigabytes of a kilobyte.
        """
        from xml.etree.ElementTree import ParseError, fromstring

        # As text, so that no encoding can hide the declaration from the search.
        text = self.text().removeprefix("\ufeff").lstrip()
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            return None
        if text.startswith("<?xml"):
            text = text.partition("?>")[2]
        try:
            return fromstring(text)
        except (ParseError, ValueError):
            return None

    def text(self) -> str:
        """The body as text: UTF-8, wrong bytes replaced."""
        return self.body.decode("utf-8", "replace")


Translate = Callable[[Answer], CoworkError | None]
"""What an answer below 500 means at this provider; None: the table decides. Never sees a 429."""

Progress = Callable[[int], None]
"""Is told how many bytes of an answer have come so far."""

Refresh = Callable[[], Auth]
"""Wins a new token after a 401, and keeps it before it is used."""


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError("a name is said twice")
    return told


def _refuse(name: str) -> object:
    raise ValueError(f"{name} is no JSON")
