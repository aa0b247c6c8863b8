"""Functions of the store whose answers no command shows whole: each line of them can fail here."""

import os
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cowork_cli.domain.money import Money
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.period import Period
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Hours, Source, Space
from cowork_cli.errors import Locked
from cowork_cli.paths import locate
from cowork_cli.store import (
    bookings,
    books,
    changed,
    clients,
    entries,
    invoice_issue,
    jobs,
    names,
    rates,
)
from cowork_cli.store.cache import Cache
from cowork_cli.store.engine import files, undo
from cowork_cli.store.engine.store import Store
from tests import stores

pytestmark = pytest.mark.both_stores


def _client(store: Store, slug: str = "acme", **more: Any) -> int:
    return stores.insert(
        store, "clients", slug=slug, name=slug.upper(), type="business", currency="EUR", **more
    )


def _entry(store: Store, project: int, from_at: int, to_at: int | None, **more: Any) -> int:
    return stores.insert(
        store, "entries", project_id=project, from_at=from_at, to_at=to_at,
        **{"timezone": "Europe/Berlin", "day": "1970-01-01", "billable": 1, **more},
    )  # fmt: skip


def test_an_entry_like_another_is_all_that_it_is(store: Store) -> None:
    project = stores.insert(store, "projects", client_id=_client(store), slug="site")
    first = _entry(
        store, project, 1000, 2000, note="Concept", tags="a,b", place="local:hafen", billable=0
    )
    late = 23 * 3600 + 60  # after midnight in Berlin, before it in UTC
    with store.transaction():
        second = entries.add_like(store, first, late, late + 600)
    one, two = store.rows("SELECT * FROM entries ORDER BY id")
    assert (two.id, two.from_at, two.to_at, two.day) == (second, late, late + 600, "1970-01-02")
    for column in ("project_id", "note", "tags", "place", "timezone", "billable", "invoice_id"):
        assert getattr(two, column) == getattr(one, column), column
    assert two.uuid != one.uuid


def _billing(store: Store, client: int, entry: int) -> int:
    """A draft with one line and one entry behind it."""
    invoice = stores.insert(
        store, "invoices", state="draft", type=380, series="", client_id=client, currency="EUR",
        net=1, gross=1, vat="[]", created_at=1,
    )  # fmt: skip
    line = stores.insert(
        store, "invoice_lines", invoice_id=invoice, position=1, text="Work", quantity="1",
        unit="hour", price="1", vat_rate="19", vat_category="S", net=1,
    )  # fmt: skip
    uuid = store.value("SELECT uuid FROM entries WHERE id = ?", entry)
    stores.insert(
        store, "invoice_entries", invoice_id=invoice, line_id=line, entry_id=entry,
        entry_uuid=uuid, seconds=9,
    )  # fmt: skip
    with store.transaction():
        entries.change(store, entry, {"invoice_id": invoice})
    return invoice


def test_what_one_invoice_held_is_free_and_what_others_hold_is_not(store: Store) -> None:
    client = _client(store)
    project = stores.insert(store, "projects", client_id=client, slug="site")
    first, second, third = (_entry(store, project, start, start + 9) for start in (10, 20, 30))
    before, released, after = (_billing(store, client, entry) for entry in (first, second, third))
    with store.transaction():
        entries.change_many(store, entries.to_release(store, released))
    assert store.rows("SELECT id, invoice_id FROM entries ORDER BY id") == [
        (first, before),
        (second, None),
        (third, after),
    ]


def test_standing_bookings_of_a_desk_and_of_its_space(store: Store) -> None:
    for identity in ("hafen", "dorf"):
        stores.insert(store, "spaces", account="local", identity=identity, name=identity)
    desks = [
        stores.insert(store, "desks", space_id=space, identity=name, name=name, kind="desk")
        for space, name in ((1, "one"), (1, "two"), (2, "three"))
    ]
    ends = [(0, 100, "confirmed"), (0, 200, "confirmed"), (1, 200, "confirmed")]
    ends += [(1, 300, "cancelled"), (2, 300, "confirmed")]
    for number, (desk, to_at, state) in enumerate(ends):
        stores.insert(
            store, "local_bookings", desk_id=desks[desk], from_at=10, to_at=to_at, state=state,
            key=str(number),
        )  # fmt: skip
    assert [bookings.standing_at_desk(store, desk, 150) for desk in desks] == [1, 1, 1]
    assert [bookings.standing_at_desk(store, desk, 50) for desk in desks] == [2, 1, 1]
    assert [bookings.standing_at_space(store, space, 50) for space in (1, 2)] == [3, 1]
    assert [bookings.standing_at_space(store, space, 200) for space in (1, 2)] == [0, 1]


