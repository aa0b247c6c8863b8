"""Every rule that is shown has a source with a year, and none tells the reader what to do."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cowork_cli.data import address_uses, filing, interest, moving, periods, small_business
from cowork_cli.documents.words import imprint
from cowork_cli.domain import contract
from cowork_cli.domain.vat_dates import vat_dates
from cowork_cli.services.addresses import holding

ROOT = Path(address_uses.__file__).parents[1]
YEAR = re.compile(r"\b20\d\d\b")
ADVICE = re.compile(
    r"\b(you (may|must|should|need not|can|are (allowed|obliged|liable|exempt))|should|ought|"
    r"permitted|forbidden|lawful|unlawful|we (advise|recommend)|recommended)\b",
    re.IGNORECASE,
)
# What speaks of law: data, the rules of the office, the letters, the reports of VAT, interest, turnover.
SPEAKS_OF_LAW = [
    *(ROOT / "data").glob("*.py"),
    *(ROOT / "services" / "addresses").glob("*.py"),
    *(ROOT / "commands" / "address").glob("*.py"),
    *(ROOT / "domain" / f"{name}.py" for name in (
        "address", "notice", "contract", "deadlines", "post", "vat_dates", "calendar_days",
    )),
    *(ROOT / "documents" / "words" / f"{name}.py" for name in ("letter", "imprint")),
    *(ROOT / "services" / "home" / f"{name}.py" for name in ("deadlines", "overview")),
    *(ROOT / "services" / "books" / f"{name}.py" for name in ("turnover", "vat_report")),
]  # fmt: skip


def rules() -> Iterator[tuple[str, str, str]]:
    """Where it stands, the rule, its source with the day or year of it."""
    for use, found in address_uses.RULES.items():
        yield f"use {use}", found.rule, found.source
    for code, row in moving.ROWS.items():
        yield f"move {code}", row.rule, row.source
    for kind, period in periods.OBJECTION.items():
        yield f"period {kind}", period.what, period.source
    for dated in (periods.RECEIPT, *periods.KEEPING.values()):
        for number in dated:
            yield f"number {number.count}", str(number.count), number.source
    for how in ("month", "quarter", "year"):
        first, last = (filing.KNOWN_YEARS[0], filing.KNOWN_YEARS[-1])
        for extended in (False, True):
            days = vat_dates(
                how, extended=extended, first=contract.date(first, 1, 1),
                last=contract.date(last, 12, 31),
            )  # fmt: skip
            for day in days:
                yield day.what, day.rule, day.source
    for name in ("MOVED", "EXEMPT", "NOT_EXEMPT"):
        yield f"filing {name}", name, getattr(filing, name)
    yield "dossier", holding.ITEMS_RULE, holding.ITEMS_SOURCE
    yield "imprint", "imprint", imprint.SOURCE
    yield "counting of a notice", "counting", contract.COUNTED
    yield "interest", "interest", interest.SOURCE
    yield "small business", "limits", small_business.REFERENCE
    yield "small business, founding", "limits", small_business.REFERENCE_FOUNDING


@pytest.mark.parametrize(("where", "rule", "source"), [*{row[0]: row for row in rules()}.values()])
def test_every_rule_has_a_source_with_a_year(where: str, rule: str, source: str) -> None:
    assert rule
    assert YEAR.search(source), f"{where}: no year in {source!r}"


def test_the_texts_are_cited_as_they_were_read() -> None:
    """Paragraphs read in the snapshot of 2022 say so; none borrows a later year."""
    old = ("§ 355 AO", "§ 70 VwGO", "ZPO", "OWiG", "StPO", "§ 138 AO", "GewO", "GwG", "§ 31 HGB")
    for where, _, source in rules():
        if any(law in source for law in old):
            assert "2022-03-26" in source, f"{where}: {source}"


def texts(file: Path) -> Iterator[str]:
    """What a module can show: its strings, without what only readers of the code see."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


@pytest.mark.parametrize("file", SPEAKS_OF_LAW, ids=lambda file: file.name)
def test_no_text_gives_advice(file: Path) -> None:
    said = [text for text in texts(file) if ADVICE.search(text)]
    assert said == []
