"""For whom one pays desks: the members of a small team, and what was booked for them."""

import datetime as dt

from cowork_cli.domain.money import Money
from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the team. `booked` is of the current month, `left` what the cap leaves of it."""

    id: str
    name: str
    person: str | None
    cost_centre: str | None
    cap: Money | None
    booked: Money
    left: Money | None


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A booking that was made for somebody: the proof of a day, and what it costs.

    `checked_in`: when they came, None where no check-in is known.
    """

    name: str
    cost_centre: str | None
    date: dt.date
    from_: dt.datetime
    to: dt.datetime
    space: str
    desk: str
    state: str
    price: Money | None
    tax: str | None
    booking: str
    checked_in: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one told the operator of a space. `state`: noted, written (as a mail), answered, done."""

    id: str
    date: dt.date
    space: str
    space_ref: str
    text: str
    state: str
    answer: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a survey; None where nothing says it. `source` is what it was drawn from."""

    key: str
    question: str
    answer: str | None
    unit: str | None
    source: str


@dataclass(frozen=True, slots=True)
class ProfileText:
    """Who one is, in words for a directory; `missing` are the settings that would say more."""

    language: str
    length: str
    text: str
    missing: tuple[str, ...]
