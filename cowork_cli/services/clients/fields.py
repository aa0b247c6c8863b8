"""Fields of clients and projects as people give them, checked and turned into columns.

None is "not given"; a column that may be empty is emptied by `none` or an empty text.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from cowork_cli.domain import billing
from cowork_cli.domain.amounts import parse_currency, parse_rate
from cowork_cli.domain.client import CLIENT_TYPES, TAXES
from cowork_cli.domain.phrases import parse_date, parse_days, parse_duration
from cowork_cli.errors import BadInput, UsageError
from cowork_cli.services.identifiers import numbers
from cowork_cli.services.identifiers.contacts import check_country, check_email
from cowork_cli.store.rates import NewRate

_INHERIT = "client"


def client_columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Client fields as columns, and `rate` as a NewRate. Raises BadInput for the first bad one."""
    row: dict[str, Any] = {key: value for key, value in fields.items() if value is not None}
    _choice(row, "type", CLIENT_TYPES)
    _choice(row, "language", ("de", "en"))
    _choice(row, "tax", TAXES)
    checks: dict[str, Callable[[str], Any]] = {
        "rate": lambda text: NewRate(parse_rate(text)),
        "currency": parse_currency,
        "vat_id": numbers.check_vat_id,
        "leitweg_id": numbers.check_leitweg_id,
        "country": check_country,
        "email": check_email,
        "skonto": _emptied(lambda text: billing.skonto_text(*billing.parse_skonto(text))),
        "rounding": _rule,
        "travel_factor": _emptied(lambda text: billing.short(billing.parse_factor(text))),
        "note": _emptied(str),
    }
    for name, check in checks.items():
        if name in row:
            row[name] = check(row[name])
    if "terms" in row:
        row["terms_days"] = parse_days(row.pop("terms"), "terms")
    if "name" in row and not row["name"].strip():
        raise BadInput("the name is empty", 'give it as `--name "ACME GmbH"`')
    return row


def project_columns(
    fields: Mapping[str, Any], currency: str, now: Mapping[str, Any]
) -> tuple[dict[str, Any], NewRate | None]:
    """Project fields as columns, and the rate. `now` holds the columns of the project as it is.

    Raises BadInput for the first that cannot be right, UsageError for both kinds of rate.
    """
    given = {key: value for key, value in fields.items() if value is not None}
    rate = _project_rate(given)
    row: dict[str, Any] = {}
    checks: dict[str, Callable[[Any], Any]] = {
        "name": _emptied(str),
        "billable": int,
        "hours_per_day": lambda text: billing.short(billing.parse_hours_per_day(text)),
        "half_day_from": _emptied(parse_duration),
        "rounding": lambda text: None if text.strip().lower() == _INHERIT else _rule(text),
        "note": _emptied(str),
    }
    for name, check in checks.items():
        if name in given:
            row["half_day_from_s" if name == "half_day_from" else name] = check(given[name])
    if "budget" in given:
        row |= _budget(given["budget"], currency)
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


def _project_rate(given: Mapping[str, Any]) -> NewRate | None:
    if "rate" in given and "day_rate" in given:
        raise UsageError(
            "a rate an hour and a rate a day were given", "give `--rate` or `--day-rate`, not both"
        )
    if "rate" in given:
        return NewRate(parse_rate(given["rate"]))
    if "day_rate" in given:
        return NewRate(parse_rate(given["day_rate"], "day rate"), "day")
    return None


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


def _choice(row: dict[str, Any], name: str, known: tuple[str, ...]) -> None:
    if name in row and row[name] not in known:
        raise BadInput(f'{name} "{row[name]}" is not known', f"choose one of {', '.join(known)}")
