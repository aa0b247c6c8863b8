"""Paper post: written down when it comes, answered in time, and not destroyed too early."""

from __future__ import annotations

from datetime import date

from cowork_cli.domain.deadlines import keep_until, letter_deadline
from cowork_cli.domain.post import DONE, KINDS, STATES, Post, may_follow
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.records import dataclass
from cowork_cli.services.calendar import holidays
from cowork_cli.services.calendar.holidays import PARISHES, UNKNOWN, Region
from cowork_cli.services.identifiers import naming
from cowork_cli.store import posts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from cowork_cli.domain.deadlines import Holiday
    from cowork_cli.store.engine.store import Store

_NO_DEADLINE: dict[str, Any] = {
    "deemed_received": None, "deadline": None, "deadline_state": None, "deadline_done": None,
    "rule": None, "source": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PostFacts:
    """What is said of a piece of post; None: not said. `deadline` is a day that was noted by hand."""

    kind: str | None = None
    sender: str | None = None
    posted: date | None = None
    received: date | None = None
    land: str | None = None
    parish: str | None = None
    address: str | None = None
    deadline: date | None = None
    note: str | None = None
    state: str | None = None


def closed_days(land: str | None, parish: str | None) -> Holiday:
    """Asks for public holidays of an authority's Land. Raises BadInput for what nobody here knows."""
    region = Region("DE", land, parish)

    def holiday(day: date) -> str | None:
        name = holidays.in_region(day, region)
        if name is not UNKNOWN:
            return name if isinstance(name, str) else None
        if holidays.of_year(day.year, region) is None:
            raise BadInput(
                f"the public holidays of {day.year} are not known, and {day} may be one",
                "note the day yourself with `--deadline DATE`",
            )
        if land is None:
            raise BadInput(
                f"{day} is a public holiday in some Länder: whether the period moves depends on the "
                "Land of the authority",
                "give the Land of the authority with `--land NW`",
            )
        raise BadInput(
            f"{day} is a public holiday in parts of {land}: the authority's town decides",
            f"give its parish with `--parish`: {', '.join(PARISHES)}",
        )

    return holiday


def add(facts: PostFacts, *, store: Store, today: date) -> tuple[Post, list[str]]:
    """Writes down a piece of post; also what to say of it.

    Raises BadInput where a day that counts is missing or ahead, Conflict for the same piece again.
    """
    if facts.kind is None or facts.sender is None or not facts.sender.strip():
        what = "kind" if facts.kind is None else "sender"
        raise BadInput(f"the {what} of the letter is missing", f"give it with `--{what}`")
    values = {
        "posted": None, "received": None, "land": None, "parish": None, "address_id": None,
        "note": None, **_NO_DEADLINE, **_values(facts, store, today),
    }  # fmt: skip
    values.setdefault("state", "received" if facts.received else "expected")
    values |= _deadline(values, facts.deadline)
    again = posts.same(store, values)
    if again is not None:
        raise Conflict(
            f"the same letter is noted already, as p-{again}",
            f"see it with `cowork post show p-{again}`",
        )
    with store.transaction() as journal:
        number = posts.add(journal, values)
    added = shown(store, number, today)
    return added, sentences(added)


def edit(query: str, facts: PostFacts, *, store: Store, today: date) -> tuple[Post, list[str]]:
    """Changes what was written down; the deadline follows. Raises BadInput, NotFound, Conflict."""
    number = naming.find_post(store, query)
    row = posts.one(store, number)
    assert row is not None
    values = _values(facts, store, today)
    if not values and facts.deadline is None:
        raise BadInput("nothing to change was given", "see `cowork post edit --help`")
    if "state" in values and values["state"] != row.state:
        _refuse_step(number, row.state, values["state"])
        values["state_day"] = today.isoformat()
    dated = {"kind", "posted", "received", "land", "parish"} & values.keys()
    if dated or facts.deadline:
        known = {
            name: getattr(row, name) for name in ("kind", "posted", "received", "land", "parish")
        }
        fresh = _deadline({**known, **values}, facts.deadline)
        if fresh["deadline"] == row.deadline and row.deadline_state:
            fresh["deadline_state"], fresh["deadline_done"] = row.deadline_state, row.deadline_done
        values |= fresh
    with store.transaction() as journal:
        posts.change(journal, number, values)
    changed = shown(store, number, today)
    return changed, sentences(changed)


def remove(query: str, *, store: Store, today: date, dry_run: bool) -> Post:
    """Takes out a piece of post that was noted by mistake. Raises NotFound, Ambiguous."""
    number = naming.find_post(store, query, strict=True)
    gone = shown(store, number, today)
    if not dry_run:
        with store.transaction() as journal:
            posts.remove(journal, number)
    return gone


def done_as(
    query: str, state: str, *, store: Store, today: date, day: date, force: bool
) -> tuple[Post, list[str]]:
    """Notes what became of it. Raises Conflict for what an open deadline or a keeping duty is against."""
    if state not in DONE:
        raise BadInput(
            f'post is not done as "{state}"', f"choose {', '.join(f'`{word}`' for word in DONE)}"
        )
    number = naming.find_post(store, query, strict=state == "destroyed")
    piece = shown(store, number, today)
    if piece.state == state:
        return piece, [f"{piece.id} is {state} already."]
    _refuse_step(number, piece.state, state)
    notes = []
    if state == "destroyed":
        reasons = against_destroying(piece, today)
        if reasons and not force:
            raise Conflict(
                f"{piece.id} is not marked destroyed: {'; '.join(reasons)}",
                f"go on all the same with `cowork post done {piece.id} --as destroyed --force`",
            )
        notes = [f"Marked all the same (--force): {reason}." for reason in reasons]
    with store.transaction() as journal:
        posts.change(journal, number, {"state": state, "state_day": day.isoformat()})
    return shown(store, number, today), [f"{piece.id} is {state}.", *notes]


def against_destroying(piece: Post, today: date) -> list[str]:
    """The reasons in our data that stand against destroying it."""
    reasons = []
    if piece.deadline_state == "open":
        reasons.append(f"its deadline of {piece.deadline} is open ({piece.rule}; {piece.source})")
    day = piece.received or piece.posted or today
    keeping = keep_until(piece.kind, day, today)
    if keeping is not None and keeping[0] >= today:
        reasons.append(f"it is to be kept until {keeping[0]} under the rule: {keeping[1]}")
    return reasons


def close_deadline(
    query: str, how: str, *, store: Store, today: date, day: date
) -> tuple[Post, list[str]]:
    """Notes that a deadline was met or waived. Raises Conflict where there is none to close."""
    if how not in ("met", "waived"):
        raise BadInput(f'a deadline is not "{how}"', "choose `met` or `waived`")
    number = naming.find_post(store, query)
    piece = shown(store, number, today)
    see = f"see it with `cowork post show {piece.id}`"
    if piece.deadline is None:
        raise Conflict(f"{piece.id} has no deadline", see)
    if piece.deadline_state == how:
        return piece, [f"The deadline of {piece.id} is {how} already."]
    with store.transaction() as journal:
        posts.change(journal, number, {"deadline_state": how, "deadline_done": day.isoformat()})
    notes = [f"The deadline of {piece.id} is {how}, on {day}."]
    if how == "met" and day > piece.deadline:
        notes.append(f"Warning: {day} is after the deadline of {piece.deadline}.")
    return shown(store, number, today), notes


# ---- reading


def listed(store: Store, today: date) -> list[Post]:
    """All post, the newest first."""
    return [_post(row, today) for row in posts.every(store)]


def due(store: Store, today: date, until: date) -> list[Post]:
    """Post with an open deadline up to `until`, also those that have passed; the earliest first."""
    return [_post(row, today) for row in posts.open_rows(store, until)]


def shown(store: Store, number: int, today: date) -> Post:
    """One piece of post."""
    row = posts.one(store, number)
    assert row is not None
    return _post(row, today)


def find(store: Store, query: str, today: date) -> Post:
    """The piece of post meant. Raises NotFound, Ambiguous."""
    return shown(store, naming.find_post(store, query), today)


def sentences(piece: Post) -> list[str]:
    """What is said of a piece of post: its deadline with rule and source, and how long it is kept."""
    told = []
    if piece.deadline is not None and piece.deadline_state == "open":
        told.append(f"Deadline {piece.deadline:%a %Y-%m-%d}: {piece.rule} ({piece.source}).")
    if piece.keep_until is not None:
        told.append(f"To be kept until {piece.keep_until} under the periods of our data.")
    return told


def _post(row: Any, today: date) -> Post:
    day = row.received or row.posted
    kept = None
    if day and row.state != "destroyed":
        try:
            kept = keep_until(row.kind, date.fromisoformat(day), today)
        except BadInput:
            kept = None  # the guard says so; a list shows what is known
    return Post(
        id=f"p-{row.id}",
        kind=row.kind,
        sender=row.sender,
        posted=_day(row.posted),
        received=_day(row.received),
        deemed_received=_day(row.deemed_received),
        deadline=_day(row.deadline),
        deadline_state=row.deadline_state,
        rule=row.rule,
        source=row.source,
        state=row.state,
        state_day=_day(row.state_day),
        deadline_done=_day(row.deadline_done),
        land=row.land,
        parish=row.parish,
        address=None if row.address_id is None else f"a-{row.address_id}",
        keep_until=kept[0] if kept else None,
        note=row.note,
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


# ---- what was typed


def _values(facts: PostFacts, store: Store, today: date) -> dict[str, Any]:
    values: dict[str, Any] = {}
    choices: tuple[tuple[str, str | None, tuple[str, ...]], ...] = (
        ("kind", facts.kind, KINDS),
        ("state", facts.state, STATES),
        ("parish", facts.parish, PARISHES),
    )
    for name, text, known in choices:
        if text is not None:
            values[name] = _choice(name, text, known)
    if facts.sender is not None:
        values["sender"] = facts.sender.strip()
    if facts.land is not None:
        values["land"] = _land(facts.land)
    for name, day in (("posted", facts.posted), ("received", facts.received)):
        if day is None:
            continue
        if day > today:
            raise BadInput(f"--{name} {day} is ahead", "give the day on which it was")
        values[name] = day.isoformat()
    if facts.posted and facts.received and facts.received < facts.posted:
        raise BadInput(
            f"it came on {facts.received}, before it was posted on {facts.posted}",
            "correct `--posted` or `--received`",
        )
    if facts.address is not None:
        held = naming.find_address(store, facts.address)
        values["address_id"] = int(held.id.removeprefix("a-"))
    if facts.note is not None:
        values["note"] = facts.note.strip() or None
    return values


def _land(text: str) -> str:
    from cowork_cli.domain.place import LANDS, land_code

    code = land_code(text)
    if code is None:
        raise BadInput(f'"{text}" is no Land of Germany', f"give one of {', '.join(LANDS)}")
    return code


def _choice(name: str, text: str, known: tuple[str, ...]) -> str:
    if text not in known:
        raise BadInput(
            f'--{name} cannot be "{text}"', f"choose {', '.join(f'`{word}`' for word in known)}"
        )
    return text


def _deadline(values: dict[str, Any], noted: date | None) -> dict[str, Any]:
    """The columns of the deadline that follows from the others, or that was noted by hand."""
    if noted is not None:
        return {
            **_NO_DEADLINE, "deadline": noted.isoformat(), "deadline_state": "open",
            "rule": "noted by hand", "source": "the letter",
        }  # fmt: skip
    ends = letter_deadline(
        values["kind"],
        _day(values["posted"]),
        _day(values["received"]),
        closed_days(values["land"], values["parish"]),
    )
    if ends is None:
        return dict(_NO_DEADLINE)
    return {
        **_NO_DEADLINE,
        "deemed_received": ends.deemed.isoformat() if ends.deemed else None,
        "deadline": ends.ends.isoformat(),
        "deadline_state": "open",
        "rule": ends.rule,
        "source": ends.source,
    }


def _refuse_step(number: int, now: str, then: str) -> None:
    if not may_follow(now, then):
        raise Conflict(
            f"p-{number} is {now}: it cannot become {then}",
            f"see it with `cowork post show p-{number}`",
        )
