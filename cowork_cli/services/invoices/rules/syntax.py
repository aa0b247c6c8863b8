"""How EN 16931 is bound to CII and UBL: CII-SR, CII-DT, UBL-SR, UBL-DT, as far as they are fatal.

A profile of Factur-X has its own schema instead, except EN 16931 itself, which both judge.
"""

from collections.abc import Callable, Iterator

from cowork_cli.domain.einvoice import EInvoice, Finding
from cowork_cli.importers.einvoice_xml import Node
from cowork_cli.services.invoices.rules._say import error
from cowork_cli.services.invoices.rules.structure import at, schema_of

_OWN = ("MINIMUM", "BASIC WL", "BASIC", "EXTENDED")
_DEAL = "rsm:SupplyChainTradeTransaction"
_SUMS = f"{_DEAL}/ram:ApplicableHeaderTradeSettlement/"
_SUMS += "ram:SpecifiedTradeSettlementHeaderMonetarySummation"
_AGREEMENT = f"{_DEAL}/ram:ApplicableHeaderTradeAgreement"
_PRODUCT = f"{_DEAL}/ram:IncludedSupplyChainTradeLineItem/ram:SpecifiedTradeProduct"
_TRAIT = f"{_PRODUCT}/ram:ApplicableProductCharacteristic"
# Rule, place, element, least, most.
_CII_COUNTS: tuple[tuple[str, str, str, int, int], ...] = (
    ("CII-SR-014", "rsm:ExchangedDocument", "ram:TypeCode", 1, 1),
    ("DOUBLE", "rsm:ExchangedDocumentContext",
     "ram:GuidelineSpecifiedDocumentContextParameter", 0, 1),
    ("DOUBLE", f"{_DEAL}/ram:ApplicableHeaderTradeSettlement/"
     "ram:SpecifiedTradeSettlementPaymentMeans", "ram:PayeePartyCreditorFinancialAccount", 0, 1),
    ("CII-SR-069", _TRAIT, "ram:Description", 1, 1),
    ("CII-SR-072", _TRAIT, "ram:Value", 1, 1),
    ("CII-SR-455", _AGREEMENT, "ram:SellerTradeParty/ram:DefinedTradeContact", 0, 1),
    ("CII-SR-456", _AGREEMENT, "ram:BuyerTradeParty/ram:DefinedTradeContact", 0, 1),
    ("CII-SR-459", _AGREEMENT, "ram:SellerTradeParty/ram:URIUniversalCommunication", 0, 1),
    ("CII-SR-460", _AGREEMENT, "ram:BuyerTradeParty/ram:URIUniversalCommunication", 0, 1),
    ("CII-SR-469", f"{_DEAL}/ram:ApplicableHeaderTradeSettlement", "ram:PaymentReference", 0, 1),
    ("CII-SR-461", f"{_DEAL}/ram:ApplicableHeaderTradeSettlement",
     "ram:ApplicableTradeTax/ram:TaxPointDate", 0, 1),
    *((f"CII-SR-{number}", _SUMS, f"ram:{name}Amount", 0, 1) for number, name in (
        (477, "LineTotal"), (478, "ChargeTotal"), (479, "AllowanceTotal"), (480, "TaxBasisTotal"),
        (481, "Rounding"), (482, "GrandTotal"), (483, "Information"), (484, "TotalPrepaid"),
        (485, "TotalDiscount"), (486, "TotalAllowanceCharge"), (487, "DuePayable"),
        (488, "RetailValueExcludingTaxInformation"), (489, "TotalDepositFeeInformation"),
        (490, "ProductValueExcludingTobaccoTaxInformation"), (491, "TotalRetailValueInformation"),
        (492, "GrossLineTotal"), (493, "NetLineTotal"), (494, "NetIncludingTaxesLineTotal"),
    )),
)  # fmt: skip
# Elements that a group must not have, whatever the place: name of the group → rule → child.
_ADDRESS = {"082": "ID", "083": "PostOfficeBox", "084": "BuildingName", "086": "LineFour",
            "087": "LineFive", "088": "StreetName", "089": "CitySubDivisionName",
            "090": "CountryName", "091": "CountrySubDivisionID", "092": "AttentionOf",
            "093": "CareOf", "094": "BuildingNumber", "095": "DepartmentName",
            "096": "AdditionalStreetName"}  # fmt: skip
