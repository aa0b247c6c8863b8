"""Events: what happens at a time somewhere, trial days and open days with a day to decide."""

from datetime import date, datetime

from cowork_cli.domain.fields import Field
from cowork_cli.domain.ref import Ref
from cowork_cli.records import dataclass

EVENT_KINDS = ("event", "trial-day", "open-day")


@dataclass(frozen=True, slots=True)
class Event:
    """An event. `from_` and `to` are instants in the zone `timezone`; of an `all_day` one, midnights.

    `decide_by` is the day on which one wants to have decided, `decided` what came of it. `source` is the
    file or the host it came from. `distance_km` is there where a list asked for what is near.
    """

    id: str
    name: str
    kind: str
    from_: datetime
    to: datetime
    timezone: str
    all_day: bool = False
    space_ref: Ref | None = None
    space_name: str | None = None
    location: str | None = None
    lat: float | None = None
    lon: float | None = None
    decide_by: date | None = None
    decided: str | None = None
    url: str | None = None
    note: str | None = None
    source: str | None = None
    source_uid: str | None = None
    distance_km: float | None = None


EVENT_FIELDS = (
    Field("kind", "kind", f"{', '.join(EVENT_KINDS)}.", "K"),
    Field("on", "date", "The day.", "DATE"),
    Field("space", "text", "The space it is at.", "REF"),
    Field("location", "text", "Where, in words.", "T"),
    Field("decide_by", "date", "The day by which you want to decide.", "DATE"),
    Field("decided", "text", "What you decided.", "T"),
    Field("url", "text", "Its page.", "URL"),
    Field("note", "text", "For yourself.", "T"),
)
"""What can be told of an event, as options of `event add` and `event edit`."""
