"""Numbers of invoices and quotes: which comes next, and what is no number."""

from datetime import date
from typing import Any

import pytest

from cowork_cli.errors import BadInput, ConfigError, Conflict
from cowork_cli.services.invoices import numbering
from cowork_cli.store import invoice_issue, quotes
from cowork_cli.store.engine.store import Store

LATE, EARLY = date(2026, 12, 31), date(2027, 1, 1)


def invoices(store: Store, *days: date, series: str = "invoice", **told: str) -> list[str]:
    settings = {"invoice.number_format": "{year}-{seq:04}", f"invoice.next.{series}": None}
    asked: dict[str, Any] = settings | {key.replace("__", "."): text for key, text in told.items()}
    taken = []
    for day in days:
        number = numbering.next_invoice_number(store, series, day, asked.__getitem__)
        assert number == numbering.next_invoice_number(store, series, day, asked.__getitem__)
        with store.transaction():
            numbering.take(store, number)
        taken.append(number.text)
    return taken


def test_they_are_in_a_row_and_start_again_each_year(store: Store) -> None:
    assert invoices(store, LATE, LATE, EARLY) == ["2026-0001", "2026-0002", "2027-0001"]
    assert invoices(store, LATE, EARLY) == ["2026-0003", "2027-0002"]


def test_without_the_year_in_the_format_they_go_on(store: Store) -> None:
    told = {"invoice.number_format": "R{seq}"}
    assert invoices(store, LATE, EARLY, **told) == ["R1", "R2"]
    assert invoices(store, LATE) == ["2026-0001"]  # the year counts from now on
    assert invoices(store, LATE, **{"invoice.number_format": "{year:02}/{seq}"}) == ["2026/2"]


def test_each_series_counts_by_itself(store: Store) -> None:
    form = {"invoice.number_format": "{series}-{year}-{seq}"}
    assert invoices(store, LATE, LATE, **form) == ["invoice-2026-1", "invoice-2026-2"]
    assert invoices(store, LATE, series="AB", **form) == ["AB-2026-1"]


def test_the_first_one_can_be_set_and_never_goes_back(store: Store) -> None:
    assert invoices(store, LATE, LATE, **{"invoice.next.invoice": "17"}) == [
        "2026-0017",
        "2026-0018",
    ]
    assert invoices(store, LATE, **{"invoice.next.invoice": "3"}) == ["2026-0019"]
    assert invoices(store, LATE, **{"invoice.next.invoice": "20"}) == ["2026-0020"]
    assert invoices(store, LATE, **{"invoice.next.invoice": "40"}) == ["2026-0040"]


def test_what_fails_gives_its_number_back(store: Store) -> None:
    with pytest.raises(RuntimeError), store.transaction():
        assert invoice_issue.take_number(store, "invoice", 2026, 1) == 1
        raise RuntimeError
    assert invoice_issue.last_number(store, "invoice", 2026) == 0
    with store.transaction():
        assert invoice_issue.take_number(store, "invoice", 2026, 1) == 1
        assert invoice_issue.take_number(store, "invoice", 2026, 1) == 2
        assert invoice_issue.take_number(store, "invoice", 2026, 7) == 7
        assert invoice_issue.take_number(store, "invoice", 0, 1) == 1
        assert invoice_issue.take_number(store, "AB", 2026, 1) == 1
    assert invoice_issue.last_number(store, "invoice", 2026) == 7


@pytest.mark.parametrize("told", ["0", "-1", "x", "1.5", "²"])
def test_what_is_no_first_number(store: Store, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        invoices(store, LATE, **{"invoice.next.invoice": told})
    assert caught.value.message == f'invoice.next.invoice is "{told}", which is no number'
    assert caught.value.hint == "set it with `cowork config set invoice.next.invoice 1`"
    assert invoice_issue.last_number(store, "invoice", 2026) == 0


def test_quotes_pass_over_what_an_older_format_gave(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def found(asked_of: Store, number: str) -> int | None:
        assert asked_of is store
        asked.append(number)
        return 1 if number in ("A-2026-1", "A-2026-2") else None

    monkeypatch.setattr(quotes, "find", found)
    settings: dict[str, Any] = {"quote.number_format": "A-{year}-{seq}", "quote.next": None}
    with store.transaction():
        assert numbering.next_quote_number(store, LATE, settings.__getitem__) == "A-2026-3"
        assert numbering.next_quote_number(store, EARLY, settings.__getitem__) == "A-2027-1"
        assert invoice_issue.last_number(store, quotes.SERIES, 2026) == 3
        settings |= {"quote.number_format": "{series}{seq}", "quote.next": "9"}
        assert numbering.next_quote_number(store, EARLY, settings.__getitem__) == "quote9"
        assert invoice_issue.last_number(store, quotes.SERIES, 0) == 9
    assert asked == ["A-2026-1", "A-2026-2", "A-2026-3", "A-2027-1", "quote9"]
    settings["quote.next"] = "x"
    with pytest.raises(ConfigError) as caught, store.transaction():
        numbering.next_quote_number(store, EARLY, settings.__getitem__)
    assert caught.value.message == 'quote.next is "x", which is no number'
    assert caught.value.hint == "set it with `cowork config set quote.next 1`"


@pytest.mark.parametrize("series", ["invoice", "A", "9", "a_b-C", "x" * 20])
def test_what_can_name_a_series(series: str) -> None:
    numbering.check_series(series)


@pytest.mark.parametrize("series", ["", "-a", "_a", "a b", "ä", "x" * 21, "a{year}", "a\n"])
def test_what_cannot_name_a_series(series: str) -> None:
    with pytest.raises(BadInput) as caught:
        numbering.check_series(series)
    assert caught.value.message == f'"{series}" cannot name a series of numbers'
    assert caught.value.hint == "use up to 20 letters and figures"


def test_numbers_of_two_series_differ() -> None:
    for series, form in (
        ("invoice", "{year}-{seq}"), ("AB", "{series}-{seq}"), ("AB", "{series:>5}{seq}"),
        ("AB", "AB-{seq}"), ("year", "year-{year}-{seq}"),
    ):  # fmt: skip
        numbering.refuse_mixed_numbers(series, form)
    for series, form in (
        ("AB", "{year}-{seq}"),
        ("year", "{year}-{seq}"),
        ("AB", "A{year}B{seq}"),
        ("X", "{year}"),
    ):
        with pytest.raises(Conflict) as caught:
            numbering.refuse_mixed_numbers(series, form)
        assert caught.value.message == (
            f'the number format "{form}" is the same for every series; numbers of "{series}" would '
            "not be unique"
        )
        assert caught.value.hint == (
            "name the series in it: "
            '`cowork config set invoice.number_format "{series}-{year}-{seq:04}"`'
        )