_PERIOD = {"069": "DurationMeasure", "070": "InclusiveIndicator", "071": "Description",
           "073": "CompleteDateTime", "074": "OpenIndicator", "075": "SeasonCode", "076": "ID",
           "077": "Name", "078": "SequenceNumeric", "079": "StartDateFlexibilityCode",
           "080": "ContinuousIndicator", "081": "PurposeCode"}  # fmt: skip
_DOCUMENT = {"016": "StatusCode", "017": "CopyIndicator", "019": "GlobalID", "020": "RevisionID",
             "023": "Information", "025": "SectionName", "026": "PreviousRevisionID",
             "028": "EffectiveSpecifiedPeriod", "029": "IssuerTradeParty",
             "030": "AttachedSpecifiedBinaryFile"}  # fmt: skip
# Elements of a reference that only one kind of it may have: rule → child, type code.
_ONLY_OF = {"015": ("URIID", "916"), "021": ("Name", "916"),
            "022": ("AttachmentBinaryObject", "916"), "024": ("ReferenceTypeCode", "130")}  # fmt: skip
# Attributes that no element with such an ending may have: rule → ending, attribute.
_ATTRIBUTES = {
    "101": ("ID", "schemeName"), "102": ("ID", "schemeAgencyName"), "103": ("ID", "schemeDataURI"),
    "104": ("ID", "schemeURI"), "008": (":TypeCode", "name"), "009": (":TypeCode", "listURI"),
    "032": ("Amount", "currencyCodeListVersionID"), "034": ("Quantity", "unitCodeListID"),
    "035": ("Quantity", "unitCodeListAgencyID"), "036": ("Quantity", "unitCodeListAgencyName"),
}  # fmt: skip
_ALLOWANCE = {"471": "RateApplicablePercent", "472": "CategoryTradeTax", "473": "ActualAmount"}


def check(root: Node, invoice: EInvoice) -> Iterator[Finding]:
    """What the binding to CII or UBL forbids."""
    if invoice.syntax != "cii":
        yield from _counted(root, _UBL_COUNTS)
        yield from _ubl(root)
        return
    for node in root.walk():
        if node.tag == "ram:SpecifiedTradeProduct":
            yield from _product(node)
        yield from _registrations(node)
        if node.tag == "ram:AdditionalReferencedDocument":
            yield from _kind_of_reference(node)
            if not node.word("ram:IssuerAssignedID") and invoice.level != "BASIC":
                yield error("BR-52", "a supporting document has no reference (BT-122)")
    if invoice.level not in _OWN:
        for node in root.walk():
            yield from _cii(node)
        yield from _payment_means(root)
        if schema_of(invoice) == "CII":  # the schema of a profile counts itself
            yield from _counted(root, _CII_COUNTS)


def decimals(root: Node, invoice: EInvoice) -> Iterator[Finding]:
    """UBL-DT-01: two decimals in every amount but those of a price; BR-DEC names most of them."""
    waiting = [root] if invoice.syntax != "cii" else []
    while waiting:
        node = waiting.pop()
        waiting.extend(child for child in node.children if child.tag != "cac:Price")
        if node.tag.endswith("Amount") and len(node.text.partition(".")[2]) > 2:
            yield error("UBL-DT-01", f"{node.tag} has more than two decimals ({node.text[:40]})")


def _counted(root: Node, rows: tuple[tuple[str, str, str, int, int], ...]) -> Iterator[Finding]:
    for rule, place, name, least, most in rows:
        for node in at(root, place):
            number = len(at(node, name))
            if number > most:
                yield error(rule, f"{name} stands {number} times in {node.tag}, not {most}")
            elif number < least:
                yield error(rule, f"{name} is missing in {node.tag}")


def _forbidden(node: Node, prefix: str, children: dict[str, str]) -> Iterator[Finding]:
    for number, name in children.items():
        if node.first(f"ram:{name}") is not None:
            yield error(f"{prefix}{number}", f"{node.tag} must not have ram:{name}")


def _cii(node: Node) -> Iterator[Finding]:
    tag = node.tag
    for number, (ending, attribute) in _ATTRIBUTES.items():
        if attribute in node.attributes and tag.startswith("ram:") and tag.endswith(ending):
            yield error(f"CII-DT-{number}", f"{tag} must not have the attribute {attribute}")
    for ending, judge in _BY_ENDING.items():
        if tag.endswith(ending):
            yield from judge(node)


