"""Transactions as files of plain-text accounting: hledger's journal and beancount's.

hledger: https://hledger.org/hledger.html#journal (names in small letters, amounts with a decimal point,
the document as code). beancount: https://beancount.github.io/docs/beancount_language_syntax.html (accounts
are opened, each part of a name begins with a capital letter or a digit; the document is a link).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from cowork_cli.data.currencies import digits_of
from cowork_cli.domain.money import Money
from cowork_cli.records import dataclass
from cowork_cli.services.books.ledger import Account, Posting, Transaction

_EURO = "EUR"
_SPELLED = {".": "-Dot-", "_": "-Line-"}  # beancount has neither; no id of ours has a capital


@dataclass(frozen=True, slots=True)
class Form:
    """A file's name, and how its text is made."""

    name: str
    written: Callable[[Sequence[Transaction]], str]


def _hledger(made: Sequence[Transaction]) -> str:
    """What `hledger check --strict` asks for stands first: the accounts and currencies that are used."""
    sides = [side for one in made for side in one.postings]
    accounts = sorted({side.account for side in sides})
    held = {money.currency for side in sides for money in (side.amount, side.worth) if money}
    lines = ["; Made by cowork books export. Income and VAT are in euro.", "decimal-mark ."]
    lines += [f"commodity {_sample(currency)} {currency}" for currency in sorted(held)]
    lines += [f"account {':'.join(account)}" for account in accounts]
    for transaction in made:
        lines += ["", *_entry(transaction)]
    return "\n".join([*lines, ""])


def _sample(currency: str) -> str:
    """`1000.00`: how amounts of a currency are written; hledger wants the point in any case."""
    sample = f"{Money(1000 * 10 ** digits_of(currency), currency).amount:f}"
    return sample if "." in sample else f"{sample}."


def _entry(made: Transaction) -> Iterator[str]:
    code = f"({_plain(made.document, '()')}) " if made.document else ""
    said = " | ".join(filter(None, (made.payee, _plain(made.text, ";|"))))
    yield f"{made.day} {code}{said}"
    for side in made.postings:
        yield f"    {':'.join(side.account):<40}  {_amount(side):>14}"


def _beancount(made: Sequence[Transaction]) -> str:
    lines = [
        "; Made by cowork books export. Income and VAT are in euro.",
        'option "title" "cowork"',
        f'option "operating_currency" "{_EURO}"',
        "",
    ]
    used = {side.account for one in made for side in one.postings}
    first = min((one.day for one in made), default=date(1970, 1, 1))
    lines += [f"{first} open {_capitals(account)}" for account in sorted(used)]
    for transaction in made:
        lines += ["", *_directive(transaction)]
    return "\n".join([*lines, ""])


def _directive(made: Transaction) -> Iterator[str]:
    link = re.sub(r"[^A-Za-z0-9\-_/.]", "-", made.document)
    payee = f"{_string(made.payee)} " if made.payee else ""
    yield f"{made.day} * {payee}{_string(made.text)}{f' ^{link}' if link else ''}"
    for side in made.postings:
        yield f"  {_capitals(side.account):<40}  {_amount(side):>14}"


def _amount(side: Posting) -> str:
    """`-11.90 USD @@ 10.20 EUR`: the amount, and what all of it is worth, without a sign."""
    if side.worth is None:
        return str(side.amount)
    return f"{side.amount} @@ {abs(side.worth.amount):f} {side.worth.currency}"


def _capitals(account: Account) -> str:
    return ":".join(_capital(part) for part in account)


def _capital(part: str) -> str:
    spelled = "".join(_SPELLED.get(sign, sign) for sign in part)
    return spelled[:1].upper() + spelled[1:]


def _string(text: str) -> str:
    inside = _plain(text, "").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inside}"'


def _plain(text: str, taken: str) -> str:
    """One line of visible signs; those that mean something to the program become commas."""
    line = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join("".join("," if sign in taken else sign for sign in line).split())


FORMS = {
    "hledger": Form("books.journal", _hledger),
    "beancount": Form("books.beancount", _beancount),
}
