"""The rest of the rules of XRechnung 2.6.0, each broken once; the official rule set says it, too."""

import re
from dataclasses import dataclass
from datetime import date

import pytest

from cowork_cli.services.invoices.verifying import verify
from tests.einvoice.judges import assertions, refusals
from tests.services.invoices.verifying.samples import XRECHNUNG
from tests.services.invoices.verifying.shapes import (
    CARD,
    DEBIT_UBL,
    EXTENSION,
    TRANSFER_UBL,
    full_cii,
    full_ubl,
)

TODAY = date(2026, 11, 25)
CII, UBL, MORE = full_cii(), full_ubl(), full_ubl(EXTENSION)
DEBIT = full_ubl(means=DEBIT_UBL)


@dataclass(frozen=True)
class Case:
    """What is done to an invoice, how that is called here and how it is called officially."""

    xml: bytes
    pattern: str
    instead: str
    official: str
    severity: str = "error"
    count: int = 1

    @property
    def broken(self) -> bytes:
        text = re.sub(
            self.pattern, self.instead, self.xml.decode(), count=self.count, flags=re.DOTALL
        )
        assert text.encode() != self.xml
        return text.encode()


def _below(net: str, tax: str) -> str:
    """A line below the first one."""
    return (
        r"\1<cac:SubInvoiceLine><cbc:ID>1.1</cbc:ID>"
        '<cbc:InvoicedQuantity unitCode="HUR">8</cbc:InvoicedQuantity>'
        f'<cbc:LineExtensionAmount currencyID="EUR">{net}</cbc:LineExtensionAmount><cac:Item>'
        f"<cbc:Name>Part</cbc:Name>{tax}</cac:Item><cac:Price>"
        '<cbc:PriceAmount currencyID="EUR">95.00</cbc:PriceAmount></cac:Price>'
        "</cac:SubInvoiceLine></cac:InvoiceLine>"
    )


TAX = (
    "<cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent><cac:TaxScheme>"
    "<cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory>"
)
FIRST_LINE = r"(</cac:Price>)</cac:InvoiceLine>"
PAID = (
    "<cac:PrepaidPayment><cbc:ID>deposit</cbc:ID>"
    '<cbc:PaidAmount currencyID="EUR">10.00</cbc:PaidAmount>'
    "<cbc:InstructionID>bottles</cbc:InstructionID></cac:PrepaidPayment>"
)


def collected(paid: str = PAID, due: str = "1060.70") -> bytes:
    """The extension with something collected for others."""
    text = MORE.decode().replace("</cac:PaymentTerms>", f"</cac:PaymentTerms>{paid}")
    return text.replace(">1050.70<", f">{due}<").encode()