def test_the_local_book_stands_and_is_struck_out(store: Store) -> None:
    stores.insert(store, "spaces", account="local", identity="hafen", name="Hafen")
    desk = stores.insert(store, "desks", space_id=1, identity="one", name="One", kind="desk")
    with store.transaction() as journal:
        row_id = bookings.add_local(
            journal, {"desk_id": desk, "from_at": 10, "to_at": 20, "key": "k", "person": "Ada"}
        )
    line = bookings.local_by_id(store, row_id)
    assert line == bookings.LocalRow(
        row_id, Ref("local", "hafen/one"), 10, 20, "Ada", None, "confirmed", "k"
    )
    assert bookings.taken(store, desk, 19, 30) == [line]
    assert bookings.taken(store, desk, 20, 30) == []
    with store.transaction() as journal:
        bookings.strike_out_local(journal, row_id)
    assert bookings.taken(store, desk, 19, 30) == []
    struck = bookings.local_by_key(store, "k")
    assert struck is not None
    assert struck.state == "cancelled"


def test_uses_of_a_key_and_of_its_later_attempts(store: Store) -> None:
    for kind, key in [("booking", key) for key in ("k", "k#2", "k2", "kk", "K")] + [
        ("cancellation", "k")
    ]:
        with store.transaction() as journal:
            bookings.intend(journal, kind, "hafen", key, {"booking": 1}, 5)
    assert bookings.key_uses(store, "k") == 2
    with store.transaction() as journal:
        bookings.settle(journal, 1, "refused", 7, "too late")
    assert store.row("SELECT state, settled_at, detail FROM intents WHERE id = 1") == (
        "refused", 7, "too late",
    )  # fmt: skip
    assert [intent.id for intent in bookings.unsettled(store)] == [2, 3, 4, 5, 6]


def test_numbers_go_on_and_begin_where_they_may(store: Store) -> None:
    with store.transaction():
        assert invoice_issue.take_number(store, "R", 2026, 40) == 40
        assert invoice_issue.take_number(store, "R", 2026, 1) == 41
        assert invoice_issue.take_number(store, "R", 2026, 50) == 50
        assert invoice_issue.take_number(store, "R", 0, 1) == 1
        assert invoice_issue.take_number(store, "S", 2026, 1) == 1
    assert [invoice_issue.last_number(store, "R", year) for year in (2026, 0, 2025)] == [50, 1, 0]


def test_archived_projects_and_rates_of_a_day(store: Store) -> None:
    old, new = _client(store, "old", archived=1), _client(store, "new")
    stores.insert(store, "projects", client_id=old, slug="a")
    stores.insert(store, "projects", client_id=new, slug="b", archived=1)
    stores.insert(store, "projects", client_id=new, slug="c")
    every = clients.projects(store, "2026-11-25", archived=True)
    assert [(project.id, project.archived) for project in every] == [
        ("new/b", True), ("new/c", False), ("old/a", True),
    ]  # fmt: skip
    assert [p.id for p in clients.projects(store, "2026-11-25", archived=False)] == ["new/c"]
    for since, rate in (("0001-01-01", "80"), ("2026-07-01", "90"), ("2027-01-01", "100")):
        stores.insert(store, "rates", client_id=new, valid_from=since, rate=rate)
    book = rates.rates(store)
    assert [str(book.on(0, new, day)) for day in ("2026-06-30", "2026-07-01", "2027-01-01")] == [
        "80", "90", "100",
    ]  # fmt: skip
    assert book.on(0, old, "2026-07-01") is None
    with store.transaction():
        changes = clients.NewRate(Decimal(95))
        assert clients.update_client(store, new, {}, changes, "2026-11-25")
    assert [str(rates.rates(store).on(0, new, day)) for day in ("2026-06-30", "2026-07-01")] == [
        "80", "95",
    ]  # fmt: skip


def test_names_for_tab_are_written_again_only_after_a_change(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "names.tsv"
    _client(store)
    names.refresh(store, path)
    assert path.read_text().splitlines()[1:] == ["client\tacme\tACME"]
    os.utime(path, ns=(1, 1))
    names.refresh(store, path)
    assert path.stat().st_mtime_ns == 1
    _client(store, "b")
    names.refresh(store, path)
    assert path.read_text().splitlines()[1:] == ["client\tacme\tACME", "client\tb\tB"]


def test_a_record_is_found_by_every_name_it_had(store: Store) -> None:
    client = _client(store)
    project = stores.insert(store, "projects", client_id=client, slug="site")
    entry = _entry(store, project, 1000, 2000)
    with store.transaction() as journal:
        journal.update("clients", client, {"slug": "beta"})
        journal.delete("entries", entry)
    assert changed.find(store, "acme") == ("clients", client)
    assert changed.find(store, "beta") == ("clients", client)
    assert changed.find(store, "beta/site") == ("projects", project)
    assert changed.find(store, f"e-{entry}") == ("entries", entry)
    assert changed.find(store, f"e-{entry + 1}") is None
    assert changed.find(store, "beta/other") is None
    (change,) = undo.history(store.journal)
    assert changed.touched(store, change.rows) == [
        ("client", "beta", "added"),
        ("project", "beta/site", "added"),
    ]


def test_the_newest_backup_is_the_one_written_last(tmp_path: Path) -> None:
    assert files.newest_backup(tmp_path / "none") is None
    for second, name in enumerate(["b.zip", "a b.db", ".hidden.zip", "c.txt"]):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (second, second))
    assert files.newest_backup(tmp_path) == tmp_path / "a b.db"
    assert files.advice(tmp_path).endswith(f"`cowork data restore '{tmp_path / 'a b.db'}'`")


