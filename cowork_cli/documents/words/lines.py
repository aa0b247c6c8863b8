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
        "advance": "Anzahlung {percent} auf Angebot {number} vom {date}",
        "by_quote": "Gemäß Angebot {number} vom {date}.",
    },
    "en": {
        "travel": "Travel time {percent} %",
        "advance": "Advance payment of {percent} on quote {number} of {date}",
        "by_quote": "As offered in quote {number} of {date}.",
    },
}
