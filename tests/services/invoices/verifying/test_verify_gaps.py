"""What every published rule set lets through: `verify` rejects each, in CII and in UBL.

That the published ones do let it through is asked of them too, where a package carries them.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from cowork_cli.services.invoices.verifying import verify
from tests.einvoice import rules
from tests.services.invoices.verifying.as_cii import cii
from tests.services.invoices.verifying.as_ubl import ubl
from tests.services.invoices.verifying.samples import (
    LEITWEG_ID,
    SELLER,
    XRECHNUNG,
    Row,
    Sample,
    Who,
)

TODAY = date(2026, 11, 25)
COUNTRY_ONLY = Who(street=None, postcode=None, city=None)
PUBLIC = Sample(spec=XRECHNUNG, reference=LEITWEG_ID)
OFF = {"vat": {"S19": "181.00"}}
GAPS: dict[str, tuple[str, Sample]] = {
    "VAT off by 0.50": ("BR-CO-17", Sample(**OFF)),
    "line is not its product": ("LINE-NET", Sample(rows=(Row(net="960.00"),))),
    "wrong IBAN": ("IBAN", Sample(iban="DE02120300000000202052")),
    "VAT id DE12": ("VAT-ID", Sample(seller=replace(SELLER, vat_id="DE12"))),
    "16 % instead of 19 %": ("VAT-RATE", Sample(rows=(Row(rate="16"),))),
    "no service date and no period": ("UStG-14-4-6", Sample(service=None)),
    "buyer with country only": ("UStG-14-4-1", Sample(buyer=COUNTRY_ONLY)),
    "issue date in 2099": ("DATE-FUTURE", Sample(issued="20990101", due="20990115")),
    "XRechnung: VAT off by 0.50": ("BR-CO-17", replace(PUBLIC, **OFF)),
    "XRechnung: nonsense Leitweg-ID": (
        "LEITWEG-ID",
        replace(PUBLIC, reference="04011000-1234512345-99"),
    ),
    "XRechnung: a word as Leitweg-ID": ("LEITWEG-ID", replace(PUBLIC, reference="nonsense")),
    "XRechnung: wrong IBAN": ("IBAN", replace(PUBLIC, iban="DE02120300000000202052")),
    "XRechnung: wrong product": ("LINE-NET", replace(PUBLIC, rows=(Row(net="950.50"),))),
}


@pytest.mark.parametrize("write", [cii, ubl], ids=["cii", "ubl"])
@pytest.mark.parametrize("gap", GAPS)
def test_it_is_rejected(gap: str, write: Callable[[Sample], bytes]) -> None:
    rule, sample = GAPS[gap]
    found = verify(write(sample), "a.xml", TODAY)
    errors = [row for row in found.problems if row.severity == "error"]
    assert not found.valid
    assert [row.rule for row in errors] == [rule]


@pytest.mark.parametrize("gap", [gap for gap in GAPS if not gap.startswith("XRechnung")])
def test_the_published_rules_let_it_through(gap: str) -> None:
    said = rules.schematron(cii(GAPS[gap][1]))
    assert [rule for rule in said if "(still status warning)" not in rule] == []


def test_the_unusual_rate_names_source_and_year() -> None:
    [row] = verify(cii(GAPS["16 % instead of 19 %"][1]), "a.xml", TODAY).problems
    assert "§ 12 (1) UStG, 2026" in row.message


def test_the_lowered_rates_of_2020_were_right_then() -> None:
    sample = Sample(issued="20201101", due="20201115", service="20201031", rows=(Row(rate="16"),))
    [row] = verify(cii(sample), "a.xml", TODAY).problems
    assert (row.rule, row.severity) == ("VAT-RATE", "info")
