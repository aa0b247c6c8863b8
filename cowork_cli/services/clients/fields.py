"""Fields of clients and projects as people give them, checked and turned into columns.

Which there are stands in `domain.fields`; here stands what each kind of them accepts. None is "not given"; a column that may be empty is emptied by `none` or an empty text.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from cowork_cli.documents.words import LANGUAGES
from cowork_cli.domain import billing
from cowork_cli.domain.amounts import parse_currency, parse_rate
from cowork_cli.domain.client import CLIENT_TYPES, TAXES
from cowork_cli.domain.fields import CLIENT, PROJECT
from cowork_cli.domain.phrases import parse_date, parse_days, parse_duration
from cowork_cli.errors import BadInput, UsageError
from cowork_cli.services.identifiers import numbers
from cowork_cli.services.identifiers.contacts import check_country, check_email
from cowork_cli.store.rates import NewRate

_INHERIT = "client"


def client_columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Client fields as columns, and `rate` as a NewRate. Raises BadInput for the first bad one."""
    return {
        field.column or field.name: CHECKS[field.kind](fields[field.name])
        for field in CLIENT
        if fields.get(field.name) is not None
    }


def project_columns(
    fields: Mapping[str, Any], currency: str, now: Mapping[str, Any]
) -> tuple[dict[str, Any], NewRate | None]:
    """Project fields as columns, and the rate. `now` holds the columns of the project as it is.

    Raises BadInput for the first that cannot be right, UsageError for both kinds of rate.
    """
    given = {key: value for key, value in fields.items() if value is not None}
    if "rate" in given and "day_rate" in given:
        raise UsageError(
            "a rate an hour and a rate a day were given", "give `--rate` or `--day-rate`, not both"
        )
    row = {
        field.column or field.name: CHECKS[field.kind](given[field.name])
        for field in PROJECT
        if field.name in given
    }
    if "budget" in row:
        row |= _budget(row.pop("budget"), currency)
    rate = row.pop("rate", None) or row.pop("day_rate", None)
    _check_half_day({**now, **row})
    return row, rate


def first_day(since: str | None, today: Any, rate: NewRate | None) -> NewRate | None:
    """The rate with the first day it counts on. Raises BadInput for a day without a rate."""
    if since is None:
        return rate
    if rate is None:
        raise BadInput(
            "`--from` is the first day of a rate", "give it with `--rate` or `--day-rate`"
        )
    return NewRate(rate.money, rate.unit, parse_date(since, today, planned=True).isoformat())


def _check_half_day(row: Mapping[str, Any]) -> None:
    half, full = row.get("half_day_from_s"), row.get("hours_per_day")
    hours = Decimal(full) if full else billing.HOURS_PER_DAY
    if half is not None and half >= hours * 3600:
        raise BadInput(
            f"half a day cannot begin at the {billing.short(hours)} hours of a full one",
            "give a shorter `--half-day-from`, for example `4h`",
        )


def _budget(text: str, currency: str) -> dict[str, Any]:
    """A new budget takes the place of the old one, also of the other kind."""
    if _is_empty(text):
        return {"budget_s": None, "budget_minor": None}
    seconds, money = billing.parse_budget(text, currency)
    return {"budget_s": seconds, "budget_minor": money.minor if money else None}


def _rule(text: str) -> str:
    return billing.rule_text(billing.parse_rule(text))


def _is_empty(text: str) -> bool:
    return text.strip().lower() in ("", "none")


def _emptied(check: Callable[[str], Any]) -> Callable[[str], Any]:
    """`check`, but None for an empty text or `none`."""
    return lambda text: None if _is_empty(text) else check(text)


def _choice(name: str, known: tuple[str, ...]) -> Callable[[str], str]:
    def check(text: str) -> str:
        if text not in known:
            raise BadInput(f'{name} "{text}" is not known', f"choose one of {', '.join(known)}")
        return text

    return check


def _name(text: str) -> str:
    if not text.strip():
        raise BadInput("the name is empty", 'give it as `--name "ACME GmbH"`')
    return text


def _own_rule(text: str) -> str | None:
    return None if text.strip().lower() == _INHERIT else _rule(text)


# By the kind of the field.
CHECKS: dict[str, Callable[[Any], Any]] = {
    "name": _name,
    "text": lambda text: text if text.strip() else None,  # there is a town called None
    "note": _emptied(str),
    "bool": int,
    "client-type": _choice("type", CLIENT_TYPES),
    "language": _emptied(_choice("language", LANGUAGES)),
    "tax": _choice("tax", TAXES),
    "country": check_country,
    "email": _emptied(check_email),
    "vat-id": _emptied(numbers.check_vat_id),
    "leitweg-id": _emptied(numbers.check_leitweg_id),
    "currency": parse_currency,
    "rate": lambda text: NewRate(parse_rate(text)),
    "day-rate": lambda text: NewRate(parse_rate(text, "day rate"), "day"),
    "hours-per-day": lambda text: billing.short(billing.parse_hours_per_day(text)),
    "duration": _emptied(parse_duration),
    "days": lambda text: parse_days(text, "terms"),
    "budget": str,  # in money it needs the currency of the client
    "skonto": _emptied(lambda text: billing.skonto_text(*billing.parse_skonto(text))),
    "factor": _emptied(lambda text: billing.short(billing.parse_factor(text))),
    "rounding": _rule,
    "own-rounding": _own_rule,
}
