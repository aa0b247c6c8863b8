"""The geocoder of this home: the one that a person switched on, or none."""

from collections.abc import Callable

from cowork_cli.domain.place import Place
from cowork_cli.errors import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cowork_cli.services.accounts.accounts import Accounts
    from cowork_cli.services.accounts.disclosure import Disclosure

SETTING, URL_SETTING = "geocoder", "geocoder_url"
Geocoder = Callable[[str], list[Place]]


def geocoder(accounts: "Accounts", disclosure: "Disclosure | None") -> Geocoder | None:
    """Asks the geocoder that an account names, said beforehand; None where none is switched on.

    Raises ConfigError for a name that is none.
    """
    for name in accounts.names():
        settings = accounts.settings(name)
        kind = str(settings.get(SETTING) or "none")
        if kind == "none" or not settings["enabled"]:
            continue
        return _asking(accounts, name, kind, settings.get(URL_SETTING), disclosure)
    return None


def _asking(
    accounts: "Accounts", name: str, kind: str, url: object, disclosure: "Disclosure | None"
) -> Geocoder:
    from cowork_cli.providers.geocoding import ADDRESSES, KINDS, places

    if kind not in KINDS:
        raise ConfigError(f'"{kind}" is no geocoder', f"choose of {', '.join(KINDS)}", account=name)
    address = str(url or ADDRESSES[kind])

    def ask(text: str) -> list[Place]:
        if disclosure is not None:
            disclosure.before([address], "what you typed as the place")
        return places(kind, text, accounts.client_at(name, address))

    return ask
