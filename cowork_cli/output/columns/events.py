"""Events, and the stops of a tour."""

from typing import Any

from cowork_cli.output import text
from cowork_cli.output.columns._column import ID, Column, clock, col


def _start(row: Any) -> str:
    return text.day(row.from_.date()) if row.all_day else text.moment(row.from_)


COLUMNS: dict[str, tuple[Column, ...]] = {
    "Event": (
        col("ID", "id", **ID),
        Column("From", lambda row: row.from_, shown=_start, keep=9),
        col("To", "to", cell=text.moment, keep=2),
        col("Event", "name", keep=9),
        col("Kind", "kind", keep=5),
        col("Space", "space_name", keep=6),
        col("Where", "location", keep=5),
        col("km", "distance_km", right=True, keep=6),
        col("Decide by", "decide_by", cell=text.day, keep=7),
        col("Decided", "decided", keep=6),
        col("Page", "url", table=False),
        col("Note", "note", keep=3),
        col("Source", "source", keep=1),
    ),
    "TourStop": (
        col("Stop", "number", **{**ID, "right": True}),
        col("Space", "space_name", keep=9),
        col("There from", "arrive", cell=text.moment, keep=9),
        col("To", "leave", cell=text.moment, keep=8),
        col("Open", "open", keep=7),
        col("Way", "way_s", cell=clock, right=True, keep=7),
        col("km", "way_km", right=True, keep=6),
        col("Ref", "space_ref", keep=5, style="cyan"),
        col("Address", "address", keep=4),
    ),
}
