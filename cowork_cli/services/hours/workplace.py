"""Where work is done: a known space, `home`, `client`, or a word of one's own."""

from datetime import datetime, timedelta

from cowork_cli.domain.booking import Booking
from cowork_cli.domain.zones import day_start, seconds_of
from cowork_cli.errors import NotFound
from cowork_cli.store import bookings
from cowork_cli.store.engine.store import Store

WORDS = ("home", "client", "travel")


def place_named(store: Store, text: str) -> str:
    """The ref of a known space, or the word as typed. Raises Ambiguous."""
    if not text or text in WORDS:
        return text
    from cowork_cli.domain.ref import Ref
    from cowork_cli.services.identifiers.naming import Candidate, choose
    from cowork_cli.store import spaces

    known = [Candidate(id=str(ref), name=name) for ref, name in spaces.names(store)]
    try:
        return choose(text, known, "space").id
    except NotFound:
        if Ref.parse(text):
            raise
        return text


def booked_place(store: Store, moment: datetime) -> Booking | None:
    """The confirmed booking of one's own that covers an instant of that day, or None."""
    day, zone = moment.date(), moment.tzinfo
    assert zone is not None
    begin, end = (day_start(each, zone) for each in (day, day + timedelta(days=1)))
    booked = bookings.listed(
        store,
        from_at=seconds_of(begin),
        to_at=seconds_of(end),
        states=("confirmed",),
    )
    return next((booking for booking in booked if bookings.is_own(store, booking)), None)
