"""Picking fields with `--json=…`, the names of columns, and money for programs."""

import csv
import io

import pytest

from tests.conftest import Cowork


@pytest.fixture
def billed(seller: Cowork) -> Cowork:
    """Two clients, and one draft of 190 euro net."""
    assert seller("client", "add", "acme", "--name", "ACME GmbH", "--rate", "95").code == 0
    assert seller("client", "add", "beta", "--name", "Beta", "--city", "Köln").code == 0
    assert seller("project", "add", "acme/site").code == 0
    for day in ("2026-11-23", "2026-11-24"):
        line = (
            "track",
            "add",
            "acme/site",
            "--on",
            day,
            "--from",
            "9:00",
            "--for",
            "1h",
            "Konzept",
        )
        assert seller(*line).code == 0
    assert seller("invoice", "draft", "acme", "--group", "day").code == 0
    return seller


def test_json_with_fields_has_only_them(billed: Cowork) -> None:
    found = billed("client", "list", "--json=id,address.city")
    assert found.json["command"] == ["client", "list"]
    assert found.data == [
        {"id": "acme", "address.city": None},
        {"id": "beta", "address.city": "Köln"},
    ]
    shown = billed("invoice", "show", "draft-1", "--json=id, net.amount ,lines.quantity")
    assert shown.data == {
        "id": "draft-1",
        "net.amount": "190.00",
        "lines.quantity": ["1.00", "1.00"],
    }
    assert billed("track", "status", "--json=project").data is None


def test_the_flag_alone_stays_as_it_is(billed: Cowork) -> None:
    assert "name" in billed("client", "list", "--json").data[0]
    assert billed("--json=id", "client", "list").data[0] == {"id": "acme"}


def test_plain_output_has_one_value_a_line(billed: Cowork) -> None:
    assert billed("client", "list", "--json=id", "-o", "plain").out == "acme\nbeta\n"
    assert billed("-o", "plain", "client", "list", "--json=name,rate").out == (
        "ACME GmbH\t95\nBeta\t\n"
    )
    one = billed("invoice", "show", "draft-1", "--json=id,gross,due", "-o", "plain")
    assert one.out == "draft-1\n226.10 EUR\n\n"
    head = billed("client", "list", "--json=id,name", "-o", "plain", "--header")
    assert head.out.splitlines()[0] == "id\tname"
    sheet = list(
        csv.reader(io.StringIO(billed("client", "list", "--json=id,rate", "-o", "csv").out))
    )
    assert sheet == [["id", "rate"], ["acme", "95"], ["beta", ""]]


def test_an_unknown_field_names_what_there_is(billed: Cowork) -> None:
    refused = billed("client", "add", "gamma", "--name", "G", "--json=id,nmae")
    assert refused.code == 2
    message = refused.json["problems"][0]["message"]
    assert 'no field "nmae"; it has id, name, type, address' in message
    assert "error:" in refused.err
    assert [row[0] for row in billed("client", "list").rows] == ["acme", "beta"], "nothing was done"
    assert billed("client", "list", "--json=id", "-o", "table").code == 2
    assert billed("client", "list", "--json=id,").code == 2
    assert billed("invoice", "list", "--json=gross.per").code == 2


def test_plain_output_says_its_columns(billed: Cowork) -> None:
    plain = billed("client", "list", "-o", "plain", "--header").out.splitlines()
    sheet = billed("client", "list", "-o", "csv").out.splitlines()
    assert plain[0].split("\t") == sheet[0].split(",")
    assert len(plain) == 3
    documented = [row[2] for row in billed("help", "columns", "client", "list").rows]
    assert documented == plain[0].split("\t")
    assert billed("booking", "list", "-o", "plain", "--header").out.startswith("ID\tFrom\tTo\t")
    gaps = billed("track", "gaps", "--today", "-o", "plain", "--header").out.splitlines()
    assert gaps[0] == "From\tTo\tDuration s"
    refused = billed("client", "list", "--header", "--json")
    assert (refused.code, refused.json["data"]) == (2, None)


def test_help_columns_of_what_is_not_there(cowork: Cowork) -> None:
    assert cowork("help", "columns", "invoyce").code == 2
    everything = cowork("help", "columns").rows
    assert ["search" in row[0] for row in everything].count(True) > 5
    assert (
        cowork("help", "columns", "search").rows
        == cowork("help", "columns", "space", "search").rows
    )


def test_an_amount_and_its_currency_have_columns_of_their_own(billed: Cowork) -> None:
    sheet = csv.DictReader(io.StringIO(billed("invoice", "list", "-o", "csv").out))
    row = next(sheet)
    assert row["Gross"] == "226.10 EUR", "what was there stays as it was"
    assert (row["Gross amount"], row["Gross currency"]) == ("226.10", "EUR")
    assert list(row)[:11] == [
        "Number", "Date", "Client", "Net", "Gross", "Open", "Due", "State", "Paid", "Kind", "Reminded",
    ]  # fmt: skip
    unbilled = billed("report", "unbilled").rows
    assert unbilled[0][-2:] == ["190.00", "EUR"]
    hours = billed("report", "hours").rows
    assert hours[0][4:] == ["190.00 EUR", "190.00", "EUR"]


def test_a_price_is_taken_apart(cowork: Cowork) -> None:
    assert cowork("space", "add", "Werkraum", "--postcode", "10115", "--city", "Berlin").code == 0
    assert cowork("desk", "add", "werkraum", "Tisch", "--price", "day=18gross").code == 0
    assert cowork("desk", "list", "werkraum").rows[0][-4:] == ["18.00", "EUR", "day", "gross"]


def test_an_invoice_keeps_its_lines_in_a_pipe(billed: Cowork) -> None:
    shown = billed("invoice", "show", "draft-1")
    assert len(shown.rows) == 1, "one record a line"
    lines = shown.rows[0][-1].replace("\\n", "\n").replace("\\t", "\t").splitlines()
    assert len(lines) == 2
    assert lines[0].split("\t")[1:] == ["1.00", "hour", "95", "19", "95.00 EUR"]
    assert "Konzept" in lines[0] or "2026" in lines[0]
