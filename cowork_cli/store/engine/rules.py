"""The rules that the schema keeps by itself, by name, with the words for the one who broke one.

They are the last line: a service looks first and says more. What is left for them is a race between
two commands, a hand on the file, and a fault of ours.
"""

from __future__ import annotations

from enum import Enum


class Rule(Enum):
    """A rule: what is said when it is broken, and what to do."""

    ENTRIES_OVERLAP = ("entries overlap", "see what is there with `cowork track list`")
    ONE_TIMER = ("another timer runs", "see it with `cowork track status`")
    ENTRY_BILLED = ("the entry is billed", "see the invoices with `cowork invoice list`")
    EXPENSE_BILLED = ("the expense is billed", "see the expenses with `cowork expense list`")
    RECEIPT_KEPT = ("receipts are kept as they came", "see the expenses with `cowork expense list`")
    LETTER_KEPT = (
        "letters are kept as they were written",
        "see the invoices with `cowork invoice list`",
    )
    INVOICE_ISSUED = ("the invoice is issued", "take it back with `cowork invoice cancel NUMBER`")
    INVOICE_CANCELLED = ("the invoice is cancelled already", "see it with `cowork invoice list`")
    NUMBER_USED = ("invoice numbers are never used again", "see them with `cowork invoice list`")
    QUOTE_SENT = ("the quote is sent", "settle it with `cowork quote accept NUMBER`")
    PERIOD_BILLED = ("the period is billed", "see the plan with `cowork invoice plan list`")
    JOURNAL_GROWS = ("the journal is append-only", "look at the store with `cowork data verify`")
    TAKEN = ("its name is taken by another", "give another name")
    REFERRED = (
        "something else refers to it, or what it refers to is gone",
        "see what was done with `cowork history`",
    )
    IMPOSSIBLE = ("a value cannot be right", "see what was done with `cowork history`")
    MISSING = ("a value is missing", "see what was done with `cowork history`")

    def __init__(self, words: str, hint: str):
        self.words = words
        self.hint = hint


# What the triggers of the schema say → the rule they keep.
OF_TRIGGERS = {
    "entries overlap": Rule.ENTRIES_OVERLAP,
    "the entry is billed": Rule.ENTRY_BILLED,
    "the expense is billed": Rule.EXPENSE_BILLED,
    "receipts are kept as they came": Rule.RECEIPT_KEPT,
    "letters are kept as they were written": Rule.LETTER_KEPT,
    "the invoice is issued": Rule.INVOICE_ISSUED,
    "the quote is sent": Rule.QUOTE_SENT,
    "invoice numbers are never used again": Rule.NUMBER_USED,
    "the journal is append-only": Rule.JOURNAL_GROWS,
}
# What has to be one of its kind, and says more than that its name is taken.
OF_UNIQUE = {
    "entries.person": Rule.ONE_TIMER,
    "invoices.number": Rule.NUMBER_USED,
    "quotes.number": Rule.NUMBER_USED,
    "invoice_plan_periods.plan_id, invoice_plan_periods.from_day": Rule.PERIOD_BILLED,
    "invoices.cancels_id": Rule.INVOICE_CANCELLED,
    "invoice_files.name": Rule.NUMBER_USED,
    "invoice_expenses.expense_id": Rule.EXPENSE_BILLED,
}
