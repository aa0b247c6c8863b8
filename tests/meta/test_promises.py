"""Every promise has a reader: each setting, variable and flag that is documented changes something.

A promise is kept if what a command does differs with it. What is proved by another test is named in
`ELSEWHERE`; what has no effect yet stands in `NOT_YET`, and its own help says so.
"""

import ast
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cowork_cli import app, command_line
from cowork_cli.commands.topics import ENVIRONMENT
from cowork_cli.config import SETTINGS
from tests.conftest import Cowork
from tests.documents.test_logo import png

ROOT = Path(__file__).resolve().parents[2]
SAID = "no effect yet"
NOT_YET = {}
ELSEWHERE = {
    "land": "tests/cli/test_times.py::test_a_holiday_is_no_gap_and_that_is_said",
    "holidays.parish": "tests/services/calendar/test_holidays.py::test_the_region_of_the_person",
    "contact": "tests/meta/test_promises.py::test_the_contact_is_sent_to_open_data_services",
    "gazetteer.url": "tests/cli/test_place_update.py::test_a_country_is_fetched_and_found",
    "profile.person": "tests/store/test_persons.py::test_each_person_has_a_timer",
    "COWORK_STORE": "tests/store/engine/postgresql/test_opening.py::test_the_variable_wins",
    "store.url": "tests/store/engine/postgresql/test_opening.py::test_the_setting_names_the_server",
    "store.password_command": "tests/store/engine/postgresql/test_opening.py::test_the_password_comes_from_where_secrets_do",
    "store.id": "tests/store/engine/test_opening_states.py::test_a_store_that_is_gone_is_lost_and_not_made_anew",
    "interest.base_rate.*": "tests/cli/test_reminders.py::test_the_base_rate_of_the_next_half_year_can_be_added",
    "day.late": "tests/cli/test_report_places.py::test_a_late_day_is_one_with_work_after_the_hour",
    "day.alone": "tests/cli/test_report_places.py::test_days_alone_are_spoken_of_only_if_it_is_switched_on",
    "commute.co2.*": "tests/cli/test_report_days.py::test_a_factor_of_ones_own_takes_the_place_of_the_figure",
    **{
        f"profile.{name}.*": "tests/cli/test_needs.py::test_the_text_says_what_the_settings_say"
        for name in ("trade", "skills", "about", "languages")
    },
    "profile.founded": "tests/services/books/test_turnover.py::test_the_first_year_has_a_limit_of_its_own",
    "turnover.*": "tests/services/books/test_turnover.py::test_a_year_above_the_limit_ends_it_for_the_next",
    "PAGER": "tests/output/test_pager.py::test_a_long_table_is_paged_by_the_program_of_the_person",
    "no_pager": "tests/output/test_pager.py::test_what_is_not_paged",
    "COWORK_<ACCOUNT>_TOKEN": "tests/test_secrets_store.py::test_the_name_in_the_environment",
    "COWORK_<ACCOUNT>_PASSWORD": "tests/test_secrets_store.py::test_the_name_in_the_environment",
    "COWORK_<ACCOUNT>_CLIENT_SECRET": "tests/test_secrets_store.py::test_the_name_in_the_environment",
}  # fmt: skip
TERMINAL = {"TERM": "xterm"}


def page(cowork: Cowork) -> str:
    """A draft with hours issued, and its page."""
    issued = cowork("invoice", "issue", "draft-2", "--json")
    number = issued.data["number"] if issued.code == 0 else "-"
    return f"{issued}{cowork('invoice', 'export', number, '--format', 'html')}"


def line(*words: str, **env: str) -> Callable[[Cowork], str]:
    """What a command line says."""
    return lambda cowork: str(cowork(*words, env=env))


def left_running(cowork: Cowork) -> str:
    """A timer that began on Wednesday at 23:00, seen at two in the night and on the next evening."""
    started = cowork("track", "start", "acme/site", env={"COWORK_NOW": "2026-12-02T23:00:00+01:00"})
    assert started.code == 0, str(started)
    moments = ("2026-12-03T02:00:00+01:00", "2026-12-03T20:00:00+01:00")
    return "".join(str(cowork("track", "status", env={"COWORK_NOW": at})) for at in moments)


