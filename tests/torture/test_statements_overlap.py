"""Statements of one account that overlap, in any order and format: each booking is there as often as it was booked."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from cowork_cli.services.bank.importing import Request, import_file
from tests.importers.bank import samples
from tests.services.books import random_year

pytestmark = pytest.mark.torture
NAMES = ("ACME GmbH", "Müller", "Foo Bar AG", "Stadtwerke", "Shop 24")
Booked = tuple[dt.date, int, str, str]  # day, cents, name, purpose


def bookings(chance: random.Random, count: int) -> list[Booked]:
    """Many of one day, sum and purpose; some of them twice."""
    day, found = dt.date(2026, 1, 1), list[Booked]()
    for _ in range(count):
        day += dt.timedelta(days=chance.choice((0, 0, 0, 1, 2)))
        cents = chance.choice((1000, 1000, 2500, -999, chance.randrange(1, 90_000)))
        text = chance.choice(
            ("Miete", "Abo", "Danke", f"Rechnung 2026-{chance.randrange(9999):04}")
        )
        found += [(day, cents, chance.choice(NAMES), text)] * chance.choice((1, 1, 1, 1, 2))
    return found


def iban(name: str) -> str:
    return f"DE{10 + NAMES.index(name)}370400440532013000"


def euro(cents: int, sign: str) -> str:
    return f"{abs(cents) // 100}{sign}{abs(cents) % 100:02}"


def camt(rows: Sequence[Booked], _: bool) -> bytes:
    return samples.camt(
        *(
            samples.entry(
                ("-" if cents < 0 else "") + euro(cents, "."), text, name=name, day=str(day)
            ).replace(samples.OTHER, iban(name))
            for day, cents, name, text in rows
        )
    )


def mt940(rows: Sequence[Booked], _: bool) -> bytes:
    lines = [":20:A", ":25:12030000/0000202051", ":28C:1", ":60F:C260101EUR0,00"]
    for day, cents, name, text in rows:
        mark = "D" if cents < 0 else "C"
        lines.append(f":61:{day:%y%m%d}{day:%m%d}{mark}{euro(cents, ',')}NTRFNONREF")
        lines.append(f":86:166?00X?20SVWZ+{text}?30B?31{iban(name)}?32{name}")
    total = sum(row[1] for row in rows)
    closing = f":62F:{'D' if total < 0 else 'C'}260101EUR{euro(total, ',')}"
    return "\r\n".join([*lines, closing, "-", ""]).encode("cp1252")


def table(rows: Sequence[Booked], with_iban: bool) -> bytes:
    """Newest first, as banks do; `with_iban`: not every bank names the other account."""
    lines = ["IBAN Auftragskonto;Buchungstag;Name;IBAN;Verwendungszweck;Betrag;Waehrung"]
    for day, cents, name, text in reversed(rows):
        sign = "-" if cents < 0 else ""
        other = iban(name) if with_iban else ""
        lines.append(
            f"{samples.IBAN};{day:%d.%m.%Y};{name};{other};{text};{sign}{euro(cents, ',')};EUR"
        )
    return ("\n".join(lines) + "\n").encode("cp1252")


Writer = Callable[[Sequence[Booked], bool], bytes]
MIXES: tuple[tuple[Writer, ...], ...] = (
    (camt,), (mt940,), (table,), (camt, table), (camt, mt940, table),
)  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_each_booking_once(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    store = random_year.made(tmp_path, seed, ()).store
    whole, forms = bookings(chance, 40), chance.choice(MIXES)
    expected: Counter[Booked] = Counter()
    for number in range(chance.randrange(2, 7)):
        first = chance.randrange(len(whole))
        part = whole[first : chance.randrange(first + 1, len(whole) + 1)]
        file = tmp_path / f"{number}.txt"
        file.write_bytes(chance.choice(forms)(part, bool(seed % 2)))
        import_file(store, Request(file, None, {}, None, False))
        expected |= Counter(part)  # as often as the fullest file has it
    there = store.rows("SELECT booked, amount, name, text FROM bank_bookings")
    assert Counter((dt.date.fromisoformat(day), *more) for day, *more in there) == expected
    store.close()
