"""Odd command lines: never a traceback, never exit 70, one error line on a failure, a sound store.

Nothing here may reach beyond the test's own folder: no absolute path, no `--home`, no network (no
account is set up, and searches are told to stay offline by having none).
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cowork_cli import app
from tests.torture import arena
from tests.torture.strength import cases

# Commands that would ask the network, fill a throwaway home, or take their time.
LEFT_OUT = {("demo",), ("space", "search"), ("place", "show"), ("account", "login")}
KNOWN = (
    "acme", "acme/site", "e-1", "draft-1", "b-1", "a-1", "-1", "-", "--", "2026-11-24", "09:00",
    "yesterday", "-15m", "1h30", "95", "95.5", "EUR", "DE", "standard", "2026-Q4", "0", "1e9",
    "99999999999999999999", "-99999999999999999999", "9999-12-31", "0001-01-01", "24:00", "Mo-Fr 9-17",
    "local:desk/1", "local:", "a:b", "NaN", "Infinity", "-0", "٣", "1_000", "٢٠٢٦-١١-٢٤", "",
    " ", "\t", "\n", "\x1b[31m", "é", "e\u0301", "ß", "ﬀ", "\u202e", "👩‍💻", "\udcff", "{year}", "{}", "%s",
    "';--", '"', "true", "json", "csv", "0.1", "1,5", "+49", "DE02120300000000202051",
)  # fmt: skip
# Values that an option takes, so that odd ones are met beside good ones and not only alone.
GOOD = {
    "--from": ("2026-11-24", "09:00", "yesterday"),
    "--to": ("2026-11-24", "10:00", "today"),
    "--on": ("2026-11-24", "yesterday"),
    "--at": ("-15m", "2026-11-24T09:00"),
    "--for": ("1h30", "20m"),
    "--in": ("2026", "2026-W48", "2026-11"),
    "--date": ("2026-11-25",),
    "--due": ("2026-12-09",),
    "--by": ("day", "tag", "project", "client", "place"),
    "--group": ("project", "day", "entry", "tag"),
    "--rate": ("95", "80.50"),
    "--amount": ("10", "0.01"),
    "--country": ("DE", "AT"),
    "--currency": ("EUR", "CHF"),
    "--tag": ("deep",),
    "--project": ("acme/site",),
    "--client": ("acme",),
    "--type": ("business", "public", "private"),
    "--tax": ("standard", "reverse-charge"),
    "--terms": ("14d",),
    "--desk": ("1",),
    "--near": ("53.87,10.69", "Lübeck"),
}
SUBJECTS = ("acme", "acme/site", "-1", "e-1", "draft-1", "seller.name", "note", "Erika", "1")

FORBIDDEN = ("--home", "--out", "--debug")


def safe(text: str) -> str:
    """Text that no command can take for a path out of the test's folder."""
    return text.replace("/", "").replace("\0", "").lstrip("~.")


words = st.one_of(
    st.sampled_from(KNOWN),
    st.text(max_size=12).map(safe),
    st.integers(-(10**30), 10**30).map(str),
    st.floats().map(str),
    st.datetimes().map(lambda instant: instant.isoformat(" ", "minutes")),
    st.characters(categories=("Cc", "Cf", "Zs")).map(safe),
)
globals_ = st.sampled_from(
    (
        (),
        ("--json",),
        ("-o", "table"),
        ("-o", "csv"),
        ("-q",),
        ("-y",),
        ("--no-color",),
        ("-o",),
        ("--help",),
    )
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A command as the fuzzer sees it."""

    path: tuple[str, ...]
    arguments: int
    flags: tuple[str, ...]
    valued: tuple[str, ...]


@cache
def shapes() -> list[Shape]:
    """Every command with its options."""
    found = []
    for verb in app.all_verbs():
        if verb.path in LEFT_OUT:
            continue
        names = verb.option_names - set(FORBIDDEN)
        valued = verb.value_options - set(FORBIDDEN)
        arguments = [p for p in verb.command.params if p.param_type_name == "argument"]
        flags = tuple(sorted(names - valued))
        found.append(Shape(verb.path, len(arguments), flags, tuple(sorted(valued))))
    return sorted(found, key=lambda shape: shape.path)


@st.composite
def lines(draw: st.DrawFn) -> list[str]:
    """A command with as many words as it takes and some of its options; now and then with others."""
    shape = draw(st.sampled_from(shapes()))
    parts = [[draw(st.sampled_from(SUBJECTS) | words)] for _ in range(shape.arguments)]
    if shape.valued:
        for option in draw(st.lists(st.sampled_from(shape.valued), max_size=4, unique=True)):
            good = st.sampled_from(GOOD.get(option, KNOWN))
            parts.append([option, draw(good | good | words)])
    if shape.flags:
        flags = draw(st.lists(st.sampled_from(shape.flags), max_size=2, unique=True))
        parts += [[flag] for flag in flags]
    path = list(shape.path)
    if draw(st.integers(0, 9)) == 0:
        parts += [[word] for word in draw(st.lists(words, max_size=3))]
        parts = draw(st.permutations(parts))
        path = draw(st.sampled_from([path, path[:1], [draw(words)], []]))
    return [*draw(globals_), *path, *(word for part in parts for word in part)]


def sane(line: list[str]) -> bool:
    return not any(word.split("=")[0] in FORBIDDEN for word in line)


def run(home: Path, line: list[str]) -> None:
    done = arena.play(home, *line, COWORK_NO_INPUT="1")
    told = f"{line!r}\n{done}"
    assert done.code != 70, told
    assert "Traceback" not in done.out + done.err, told
    assert done.code in (0, 1, 2, 3, 4, 5, 6, 7, 8, 9), told
    if done.code not in (0, 8):
        assert len(done.errors) == 1, told
    # These are for programs and hold every text as it is; a prompt's own form may hold colours.
    kept = ("json", "csv", "prompt")
    # The lines of a calendar end with CR LF (RFC 5545 3.1); no letter within one is a control character.
    calendar = done.out.startswith("BEGIN:VCALENDAR")
    shown = done.out.replace("\r\n", "\n") if calendar else done.out
    if done.out.startswith("PK"):  # the whole of an office as a zip, piped on
        shown = ""
    for letter in done.err + ("" if any(form in " ".join(line) for form in kept) else shown):
        assert letter in "\n\t" or letter >= " ", f"a control character came through: {told}"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    arena.play_all(folder, [arena.INIT, arena.CLIENT, arena.PROJECT, arena.ADD])
    return folder


def fuzz(home: Path, examples: int) -> None:
    @settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(lines().filter(sane))
    def attack(line: list[str]) -> None:
        run(home, line)

    attack()
    if arena.state(home) is not None:
        arena.assert_sound(home)


def test_a_name_does_not_steer_the_terminal(home: Path) -> None:
    done = arena.play(home, "client", "add", "odd", "--name", "a\x18b\tc\x9bd\\e", "-o", "plain")
    assert done.out.split("\t")[1] == r"a\x18b\tc\x9bd\\e", str(done)
    assert done.out.isascii()


def test_a_few_odd_command_lines(home: Path) -> None:
    fuzz(home, 150)


@pytest.mark.torture
def test_many_odd_command_lines(home: Path) -> None:
    fuzz(home, cases(1000, of=3000))
