"""Names that mean to steer: shown harmlessly in every form, prompts and pickers, and whole in JSON."""

import json
import re
from pathlib import Path

import pytest

from cowork_cli.domain.steering import BREAKING, TURNING
from cowork_cli.output.text import harmless, one_line
from cowork_cli.picking import pick
from tests.conftest import Cowork

# Moves the cursor, names the window, begins a colour in one byte, turns a line, ends one.
EVIL = "Ha\x1b[2Jfen\x1b]0;owned\x07\x9b31m\u202egnp\u2066x\u2069\u2028\x7f"
STEERING = re.compile(rf"(?![\t\n])[{BREAKING}{TURNING}]")
LISTS = (
    ("client", "list"), ("client", "show", "evil"), ("project", "list"), ("track", "list"), ("report", "hours"),
    ("report", "hours", "--by", "tag"), ("status",), ("history",), ("expense", "list"), ("space", "list"), ("people", "find"),
    ("event", "list"), ("overview",), ("track", "status"), ("prompt",), ("undo", "--dry-run"), ("deadlines",), ("search", "Ha"),
)  # fmt: skip


@pytest.fixture
def office(seller: Cowork, tmp_path: Path) -> Cowork:
    spaces = tmp_path / "spaces.geojson"
    tags = {
        "name": EVIL,
        "city": EVIL,
        "phone": EVIL,
        "website": f"https://{EVIL}",
        "notes": EVIL,
        "amenities": EVIL,
    }
    point = {"type": "Point", "coordinates": [9.9, 53.5]}
    spaces.write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [{"type": "Feature", "geometry": point, "properties": tags}],
            }
        )
    )
    cards = tmp_path / "cards.vcf"
    cards.write_text(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:{EVIL.replace(chr(0x2028), '')}\nNOTE:{EVIL.replace(chr(0x2028), '')}\nEND:VCARD\n",
        newline="",
    )
    hours = tmp_path / "hours.json"
    hours.write_text(
        json.dumps([[1764057600, 1764061200, "evil/site", "ab12", ["deep" + EVIL], 1764061300]])
    )
    for words in (
        ("client", "add", "evil", "--name", EVIL, "--street", EVIL, "--city", EVIL, "--rate", "95"),
        ("project", "add", "evil/site", "--name", EVIL),
        ("space", "import", str(spaces)),
        ("people", "import", str(cards)),
        ("track", "import", str(hours), "--format", "watson"),
        ("expense", "add", "--text", EVIL, "--net", "5"),
        ("event", "add", EVIL, "--on", "2026-12-05"),
        ("start", "evil/site", EVIL, "--tag", "x" + EVIL),
    ):
        done = seller(*words)
        assert done.code in (0, 2), str(done)
        assert_harmless(done.out + done.err)
    return seller


def assert_harmless(shown: str) -> None:
    """Colours of ours are no harm; nothing else that steers is there."""
    bare = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert not STEERING.search(bare), repr(STEERING.search(bare)) + ascii(shown)


def test_nothing_that_is_shown_steers(office: Cowork) -> None:
    for words in LISTS:
        for form in ("table", "plain", "json", "csv"):
            done = office(*words, "-o", form)
            assert_harmless(done.out + done.err)
            if form == "json":
                json.loads(done.out)
        seen = office(*words, terminal=True, env={"COWORK_NO_INPUT": "1", "PAGER": "cat"})
        assert_harmless((seen.out + seen.err).replace("\r", ""))

    # JSON keeps it whole, escaped.
    done = office("client", "show", "evil", "--json")
    assert done.data["name"] == EVIL
    assert "\\u202e" in done.out
    assert "\\u009b" in done.out

    # An error, and a question.
    done = office("track", "add", EVIL, "--from", EVIL)
    assert done.code == 2
    assert_harmless(done.err)
    (expense,) = office("expense", "list", "--json").data
    asked = office("expense", "remove", expense["id"], stdin="n\n", terminal=True)
    assert "Remove" in asked.err
    assert_harmless((asked.out + asked.err).replace("\r", ""))


def test_what_is_picked(tmp_path: Path) -> None:
    """What is offered to `fzf`, and so on the screen, is one harmless line each."""
    program = tmp_path / "fzf"
    program.write_text(f'#!/bin/sh\ncat > "{tmp_path}/seen"\necho one\n')
    program.chmod(0o755)

    class Asked:
        env = {"PATH": f"{tmp_path}:/usr/bin:/bin"}

    assert pick(Asked(), "Which", [("one", EVIL + "\nsecond"), ("t\x1bwo", "x")]) == "one"  # type: ignore[arg-type]
    seen = (tmp_path / "seen").read_text(encoding="utf-8")
    assert seen.count("\n") == 1
    assert_harmless(seen.replace("\t", " "))


def test_letters_of_every_language_stay() -> None:
    for text in ("Größe", "שלום", "سلام", "👩\u200d💻", "می\u200cخواهم", "x\ty\nz"):
        assert harmless(text) == text
    assert one_line("a\r\nb\u2028c\u202ed") == "a b cd"
