"""Code lists at places that the reader does not keep: schemes, subjects, classifications, origins."""

from collections.abc import Iterator

from cowork_cli.data.einvoice import codes
from cowork_cli.domain.einvoice import EInvoice, Finding
from cowork_cli.importers.einvoice_xml import Node
from cowork_cli.services.invoices.rules._say import error

# Codes of the extension of XRechnung for digital health applications (BR-DEX-04 to BR-DEX-08).
_HEALTH = frozenset(["XR01", "XR02", "XR03"])
_SCHEMES, _ADDRESSES = "identifier schemes", "electronic addresses"
# Element → rule, attribute (None: its text), list.
_CII: dict[str, tuple[str, str | None, str]] = {
    "ram:GlobalID": ("BR-CL-10", "schemeID", _SCHEMES),
    "ram:ReferenceTypeCode": ("BR-CL-07", None, "object schemes"),
    "ram:SubjectCode": ("BR-CL-08", None, "note subjects"),
    "ram:ClassCode": ("BR-CL-13", "listID", "classifications"),
    "ram:CountryID": ("BR-CL-14", None, "countries"),
    "ram:TaxTotalAmount": ("BR-CL-03", "currencyID", "currencies"),
}
_UBL: dict[str, tuple[str, str | None, str]] = {
    "cbc:EndpointID": ("BR-CL-25", "schemeID", _ADDRESSES),
    "cbc:ItemClassificationCode": ("BR-CL-13", "listID", "classifications"),
    "cbc:IdentificationCode": ("BR-CL-14", None, "countries"),
}
# The same for an element inside of another one.
_CII_INSIDE: dict[tuple[str, str], tuple[str, str | None, str]] = {
    ("ram:URIUniversalCommunication", "ram:URIID"): ("BR-CL-25", "schemeID", _ADDRESSES),
    ("ram:OriginTradeCountry", "ram:ID"): ("BR-CL-15", None, "countries"),
    ("ram:SpecifiedLegalOrganization", "ram:ID"): ("BR-CL-11", "schemeID", _SCHEMES),
}
_UBL_INSIDE: dict[tuple[str, str], tuple[str, str | None, str]] = {
    ("cac:PartyIdentification", "cbc:ID"): ("BR-CL-10", "schemeID", _SCHEMES),
    ("cac:PartyLegalEntity", "cbc:CompanyID"): ("BR-CL-11", "schemeID", _SCHEMES),
    ("cac:StandardItemIdentification", "cbc:ID"): ("BR-CL-21", "schemeID", _SCHEMES),
    ("cac:AdditionalDocumentReference", "cbc:ID"): ("BR-CL-07", "schemeID", "object schemes"),
    ("cac:DocumentReference", "cbc:ID"): ("BR-CL-07", "schemeID", "object schemes"),
    ("cac:DeliveryLocation", "cbc:ID"): ("BR-CL-26", "schemeID", _SCHEMES),
}
# Elements that are read, and must not be there without a code: their rules look at the text.
_NEVER_EMPTY = {
    "ram:ExemptionReasonCode": "BR-CL-22",
    "cbc:TaxExemptionReasonCode": "BR-CL-22",
    "ram:DueDateTypeCode": "BR-CL-06",
    "ram:TaxCurrencyCode": "BR-CL-05",
    "cbc:TaxCurrencyCode": "BR-CL-05",
    "cbc:DescriptionCode": "BR-CL-06",
    "cbc:AllowanceChargeReasonCode": "BR-CL-19",
    "ram:ReasonCode": "BR-CL-19",
}
_OWN_LISTS = ("MINIMUM", "BASIC WL", "BASIC", "EXTENDED")


def check(root: Node, invoice: EInvoice) -> Iterator[Finding]:
    """What is no code of its list."""
    cii = invoice.syntax == "cii"
    alone, inside = (_CII, _CII_INSIDE) if cii else (_UBL, _UBL_INSIDE)
    own_lists = invoice.level in _OWN_LISTS  # which let a code be empty
    for parent in root.walk():
        for node in parent.children:
            if node.tag in _NEVER_EMPTY and not node.text and not own_lists:
                yield error(_NEVER_EMPTY[node.tag], f"{node.tag} in {parent.tag} is empty")
            row = inside.get((parent.tag, node.tag)) or alone.get(node.tag)
            if row is None:
                continue
            rule, attribute, name = row
            code = node.attributes.get(attribute) if attribute else node.text
            if (
                code is None
                or (not code and own_lists)
                or (rule == "BR-CL-10" and code == "SEPA" and not cii)
            ):
                continue
            if rule == "BR-CL-03" and code == invoice.currency:
                continue  # BR-CL-04 says it
            if code in codes(name) or (invoice.is_extension and code in _HEALTH):
                continue
            if attribute == "schemeID" and rule == "BR-CL-25" and invoice.level in _OWN_LISTS:
                continue  # a profile of its own takes any scheme that both sides know
            yield error(rule, f'"{code[:40]}" of {node.tag} in {parent.tag} is no code of {name}')