def page_without_the_font(cowork: Cowork) -> str:
    """The page, once the file that was a font when it was set is gone."""
    (Path.cwd() / "font.ttf").unlink()
    made = page(cowork)
    (Path.cwd() / "font.ttf").write_bytes(FONT)
    return made


FONT = b"\0\1\0\0"
DATEV = line("books", "export", "--format", "datev", "--out", "datev", "--dry-run", "--json")
MOVE = line(
    "address", "move", "--from", "a-1", "--to", "a-2", "--on", "2027-01-01", "--dry-run", "--json"
)
DUE = line("deadlines", "--within", "60d", "--json")
VAT = line("report", "vat", "--in", "2026-Q4", "--json")
QUOTE = line("quote", "add", "acme", "--line", "Concept", "--price", "800", "--json")
MAIL = line("invoice", "mail", "2026-0001", "--send", "--dry-run")


def mail_with_password(cowork: Cowork) -> str:
    """What sending says of its password; nothing is asked for."""
    cowork("config", "set", "mail.smtp", "smtp://me@127.0.0.1:9")
    return str(cowork("invoice", "mail", "2026-0001", "--send"))


# Setting → a value other than its default, and what shows it.
SETTING: dict[str, tuple[str, Callable[[Cowork], str]]] = {
    "timezone": ("Asia/Tokyo", line("track", "start", "acme/site", "--json")),
    "hours.week": ("Mo-Fr 09:00-12:00", line("track", "gaps", "--week")),
    "hours.day_boundary": ("01:00", left_running),
    "seller.name": ("Erika Beispiel", page),
    "seller.company": ("Beispiel & Co.", page),
    "seller.street": ("Nebenweg 2", page),
    "seller.postcode": ("10117", page),
    "seller.city": ("Potsdam", page),
    "seller.country": ("AT", page),
    "seller.email": ("other@example.org", page),
    "seller.phone": ("+49 40 7654321", page),
    "seller.tax_number": ("27/123/45679", page),
    "seller.vat_id": ("DE136695976", page),
    "seller.iban": ("DE75512108001245126199", page),
    "seller.bic": ("BYLADEM1001", page),
    "seller.small_business": ("true", page),
    "seller.address": ("a-1", page),
    "invoice.number_format": ("R{year}-{seq}", page),
    "invoice.next.*": ("77", page),
    "invoice.terms": ("30d", page),
    "invoice.language": ("en", page),
    "invoice.logo": ("logo.png", page),
    "invoice.footer": ("Geöffnet Mo-Fr", page),
    "invoice.font": ("font.ttf", page_without_the_font),
    "invoice.timesheet": ("true", page),
    "quote.number_format": ("Q{year}-{seq}", QUOTE),
    "quote.next": ("77", QUOTE),
    "quote.valid": ("60d", QUOTE),
    "mail.command": ("msmtp -t", MAIL),
    "mail.smtp": ("smtps://me@mail.example.org", MAIL),
    "mail.password_command": ("false", mail_with_password),
    "tax.basis": ("paid", VAT),
    "tax.filing": ("month", DUE),
    "tax.extension": ("true", DUE),
    "datev.consultant": ("1002", DATEV),
    "datev.client": ("456", DATEV),
    "datev.chart": ("SKR04", DATEV),
    "profile.kind": ("company", MOVE),
    "profile.artists_insurance": ("true", MOVE),
    "profile.staff": ("true", MOVE),
    "profile.car": ("true", MOVE),
    "profile.web": ("https://muster.example", MOVE),
    "output": ("json", line("client", "list")),
}
# Variable → a value, and what shows it.
VARIABLE: dict[str, tuple[str, Callable[..., Any]]] = {
    "COWORK_HOME": ("elsewhere", lambda run: run("client", "list")),
    "COWORK_OUTPUT": ("csv", lambda run: run("client", "list")),
    "COWORK_NO_INPUT": ("1", lambda run: run("client", "add", "x", terminal=True, stdin="X\n")),
    "NO_COLOR": ("1", lambda run: run("client", "list", terminal=True, **TERMINAL)),
    "FORCE_COLOR": ("1", lambda run: run("client", "list", "-o", "table")),
    "LC_ALL": ("de_DE.UTF-8", lambda run: run("client", "list", "-o", "table")),
    "LC_MONETARY": ("de_DE.UTF-8", lambda run: run("client", "list", "-o", "table", LC_ALL="")),
    "LANG": (
        "de_DE.UTF-8",
        lambda run: run("client", "list", "-o", "table", LC_ALL="", LC_MONETARY=""),
    ),
    "COWORK_NOW": ("2026-11-26T12:00:00+01:00", lambda run: run("start", "acme/site", "--json")),
}
# Field of the global options → the flag as it is typed, and a command that shows it.
FLAG: dict[str, tuple[tuple[str, ...], tuple[str, ...], dict[str, Any]]] = {
    "output": (("-o", "csv"), ("client", "list"), {}),
    "home": (("--home", "elsewhere"), ("client", "list"), {}),
    "no_input": (("--no-input",), ("client", "add", "x"), {"terminal": True, "stdin": "X\n"}),
    "yes": (("--yes",), ("account", "remove", "mirror"), {}),
    "quiet": (("--quiet",), ("client", "add", "x", "--name", "X"), {}),
    "no_color": (("--no-color",), ("client", "list"), {"terminal": True, "env": TERMINAL}),
    "debug": (("--debug",), ("client", "list"), {"broken": True}),
    "header": (("--header",), ("client", "list"), {}),
}


