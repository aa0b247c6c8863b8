"""Settings: the one table of them, where each value comes from, and the one file we write.

Order: option, environment, settings.toml (written by us), config.toml (written by people), default.
Values are text, numbers or booleans of TOML; what a value must look like beyond that is checked by
`services.home.settings` when it is set.
"""

from __future__ import annotations

import os

from cowork_cli.errors import BadInput, ConfigError, SecretInConfig
from cowork_cli.paths import Paths, write_private
from cowork_cli.plain_toml import flat_values
from cowork_cli.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

Value = str | int | bool | list[str]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `kind` names its form (see `services.home.settings`); a part `*` stands for any word."""

    name: str
    kind: str
    default: Value | None
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting("timezone", "timezone", None, "IANA zone you live in; default: the system's"),
    Setting("land", "land", None, "your Land, for public holidays (BE, NW, …)"),
    Setting("holidays.parish", "parish", None, "catholic, augsburg or other (BY, SN, TH)"),
    Setting("hours.week", "opening-hours", "Mo-Fr 09:00-17:00", "your working hours, OSM syntax"),
    Setting(
        "hours.day_boundary", "time", "04:00", "work before this time belongs to the day before"
    ),
    Setting("day.late", "time", "20:00", "work after this time makes a late day (report places)"),
    Setting("day.alone", "count", None, "days at home in a row that are worth a gentle word"),
    Setting("commute.co2.*", "grams", None, "your own grams of CO2 for a km by bus, car, …"),
    Setting("seller.name", "text", None, "your first and last name, as on invoices"),
    Setting("seller.company", "text", None, "your business name, if you use one"),
    Setting("seller.street", "text", None, "street and number"),
    Setting("seller.postcode", "postcode", None, "postcode"),
    Setting("seller.city", "text", None, "city"),
    Setting("seller.country", "country", "DE", "country, two letters"),
    Setting("seller.email", "email", None, "e-mail address on invoices"),
    Setting("seller.phone", "text", None, "telephone number on invoices"),
    Setting("seller.tax_number", "tax-number", None, "tax number (Steuernummer)"),
    Setting("seller.vat_id", "vat-id", None, "VAT id (USt-IdNr.)"),
    Setting("seller.iban", "iban", None, "account to be paid on"),
    Setting("seller.bic", "bic", None, "its BIC, needed outside SEPA"),
    Setting("seller.small_business", "bool", False, "exempt under § 19 UStG: never prints VAT"),
    Setting(
        "seller.address", "held-address", None, "id of a held address that is printed instead (a-1)"
    ),
    Setting("invoice.number_format", "number-format", "{year}-{seq:04}", "form of invoice numbers"),
    Setting("invoice.next.*", "count", None, "next number of a series, never below a used one"),
    Setting("invoice.terms", "days", "14d", "time to pay"),
    Setting("invoice.language", "language", "de", "language of invoices, de or en"),
    Setting("invoice.logo", "image", None, "PNG, JPEG or SVG file printed at the top"),
    Setting("invoice.footer", "text", None, "text printed at the foot"),
    Setting("invoice.font", "font", None, "font file with letters that the built-in fonts lack"),
    Setting("invoice.timesheet", "bool", False, "add a list of the hours to invoices"),
    Setting("quote.number_format", "number-format", "AN-{year}-{seq:04}", "form of quote numbers"),
    Setting("quote.next", "count", None, "next number of a quote, never below a used one"),
    Setting("quote.valid", "validity", "30d", "how long a quote is valid"),
    Setting("mail.command", "command", None, "program that sends a mail from stdin: msmtp -t"),
    Setting("mail.smtp", "smtp", None, "server that sends mail: smtps://me@mail.example.org"),
    Setting("mail.password_command", "command", None, "prints the password of mail.smtp"),
    Setting("turnover.*", "euro", None, "turnover of a year before you used cowork"),
    Setting(
        "interest.base_rate.*",
        "base-rate",
        None,
        "base rate (§ 247 BGB) from a 1 Jan or 1 Jul, in percent",
    ),
    Setting("tax.basis", "tax-basis", "issued", "VAT by invoice (issued) or by payment (paid)"),
    Setting(
        "tax.filing",
        "tax-filing",
        "quarter",
        "how often you file VAT: month, quarter, year",
    ),
    Setting(
        "tax.extension", "bool", False, "a month more for VAT returns (Dauerfristverlängerung)"
    ),
    Setting("datev.consultant", "datev-consultant", None, "DATEV consultant number"),
    Setting("datev.client", "datev-client", None, "DATEV client number"),
    Setting("datev.chart", "datev-chart", "SKR03", "chart of accounts, SKR03 or SKR04"),
    Setting(
        "profile.founded",
        "date",
        None,
        "day your business began: § 19 UStG has a limit for that year",
    ),
    Setting(
        "profile.person", "text", None, "who sits at this machine, where several share a store"
    ),
    Setting("profile.kind", "profile-kind", None, "trade, freelance or company"),
    Setting("profile.artists_insurance", "bool", False, "insured with the KSK"),
    Setting("profile.staff", "bool", False, "you employ people"),
    Setting("profile.car", "bool", False, "a car is registered to the business"),
    Setting("profile.web", "text", None, "your web site"),
    Setting("profile.trade.*", "text", None, "what you do, in de or en, for directories"),
    Setting("profile.skills.*", "text", None, "what you offer, in de or en, with commas"),
    Setting("profile.about.*", "text", None, "two or three sentences about you, in de or en"),
    Setting("profile.languages.*", "text", None, "the languages you work in, named in de or en"),
    Setting("contact", "text", None, "sent to open-data services, as their rules ask"),
    Setting(
        "gazetteer.url",
        "text",
        "https://download.geonames.org/export/zip/{country}.zip",
        "where `place update` fetches a country, in the form of GeoNames",
    ),
    Setting("output", "text", None, "default form of output: table, plain, json, csv"),
    Setting(
        "store.url", "store-url", None, "store on a server: postgresql://me@db.example.org/office"
    ),
    Setting("store.password_command", "command", None, "prints the password of store.url"),
    Setting("store.id", "text", None, "which store belongs here (written by cowork)"),
)

_SECRETS = ("token", "password", "client_secret")
_LARGEST = 1 << 20  # bytes of a file of settings
_MARK = b"\xef\xbb\xbf"  # what editors of Windows put before UTF-8
_ADDRESSES = ("store.url", "mail.smtp")
_ACCOUNT_COMMON = ("provider", "enabled", "allow_insecure", "token_command", "timezone")


@dataclass(frozen=True, slots=True)
class Explained:
    """A setting with its value and where that comes from: a file's name or `default`."""

    name: str
    value: Value | None
    source: str
    help: str


