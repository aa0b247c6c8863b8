"""What a command is given: streams, clock, paths, settings, store, each opened on first use.

Only here is the clock read and a person asked.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from functools import cached_property

from cowork_cli.domain.zones import plain_clock, typed_instant, zone_named
from cowork_cli.errors import BadInput, ConfigError, Declined, EndOfInput
from cowork_cli.output.diagnostics import Diagnostics, is_terminal
from cowork_cli.paths import Paths, locate
from cowork_cli.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path
    from typing import Any, TextIO, TypeVar
    from zoneinfo import ZoneInfo

    from cowork_cli.config import Config
    from cowork_cli.services.hours.forgotten import Forgotten
    from cowork_cli.store.engine.store import Server, Store

    Opened = TypeVar("Opened")


@dataclass(frozen=True, slots=True)
class Options:
    """The global flags of one command line."""

    output: str | None = None
    home: str | None = None
    no_input: bool = False
    yes: bool = False
    quiet: bool = False
    no_color: bool = False
    no_pager: bool = False
    debug: bool = False
    header: bool = False
    fields: str | None = None


class Context:
    """The world of one command. Everything is handed in, so that tests can hand in another."""

    def __init__(
        self,
        options: Options,
        *,
        env: Mapping[str, str],
        stdin: TextIO,
        stdout: TextIO,
        stderr: TextIO,
        diagnostics: Diagnostics,
        command: tuple[str, ...] = (),
        line: str = "",
        run_again: Callable[[list[str], Mapping[str, str]], int] | None = None,
    ):
        self.options = options
        self.env = env
        self.stdin = stdin
        self.stdout = stdout
        self.stderr = stderr
        self.diagnostics = diagnostics
        self.command = command
        self.line = line
        self._run_again = run_again
        self.works_offline = False
        """Whether the verb can do with the local copy of a store on a server that is out of reach."""
        self._store: Store | None = None
        self._open: list[AbstractContextManager[Any]] = []

    @cached_property
    def paths(self) -> Paths:
        """Where this home's files lie."""
        return locate(self.env, self.options.home)

    @cached_property
    def config(self) -> Config:
        """The settings."""
        from cowork_cli.config import Config

        return Config(self.paths)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone the person lives in: the setting, else the system's."""
        name = self.config.text("timezone")
        if not name:
            from cowork_cli.system_zone import system_zone

            name = system_zone(self.env)
        return zone_named(name)

    @cached_property
    def instant(self) -> datetime:
        """The instant of this command, which no setting changes. One command has one."""
        return self._clock()

    @cached_property
    def now(self) -> datetime:
        """The instant of this command, in the person's zone."""
        return self.instant.astimezone(self.zone)

    @property
    def today(self) -> date:
        """The person's calendar day."""
        return self.now.date()

    @property
    def store(self) -> Store:
        """The store, opened (and made or migrated) on first use. Raises StoreError."""
        if self._store is None:
            expected = self.config.text("store.id") is not None
            self._store = self._open_store(expected=expected)
            if not expected and self.server is None:
                self._mark_store(self._store)
        return self._store

    @property
    def opened_store(self) -> Store | None:
        """The store if this command has used it."""
        return self._store

    @cached_property
    def forgotten(self) -> Forgotten | None:
        """A timer that was left running over the boundary of a day."""
        from cowork_cli.store import entries

        if not entries.is_running(self.store):
            return None
        from cowork_cli.services.hours.forgotten import forgotten

        written = str(self.config.get("hours.day_boundary"))
        boundary = plain_clock(written)
        if boundary is None:
            from cowork_cli.domain.clocks import parse_clock

            boundary = parse_clock(written)
        week = str(self.config.get("hours.week"))
        return forgotten(self.store, self.now, self.zone, boundary, week)

    @property
    def watched(self) -> bool:
        """Whether a person sees at once what goes on, on stderr."""
        return is_terminal(self.stderr)

    @property
    def interactive(self) -> bool:
        """Whether a person can be asked."""
        if self.options.no_input or self.env.get("COWORK_NO_INPUT"):
            return False
        return is_terminal(self.stdin) and is_terminal(self.stderr)

    @property
    def help_width(self) -> int:
        """Columns for a text that is read: those of the terminal, from 40 to 80."""
        from cowork_cli.output.wrapping import columns_of

        columns = self.env.get("COLUMNS", "")
        known = int(columns) if columns.isdecimal() else columns_of(self.stdout)
        return min(max(known or 80, 40), 80)

    @property
    def wants_json(self) -> bool:
        """Whether stdout must hold one JSON document: asked by option, environment or setting."""
        return self._asked_form[0] == "json"

    @property
    def form(self) -> str:
        """The form of output: what was asked for, else by who reads. Raises BadInput."""
        from cowork_cli.output.render import FORMS

        asked, source = self._asked_form
        if not asked:
            return "table" if is_terminal(self.stdout) else "plain"
        if asked not in FORMS:
            raise BadInput(
                f'{source} "{asked}" is not a form of output', f"choose one of {', '.join(FORMS)}"
            )
        return asked

    @contextmanager
    def document_stream(self, form: str) -> Iterator[TextIO]:
        """Where the one document of this command is written: stdout, or what a pager shows of it."""
        if (
            form != "table"
            or self.options.no_pager
            or not is_terminal(self.stdout)
            or not self.interactive
            or self.env.get("TERM") == "dumb"
        ):
            yield self.stdout
            return
        from cowork_cli.output.pager import paged

        with paged(self.stdout, self.env) as stream:
            yield stream

    def run_again(self, words: list[str], world: Mapping[str, str]) -> int:
        """Runs another command line in a world with other variables; returns its exit code."""
        assert self._run_again is not None, "only a command of the funnel can run another"
        return self._run_again(words, {**self.env, **world})

    def show_step(self, say: str, command: str) -> None:
        """Shows a command of a tour before it is run."""
        from cowork_cli.output.diagnostics import wants_colour
        from cowork_cli.output.render import write_step

        colour = wants_colour(self.stdout, self.env, no_color=self.options.no_color)
        write_step(say, command, self.stdout, colour=colour)

    def note(self, message: str) -> None:
        """A line on stderr while the command still runs."""
        self.diagnostics.note(message)

    def ask(self, question: str, *, flag: str, default: str | None = None) -> str:
        """The answer to `question`. `flag` is named where nobody can be asked.

        Raises EndOfInput, and lets an interrupt pass.
        """
        if not self.interactive:
            raise EndOfInput(f"{flag} is missing and nobody can be asked", f"give `{flag}`")
        from cowork_cli.output.text import harmless

        shown = f" [{default}]" if default else ""
        line = self._line_typed(harmless(f"{question}{shown}: "))
        if not line:
            raise EndOfInput("the input ended at a question", f"give `{flag}`")
        return line.strip() or default or ""

    @property
    def edits_lines(self) -> bool:
        """Whether a person sits at the terminal of this process: lines can be edited, choices picked."""
        real = self.stdin is not None and self.stdin is sys.__stdin__
        return (
            real
            and self.interactive
            and is_terminal(self.stdout)
            and self.env.get("TERM") != "dumb"
        )

    def _line_typed(self, prompt: str) -> str:
        """A line that a person types; on a real terminal arrow keys and the answers before work in it."""
        if self.edits_lines:
            if sys.platform != "win32":  # whose console has all that by itself
                with suppress(ImportError):  # a Python that was built without it
                    import readline  # noqa: F401
            from cowork_cli.output.habit import sentence

            try:
                with _interruptible():
                    return input(sentence(prompt)) + "\n"
            except EOFError:
                return ""
        self.diagnostics.prompt(prompt)
        return self.stdin.readline()

    def confirm(self, question: str, *, flag: str = "--yes", default: bool = False) -> None:
        """Goes on if the person says yes (or `--yes` was given). Raises Declined, EndOfInput."""
        if self.options.yes:
            return
        choices = "Y/n" if default else "y/N"
        while True:
            answer = self.ask(f"{question} [{choices}]", flag=flag).lower()
            if answer in ("y", "yes", "j", "ja") or (not answer and default):
                return
            if answer in ("n", "no", "nein", ""):
                raise Declined("declined, nothing was changed")

    def until_closed(self, resource: AbstractContextManager[Opened]) -> Opened:
        """Opens something that ends with the command, and returns what it opens to."""
        opened = resource.__enter__()
        self._open.append(resource)
        return opened

    def close(self) -> None:
        """Ends what was opened."""
        while self._open:
            self._open.pop().__exit__(None, None, None)
        self.close_store()

    def close_store(self) -> None:
        """Ends the store; who uses it again opens it again."""
        if self._store is not None:
            self._store.close()
            self._store = None

    @cached_property
    def _asked_form(self) -> tuple[str, str]:
        """The form of output that was asked for, and where; both empty if none was."""
        for value, source in (
            (self.options.output, "--output"),
            ("json" if self.options.fields is not None else "", "--json"),
            (self.env.get("COWORK_OUTPUT"), "COWORK_OUTPUT"),
        ):
            if value:
                return value, source
        # A broken file of settings is for the command to meet; `data restore` never does.
        with suppress(ConfigError):
            return self.config.text("output") or "", "the setting output"
        return "", ""

    def _clock(self) -> datetime:
        frozen = self.env.get("COWORK_NOW")
        if not frozen:
            return datetime.now(UTC)
        instant = typed_instant(frozen)
        if instant is None:
            raise BadInput(
                f'COWORK_NOW "{frozen}" is not an instant',
                "write it as `2026-11-25T18:00:00+01:00`",
            )
        return instant

    @property
    def server(self) -> Server | None:
        """Where the store is kept if that is no file of this home: COWORK_STORE, else `store.url`."""
        url, source = self.env.get("COWORK_STORE"), "COWORK_STORE"
        if not url:
            url, source = self.config.text("store.url"), "store.url"
        if not url:
            return None
        return self.server_at(url, source)

    def server_at(self, url: str, source: str) -> Server:
        """The server that `url` names, with the password that this home keeps for it."""
        from cowork_cli.store.engine.store import Server

        return Server(url, self._store_password, source)

    def _store_password(self) -> str | None:
        from cowork_cli.secrets_store import store_password

        command = self.config.text("store.password_command")
        found = store_password(self.env, self.paths.state, command)
        return found.secret.reveal() if found else None

    def _open_store(self, *, expected: bool) -> Store:
        from cowork_cli.store.engine.store import open_store

        now_ms, server = int(self.now.timestamp() * 1000), self.server
        person = self.config.text("profile.person") or ""

        def opened() -> Store:
            return open_store(
                self.paths,
                now_ms=now_ms,
                command=self.line,
                expected=expected,
                note=self.note,
                server=server,
                person=person,
            )

        if server is None:
            return opened()
        from cowork_cli.store.engine.offline.opening import open_or_copy

        return open_or_copy(
            self.paths,
            server,
            offline=self.works_offline,
            opened=opened,
            now_ms=now_ms,
            command=self.line,
            person=person,
            zone=self.zone,
            note=self.note,
        )

    def copy_server(self, target: Path) -> None:
        """A file at `target` with all that the store on the server holds, by a connection of its own."""
        store = self._open_store(expected=True)
        try:
            store.connection.backup(target)
        finally:
            store.close()

    def keep_copy(self) -> None:
        """After a command is done: the local copy of a store on a server follows it."""
        if self._store is None or self._store.is_copy:
            return
        if (server := self.server) is not None:
            from cowork_cli.store.engine.offline.opening import keep_up

            keep_up(self._store, self.paths, server, self.note)
        elif self.paths.has_pointer:
            from cowork_cli.store.engine.offline.away import point_nowhere

            point_nowhere(self.paths)

    def _mark_store(self, store: Store) -> None:
        """Writes down that there is a store: so a lost one is told from one that never was."""
        from cowork_cli.domain.identity import new_uuid

        self.config.write({"store.id": new_uuid(store.now_ms)})


def standard_context(
    options: Options, diagnostics: Diagnostics, env: Mapping[str, str], **more: object
) -> Context:
    """A context over the streams of this process."""
    return Context(
        options,
        env=env,
        stdin=sys.stdin,
        stdout=sys.stdout,
        stderr=sys.stderr,
        diagnostics=diagnostics,
        **more,  # type: ignore[arg-type]
    )


@contextmanager
def _interruptible() -> Iterator[None]:
    """Ctrl-C is noticed also if it comes after readline has shown the question and before it waits.

    CPython looks at signals there only when its `select` is interrupted, so that one that came just
    before would wait for the next key: a tick interrupts it ten times a second.
    """
    import signal

    if sys.platform == "win32":  # where there is no readline either
        yield
        return
    before = signal.signal(signal.SIGALRM, lambda *_: None)
    signal.setitimer(signal.ITIMER_REAL, 0.1, 0.1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