_BUILT: dict[Path, bytes] = {}  # the office, file by file: built once


@pytest.fixture
def desk(
    cowork: Cowork,
    home: Path,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Cowork:
    """An office with all that a promise could be about."""
    if not _BUILT:
        build(request.getfixturevalue("acme"))
        _BUILT.update((path.relative_to(home), content) for path, content in snapshot(home).items())
    put_back(home, {home / path: content for path, content in _BUILT.items()})
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "logo.png").write_bytes(png())
    (folder / "font.ttf").write_bytes(FONT)
    monkeypatch.chdir(folder)
    return cowork


def build(acme: Cowork) -> None:
    for words in (
        ("track", "add", "acme/site", "--from", "9:00", "--to", "11:00", "Konzept"),
        ("address", "add", "Muster c/o", "--street", "Hof 3", "--postcode", "10119", "--city", "Berlin"),
        ("address", "add", "Neu", "--street", "Weg 4", "--postcode", "10119", "--city", "Berlin"),
        ("config", "set", "datev.consultant", "1001"),
        ("config", "set", "datev.client", "123"),
        ("account", "add", "mirror", "--provider", "coworkingview"),
        ("invoice", "draft", "acme", "--empty"),
        ("invoice", "line", "draft-1", "--text", "Vorarbeit", "--price", "100"),
        ("invoice", "issue", "draft-1"),
        ("invoice", "draft", "acme"),
    ):  # fmt: skip
        done = acme(*words)
        assert done.code == 0, str(done)


def snapshot(home: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}


def put_back(home: Path, kept: dict[Path, bytes]) -> None:
    for path in [path for path in home.rglob("*") if path.is_file()]:
        if path not in kept:
            path.unlink()
    for path, content in kept.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


@pytest.mark.parametrize("name", SETTING)
def test_a_setting_changes_something(desk: Cowork, home: Path, name: str) -> None:
    value, shows = SETTING[name]
    kept = snapshot(home)
    before = shows(desk)
    put_back(home, kept)
    done = desk("config", "set", name.replace("*", "invoice"), value)
    assert done.code == 0, str(done)
    assert shows(desk) != before


@pytest.mark.parametrize("name", VARIABLE)
def test_a_variable_changes_something(desk: Cowork, home: Path, name: str) -> None:
    value, shows = VARIABLE[name]

    def run(env: dict[str, str]) -> str:
        def command(*words: str, terminal: bool = False, stdin: str = "", **more: str) -> str:
            return str(desk(*words, terminal=terminal, stdin=stdin, env={**more, **env}))

        return str(shows(command))

    kept = snapshot(home)
    before = run({})
    put_back(home, kept)
    assert run({name: value}) != before