def setting(name: str) -> Setting:
    """The row of the table for `name`. Raises BadInput naming the nearest setting."""
    for row in SETTINGS:
        if row.name == name or ("*" in row.name and _fits(row.name, name)):
            return row
    raise BadInput(
        f'there is no setting "{name}"{_nearest(name)}', "list them with `cowork config list`"
    )


class Config:
    """The settings of one home, read once."""

    def __init__(self, paths: Paths):
        self._paths = paths
        self._values: dict[str, tuple[Value, str]] = {}
        for file in (paths.config_path, paths.settings_path):
            for name, value in _read(file).items():
                self._values[name] = (value, os.path.basename(file))

    def get(self, name: str) -> Any:
        """The value of `name`, or its default."""
        if name in self._values:
            return self._values[name][0]
        return setting(name).default

    def text(self, name: str) -> str | None:
        """The value as text; an empty string counts as unset."""
        value = self.get(name)
        return None if value is None or value == "" else str(value)

    def explain(self, name: str) -> Explained:
        """The value and where it comes from."""
        row = setting(name)
        value, source = self._values.get(name, (row.default, "default"))
        return Explained(name, value, source, row.help)

    def explain_all(self) -> tuple[Explained, ...]:
        """Every setting of the table in its order, then the settings of accounts."""
        names = [row.name for row in SETTINGS if "*" not in row.name and row.name != "store.id"]
        names += sorted(name for name in self._values if _is_pattern(name))
        rows = [self.explain(name) for name in names]
        for name in sorted(self._values):
            if name.startswith("accounts."):
                value, source = self._values[name]
                rows.append(Explained(name, value, source, "setting of an account"))
        return tuple(rows)

    def written(self) -> frozenset[str]:
        """The settings that stand in settings.toml."""
        return frozenset(_read(self._paths.settings_path))

    def numbers(self, head: str) -> dict[str, int]:
        """The whole numbers set under a pattern, by what stands behind its head: `commute.co2.`."""
        return {
            name.removeprefix(head): int(value)
            for name, (value, _) in self._values.items()
            if name.startswith(head) and isinstance(value, int)
        }

    def accounts(self) -> dict[str, dict[str, Value]]:
        """The settings given for accounts: name → key → value."""
        found: dict[str, dict[str, Value]] = {}
        for name, (value, _) in self._values.items():
            if name.startswith("accounts."):
                _, account, key = name.split(".", 2)
                found.setdefault(account, {})[key] = value
        return found

    def write(self, changes: Mapping[str, Value | None]) -> None:
        """Writes settings into settings.toml, None takes one out. Whole or not at all.

        Raises ConfigError, SecretInConfig for one that could not be read back: a file with it would stop every command.
        """
        from cowork_cli.locking import locked

        for name, value in changes.items():
            if value is not None:
                _check("", name, value, "see `cowork config list`")
        with locked(self._paths.config / ".settings.lock"):
            values = _read(self._paths.settings_path)
            for name, value in changes.items():
                if value is None:
                    values.pop(name, None)
                else:
                    values[name] = value
            write_private(self._paths.settings_file, text_of(values))
        self.__init__(self._paths)  # type: ignore[misc]  # what was written is what is read


def _fits(pattern: str, name: str) -> bool:
    head = pattern.removesuffix("*")
    return name.startswith(head) and "." not in name[len(head) :] and len(name) > len(head)


def _is_pattern(name: str) -> bool:
    return any("*" in row.name and _fits(row.name, name) for row in SETTINGS)


