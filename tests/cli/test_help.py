"""`cowork help`: generated from the one place where each fact lives."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cowork_cli import app
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


@pytest.mark.parametrize("words", [(), *((noun,) for noun in app.NOUNS)], ids=" ".join)
def test_no_line_is_wider_than_a_terminal_of_80_columns(cowork, words):
    outcome = cowork(*words, "--help")
    assert outcome.code == 0
    assert [line for line in outcome.out.splitlines() if len(line) > 80] == []


@pytest.mark.parametrize("path", [*app.NOUNS, *app.GROUPS])
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


def test_prompt_by_the_slow_path_is_the_prompt_of_the_fast_one(acme):
    assert acme("prompt", "--no-color").out == ""
    assert acme("start", "acme/site", "Löten", "--at", "-15m").code == 0
    assert acme("prompt", "{project} {note} {elapsed}").out == "acme/site Löten 0:15\n"
    assert acme("prompt", "{project} {note} {elapsed}", "-q").out == "acme/site Löten 0:15\n"
    assert acme("prompt", "--json").data == {"text": "acme/site 0:15"}
    assert acme("prompt", "-q", env={"COWORK_OUTPUT": "json"}).out == "acme/site 0:15\n"
    assert "Print the running timer" in acme("prompt", "--help").out