@pytest.mark.parametrize("name", FLAG)
def test_a_flag_changes_something(
    desk: Cowork, home: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    flag, words, more = FLAG[name]
    if more.pop("broken", False):
        from cowork_cli.store import clients

        def broken(*_: object, **__: object) -> None:
            raise RuntimeError("boom")

        monkeypatch.setattr(clients, "clients", broken)
    kept = snapshot(home)
    before = desk(*words, **more)
    put_back(home, kept)
    crash = re.compile(r"crash-[\w-]+")
    after = desk(*flag, *words, **more)
    assert crash.sub("", str(after)) != crash.sub("", str(before))
    put_back(home, kept)
    assert crash.sub("", str(desk(*words, *flag, **more))) == crash.sub("", str(after)), "anywhere"


def test_nothing_is_promised_without_a_proof() -> None:
    settings = {row.name for row in SETTINGS}
    assert settings == {name for name in {*SETTING, *ELSEWHERE, *NOT_YET} if name in settings}
    assert not SETTING.keys() & (ELSEWHERE.keys() | NOT_YET.keys())
    assert set(ENVIRONMENT) == VARIABLE.keys() | (ENVIRONMENT.keys() & ELSEWHERE.keys())
    options = {*command_line.FLAGS.values(), *command_line.VALUES.values()}
    assert options == FLAG.keys() | (options & ELSEWHERE.keys())
    for place in ELSEWHERE.values():
        file, _, test = place.partition("::")
        assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), place


def test_what_has_no_effect_yet_says_so_and_nothing_else_does() -> None:
    said = {row.name for row in SETTINGS if row.help.endswith(f"({SAID})")}
    for verb in app.all_verbs():
        for parameter in verb.command.params:
            if SAID in (parameter.help or ""):
                said.add(" ".join((*verb.path, parameter.opts[0])))
    assert said == NOT_YET.keys()


def test_what_has_no_effect_yet_has_no_reader() -> None:
    """What is read now has an effect: take it out of `NOT_YET`, prove it, mend its help."""
    apart = {"config.py", "services/home/settings.py", "services/home/profile.py"}
    for path in (ROOT / "cowork_cli").rglob("*.py"):
        if path.relative_to(ROOT / "cowork_cli").as_posix() not in apart:
            code = path.read_text(encoding="utf-8")
            read = set(re.findall(r"(?:settings?|get|text)\(\s*[\"']([a-z_.]+)[\"']", code))
            assert not read & NOT_YET.keys(), path


def parameters_never_read(path: Path) -> set[str]:
    """Parameters of the verbs in a file that their bodies do not name."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.FunctionDef) or "verb" not in ast.dump(
            ast.List(node.decorator_list)
        ):
            continue
        names = {
            part.id for row in node.body for part in ast.walk(row) if isinstance(part, ast.Name)
        }
        given = [one.arg for one in (*node.args.args, *node.args.kwonlyargs)]
        found |= {f"{node.name} {name}" for name in given[1:] if name not in names}
    return found


def test_every_option_of_a_verb_is_read() -> None:
    unread = {
        f"{path.name}: {name}"
        for path in (ROOT / "cowork_cli" / "commands").rglob("*.py")
        for name in parameters_never_read(path)
    }
    assert unread == set()


def test_the_contact_is_sent_to_open_data_services(desk: Cowork, waits: list[float]) -> None:
    from http.server import BaseHTTPRequestHandler, HTTPServer
    from threading import Thread

    told: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.append(self.headers["User-Agent"])
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"url=http://127.0.0.1:{server.server_port}"
        for words in (
            ("account", "add", "near", "--provider", "coworkingview", "--set", url,
             "--set", "allow_insecure=true"),
            ("config", "set", "contact", "office@example.org"),
        ):  # fmt: skip
            done = desk(*words)
            assert done.code == 0, str(done)
        desk("space", "search", "--near", "Hamburg")
        server.shutdown()
    assert told
    assert all("office@example.org" in agent for agent in told)
