"""`cowork help`: generated from the one place where each fact lives."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cowork_cli import app, help_pages
from cowork_cli.commands import topics
from cowork_cli.domain import phrases
from cowork_cli.errors import MEANINGS, ExitCode

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 25, 18, tzinfo=BERLIN)


def test_without_a_topic_it_is_the_help_of_the_root_and_the_topics(cowork):
    outcome = cowork("help")
    assert outcome.code == 0
    assert outcome.out.startswith(cowork("--help").out)
    for name in topics.TOPICS:
        assert f"  {name}" in outcome.out.partition("Topics")[2]


EVERY = [(), *((noun,) for noun in app.NOUNS), *(verb.path for verb in app.all_verbs())]


def text_of(words, columns):
    """The help of a noun or a verb, or of the root, at a width."""
    if not words:
        return help_pages.root("0", columns)
    if words[0] in app.NOUNS and len(words) == 1:
        return help_pages.noun(words, columns)
    return help_pages.verb(app.find(words), columns)


@pytest.mark.parametrize("words", EVERY, ids=" ".join)
def test_no_line_is_wider_than_the_terminal_and_no_word_is_broken(words):
    wide = text_of(words, 80)
    for columns in (60, 80):
        text = text_of(words, columns)
        lines = text.splitlines()
        assert [line for line in lines if len(line) > columns and " " in line.strip()] == []
        assert set(text.split()) - {"\\"} == set(wide.split()) - {"\\"}, "the same words, whole"


def test_the_width_is_that_of_the_terminal_and_at_most_80(cowork):
    for columns, expected in ((60, 60), (80, 80), (200, 80), (10, 40)):
        shown = cowork("space", "search", "--help", env={"COLUMNS": str(columns)}).out
        assert shown == help_pages.verb(app.find(("space", "search")), expected) + "\n"


def test_the_help_of_the_root_is_one_screen_and_starts_with_what_people_do(cowork):
    lines = cowork("--help", env={"COLUMNS": "80"}).out.splitlines()
    assert len(lines) <= 24
    done = [line.split()[1] for line in lines[2:7]]
    assert done == ["search", "book", "start", "invoice", "status"]
    shown = set(" ".join(lines).split())
    assert {*app.NOUNS, *app.VERBS, *app.SHORTCUTS} <= shown
    assert any(line.startswith("Docs: ") for line in lines)
    assert any(line.startswith("Faults: ") for line in lines)


def test_the_help_of_help_says_what_each_word_is(cowork):
    shown = " ".join(cowork("help").out.split())
    for name, text in {**app.NOUNS, **app.VERBS}.items():
        assert f" {name} {' '.join(text.split())}" in shown


def test_every_help_starts_with_examples():
    for words in EVERY[1:]:
        first, second = text_of(words, 80).splitlines()[:2]
        if len(words) == 1 and words[0] in app.NOUNS:
            assert first == "Examples:"
            assert second.startswith(f"  cowork {words[0]} ") or second.split()[1] in app.SHORTCUTS
        else:
            assert first.startswith("Example: cowork ")


def test_an_example_that_is_cut_can_be_pasted(cowork):
    import shlex

    for verb in app.all_verbs():
        shown = help_pages.verb(verb, 40).partition("\n\n")[0].removeprefix("Example: ")
        assert shlex.split(shown.replace("\\\n", "")) == shlex.split(verb.function.example)


@pytest.mark.parametrize(
    ("words", "commands"),
    [
        (("invoice", "pay"), {"invoice pay"}),
        (("pay",), {"invoice pay"}),
        (("book",), {"booking add"}),
        (("start",), {"track start"}),
        (("clients",), {"client add", "client edit", "client list", "client show", "client archive", "client import"}),
    ],
)  # fmt: skip
def test_the_fields_of_one_noun_or_verb(cowork, words, commands):
    rows = cowork("help", "json", *words, "--json").data["rows"]
    assert {row["command"] for row in rows} == commands
    assert [row[0] for row in cowork("help", "json", *words).rows] == [
        row["command"] for row in rows
    ]


def test_a_topic_is_filtered_by_words(cowork):
    assert [row[0] for row in cowork("help", "exit-codes", "PRICE").rows] == ["6"]
    assert [row[0] for row in cowork("help", "environment", "pager").rows] == ["PAGER"]
    outcome = cowork("help", "json", "invioce")
    assert outcome.code == 2
    assert 'nothing about "invioce", did you mean "invoice"?' in outcome.err


def test_the_words_of_other_tools_are_a_topic(cowork):
    rows = {row[0]: row[1:] for row in cowork("help", "words").rows}
    assert rows["kunden"] == ["cowork client list", "is done"]
    assert rows["kunde"] == ["cowork client add ID --name NAME", "is shown to be typed"]
    assert [row[0] for row in cowork("help", "words", "datev").rows] == ["datev"]


def test_other_words_are_explained_too(cowork):
    assert cowork("help", "invoices").out == cowork("help", "invoice").out
    assert cowork("help", "timer").out == cowork("help", "track", "status").out
    assert cowork("help", "kunde").out == cowork("help", "client", "add").out


@pytest.mark.parametrize("path", [*app.NOUNS, *app.BRANCHES])
def test_the_help_of_a_noun_names_each_verb_with_its_whole_first_sentence(cowork, path):
    shown = " ".join(cowork(*path.split(), "--help").out.split())
    assert shown == " ".join(cowork(*path.split()).out.split())
    below = 0
    for verb in app.all_verbs():
        above, name = " ".join(verb.path[:-1]), verb.path[-1]
        if above == path:
            sentence = verb.function.__doc__.strip().splitlines()[0].rstrip(".")
            assert f" {name} {sentence}" in shown
            below += 1
    assert below


def test_a_group_of_verbs_is_one_row_of_its_noun(cowork):
    shown = cowork("invoice", "--help").out
    assert "  plan        Invoices that are written again in every period" in shown
    wrong = cowork("invoice", "plan", "ad", "--json")
    assert (wrong.code, wrong.json["command"]) == (2, ["invoice", "plan", "ad"])
    assert 'there is no invoice plan command "ad", did you mean "add"?' in wrong.err
    assert (
        'there is no invoice command "plam", did you mean "plan"?' in cowork("invoice", "plam").err
    )


def test_exit_codes_are_those_of_the_table(cowork):
    rows = cowork("help", "exit-codes").rows
    assert [row[:2] for row in rows] == [[str(int(c)), said] for c, said in MEANINGS.items()]
    assert set(MEANINGS) == set(ExitCode)
    codes = {row[0]: row[2].split(", ") for row in rows}
    assert codes["3"] == [
        "config", "secret-in-config", "store", "store-damaged", "store-unreadable", "store-lost",
        "store-newer",
    ]  # fmt: skip


def test_every_time_in_the_help_is_understood(cowork):
    assert len(cowork("help", "times").rows) == len(topics.TIMES)
    today = NOW.date()
    parsers = {
        "date": lambda text: phrases.parse_date(text, today, planned=True),
        "dates": lambda text: phrases.parse_dates([text], today),
        "time": phrases.parse_clock,
        "moment": lambda text: phrases.parse_moment(text, NOW, BERLIN),
        "duration": phrases.parse_duration,
        "days": phrases.parse_days,
        "period": phrases.parse_period,
    }
    for kind, written, meaning in topics.TIMES:
        parsers[kind](written)
        if meaning.startswith("also "):
            for other in meaning.removeprefix("also ").partition(": ")[0].split(", "):
                parsers[kind](other)


def test_every_variable_that_the_code_reads_is_in_the_help(cowork):
    import re

    named = {row[0] for row in cowork("help", "environment").rows}
    source = "\n".join(
        path.read_text(encoding="utf-8") for path in Path(topics.__file__).parents[1].rglob("*.py")
    )
    read = set(re.findall(r'env\.get\("(COWORK_[A-Z]+|NO_COLOR|FORCE_COLOR|PAGER)"', source))
    assert read <= named


def test_providers(cowork):
    from cowork_cli.providers.registry import PROVIDERS

    assert [row[0] for row in cowork("help", "providers").rows] == [row.name for row in PROVIDERS]


def test_json_lists_the_fields_of_every_command(cowork):
    outcome = cowork("help", "json", "--json")
    assert outcome.code == 0, str(outcome)
    assert outcome.data["topic"] == "json"
    rows = outcome.data["rows"]
    commands = {row["command"] for row in rows}
    assert commands == {" ".join(verb.path) for verb in app.all_verbs()}
    assert all(row["type"] and row["field"] for row in rows)
    assert {"command": "place find", "field": "[].land", "type": "text, or null"} in rows
    assert {
        "command": "history",
        "field": "changes[].records[].action",
        "type": "text",
    } in rows
    assert {"command": "init", "field": "missing", "type": "list of text"} in rows


def test_a_command_is_explained_as_with_its_option(cowork):
    assert cowork("help", "place", "find").out == cowork("place", "find", "--help").out
    assert cowork("help", "place").out == cowork("place", "--help").out
    assert cowork("help", "start").out == cowork("track", "start", "--help").out
    assert cowork("help", "undo").out == cowork("undo", "--help").out


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("exit-code",), 'did you mean "exit-codes"'),
        (("nix",), 'there is no topic "nix"'),
        (("place", "fnd"), 'did you mean "find"'),
    ],
)
def test_what_is_not_there(cowork, words, part):
    outcome = cowork("help", *words)
    assert outcome.code == 2
    assert part in outcome.err


def test_as_json_text_is_wrapped(cowork):
    assert [row["name"] for row in cowork("help", "--json").data["rows"]] == list(topics.TOPICS)
    (row,) = cowork("help", "place", "find", "--json").data["rows"]
    assert "Usage: cowork place find" in row["meaning"]
    assert row["meaning"].startswith("Example: ")


@pytest.mark.file_store(reason="the prompt reads the file")
def test_prompt_by_the_slow_path_is_the_prompt_of_the_fast_one(acme):
    assert acme("prompt", "--no-color").out == ""
    assert acme("start", "acme/site", "Löten", "--at", "-15m").code == 0
    assert acme("prompt", "{project} {note} {elapsed}").out == "acme/site Löten 0:15\n"
    assert acme("prompt", "{project} {note} {elapsed}", "-q").out == "acme/site Löten 0:15\n"
    assert acme("prompt", "--json").data == {"text": "acme/site 0:15"}
    assert acme("prompt", "-q", env={"COWORK_OUTPUT": "json"}).out == "acme/site 0:15\n"
    assert "Print the running timer" in acme("prompt", "--help").out
