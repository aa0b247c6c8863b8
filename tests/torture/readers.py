"""Every reader of what others wrote, with samples of it: what the attacks on files go through."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cowork_cli.importers import MODULES, reader_of
from tests.cli.test_people import NEW, OLD
from tests.domain.test_calendar_reading import feed
from tests.importers import test_importer_json_like as json_like
from tests.importers import test_importer_tables as tables
from tests.importers import test_importer_texts as texts
from tests.importers.bank import samples as bank
from tests.services.invoices.verifying.as_cii import cii
from tests.services.invoices.verifying.as_pdf import pdf
from tests.services.invoices.verifying.as_ubl import ubl
from tests.services.invoices.verifying.samples import Sample
from tests.torture import archives
from tests.torture.mutations import mutant

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 18, tzinfo=BERLIN)


@dataclass(frozen=True)
class Reader:
    """`read` gets a file and takes it as the commands do, to the last row. `suffix` is that of the file.

    `made` are the samples, or what makes them at first use. A reader of `cost` 4 gets a fourth of the mutants.
    """

    made: tuple[bytes, ...] | Callable[[], tuple[bytes, ...]]
    read: Callable[[Path], object]
    suffix: str = ""
    mutant: Callable[[bytes, int], bytes] = mutant
    cost: int = 1

    @property
    def samples(self) -> tuple[bytes, ...]:
        return self.made() if callable(self.made) else self.made


def _bytes(*samples: object) -> tuple[bytes, ...]:
    return tuple(
        one
        if isinstance(one, bytes)
        else one.encode()
        if isinstance(one, str)
        else json.dumps(one).encode()
        for one in samples
    )


def _hours(form: str, options: Mapping[str, str] | None = None) -> Callable[[Path], object]:
    return lambda path: list(reader_of(form)[0](path, BERLIN, options or {}))


_WATSON = [
    [1764057600, 1764061200, "acme/site", "ab12", ["deep", "x"], 1764061300],
    [1764067600, 1764071200, "b", "c", [], 1],
]
_INTERVALS = [
    {
        "id": 2,
        "start": "20261124T080000Z",
        "end": "20261124T093000Z",
        "tags": ["acme/site", "deep"],
        "annotation": "x",
    }
]
_OWN = {
    "cowork": 1,
    "entries": [
        {"from": "2026-11-24T09:00:00+01:00", "to": "2026-11-24T10:00:00+01:00", "timezone": "Europe/Berlin", "duration_s": 3600,
         "client": "acme", "project": "acme/site", "note": "Logo", "tags": ["deep"], "place": "home", "billable": True, "id": "e-1"},
    ],
}  # fmt: skip
_TIMETRAP = 'id,start,end,note,sheet\n1,"2018-03-24 09:00:00","2018-03-24 10:30:12","say ""hi""",acme/site\n'
_CLOCKIFY = tables.CLOCKIFY.format(first="11/24/2026", second="11/25/2026")
_OVERPASS = {
    "version": 0.6, "osm3s": {"timestamp_osm_base": "2024-06-14T12:06:11Z"},
    "elements": [
        {"type": "node", "id": 1, "lat": 53.5, "lon": 9.9, "tags": {"office": "coworking", "name": "Hafen", "opening_hours": "Mo-Fr 09:00-18:00",
         "check_date": "2024-01-02", "wheelchair": "yes", "internet_access:fee": "no", "phone": "+49 40 1", "addr:city": "Hamburg"}},
        {"type": "way", "id": 2, "nodes": [1, 3], "center": {"lat": 53.6, "lon": 10.0}, "tags": {"amenity": "coworking_space", "name": "Deck"}},
        {"type": "relation", "id": 4, "members": [{"type": "way", "ref": 2, "role": ""}], "tags": {"office": "coworking", "name": "Hof"}},
    ],
}  # fmt: skip
_GEOJSON = {
    "type": "FeatureCollection", "timestamp": "2024-06-14T12:06:11Z",
    "features": [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [9.9, 53.5]}, "properties": {"name": "Kai", "city": "Hamburg", "price_day": "18 EUR",
         "amenities": "wifi; coffee", "opening_hours": "Mo-Fr 9-17", "country": "DE", "postcode": 20457, "phone": "+49 40 2"}},
        {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [[[9.9, 53.5], [9.8, 53.5], [9.9, 53.6]]]},
         "properties": {"@id": "way/7", "office": "coworking", "name": "Deck"}},
    ],
}  # fmt: skip
_SPACES = "name;city;postcode;lat;lon;price_day;opening_hours\nKai;Hamburg;20457;53,5;9,9;18 EUR;Mo-Fr 09:00-17:00\nDeck;Kiel;;;;;\n"
_CLIENTS = "id,name,street,postcode,city,country,email,rate,currency\nacme,ACME GmbH,Ring 5,50667,Köln,DE,ap@acme.example,95,EUR\n"
_GEONAMES = "DE\t10115\tBerlin\tBerlin\tBE\t\t00\tBerlin\t11000\t52.532\t13.3849\t4\n" * 2
_FEED = feed(
    ["DTSTART;TZID=Europe/Berlin:20261120T090000", "DTEND;TZID=Europe/Berlin:20261120T100000", "SUMMARY:Stand-up", "RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=FR",
     "EXDATE;TZID=Europe/Berlin:20261127T090000", "LOCATION:Kai\\, Hamburg", "GEO:53.5;9.9", "URL:https://example.org/x"],
    ["DTSTART;VALUE=DATE:20261201", "DURATION:P2D", "STATUS:CANCELLED", "CATEGORIES:a,b"],
    ["UID:u", "DTSTART:20261202T080000Z", "DTEND:20261202T090000Z", "SEQUENCE:2", "RECURRENCE-ID:20261202T080000Z", "TRANSP:OPAQUE"],
)  # fmt: skip
_ANSWER = feed(
    [
        "UID:b-1@cowork",
        "DTSTART:20261202T080000Z",
        "DTEND:20261202T090000Z",
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@example.org",
        "SEQUENCE:1",
    ]
).replace("PRODID:test", "METHOD:REPLY\r\nPRODID:test")
_MAIL = (
    "From: desk@example.org\r\nTo: erika@example.org\r\nSubject: =?utf-8?q?Zusage?=\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nGern.\r\n'
    f"--b\r\nContent-Type: text/calendar; method=REPLY; charset=utf-8\r\n\r\n{_ANSWER}\r\n--b--\r\n"
)
_CAMT = bank.camt(
    bank.entry("595.00", bank.part("595.00", "Rechnung 2026-0017", "ACME GmbH")),
    balances=("100.00", "695.00"),
)
_CONFIG = '[seller]\nname = "Erika \\"Muster"\ncity = "Berlin"\n\n[hours]\nweek = 40\n\n[accounts.haus]\nprovider = "cobot"\nurl = "https://haus.example"\n'


