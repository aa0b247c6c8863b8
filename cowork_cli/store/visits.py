"""What was measured at spaces: visits, by the ref of their space."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from cowork_cli.domain.ref import Ref
from cowork_cli.domain.visit import Visit
from cowork_cli.store.engine.journal import Journal
from cowork_cli.store.engine.store import Store

_VISIT = """
    SELECT v.id, v.account, v.identity, coalesce(s.name, v.space_name) AS space_name, v.day,
    v.down_mbit, v.up_mbit, v.noise, v.noise_db, v.booths, v.booth_rules, v.chair, v.sockets,
    v.daylight, v.answer_s, v.note
    FROM visits v LEFT JOIN spaces s ON s.account = v.account AND s.identity = v.identity"""


def one(store: Store, number: int) -> Visit | None:
    """The visit `v-NUMBER`, or None."""
    row = store.row(f"{_VISIT} WHERE v.id = ?", number)
    return None if row is None else _visit(row)


def ids(store: Store) -> list[str]:
    """The ids of all visits, the newest first."""
    return [f"v-{number}" for (number,) in store.rows("SELECT id FROM visits ORDER BY id DESC")]


def of_spaces(store: Store, refs: Iterable[Ref]) -> list[Visit]:
    """The visits of a space that is known under several refs, the newest first."""
    named = [part for ref in refs for part in (ref.account, ref.id)]
    each = " OR ".join(["(v.account = ? AND v.identity = ?)"] * (len(named) // 2))
    rows = store.rows(f"{_VISIT} WHERE {each} ORDER BY v.day DESC, v.id DESC", *named)
    return [_visit(row) for row in rows]


def add(journal: Journal, visit: Visit) -> int:
    """Adds a visit and returns its number; the id of `visit` is not looked at."""
    return journal.insert("visits", _values(visit))


def change(journal: Journal, visit: Visit) -> bool:
    """Makes the visit of that id what `visit` says; False if it is that way already."""
    return journal.update("visits", row_of(visit), _values(visit))


def remove(journal: Journal, visit: Visit) -> None:
    """Removes a visit."""
    journal.delete("visits", row_of(visit))


def row_of(visit: Visit) -> int:
    """The row of a visit that came from the store."""
    return int(visit.id.removeprefix("v-"))


def _values(visit: Visit) -> dict[str, Any]:
    return {
        "account": visit.space_ref.account,
        "identity": visit.space_ref.id,
        "space_name": visit.space_name,
        "day": visit.date.isoformat(),
        "down_mbit": _text(visit.down_mbit),
        "up_mbit": _text(visit.up_mbit),
        "noise": visit.noise,
        "noise_db": visit.noise_db,
        "booths": visit.booths,
        "booth_rules": visit.booth_rules,
        "chair": visit.chair,
        "sockets": visit.sockets,
        "daylight": visit.daylight,
        "answer_s": visit.answer_s,
        "note": visit.note,
    }


def _visit(row: Any) -> Visit:
    return Visit(
        id=f"v-{row.id}",
        space_ref=Ref(row.account, row.identity),
        space_name=row.space_name,
        date=date.fromisoformat(row.day),
        down_mbit=_decimal(row.down_mbit),
        up_mbit=_decimal(row.up_mbit),
        noise=row.noise,
        noise_db=row.noise_db,
        booths=row.booths,
        booth_rules=row.booth_rules,
        chair=row.chair,
        sockets=row.sockets,
        daylight=row.daylight,
        answer_s=row.answer_s,
        note=row.note,
    )


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
