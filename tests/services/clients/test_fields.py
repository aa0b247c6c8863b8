"""One declaration of what can be told of a client and a project, and everything made from it."""

import sqlite3
from dataclasses import fields as json_fields
from pathlib import Path
from typing import Any

import pytest

from cowork_cli import app
from cowork_cli.domain import fields as declared
from cowork_cli.domain.client import Client, Project
from cowork_cli.domain.fields import CLIENT, PROJECT, Field
from cowork_cli.domain.party import PostalAddress
from cowork_cli.services.clients import fields, importing
from tests.conftest import Cowork

# What is typed, and what the record says then, for each field.
CLIENT_VALUES: dict[str, tuple[str, Any]] = {
    "name": ("Beta", "Beta"),
    "type": ("public", "public"),
    "street": ("Weg 1", "Weg 1"),
    "postcode": ("80331", "80331"),
    "city": ("München", "München"),
    "country": ("at", "AT"),
    "email": ("x@beta.example", "x@beta.example"),
    "vat_id": ("DE136695976", "DE136695976"),
    "leitweg_id": ("04011000-1234512345-06", "04011000-1234512345-06"),
    "buyer_reference": ("PO-7", "PO-7"),
    "language": ("en", "en"),
    "rate": ("105.50", "105.50"),
    "currency": ("chf", "CHF"),
    "tax": ("reduced", "reduced"),
    "exempt_reason": ("§ 4 Nr. 21 UStG", "§ 4 Nr. 21 UStG"),
    "terms": ("30d", 30),
    "skonto": ("2%/10d", "2%/10d"),
    "rounding": ("15m:up:day", "15m:up:day"),
    "travel_factor": ("0.50", "0.5"),
    "note": ("mine", "mine"),
}
PROJECT_VALUES: dict[str, tuple[str | None, Any]] = {
    "name": ("Site", "Site"),
    "rate": ("120", "120"),
    "day_rate": ("800", "800"),
    "hours_per_day": ("7.5", "7.5"),
    "half_day_from": ("3h", 10_800),
    "budget": ("40h", 144_000),
    "rounding": ("6m:nearest:entry", "6m:nearest:entry"),
    "note": ("mine", "mine"),
    "billable": (None, False),
}
# What must be said with a field: how VAT is treated abroad, what a reason is the reason of.
WITH = {"country": {"tax": "standard"}, "exempt_reason": {"tax": "exempt"}}
JSON = {"terms": "terms_days", "half_day_from": "half_day_from_s", "budget": "budget_s"}
BAD = {
    "name": " ", "type": "firm", "country": "Atlantis", "email": "x", "vat_id": "DE1",
    "leitweg_id": "1", "language": "fr", "rate": "much", "currency": "Taler", "tax": "none at all",
    "terms": "soon", "skonto": "2", "rounding": "up", "travel_factor": "7", "day_rate": "x",
    "hours_per_day": "99", "half_day_from": "x", "budget": "lots",
}  # fmt: skip
EMPTIED = (
    "street", "postcode", "city", "email", "vat_id", "leitweg_id", "buyer_reference", "language",
    "skonto", "travel_factor", "note", "exempt_reason",
)  # fmt: skip
name = lambda field: field.name  # noqa: E731


def shown(data: dict[str, Any], field: Field) -> Any:
    key = JSON.get(field.name, field.name)
    return data[key] if key in data else data["address"][key]


def typed(field: Field, value: str | None) -> list[str]:
    return [field.option.rpartition("/")[2]] if value is None else [field.option, value]


def test_the_values_of_this_test_are_of_all_fields() -> None:
    assert list(CLIENT_VALUES) == [field.name for field in CLIENT]
    assert list(PROJECT_VALUES) == [field.name for field in PROJECT]
    free = {"street", "postcode", "city", "buyer_reference", "note", "billable", "exempt_reason"}
    assert BAD.keys() == {field.name for field in (*CLIENT, *PROJECT)} - free


def test_every_kind_has_a_check_and_no_check_is_left_over() -> None:
    assert {field.kind for field in (*CLIENT, *PROJECT)} == set(fields.CHECKS)


@pytest.mark.parametrize("field", CLIENT, ids=name)
def test_a_field_of_a_client(acme: Cowork, field: Field, tmp_path: Path) -> None:
    text, value = CLIENT_VALUES[field.name]
    base = [] if field.name == "name" else ["--name", "Beta"]
    more = WITH.get(field.name, {})
    said = [word for name, value in more.items() for word in (f"--{name}", value)]
    added = acme("client", "add", "beta", *base, *said, *typed(field, text), "--json")
    assert shown(added.data, field) == value, str(added)
    assert shown(acme("client", "show", "acme", "--json").data, field) != value
    edited = acme("client", "edit", "acme", *said, *typed(field, text), "--json")
    assert shown(edited.data, field) == value, str(edited)
    assert shown(acme("client", "show", "acme", "--json").data, field) == value
    file = tmp_path / "clients.csv"
    file.write_text(f"id;{field.option[2:]}\ngamma;{text}\n" if field.name == "name" else
                    f"id;name;{';'.join((*more, field.option[2:]))}\n"
                    f"gamma;Gamma;{';'.join((*more.values(), text))}\n", encoding="utf-8")  # fmt: skip
    done = acme("client", "import", str(file))
    assert done.code == 0, str(done)
    assert shown(acme("client", "show", "gamma", "--json").data, field) == value


