"""The pages for readers: numbers that name one decision, links that lead somewhere, guides that are found."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cowork_cli import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
BY_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def sources() -> Iterator[Path]:
    """Every text that people wrote."""
    yield from PAGES
    yield from (ROOT / name for name in ("pyproject.toml", "Makefile"))
    for folder in ("cowork_cli", "tests", "tools"):
        yield from (ROOT / folder).rglob("*.py")


def test_decisions_are_numbered_from_one_without_gap_or_double() -> None:
    numbers = [int(path.name.partition("-")[0]) for path in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_the_number_of_its_file_in_its_title(path: Path) -> None:
    number = int(path.name.partition("-")[0])
    assert path.read_text(encoding="utf-8").startswith(f"# {number}. ")


def test_a_decision_that_is_named_by_number_is_the_one_that_is_linked() -> None:
    """`[decision 4](…/0004-….md)`, and `docs/decisions/0004` in the code."""
    numbers = {int(path.name.partition("-")[0]) for path in DECISIONS}
    for path in sources():
        text = path.read_text(encoding="utf-8")
        for said, linked in re.findall(r"\[decision (\d+)\]\([\w./]*?(\d{4})-", text):
            assert int(said) == int(linked), f"{path}: decision {said}"
        for number in re.findall(r"docs/decisions/(\d{4})", text):
            assert int(number) in numbers, f"{path}: docs/decisions/{number}"


@BY_PAGE
def test_links_lead_to_something_that_is_there(page: Path) -> None:
    text = re.sub(
        r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        target, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        path = page.parent / target if target else page
        assert path.exists(), f"{page.name}: {link}"
        if anchor and path.suffix == ".md":
            assert anchor in anchors(path), f"{page.name}: {link}"


def anchors(page: Path) -> set[str]:
    """What the headings of a page are called in a link."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@BY_PAGE
def test_nothing_is_left_over_from_a_merge(page: Path) -> None:
    lines = page.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines[1:], 2):
        assert not re.match(r"(<{7}|={7}|>{7}|\|{7})( |$)", line), f"line {number}: {line}"
        if line.strip() and not line.startswith("|"):
            assert line != lines[number - 2] or line.startswith("$ "), f"twice: line {number}"


def test_the_changelog_tells_a_thing_once() -> None:
    page = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    starts = [
        " ".join(entry.split()[:5]) for entry in re.split(r"^- ", page, flags=re.MULTILINE)[1:]
    ]
    assert [start for start in starts if starts.count(start) > 1] == []


def test_every_guide_and_every_word_of_the_command_is_in_the_readme() -> None:
    for guide in (ROOT / "docs" / "guides").glob("*.md"):
        assert f"](docs/guides/{guide.name})" in README
    for word in (*app.NOUNS, *app.VERBS, *app.SHORTCUTS):
        assert f"`{word}`" in README, word


def test_nobody_is_sent_to_a_package_of_somebody_else() -> None:
    """The name is taken on the package index: what installs is a clone."""
    for page in PAGES:
        for line in page.read_text(encoding="utf-8").splitlines():
            assert not re.search(r"(\binstall|\bpipx run|\buvx) cowork(-cli)?(?![\w-])", line), line
    assert "pipx install ." in README


def test_the_map_is_two_pages() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()) <= 200


def test_the_sources_hold_no_mark_of_a_conflict() -> None:
    for path in sources():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"^(<{7}|>{7}) ", text, re.MULTILINE), path
