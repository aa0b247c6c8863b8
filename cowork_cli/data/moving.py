"""Whom a change of the business address concerns: 22 rows, each with its rule and source.

Collected 2026 from the check-lists of chambers of commerce (IHK Berlin, Offenbach, Frankfurt), law texts
and providers; where only our own list names a row, it says so. `days` and `months` count from the day of
the move. A row without a period in the sources is due on that day; the month of M2 is a reminder of ours.
"""

from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class MoveRule:
    """One row. `needs`: the facts of the profile that call for it (one of them is enough), empty for all.

    `doubt`: a fact that no setting tells, to be looked at. `letter`: a letter can be written for it.
    """

    whom: str
    rule: str
    source: str
    needs: tuple[str, ...] = ()
    doubt: str | None = None
    days: int = 0
    months: int = 0
    letter: bool = True
    proof: str = "confirmation"


_IHK = "IHK Offenbach, check-list of moves, read 2026"
_OWN = "own list, 2026: no source that makes it a duty"
ROWS: dict[str, MoveRule] = {
    "M1": MoveRule(
        "trade office (Gewerbeamt)",
        "notified with the move; another municipality: de-registered there and registered here",
        "§ 14 GewO, text of 2022-03-26; IHK Berlin, check-list of moves, read 2026", ("trade", "company"), proof="trade certificate",
        letter=False,
    ),
    "M2": MoveRule(
        "offices that the trade office tells (tax office, chamber, statistics …)",
        "they learn it from the trade office; whether they did is looked at", "city of Coburg, page read 2026", ("trade", "company"), months=1,
        letter=False, proof="letter of the office",
    ),
    "M3": MoveRule("tax office", "notified within one month", "§ 138 AO, text of 2022-03-26", months=1),
    "M4": MoveRule(
        "commercial register, through a notary", "every change is filed", "§ 31 HGB, text of 2022-03-26",
        ("company",), letter=False, proof="extract of the register",
    ),
    "M5": MoveRule(
        "BZSt: Euro-Adresse for confirmations of the VAT id",
        "application where the business address is not the one of the tax office",
        "BZSt, FAQ on the VAT id, read 2026; UStAE 27a.1 (2); BC 2023-04-13", ("vat-id",),
    ),
    "M6": MoveRule(
        "Berufsgenossenschaft, social insurance, employment agency", "for employers", _IHK, ("staff",),
    ),
    "M7": MoveRule(
        "chamber", "for members", _IHK, ("trade", "company"),
        doubt="members of a chamber only",
    ),
    "M8": MoveRule(
        "KSK (artists' social insurance)", "form or online",
        "verwaltung.bund.de, LeiKa 102774935, read 2026", ("artists",),
    ),
    "M9": MoveRule(
        "bank and payment services", "proof of the new address is asked for",
        "IHK Offenbach; help.revolut.com, read 2026",
    ),
    "M10": MoveRule("insurances (liability, contents)", "told of the change", _IHK),
    "M11": MoveRule("tax adviser, lawyer", "told of the change", _IHK),
    "M12": MoveRule(
        "imprint, privacy notice, social profiles, shop platforms", "at once", "§ 5 DDG, in force since 2024-05-14; IHK Offenbach, read 2026",
        ("web",), letter=False, proof="page as of the day",
    ),
    "M13": MoveRule(
        "invoice template, e-invoice data, letterhead, signature, cards", "day of the move",
        f"{_IHK}; e-invoice: own list", letter=False, proof="first invoice",
    ),
    "M14": MoveRule("broadcasting service", "if registered", _IHK, doubt="only if registered there"),
    "M15": MoveRule("vehicle registration", "if a car is the business's", _IHK, ("car",)),
    "M16": MoveRule("customers, suppliers", "with the next invoice", _OWN),
    "M17": MoveRule(
        "domain holder data, cloud and software billing, app stores", "told of the change", _OWN,
        letter=False,
    ),
    "M18": MoveRule(
        "maps and directories (Google, Apple, Bing)",
        "virtual offices are not eligible under Google's guidelines",
        "sterlingsky.ca on Google's guidelines, read 2026", doubt="only if listed there", letter=False,
    ),
    "M19": MoveRule(
        "forwarding order of the post", "about 10 working days ahead, all exact names",
        "caya.com help, read 2026", days=-14, letter=False, proof="order",
    ),
    "M20": MoveRule(
        "residence registration", "within two weeks, where the home moves too",
        "accountable.de, read 2026", ("home",), days=14, letter=False, proof="registration",
    ),
    "M21": MoveRule(
        "old and new provider: data of the identity check", "changes are told at once",
        "§ 11 (6) GwG, text of 2022-03-26", ("provider",),
    ),
    "M22": MoveRule(
        "old provider: end date, tail of mail, sign, keys, deposit, data deletion",
        "as the contract says", "the contract; own list, 2026", ("old-provider",),
    ),
}  # fmt: skip