@pytest.mark.parametrize("field", PROJECT, ids=name)
def test_a_field_of_a_project(acme: Cowork, field: Field) -> None:
    text, value = PROJECT_VALUES[field.name]
    words = typed(field, text)
    if field.name == "hours_per_day":  # it counts, and is shown, beside a day rate
        words += ["--day-rate", "800"]
    added = acme("project", "add", "acme/new", *words, "--json")
    assert shown(added.data, field) == value, str(added)
    assert shown(acme("project", "show", "acme/site", "--json").data, field) != value
    edited = acme("project", "edit", "acme/site", *words, "--json")
    assert shown(edited.data, field) == value, str(edited)
    assert shown(acme("project", "show", "acme/site", "--json").data, field) == value


@pytest.mark.parametrize(
    ("noun", "id_", "field"),
    [("client", "acme", field) for field in CLIENT if field.name in BAD]
    + [("project", "acme/site", field) for field in PROJECT if field.name in BAD and field.name != "name"],
    ids=lambda value: value if isinstance(value, str) else value.name,
)  # fmt: skip
def test_a_value_that_cannot_be_changes_nothing(
    acme: Cowork, noun: str, id_: str, field: Field
) -> None:
    before = acme(noun, "show", id_, "--json").data
    outcome = acme(noun, "edit", id_, field.option, BAD[field.name])
    assert outcome.code == 2, str(outcome)
    assert "hint:" in outcome.err
    assert acme(noun, "show", id_, "--json").data == before


@pytest.mark.parametrize("field", [field for field in CLIENT if field.name in EMPTIED], ids=name)
def test_what_was_told_can_be_taken_back(acme: Cowork, field: Field) -> None:
    said = [
        word for name, value in WITH.get(field.name, {}).items() for word in (f"--{name}", value)
    ]
    acme("client", "edit", "acme", *said, *typed(field, CLIENT_VALUES[field.name][0]))
    assert shown(acme("client", "show", "acme", "--json").data, field) is not None
    outcome = acme("client", "edit", "acme", field.option, "", "--json")
    assert shown(outcome.data, field) is None, str(outcome)


def test_add_and_edit_have_the_same_options() -> None:
    own = {"client": {"--from", "--rename"}, "project": {"--from", "--rename"}}
    for noun, rows in (("client", CLIENT), ("project", PROJECT)):
        expected = {spelling for field in rows for spelling in field.option.split("/")}
        for word in ("add", "edit"):
            names = {
                spelling
                for parameter in app.find((noun, word)).command.params
                for spelling in (*parameter.opts, *parameter.secondary_opts)
                if spelling.startswith("--") and spelling != "--help"
            }
            assert names - own[noun] == expected
            assert (names > expected) == (word == "edit")


@pytest.mark.file_store(reason="looks into the file")
def test_columns_of_store_and_import_and_fields_of_json(acme: Cowork, home: Path) -> None:
    store = sqlite3.connect(home / "data" / "cowork.db")
    for table, rows, kind in (("clients", CLIENT, Client), ("projects", PROJECT, Project)):
        columns = {row[1] for row in store.execute(f"PRAGMA table_info({table})")}
        apart = {"rate", "day_rate", "budget"}  # of other tables, or of two columns
        assert {field.column or field.name for field in rows} - apart <= columns
        known = {field.name for field in json_fields(kind)}
        known |= {field.name for field in json_fields(PostalAddress)}
        assert {JSON.get(field.name, field.name) for field in rows} <= known
    store.close()
    assert ("id", *(field.name for field in CLIENT)) == importing.COLUMNS


def test_a_first_rate_an_hour_then_a_day(acme: Cowork) -> None:
    outcome = acme("project", "edit", "acme/site", "--rate", "1", "--day-rate", "2")
    assert (outcome.code, "not both" in outcome.err) == (2, True)
    acme("project", "edit", "acme/site", "--rate", "90")
    data = acme("project", "edit", "acme/site", "--day-rate", "700", "--json").data
    assert (data["rate"], data["day_rate"]) == (None, "700")
    assert acme("project", "edit", "acme/site", "--budget", "none", "--json").data["budget"] is None
    half = acme("project", "edit", "acme/site", "--half-day-from", "8h")
    assert (half.code, "half a day" in half.err) == (2, True)
    assert acme("project", "edit", "acme/site", "--from", "2027-01-01").code == 2


def test_a_project_is_named_with_its_client(acme: Cowork) -> None:
    outcome = acme("project", "add", "acme")
    assert (outcome.code, "write it as `CLIENT/ID`" in outcome.err) == (2, True)


def test_the_declaration_is_data_alone() -> None:
    assert declared.CLIENT[7].option == "--vat-id"
    assert declared.PROJECT[-1].option == "--billable/--non-billable"
