"""A visit: what a person measured at a space, on a day."""

from datetime import date
from decimal import Decimal

from cowork_cli.domain.fields import Field
from cowork_cli.domain.ref import Ref
from cowork_cli.records import dataclass

NOISE = ("silent", "quiet", "lively", "loud")
GRADES = ("good", "fair", "poor")
SOCKETS = ("every-desk", "some", "none")


@dataclass(frozen=True, slots=True)
class Visit:
    """A scorecard; what was not looked at is None.

    `down_mbit` and `up_mbit` are Mbit/s, `noise_db` is dB(A), `booths` is their number, `answer_s`
    is how long an enquiry waited for its answer, in seconds.
    """

    id: str
    space_ref: Ref
    space_name: str
    date: date
    down_mbit: Decimal | None = None
    up_mbit: Decimal | None = None
    noise: str | None = None
    noise_db: int | None = None
    booths: int | None = None
    booth_rules: str | None = None
    chair: str | None = None
    sockets: str | None = None
    daylight: str | None = None
    answer_s: int | None = None
    note: str | None = None


SCORES = (
    Field("date", "date", "Day of the visit; default: today.", "DATE"),
    Field("down", "speed", "Download in Mbit/s.", "MBIT", "down_mbit"),
    Field("up", "speed", "Upload in Mbit/s.", "MBIT", "up_mbit"),
    Field("noise", "noise", f"{', '.join(NOISE)}, or dB as in 52.", "N"),
    Field("booths", "count", "How many booths to call from.", "N"),
    Field("booth_rules", "text", "Rules of the booths, such as 30 min at most.", "T"),
    Field("chair", "grade", f"{', '.join(GRADES)}.", "G"),
    Field("sockets", "sockets", f"{', '.join(SOCKETS)}.", "S"),
    Field("daylight", "grade", f"{', '.join(GRADES)}.", "G"),
    Field("answer", "length", "How long an enquiry waited: 2h, 3d.", "TIME", "answer_s"),
    Field("note", "text", "What else there is to say.", "T"),
)
"""What is looked at on a visit: options of `space visit`, keys of its `--set`, guided questions.

`column` is the field of `Visit` where that has another name.
"""
