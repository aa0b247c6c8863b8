"""Standing orders and days off as they are typed: `standing …`, `absence …`."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Cowork

ADD = ("standing", "add", "office", "Desk 1", "--every", "mon-fri", "--ahead", "5d")


def at(moment: str) -> dict[str, str]:
    return {"COWORK_NOW": moment}


@pytest.fixture
def desk(cowork: Cowork) -> Cowork:
    cowork("space", "add", "Alte Mühle", "--country", "DE", "--hours", "Mo-Su 08:00-18:00")
    assert cowork("desk", "add", "mühle", "Desk 1").code == 0
    return cowork


def days(cowork: Cowork) -> list[str]:
    return [row["from"][:10] for row in cowork("booking", "list", "--past", "--json").data]


def test_what_is_due_is_booked_once_and_said_once(desk: Cowork) -> None:
    assert desk(*ADD).code == 0
    outcome = desk("standing", "run")
    assert outcome.code == 0
    assert [row[1][:10] for row in outcome.rows] == ["2026-11-26", "2026-11-27", "2026-11-30"]
    again = desk("standing", "run")
    assert (again.code, again.out, again.err) == (0, "", "")
    assert days(desk) == ["2026-11-26", "2026-11-27", "2026-11-30"]
    (order,) = desk("standing", "list", "--json").data
    assert (order["name"], order["booked"], order["failed"]) == ("office", 3, 0)
    assert order["next"] == "2026-11-26T00:00:00+01:00"


def test_a_dry_run_books_nothing(desk: Cowork) -> None:
    desk(*ADD)
    assert len(desk("standing", "run", "--dry-run", "--json").data) == 3
    assert days(desk) == []
    assert len(desk("standing", "run", "--json").data) == 3


def test_the_window_opens_by_the_clock_of_the_space(cowork: Cowork) -> None:
    cowork("space", "add", "Loft", "--country", "US", "--timezone", "America/New_York")
    cowork("desk", "add", "loft", "Seat")
    words = ("standing", "add", "ny", "Seat", "--every", "tue", "--ahead", "1d", "--opens", "09:30")
    assert cowork(*words, "--from", "09:00", "--to", "17:00").code == 0
    early, late = at("2026-11-30T15:29:00+01:00"), at("2026-11-30T15:30:00+01:00")
    assert cowork("standing", "run", env=early).out == ""
    assert cowork("standing", "run", env=late).out.count("\n") == 1
    assert days(cowork) == ["2026-12-01"]


def test_a_window_that_opened_while_the_machine_slept_is_booked_late(desk: Cowork) -> None:
    desk(*ADD)
    desk("standing", "run")
    assert desk("standing", "run", env=at("2026-12-02T07:00:00+01:00")).code == 8
    assert days(desk)[3:] == ["2026-12-02", "2026-12-03", "2026-12-04", "2026-12-07"]


def test_what_was_cancelled_is_not_booked_again_and_that_is_said_once(desk: Cowork) -> None:
    desk(*ADD)
    desk("standing", "run")
    assert desk("booking", "cancel", "b-2", "--yes").code == 0
    said = desk("standing", "run", env=at("2026-11-26T00:01:00+01:00"))
    assert "office: not booked again on Fri 2026-11-27: b-2 was cancelled." in said.err
    assert "cancelled" not in desk("standing", "run", env=at("2026-11-27T00:01:00+01:00")).err
    assert desk("standing", "remove", "office").code == 0
    desk(*ADD)
    desk("standing", "run")
    assert days(desk).count("2026-11-27") == 0, "a new order remembers it too"


def test_what_fails_is_tried_four_times_more_and_reported_once(desk: Cowork) -> None:
    taken = ("book", "Desk 1", "--on", "2026-12-01", "--from", "08:00", "--to", "18:00")
    assert desk(*taken, "--for", "Max").code == 0
    words = ("standing", "add", "tue", "Desk 1", "--every", "tue", "--ahead", "6d")
    desk(*words)
    quiet = [desk("standing", "run", env=at(f"2026-11-25T{clock}:00+01:00"))
             for clock in ("18:00", "18:01", "18:06", "18:21")]  # fmt: skip
    assert [(one.code, one.out, one.err) for one in quiet] == [(0, "", "")] * 4
    told = desk("standing", "run", env=at("2026-11-25T19:21:00+01:00"))
    assert told.code == 6
    assert "tue, Tue 2026-12-01" in told.err
    assert desk("standing", "run", env=at("2026-11-25T23:00:00+01:00")).err == ""
    (due,) = desk("deadlines", "--json").data
    assert (due["kind"], due["due"], due["ref"]) == ("standing-order", "2026-12-01", "tue")
    desk("booking", "cancel", "b-1", "--yes")
    assert desk("standing", "run", "--now").code == 0
    assert desk("deadlines", "--json").data == []


def test_a_slot_that_is_freed_in_between_is_taken(desk: Cowork) -> None:
    taken = ("book", "Desk 1", "--on", "2026-12-01", "--for", "Max")
    desk(*taken)
    desk("standing", "add", "tue", "Desk 1", "--every", "tue", "--ahead", "6d")
    desk("standing", "run")
    desk("booking", "cancel", "b-1", "--yes")
    assert desk("standing", "run", env=at("2026-11-25T18:00:59+01:00")).out == ""
    assert desk("standing", "run", env=at("2026-11-25T18:01:00+01:00")).out.count("\n") == 1


def test_a_consent_that_is_too_small_is_reported_once(desk: Cowork) -> None:
    desk("desk", "add", "mühle", "Loge", "--price", "day=20")
    words = ("standing", "add", "loge", "Loge", "--every", "thu", "--ahead", "1d")
    assert desk(*words, "--max-price", "15").code == 0
    told = desk("standing", "run")
    assert told.code == 6
    assert "costs 20.00 EUR; the consent given goes up to 15.00 EUR" in told.err
    assert desk("standing", "run", env=at("2026-11-25T23:00:00+01:00")).err == ""
    assert [row["kind"] for row in desk("deadlines", "--json").data] == ["standing-order"]


def test_of_two_runs_the_second_leaves_quietly(desk: Cowork, home: Path) -> None:
    desk(*ADD)
    holder = (
        "import sys; from pathlib import Path; from cowork_cli.locking import tried\n"
        "with tried(Path(sys.argv[1])) as alone:\n    print(alone, flush=True); sys.stdin.read()\n"
    )
    lock = home / "state" / "standing.lock"
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(lock)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        second = desk("standing", "run")
        assert (second.code, second.out, second.err) == (0, "", "")
        other.communicate()
    assert desk("standing", "run").out.count("\n") == 3


def test_a_paused_order_waits_and_catches_up(desk: Cowork) -> None:
    desk(*ADD)
    assert desk("standing", "pause", "office", "--json").data["state"] == "paused"
    assert desk("standing", "run").out == ""
    assert "already" in desk("standing", "pause", "office").err
    assert desk("standing", "resume", "office").code == 0
    assert desk("standing", "run").out.count("\n") == 3


def test_undo_takes_back_what_was_typed_and_passes_over_what_cron_did(desk: Cowork) -> None:
    desk(*ADD)
    assert desk("undo").code == 0
    assert desk("standing", "list", "--json").data == []
    assert desk("redo").code == 0
    desk("absence", "add", "2026-12-24")
    desk("standing", "run")
    assert desk("undo").code == 0
    assert desk("absence", "list", "--json").data == []
    assert len(days(desk)) == 3
    desk("standing", "remove", "office")
    assert desk("undo").code == 0
    order = desk("standing", "show", "office", "--json").data
    assert order["booked"] == 3
    assert [(one["date"], one["state"], one["booking"]) for one in order["dates"]] == [
        (day, "booked", f"b-{number}") for number, day in enumerate(days(desk), 1)
    ]
    assert desk("standing", "list", "--json").data[0]["dates"] is None


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--ahead", "-1d"), 2, "number of days"),
        (("--ahead", "400d"), 2, "0 to 366"),
        (("--ahead", "0d", "--from", "9", "--to", "10", "--opens", "12:00"), 2, "never opens"),
        (("--ahead", "0d", "--opens", "00:01"), 2, "never opens"),
        (("--ahead", "3d", "--from", "9"), 2, "--to is missing"),
        (("--ahead", "3d", "--from", "12", "--to", "10"), 2, "not after"),
        (("--ahead", "3d", "--opens", "25:00"), 2, "25:00"),
        (("--ahead", "3d", "--skip-holidays", "Narnia"), 2, "not a Land"),
        (("--ahead", "3d", "--fallback", "some"), 2, "--fallback"),
        (("--ahead", "3d", "--every", "12"), 2, "weekday"),
    ],
)
def test_bad_input_is_one_line_and_changes_nothing(
    desk: Cowork, words: tuple[str, ...], code: int, told: str
) -> None:
    every = () if "--every" in words else ("--every", "mon")
    outcome = desk("standing", "add", "x", "Desk 1", *every, *words)
    assert outcome.code == code, str(outcome)
    assert told in outcome.err
    assert desk("standing", "list", "--json").data == []


def test_an_unknown_desk_an_unknown_order_and_a_name_that_is_taken(desk: Cowork) -> None:
    assert desk("standing", "add", "x", "Nix", "--every", "mon", "--ahead", "3d").code == 5
    assert desk("standing", "show", "office").code == 5
    desk(*ADD)
    assert desk(*ADD).code == 6
    assert 'did you mean "office"' in desk("standing", "pause", "ofice").err


def test_days_off_and_holidays_are_left_out_and_said(desk: Cowork) -> None:
    added = desk("absence", "add", "2026-11-26..2026-11-27", "--text", "Zahnarzt", "--json")
    assert added.data == {
        "id": "off-1", "from": "2026-11-26", "to": "2026-11-27", "text": "Zahnarzt",
    }  # fmt: skip
    desk(*ADD, "--skip-holidays", "NW")
    run = desk("standing", "run")
    assert run.out.count("\n") == 1
    assert "office: left out Fri 2026-11-27: Zahnarzt." in run.err
    later = desk("standing", "run", env=at("2026-12-20T00:00:00+01:00"))
    assert "left out Fri 2026-12-25: Erster Weihnachtstag" in later.err


def test_a_series_leaves_out_days_off(desk: Cowork) -> None:
    desk("absence", "add", "2026-12-02", "--text", "Umzug")
    words = ("book", "Desk 1", "--every", "wed", "--until", "2026-12-09", "--json")
    outcome = desk(*words, env=at("2026-11-25T07:00:00+01:00"))
    assert [row["from"][:10] for row in outcome.data] == ["2026-11-25", "2026-12-09"]
    assert "Left out Wed 2026-12-02: Umzug (off-1)." in outcome.err


def test_absences_name_what_is_booked_and_are_removed(desk: Cowork) -> None:
    desk("book", "Desk 1", "--on", "2026-12-02")
    assert "cowork booking cancel b-1" in desk("absence", "add", "2026-12-01..2026-12-03").err
    assert desk("absence", "add", "2026-12-03..2026-12-01").code == 2
    assert desk("absence", "add", "2026-11-01").code == 2
    assert desk("absence", "remove", "off-9").code == 5
    assert desk("absence", "remove", "off-1").code == 0
    assert desk("absence", "list", "--json").data == []


# ---- installing


CRONTAB = """#!/bin/sh
if [ "$1" = -l ]; then
  [ -f "$STORED" ] && exec cat "$STORED"
  echo "no crontab for me" >&2; exit 1