def _amount(node: Node) -> Iterator[Finding]:
    if node.tag != "ram:TaxTotalAmount" and "currencyID" in node.attributes:
        yield error("CII-DT-031", f"{node.tag} must not have the attribute currencyID")


def _tax(node: Node) -> Iterator[Finding]:
    for kind in node.all("ram:TypeCode"):
        if kind.text != "VAT":
            yield error("CII-DT-037", f'the type of {node.tag} is "{kind.text}", not VAT')


def _reference(node: Node) -> Iterator[Finding]:
    yield from _forbidden(node, "CII-DT-", _DOCUMENT)
    additional = node.tag == "ram:AdditionalReferencedDocument"
    kind = node.word("ram:TypeCode") if additional else None
    if node.first("ram:TypeCode") is not None and not additional:
        yield error("CII-DT-018", f"{node.tag} must not have ram:TypeCode")
    for number, (name, only) in _ONLY_OF.items():
        if node.first(f"ram:{name}") is not None and kind != only:
            yield error(f"CII-DT-{number}", f"{node.tag} must not have ram:{name}")
    dated = node.first("ram:FormattedIssueDateTime") is not None
    if dated and node.tag != "ram:InvoiceReferencedDocument":
        yield error("CII-DT-027", f"{node.tag} must not have a date")


def _registrations(node: Node) -> Iterator[Finding]:
    """BT-31 and BT-32: each once, and a VAT id that says something."""
    rows = node.all("ram:SpecifiedTaxRegistration/ram:ID")
    schemes = [row.attributes.get("schemeID") for row in rows]
    for scheme in sorted({scheme or "" for scheme in schemes if schemes.count(scheme) > 1}):
        yield error("DOUBLE", f"{node.tag} has several tax registrations {scheme}".rstrip())
    if any(row.attributes.get("schemeID") == "VA" and not row.text for row in rows):
        yield error("BR-CO-09", f"the VAT id of {node.tag} is empty")


def _kind_of_reference(node: Node) -> Iterator[Finding]:
    kind = node.first("ram:TypeCode")
    if kind is not None and kind.text not in ("50", "130", "916"):
        yield error(
            "CII-DT-018", f'the type "{kind.text[:40]}" of {node.tag} is not 50, 130 or 916'
        )


def _allowance(node: Node) -> Iterator[Finding]:
    if node.first("ram:ChargeIndicator") is None:
        yield error("CII-SR-463", f"{node.tag} does not say whether it is a charge")
    for number, name in _ALLOWANCE.items():
        if len(node.all(f"ram:{name}")) > 1:
            yield error(f"CII-SR-{number}", f"ram:{name} stands more than once in {node.tag}")


def _traits(node: Node, name: str, value: str) -> Iterator[Finding]:
    if node.first(name) is None or node.first(value) is None:
        yield error("BR-54", "an attribute of an item (BG-32) has no name or no value")


def _product(node: Node) -> Iterator[Finding]:
    for row in node.all("ram:GlobalID"):
        if not row.attributes.get("schemeID"):
            yield error("BR-64", "the standard identifier of an item (BT-157) has no scheme")
    for row in node.all("ram:DesignatedProductClassification/ram:ClassCode"):
        if not row.attributes.get("listID"):
            yield error("BR-65", "the classification of an item (BT-158) has no scheme")


_BY_ENDING: dict[str, Callable[[Node], Iterator[Finding]]] = {
    "Amount": _amount,
    "TradeTax": _tax,
    "ReferencedDocument": _reference,
    ":SpecifiedTradeAllowanceCharge": _allowance,
    ":PostalTradeAddress": lambda node: _forbidden(node, "CII-DT-", _ADDRESS),
    ":BillingSpecifiedPeriod": lambda node: _forbidden(node, "CII-DT-", _PERIOD),
}


def _payment_means(root: Node) -> Iterator[Finding]:
    settlement = f"{_DEAL}/ram:ApplicableHeaderTradeSettlement"
    means = root.all(f"{settlement}/ram:SpecifiedTradeSettlementPaymentMeans")
    for rule, name in (("CII-SR-467", "ram:TypeCode"), ("CII-SR-468", "ram:Information")):
        if len({found.text for row in means for found in row.all(name)}) > 1:
            yield error(rule, f"the payment instructions have several {name}")
    points = {
        row.text for row in root.all(f"{settlement}/ram:ApplicableTradeTax/ram:DueDateTypeCode")
    }
    if len(points) > 1:
        yield error("CII-SR-462", "there are several codes for the tax point (BT-8)")