def test_the_cache_names_the_one_seen_last_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache.db")
    for second, name in enumerate(["a", "b", "c"]):
        ref = Ref("hafen", name)
        cache.remember(
            [Space(ref=ref, name=name, address=PostalAddress(None, None, None, None), lat=None,
                   lon=None, kinds=(), amenities={}, hours=Hours(None), price_from=None,
                   website=None, phone=None, email=None, timezone="UTC", prices=(),
                   sources=(Source("hafen", ref, None, None),))],
            second,
        )  # fmt: skip
    assert [name for _, name in cache.names()] == ["c", "b", "a"]
    space = cache.by_ref(Ref("hafen", "b"))
    assert space is not None
    assert space.name == "b"
    cache.close()


def test_entries_of_a_project_a_client_and_those_to_be_billed(store: Store) -> None:
    projects = [
        stores.insert(store, "projects", client_id=client, slug=slug)
        for client, slugs in (
            (_client(store), ("site", "app")),
            (_client(store, "nova"), ("site",)),
        )
        for slug in slugs
    ]
    for number, project in enumerate([*projects, projects[0], projects[0], projects[0]]):
        last = number == 5
        _entry(store, project, number * 10, None if last else number * 10 + 9, billable=number != 3)
    _billing(store, 1, 5)
    whole = Period(None, None)

    def shown(**named: Any) -> list[str]:
        return [entry.id for entry in entries.listed(store, whole, 100, **named)]

    assert shown() == ["e-1", "e-2", "e-3", "e-4", "e-5", "e-6"]
    assert shown(project="acme/site") == ["e-1", "e-4", "e-5", "e-6"]
    assert shown(client="acme") == ["e-1", "e-2", "e-4", "e-5", "e-6"]
    assert shown(client="nova", project="nova/site") == ["e-3"]
    assert shown(unbilled=True) == ["e-1", "e-2", "e-3"]
    assert shown(client="acme", unbilled=True) == ["e-1", "e-2"]


def _issued(store: Store, invoice: int, **more: Any) -> None:
    with store.transaction() as journal:
        values = {"number": f"2026-{invoice:04}", "date": "2026-11-01", "document": "{}", **more}
        journal.update("invoices", invoice, {**values, "state": "issued"})


def test_what_was_billed_of_one_project_and_in_a_currency_without_a_rate(store: Store) -> None:
    client = _client(store)
    site, app = (
        stores.insert(store, "projects", client_id=client, slug=slug) for slug in ("site", "app")
    )
    for number, (project, currency, rate) in enumerate(
        [(site, "EUR", None), (app, "EUR", None), (site, "USD", None), (site, "USD", "0.80")]
    ):
        invoice = _billing(store, client, _entry(store, project, number * 10, number * 10 + 9))
        with store.transaction() as journal:
            journal.update("invoice_lines", invoice, {"net": (1, 300, 7, 250)[number]})
        vat_currency = "EUR" if rate else currency
        _issued(store, invoice, currency=currency, vat_currency=vat_currency, exchange_rate=rate)
    billed = jobs.billed_net(store, client, site, "2026-11-01")
    assert billed == [
        ("2026-0001", Money(1)),
        ("2026-0003", Money(7, "USD")),
        ("2026-0004", Money(250, "USD")),
    ]
    assert jobs.billed_net(store, client, app, "2026-11-01") == [("2026-0002", Money(300))]
    assert jobs.billed_net(store, client, app, "2026-11-02") == []
    hours = books.billed_hours(store, Period(None, None))
    assert [(row.project, row.net.minor) for row in hours] == [
        ("site", 1),
        ("app", 300),
        ("site", 200),
    ]


def test_what_is_no_day_comes_into_no_statement(store: Store) -> None:
    for odd in ("2026-1-1", "2026-01-01'", "' OR '' = '"):
        with pytest.raises(ValueError, match=f"^not a day: {re.escape(odd)}$"):
            entries.used_sums(store, [1], [odd])
    assert entries.used_sums(store, [1], ["2026-01-01"]) == []


def test_who_drafted_cannot_take_back_what_another_has_issued(tmp_path: Path) -> None:
    def of(person: str) -> Store:
        return stores.open_store(
            locate({"COWORK_HOME": str(tmp_path)}), now_ms=1_764_090_000_000, command="test",
            expected=False, note=print, person=person,
        )  # fmt: skip

    anna = of("anna")
    invoice = stores.insert(
        anna, "invoices", state="draft", type=380, series="", client_id=_client(anna),
        currency="EUR", net=1, gross=1, vat="[]", created_at=1,
    )  # fmt: skip
    ben = of("ben")
    _issued(ben, invoice)
    with pytest.raises(Locked) as raised:
        undo.undo(anna.journal, 1)
    assert raised.value.message == "invoice 2026-0001 is issued; nothing was undone"
    assert raised.value.hint == "use `cowork invoice cancel 2026-0001`"
    assert anna.value("SELECT state FROM invoices") == "issued"
    for store in (anna, ben):
        store.close()
