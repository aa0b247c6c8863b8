"""Opening hours taken apart into rules, and put together again as the library understands them.

`opening-hours-py` knows no Land, takes an open end for open, and lets a day off cut the night before.
So the rules are rewritten: holidays become dates, an open end a stretch that is `unknown`, and the
part of a night after midnight is evaluated on its own.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from cowork_cli.records import dataclass, replace

ALWAYS = "Mo-Su"
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905 - reads better
_TIME = r"\d{1,2}:\d{2}"
_SPAN = rf"{_TIME}(?:-{_TIME})?\+?"
_TIMES = re.compile(rf"(?<![\d:]){_SPAN}(?:, ?{_SPAN})*(?![\d:])")
_WEEKDAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:-(?:Mo|Tu|We|Th|Fr|Sa|Su))?(?:\[[^\]]*\])?"
_DAYS = re.compile(rf"(?:{_WEEKDAY}|PH|SH)(?:,(?:{_WEEKDAY}|PH|SH))*")
_MONTH = "(?:" + "|".join(_MONTHS) + ")"
_IN_MONTHS = re.compile(rf"(?:({_MONTH}(?:-{_MONTH})?):? )?({_DAYS.pattern})")
_BEFORE = re.compile(rf"(PH|SH) ({_WEEKDAY}(?:,{_WEEKDAY})*)")
_NAMED = re.compile(r"\b(?:PH|SH)\b")
_SPLIT = re.compile(r"""((?:"[^"]*"|[^;|"])*?)(\s*;\s*|\s*\|\|\s*|(?<=[\d"fdn]),\s+(?=[A-Z])|\Z)""")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what separates it from the one before, its days, its times, what follows them."""

    sep: str
    days: str
    times: str
    rest: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.days, self.times, self.rest) if part)


def rules_of(text: str) -> tuple[Rule, ...]:
    """The rules of normalised hours; what is none (a quote without an end) is kept as it is, for who reads them to refuse."""
    found: list[Rule] = []
    position, sep = 0, ""
    while position < len(text):
        match = _SPLIT.match(text, position)
        if match is None:
            found.append(Rule(sep, "", "", text[position:]))
            break
        body = match[1].strip()
        if body:
            found.append(_rule(sep, body))
        sep, position = match[2].strip() or ";", match.end()
    return tuple(found)


def written(rules: Iterable[Rule]) -> str:
    """The rules as hours; none at all are `off`."""
    text = ""
    for rule in rules:
        joint = "" if not text else ", " if rule.sep == "," else f" {rule.sep} "
        text += joint + str(rule)
    return text or "off"


def names(rules: Sequence[Rule], kind: str) -> bool:
    """Whether any rule speaks of `PH` or `SH`."""
    return any(re.search(rf"\b{kind}\b", rule.days) for rule in rules)


def with_days(rules: Sequence[Rule], public: str, school: str) -> tuple[Rule, ...] | None:
    """The rules with `public` for `PH` and `school` for `SH`; None where one cannot be told so.

    Both are days as the library reads them: dates (`dated`), `ALWAYS`, or nothing for never.
    """
    found: list[Rule] = []
    days = {"PH": public, "SH": school}
    for rule in rules:
        if not _NAMED.search(rule.days):
            found.append(rule)
        elif match := _BEFORE.fullmatch(rule.days):
            those = days[match[1]]
            if those:
                narrowed = match[2] if those == ALWAYS else f"{those} {match[2]}"
                found.append(replace(rule, days=narrowed))
        elif match := _IN_MONTHS.fullmatch(rule.days):
            months, parts = match[1] or "", match[2].split(",")
            plain = ",".join(part for part in parts if part not in days)
            listed = [f"{months} {plain}".strip() if plain else ""]
            listed += [_within(days[part], months) for part in ("PH", "SH") if part in parts]
            made = [replace(rule, days=each) for each in listed if each]
            found += made[:1] + [replace(each, sep=rule.sep or ";") for each in made[1:]]
        else:
            return None
    return tuple(found)


def dated(days: Iterable[date]) -> str:
    """Days as hours name them: `2026 Jan 06,2026 Mar 08`."""
    return ",".join(f"{day.year} {_MONTHS[day.month - 1]} {day.day:02}" for day in sorted(days))


def with_open_ends(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """`09:00+` is unknown from nine on, `09:00-17:00+` from five on; until midnight."""
    found: list[Rule] = []
    for rule in rules:
        if "+" not in rule.times or rule.rest:
            found.append(
                replace(rule, times=rule.times.replace("+", "")) if "-" in rule.times else rule
            )
            continue
        spans = re.split(", ?", rule.times)
        closed = [span.rstrip("+") for span in spans if "-" in span]
        # A rule of its own for each, the first in the place of the old one.
        opened = [span.rstrip("+").rpartition("-")[2] for span in spans if span.endswith("+")]
        made = [replace(rule, times=",".join(closed))] if closed else []
        made += [replace(rule, times=f"{begin}-24:00", rest="unknown") for begin in opened]
        found += [replace(each, sep=rule.sep if n == 0 else ",") for n, each in enumerate(made)]
    return tuple(found)


def nights(rules: Sequence[Rule]) -> tuple[tuple[Rule, ...], tuple[Rule, ...]] | None:
    """The rules up to midnight, and what of them follows it, as if on the same day.

    None if no rule goes past midnight, or a fallback makes the halves depend on each other.
    """
    if not any(_tails(rule.times) for rule in rules):
        return None
    if any(rule.sep == "||" for rule in rules):
        return None
    heads = tuple(replace(rule, times=_heads(rule.times)) for rule in rules)
    tails: list[Rule] = []
    for rule in rules:
        if not rule.times:
            tails.append(rule if rule.days != "24/7" else replace(rule, rest="off", days="Mo-Su"))
        elif later := _tails(rule.times):
            tails.append(replace(rule, times=later))
        elif rule.sep != ",":
            tails.append(replace(rule, times="", rest="off"))
    return heads, tuple(tails)


def _rule(sep: str, body: str) -> Rule:
    quoted = body.find('"')
    match = _TIMES.search(body, 0, quoted if quoted >= 0 else len(body))
    if match:
        return Rule(sep, body[: match.start()].strip(), match[0], body[match.end() :].strip())
    day = re.match(rf"(?:{_IN_MONTHS.pattern})(?=\s|$)", body)
    if day:
        longer = _BEFORE.match(body)
        days = longer[0] if longer else day[0]
        return Rule(sep, days, "", body[len(days) :].strip())
    if _NAMED.search(body[: quoted if quoted >= 0 else len(body)]):
        return Rule(sep, body, "", "")
    head, _, rest = body.partition(" ")
    return Rule(sep, head, "", rest) if head == "24/7" else Rule(sep, "", "", body)


def _within(days: str, months: str) -> str:
    """Of `days` those in a range of months (`Nov-Feb`; all without one)."""
    if not months or not days:
        return days
    if days == ALWAYS:
        return f"{months} {days}"
    first, _, last = months.partition("-")
    begin, end = _MONTHS.index(first), _MONTHS.index(last or first)
    span = range(begin, (end if end >= begin else end + 12) + 1)
    numbers = {number % 12 for number in span}
    return ",".join(day for day in days.split(",") if _MONTHS.index(day.split(" ")[1]) in numbers)


def _minutes(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute)


def _ends(span: str) -> tuple[int, int]:
    """Begin and end in minutes of the first day; an end not after the begin is on the next."""
    first, dash, last = span.rstrip("+").partition("-")
    begin = _minutes(first)
    end = _minutes(last) if dash else begin
    return begin, end + 1440 if dash and end <= begin else end


def _heads(times: str) -> str:
    spans = re.split(", ?", times) if times else []
    return ",".join(
        f"{span.partition('-')[0]}-24:00" if _ends(span)[1] > 1440 else span for span in spans
    )


def _tails(times: str) -> str:
    ends = [_ends(span)[1] - 1440 for span in (re.split(", ?", times) if times else [])]
    return ",".join(f"00:00-{end // 60:02}:{end % 60:02}" for end in ends if 0 < end < 1440)