_SELLER, _BUYER = "cac:AccountingSupplierParty/cac:Party", "cac:AccountingCustomerParty/cac:Party"
_LINES = ("cac:InvoiceLine", "cac:CreditNoteLine")
_UBL_COUNTS: tuple[tuple[str, str, str, int, int], ...] = (
    ("UBL-SR-01", "", "cac:ContractDocumentReference/cbc:ID", 0, 1),
    ("UBL-SR-02", "", "cac:ReceiptDocumentReference/cbc:ID", 0, 1),
    ("UBL-SR-03", "", "cac:DespatchDocumentReference/cbc:ID", 0, 1),
    ("UBL-SR-04", "", 'cac:AdditionalDocumentReference[cbc:DocumentTypeCode="130"]', 0, 1),
    ("UBL-SR-05", "", "cac:PaymentTerms/cbc:Note", 0, 1),
    ("UBL-SR-08", "", "cac:InvoicePeriod", 0, 1),
    ("UBL-SR-09", "", f"{_SELLER}/cac:PartyLegalEntity/cbc:RegistrationName", 0, 1),
    ("UBL-SR-10", "", f"{_SELLER}/cac:PartyName/cbc:Name", 0, 1),
    ("UBL-SR-11", "", f"{_SELLER}/cac:PartyLegalEntity/cbc:CompanyID", 0, 1),
    ("UBL-SR-12", "", f'{_SELLER}/cac:PartyTaxScheme[cac:TaxScheme/cbc:ID="VAT"]', 0, 1),
    ("UBL-SR-14", "", f"{_SELLER}/cac:PartyLegalEntity/cbc:CompanyLegalForm", 0, 1),
    ("UBL-SR-15", "", f"{_BUYER}/cac:PartyLegalEntity/cbc:RegistrationName", 0, 1),
    ("UBL-SR-16", "", f"{_BUYER}/cac:PartyIdentification/cbc:ID", 0, 1),
    ("UBL-SR-17", "", f"{_BUYER}/cac:PartyLegalEntity/cbc:CompanyID", 0, 1),
    ("UBL-SR-18", "", f'{_BUYER}/cac:PartyTaxScheme[cac:TaxScheme/cbc:ID="VAT"]', 0, 1),
    ("UBL-SR-24", "", "cac:Delivery", 0, 1),
    ("UBL-SR-25", "cac:Delivery", "cac:DeliveryParty/cac:PartyName/cbc:Name", 0, 1),
    ("UBL-SR-39", "", "cac:ProjectReference/cbc:ID", 0, 1),
    ("UBL-SR-40", "", f"{_BUYER}/cac:PartyName/cbc:Name", 0, 1),
    ("UBL-SR-42", _SELLER, "cac:PartyTaxScheme", 0, 2),
    ("UBL-SR-45", "", "cac:PaymentMeans/cbc:PaymentDueDate", 0, 1),
    ("UBL-SR-49", "", "cac:InvoicePeriod/cbc:DescriptionCode", 0, 1),
    ("UBL-SR-54", "", "cac:PaymentMeans/cac:CardAccount", 0, 1),
    ("UBL-SR-55", "", "cac:PaymentMeans/cac:PaymentMandate", 0, 1),
    ("UBL-SR-56", "", "cac:OriginatorDocumentReference/cbc:ID", 0, 1),
    ("UBL-SR-06", "cac:BillingReference", "cac:InvoiceDocumentReference", 0, 1),
    ("UBL-SR-07", "cac:BillingReference", "cac:InvoiceDocumentReference/cbc:ID", 1, 1),
    ("UBL-SR-19", "cac:PayeeParty", "cac:PartyName/cbc:Name", 0, 1),
    ("UBL-SR-21", "cac:PayeeParty", "cac:PartyLegalEntity/cbc:CompanyID", 0, 1),
    ("UBL-SR-22", "cac:TaxRepresentativeParty", "cac:PartyName/cbc:Name", 0, 1),
    ("UBL-SR-23", "cac:TaxRepresentativeParty", "cac:PartyTaxScheme/cbc:CompanyID", 0, 1),
    ("UBL-SR-26", "cac:PaymentMeans", "cbc:PaymentID", 0, 1),
    ("UBL-SR-33", "cac:AdditionalDocumentReference", "cbc:DocumentDescription", 0, 1),
    ("UBL-SR-30", "cac:AllowanceCharge", "cbc:AllowanceChargeReason", 0, 1),
    ("UBL-SR-32", "cac:TaxTotal/cac:TaxSubtotal", "cac:TaxCategory/cbc:TaxExemptionReason", 0, 1),
    *(row for line in _LINES for row in (
        ("UBL-SR-34", line, "cbc:Note", 0, 1),
        ("UBL-SR-35", line, "cac:OrderLineReference/cbc:LineID", 0, 1),
        ("UBL-SR-36", line, "cac:InvoicePeriod", 0, 1),
        ("UBL-SR-37", line, "cac:Price/cac:AllowanceCharge/cbc:Amount", 0, 1),
        ("UBL-SR-48", line, "cac:Item/cac:ClassifiedTaxCategory", 1, 1),
        ("UBL-SR-50", line, "cac:Item/cbc:Description", 0, 1),
        ("UBL-SR-52", line, "cac:DocumentReference", 0, 1),
        ("UBL-SR-30", f"{line}/cac:AllowanceCharge", "cbc:AllowanceChargeReason", 0, 1),
    )),
)  # fmt: skip


