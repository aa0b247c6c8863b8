"""Writes `cowork_cli/data/holidays/`: the public holidays by country and Land, names in German.

    .venv/bin/python tools/build_holidays.py --made YYYY-MM-DD

Source: the package `holidays` (MIT), a dependency of development only: asked while cowork runs it
would import some 250 modules. A file for each country, a line for each day and name, sorted:

    2026-01-06<TAB>BW,BY,ST<TAB>Heilige Drei Könige

Where it holds: `*` everywhere, Länder by their code, `catholic:BY` in the catholic parishes of a
Land, `augsburg:BY` in the city of Augsburg alone, `?` in parts of the country that are not told apart
here. The first line tells the source, its version, the day and the years.
"""

import argparse
from collections import defaultdict
from datetime import date
from pathlib import Path

import holidays

FOLDER = Path(__file__).resolve().parents[1] / "cowork_cli" / "data" / "holidays"
FIRST, LAST = 2015, 2036
# Countries whose parts are told apart; of the others what holds only in parts is `?`.
IN_PARTS = ("DE", "CH")
COUNTRIES = (
    *IN_PARTS, "AT", "BE", "CZ", "DK", "ES", "FI", "FR", "GB", "GR", "IE", "LU", "NL", "NO", "PL",
    "PT", "SE",
)  # fmt: skip
# Parts that lie elsewhere and have zones and postcodes of their own.
OVERSEAS = {"FR": {"971", "972", "973", "974", "976", "BL", "MF", "NC", "PF", "PM", "TF", "WF"}}
PARTIAL = "Feiertag in Teilen des Landes"
# Names that the source has in English only.
GERMAN = {
    "Ascension Day": "Christi Himmelfahrt",
    "All Saints' Day": "Allerheiligen",
    "Armistice Day": "Tag des Waffenstillstands",
    "Assumption Day": "Mariä Himmelfahrt",
    "Assumption Of Mary Day": "Mariä Himmelfahrt",
    "August Bank Holiday": "August-Feiertag",
    "Boxing Day": "Zweiter Weihnachtstag",
    "Christmas Day": "Weihnachten",
    "Christmas Eve": "Heiligabend",
    "Constitution Day": "Tag der Verfassung",
    "Coronation of Charles III": "Krönung Charles’ III.",
    "Corpus Christi": "Fronleichnam",
    "Day of Portugal, Camões, and the Portuguese Communities": "Portugal-Tag",
    "Day of Remembrance and Recognition": "Gedenktag",
    "Dormition of the Mother of God": "Mariä Entschlafung",
    "Easter Monday": "Ostermontag",
    "Easter Sunday": "Ostersonntag",
    "Epiphany": "Heilige Drei Könige",
    "Freedom Day": "Tag der Freiheit",
    "Glorifying Mother of God": "Zweiter Weihnachtstag",
    "Good Friday": "Karfreitag",
    "Great Prayer Day": "Großer Bettag",
    "Green Monday": "Reiner Montag",
    "Immaculate Conception": "Mariä Empfängnis",
    "Independence Day": "Unabhängigkeitstag",
    "Independent Czech State Restoration Day": "Tag der Erneuerung des tschechischen Staates",
    "Independent Czechoslovak State Day": "Tag der Entstehung der Tschechoslowakei",
    "Jan Hus Day": "Jan-Hus-Tag",
    "June Bank Holiday": "Juni-Feiertag",
    "King's Day": "Königstag",
    "Labor Day": "Tag der Arbeit",
    "Late Summer Bank Holiday": "Spätsommer-Feiertag",
    "Liberation Day": "Tag der Befreiung",
    "Maundy Thursday": "Gründonnerstag",
    "May Bank Holiday": "Mai-Feiertag",
    "May Day": "Tag der Arbeit",
    "Midsummer Day": "Mittsommer",
    "Midsummer Eve": "Mittsommerabend",
    "National Day": "Nationalfeiertag",
    "New Year Holiday": "Neujahr",
    "New Year's Day": "Neujahr",
    "New Year's Eve": "Silvester",
    "October Bank Holiday": "Oktober-Feiertag",
    "Ohi Day": "Ochi-Tag",
    "Pentecost": "Pfingstsonntag",
    "Pentecost Monday": "Pfingstmontag",
    "Platinum Jubilee of Elizabeth II": "Thronjubiläum Elizabeths II.",
    "Republic Day": "Tag der Republik",
    "Restoration of Independence Day": "Tag der Wiederherstellung der Unabhängigkeit",
    "Saint Brigid's Day": "St. Brigid",
    "Saint Patrick's Day": "St. Patrick",
    "Saint Stephen's Day": "Zweiter Weihnachtstag",
    "Saints Cyril and Methodius Day": "Kyrill und Method",
    "Second Day of Christmas": "Zweiter Weihnachtstag",
    "Spring Bank Holiday": "Frühlings-Feiertag",
    "State Funeral of Queen Elizabeth II": "Staatsbegräbnis Elizabeths II.",
    "Statehood Day": "Tag der Staatlichkeit",
    "Struggle for Freedom and Democracy Day": "Tag des Kampfes für Freiheit und Demokratie",
    "Struggle for Freedom and Democracy Day and International Students' Day":
        "Tag des Kampfes für Freiheit und Demokratie und Tag der Studierenden",
    "Victory Day": "Tag des Sieges",
}  # fmt: skip


