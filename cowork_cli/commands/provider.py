"""`cowork provider`: the providers cowork can ask."""

from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.output.result import Result
from cowork_cli.records import dataclass

app = new_app()


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider: what it can do, what its accounts can be told, the accounts there are."""

    name: str
    title: str
    capabilities: tuple[str, ...]
    settings: tuple[str, ...]
    secret: str | None
    status: str
    accounts: tuple[str, ...]
    docs: str


@verb(app, "list", data=Provider, many=True, short="cowork provider list")
def list_(context: Context) -> Result:
    """List the providers, what they can do and which accounts use them."""
    from cowork_cli.commands._asking import accounts_of
    from cowork_cli.providers import registry

    known = accounts_of(context).every()
    rows = []
    for row in registry.PROVIDERS:
        using = [account for account in known if account.provider == row.name]
        status = (
            "on" if any(account.enabled for account in using) else "off" if using else "no account"
        )
        rows.append(
            Provider(
                row.name,
                row.title,
                tuple(sorted(row.capabilities)),
                tuple(spec.name for spec in registry.settings_of(row)),
                row.secret,
                status,
                tuple(account.name for account in using),
                row.docs,
            )
        )
    return Result(rows)
