"""Odd words in the place of any option and argument of every verb: one error and a hint, or something that holds.

A line that is refused has changed nothing; one that is done leaves a store that `data verify` finds whole and
whose lists can be shown. The same lines in every run; a failure names the line.
"""

import random
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cowork_cli.app import Verb, all_verbs
from cowork_cli.domain.steering import BREAKING, TURNING
from cowork_cli.errors import ExitCode
from tests.torture import arena, office
from tests.torture.strength import cases
from tests.tried import Tried

pytestmark = pytest.mark.usefixtures("waits")

FEW, MANY = 1, cases(20, of=400)
ODD = (
    "", " ", "x" * 5000, "9" * 31, "0", "-0", "-1", "-99999999999999999999", "1e999", "1e30", "NaN", "Infinity", "9999",
    "9999-12-31", "0001-01-01", "2026-02-30", "9999-12-31T23:59", "2026-13", "W54", "10:00..09:00", "99999999h", "100001%",
    "1,000,000,000,000,000", "tomorrow", "last year", "\udcff", "a\0b", "\x1b[2J\u202ea", "a\nb\u2028c", "\ufeffx", "٣", "²",
    "１２", "1_0", "--", "-", "=", "..", "/", "~", "{}", "*", "local:", "b-1", "💥",
)  # fmt: skip
NOT_HERE = {
    "mcp",
    "demo",
    "standing install",
    "completion install",
}  # they serve, or write outside of the home
# What a verb that reads needs; those that write stand in `office.LINES`.
READS: dict[str, tuple[str, ...]] = {
    "space show": ("Hof",), "space compare": ("Hof", "Mühle"), "place find": ("Berlin",), "place update": ("DE",),
    "plan optimise": ("Hof", "--days", "8/month"), "compare lease": ("Hof",), "tour plan": ("Hof", "Mühle"),
    "desk list": ("Hof",), "desk free": ("Hof",), "booking show": ("b-1",), "booking checkin": ("b-2",),
    "booking confirm": ("b-1",), "standing show": ("office",), "address register": ("x",), "address show": ("a-1",),
    "address imprint": ("a-1",), "contract show": ("c-1",), "contract letter": ("c-1",), "post show": ("p-1",),
    "client show": ("acme",), "project show": ("acme/site",), "people show": ("ada",), "people intro": ("ada", "ben"),
    "job show": ("website",), "report asset": ("1200",), "quote show": ("q-1",), "quote export": ("q-1",),
    "invoice show": ("2026-0001",), "invoice export": ("2026-0001",), "invoice verify": ("2026-0001",),
    "invoice plan show": ("r-1",), "expense show": ("x-1",), "bank show": ("bank-1",), "account show": ("local",),
    "account login": ("local",), "account logout": ("local",), "config get": ("land",), "data grant": ("kim",),
    "data import": ("nothing.zip",), "data settle": ("1",), "completion show": ("bash",),
}  # fmt: skip
LISTS = (("status",), ("history",), ("deadlines",), ("track", "list"), ("invoice", "list"))
STEERING = re.compile(rf"(?!\n)[{BREAKING}{TURNING}]")
VERBS = [" ".join(verb.path) for verb in all_verbs()]


def lines_with(verb: Verb, line: tuple[str, ...], number: int) -> Iterator[tuple[str, ...]]:
    """So many lines, each with one odd word, one more word, or an option twice."""
    by_name = random.Random(f"{verb.name} {number}")
    for _ in range(number):
        odd = by_name.choice(ODD)
        options = [one for one in verb.parameters if one.is_option]
        at = by_name.randrange(len(line) + 1 + 2 * len(options))
        if at < len(line):
            yield (*line[:at], odd, *line[at + 1 :]) if at >= len(verb.path) else (*line, odd)
        elif at == len(line) or not options:
            yield (*line, odd)
        else:
            option = by_name.choice(options)
            name = by_name.choice((*option.on, *option.off))
            if not option.takes_value:
                yield (*line, name, *([name] if by_name.random() < 0.5 else []))
            else:
                yield (*line, f"{name}={odd}") if name.startswith("--") else (*line, name, odd)


def state_of(home: Path) -> object:
    """All that a line can have changed: the journal, the settings, the files of the home."""
    with closing(sqlite3.connect(home / "data/cowork.db")) as store:
        journal = store.execute("SELECT count(*), max(id) FROM journal").fetchone()
    kept = [file for part in ("data", "config") for file in (home / part).rglob("[!.]*")]
    files = {str(file): file.stat().st_size for file in kept if "cowork.db" not in file.name}
    return journal, files, (home / "config/settings.toml").read_bytes()


def attack(verb: Verb, furnished: Path, folder: Path, number: int) -> int:
    home, out = folder / "home", folder / "out"
    name = " ".join(verb.path)
    lines = office.LINES.get(name) or ((*verb.path, *READS.get(name, ())),)
    *setup, line = (office.resolved(words, furnished / "files", out) for words in lines)
    if line[0] in (
        "book",
        "start",
        "stop",
    ):  # what is short is long here: the words of the verb come first
        line = (*verb.path, *line[1:])

    def begin() -> object:
        for place in (home, out):
            shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(furnished / "base", home)
        out.mkdir()
        arena.play_all(home, setup)
        return state_of(home)

    before = begin()
    for words in lines_with(verb, line, number):
        done = arena.play(home, *words)
        told = f"{[word[:60] for word in words]}\n{done}"
        assert not STEERING.search(done.err), told
        assert done.code in set(ExitCode) - {ExitCode.BUG}, told
        if done.code in (ExitCode.DONE, ExitCode.PARTIAL):
            if state_of(home) != before:
                for looked in (("data", "verify"), *LISTS):
                    assert (seen := arena.play(home, *looked)).code in (0, 8), f"{told}\n{seen}"
                before = begin()
        elif (
            "--exit-code" not in words and "--open" not in words
        ):  # an answer; and a program of theirs
            assert done.errors, told
            assert "hint:" in done.err or done.code == ExitCode.FAILED, told
            assert state_of(home) == before, told
    return number


@pytest.mark.file_store(reason="what was changed is seen in the file")
@pytest.mark.parametrize("nth", range(4))
def test_an_odd_line_of_every_verb(
    nth: int, furnished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for verb in [one for one in all_verbs() if " ".join(one.path) not in NOT_HERE][nth::4]:
        attack(verb, furnished, tmp_path, FEW)


@pytest.mark.torture
@pytest.mark.parametrize("verb", [name for name in VERBS if name not in NOT_HERE])
def test_many_odd_lines(
    verb: str, furnished: Path, tmp_path: Path, tried: Tried, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (one,) = (known for known in all_verbs() if " ".join(known.path) == verb)
    tried(lines=attack(one, furnished, tmp_path, MANY))