def main() -> None:
    """Writes the file of every country."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--made", required=True, help="the day to write down, YYYY-MM-DD")
    made = parser.parse_args().made
    FOLDER.mkdir(exist_ok=True)
    head = f"# holidays {holidays.__version__} (MIT), made {made}, years {FIRST}-{LAST}"
    for country in COUNTRIES:
        lines = [head, *rows_of(country)]
        (FOLDER / f"{country}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def rows_of(country: str) -> list[str]:
    """The lines of one country."""
    everywhere = _days(country, None)
    parts: dict[tuple[date, str], list[str]] = defaultdict(list)
    for part in _parts(country):
        for day, name in _days(country, part).items():
            if day not in everywhere:
                parts[day, name].append(part)
    rows = [(day, "*", name) for day, name in everywhere.items()]
    if country in IN_PARTS:
        rows += [(day, ",".join(sorted(where)), name) for (day, name), where in parts.items()]
    else:
        rows += [(day, "?", PARTIAL) for day in {day for day, _ in parts}]
    if country == "DE":
        rows += _parishes()
    return [f"{day}\t{where}\t{name}" for day, where, name in sorted(rows)]


def _parts(country: str) -> list[str]:
    known = holidays.country_holidays(country).subdivisions
    return [
        part
        for part in known
        if part not in OVERSEAS.get(country, ()) and part not in ("Augsburg", "Stadt Zurich")
    ]


def _days(country: str, part: str | None, category: str = "public") -> dict[date, str]:
    german = "de" in holidays.country_holidays(country).supported_languages
    found = holidays.country_holidays(
        country,
        subdiv=part,
        years=range(FIRST, LAST + 1),
        language="de" if german else "en_US",
        categories=(category,),
    )
    ours = part is None or country in IN_PARTS
    return {day: _name(text, german or not ours) for day, text in found.items()}


def _name(text: str, german: bool) -> str:
    if german:
        return text
    names = []
    for name in text.split("; "):
        plain, _, mark = name.partition(" (")
        names.append(GERMAN[plain] + (" (Ersatztag)" if mark.startswith("observed") else ""))
    return "; ".join(dict.fromkeys(names))


def _parishes() -> list[tuple[date, str, str]]:
    """Days of the catholic parishes, and of the city of Augsburg, which is one of them."""
    rows = []
    for land in ("BY", "SN", "TH"):
        public = _days("DE", land)
        for day, name in _days("DE", land, "catholic").items():
            if day not in public:
                rows.append((day, f"catholic:{land}", name))
    of_land = {**_days("DE", "BY"), **_days("DE", "BY", "catholic")}
    for day, name in _days("DE", "Augsburg").items():
        if day not in of_land:
            rows.append((day, "augsburg:BY", name))
    return rows


if __name__ == "__main__":
    main()
