"""Files that mean harm, or nothing: one line, never a traceback, never a long wait."""

import time
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cowork_cli.errors import BadInput
from cowork_cli.services.invoices.verifying import verify
from tests.services.invoices.verifying.as_cii import cii
from tests.services.invoices.verifying.as_ubl import ubl
from tests.services.invoices.verifying.samples import Row, Sample

TODAY = date(2026, 11, 25)
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
]><lolz>&c;</lolz>"""
OUTSIDE = (
    b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>"""
)
REFUSED = {
    "nothing": (b"", "is empty"),
    "blanks": (b" \n ", "is empty"),
    "laughs": (LAUGHS, "DTD"),
    "outside": (OUTSIDE, "DTD"),
    "no invoice": (b"<html/>", "no invoice in CII or UBL"),
    "text": (b"Rechnung 4711", "neither XML nor PDF"),
    "picture": (b"\x89PNG\r\n\x1a\n", "neither XML nor PDF"),
    "cut": (cii(Sample())[:500], "broken XML"),
    "bad bytes": (cii(Sample()).replace("Köln".encode(), b"K\xf6ln"), "broken XML"),
    "encoding": (b'<?xml version="1.0" encoding="klingon"?><a/>', "broken XML"),
    "wide encoding": (b'<?xml version="1.0" encoding="utf-7"?><a/>', "broken XML"),
    "deep": (b"<a>" * 100_000, "nested too deep"),
    "wide": (b"<a>" + b"<b/>" * 300_000 + b"</a>", "too many elements"),
    "ZUGFeRD 1": (
        b'<CrossIndustryDocument xmlns="urn:ferd:CrossIndustryDocument:invoice:1p0"/>',
        "ZUGFeRD 1",
    ),
    "PDF head": (b"%PDF-1.7", "damaged"),
    "PDF of zeros": (b"%PDF-1.7" + b"\0" * 100_000, "damaged"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_in_one_line(case: str) -> None:
    content, said = REFUSED[case]
    start = time.process_time()
    with pytest.raises(BadInput, match=said) as caught:
        verify(content, "a.xml", TODAY)
    assert "\n" not in caught.value.message
    assert time.process_time() - start < 10, "CPU time, so that a loaded machine changes nothing"


@pytest.mark.parametrize("write", [cii, ubl], ids=["cii", "ubl"])
def test_thousands_of_faults_are_a_few_findings(write: Callable[[Sample], bytes]) -> None:
    for junk in (b"<junk/>", b"<junk>x</junk>" * 2):
        xml = write(Sample())
        end = xml.rindex(b"</")
        found = verify(xml[:end] + junk * 30_000 + xml[end:], "a.xml", TODAY)
        assert not found.valid
        assert len(found.problems) < 600


def test_a_large_attachment_is_looked_through() -> None:
    for data, valid in ((b"QUJD" * 2_000_000, True), (b"QUJD" * 2_000_000 + b"?", False)):
        xml = cii(Sample(attachment=("a.csv", "text/csv"))).replace(b"aGVsbG8=", data)
        assert verify(xml, "a.xml", TODAY).valid is valid


def test_a_dtd_behind_an_invoice_in_utf16_is_refused_too() -> None:
    content = OUTSIDE.decode().replace('version="1.0"', 'version="1.0" encoding="utf-16"')
    with pytest.raises(BadInput, match="DTD"):
        verify(content.encode("utf-16"), "a.xml", TODAY)


def test_an_invoice_in_utf16_is_read() -> None:
    content = cii(Sample()).decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert verify(content, "a.xml", TODAY).problems == ()


def test_an_invoice_with_nothing_in_it_is_judged() -> None:
    empty = (
        b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>',
        b"<CrossIndustryInvoice "
        b'xmlns="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"/>',
    )
    for content in empty:
        found = verify(content, "a.xml", TODAY)
        assert not found.valid
        assert found.invoice.gross is None


@pytest.mark.parametrize(
    "number",
    ["1e3", "NaN", "Infinity", "1 000", "", "0x10", "9" * 60, "1" + "0" * 18, "-", "٣"],
)
def test_numbers_that_are_none_or_huge(number: str) -> None:
    for write in (cii, ubl):
        xml = write(Sample()).replace(b">95.00<", f">{number}<".encode())
        assert not verify(xml, "a.xml", TODAY).valid


def test_huge_numbers_that_fit_together() -> None:
    row = Row(quantity="999999999999999999", price="999999999999999999", net="1")
    found = verify(cii(Sample(rows=(row,))), "a.xml", TODAY)
    assert "LINE-NET" in {one.rule for one in found.problems}


@pytest.mark.parametrize("write", [cii, ubl], ids=["cii", "ubl"])
def test_any_single_element_may_be_missing_or_empty(write: object) -> None:
    import re

    assert callable(write)
    whole = write(Sample(terms="x", preceding=("7", "20261101"))).decode()
    for found in re.finditer(r"<([a-z]+:[A-Za-z]+)[^<>]*>[^<>]*</\1>", whole):
        for instead in ("", f"<{found[1]}/>", f"<{found[1]}>\u202e?</{found[1]}>"):
            changed = whole[: found.start()] + instead + whole[found.end() :]
            verify(changed.encode(), "a.xml", TODAY)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(0, 4000),
    st.binary(max_size=12),
    st.integers(0, 60),
    st.sampled_from([cii(Sample()), ubl(Sample())]),
)
def test_random_damage(at: int, put: bytes, drop: int, whole: bytes) -> None:
    content = whole[:at] + put + whole[at + drop :]
    try:
        verify(content, "a.xml", TODAY)
    except BadInput as error:
        assert "\n" not in error.message
