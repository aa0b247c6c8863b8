"""A space has the zone of where it is, for what is booked there and for what is free."""

import pytest

from tests.conftest import Cowork

MORNING = ("--on", "2027-07-01", "--from", "08:00", "--to", "10:00")


def booked(cowork: Cowork, *space: str, times: tuple[str, ...] = MORNING) -> dict[str, str]:
    """The first booking of a desk in a space added with these words."""
    added = cowork("space", "add", "Haus", *space, "--json")
    assert added.code == 0, str(added)
    assert cowork("desk", "add", "Haus", "Platz").code == 0
    free = cowork("desk", "free", "Platz", *times, "--json")
    (booking,) = cowork("book", "Platz", *times, "--json").data
    assert free.data[0]["slots"][0]["from"] == booking["from"]
    row: dict[str, str] = booking
    return row


@pytest.mark.parametrize(
    ("place", "start", "zone"),
    [
        (("--city", "Porto", "--country", "PT"), "2027-07-01T08:00:00+01:00", "Europe/Lisbon"),
        (("--lat", "41.15", "--lon", "-8.61"), "2027-07-01T08:00:00+01:00", "Europe/Lisbon"),
        (("--city", "Dublin", "--country", "ie"), "2027-07-01T08:00:00+01:00", "Europe/Dublin"),
        (("--city", "Athen", "--country", "GR"), "2027-07-01T08:00:00+03:00", "Europe/Athens"),
        (("--city", "Helsinki", "--country", "FI"), "2027-07-01T08:00:00+03:00", "Europe/Helsinki"),
        (
            ("--postcode", "35002", "--city", "Las Palmas", "--country", "ES"),
            "2027-07-01T08:00:00+01:00",
            "Atlantic/Canary",
        ),
        (("--city", "Las Palmas", "--country", "ES"), "2027-07-01T08:00:00+01:00", "Atlantic/Canary"),
        (("--lat", "28.46", "--lon", "-16.25", "--country", "ES"), "2027-07-01T08:00:00+01:00", "Atlantic/Canary"),
        (("--city", "Madrid", "--country", "ES"), "2027-07-01T08:00:00+02:00", "Europe/Madrid"),
        (("--city", "Köln"), "2027-07-01T08:00:00+02:00", "Europe/Berlin"),
        (
            ("--city", "Denver", "--country", "US", "--lat", "39.74", "--lon", "-104.99"),
            "2027-07-01T08:00:00-06:00",
            "America/Denver",
        ),
    ],
)  # fmt: skip
def test_eight_in_the_morning_where_it_is(
    cowork: Cowork, place: tuple[str, ...], start: str, zone: str
) -> None:
    booking = booked(cowork, *place)
    assert (booking["from"], booking["timezone"]) == (start, zone)


def test_its_own_setting_wins_and_can_be_changed(cowork: Cowork) -> None:
    place = ("--city", "Porto", "--country", "PT", "--timezone", "Atlantic/Azores")
    assert booked(cowork, *place)["from"] == "2027-07-01T08:00:00+00:00"
    assert cowork("space", "edit", "Haus", "--timezone", "Europe/Lisbon").code == 0
    later = ("--on", "2027-07-02", "--from", "08:00", "--to", "10:00")
    (booking,) = cowork("book", "Platz", *later, "--json").data
    assert booking["from"] == "2027-07-02T08:00:00+01:00"
    assert cowork("space", "show", "Haus", "--json").data["timezone"] == "Europe/Lisbon"
    wrong = cowork("space", "edit", "Haus", "--timezone", "Lisbon")
    assert (wrong.code, "is not a time zone" in wrong.err) == (2, True)
    assert cowork("space", "show", "Haus", "--json").data["timezone"] == "Europe/Lisbon"


def test_what_cannot_be_known_is_the_persons_own_and_said_once(cowork: Cowork) -> None:
    added = cowork("space", "add", "Haus", "--city", "Springfield", "--country", "US")
    assert added.err.count("your own is taken, Europe/Berlin") == 1
    assert "--timezone ZONE" in added.err
    cowork("desk", "add", "Haus", "Platz")
    made = cowork("book", "Platz", *MORNING, "--json")
    assert made.data[0]["from"] == "2027-07-01T08:00:00+02:00"
    assert made.err.count("your own is taken") == 1


def test_hours_are_those_of_the_place(cowork: Cowork) -> None:
    """At 18:00 in Berlin it is 17:00 in Lisbon, where the house closes at half past five."""
    place = ("--city", "Lisboa", "--country", "PT", "--hours", "Mo-Fr 08:00-17:30")
    assert cowork("space", "add", "Haus", *place).code == 0
    hours = cowork("space", "show", "Haus", "--json").data["hours"]
    assert (hours["state"], hours["next_change"]) == ("open", "2026-11-25T17:30:00+00:00")


@pytest.mark.parametrize(
    ("place", "country"),
    [
        (("--postcode", "14827", "--city", "Wiesenburg/Mark"), "DE"),
        (("--city", "Köln"), "DE"),
        (("--postcode", "14827"), "DE"),
        (("--postcode", "99999"), None),
        (("--postcode", "28001", "--city", "Madrid"), None),
        (("--postcode", "75001", "--city", "Paris"), None),
        (("--lat", "41.15", "--lon", "-8.61"), None),
        (("--city", "Wien", "--country", "Österreich"), "AT"),
    ],
)
def test_an_unknown_country_is_unknown(
    cowork: Cowork, place: tuple[str, ...], country: str | None
) -> None:
    added = cowork("space", "add", "Haus", *place, "--json")
    assert added.data["address"]["country"] == country
    named = any(word in place for word in ("--city", "--postcode"))
    assert ("country is not known" in added.err) == (country is None and named)


def test_a_country_that_is_none_is_refused(cowork: Cowork) -> None:
    outcome = cowork("space", "add", "Haus", "--city", "Wien", "--country", "XX")
    assert (outcome.code, "is not a country" in outcome.err) == (2, True)
    assert cowork("space", "search", "--json").data == []


def test_an_address_abroad_asks_for_its_country(cowork: Cowork) -> None:
    words = (
        "address",
        "add",
        "c/o Casa",
        "--street",
        "Rua 1",
        "--postcode",
        "4000",
        "--city",
        "Porto",
    )
    outcome = cowork(*words)
    assert (outcome.code, "--country" in outcome.err) == (2, True)
    assert cowork(*words, "--country", "pt", "--json").data["country"] == "PT"
    german = ("--street", "Ring 1", "--postcode", "10115", "--city", "Berlin", "--json")
    assert cowork("address", "add", "c/o Haus", *german).data["country"] == "DE"
