"""What people type is understood or answered: plurals, other words, German ones, verbs of other tools."""

import re
from pathlib import Path

import pytest

from cowork_cli import app, command_line, synonyms
from cowork_cli.command_line import Line
from cowork_cli.data import words
from cowork_cli.errors import CoworkError
from tests.conftest import Cowork

# Words of what is being built: their lines wait for it.
THERE = {word: line for word, line in words.READS.items() if synonyms._there(line)}
TO_TYPE = {word: line for word, line in words.WRITES.items() if synonyms._there(line)}
FILLED = {
    "DATE..DATE": "2026-12-23..2026-12-31", "DATE": "2026-12-01", "CLIENT/ID": "acme/new", "FILE": "x.csv",
    "AMOUNT": "10", "P": "cobot", "PROJECT": "acme/site", "FORMAT": "csv",
}  # fmt: skip


def read(line: str) -> Line:
    """A line taken apart as the funnel does it."""
    taken = Line()
    command_line.split(line.split(), taken)
    return taken


@pytest.mark.parametrize("word", THERE)
def test_a_word_that_shows_something_is_done(word: str) -> None:
    line = THERE[word]
    if line.startswith("--"):
        return
    taken = read(word)
    assert taken.path == read(line).path
    assert taken.said == f"`cowork {line}` is what cowork calls it."
    assert taken.path[-1] not in (
        "add",
        "edit",
        "remove",
        "issue",
        "pay",
        "backup",
        "cancel",
        "run",
    )


@pytest.mark.parametrize("word", TO_TYPE)
def test_a_word_that_changes_something_is_answered_and_the_line_can_be_typed(word: str) -> None:
    with pytest.raises(CoworkError) as caught:
        read(word)
    assert caught.value.message == f'there is no command "{word}"'
    line = re.fullmatch("type `cowork (.*)`", str(caught.value.hint))
    assert line, caught.value.hint
    given = " ".join(FILLED.get(one, "x" if one.isupper() else one) for one in line[1].split())
    read(given)  # its verb and its options are there


def test_a_word_stands_in_one_place_and_hides_no_command() -> None:
    known = {*app.NOUNS, *app.VERBS, *app.SHORTCUTS}
    assert not words.READS.keys() & words.WRITES.keys()
    assert not (words.READS.keys() | words.WRITES.keys()) & known
    assert all(word == word.casefold() for word in (*words.READS, *words.WRITES, *words.VERBS))


@pytest.mark.parametrize("noun", app.NOUNS)
def test_a_plural_is_the_list(noun: str) -> None:
    verbs = app.verbs_of(noun)
    plural = f"{noun}es" if noun.endswith("ss") else f"{noun}s"
    if noun.endswith("s") and not noun.endswith("ss"):
        return
    if "list" in verbs or "search" in verbs:
        assert read(plural).path == (noun, "list" if "list" in verbs else "search")


def test_a_plural_with_a_verb_behind_it(acme: Cowork) -> None:
    assert acme("clients", "show", "acme").code == 0
    outcome = acme("clients", "archive", "acme")
    assert outcome.code == 2
    assert (
        outcome.err
        == 'error: there is no command "clients"\nhint: type `cowork client archive acme`\n'
    )


