"""What can be told of a client, of a project and of a space: the one declaration of each field.

From it come the options of `client add|edit`, `project add|edit` and `space add|edit`; for the first
two also their checks (`services.clients.fields`, by `kind`), the columns of the store and of a CSV
import.
"""

from cowork_cli.domain.client import CLIENT_TYPES, TAXES
from cowork_cli.domain.space import AMENITIES, KINDS
from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `name` is its option (`vat_id`: `--vat-id`); `kind` says how its text is read.

    A `bool` is a flag of two ways, a `number` is read as one, of `many` there may be several.

    `column` is the one of the store where that has another name; `also` are other spellings of the option.
    """

    name: str
    kind: str
    help: str
    metavar: str | None = None
    column: str | None = None
    also: tuple[str, ...] = ()

    @property
    def option(self) -> str:
        """As it is typed."""
        name = "--" + self.name.rstrip("_").replace("_", "-")
        return f"{name}/--non-{self.name}" if self.kind == "bool" else name


CLIENT = (
    Field("name", "name", "Name on the invoice.", "N"),
    Field(
        "type", "client-type", f"{CLIENT_TYPES[0]}, {CLIENT_TYPES[1]} or {CLIENT_TYPES[2]}.", "TYPE"
    ),
    Field("street", "text", "Street and number."),
    Field("postcode", "text", "Postcode."),
    Field("city", "text", "City."),
    Field("country", "country", "Country, two letters."),
    Field("email", "email", "Where invoices are sent."),
    Field("vat_id", "vat-id", "VAT id (USt-IdNr.)."),
    Field("leitweg_id", "leitweg-id", "Leitweg-ID of a public buyer."),
    Field("buyer_reference", "text", "Printed on every invoice."),
    Field("language", "language", "Language of invoices.", "de|en"),
    Field("rate", "rate", "Money an hour, for example 95.", "R"),
    Field("currency", "currency", "ISO 4217, for example EUR."),
    Field("tax", "tax", f"{', '.join(TAXES[:-1])} or {TAXES[-1]}."),
    Field(
        "exempt_reason", "exempt-reason", "Why nothing is charged, with --tax exempt.",
        "'§ 4 Nr. 21 UStG'",
    ),
    Field("terms", "days", "Time to pay.", "14d", "terms_days"),
    Field("skonto", "skonto", "Discount for paying early, or none.", "2%/10d"),
    Field("rounding", "rounding", "How billed time is rounded: none, or as 15m:up:day.", "RULE"),
    Field(
        "travel_factor", "factor", "Part of time tagged travel that is billed: 0.5 or none.", "F"
    ),
    Field("note", "note", "For yourself.", "T"),
)  # fmt: skip
PROJECT = (
    Field("name", "note", "Long name, for invoices.", "N"),
    Field("rate", "rate", "Money an hour; default: the client's.", "R"),
    Field("day_rate", "day-rate", "Money a day, instead of an hour.", "R"),
    Field("hours_per_day", "hours-per-day", "Hours of a full day; default: 8.", "H"),
    Field(
        "half_day_from", "duration", "From here half a day is billed, below by the hour.", "4h",
        "half_day_from_s",
    ),
    Field("budget", "budget", "In hours or money, or none.", "40h|4000eur"),
    Field(
        "rounding", "own-rounding", "As 15m:up:day, none, or client for the client's rule.", "RULE"
    ),
    Field("note", "note", "For yourself.", "T"),
    Field("billable", "bool", "Whether its hours are billed; counts for new entries."),
)  # fmt: skip
SPACE = (
    Field("street", "text", "Street and number."),
    Field("postcode", "text", "Postcode."),
    Field("city", "text", "City."),
    Field("country", "text", "Country, two letters."),
    Field("lat", "number", "Latitude in degrees."),
    Field("lon", "number", "Longitude in degrees."),
    Field("email", "text", "E-mail address."),
    Field("phone", "text", "Telephone number."),
    Field("website", "text", "Web site."),
    Field("hours", "text", "Opening hours, such as Mo-Fr 08:00-18:00."),
    Field("kind", "many", f"{', '.join(KINDS)}; again for more.", "KIND"),
    Field("amenity", "many", f"{', '.join(AMENITIES)} …; again for more.", "A"),
    Field("price", "many", "day=18, hour=12net, month=150gross; again for more.", "P"),
    Field("timezone", "text", "Its IANA zone, where that does not follow.", "ZONE"),
    Field("note", "many", "For yourself; added to those that are there.", "T"),
)
