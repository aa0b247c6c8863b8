"""What cowork itself writes on lines and notes: days, travel, what is deducted."""

from cowork_cli.documents.words import Words

WEEKDAYS = {
    "de": ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
# Short months; German dates hold none.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WORDS: dict[str, Words] = {
    "de": {
        "travel": "Reisezeit {percent} %",
        "deducted": "Abgezogen ist die Rechnung {number} vom {date}: {amount}, darin {vat} "
        "Umsatzsteuer.",
        "deducted_untaxed": "Abgezogen ist die Rechnung {number} vom {date}: {amount}.",
    },
    "en": {
        "travel": "Travel time {percent} %",
        "deducted": "Deducted is invoice {number} of {date}: {amount}, which includes {vat} of VAT.",
        "deducted_untaxed": "Deducted is invoice {number} of {date}: {amount}.",
    },
}
