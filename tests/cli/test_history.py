"""`undo`, `redo` and `history` through the whole command line."""

import pytest

pytestmark = pytest.mark.both_stores


@pytest.fixture
def worked(acme):
    """A home with one entry that was started and stopped."""
    for words in (
        ("start", "acme/site", "Concept", "--at", "9:00"),
        ("stop", "--at", "11:00"),
    ):
        outcome = acme(*words)
        assert outcome.code == 0, str(outcome)
    return acme


def _entries(cowork):
    return [entry["running"] for entry in cowork("track", "list", "--json").data]


def test_undo_and_redo(worked):
    outcome = worked("undo")
    assert outcome.code == 0, str(outcome)
    assert outcome.rows[0][2:5] == ["track stop --at 11:00", "do", "yes"]
    assert outcome.err == "Take it forward again with `cowork redo`.\n"
    assert _entries(worked) == [True]
    assert worked("redo").rows[0][4] == "no"
    assert _entries(worked) == [False]


def test_a_second_undo_goes_further_back_and_n_takes_several(worked):
    worked("undo")
    worked("undo")
    assert _entries(worked) == []
    worked("redo")
    assert _entries(worked) == [True]
    worked("redo")
    assert _entries(worked) == [False]
    assert [row[2] for row in worked("undo", "2").rows] == [
        "track stop --at 11:00",
        "track start acme/site Concept --at 9:00",
    ]
    assert _entries(worked) == []


def test_json(worked, kind_of_store):
    change = {
        "id": 4,
        "at": "2026-11-25T18:00:00+01:00",
        "command": "track stop --at 11:00",
        "kind": "do",
        "undone": False,
        "records": [{"thing": "entry", "id": "e-1", "action": "changed"}],
        "person": None,
    }
    assert worked("history", "--limit", "1", "--json").data == {"changes": [change]}
    assert worked("undo", "--json").data == {"undone": [{**change, "undone": True}]}
    assert worked("redo", "--json").data == {"redone": [change]}


def test_what_is_left_out_is_said(worked):
    outcome = worked("history", "--limit", "2")
    assert len(outcome.rows) == 2
    assert outcome.err == "there are more; see them with `cowork history --limit 20`\n"
    assert worked("history", "--limit", "2", "--json").json["truncated"] is True
    assert worked("history", "--limit", "4", "--json").json["truncated"] is False


def test_history_of_one_thing(worked):
    for thing, commands in (
        ("e-1", ["track stop --at 11:00", "track start acme/site Concept --at 9:00"]),
        ("acme/site", ["project add acme/site"]),
    ):
        outcome = worked("history", "--of", thing)
        assert outcome.code == 0, str(outcome)
        assert [row[2] for row in outcome.rows] == commands
    (row,) = worked("history", "--of", "acme").rows
    assert row[2].startswith("client add acme ")
    assert row[5] == "added client acme"


def test_history_finds_what_is_gone(worked):
    worked("undo", "4")
    for thing in ("e-1", "acme", "acme/site"):
        assert worked("history", "--of", thing).code == 0, thing


@pytest.mark.parametrize("thing", ["e-99", "nix", "acme/nix", "2026-0001", "draft-7", "x-1"])
def test_history_of_nothing(worked, thing):
    outcome = worked("history", "--of", thing)
    assert outcome.code == 5
    assert f'called "{thing}"' in outcome.err


def test_history_of_an_invoice(worked):
    assert worked("invoice", "draft", "acme").code == 0
    assert worked("invoice", "issue", "draft-1").code == 0
    for thing in ("2026-0001", "draft-1"):
        rows = worked("history", "--of", thing).rows
        assert rows[0][2].startswith("invoice issue")
        assert "changed invoice 2026-0001" in rows[0][5]


def test_an_empty_history(cowork):
    outcome = cowork("history")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "Nothing was changed yet.\n")
    assert cowork("history", "--json").data == {"changes": []}


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (("undo", "0"), 2, "cannot undo 0 changes"),
        (("undo", "-1"), 2, "cannot undo -1 changes"),
        (("undo", "x"), 2, "not a number of changes"),
        (("undo", "9"), 5, "only 4 changes to undo, not 9"),
        (("redo",), 5, "nothing to redo"),
        (("history", "--limit", "0"), 2, "--limit 0"),
    ],
)
def test_what_cannot_be_done(worked, words, code, part):
    outcome = worked(*words)
    assert outcome.code == code, str(outcome)
    assert part in outcome.err
    assert outcome.out == ""
    assert _entries(worked) == [False]


def test_an_issued_invoice_stops_undo_and_names_the_command(worked):
    assert worked("invoice", "draft", "acme").code == 0
    assert worked("invoice", "issue", "draft-1").code == 0
    for count in ("1", "3"):
        outcome = worked("undo", count)
        assert outcome.code == 6, str(outcome)
        assert "2026-0001" in outcome.err
        assert "cowork invoice cancel 2026-0001" in outcome.err
    assert _entries(worked) == [False]
    assert worked("data", "verify").code == 0


def test_on_a_terminal_it_is_a_table(worked):
    worked("undo")
    outcome = worked("history", terminal=True)
    assert "2026-11-25 18:00" in outcome.out
    assert "undone" in outcome.out
    assert "track start acme/site" in outcome.out
