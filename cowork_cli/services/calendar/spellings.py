"""Opening hours as people write them, brought into OSM syntax. What stands in quotes is not touched."""

import re

_WEEK = {
    "Mo": "montags?|mon|monday",
    "Tu": "dienstags?|di|tue|tues|tuesday",
    "We": "mittwochs?|mi|wed|wednesday",
    "Th": "donnerstags?|do|thu|thur|thurs|thursday",
    "Fr": "freitags?|fri|friday",
    "Sa": "samstags?|sonnabends?|sat|saturday",
    "Su": "sonntags?|so|sun|sunday",
}
_DAY_WORDS = re.compile(
    "|".join(rf"(?P<{day}>\b(?:{day}|{words})\b\.?)" for day, words in _WEEK.items()), re.IGNORECASE
)
_DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|SH)"
APPOINTMENT = "by appointment"
_BY_APPOINTMENT = (
    r"(?:nur )?(?:nach|auf|mit|by|on) (?:telefonischer )?(?:vereinbarung|absprache|anfrage|termin\w*"
    r"|voranmeldung|appointment|request)|\bn\. ?V\."
)
# A number of a calendar, not of a clock, stands beside these.
_CALENDAR = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|week|easter)|\[\S*\d|\b(?:19|20)\d\d\b(?!:)"
)
_BARE = re.compile(
    r"(?<![\d:.\-])(\d{1,2})(?:[:.](\d{2}))? ?- ?(\d{1,2})(?:[:.](\d{2}))?(?![\d:.])"
)
_WORDS = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        ("[‐-―−]", "-"),
        ("[\u00a0\u2000-\u200b\u202f\u3000\t]", " "),
        (r"\s*[\r\n]+\s*", "; "),
        (r"\brund um die uhr\b|(?<![\d:.-])(?<!- )\b24 ?(?:h|std\.?|stunden|hours)\b", "24/7"),
        (r"\b(\d{1,2}) ?(?:uhr|h) ?([0-5]\d)\b(?! ?(?:uhr|h\b|[:.]\d))", r"\1:\2"),
        (r"(?<=\d)h\b", ""),
        (r"\s*\b(?:uhr|h\b(?=[\s,;]|$)|o'clock)", ""),
        (r"\b(?:geschlossen|geschl\.|ruhetag|closed)(?!\w)", "off"),
        (r"\b(?:gesetzliche[nr]? |public |an )*(?:feiertag(?:en|e|s)?|(?<=public )holidays?|public holidays?)\b", "PH"),
        (r"\b(?:täglich|taeglich|daily|jeden tag|every day|alle tage)\b:?", "Mo-Su"),
        (r"\b(?:am )?(?:wochenende|weekends?)\b", "Sa-Su"),
        (r"\s+(?:bis|till|until|to)\s+", "-"),
        (r"\bweekdays\b:?", "Mo-Fr"),
        (r"[;,]?\s*\(?\b(?:außer|ausser|except(?: on)?) PH\b\)?", "; PH off"),
        (r"\b(?:von|from)\s+(?=[\dA-Z])", ""),
    )
)  # fmt: skip
# `9 am`, `5.30 p.m.`: a clock of twelve hours, both ends of a stretch named.
_TWELVE = r"(\d{1,2})(?:[:.]([0-5]\d))? ?([ap])\.? ?m\b\.?"
_HALVES = re.compile(rf"(?<![\d:.]){_TWELVE} ?- ?{_TWELVE}", re.IGNORECASE)
_FOUR_DIGITS = re.compile(
    r"(?<![\d:.-])((?:0\d|1[0-8])[0-5]\d) ?- ?((?:[01]\d|2[0-3])[0-5]\d|2400)(?![\d:.-])"
)
_SINCE = re.compile(r"\bab (\d{1,2})(?::(\d{2}))?(?![\d:.-])(?=$|[;,])", re.IGNORECASE)
_MENDS = (
    (r" {2,}", " "),
    (r"\b(\d{1,2})\.(\d{2})\b", r"\1:\2"),
    (rf"({_DAY})\s*:\s*", r"\1 "),
    (rf"({_DAY})\s*-\s*({_DAY})", r"\1-\2"),
    (rf"({_DAY}),?\s+(?:und|and|u\.|&|\+)\s+(?={_DAY}\b)", r"\1,"),
    (rf"({_DAY}),\s+(?={_DAY}\b)", r"\1,"),
    (rf"({_DAY})\+(?={_DAY}\b)", r"\1,"),
    (r"(\d)\s*-\s*(?=\d)", r"\1-"),
    (r"(:\d\d)\s*(?:,|,? (?:und|and|u\.|&))\s*(?=\d)", r"\1,"),
    (rf"({_DAY})\.?\s?(?=\d)", r"\1 "),
    (r"\s*\|\|\s*", " || "),
    (rf"\s+[/|]\s+(?={_DAY}\b)", "; "),
    (rf"(:\d\d)(?:,| und | )\s*(?={_DAY}\b)", r"\1, "),
    (rf"({_DAY})\s*,\s*off\b", r"\1 off"),
    (rf"\boff (?={_DAY}\b)", "off, "),
    (rf"^,\s*(?={_DAY}\b)", ", "),
)


