"""The accounts of this home: the built-in ones and those of the settings, and their providers.

A provider is made when it is first asked, with an HttpClient or the store, as its row in the
registry says. The secret is looked up then and not before.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cowork_cli.domain.ref import is_account_name
from cowork_cli.errors import BadInput, ConfigError, Conflict, NotFound, Unsupported
from cowork_cli.providers import registry
from cowork_cli.records import dataclass

if TYPE_CHECKING:
    from cowork_cli.http_client import Auth
    from cowork_cli.store.engine.store import Store

LOCAL = "local"
Given = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Account:
    """One place to ask. `login` is `not needed`, `missing`, or where the secret comes from."""

    name: str
    provider: str
    title: str
    enabled: bool
    built_in: bool
    capabilities: tuple[str, ...]
    login: str
    settings: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AccountCheck:
    """Whether an account can be asked. `state`: `ok`, `off`, `failed`; `cron`: works unattended."""

    name: str
    provider: str
    state: str
    login: str
    cron: bool
    message: str | None


class Accounts:
    """The accounts of one home. `given` are the settings; `store` opens the store when wanted."""

    def __init__(
        self,
        given: Given,
        *,
        store: "Callable[[], Store]",
        environ: Mapping[str, str],
        state: Path,
        contact: str | None = None,
        debug: Callable[[str], None] | None = None,
    ):
        self._given = given
        self._store = store
        self._environ = environ
        self._state = state
        self._contact = contact
        self._debug = debug
        self._made: dict[str, Any] = {}
        self._clients: list[Any] = []

    def names(self) -> list[str]:
        """Built-in ones in the order of the registry, then the others by name."""
        built_in = [row.name for row in registry.PROVIDERS if row.built_in]
        return built_in + sorted(name for name in self._given if name not in built_in)

    def info(self, name: str) -> registry.ProviderInfo:
        """The provider behind an account. Raises NotFound, ConfigError."""
        if name not in self.names():
            from difflib import get_close_matches

            near = get_close_matches(name, self.names(), n=1)
            guess = f', did you mean "{near[0]}"?' if near else ""
            raise NotFound(
                f'there is no account "{name}"{guess}', "see them with `cowork account list`"
            )
        provider = self._given.get(name, {}).get("provider", name)
        try:
            return registry.info(str(provider))
        except NotFound as error:
            raise ConfigError(f'account "{name}": {error.message}', error.hint) from None

    def settings(self, name: str) -> dict[str, Any]:
        """The settings of an account, defaults filled in."""
        row = self.info(name)
        given = self._given.get(name, {})
        values = {
            spec.name: given.get(spec.name, spec.default) for spec in registry.settings_of(row)
        }
        if "enabled" not in given:
            values["enabled"] = row.enabled if row.built_in and name == row.name else True
        return values

    def get(self, name: str) -> Account:
        """One account. Raises NotFound, ConfigError."""
        row = self.info(name)
        settings = self.settings(name)
        return Account(
            name=name,
            provider=row.name,
            title=row.title,
            enabled=bool(settings["enabled"]),
            built_in=row.built_in and name == row.name,
            capabilities=tuple(sorted(row.capabilities)),
            login=self._login(name, row),
            settings={key: value for key, value in settings.items() if value is not None},
        )

    def every(self) -> list[Account]:
        """All accounts."""
        return [self.get(name) for name in self.names()]

    def enabled(self, capability: str, chosen: Iterable[str] = ()) -> list[str]:
        """Names of the accounts to ask: the chosen ones, else all that are on.

        Raises NotFound for a chosen account that does not exist, Unsupported for one that cannot.
        """
        wanted = list(dict.fromkeys(chosen))
        for name in wanted:
            if capability not in self.info(name).capabilities:
                raise Unsupported(
                    f'account "{name}" has no {capability}',
                    "see what each can do with `cowork provider list`",
                    account=name,
                )
        if wanted:
            return wanted
        return [
            name
            for name in self.names()
            if capability in self.info(name).capabilities and self.settings(name)["enabled"]
        ]

    def provider(self, name: str) -> Any:
        """The provider of an account, made on first use. Raises LoginRequired, ConfigError."""
        if name not in self._made:
            row = self.info(name)
            settings = self.settings(name)
            kind: Any = registry.load(row)
            if row.uses == "store":
                from cowork_cli.services.calendar import opening

                self._made[name] = kind(name, settings, store=self._store(), hours=opening.spans)
            else:
                self._made[name] = kind(name, settings, http=self._http(name, row, settings))
        return self._made[name]

    def bookable(self, name: str) -> bool:
        """Whether an account takes bookings; False for one that is no longer there."""
        return name in self.names() and "booking" in self.info(name).capabilities

    def attribution(self, name: str) -> str | None:
        """The line printed where data of an account is shown; None for one that is gone."""
        return self.info(name).attribution if name in self.names() else None

    def close(self) -> None:
        """Closes the connections."""
        for client in self._clients:
            client.close()

    def check(self, name: str) -> AccountCheck:
        """Whether an account can be asked and its secret read without a person."""
        account = self.get(name)
        from cowork_cli.errors import CoworkError

        state, message = "ok" if account.enabled else "off", None
        try:
            self.provider(name)
        except CoworkError as error:
            state, message = "failed", error.message
        cron = account.login in ("not needed", "file", "token_command")
        return AccountCheck(name, account.provider, state, account.login, cron, message)

    def _login(self, name: str, row: registry.ProviderInfo) -> str:
        if row.secret is None:
            return "not needed"
        from cowork_cli.secrets_store import find_secret

        found = find_secret(
            name,
            row.secret,
            environ=self._environ,
            state=self._state,
            token_command=self.settings(name).get("token_command"),
        )
        return found.place if found else "missing"

    def _http(self, name: str, row: registry.ProviderInfo, settings: Mapping[str, Any]) -> Any:
        from cowork_cli.http_client import HttpClient

        urls = [str(settings[spec.name]) for spec in row.settings if spec.kind == "url"]
        if not urls or not urls[0]:
            raise ConfigError(
                f'account "{name}" has no address',
                f"add it with `cowork account add {name} --set url=URL`",
                account=name,
            )
        client = HttpClient(
            name,
            urls[0],
            also=[url for url in urls[1:] if "{" not in url],
            auth=self._auth(name, row, settings),
            allow_insecure=bool(settings["allow_insecure"]),
            contact=self._contact,
            debug=self._debug,
        )
        self._clients.append(client)
        return client

    def _auth(
        self, name: str, row: registry.ProviderInfo, settings: Mapping[str, Any]
    ) -> "Auth | None":
        if row.secret is None:
            return None
        from cowork_cli.http_client import Auth
        from cowork_cli.secrets_store import get_secret

        secret = get_secret(
            name,
            row.secret,
            environ=self._environ,
            state=self._state,
            token_command=settings.get("token_command"),
        )
        if row.secret == "password":
            return Auth.basic(str(settings.get("username") or ""), secret)
        return Auth(secret)


def new_settings(
    accounts: Accounts, name: str, provider: str | None, values: Sequence[str]
) -> dict[str, Any]:
    """What `account add` writes: setting name → value. A built-in account can be set, not added.

    Raises BadInput for a bad name or setting, Conflict if the name is taken.
    """
    if not is_account_name(name):
        raise BadInput(
            f'"{name}" cannot name an account', "use small letters, digits and `-`, as in `hafen`"
        )
    there = name in accounts.names()
    built_in = there and accounts.get(name).built_in
    row = accounts.info(name) if built_in and provider is None else registry.info(provider or "")
    if there and not (built_in and row.name == name and values):
        raise Conflict(
            f'there is an account "{name}" already', f"see it with `cowork account show {name}`"
        )
    known = {spec.name: spec for spec in registry.settings_of(row)}
    found: dict[str, Any] = {} if built_in else {f"accounts.{name}.provider": row.name}
    for pair in values:
        key, equals, text = pair.partition("=")
        if not equals or key not in known:
            raise BadInput(
                f'"{pair}" is no setting of {row.name}',
                f"write KEY=VALUE; it knows {', '.join(known)}",
            )
        value = _setting_value(known[key], text)
        full = f"accounts.{name}.{key}"
        found[full] = [*found.get(full, []), *value] if isinstance(value, list) else value
    return found


def _setting_value(spec: registry.SettingSpec, text: str) -> Any:
    if spec.kind == "list":
        return [part.strip() for part in text.split(",") if part.strip()]
    if spec.kind == "bool":
        if text.lower() not in ("true", "false"):
            raise BadInput(f'{spec.name} must be true or false, not "{text}"')
        return text.lower() == "true"
    if spec.kind == "timezone":
        from cowork_cli.domain.zones import zone_named

        zone_named(text)
    return text
