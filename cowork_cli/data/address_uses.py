"""What rules are found for each use of a business address, with source and date; contested points too.

Collected 2026. `as_of` is the day of the text, decision or report; of an undated page, the year in which
it was read. A rule is what a court, a law or an authority said, in short; it is no answer for a
single case. What the contract of an address allows is another matter: it is asked, with the clause.
"""

from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class UseRule:
    """A rule in short, its source, the day or year of it, and what is contested."""

    rule: str
    source: str
    as_of: str
    contested: str | None = None


RULES: dict[str, UseRule] = {
    "imprint": UseRule(
        "name, address (no PO box), e-mail, register, VAT id or W-IdNr.",
        "§ 5 DDG, in force since 2024-05-14 in place of § 5 TMG; IHK Nürnberg",
        "2024-05-14",
        "OLG München 29 U 8/17 (2017-10-19): a letterbox with e-forwarding only is not enough; the case of "
        "an authorised recipient was left open, and providers (postflex.de, ihr-impressum.de) read an exception into that",
    ),
    "invoice": UseRule(
        "any address, also a letterbox, at which one can be reached when the invoice is issued",
        "BFH V R 25/15, V R 28/16 after EuGH C-374/16, C-375/16, as reported by otto-schmidt.de on 2019-02-07",
        "2019-02-07",
    ),
    "trade": UseRule(
        "an establishment is a fixed facility for an indefinite time from which business is really "
        "carried on; start, move and end are notified",
        "§ 4 (3), § 14 GewO, text of 2022-03-26; OVG NRW 4 A 489/14 (2017-03-20)",
        "2022-03-26",
        "an association of business centres holds that a mere letterbox or call forwarding does not do "
        "(saileroffice.de); no court ruling on a trade office that refused a virtual office as such was found",
    ),
    "register": UseRule(
        "a domestic address, no PO box; every change is filed; entry is refused where mail does not arrive",
        "IHK Frankfurt; KG 22 W 67/21, as reported by haufe.de; read 2026, day of the decision not noted",
        "2026",
        "c/o was accepted under conditions (OLG Hamm 27 W 216/16); e.K., OHG and KG: address and seat must "
        "not diverge (IHK Frankfurt)",
    ),
    "lawsuit": UseRule(
        "the person must really be reachable there; a mere mail forwarder is not enough",
        "BGH V ZR 210/22 (2023-07-07)",
        "2023-07-07",
        "c/o a lawyer was accepted for a foundation (BGH VIII ZR 262/20, 2022-04-06)",
    ),
    "tax": UseRule(
        "start, move and end are notified within one month; competence follows residence (§ 19), the "
        "place of mainly exercised work (§ 18 (1) no. 3), for VAT where the business is mainly run (§ 21)",
        "§ 138, §§ 18–21 AO, text of 2022-03-26",
        "2022-03-26",
    ),
    "bank": UseRule(
        "proof of an operating address: contract plus three consecutive invoices of the provider",
        "help.revolut.com (one bank's rule), read 2026",
        "2026",
    ),
    "google": UseRule(
        "virtual offices are not eligible; coworking only with a permanent sign, customers on site and own "
        "staff in opening hours",
        "Google's guidelines, as told by sterlingsky.ca, read 2026",
        "2026",
    ),
    "vat-id": UseRule(
        "of sole traders the tax office passes on one address, usually the home; a Euro-Adresse filed with "
        "the BZSt is used for confirmations alone",
        "BC 2023-04-13 (rsw.beck.de); BZSt, FAQ on the VAT id; UStAE 27a.1 (2)",
        "2023-04-13",
    ),
}
