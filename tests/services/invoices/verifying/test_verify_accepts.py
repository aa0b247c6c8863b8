"""Valid invoices pass: ours and, in the same files, the published rules that the packages carry."""

from dataclasses import replace
from datetime import date

import pytest

from cowork_cli.services.invoices.verifying import verify
from tests.einvoice import rules
from tests.services.invoices.verifying.as_cii import cii
from tests.services.invoices.verifying.as_pdf import Box, pdf
from tests.services.invoices.verifying.as_ubl import ubl
from tests.services.invoices.verifying.official import published
from tests.services.invoices.verifying.samples import Row, Sample, cases

TODAY = date(2026, 11, 25)
CASES = cases()
BY_CASE = pytest.mark.parametrize("case", CASES)


@BY_CASE
def test_cii(case: str) -> None:
    found = verify(cii(CASES[case]), "a.xml", TODAY)
    assert found.problems == ()
    assert found.valid
    assert found.kind == "cii"


@BY_CASE
def test_ubl(case: str) -> None:
    found = verify(ubl(CASES[case]), "a.xml", TODAY)
    assert found.problems == ()
    assert found.kind == "ubl"


@BY_CASE
def test_both_syntaxes_are_shown_alike(case: str) -> None:
    one = verify(cii(CASES[case]), "a.xml", TODAY).invoice
    other = verify(ubl(CASES[case]), "a.xml", TODAY).invoice
    assert replace(one, sha256=None) == replace(other, sha256=None)


@BY_CASE
def test_the_published_rules_say_the_same_of_cii(case: str) -> None:
    sample = CASES[case]
    profile = "xrechnung" if "xrechnung" in (sample.spec or "") else "en16931"
    xml = cii(sample)
    # A sample without service date has an empty delivery, of which one rule warns.
    said = [rule for rule in rules.problems(xml, profile) if "PEPPOL-EN16931-R008" not in rule]
    assert said == []


@BY_CASE
def test_the_published_rules_say_the_same_of_ubl(case: str) -> None:
    assert published(ubl(CASES[case])) == []


def test_and_of_a_credit_note() -> None:
    sample = Sample(type="381", credit_note=True, preceding=("7", "20261101"))
    assert published(ubl(sample)) == []


def test_a_credit_note() -> None:
    sample = Sample(type="381", credit_note=True, preceding=("7", "20261101"))
    found = verify(ubl(sample), "a.xml", TODAY)
    assert found.problems == ()
    assert found.invoice.cancels == "7"


def test_a_hybrid_pdf() -> None:
    found = verify(pdf(cii(Sample())), "a.pdf", TODAY)
    assert found.problems == ()
    assert found.kind == "hybrid-pdf"


def test_a_hybrid_pdf_of_profile_xrechnung() -> None:
    box = Box(xml_name="xrechnung.xml", level="XRECHNUNG")
    assert verify(pdf(cii(CASES["XRechnung"]), box), "a.pdf", TODAY).problems == ()


def test_many_lines_and_odd_prices() -> None:
    rows = tuple(
        Row(f"Item {n}", f"{n / 4:.2f}", f"{n * 3}.{n:04}", rate="19" if n % 3 else "7")
        for n in range(1, 400)
    )
    assert verify(cii(Sample(rows=rows)), "a.xml", TODAY).problems == ()


def test_halves_are_rounded_away_from_zero() -> None:
    for quantity, net in (("0.5", "0.01"), ("-0.5", "-0.01")):
        row = Row(quantity=quantity, price="0.01", net=net)
        found = verify(cii(Sample(rows=(row,))), "a.xml", TODAY)
        assert "LINE-NET" not in {one.rule for one in found.problems}