def _nearest(name: str) -> str:
    from cowork_cli.domain.spelling import nearest

    known = [row.name for row in SETTINGS]
    near = nearest(name, known) or [
        full for full in known if full.rpartition(".")[2] == name.rpartition(".")[2]
    ]
    return f', did you mean "{near[0]}"?' if near else ""


def _read(file: str) -> dict[str, Value]:
    try:
        with open(file, "rb") as opened:
            content = opened.read(_LARGEST + 1)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ConfigError(
            f"cannot read {file}: {error.strerror}", "check its owner and mode"
        ) from None
    if len(content) > _LARGEST:
        raise ConfigError(f"{file} is larger than 1 MB", f"correct the file: {file}")
    return values_in(content, file)


def values_in(content: bytes, file: str) -> dict[str, Value]:
    """The settings that a file of them holds, by name; `file` is its name in what is said. Raises ConfigError."""
    try:
        text = content.removeprefix(_MARK).decode()
    except UnicodeDecodeError:
        raise ConfigError(f"{file} is not UTF-8 text", "save it as UTF-8") from None
    flat = flat_values(text)
    if flat is None:
        flat = _parsed(file, text)
    for name, value in flat.items():
        _check(f"{file}:{_line_of(text, name)}: ", name, value, f"correct the file: {file}")
    return flat


def _parsed(file: str, text: str) -> dict[str, Value]:
    import tomllib

    try:
        return dict(_flat(tomllib.loads(text)))
    except ValueError as error:  # of TOML, or of a number with more digits than Python reads
        raise ConfigError(f"{file}: {error}", f"correct the file: {file}") from None
    except RecursionError:
        raise ConfigError(f"{file} is nested too deep", f"correct the file: {file}") from None


def _flat(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


def text_of(values: Mapping[str, Value]) -> bytes:
    """A file of settings that holds these."""
    import tomli_w

    return tomli_w.dumps(_nested(values)).encode()


def _nested(values: Mapping[str, Value]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for name in sorted(values):
        *tables, key = name.split(".") if not name.startswith("accounts.") else name.split(".", 2)
        branch = tree
        for table in tables:
            branch = branch.setdefault(table, {})
        branch[key] = values[name]
    return tree


def _check(where: str, name: str, value: object, remedy: str) -> None:
    """Raises ConfigError, SecretInConfig for a setting that no file may hold; `where` it stands, if it does already."""
    account = name.split(".")[1] if name.startswith("accounts.") and "." in name[9:] else "NAME"
    login = f"use `cowork account login {account}`"
    last = name.rpartition(".")[2]
    if last in _SECRETS:
        raise SecretInConfig(
            f'{where}"{name}" is a secret and must not stand in a file of settings',
            f"remove the line and {login}" if where else login,
        )
    if isinstance(value, str) and ("://" in value or name in _ADDRESSES):
        # What is written now is looked at more closely than what stood there before: a file must go on being read.
        strict = not where and name.startswith("accounts.") and last.endswith("url")
        if held := _login_in(value, of_server=name in _ADDRESSES, strict=strict):
            raise SecretInConfig(
                f'{where}the address in "{name}" holds {held}', f"take it out and {login}"
            )
    if name.startswith("accounts."):
        if name.count(".") < 2:
            raise ConfigError(f'{where}"{name}" is no account', "write `[accounts.NAME]`")
        return
    try:
        row = setting(name)
    except BadInput as error:
        raise ConfigError(f"{where}{error.message}", error.hint) from None
    wanted: type | tuple[type, ...] = bool if row.kind == "bool" else (str, int)
    if not isinstance(value, wanted) or (wanted is not bool and isinstance(value, bool)):
        form = "true or false" if wanted is bool else "text"
        raise ConfigError(f'{where}"{name}" must be {form}', remedy)


def _login_in(address: str, *, of_server: bool, strict: bool) -> str | None:
    """What an address holds that is no part of one: the password of `scheme://USER:PASSWORD@HOST`, or behind its `?`.

    `strict`: a USER alone too, since a token needs no name and who logs in is said elsewhere. A password with a
    slash in it, which no address may have, is one: what stands before it is no port, and behind an address
    `of_server` there is no other `@`.
    """
    password = "a password"
    rest = address.rpartition("://")[2]
    if "password=" in rest.lower():
        return password
    authority = rest.replace("?", "/").replace("#", "/").partition("/")[0]
    user, at, _ = authority.rpartition("@")
    if at:
        if ":" in user:
            return password
        return "a name or a token before its @" if strict and user else None
    _, colon, port = authority.rpartition(":")
    no_port = not port.isdigit() and not port.endswith("]")
    return password if colon and "@" in rest and (of_server or no_port) else None


def _line_of(text: str, name: str) -> int:
    """The line on which the last part of `name` is set, counted from 1 (a guess for odd layouts)."""
    table, _, key = name.rpartition(".")
    current = ""
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if stripped.startswith("["):
            current = stripped.strip("[] ")
        left = stripped.split("=", 1)[0].strip().strip('"')
        if left in (name, key) and (current in ("", table) or f"{current}.{left}" == name):
            return number
    return 1
