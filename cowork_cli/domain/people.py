"""People one met: who they are, where one met them, what was asked, given and introduced, what came of it."""

from datetime import date

from cowork_cli.domain.fields import Field
from cowork_cli.domain.money import Money
from cowork_cli.domain.party import PostalAddress
from cowork_cli.records import dataclass

TALKS = ("asked", "gave", "introduced", "lead", "order", "advice")
FORMATS = ("vcard", "csv", "json")

PERSON = (
    Field("name", "text", "The full name.", "N"),
    Field("company", "text", "Where they work."),
    Field("trade", "text", "What they do.", "T"),
    Field("skill", "many", "What they know; again, or with commas, for more.", "S", "skills"),
    Field("email", "email", "E-mail address."),
    Field("phone", "text", "Telephone number."),
    Field("web", "text", "Web site."),
    Field("street", "text", "Street and number."),
    Field("postcode", "text", "Postcode."),
    Field("city", "text", "City."),
    Field("country", "country", "Country, two letters."),
    Field("language", "language", "Language of mails to them.", "de|en"),
    Field("met_on", "day", "When you met.", "DATE"),
    Field("met_at", "text", "Where you met.", "PLACE"),
    Field("purpose", "text", "Why you keep this (Art. 5 (1) b GDPR).", "T"),
    Field("client", "client", "The client that they are, or none.", "C", "client_id"),
    Field("note", "text", "For yourself.", "T"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Talk:
    """Something between a person and oneself; `with_` is the other one of an introduction."""

    id: str
    person: str
    date: date
    kind: str
    text: str | None
    with_: str | None
    client: str | None
    project: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the own ledger. `source`: `typed` or `vcard`; `talks` the newest first."""

    id: str
    name: str
    company: str | None
    trade: str | None
    skills: tuple[str, ...]
    email: str | None
    phone: str | None
    web: str | None
    address: PostalAddress
    language: str | None
    met_on: date | None
    met_at: str | None
    purpose: str | None
    client: str | None
    note: str | None
    source: str
    added_on: date
    talks: tuple[Talk, ...] = ()


@dataclass(frozen=True, slots=True)
class PeopleImport:
    """What an import of vCards did, or would do. `cards` = `taken` + `known` + `skipped`."""

    file: str
    cards: int
    taken: int
    known: int
    skipped: tuple[str, ...]
    left_out: tuple[str, ...]
    dry_run: bool


@dataclass(frozen=True, slots=True)
class PeopleExport:
    """Where people were written, and how many."""

    file: str
    format: str
    people: int


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was taken out of the store. `images`: what the journal held; `stays`: what is left, and why."""

    id: str
    records: int
    images: int
    stays: tuple[str, ...]
    backups: tuple[str, ...]
    dry_run: bool


@dataclass(frozen=True, slots=True)
class Introduction:
    """A mail to two people, in which each is named to the other."""

    first: str
    second: str
    language: str
    file: str


@dataclass(frozen=True, slots=True)
class OriginRow:
    """Net of issued invoices by whom it came from. `kind`: person, none, or cost, which is the memberships'."""

    key: str
    kind: str
    origin: str
    invoices: int
    net: Money