@pytest.mark.file_store(reason="the bytes of the file are looked at")
@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("kunde Acme --rate 95", "type `cowork client add Acme --name NAME --rate 95`"),
        ("pay 2026-0001 100", "type `cowork invoice pay 2026-0001 100`"),
        ("rechnung acme", "type `cowork invoice draft acme`"),
        ("buchen Fenster", "type `cowork book Fenster --on DATE`"),
        ("backup", "type `cowork data backup`"),
        ("client rm acme", "type `cowork client archive acme`"),
        ("client loeschen acme", "type `cowork client archive acme`"),
        ("client LÖSCHEN acme", "type `cowork client archive acme`"),
        ("client rename acme neu", "type `cowork client edit acme --rename neu`"),
        ("project rename acme/a b", "type `cowork project edit acme/a --rename b`"),
        ("space rename Hof Haus", "type `cowork space edit Hof --name Haus`"),
        ("desk rename a b", "type `cowork desk edit a --name b`"),
        ("invoice rm draft-1", "type `cowork invoice discard draft-1`"),
        ("booking rm b-1", "type `cowork booking cancel b-1`"),
        ("booking edit b-1 --to 12:00", "type `cowork booking move b-1 --to 12:00`"),
        ("invoice create acme", "type `cowork invoice draft acme`"),
        ("track delete e-1", "type `cowork track remove e-1`"),
        ("client new x", "type `cowork client add x`"),
        ("weiter", "type `cowork track resume`"),
        ("pause", "type `cowork stop`"),
    ],
)
def test_the_answer_holds_what_was_typed(acme: Cowork, home: Path, typed: str, hint: str) -> None:
    before = (home / "data" / "cowork.db").read_bytes()
    outcome = acme(*typed.split())
    assert outcome.code == 2
    assert outcome.err.splitlines()[1] == f"hint: {hint}"
    assert (home / "data" / "cowork.db").read_bytes() == before


def test_what_is_done_says_its_own_word_and_stays_quiet_when_told(acme: Cowork) -> None:
    outcome = acme("clients")
    assert outcome.out == acme("client", "list").out
    assert outcome.err == "`cowork client list` is what cowork calls it.\n"
    assert acme("clients", "-q").err == ""
    assert acme("kunden", "--json").json["command"] == ["client", "list"]
    assert acme("client", "ls").out == acme("client", "list").out
    assert acme("client", "zeigen", "acme").out == acme("client", "show", "acme").out
    assert acme("hours", "--week", "--json").json["command"] == ["report", "hours"]


def test_a_mistyped_word_is_never_done(acme: Cowork) -> None:
    outcome = acme("invoicse")
    assert outcome.code == 2
    assert 'did you mean "invoice"' in outcome.err
    assert acme("client", "lst").code == 2


@pytest.mark.parametrize("noun", app.NOUNS)
def test_the_same_verbs_on_every_noun(noun: str) -> None:
    """What can be added can be changed and taken away, by that word or by the line that the word names."""
    verbs = app.verbs_of(noun)
    if not {"add", "draft"} & verbs.keys():
        return
    for word in ("edit", "remove", "list", "ls", "rm", "delete", "ändern", "löschen"):
        assert word in verbs or synonyms.of_noun(noun, word), word
    if {"--name", "--rename"} & (
        app.find((noun, "edit")).option_names if "edit" in verbs else set()
    ):
        assert synonyms.of_noun(noun, "rename")


# ---- global options


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("--home", "--home needs a value"),
        ("track list -o", "-o needs a value"),
        ("track list --output", "--output needs a value"),
        ("--output= track list", "--output needs a value"),
        ("track list --home=", "--home needs a value"),
    ],
)
def test_a_global_option_without_its_value_says_so(cowork: Cowork, typed: str, said: str) -> None:
    outcome = cowork(*typed.split())
    assert outcome.code == 2
    assert outcome.err.startswith(f"error: {said}\nhint: write `--")


def test_the_version_in_short(cowork: Cowork) -> None:
    from cowork_cli import __version__

    for words_ in (("-V",), ("--version",), ("track", "-V"), ("-q", "-V"), ("version",)):
        assert cowork(*words_).out == f"cowork {__version__}\n"


@pytest.mark.parametrize("word", ["ls", "list", "rm", "edit", "new", "archive"])
def test_a_verb_alone_is_told_that_it_wants_a_noun(word: str) -> None:
    with pytest.raises(CoworkError) as caught:
        read(word)
    assert caught.value.message == f'"{word}" wants a noun before it'
    assert re.fullmatch(
        "for that there is `cowork client (list|archive|edit|add)`", str(caught.value.hint)
    )


def test_every_word_has_its_command() -> None:
    """A line of two nouns too: `invoice plan add`."""
    assert set(words.READS) | set(words.WRITES) == set(THERE) | set(TO_TYPE)


def test_making_in_the_data_is_a_backup_not_a_replacement() -> None:
    assert synonyms.of_noun("data", "new").line == "data backup"  # type: ignore[union-attr]
