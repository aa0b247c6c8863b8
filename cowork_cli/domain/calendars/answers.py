"""What a space answered to a request: an iCalendar reply (RFC 5546), alone or inside of a mail."""

from datetime import UTC, datetime

from cowork_cli.domain.calendars import reading
from cowork_cli.domain.calendars.reading import NoCalendar
from cowork_cli.errors import BadInput
from cowork_cli.records import dataclass

_HINT = "say it yourself: `cowork booking confirm ID`, or `cowork booking cancel ID`"
_CALENDARS = ("text/calendar", "application/ics")
_SAID = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative"}


@dataclass(frozen=True, slots=True)
class Answer:
    """`said` is `accepted`, `declined`, `tentative` or `counter`; a counter proposes `from_` and `to` (UTC).

    `sequence` is the version that was answered, None where the answer does not say.
    """

    uid: str
    said: str
    sequence: int | None = None
    from_: datetime | None = None
    to: datetime | None = None


def answer_in(content: bytes) -> Answer:
    """The answer in a file: a mail or an `.ics`. Raises BadInput for what holds none."""
    text = content.decode("utf-8", "replace").lstrip("\ufeff \r\n\t")
    if not text[:15].upper().startswith("BEGIN:VCALENDAR"):
        text = _in_mail(content)
    try:
        calendars = reading.parsed(text)
    except NoCalendar as problem:
        raise BadInput(f"the answer is {problem}", _HINT) from None
    for calendar in calendars:
        for event in calendar.walk("VEVENT"):
            return _answer(str(calendar.get("METHOD") or "").upper(), event)
    raise BadInput("the answer holds no event", _HINT)


def _in_mail(content: bytes) -> str:
    from email import message_from_bytes
    from email.policy import default

    try:
        for part in message_from_bytes(content, policy=default).walk():
            name = (part.get_filename() or "").lower()
            if part.get_content_type() in _CALENDARS or name.endswith(".ics"):
                inside = part.get_payload(decode=True)
                return inside.decode("utf-8", "replace") if isinstance(inside, bytes) else ""
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError):
        raise BadInput("the mail cannot be read: its parts or headers are broken", _HINT) from None
    raise BadInput("the file holds no calendar that answers", _HINT)


def _answer(method: str, event: object) -> Answer:
    from typing import Any, cast

    given = cast("Any", event)
    uid = str(given.get("UID") or "")
    try:
        sequence = None if given.get("SEQUENCE") is None else int(given["SEQUENCE"])
        if method == "COUNTER":
            ends = [given[name].dt.astimezone(UTC) for name in ("DTSTART", "DTEND")]
            return Answer(uid, "counter", sequence, *ends)
    except (ValueError, KeyError, AttributeError, TypeError):
        raise BadInput("the answer cannot be read", _HINT) from None
    if method in ("CANCEL", "DECLINECOUNTER") or str(given.get("STATUS")).upper() == "CANCELLED":
        return Answer(uid, "declined", sequence)
    attendees: Any = given.get("ATTENDEE") or []
    people = attendees if isinstance(attendees, list) else [attendees]
    said = {_SAID.get(str(person.params.get("PARTSTAT")).upper()) for person in people} - {None}
    if method != "REPLY" or len(said) != 1:
        raise BadInput("the file is no answer that accepts, declines or proposes", _HINT)
    return Answer(uid, str(said.pop()), sequence)