def _spaces(path: Path) -> object:
    from cowork_cli.services.spaces.importing import read

    return read(path, today=TODAY).rows


def _clients(path: Path) -> object:
    from cowork_cli.services.clients.importing import read

    return list(read(path))


def _cards(path: Path) -> object:
    from cowork_cli.importers.vcards import read

    return list(read(path))


def _bank(path: Path) -> object:
    from cowork_cli.importers.bank import read

    return read(path, None, {}, {})


def _invoice(path: Path) -> object:
    from cowork_cli.services.invoices.verifying import verify

    return verify(path.read_bytes(), path.name, TODAY)


def _events(path: Path) -> object:
    from cowork_cli.services.events.events import announced, read_file

    return announced(read_file(path), path.name, now=NOW, zone=BERLIN)


def _busy(path: Path) -> object:
    from cowork_cli.domain.calendars.reading import NoCalendar, busy_times

    try:
        return busy_times(
            path.read_bytes().decode("utf-8", "replace"), NOW, NOW.replace(month=12, day=30), BERLIN
        )
    except NoCalendar:  # its users make a BadAnswer of it
        return None


def _answer(path: Path) -> object:
    from cowork_cli.domain.calendars.answers import answer_in

    return answer_in(path.read_bytes())


def _geonames(path: Path) -> object:
    from cowork_cli.domain.geonames import rows

    return list(rows(path.read_bytes().decode("utf-8", "replace"), "DE"))


