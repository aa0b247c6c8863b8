"""Paper post: its kinds, its states, and what may follow on what."""

from datetime import date

from cowork_cli.records import dataclass

KINDS = (
    "letter", "tax-assessment", "decision", "court-order", "default-judgment", "fine", "penal-order",
    "invoice", "other",
)  # fmt: skip
STATES = (
    "expected", "received", "notified", "scan_requested", "scanned", "triaged", "forward_requested",
    "forwarded", "pickup_ready", "collected", "destroy_requested", "destroyed", "archived", "refused",
    "returned",
)  # fmt: skip
DONE = ("scanned", "forwarded", "collected", "archived", "destroyed")
# What is gone stays gone: nothing follows on these.
GONE = ("destroyed", "refused", "returned")
DEADLINE_STATES = ("open", "met", "waived")


@dataclass(frozen=True, slots=True)
class Post:
    """A piece of post. `deadline_state` is None where no deadline is known.

    `deemed_received`: the day it counts as received under `rule`. `keep_until`: the last day of a
    keeping duty, None where our data knows none for its kind.
    """

    id: str
    kind: str
    sender: str
    posted: date | None
    received: date | None
    deemed_received: date | None
    deadline: date | None
    deadline_state: str | None
    rule: str | None
    source: str | None
    state: str
    state_day: date | None
    deadline_done: date | None
    land: str | None
    parish: str | None
    address: str | None
    keep_until: date | None
    note: str | None


def may_follow(now: str, then: str) -> bool:
    """Whether a piece of post in the state `now` can come into the state `then`."""
    if now in GONE:
        return False
    return not (now in ("forwarded", "collected") and then in ("forward_requested", "pickup_ready"))
