r"""Formats of other programs: timewarrior, timeclock, klog, iCalendar; and what each cannot hold.

timewarrior: UTC, tags, an annotation; the project is the first tag, a note and a tag are one line.
timeclock (ledger, hledger): local times, an account, a line of text, tags in a comment.
klog: local times of whole minutes, records by day, tags in the text; the project is `#project="a/b"`.
iCalendar (RFC 5545): UTC, the UUID as UID, tags as CATEGORIES, the place as LOCATION.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cowork_cli.domain.calendars import lines as calendar_lines
from cowork_cli.domain.calendars.lines import escaped
from cowork_cli.domain.zones import at
from cowork_cli.records import dataclass
from cowork_cli.store.entry_transfer import Whole

_NAMES = ("client_name", "project_name")


@dataclass(frozen=True, slots=True)
class Format:
    """How a format is written, which fields it has no room for, and what it would change in an entry."""

    written: Callable[[Sequence[Whole], ZoneInfo], str]
    lacks: tuple[str, ...]
    changed: Callable[[Whole, ZoneInfo], str | None]


def not_held(rows: Sequence[Whole], form: str, zone: ZoneInfo) -> list[str]:
    """`klog does not hold: place (2 entries), uuid.`, and a line for each entry that is changed."""
    if not rows:
        return []
    known = FORMATS[form]
    lost = [_lost(rows, name, zone) for name in (*known.lacks, "person")]
    lines = [f"{form} does not hold: {', '.join(filter(None, lost))}."] if any(lost) else []
    for row in rows:
        reason = known.changed(row, zone)
        if reason:
            lines.append(f"Changed in {form}: {at(row.from_at, zone):%Y-%m-%d %H:%M}: {reason}.")
    return lines


def utc(seconds: int) -> str:
    """`20261125T080000Z`."""
    return f"{at(seconds, UTC):%Y%m%dT%H%M%SZ}"


def _lost(rows: Sequence[Whole], name: str, zone: ZoneInfo) -> str | None:
    """The field and how many entries say something in it that will be missing."""
    if name == "billable":
        count = sum(not row.billable for row in rows)
        name = "non-billable"
    elif name == "timezone":
        count = sum(row.timezone != str(zone) for row in rows)
    elif name == "uuid":
        return name
    else:
        count = sum(bool(getattr(row, name)) for row in rows)
    return f"{name} ({count} {'entry' if count == 1 else 'entries'})" if count else None


def _tags(row: Whole) -> list[str]:
    return row.tags.split(",") if row.tags else []


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _unlike(row: Whole, *, note: str, tags: Sequence[str] | None = None) -> str | None:
    """What differs from the entry."""
    differs = [
        name
        for name, same in (
            ("its note", note == (row.note or "")),
            ("its tags", tags is None or list(tags) == _tags(row)),
        )
        if not same
    ]
    return " and ".join(differs) or None


# ---- timewarrior


def _timewarrior(rows: Sequence[Whole], zone: ZoneInfo) -> str:
    return "".join(_interval(row) for row in rows)


def _interval(row: Whole) -> str:
    tags = [f"{row.client}/{row.project}", *map(_line, _tags(row))]
    end = "" if row.to_at is None else f" - {utc(row.to_at)}"
    note = _line(row.note)
    annotation = f" # {_quoted(note)}" if note else ""
    shown = " ".join(tag if _bare(tag) else _quoted(tag) for tag in tags)
    return f"inc {utc(row.from_at)}{end} # {shown}{annotation}\n"


def _bare(tag: str) -> bool:
    return not any(char.isspace() or char in "\"'\\#" for char in tag)


def _quoted(text: str) -> str:
    inside = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inside}"'


def _changed_in_timewarrior(row: Whole, zone: ZoneInfo) -> str | None:
    return _unlike(row, note=_line(row.note), tags=[_line(tag) for tag in _tags(row)])


# ---- timeclock


def _timeclock(rows: Sequence[Whole], zone: ZoneInfo) -> str:
    return "".join(_clocked(row, zone) for row in rows)


def _clocked(row: Whole, zone: ZoneInfo) -> str:
    tags = ", ".join(f"{tag}:" for tag in _timeclock_tags(row))
    parts = [f"{row.client}:{row.project}", _timeclock_note(row), f"; {tags}" if tags else ""]
    end = "" if row.to_at is None else f"o {_stamp(row.to_at, zone)}\n"
    return f"i {_stamp(row.from_at, zone)} {'  '.join(filter(None, parts))}\n{end}"


def _stamp(seconds: int, zone: ZoneInfo) -> str:
    return f"{at(seconds, zone):%Y-%m-%d %H:%M:%S}"


def _timeclock_note(row: Whole) -> str:
    return _line(row.note).replace(";", ",")


def _timeclock_tags(row: Whole) -> list[str]:
    return [re.sub(r"[\s,:]+", "-", tag) for tag in _tags(row)]


def _changed_in_timeclock(row: Whole, zone: ZoneInfo) -> str | None:
    changed = _unlike(row, note=_timeclock_note(row), tags=_timeclock_tags(row))
    return _joined(changed, _twice(row, zone))


def _joined(*reasons: str | None) -> str | None:
    return " and ".join(filter(None, reasons)) or None


def _twice(row: Whole, zone: ZoneInfo) -> str | None:
    """Local times without an offset do not tell which of two instants they are."""
    ends = [row.from_at] if row.to_at is None else [row.from_at, row.to_at]
    for moment in (at(seconds, zone) for seconds in ends):
        if moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset():
            return f"{moment:%H:%M} comes twice that day, and it does not say which it is"
    return None


# ---- klog


def _klog(rows: Sequence[Whole], zone: ZoneInfo) -> str:
    records: dict[str, list[str]] = {}
    for row in rows:
        for begin, end in _days(row, zone):
            records.setdefault(f"{begin:%Y-%m-%d}", []).append(_klog_entry(row, begin, end))
    return "\n".join(f"{day}\n{''.join(entries)}" for day, entries in sorted(records.items()))


def _days(row: Whole, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime | None]]:
    """A stretch as klog can hold it: it reaches into the next day, but not over a whole one."""
    begin = at(row.from_at, zone)
    end = None if row.to_at is None else at(row.to_at, zone)
    while end is not None and (end.date() - begin.date()).days > 1:
        midnight = datetime.combine(begin.date() + timedelta(days=1), time(), zone)
        yield begin, midnight
        begin = midnight
    yield begin, end


def _klog_entry(row: Whole, begin: datetime, end: datetime | None) -> str:
    shift = ">" if end is not None and end.date() > begin.date() else ""
    until = "?" if end is None else f"{end.hour}:{end:%M}{shift}"
    tags = [f'#project="{row.client}/{row.project}"', *map(_klog_tag, _tags(row))]
    note = _klog_note(row)
    text = " ".join(filter(None, [note.replace("\n", "\n        "), *tags]))
    return f"    {begin.hour}:{begin:%M} - {until} {text}\n"


def _klog_tag(tag: str) -> str:
    if re.fullmatch(r"[\w-]+", tag) and tag != "project":
        return f"#{tag}"
    quote = "'" if '"' in tag else '"'
    return f"#tag={quote}{tag.replace(quote, '')}{quote}"


def _klog_note(row: Whole) -> str:
    return "\n".join(_line(line) for line in (row.note or "").splitlines() if line.strip())


def _changed_in_klog(row: Whole, zone: ZoneInfo) -> str | None:
    seconds = row.from_at % 60 or (row.to_at or 0) % 60
    return _joined(
        "its seconds are cut off" if seconds else None,
        "it is written by days" if len(list(_days(row, zone))) > 1 else None,
        _unlike(row, note=_klog_note(row)),
        _twice(row, zone),
    )


# ---- iCalendar


def _ical(rows: Sequence[Whole], zone: ZoneInfo) -> str:
    return calendar_lines.written("hours", (line for row in rows for line in _event(row)))


def _event(row: Whole) -> Iterator[str]:
    project = f"{row.client}/{row.project}"
    yield "BEGIN:VEVENT"
    yield f"UID:{row.uuid}"
    yield f"DTSTAMP:{utc(row.to_at or row.from_at)}"
    yield f"DTSTART:{utc(row.from_at)}"
    if row.to_at is not None:
        yield f"DTEND:{utc(row.to_at)}"
    yield f"SUMMARY:{escaped(f'{project}: {row.note}' if row.note else project)}"
    if row.tags:
        yield f"CATEGORIES:{','.join(map(escaped, _tags(row)))}"
    if row.place:
        yield f"LOCATION:{escaped(row.place)}"
    yield "END:VEVENT"


def _changed_in_ical(row: Whole, zone: ZoneInfo) -> str | None:
    same = re.search(calendar_lines.CONTROL, row.note or "") is None
    return None if same else "control characters in its note are left out"


FORMATS = {
    "timewarrior": Format(
        _timewarrior, ("place", "billable", "timezone", "uuid", *_NAMES), _changed_in_timewarrior
    ),
    "timeclock": Format(
        _timeclock, ("place", "billable", "timezone", "uuid", *_NAMES), _changed_in_timeclock
    ),
    "klog": Format(_klog, ("place", "billable", "timezone", "uuid", *_NAMES), _changed_in_klog),
    "ical": Format(_ical, ("billable", "timezone", *_NAMES), _changed_in_ical),
}
