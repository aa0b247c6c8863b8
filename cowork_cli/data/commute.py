"""What a kilometre on the way costs the climate: grams of CO2 for one person, by mode, with year and source.

German figures, read at second hand, 2026-11; the table of the Umweltbundesamt of 2023/24 was not found. A
setting `commute.co2.MODE` takes the place of a figure. None: no figure was found, none is made up.
"""

from __future__ import annotations

from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class Factor:
    """Grams of CO2 for a person and kilometre; `year` is that of the figure, None where it is not said."""

    grams: int | None
    year: int | None
    source: str


_UBA = "UBA via capital.de"
_TREMOD = "TREMOD 6.02, nachhaltigkeitsstrategie.de"
_NONE = "no figure found"
FACTORS: dict[str, Factor] = {
    "walk": Factor(0, None, "no fuel; nothing else counted"),
    "bike": Factor(0, None, "no fuel; nothing else counted"),
    "e-bike": Factor(3, None, "UBA via knlv-missione.nrw"),
    "car": Factor(147, None, f"{_TREMOD}: 1.5 persons in it"),
    "car-alone": Factor(209, None, "UBA via manager-magazin.de"),
    "motorbike": Factor(None, None, _NONE),
    "bus": Factor(65, None, f"{_TREMOD}: mean of local transport"),
    "tram": Factor(80, 2021, f"{_UBA}: tram, city rail, metro"),
    "metro": Factor(80, 2021, f"{_UBA}: tram, city rail, metro"),
    "regional": Factor(65, None, f"{_TREMOD}: mean of local transport"),
    "train": Factor(46, 2021, f"{_UBA}: long-distance rail"),
    "coach": Factor(37, 2021, f"{_UBA}: long-distance bus"),
}
MODES = tuple(FACTORS)
BY_CAR = frozenset(["car", "car-alone"])
CAVEAT = (
    "What coworking saves is disputed and often overrated: extra trips, and two places that are heated "
    "(hslu.ch 2021-03-29)."
)
