"""What a command must not load, looked up in `sys.modules` of a real process after `main.run`.

These are the budgets of `ARCHITECTURE.md` in the form that does not depend on the machine. The
last part turns it round: what is needed is loaded, or the rest would prove nothing.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench import generate
from tests.conftest import Cowork
from tests.importers.bank import samples

ROOT = Path(__file__).resolve().parents[2]
PROBE = """\
import sys
before = set(sys.modules)
from cowork_cli import main
code = main.run(sys.argv[1:])
sys.stdout.flush()
sys.stderr.write("\\x1f" + " ".join(sorted(set(sys.modules) - before)) + "\\x1f" + str(code))
"""
UNHURRIED = "import time; time.sleep = lambda seconds: None\n"
TERMINAL = "import sys; sys.stdout.isatty = lambda: True\n"
FAST = (
    "typer",
    "rich",
    "httpx",
    "sqlite3",
    "platformdirs",
    "dataclasses",
    "tomllib",
    "json",
    "psycopg",
)
# What a plain line of a timer, a list or a sum must not wait for, each dearer than the rest of it.
SLOW = (
    "typer",
    "inspect",
    "re",
    "typing",
    "dataclasses",
    "pathlib",
    "tomllib",
    "tzlocal",
    "shlex",
    "psycopg",
)
FEW = 12  # modules of ours that a fast path may load


def loaded(*words: str, code: int = 0, start: str = "") -> set[str]:
    """The modules that one command line loads in a process of its own, with stdout in a pipe."""
    done = subprocess.run(
        [sys.executable, "-c", start + PROBE, *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    _, modules, exit_code = done.stderr.split("\x1f")
    assert exit_code == str(code), done.stderr
    return set(modules.split())


def families(modules: set[str]) -> set[str]:
    """The outermost package of each module."""
    return {name.partition(".")[0] for name in modules}


@pytest.mark.parametrize(
    ("words", "forbidden"),
    [
        (("--version",), FAST),
        (("_names", "project"), (*FAST, *SLOW)),
        (("_names", "space,desk", "local:"), (*FAST, *SLOW)),
        (("_names", "space,place", "ber"), (*FAST, *SLOW)),
        (("_names", "account,backup"), (*FAST, *SLOW)),
        (("_names", "entry,tag"), tuple(name for name in (*FAST, *SLOW) if name != "sqlite3")),
        (("prompt",), tuple(name for name in FAST if name != "sqlite3")),
        (("prompt", "{client} {elapsed}"), tuple(name for name in FAST if name != "sqlite3")),
    ],
    ids=lambda x: " ".join(x)[:30],
)
def test_the_fast_paths(acme: Cowork, words: tuple[str, ...], forbidden: tuple[str, ...]) -> None:
    assert acme("track", "start", "acme/site").code == 0
    modules = loaded(*words)
    assert not families(modules) & set(forbidden)
    assert len([name for name in modules if name.startswith("cowork_cli")]) <= FEW


DAY = ("day", "log", "2026-11-24", "--at", "home=5h", "--at", "client/acme=3h")
RECORDING = [
    (("track", "start", "acme/site", "Concept"),),
    (("start", "acme/site"),),
    (("track", "start", "acme/site"), ("track", "stop")),
    (("track", "start", "acme/site"), ("track", "status")),
    (("track", "start", "acme/site"), ("--json", "track", "status")),
    (("track", "list"),),
    (("report", "hours"),),
    (("report", "hours", "--month", "--by", "day"),),
    (("report", "unbilled"),),
    (("report", "places"),),
    (DAY, ("report", "days")),
    (DAY, ("--json", "report", "days", "--from", "2017-01-01")),
    (DAY, ("day", "list")),
]


@pytest.mark.parametrize("lines", RECORDING, ids=lambda lines: " ".join(lines[-1]))
def test_recording_and_reporting_in_a_pipe(
    acme: Cowork, lines: tuple[tuple[str, ...], ...]
) -> None:
    *earlier, words = lines
    for line in earlier:
        assert acme(*line).code == 0
    modules = loaded(*words)
    assert not families(modules) & {"rich", "httpx", "platformdirs", "keyring", "typst"}
    assert not {name for name in modules if name.startswith("cowork_cli.providers")}
    assert "cowork_cli.http_client" not in modules
    assert "tzlocal" not in modules, "the zone is a setting here"


PLAIN = [
    (("track", "start", "acme/site", "Concept"),),
    (("start", "acme/site"),),
    (("track", "start", "acme/site"), ("track", "stop")),
    (("track", "start", "acme/site"), ("stop", "--note", "Sketches")),
    (("track", "start", "acme/site"), ("track", "status")),
    (("track", "list"),),
    (("report", "hours", "--month"),),
    (("report", "hours", "--by", "tag"),),
    (("client", "list"),),
    (("client", "show", "acme"),),
    (("booking", "list"),),
    (("status",),),
    (DAY, ("report", "days")),
    (DAY, ("report", "days", "--from", "2017-01-01")),
]


@pytest.mark.parametrize("lines", PLAIN, ids=lambda lines: " ".join(lines[-1]))
def test_a_plain_line_waits_for_nothing_slow(
    acme: Cowork, lines: tuple[tuple[str, ...], ...]
) -> None:
    *earlier, words = lines
    for line in earlier:
        assert acme(*line).code == 0
    allowed = {"booking": {"re"}, "status": {"re"}}.get(words[0], set())  # beside `json`
    assert sorted(families(loaded(*words)) & set(SLOW) - allowed) == []


@pytest.mark.parametrize("words", [("status",), ("deadlines",)], ids=" ".join)
def test_what_is_due_is_read_without_what_made_it(seller: Cowork, words: tuple[str, ...]) -> None:
    for line in (
        ("contract", "add", "Büro", "--starts", "2026-01-01", "--notice", "30d to month-end"),
        (
            "post",
            "add",
            "--kind",
            "fine",
            "--sender",
            "X",
            "--received",
            "2026-11-20",
            "--land",
            "BE",
        ),
    ):
        assert seller(*line).code == 0
    modules = loaded(*words)
    assert not families(modules) & {"rich", "httpx", "typst", "inspect", "dataclasses", "icalendar"}
    assert "cowork_cli.domain.contract" in modules
    for part in ("documents", "providers", "services.addresses", "services.calendar.holidays"):
        assert not {name for name in modules if name.startswith(f"cowork_cli.{part}")}, part


def test_cron_waits_for_nothing_when_nothing_is_due(cowork: Cowork, home: Path) -> None:
    """`standing run` every minute, with fifty orders: the store alone is opened."""
    generate.fill_orders(home, 50)
    assert len(cowork("standing", "list").rows) == 50
    modules = loaded("standing", "run")
    slow = {"rich", "httpx", "keyring", "icalendar", "json", "re"}
    assert sorted(families(modules) & {*SLOW, *slow}) == []
    for part in ("providers", "services", "http_client", "documents"):
        assert not {name for name in modules if name.startswith(f"cowork_cli.{part}")}, part


def test_only_the_module_of_the_noun_is_loaded(acme: Cowork) -> None:
    modules = loaded("track", "status")
    commands = {name for name in modules if name.startswith("cowork_cli.commands.")}
    nouns = {name.split(".")[2] for name in commands}
    assert {noun for noun in nouns if not noun.startswith("_")} == {"track"}


def test_help_of_the_root_loads_no_command() -> None:
    modules = loaded("--help")
    assert not {name for name in modules if name.startswith("cowork_cli.commands")}
    assert not families(modules) & {"rich", "httpx", "sqlite3"}


@pytest.mark.parametrize(
    "words",
    [
        ("space", "search", "Lübeck", "--offline"),
        ("search", "--near", "10115", "--offline", "--json"),
        ("place", "find", "Lübeck"),
    ],
    ids=" ".join,
)
def test_what_is_offline_loads_no_network(seller: Cowork, words: tuple[str, ...]) -> None:
    added = seller("space", "add", "Dorf", "--street", "Am Markt 1", "--postcode", "23552",
                   "--city", "Lübeck")  # fmt: skip
    assert added.code == 0, str(added)
    assert not families(loaded(*words)) & {"httpx", "httpcore", "ssl", "rich", "typer", "inspect"}


def test_the_cheapest_mix_loads_no_network_and_no_pages(seller: Cowork) -> None:
    seller("space", "add", "Dorf", "--country", "DE")
    seller("plan", "add", "Dorf", "Day", "--kind", "day", "--price", "18net")
    heavy = {
        "httpx",
        "httpcore",
        "ssl",
        "rich",
        "typer",
        "inspect",
        "typst",
        "opening_hours",
        "tzfpy",
    }
    modules = loaded("plan", "optimise", "Dorf", "--days", "mon", "--json")
    assert not families(modules) & heavy
    assert "cowork_cli.services.tariffs.bounds" in modules


def test_an_import_loads_the_reader_of_its_format_alone(acme: Cowork, tmp_path: Path) -> None:
    file = tmp_path / "hours.csv"
    file.write_text("project,from,to\nacme/site,2026-11-24 09:00,2026-11-24 10:00\n")
    modules = loaded("track", "import", "--format", "csv", str(file))
    assert not families(modules) & {
        "typer",
        "rich",
        "httpx",
        "typst",
        "lxml",
        "icalendar",
        "keyring",
    }
    for part in ("providers", "http_client", "documents", "services.bookings", "services.invoices"):
        assert not {name for name in modules if name.startswith(f"cowork_cli.{part}")}, part
    readers = {name for name in modules if name.startswith("cowork_cli.importers.")}
    own = {name.rpartition(".")[2] for name in readers}
    assert {name for name in own if not name.startswith("_")} == {"csv_rows"}


def test_an_ordinary_table_is_set_without_rich(acme: Cowork) -> None:
    assert acme("track", "add", "acme/site", "--from", "09:00", "--for", "1h").code == 0
    tables = ("track list", "client list", "report hours", "report hours --month --by tag")
    for words in map(str.split, tables):
        assert not families(loaded(*words, "-o", "table")) & {"rich", *SLOW}
        assert not families(loaded(*words, start=TERMINAL)) & {"rich", *SLOW}


def test_a_table_out_of_the_ordinary_is_drawn_by_rich(acme: Cowork) -> None:
    assert acme("track", "start", "acme/site", "見積もり").code == 0
    assert "rich.table" in loaded("track", "list", "-o", "table")
    assert "rich.table" in loaded("track", "list", start=TERMINAL)


def test_the_store_is_opened_by_who_needs_it(acme: Cowork) -> None:
    assert "sqlite3" in loaded("track", "status")
    assert "sqlite3" in loaded("prompt")
    assert "typer" in loaded("track", "status", "--"), "out of the ordinary: Typer has a look"


def test_an_online_search_loads_the_network(seller: Cowork, home: Path) -> None:
    with (home / "config" / "settings.toml").open("a", encoding="utf-8") as file:
        # Port 9 discards: whatever happens, nothing leaves this machine.
        file.write('\n[accounts.coworkingview]\nurl = "http://127.0.0.1:9"\n')
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            UNHURRIED + PROBE,
            "space",
            "search",
            "--near",
            "Lübeck",
            "--refresh",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "httpx" in done.stderr.split("\x1f")[1].split()


@pytest.mark.parametrize(
    "words", [("report", "profit", "--in", "2026"), ("bank", "list")], ids=" ".join
)
def test_money_that_moved_is_told_without_what_moved_it(
    acme: Cowork, words: tuple[str, ...]
) -> None:
    assert acme("expense", "add", "--text", "Desk", "--net", "10", "--category", "rent").code == 0
    modules = loaded(*words)
    assert not families(modules) & {
        "rich",
        "httpx",
        "typst",
        "inspect",
        "dataclasses",
        "xml",
        "csv",
    }
    for part in ("documents", "providers", "importers", "services.hours", "services.invoices"):
        assert not {name for name in modules if name.startswith(f"cowork_cli.{part}")}, part


@pytest.mark.parametrize(
    ("words", "readers"),
    [
        (("bank", "import", "FILE"), {"camt"}),
        (("bank", "match", "--yes"), set()),
        (("report", "vat", "--in", "2026"), set()),
    ],
    ids=lambda words: " ".join(words),
)
def test_a_statement_and_its_sums_load_no_other_reader_and_no_page(
    seller: Cowork, tmp_path: Path, words: tuple[str, ...], readers: set[str]
) -> None:
    file = tmp_path / "statement.xml"
    file.write_bytes(samples.camt(samples.entry("-12.00", "Paper")))
    assert seller("expense", "add", "--text", "Desk", "--net", "10", "--category", "rent").code == 0
    modules = loaded(*(str(file) if word == "FILE" else word for word in words))
    slow = {"typer", "rich", "httpx", "typst", "lxml", "keyring", "inspect", "dataclasses", "csv"}
    assert sorted(families(modules) & slow) == []
    for part in ("documents", "providers", "http_client", "services.hours"):
        assert not {name for name in modules if name.startswith(f"cowork_cli.{part}")}, part
    own = {name.rpartition(".")[2] for name in modules if ".importers.bank." in name}
    assert own & {"camt", "mt940", "csv_heads", "csv_entries", "csv_tables"} == readers


@pytest.mark.parametrize(
    "words", [("client", "list"), ("data", "status"), ("data", "verify"), ("data", "backup")]
)
def test_with_a_file_nothing_that_talks_to_a_server_is_loaded(words: tuple[str, ...]) -> None:
    modules = loaded(*words)
    assert "psycopg" not in families(modules)
    assert "cowork_cli.store.engine.postgresql.connection" not in modules
