"""`cowork config`: settings, their values and where they come from."""

from pathlib import Path

from cowork_cli.commands._markers import Annotated, Argument
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.config import Explained
from cowork_cli.context import Context
from cowork_cli.errors import Conflict
from cowork_cli.output.result import Result
from cowork_cli.records import dataclass
from cowork_cli.services.home import settings

app = new_app()

Name = Annotated[str, Argument(metavar="NAME", help="A setting, as in `cowork config list`.")]


@dataclass(frozen=True, slots=True)
class ConfigPath:
    """Where the settings lie: the file written by people, and the one written by cowork."""

    config: Path
    settings: Path


@verb(app, "get", data=Explained, short="cowork config get land")
def get(context: Context, name: Name) -> Result:
    """Show one setting and where its value comes from."""
    return Result(settings.explain(context.config, name))


@verb(app, "set", data=Explained, short="cowork config set land Berlin")
def set_(
    context: Context,
    name: Name,
    value: Annotated[str, Argument(metavar="VALUE", help="The new value.")],
) -> Result:
    """Change one setting; the value is checked first."""
    if name.startswith("invoice.next."):
        _refuse_used_number(context, name.removeprefix("invoice.next."), value)
    settings.refuse_account(name)
    before = settings.explain(context.config, name)
    after = settings.set(context.config, name, value)
    if name == "store.url":
        _trust(context, value)
    told = _whose(context, str(after.value)) if name == "profile.person" else []
    if (before.value, before.source) == (after.value, after.source):
        return Result(after, notes=told)
    own = before.source == context.paths.settings_file.name
    return Result(after, notes=[*told, settings.way_back(name, before.value if own else None)])


def _whose(context: Context, person: str) -> list[str]:
    """Of a file that is there: what happens to what was recorded before; a server is not asked for that."""
    if context.server is not None or not context.paths.store.is_file():
        return []
    from cowork_cli.services.home import owning

    return owning.told(context.store, person)


def _trust(context: Context, url: str) -> None:
    """Who names a server means the store that is there now, whatever was there before."""
    from cowork_cli.store.engine.postgresql import known

    known.remember(context.paths.state, url, None)


@verb(app, "unset", data=Explained, short="cowork config unset land")
def unset(context: Context, name: Name) -> Result:
    """Take a setting back to what config.toml or the default says."""
    before = settings.explain(context.config, name)
    after = settings.unset(context.config, name)
    notes = []
    if after.source == context.paths.config_file.name:
        notes.append(f"{name} is still set in {context.paths.config_file}")
    elif before == after:
        notes.append(f"{name} was not set, nothing was changed")
    if before != after:
        notes.append(settings.way_back(name, before.value))
    return Result(after, notes=notes)


@verb(app, "list", data=Explained, many=True, short="cowork config list")
def list_(context: Context) -> Result:
    """List every setting, its value and where it comes from."""
    return Result(list(context.config.explain_all()))


@verb(app, "path", data=ConfigPath, short="cowork config path")
def path(context: Context) -> Result:
    """Show where the files of settings lie."""
    paths = context.paths
    return Result(ConfigPath(paths.config_file, paths.settings_file))


def _refuse_used_number(context: Context, series: str, value: str) -> None:
    """The next number of a series can only go forward: a number is used once (§ 14 (4) UStG)."""
    from cowork_cli.store import invoice_issue

    number = settings.checked(f"invoice.next.{series}", value)
    used = max(
        invoice_issue.last_number(context.store, series, year) for year in (0, context.today.year)
    )
    if isinstance(number, int) and number <= used:
        raise Conflict(
            f'the series "{series}" has used its numbers up to {used}',
            f"the lowest that is free is `cowork config set invoice.next.{series} {used + 1}`",
        )