def _settings(path: Path) -> object:
    from cowork_cli.config import _read

    return _read(str(path))


READERS: dict[str, Reader] = {
    "watson": Reader(_bytes(_WATSON), _hours("watson")),
    "timewarrior": Reader(_bytes(json_like.LINES), _hours("timewarrior"), ".data"),
    "timewarrior export": Reader(_bytes(_INTERVALS), _hours("timewarrior"), ".json"),
    "toggl": Reader(_bytes(tables.TOGGL), _hours("toggl")),
    "clockify": Reader(_bytes(_CLOCKIFY), _hours("clockify")),
    "csv": Reader(
        _bytes(tables.GERMAN),
        _hours(
            "csv",
            {"date": "Tag", "from": "Beginn", "to": "Ende", "project": "Projekt", "note": "Notiz"},
        ),
    ),
    "json": Reader(_bytes(_OWN), _hours("json")),
    "kimai": Reader(_bytes(texts.KIMAI), _hours("kimai")),
    "klog": Reader(_bytes(texts.KLOG), _hours("klog")),
    "timetrap": Reader(_bytes(_TIMETRAP), _hours("timetrap")),
    "hamster": Reader(_bytes(texts.HAMSTER, texts.HAMSTER_LIB), _hours("hamster")),
    "hamster xml": Reader(_bytes(texts.HAMSTER_XML), _hours("hamster")),
    "org": Reader(_bytes(texts.ORG), _hours("org")),
    "timeclock": Reader(_bytes(texts.TIMECLOCK), _hours("timeclock")),
    "overpass": Reader(_bytes(_OVERPASS), _spaces),
    "geojson": Reader(_bytes(_GEOJSON), _spaces),
    "csv of spaces": Reader(_bytes(_SPACES), _spaces),
    "csv of clients": Reader(_bytes(_CLIENTS), _clients),
    "vcard": Reader(_bytes(OLD, NEW), _cards),
    "geonames": Reader(_bytes(_GEONAMES), _geonames),
    "camt": Reader(_bytes(_CAMT), _bank),
    "mt940": Reader(_bytes(bank.MT940), _bank),
    "csv of a bank": Reader(
        _bytes(bank.SPARKASSE, bank.DKB, bank.ING, bank.COMDIRECT, bank.UNKNOWN), _bank
    ),
    "cii": Reader(_bytes(cii(Sample())), _invoice),
    "ubl": Reader(_bytes(ubl(Sample())), _invoice),
    "hybrid pdf": Reader(_bytes(pdf(cii(Sample()))), _invoice),
    "events": Reader(_bytes(_FEED), _events),
    "feed": Reader(_bytes(_FEED), _busy),
    "answer": Reader(_bytes(_ANSWER, _MAIL), _answer),
    "settings": Reader(_bytes(_CONFIG), _settings),
    "backup": Reader(archives.backup, archives.restored, ".zip", archives.damaged, cost=4),
    "store laid aside": Reader(
        archives.store, archives.restored, ".db", archives.damaged_store, cost=4
    ),
    "export": Reader(archives.export, archives.imported, ".zip", archives.damaged, cost=8),
}
EVERY_FORMAT_OF_HOURS = frozenset(MODULES)


def formats_of_hours() -> Iterable[str]:
    """The formats of hours that have a reader here."""
    return {name.partition(" ")[0] for name in READERS} & EVERY_FORMAT_OF_HOURS


def shown_rows(outcome: Any) -> object:
    """What a reader answered, gone through to its end."""
    return list(outcome) if hasattr(outcome, "__iter__") else outcome