def normalised(text: str) -> str:
    """The hours in OSM syntax with usual misspellings mended."""
    parts = text.split('"')
    # A comment that says no more than that is said in our words.
    parts[1::2] = [
        APPOINTMENT if re.fullmatch(_BY_APPOINTMENT, part, re.IGNORECASE) else part
        for part in parts[1::2]
    ]
    mended = [_mend(part) if index % 2 == 0 else part for index, part in enumerate(parts)]
    return '"'.join(mended).strip().rstrip(";,. ").strip()


def _mend(part: str) -> str:
    part = re.sub(_BY_APPOINTMENT, f'"{APPOINTMENT}"', part, flags=re.IGNORECASE)
    pieces = part.split('"')  # the comment that was just made is a comment
    return '"'.join(_mended(piece) if n % 2 == 0 else piece for n, piece in enumerate(pieces))


def _mended(part: str) -> str:
    for pattern, replacement in _WORDS:
        part = pattern.sub(replacement, part)
    part = _DAY_WORDS.sub(lambda match: str(match.lastgroup), part)
    part = _HALVES.sub(_of_twelve_hours, part)
    if not _CALENDAR.search(part):
        part = _FOUR_DIGITS.sub(_with_colons, part)
        part = _SINCE.sub(_open_end, part)
        part = _BARE.sub(_full_hours, part)
    for mend, replacement in _MENDS:
        part = re.sub(mend, replacement, part)
    return part


def _of_twelve_hours(match: re.Match[str]) -> str:
    """`9am-5.30pm` as `09:00-17:30`; noon is 12 pm, and a stretch that ends at 12 am ends at midnight."""
    ends = []
    for hour, minutes, half in (match.groups()[:3], match.groups()[3:]):
        if not 1 <= int(hour) <= 12:
            return match[0]
        ends.append((int(hour) % 12 + (12 if half in "pP" else 0), minutes or "00"))
    (first, after), (last, before) = ends
    if (last, before) == (0, "00"):
        last = 24
    return f"{first:02}:{after}-{last:02}:{before}"


def _with_colons(match: re.Match[str]) -> str:
    """`0900-1730` as `09:00-17:30`; what begins at 19 or 20 may be years and is left alone."""
    return "-".join(f"{end[:2]}:{end[2:]}" for end in match.groups())


def _open_end(match: re.Match[str]) -> str:
    """`ab 9` as `09:00+`: when it ends is not said."""
    hour = int(match[1])
    return f"{hour:02}:{match[2] or '00'}+" if hour <= 24 else match[0]


def _full_hours(match: re.Match[str]) -> str:
    """`9-12` as `09:00-12:00`; what is fully written stays as it is.

    So does `9-5`, which is a working day to most and a night by the letter.
    """
    first, last = int(match[1]), int(match[3])
    if last < first <= 12 and not (match[2] or match[4]):
        return match[0]
    if (match[2] and match[4]) or first > 24 or last > 26:
        return match[0]
    return f"{first:02}:{match[2] or '00'}-{last:02}:{match[4] or '00'}"