fi
exec cat > "$STORED"
"""


@pytest.fixture
def cron(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    program = tmp_path / "bin" / "crontab"
    program.parent.mkdir()
    program.write_text(CRONTAB)
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    monkeypatch.setenv("STORED", str(tmp_path / "crontab"))
    return tmp_path / "crontab"


def test_a_line_of_the_crontab_comes_and_goes_and_the_others_stay(
    cowork: Cowork, cron: Path, home: Path
) -> None:
    cron.write_text("0 5 * * * backup\n")
    dry = cowork("standing", "install", "--dry-run")
    assert "standing run" in dry.err
    assert cron.read_text() == "0 5 * * * backup\n"
    assert cowork("standing", "install").code == 0
    kept, line = cron.read_text().splitlines()
    assert kept == "0 5 * * * backup"
    assert line.startswith(f"* * * * * env COWORK_HOME={home} ")
    assert line.endswith("standing run # cowork standing")
    assert "already" in cowork("standing", "install").err
    assert cowork("standing", "install", "--remove").code == 0
    assert cron.read_text() == "0 5 * * * backup\n"
    assert "Nothing is installed" in cowork("standing", "install", "--remove").err


def test_the_line_of_the_crontab_books(desk: Cowork, cron: Path) -> None:
    desk(*ADD)
    desk("standing", "install")
    words = cron.read_text().split(" ", 5)[5]
    done = subprocess.run(["sh", "-c", words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 3


def test_a_timer_of_systemd(cowork: Cowork, cron: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = cron.parent / "bin" / "systemctl"
    program.write_text(f'#!/bin/sh\necho "$@" >> {cron.parent}/calls\n')
    program.chmod(0o755)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(cron.parent / "config"))
    folder = cron.parent / "config" / "systemd" / "user"
    assert cowork("standing", "install", "--systemd").code == 0
    assert "OnCalendar=*:*:00" in (folder / "cowork-standing.timer").read_text()
    assert '"standing" "run"' in (folder / "cowork-standing.service").read_text()
    assert cowork("standing", "install", "--systemd", "--remove").code == 0
    assert list(folder.iterdir()) == []
    assert (cron.parent / "calls").read_text().splitlines() == [
        "--user daemon-reload", "--user enable --now cowork-standing.timer",
        "--user disable --now cowork-standing.timer", "--user daemon-reload",
    ]  # fmt: skip


@pytest.mark.parametrize("option", [(), ("--systemd",)])
def test_where_nothing_runs_by_itself_another_way_is_named(
    cowork: Cowork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: tuple[str, ...]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    refused = cowork("standing", "install", *option)
    assert refused.err == (
        "error: there is no systemd here\nhint: leave out `--systemd`: cron does it\n"
        if option
        else "error: there is no crontab here\n"
        "hint: take `--systemd`, or run `cowork standing run` by other means\n"
    )
    assert refused.code == 2


def test_a_crontab_that_cannot_be_read_or_written_loses_no_line(cowork: Cowork, cron: Path) -> None:
    program = cron.parent / "bin" / "crontab"
    program.write_text('#!/bin/sh\n[ "$1" = -l ] || { echo "disk full" >&2; exit 1; }\n')
    failed = cowork("standing", "install")
    assert (failed.code, failed.err) == (
        1,
        "error: `crontab -` failed: disk full\nhint: see it with `--dry-run`\n",
    )
    program.write_text("#!/bin/sh\nexit 3\n")
    unread = cowork("standing", "install")
    assert (unread.code, unread.err) == (
        1,
        "error: the crontab cannot be read: exit 3\n"
        "hint: take `--systemd`, or look with `crontab -l`\n",
    )
    program.write_text(
        '#!/bin/sh\n[ "$1" = -l ] && { echo "no crontab for me" >&2; exit 1; }\nexec cat > "$STORED"\n'
    )
    assert cowork("standing", "install").code == 0
    assert cron.read_text().count("\n") == 1


def test_a_store_on_a_server_is_the_one_that_runs(cowork: Cowork, cron: Path) -> None:
    """The line of cron does not fall back to a file of the home."""
    url = "postgresql://anna@127.0.0.1/office"
    assert cowork("standing", "install", env={"COWORK_STORE": url}).code == 0
    assert f"COWORK_STORE={url} " in cron.read_text()
    before = cron.read_text()
    secret = url.replace("anna@", "anna:Fahrrad77@")
    assert cowork("standing", "install", env={"COWORK_STORE": secret}).code == 3
    assert cron.read_text() == before


def test_a_home_that_was_named_on_the_line_is_the_one_that_runs(
    cowork: Cowork, cron: Path, tmp_path: Path
) -> None:
    assert cowork("--home", str(tmp_path / "other"), "standing", "install").code == 0
    assert f"COWORK_HOME={tmp_path / 'other'} " in cron.read_text()


def test_a_room_is_booked_by_the_hour_also_every_week(desk: Cowork) -> None:
    desk("desk", "add", "mühle", "Raum", "--kind", "room")
    words = ("standing", "add", "calls", "Raum", "--every", "mon", "--ahead", "5d")
    refused = desk(*words)
    assert (refused.code, "which is booked by the hour" in refused.err) == (2, True)
    assert desk(*words, "--from", "10:00", "--to", "11:00").code == 0


@pytest.mark.parametrize("days", ["xyz", "mon,xyz", "", "1", "mon-", "2026-12-01"])
def test_days_that_are_none(desk: Cowork, days: str) -> None:
    for words in (
        ("standing", "add", "x", "Desk 1", "--every", days, "--ahead", "5d"),
        ("book", "Desk 1", "--every", days, "--on", "tomorrow", "--until", "+30d"),
    ):
        refused = desk(*words)
        assert (refused.code, "`mon,wed` or `mon-fri`" in refused.err) == (2, True), str(refused)


def test_days_off_that_may_be_several(desk: Cowork) -> None:
    desk("absence", "add", "2026-12-24..2026-12-31", "--text", "Holidays")
    desk("absence", "add", "2026-12-24")
    unclear = desk("absence", "remove", "2026-12-24")
    assert (unclear.code, "may be off-1, off-2" in unclear.err) == (2, True)
    assert desk("absence", "remove", "Holidays").code == 0
    assert desk("absence", "remove", "2026-12-24").code == 0
