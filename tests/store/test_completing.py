"""What `_names` answers over a real home: each kind with what a person knows the thing by."""

import sqlite3
from pathlib import Path

import pytest

from cowork_cli.paths import locate
from cowork_cli.store.completing import offered
from tests.conftest import Cowork

pytestmark = pytest.mark.usefixtures("november")

WHERE = (
    "--street",
    "Ring 5",
    "--postcode",
    "50667",
    "--city",
    "Köln",
    "--hours",
    "Mo-Fr 08:00-18:00",
)


def ok(cowork: Cowork, *words: str) -> None:
    outcome = cowork(*words)
    assert outcome.code == 0, str(outcome)


def names(cowork: Cowork, kind: str, prefix: str = "") -> list[list[str]]:
    outcome = cowork("_names", kind, prefix)
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.rows


@pytest.fixture
def office(acme: Cowork) -> Cowork:
    for words in (
        ("space", "add", "Hafen", *WHERE),
        ("desk", "add", "Hafen", "Fenster"),
        ("book", "Fenster", "--on", "2026-12-01", "--from", "9:00", "--to", "17:00"),
        ("absence", "add", "2026-12-24..2027-01-01", "--text", "Skiing"),
        ("standing", "add", "mondays", "Fenster", "--every", "mon", "--ahead", "7d"),
        ("expense", "add", "--text", "Paper", "--net", "10", "--date", "2026-11-02"),
        ("address", "add", "Hafenbüro", "--space", "Hafen"),
        ("contract", "add", "Desk", "--starts", "2026-01-01", "--price", "99", "--per", "month",
         "--notice", "4w to month-end"),
        ("post", "add", "--kind", "letter", "--sender", "Finanzamt", "--received", "2026-11-20"),
        ("track", "add", "acme/site", "Logo", "--on", "2026-11-23", "--from", "22:00", "--to",
         "2026-11-24T01:00", "--tag", "deep", "--place", "Zuhause am Fluss"),
        ("invoice", "draft", "acme"), ("invoice", "issue", "--all", "--date", "2026-11-24", "--force"),
        ("start", "acme/site", "--at", "17:00"),
        ("data", "backup"),
    ):  # fmt: skip
        ok(acme, *words)
    return acme


@pytest.mark.file_store(reason="TAB reads the file")
def test_each_kind_with_what_it_is_known_by(office: Cowork) -> None:
    assert names(office, "booking") == [
        ["b-1", "Tue 1 Dec 2026 09:00-17:00, Fenster, Hafen"],
    ]
    assert names(office, "absence") == [["off-1", "2026-12-24..2027-01-01, Skiing"]]
    assert names(office, "standing")[0][0] == "mondays"
    assert names(office, "expense") == [["x-1", "2026-11-02, Paper"]]
    assert names(office, "address,contract") == [["a-1", "Hafenbüro"], ["c-1", "Desk"]]
    assert names(office, "post", "finanz") == [["p-1", "Finanzamt, letter, 2026-11-20"]]
    assert names(office, "draft,invoice") == [["2026-0001", "ACME GmbH, 2026-11-24"]]
    assert names(office, "entry") == [
        ["e-2", "Wed 25 Nov 2026 17:00-now  acme/site"],
        ["e-1", "Mon 23 Nov 2026 22:00-01:00  acme/site  Logo"],
    ]
    assert names(office, "entry", "logo") == [
        ["e-1", "Mon 23 Nov 2026 22:00-01:00  acme/site  Logo"]
    ]
    assert names(office, "tag") == [["deep", ""]]
    assert names(office, "workplace", "zu") == [["Zuhause am Fluss", ""]]
    ((backup, size),) = names(office, "backup")
    assert backup.startswith("cowork-2026")
    assert size.endswith(" kB")


def test_what_tab_offers_is_what_the_command_takes(office: Cowork) -> None:
    ((desk, _),) = names(office, "desk", "fen")
    assert desk == "Fenster"
    ok(office, "book", desk, "--on", "2026-12-02")
    ((space, _),) = names(office, "space", "haf")
    ok(office, "space", "show", space)
    ((backup, _),) = names(office, "backup")
    ok(office, "data", "restore", backup, "--dry-run")


