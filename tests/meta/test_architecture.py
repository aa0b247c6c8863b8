"""What `ARCHITECTURE.md` and `docs/invariants.md` name is there, and every invariant names a test."""

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
INVARIANTS = (ROOT / "docs/invariants.md").read_text(encoding="utf-8")
PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8") + INVARIANTS
ROOMS = ("cowork_cli", "cowork_cli/commands", "cowork_cli/services", ".")
# What lies in the home of a person, not here.
THEIRS = ("data/cowork.db", "data/invoices/", "state/names.tsv")
PATHS = sorted(
    {
        text
        for text in re.findall(r"`([\w./*-]+)`", PAGE)
        if re.search(r"/|\.(py|md|sql|typ)$", text) and text not in THEIRS
    }
    | set(re.findall(r"\]\(([\w./-]+)\)", PAGE))
)


def there(text: str) -> bool:
    return any((ROOT / room / text).exists() for room in ROOMS)


@pytest.mark.parametrize("text", PATHS)
def test_a_path_is_there(text: str) -> None:
    assert there(text.replace("NNNN_name.sql", "0001_first.sql"))


@pytest.mark.parametrize("text", sorted(set(re.findall(r"`((?:\w+\.)+\w+)`", PAGE))))
def test_a_name_with_dots_is_a_module_or_something_in_one(text: str) -> None:
    """`services.hours.tracking.stop`: the module is there, and so is the word in it."""
    if re.search(r"\.(py|md|db|tsv|toml|sql|typ|json)$", text):
        return
    *folders, last = text.split(".")
    if folders[0] in sys.stdlib_module_names:
        return
    module = ROOT / "cowork_cli" / Path(*folders)
    if (module / f"{last}.py").is_file() or (module / last).is_dir():
        return
    files = [
        file
        for folder in (module, ROOT / "cowork_cli/commands" / Path(*folders))
        for file in (folder.with_suffix(".py"), folder / "__init__.py", *folder.glob("*.py"))
        if file.is_file()
    ]
    if not files and len(folders) == 1:  # a value and what it has: `context.now`
        files = [ROOT / "cowork_cli/context.py", ROOT / "cowork_cli/commands/_options.py"]
    assert any(re.search(rf"\b{last}\b", file.read_text(encoding="utf-8")) for file in files), text


def rows() -> list[tuple[str, str]]:
    found = re.findall(r"^\| (.+?) \| (.+) \|$", INVARIANTS, re.MULTILINE)
    return [row for row in found if row[0] not in ("invariant", "---")]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_an_invariant_is_pinned(row: tuple[str, str]) -> None:
    """By a test file with tests in it, or by a folder of them."""
    places = re.findall(r"`(tests/[\w./-]+)`", row[1])
    assert places, row[0]
    for place in places:
        path = ROOT / place
        assert path.exists(), place
        files = path.rglob("test_*.py") if path.is_dir() else [path]
        assert any(re.search(r"def test_\w+", file.read_text(encoding="utf-8")) for file in files)


def test_the_rooms_that_are_drawn_are_those_there_are() -> None:
    drawing = PAGE.partition("services/   ")[2].partition("store/ ")[0]
    drawn = {word for line in drawing.splitlines() for word in re.findall(r"\w+", line[:44])}
    rooms = {
        path.name
        for path in (ROOT / "cowork_cli/services").iterdir()
        if path.is_dir() and not path.name.startswith("_")
    }
    assert rooms <= drawn
    layers = PAGE.partition("```\nmain ")[2].partition("```")[0]
    for path in (ROOT / "cowork_cli").iterdir():
        if path.name.startswith("_") or path.suffix not in ("", ".py"):
            continue
        assert re.search(rf"\b{path.stem}\b", f"main {layers}"), path.name


def test_it_is_two_pages() -> None:
    assert len(PAGE.removesuffix(INVARIANTS).splitlines()) <= 200
