"""A year of a made-up freelancer, 2026 in Berlin: what `cowork demo --year` plays.

Two days a week at a space twelve kilometres away, one at the client's or split between home and the space,
the rest at home; August and the days after Christmas are off. Each month books its desk days, takes the
hours and logs the days; each quarter is billed and paid. In the last one somebody else works on the same
project, and what was billed is settled. Everything follows from the calendar, so that day log, books,
report and settlement agree by themselves or not at all.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from cowork_cli.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

YEAR = 2026
RATE, DESK_GROSS = 95, 18
# Public holidays of Berlin in 2026 on a weekday.
HOLIDAYS = frozenset(
    date(YEAR, month, day)
    for month, day in ((1, 1), (4, 3), (4, 6), (5, 1), (5, 14), (5, 25), (12, 25))
)
OFF = ((date(YEAR, 8, 3), date(YEAR, 8, 21)), (date(YEAR, 12, 24), date(YEAR, 12, 31)))
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
HOURS_FILE = "hours-{month}.csv"
# Who joins in the last quarter: eight Mondays, five hours each.
MATE, MATE_RATE, MATE_HOURS, MATE_FILE = "Ben Beispiel (sample)", 60, 5, "hours-ben.csv"
MATE_DAYS = tuple(date(YEAR, 10, 5) + timedelta(weeks=n) for n in range(8))


@dataclass(frozen=True, slots=True)
class YearStep:
    """One command of the year: the sentence before it, when it is typed, and the file that lies there."""

    say: str
    now: str
    words: tuple[str, ...]
    file: tuple[str, str] | None = None


def work_of(day: date) -> tuple[tuple[str, str, str], ...]:
    """Place, start and end of the work on a day; nothing on a day off."""
    off = any(first <= day <= last for first, last in OFF)
    if day.weekday() > 4 or day in HOLIDAYS or off:
        return ()
    if day.weekday() in (1, 3):
        return (("Mill", "09:00", "12:00"), ("Mill", "13:00", "17:00"))
    if day.weekday() == 2:
        if day.isocalendar().week % 2:
            return (("client", "10:00", "16:00"),)
        return (("home", "08:00", "13:00"), ("Mill", "14:00", "17:00"))
    return (("home", "09:00", "12:30"), ("home", "13:00", "17:00"))


def days_of(month: int) -> list[date]:
    """The days of a month with work."""
    first = date(YEAR, month, 1)
    days = (first + timedelta(days=n) for n in range(31))
    return [day for day in days if day.month == month and work_of(day)]


def desk_days(month: int) -> list[date]:
    """The days of a month on which a desk is needed."""
    return [day for day in days_of(month) if any(place == "Mill" for place, _, _ in work_of(day))]


def minutes_of(month: int) -> int:
    """The minutes worked in a month."""
    return sum(
        _minutes(end) - _minutes(begin) for day in days_of(month) for _, begin, end in work_of(day)
    )


def _minutes(clock: str) -> int:
    return 60 * int(clock[:2]) + int(clock[3:])


def steps() -> Iterator[YearStep]:
    """The whole year, in order."""
    yield from _beginning()
    for month in range(1, 13):
        if month == 10:
            yield from _joined()
        yield from _month(month)
        if month % 3 == 0:
            yield from _quarter(month // 3)
    yield from _settled()
    yield from _end()


def _beginning() -> Iterator[YearStep]:
    now = f"{YEAR}-01-01T10:00:00+01:00"
    lines: tuple[tuple[str, tuple[str, ...]], ...] = (
        (
            "A made-up freelancer begins the year.",
            ("init", "--no-input", "--name", "Erika Muster (sample)", "--street", "Hauptstr. 1",
             "--postcode", "10115", "--city", "Berlin", "--tax-number", "27/123/45678",
             "--iban", "DE02120300000000202051", "--email", "erika@example.org", "--phone", "+49 30 1234567",
             "--timezone", "Europe/Berlin", "--land", "BE"),
        ),
        (
            "One client …",
            ("client", "add", "acme", "--name", "ACME GmbH (sample)", "--street", "Ring 5", "--postcode",
             "14467", "--city", "Potsdam", "--country", "DE", "--email", "ap@acme.example", "--rate", str(RATE)),
        ),
        ("… and a project.", ("project", "add", "acme/site", "--name", "Website")),
        (
            "A space in the next village …",
            ("space", "add", "Mill", "--street", "Mühlenweg 2", "--postcode", "14827", "--city",
             "Wiesenburg/Mark", "--country", "DE", "--hours", "Mo-Fr 08:00-18:00", "--price",
             f"day={DESK_GROSS}gross"),
        ),
        ("… its desk …", ("desk", "add", "Mill", "Desk 1", "--price", f"day={DESK_GROSS}gross")),
        (
            "… and the way there. Without it she would work at home.",
            ("day", "place", "Mill", "--km", "12.4", "--minutes", "25", "--mode", "car", "--fare", "2.10",
             "--instead-of", "home"),
        ),
        (
            "The way to the client.",
            ("day", "place", "client/acme", "--km", "35", "--minutes", "70", "--mode", "train",
             "--fare", "4.40"),
        ),
        *(
            ("Days off.", ("absence", "add", f"{first}..{last}", "--text", "Holidays"))
            for first, last in OFF
        ),
    )  # fmt: skip
    for say, words in lines:
        yield YearStep(say, now, words)


def _month(month: int) -> Iterator[YearStep]:
    name, label = MONTHS[month - 1], f"{YEAR}-{month:02}"
    first, last = days_of(month)[0], days_of(month)[-1]
    evening = f"{last}T19:00:00{_offset(last)}"
    booked = ",".join(day.isoformat() for day in desk_days(month))
    yield YearStep(
        f"{name}: the desk days are booked.",
        f"{first}T07:00:00{_offset(first)}",
        ("book", "Desk 1", "--on", booked),
    )
    file = HOURS_FILE.format(month=label)
    yield YearStep(
        "At its end the hours are taken from another program …",
        evening,
        ("track", "import", "--format", "csv", file),
        (file, _csv(month)),
    )
    yield YearStep("… the days are logged from them …", evening, ("day", "log", "--in", label))
    cost = DESK_GROSS * len(desk_days(month))
    yield YearStep(
        "… and the bill of the space is recorded.",
        evening,
        ("expense", "add", "--text", f"Desk days in {name}", "--gross", str(cost), "--vat", "19",
         "--category", "rent"),
    )  # fmt: skip


def _quarter(quarter: int) -> Iterator[YearStep]:
    day = days_of(3 * quarter)[-1]
    now = f"{day}T19:30:00{_offset(day)}"
    yield YearStep(
        f"Quarter {quarter} is billed …",
        now,
        ("invoice", "draft", "acme", "--in", f"{YEAR}-Q{quarter}"),
    )
    yield YearStep("… and issued.", now, ("invoice", "issue", f"draft-{quarter}"))
    if quarter < 4:
        paid = day + timedelta(days=10)
        minutes = sum(minutes_of(each) for each in range(3 * quarter - 2, 3 * quarter + 1))
        gross = (Decimal(minutes * RATE * 119) / 6000).quantize(Decimal("0.01"), ROUND_HALF_UP)
        yield YearStep(
            "The client pays.",
            f"{paid}T10:00:00{_offset(paid)}",
            ("invoice", "pay", f"{YEAR}-{quarter:04}", "--amount", f"{gross:f}"),
        )


def _joined() -> Iterator[YearStep]:
    now = f"{YEAR}-10-01T10:00:00+02:00"
    yield YearStep("Somebody from the space joins …", now, ("people", "add", MATE))
    yield YearStep(
        "… for a rate of his own; what is left of the bill is hers.",
        now,
        ("job", "open", "Relaunch", "--client", "acme", "--project", "acme/site", "--split", "hours",
         "--with", f"{MATE}:{MATE_RATE}", "--from", f"{YEAR}-10-01"),
    )  # fmt: skip


def _settled() -> Iterator[YearStep]:
    now = f"{YEAR}-12-31T17:00:00+01:00"
    rows = [
        f"{day}T09:00:00{_offset(day)},{day}T{9 + MATE_HOURS}:00:00{_offset(day)},Website\n"
        for day in MATE_DAYS
    ]
    yield YearStep(
        "His hours, from what his program wrote …",
        now,
        ("job", "hours", "Relaunch", MATE_FILE, "--from", MATE, "--format", "csv"),
        (MATE_FILE, "start,end,project\n" + "".join(rows)),
    )
    yield YearStep("… and who gets what of the quarter.", now, ("job", "settle", "Relaunch"))


def _end() -> Iterator[YearStep]:
    now = f"{YEAR}-12-31T18:00:00+01:00"
    year = str(YEAR)
    lines: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("The year by place.", ("report", "places", "--in", year)),
        ("The hours, all billed.", ("report", "hours", "--in", year)),
        ("What the day log supports, under which rule.", ("report", "days", "--in", year)),
        (
            "One figure goes into the books, because she says so.",
            ("day", "book", "home", "--in", year),
        ),
        ("The expenses.", ("expense", "list", "--in", year)),
        ("The invoices.", ("invoice", "list", "--in", year)),
        ("Is everything whole?", ("data", "verify")),
    )
    for say, words in lines:
        yield YearStep(say, now, words)


def _csv(month: int) -> str:
    rows = ["date,start,end,client,project,place"]
    for day in days_of(month):
        rows += [f"{day},{begin},{end},acme,site,{place}" for place, begin, end in work_of(day)]
    return "\n".join(rows) + "\n"


def _offset(day: date) -> str:
    """Berlin's: summer time is from 29 March to 24 October 2026."""
    return "+02:00" if date(YEAR, 3, 29) <= day <= date(YEAR, 10, 24) else "+01:00"