def test_two_of_one_name_go_by_their_ref(office: Cowork) -> None:
    ok(office, "space", "add", "Mühle", *WHERE)
    ok(office, "desk", "add", "Mühle", "fenster")
    assert [row[0] for row in names(office, "desk", "fen")] == [
        "local:muehle/fenster",
        "local:hafen/fenster",
    ]


def test_names_that_would_break_a_line_or_a_terminal(acme: Cowork) -> None:
    for name in ("A\u2028b", "C\x85d", "E\x1b]0;x\x07f", "Plain"):
        acme("space", "add", name, *WHERE)
    rows = names(acme, "space")
    assert len(rows) == 4, "none is lost, whatever another one is called"
    assert all(cell.isprintable() for row in rows for cell in row)


@pytest.mark.file_store(reason="TAB reads the file")
def test_a_zone_that_nobody_knows_loses_no_name(office: Cowork, home: Path) -> None:
    with sqlite3.connect(home / "data" / "cowork.db") as raw:
        raw.execute("UPDATE bookings SET timezone = 'Mars/Olympus'")
    ok(office, "client", "edit", "acme", "--name", "Another")
    assert names(office, "booking") == [["b-1", "Fenster, Hafen"]]
    assert names(office, "client") == [["acme", "Another"]]


def test_accounts_of_both_files(office: Cowork, home: Path) -> None:
    ok(office, "account", "add", "hafen", "--provider", "cobot")
    (home / "config" / "config.toml").write_text(
        '[seller]\nname = "x"\n\n[accounts."werk-2"]\nprovider = "ical"\n[accounts.hafen]\n'
    )
    assert names(office, "account") == [["hafen", "cobot"], ["werk-2", "ical"]]


def test_a_file_of_an_earlier_form_is_written_anew(office: Cowork, home: Path) -> None:
    file = home / "state" / "names.tsv"
    stamp = file.read_text(encoding="utf-8").partition("\n")[0].partition(".")[2]
    file.write_text(f"{stamp}\nspace\tlocal:hafen\tHafen\n", encoding="utf-8")
    assert names(office, "space", "haf") == [["Hafen", "local:hafen"]]
    assert names(office, "desk", "fen") == []
    ok(office, "client", "list")
    assert names(office, "desk", "fen")[0][0] == "Fenster"


def test_nothing_there_is_no_trouble(cowork: Cowork) -> None:
    for kind in ("entry", "tag", "workplace", "backup", "account", "space", "moon"):
        assert names(cowork, kind) == []


JUNK = {"bytes": bytes(range(256)), "UTF-16": "\ufeff1.2\n".encode("utf-16"), "zeros": bytes(5000)}


@pytest.mark.file_store(reason="TAB reads the file")
@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
def test_what_is_made_from_the_store_and_was_damaged_stops_nothing(
    office: Cowork, home: Path, junk: bytes
) -> None:
    """What a power cut leaves of a file that anything can make again: a command has done its work before it is read."""
    file = home / "state" / "names.tsv"
    whole = file.read_bytes()
    for name in ("names.tsv", "unbilled.tsv", "copy", "away", "told-hosts"):
        (home / "state" / name).write_bytes(junk)
    assert names(office, "client") == []
    done = office(
        "track", "add", "acme/site", "--on", "2026-11-20", "--from", "9:00", "--to", "10:00"
    )
    assert done.code == 0, str(done)
    for line in (("status",), ("prompt",), ("report", "unbilled"), ("data", "verify")):
        assert office(*line).code == 0, str(office(*line))
    assert file.read_bytes().splitlines()[1:] == whole.splitlines()[1:]


def test_what_cannot_be_shown_in_a_line_is_not_offered(home: Path) -> None:
    file = Path(locate({"COWORK_HOME": str(home)}).names_path)
    file.parent.mkdir(parents=True)
    file.write_text("names\nclient\tac\x07me\tACME\nclient\tnova\tNo\x07va\n", encoding="utf-8")
    env = {"COWORK_HOME": str(home)}
    assert list(offered(["client"], "", env)) == [("nova", "No va")]
    assert list(offered(["client"], "-", env)) == []  # nothing in it that a name could hold


@pytest.mark.file_store(reason="TAB reads the file")
def test_backups_that_begin_so(office: Cowork, home: Path) -> None:
    (backup,) = (home / "data" / "backups").iterdir()
    assert [row[0] for row in names(office, "backup", backup.name[:9])] == [backup.name]
    assert names(office, "backup", "another") == []
