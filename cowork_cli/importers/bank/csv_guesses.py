"""Headings of banks that are not known, by the words in them: `Partner IBAN`, `Beguenstigter/Auftraggeber`.

Asked only where no usual name (`layouts.NAMES`) fits. What could be two columns for one amount or one day is none:
a wrong sum is worse than a question.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from cowork_cli.importers.bank.layouts import NAMES

_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e"})
_MARKS = re.compile(r"[\W_]+")
_IN_CURRENCY = re.compile(r"(?<=.) (?:in )?(?:eur|euro|chf|usd|gbp)$")
_PARTY = (
    r"empfaenger|auftraggeber|beguenstigt|zahlungs(?:pflicht|beteilig|partner|empfaeng)|gegenpartei|geschaeftspartner"
    r"|partner|counterparty|counter ?part|payee|payer|beneficiary|remitter|absender|sender|kontrahent"
)
_NUMBER = r"iban|konto|account|bic|swift|blz|bankleit"
_FOREIGN = r"original|ursprung|fremd|foreign|instructed|ausland|zwischen|teil|konvert|convert"
_BESIDE = (
    rf"{_FOREIGN}|saldo|balance|kontostand|steuer|tax|vat|ust|mwst|fee|gebuehr|entgelt|art\b|typ|type|text|id\b|datum"
    r"|date|tag\b|waehrung|currency|kategorie|category|status|info|kurs|rate|limit|anzahl|count|nach|after|kennzeichen"
)


class _Words(NamedTuple):
    """A column is of the field if some of its words are these and none of those; `one`: only if no other is."""

    some: str
    none: str
    one: bool = False


# In this order; a column that was taken is not taken again.
_RULES: dict[str, _Words] = {
    "iban": _Words(
        rf"(?:gegen|{_PARTY}).*(?:iban|konto|account)|(?:iban|konto|account).*(?:gegen|{_PARTY})",
        r"bic|swift|blz|bankleit|name|inhaber|holder",
    ),
    "own": _Words(
        r"^(?:eigen\w*|mein\w*|own|my) .*(?:iban|konto|account)|auftragskonto|iban kontoinhaber",
        "name",
    ),
    "name": _Words(_PARTY, rf"{_NUMBER}|\bid\b|referenz|reference|land|country|bank\b|adresse"),
    "valued": _Words(r"valuta|wertstell|value date|interest date", _FOREIGN, one=True),
    "booked": _Words(
        r"buchungs? ?(?:tag|datum)|book\w* ?(?:date|day)|post\w* date|transa\w* date|transaktions ?datum|^(?:datum|date)\b",
        r"valuta|value|wert|erstell|creat|start|beginn|zeitraum|faellig|due|uhrzeit",
        one=True,
    ),
    "amount": _Words(r"betrag|amount|umsatz|umsaetze", _BESIDE, one=True),
    "debit": _Words(
        r"\bsoll\b|belastung|lastschrift|debit|ausgang|auszahlung|abgang|withdraw|paid out|money out",
        rf"haben|credit|{_BESIDE}",
        one=True,
    ),
    "credit": _Words(
        r"\bhaben\b|gutschrift|credit|eingang|einzahlung|zugang|deposit|paid in|money in",
        rf"\bsoll\b|debit|{_BESIDE}",
        one=True,
    ),
    "sign": _Words(
        r"richtung|direction|vorzeichen|soll.*haben|haben.*soll|debit.*credit|credit.*debit|ein.*ausgang",
        _FOREIGN,
    ),
    "currency": _Words(r"waehrung|currency", rf"{_FOREIGN}|kurs|rate"),
    "text": _Words(
        r"zweck|purpose|remittance|beschreibung|description|avisierung|mitteilung|narrative|booking ?text|buchungs ?info"
        r"|buchungs ?detail|details|zahlungsreferenz|payment reference",
        r"kategorie|category|\bid\b",
    ),
    "reference": _Words(r"end ?to ?end|ende ?zu ?ende|e2e|kundenreferenz", "mandat"),
    "status": _Words(r"status|vorgemerkt|pending|^gebucht$|^booked$|^verbucht$|vormerkung", "kategorie"),
}  # fmt: skip


@cache
def loose(name: str) -> str:
    """A heading without case, umlauts, signs between its words, and the currency at its end."""
    plain = _MARKS.sub(" ", name.lower().translate(_LETTERS)).strip()
    return _IN_CURRENCY.sub("", plain)


def usual(names: Sequence[str], field: str) -> int | None:
    """The column with a usual name of the field that is only written otherwise."""
    written = [loose(name) for name in names]
    for known in map(loose, NAMES[field]):
        if known and known in written:
            return written.index(known)
    return None


def by_words(names: Sequence[str], field: str) -> int | None:
    """The first column whose words are those of the field."""
    fits = (n for n, name in enumerate(map(loose, names)) if _fits(name, _RULES[field]))
    return next(fits, None)


def guessed(names: Sequence[str], missing: Sequence[str], taken: set[int]) -> dict[str, int]:
    """A column for each field that is missing, as far as the words of one tell it."""
    found: dict[str, int] = {}
    taken = set(taken)
    for field, words in _RULES.items():
        if field not in missing:
            continue
        column = usual(names, field)
        if column is None or column in taken:
            fits = [
                n
                for n, name in enumerate(map(loose, names))
                if n not in taken and _fits(name, words)
            ]
            column = None if not fits or (words.one and len(fits) > 1) else fits[0]
        if column is not None:
            found[field] = column
            taken.add(column)
    return found


def _fits(name: str, words: _Words) -> bool:
    return bool(re.search(words.some, name)) and not re.search(words.none, name)