def _ubl(root: Node) -> Iterator[Finding]:
    for party in (_SELLER, _BUYER, "cac:TaxRepresentativeParty"):
        for row in root.all(f"{party}/cac:PartyTaxScheme"):
            if row.first("cbc:CompanyID") is None or row.first("cac:TaxScheme/cbc:ID") is None:
                yield error("UBL-SR-53", "a tax number has no value or no scheme")
    others = [
        row
        for row in root.all(f"{_SELLER}/cac:PartyTaxScheme")
        if (row.word("cac:TaxScheme/cbc:ID") or "").upper() != "VAT"
    ]
    if len(others) > 1:
        yield error("UBL-SR-13", "the seller has several tax numbers (BT-32)")
    means = root.all("cac:PaymentMeans")
    for rule, name in (("UBL-SR-44", "cbc:PaymentID"), ("UBL-SR-47", "cbc:PaymentMeansCode")):
        if len({found.text for row in means for found in row.all(name)}) > 1:
            yield error(rule, f"the payment instructions have several {name}")
    yield from _payment_texts(means)
    for row in root.all("cac:AdditionalDocumentReference"):
        yield from _ubl_reference(row, root.tag == "cn:CreditNote")
    for node in root.walk():
        yield from _ubl_node(node)
        yield from _ubl_item(node)


def _payment_texts(means: list[Node]) -> Iterator[Finding]:
    named = [row for part in means for row in part.all("cbc:PaymentMeansCode")]
    if sum("name" in row.attributes for row in named) > 1:
        yield error("UBL-SR-46", "the payment instructions have several texts (BT-82)")


def _ubl_item(node: Node) -> Iterator[Finding]:
    if node.tag == "cac:StandardItemIdentification":
        for child in node.all("cbc:ID"):
            if not child.attributes.get("schemeID"):
                yield error("BR-64", "the standard identifier of an item has no scheme")
    elif node.tag == "cbc:ItemClassificationCode" and not node.attributes.get("listID"):
        yield error("BR-65", "the classification of an item (BT-158) has no scheme")
    elif node.tag == "cac:AdditionalItemProperty":
        yield from _traits(node, "cbc:Name", "cbc:Value")


def _ubl_reference(row: Node, credit: bool) -> Iterator[Finding]:
    kind = row.word("cbc:DocumentTypeCode")
    number = row.first("cbc:ID")
    schemed = number is not None and "schemeID" in number.attributes
    if not (kind == "130" or (credit and kind == "50") or (kind is None and not schemed)):
        yield error("UBL-SR-43", "only the invoiced object (130) has a scheme or a type code")
    if kind == "130":
        for rule, name in (("666", "cac:Attachment"), ("673", "cbc:DocumentDescription")):
            if row.first(name) is not None:
                yield error(f"UBL-CR-{rule}", f"the invoiced object must not have {name}")


def _ubl_node(node: Node) -> Iterator[Finding]:
    for child in node.children:
        name = child.tag
        if name.endswith("BinaryObject"):
            for rule, attribute in (("06", "mimeCode"), ("07", "filename")):
                if attribute not in child.attributes:
                    yield error(f"UBL-DT-{rule}", f"{name} has no {attribute}")
        elif name in ("cac:PostalAddress", "cac:Address") and len(child.all("cac:AddressLine")) > 1:
            yield error("UBL-SR-51", f"{name} has several address lines")
