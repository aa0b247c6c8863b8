"""What is noted of a thing a second time takes the place of what was noted before, in the same row."""

from dataclasses import replace
from datetime import date

import pytest

from cowork_cli.domain.day import Day, Stay
from cowork_cli.errors import StoreBusy
from cowork_cli.store import addresses, bank, days, team
from cowork_cli.store.engine import integrity, whose
from cowork_cli.store.engine.store import Store
from tests import stores

pytestmark = pytest.mark.both_stores


def test_of_an_address(store: Store) -> None:
    number = stores.insert(store, "addresses", name="Office", state="active")
    assert addresses.one(store, number + 1) is None
    for values in ({"allowed": "no", "clause": "§ 1", "noted": "2026-01-01"}, {"allowed": "yes"}):
        with store.transaction() as journal:
            addresses.note_use(journal, store, number, "imprint", values)
    assert store.rows("SELECT address_id, purpose, allowed, clause FROM address_uses") == [
        (number, "imprint", "yes", "§ 1")
    ]
    for item in ({"done": "2026-01-01", "note": "by post"}, {"done": "2026-02-01"}):
        with store.transaction() as journal:
            addresses.note_item(journal, store, number, "identity", item)
    assert store.rows("SELECT address_id, item, done, note FROM address_dossier") == [
        (number, "identity", "2026-02-01", "by post")
    ]


def test_of_the_columns_of_a_statement(store: Store) -> None:
    for column in ("Wert", "Betrag"):
        with store.transaction():
            bank.keep_mapping(store, ["Tag", "Wert", "Betrag"], {"amount": [column]})
    assert bank.mappings(store) == {("Tag", "Wert", "Betrag"): {"amount": ["Betrag"]}}
    assert store.value("SELECT count(*) FROM bank_mappings") == 1


def test_of_a_day(store: Store) -> None:
    """A place that was not said again is gone, one that is new is there, and one that stays keeps its row."""
    home, hub = (
        Stay(place, kind, 3600, None, None, "said")
        for place, kind in (("home", "home"), ("hub", "space"))
    )
    train = Stay("train", "travel", 1800, "08:00", "08:30", "said")
    day = Day(date(2026, 11, 24), "HC", "mixed", 7200, 3600, False, (home, hub))
    with store.transaction() as journal:
        days.add(journal, day, work=True)
    number = days.row_of(store, day.date)
    assert number is not None
    (row,) = [
        row for row, place in store.rows("SELECT id, place FROM day_stays") if place == "home"
    ]
    again = replace(day, stays=(replace(home, duration_s=5400), train))
    for changed in (True, False):  # the second time it is that way already
        with store.transaction() as journal:
            assert days.change(store, journal, number, again, work=True) is changed
    kept = store.rows("SELECT id, place, seconds FROM day_stays ORDER BY place")
    assert kept[0] == (row, "home", 5400)
    assert [(place, seconds) for _, place, seconds in kept[1:]] == [("train", 1800)]


def test_of_the_owner_only_one_is_heard(store: Store) -> None:
    with store.transaction():
        whose.say(store.connection, "anna")
        whose.say(store.connection, "anna")
    with pytest.raises(StoreBusy) as raised, store.transaction():
        whose.say(store.connection, "ben")
    assert raised.value.message == "somebody else was named here just now"
    assert whose.owner(store.connection) == "anna"


def test_of_a_person_who_was_of_the_team_nothing_is_left(store: Store) -> None:
    """What was erased once is erased: the second time there is nothing more to take out of the journal."""
    person = stores.insert(store, "people", name="Xaverina", source="typed", added_on="2026-01-01")
    member = stores.insert(store, "members", name="xaverina", person_id=person)
    other = stores.insert(store, "members", name="ben")
    with store.transaction() as journal:
        assert team.forget(store, journal, person) == [("members", member)]
        journal.delete("people", person)
    for erased in (2, 0):
        with store.transaction() as journal:
            assert journal.erase("people", person, "2026-11-25") == erased
    assert store.rows("SELECT id FROM members") == [(other,)]
    assert store.value("SELECT count(*) FROM erasures") == 1
    assert integrity.chain(store.connection) == integrity.erased(store.connection) == []
    with pytest.raises(ValueError, match="clients is not sealed"), store.transaction() as journal:
        journal.erase("clients", 1, "2026-11-25")
