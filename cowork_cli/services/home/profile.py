"""Who the seller is: what `init` sets, shows and still misses for an invoice."""

from collections.abc import Mapping

from cowork_cli.config import Config
from cowork_cli.records import dataclass
from cowork_cli.services.home import settings


@dataclass(frozen=True, slots=True)
class Profile:
    """What `init` set up. `missing`: what an invoice needs and is not known yet."""

    name: str | None
    company: str | None
    street: str | None
    postcode: str | None
    city: str | None
    country: str | None
    email: str | None
    phone: str | None
    tax_number: str | None
    vat_id: str | None
    iban: str | None
    bic: str | None
    small_business: bool
    timezone: str
    land: str | None
    contact: str | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One thing `init` asks: the option, the setting behind it, how it is asked."""

    option: str
    setting: str
    text: str
    required: bool = False


QUESTIONS: tuple[Question, ...] = (
    Question("--name", "seller.name", "Your first and last name", required=True),
    Question("--company", "seller.company", "Business name, if you use one"),
    Question("--street", "seller.street", "Street and number"),
    Question("--postcode", "seller.postcode", "Postcode"),
    Question("--city", "seller.city", "City"),
    Question("--country", "seller.country", "Country"),
    Question("--land", "land", "Land, for public holidays (BE, NW, Bayern …)"),
    Question("--timezone", "timezone", "Time zone"),
    Question("--email", "seller.email", "E-mail address on invoices"),
    Question("--phone", "seller.phone", "Telephone number on invoices"),
    Question("--small-business", "seller.small_business", "Small business, § 19 UStG (yes/no)"),
    Question("--tax-number", "seller.tax_number", "Tax number (Steuernummer)"),
    Question("--vat-id", "seller.vat_id", "VAT id (USt-IdNr.)"),
    Question("--iban", "seller.iban", "IBAN to be paid on"),
    Question("--bic", "seller.bic", "BIC"),
    Question("--contact", "contact", "How open-data services may reach you, sent with each search"),
)
# What nobody needs to be asked: SEPA needs no BIC.
UNASKED = frozenset(["--bic"])


@dataclass(frozen=True, slots=True)
class Online:
    """Who is asked when a person searches: accounts that need no login, and the host of each."""

    hosts: dict[str, str]
    on: bool


def online(config: Config) -> Online:
    """The directories on the web that a search asks by default, and whether any of them is on."""
    from cowork_cli.providers import registry
    from cowork_cli.services.accounts.disclosure import host_of

    given = config.accounts()
    hosts, switched = {}, []
    for row in registry.PROVIDERS:
        if row.uses == "http" and row.built_in and row.enabled:
            settings = given.get(row.name, {})
            url = next(spec for spec in row.settings if spec.kind == "url")
            hosts[row.name] = host_of(str(settings.get(url.name) or url.default))
            switched.append(bool(settings.get("enabled", True)))
    return Online(hosts, any(switched))


def switch_online(config: Config, *, on: bool) -> None:
    """Switches all of them on or off."""
    config.write({f"accounts.{name}.enabled": on for name in online(config).hosts})


def profile(config: Config, timezone: str) -> Profile:
    """The seller as the settings say; `timezone` is the one that holds, set or not."""
    values = {
        name: config.text(f"seller.{name}")
        for name in (
            "name", "company", "street", "postcode", "city", "country", "email", "phone",
            "tax_number", "vat_id", "iban", "bic",
        )
    }  # fmt: skip
    return Profile(
        **values,
        small_business=bool(config.get("seller.small_business")),
        timezone=timezone,
        land=config.text("land"),
        contact=config.text("contact"),
        missing=missing(config),
    )


def missing(config: Config) -> tuple[str, ...]:
    """What § 14 (4) UStG asks for on an invoice and is not known yet, as options of `init`.

    With `seller.address` the address held at a space is printed instead of street and city.
    """
    wanted = ["name"]
    if config.text("seller.address") is None:
        wanted += ["street", "postcode", "city"]
    options = [f"--{name}" for name in wanted if config.text(f"seller.{name}") is None]
    if config.text("seller.tax_number") is None and config.text("seller.vat_id") is None:
        options.append("--tax-number")
    return tuple(options)


def write(config: Config, texts: Mapping[str, str]) -> None:
    """Checks all of `texts` (setting → text), then writes them at once; an empty one takes it out.

    Raises one BadInput that names everything that is wrong.
    """
    given = {name: text for name, text in texts.items() if text.strip()}
    values = settings.check_places(settings.checked_all(given), config)
    config.write({name: values.get(name) for name in texts})


def check(config: Config, texts: Mapping[str, str]) -> None:
    """The same checks without writing."""
    given = {name: text for name, text in texts.items() if text.strip()}
    settings.check_places(settings.checked_all(given), config)
