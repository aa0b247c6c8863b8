"""The words that leave the house, German and English; nothing else is said to clients anywhere.

Tables only, by language and key, with `{places}` for what the model holds: `page` (the invoice and its
list of hours), `lines` (what cowork writes on them), `payment`, `reminder`, `quote`, `mail`, `spelling`
(months, units, countries). The terminal speaks English (docs/decisions/0015). What the law words itself stands
with its source in `data/tax.py`.
"""

LANGUAGES = ("de", "en")
Words = dict[str, str]