THIRD = collected()
HOURS = r"(<ram:AdditionalReferencedDocument><ram:IssuerAssignedID>hours.*?ReferencedDocument>)"
PERIODS = r"<cbc:ActualDeliveryDate>[^<]*</cbc:ActualDeliveryDate>|<cac:InvoicePeriod>.*?Period>"
CASES: dict[str, Case] = {
    "BR-DE-14": Case(CII, r"(72</ram:DueDateTypeCode>)<ram:RateApplicablePercent>7</ram:RateApplicablePercent>", r"\1", "BR-DE-14"),
    "BR-DE-22": Case(CII, HOURS, r"\1\1", "BR-DE-22"),
    "BR-DE-23-b": Case(CII, r"(<ram:Information>SEPA</ram:Information>)", r"\1<ram:ApplicableTradeSettlementFinancialCard><ram:ID>1234</ram:ID></ram:ApplicableTradeSettlementFinancialCard>", "BR-DE-23-b"),
    "BR-DE-24-a": Case(full_cii(means=CARD), r"<ram:ApplicableTradeSettlementFinancialCard>.*Card>", "", "BR-DE-24-a"),
    "BR-DE-25-a": Case(DEBIT, r"<cac:PaymentMandate>.*?</cac:PaymentMandate>", "", "BR-DE-25-a"),
    "BR-DE-25-b": Case(DEBIT, r"<cac:PaymentMandate>", "<cac:PayeeFinancialAccount><cbc:ID>DE02120300000000202051</cbc:ID></cac:PayeeFinancialAccount><cac:PaymentMandate>", "BR-DE-25-b"),
    "BR-DE-TMP-32": Case(UBL, PERIODS, "", "BR-DE-TMP-32", "info", 9),
    "BR-DEX-02": Case(MORE, FIRST_LINE, _below("700.00", TAX), "BR-DEX-02", "warning"),
    "BR-DEX-03": Case(MORE, FIRST_LINE, _below("760.00", ""), "BR-DEX-03"),
    "BR-DEX-10": Case(THIRD, r"<cbc:ID>deposit</cbc:ID>", "", "BR-DEX-10"),
    "BR-DEX-11": Case(collected(due="1050.70"), r"<cbc:PaidAmount.*?</cbc:PaidAmount>", "", "BR-DEX-11"),
    "BR-DEX-12": Case(THIRD, r"<cbc:InstructionID>bottles</cbc:InstructionID>", "", "BR-DEX-12"),
    "BR-DEX-13": Case(THIRD, r">10\.00</cbc:PaidAmount>", ">10.000</cbc:PaidAmount>", "BR-DEX-13"),
    "BR-DEX-14": Case(THIRD, r'currencyID="EUR">10\.00</cbc:PaidAmount>', 'currencyID="USD">10.00</cbc:PaidAmount>', "BR-DEX-14"),
    "BR-DEX-15": Case(full_cii(EXTENSION), r"<ram:LineID>2</ram:LineID>", "<ram:LineID>2</ram:LineID><ram:ParentLineID>1</ram:ParentLineID>", "BR-DEX-15", "warning"),
    "BR-CO-16": Case(THIRD, r">10\.00</cbc:PaidAmount>", ">11.00</cbc:PaidAmount>", "BR-DEX-09"),
    "BR-CL-24": Case(MORE, r'mimeCode="text/csv"', 'mimeCode="application/json"', "BR-DEX-01"),
    "BR-CL-10": Case(MORE, r'schemeID="0088"', 'schemeID="9999"', "BR-DEX-04"),
    "BR-CL-11": Case(MORE, r'schemeID="0002"', 'schemeID="9999"', "BR-DEX-05"),
    "BR-CL-21": Case(MORE, r'schemeID="0160"', 'schemeID="9999"', "BR-DEX-06"),
    "BR-CL-25": Case(MORE, r'schemeID="EM"', 'schemeID="9999"', "BR-DEX-07"),
    "BR-CL-26": Case(MORE, r"<cac:DeliveryLocation><cbc:ID>", '<cac:DeliveryLocation><cbc:ID schemeID="9999">', "BR-DEX-08"),
    "BR-TMP-3": Case(CII, r"(<ram:ChargeAmount>100.00</ram:ChargeAmount>)", r'\1<ram:BasisQuantity unitCode="HUR">2</ram:BasisQuantity>', "BR-TMP-3"),
    "DOUBLE": Case(CII, r"(<ram:Name>Hours</ram:Name>)", r"\1<ram:Name>More</ram:Name>", "BR-TMP-4", "warning"),
    "PEPPOL-EN16931-R005": Case(CII, r"(<ram:InvoiceCurrencyCode>)", r"<ram:TaxCurrencyCode>EUR</ram:TaxCurrencyCode>\1", "PEPPOL-EN16931-R005"),
    "PEPPOL-EN16931-R121": Case(CII, r'unitCode="HUR">1</ram:BasisQuantity>', 'unitCode="HUR">0</ram:BasisQuantity>', "PEPPOL-EN16931-R121"),
    "PEPPOL-EN16931-R120": Case(UBL, r'currencyID="EUR">95\.00</cbc:PriceAmount>', 'currencyID="EUR">95.01</cbc:PriceAmount>', "PEPPOL-EN16931-R120", "warning"),
}  # fmt: skip


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_of_xrechnung(rule: str) -> None:
    case = CASES[rule]
    syntax = "CII" if case.xml.find(b"rsm:Cross") > 0 else "UBL"
    published = {row[0] for row in assertions(case.broken, f"XRechnung-{syntax}-validation.xsl")}
    assert case.official in published
    found = {row.rule: row.severity for row in verify(case.broken, "a.xml", TODAY).problems}
    assert found.get(rule) == case.severity


def test_the_extension_goes_beyond() -> None:
    for xml in (
        MORE,
        THIRD,
        re.sub(FIRST_LINE, _below("760.00", TAX), MORE.decode(), count=1).encode(),
        MORE.replace(b'schemeID="0088"', b'schemeID="XR01"'),
        MORE.replace(b'mimeCode="text/csv"', b'mimeCode="application/xml"'),
    ):
        assert refusals(xml) == []
        assert verify(xml, "a.xml", TODAY).valid
    plain = full_ubl(means=TRANSFER_UBL).replace(b'"text/csv"', b'"application/xml"')
    assert refusals(plain) != []
    assert not verify(plain, "a.xml", TODAY).valid


def test_the_rules_for_vehicles_are_not_checked_and_that_is_said() -> None:
    spec = f"{XRECHNUNG}#compliant#urn:xeinkauf.de:kosit:xrechnung:cvd_0.9"
    found = verify(full_cii(spec), "a.xml", TODAY)
    assert found.valid
    assert {row.rule for row in found.problems if row.severity == "not-checked"} == {"BR-DE-CVD"}
