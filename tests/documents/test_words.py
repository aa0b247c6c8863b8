"""The words that leave the house: the same places in both languages, every word used, one home."""

import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from cowork_cli.documents.words import (
    LANGUAGES,
    booking_mail,
    day_log,
    hours,
    letter,
    lines,
    mail,
    page,
    payment,
    quote,
    reminder,
    spelling,
)

ROOT = Path(__file__).resolve().parents[2] / "cowork_cli"
MODULES = (
    booking_mail,
    day_log,
    hours,
    letter,
    lines,
    mail,
    page,
    payment,
    quote,
    reminder,
    spelling,
)
TABLES = [
    pytest.param(table, id=f"{module.__name__.rpartition('.')[2]}.{name}")
    for module in MODULES
    for name, table in vars(module).items()
    if isinstance(table, dict) and not name.startswith("_") and "de" in table
]


def leaves(value: Any, path: tuple[object, ...] = ()) -> dict[tuple[object, ...], str]:
    """Every text of a table by its place in it."""
    if isinstance(value, str):
        return {path: value}
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    return {key: text for name, part in pairs for key, text in leaves(part, (*path, name)).items()}


@pytest.mark.parametrize("table", TABLES)
def test_both_languages_say_the_same_things(table: dict[str, Any]) -> None:
    assert tuple(table) == LANGUAGES
    german, english = leaves(table["de"]), leaves(table["en"])
    assert german.keys() == english.keys()
    for key, text in german.items():
        assert text.strip()
        assert english[key].strip()
        assert sorted(re.findall(r"{\w+}", text)) == sorted(re.findall(r"{\w+}", english[key])), key


def sources(*patterns: str) -> str:
    return "\n".join(
        path.read_text(encoding="utf-8")
        for pattern in patterns
        for path in sorted(ROOT.glob(pattern))
        if "words" not in path.parts
    )


@pytest.mark.parametrize(
    "module",
    [hours, letter, lines, mail, page, payment, quote, reminder],
    ids=lambda module: module.__name__,
)
def test_every_word_is_said_somewhere(module: ModuleType) -> None:
    code = sources(
        "documents/*.py", "documents/*.typ", "services/invoices/*.py", "services/addresses/*.py"
    )
    made = {  # keys that are put together
        *(f"title{level}" for level in (1, 2, 3)),
        *(f"opening{level}" for level in (1, 2, 3)),
        *(f"closing{level}" for level in (1, 2, 3)),
        *(f"reminder{level}" for level in (1, 2, 3)),
        *(("optional", "alternative") if module is quote else ()),  # by the choice of a line
        *(f"by_{unit}" for unit in ("day", "week", "month")),
        *("day", "week", "month"),
        *(f"sheet_{name}" for name in ("date", "time", "text", "hours", "billed")),
    }
    for word in set(module.WORDS["de"]) - made:
        assert f'"{word}"' in code or re.search(rf"words\.{word}\b", code), word


def test_no_german_is_written_elsewhere() -> None:
    """Outside of `words` and the data of the law no file of the output holds German sentences."""
    german = re.compile(
        r"\b(Rechnung|Mahnung|Leistung|Umsatzsteuer|Bitte|Kundennummer|Fällig|Betrag|Stunden|Tage)\b"
    )
    for path in sorted(ROOT.glob("**/*.py")):
        parts = path.relative_to(ROOT).parts
        if "words" in parts or parts[0] in ("data", "importers"):
            continue
        code = re.sub(r'""".*?"""|#.*', "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not german.findall(code), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_that_are_counted(language: str) -> None:
    assert len(spelling.MONTHS[language]) == 12
    assert len(lines.WEEKDAYS[language]) == 7
    assert len(lines.MONTHS) == 12
    assert all(len(names) == len(LANGUAGES) for names in spelling.COUNTRIES.values())
