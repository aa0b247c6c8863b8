"""What one process knows of its own writes, for platforms that know no keys or forget what is cancelled."""

from collections.abc import Callable
from typing import TypeVar

from cowork_cli.domain.booking import ProviderBooking
from cowork_cli.domain.ref import Ref
from cowork_cli.errors import AuthRejected, Conflict, CoworkError, OutcomeUnknown
from cowork_cli.records import replace

T = TypeVar("T")


class Memory:
    """What this process booked under which key and what it saw, for platforms that know no keys.

    Over processes the own records keep a request from being sent twice. What a platform forgets
    when it is cancelled is remembered until the process ends.
    """

    def __init__(self) -> None:
        self._by_key: dict[str, ProviderBooking] = {}
        self._seen: dict[str, ProviderBooking] = {}

    def booked(self, key: str) -> ProviderBooking | None:
        """What was booked under a key."""
        return self._by_key.get(key)

    def keep(self, key: str, booking: ProviderBooking) -> ProviderBooking:
        """From now on that key is used."""
        self._by_key[key] = booking
        return self.see(booking)

    def see(self, booking: ProviderBooking) -> ProviderBooking:
        """Remembers a booking as it was told last."""
        self._seen[booking.ref.id] = booking
        return booking

    def seen(self, ref: Ref) -> ProviderBooking | None:
        """A booking as it was told last."""
        return self._seen.get(ref.id)

    def gone(self, ref: Ref) -> ProviderBooking | None:
        """A booking that was cancelled here."""
        seen = self._seen.get(ref.id)
        return seen if seen is not None and seen.state == "cancelled" else None

    def forget(self, booking: ProviderBooking) -> ProviderBooking:
        """The booking as cancelled; its platform will not tell it again."""
        return self.see(replace(booking, state="cancelled"))


def refused(what: str, account: str, hint: str | None = None) -> Conflict:
    """A refusal by a rule of the platform, in its own words, on one line."""
    words = " ".join(what.split()).rstrip(".")
    return Conflict(f'account "{account}" refused: {words}', hint, account=account)


def doubt(method: str, account: str) -> OutcomeUnknown:
    """A write whose success cannot be read off its answer."""
    return OutcomeUnknown(
        f'account "{account}" was sent a {method} and gave no usable answer: it may have happened',
        "see what became of it with `cowork booking sync`",
        account=account,
    )


def said(read: Callable[[], T], method: str, account: str) -> T:
    """What the success of a write says. Raises OutcomeUnknown where that cannot be read: it happened."""
    try:
        return read()
    except CoworkError:
        raise doubt(method, account) from None


def login_rejected(account: str, why: str) -> AuthRejected:
    """A login that the platform does not accept."""
    hint = f"log in with `cowork account login {account}`"
    return AuthRejected(f'account "{account}" rejected the login: {why}', hint, account=account)
