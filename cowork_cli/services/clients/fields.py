"""Fields of clients and projects as people give them, checked and turned into columns.

Which there are stands in `domain.fields`; here stands what each kind of them accepts. None is "not given"; a column that may be empty is emptied by `none` or an empty text.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from cowork_cli.documents.words import LANGUAGES
from cowork_cli.domain import billing
from cowork_cli.domain.amounts import parse_currency, parse_rate
from cowork_cli.domain.client import CLIENT_TYPES, TAXES, Client
from cowork_cli.domain.fields import CLIENT, PROJECT, Field
from cowork_cli.domain.phrases import parse_date, parse_days, parse_duration
from cowork_cli.errors import BadInput, UsageError
from cowork_cli.services.clients import tax_cases
from cowork_cli.services.identifiers import numbers
from cowork_cli.services.identifiers.contacts import check_country, check_email, check_postcode
from cowork_cli.store.rates import NewRate

_INHERIT = "client"


def new_client(
    slug: str, fields: Mapping[str, Any], home: str
) -> tuple[dict[str, Any], NewRate | None, tuple[str, ...]]:
    """Columns and rate of a new client, and what is to be told. Raises BadInput for the first bad one."""
    row, rate = _columns({"country": home, **fields}, None)
    facts = _facts(slug, row)
    if row.get("postcode"):
        row["postcode"] = check_postcode(row["postcode"], facts.country)
    tax, notes = tax_cases.settled(facts, home)
    return row | ({"tax": tax} if tax else {}), rate, notes


def changed_client(
    now: Client, said: str | None, fields: Mapping[str, Any], home: str
) -> tuple[dict[str, Any], NewRate | None, tuple[str, ...]]:
    """The same for what changes of a client; `said` is its tax case, None if it was never said."""
    row, rate = _columns(fields, now.currency)
    before = tax_cases.Facts(
        now.id, now.type, now.address.country or home, now.vat_id, said, now.exempt_reason
    )
    after = _facts(now.id, {**_row_of(before), **row})
    if row.get("tax", "exempt") != "exempt" and "exempt_reason" not in row and now.exempt_reason:
        row["exempt_reason"] = None  # it goes with the case that it gave the reason of
        after = after._replace(exempt_reason=None)
    notes = _postcode(row, now, after.country)
    is_said = row.get("tax") is not None or "exempt_reason" in row
    tax, more = tax_cases.changed(before, after, home, said=is_said)
    if tax != said:
        row["tax"] = tax
    return row, rate, (*notes, *more)


def _columns(
    fields: Mapping[str, Any], currency: str | None
) -> tuple[dict[str, Any], NewRate | None]:
    """Client fields as columns, and the rate, which may name the client's currency and no other."""
    row = {
        field.column or field.name: _checked(field, fields[field.name])
        for field in CLIENT
        if fields.get(field.name) is not None and field.kind != "rate"
    }
    if fields.get("rate") is None:
        return row, None
    return row, NewRate(parse_rate(fields["rate"], "rate", row.get("currency", currency) or "EUR"))


def _checked(field: Field, value: Any) -> Any:
    """The value of a field. Raises BadInput with the name of the field."""
    try:
        return CHECKS[field.kind](value)
    except BadInput as error:
        name = field.name.replace("_", "-")
        if error.message.startswith(f"{name} "):
            raise
        raise BadInput(f"{name}: {error.message}", error.hint) from None


def _facts(slug: str, row: Mapping[str, Any]) -> tax_cases.Facts:
    return tax_cases.Facts(
        slug, row["type"], row.get("country"), row.get("vat_id"), row.get("tax"),
        row.get("exempt_reason"),
    )  # fmt: skip


def _row_of(facts: tax_cases.Facts) -> dict[str, Any]:
    return {name: value for name, value in facts._asdict().items() if name != "client"}


def _postcode(row: dict[str, Any], now: Client, country: str | None) -> list[str]:
    """Checks a postcode that is given, and tells of one that does not go with a new country."""
    if row.get("postcode"):
        row["postcode"] = check_postcode(row["postcode"], country)
    elif "country" in row and "postcode" not in row and now.address.postcode:
        try:
            check_postcode(now.address.postcode, country)
        except BadInput as error:
            return [f"Its {error.message}; `--postcode` changes it."]
    return []


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
        field.column or field.name: _checked(field, given[field.name])
        for field in PROJECT
        if field.name in given and field.name not in ("rate", "day_rate")
    }
    if "budget" in row:
        row |= _budget(row.pop("budget"), currency)
    rate = None
    if "rate" in given:
        rate = NewRate(parse_rate(given["rate"], "rate", currency))
    elif "day_rate" in given:
        rate = NewRate(parse_rate(given["day_rate"], "day rate", currency), "day")
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


def _one_line(text: str) -> str:
    return " ".join(text.split())


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
    "exempt-reason": _emptied(_one_line),
    "rate": str,  # a currency beside it is checked against the client's
    "day-rate": str,
    "hours-per-day": lambda text: billing.short(billing.parse_hours_per_day(text)),
    "duration": _emptied(parse_duration),
    "days": lambda text: parse_days(text, "terms"),
    "budget": str,  # in money it needs the currency of the client
    "skonto": _emptied(lambda text: billing.skonto_text(*billing.parse_skonto(text))),
    "factor": _emptied(lambda text: billing.short(billing.parse_factor(text))),
    "rounding": _rule,
    "own-rounding": _own_rule,
}
