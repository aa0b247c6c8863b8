"""`cowork data`: where your data lies, backups, restoring, checking."""

import os
from datetime import datetime
from pathlib import Path

from cowork_cli.commands import _outbox
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._options import DryRun
from cowork_cli.commands._out import Force, Out, destination
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.domain.shell_words import shell_word
from cowork_cli.errors import ConfigError, Conflict, ExitCode, SecretInConfig, ServerUnreachable
from cowork_cli.output.result import Result
from cowork_cli.output.text import count
from cowork_cli.records import dataclass
from cowork_cli.services.home import granting, portable, restoring, safekeeping, store_status
from cowork_cli.services.home.granting import Granted
from cowork_cli.services.home.moving import Home, Moved
from cowork_cli.services.home.owning import Owner
from cowork_cli.services.home.portable import Exported, Imported
from cowork_cli.services.home.restoring import Prepared, Restored
from cowork_cli.services.home.safekeeping import Backup, Verification, first_few
from cowork_cli.services.home.store_status import DataStatus
from cowork_cli.store.engine.store import Server

app = new_app()


@dataclass(frozen=True, slots=True)
class DataPath:
    """Where everything lies: the store is precious, the cache may be deleted."""

    store: Path
    invoices: Path
    backups: Path
    config: Path
    cache: Path
    state: Path


@verb(app, "path", data=DataPath, short="cowork data path")
def path(context: Context) -> Result:
    """Show where your data lies."""
    paths = context.paths
    return Result(
        DataPath(paths.store, paths.invoices, paths.backups, paths.config, paths.cache, paths.state)
    )


@verb(app, "status", data=DataStatus, short="cowork data status")
def status(context: Context) -> Result:
    """Show where the store is kept, who is connected there, and what you may do."""
    try:
        return Result(store_status.status(context.store, context.paths, context.server))
    except ServerUnreachable as error:
        assert context.server is not None, "a file is not out of reach"
        told = store_status.out_of_reach(context.paths, context.server)
        return Result(told, problems=[error], exit_code=error.exit_code)


@verb(app, "move", data=Moved, short="cowork data move --to postgresql://me@db.example.org/office")
def move(
    context: Context,
    to: Annotated[
        str,
        Option(
            "--to", metavar="URL|file", help="The database, postgresql://USER@HOST/DB, or file."
        ),
    ],
    dry_run: DryRun = False,
) -> Result:
    """Move everything into a database that several machines share, or back into a file."""
    from cowork_cli.services.home import moving

    moving.refuse_variable(context.env.get("COWORK_STORE"))
    home = moving.Home(
        context.paths,
        context.config,
        context.now,
        context.note if context.watched else _unsaid,
        context.close_store,
    )
    if to == moving.FILE:
        return _move_to_file(context, home, dry_run)
    from cowork_cli.services.home.settings import checked

    checked("store.url", to)
    if context.server is not None:
        return _moved_already(context, home, to, dry_run)
    done = moving.to_server(home, context.store, context.server_at(to, "--to"), dry_run=dry_run)
    if dry_run:
        return Result(done, notes=["All of it would be there as it is here. Nothing was changed."])
    notes = [f"The store is on {to} from now on; see it with `cowork data status`."]
    if context.store.owner is None:
        notes.append(
            "Its records name nobody. Before somebody else shares it, say whose they are: "
            "`cowork data owner NAME`."
        )
    notes += [f"The file lies in {done.backup}."] if done.backup else []
    return Result(done, notes=notes)


def _unsaid(message: str) -> None:
    """Progress is for who watches."""


def _move_to_file(context: Context, home: Home, dry_run: bool) -> Result:
    from cowork_cli.services.home import moving

    server = context.server
    where = str(context.paths.store)
    if server is None:
        again = not dry_run and moving.stay(context.store)
        note = (
            "It takes changes again: the move was broken off."
            if again
            else "It lies there already."
        )
        return Result(_nothing_moved(where, dry_run), notes=[note])
    if not dry_run and moving.finish_to_file(home, server):
        note = "The move that was broken off is done: the store is the file from now on."
        return Result(_nothing_moved(where, dry_run), notes=[note])
    # The store is opened first: then what waits here has gone up.
    done = moving.to_file(home, context.store, server, dry_run=dry_run)
    if dry_run:
        return Result(done, notes=["All of it would be here as it is there. Nothing was changed."])
    return Result(
        done,
        notes=[
            f"The store is {where} from now on; other machines find it no more on the server.",
            f"What was there stays as {done.backup}.",
        ],
    )


def _moved_already(context: Context, home: Home, to: str, dry_run: bool) -> Result:
    from cowork_cli.services.home import moving

    url = context.server.url if context.server else ""
    if to != url:
        raise Conflict(
            f"the store is on {url} already",
            "move it into a file first, with `cowork data move --to file`",
        )
    _ = context.store  # it is there, and can be used
    left = None if dry_run else moving.tidy(home)
    notes = ["It is there already."]
    notes += [f"The file that was left lies in {left} now."] if left else []
    return Result(_nothing_moved(url, dry_run), notes=notes)


def _nothing_moved(where: str, dry_run: bool) -> Moved:
    return Moved(where, where, {}, 0, "", None, dry_run)


@verb(app, "grant", data=Granted, short="cowork data grant anna --as member")
def grant(
    context: Context,
    role: Annotated[
        str, Argument(metavar="ROLE", help="A role of the server, made by its keeper.")
    ],
    as_: Annotated[
        str,
        Option("--as", metavar="KIND", help="member (records) or owner (issues invoices too)."),
    ],
    dry_run: DryRun = False,
) -> Result:
    """Say what a role of the server may do: a member records, an owner issues too."""
    done = granting.grant(context.store, role, as_, dry_run=dry_run)
    if dry_run:
        return Result(done, notes=["This is the SQL. Nothing was changed."])
    return Result(done, notes=[f"{role} {done.rights} from now on."])


@verb(app, "owner", data=Owner, short="cowork data owner anna")
def owner(
    context: Context,
    name: Annotated[str, Argument(metavar="NAME", help="Who it is, as in `profile.person`.")],
    dry_run: DryRun = False,
) -> Result:
    """Say whose the records are that name nobody."""
    from cowork_cli.services.home import owning

    made = owning.planned(context.store, name, dry_run=dry_run)
    if dry_run:
        return Result(made, notes=["Nothing was changed."])
    if made.before == made.owner and not made.joined:
        return Result(made, notes=[f"They are {made.owner}'s already."])
    if made.before not in (None, made.owner):
        context.confirm(f"All that {made.before} recorded is {made.owner}'s from now on. Go on?")
    owning.make(context.store, made)
    notes = [f"What names nobody is {made.owner}'s from now on."]
    here = context.config.text("profile.person")
    if here and here != made.owner:
        notes.append(
            f"This machine says that {here} sits at it; if that is you: "
            f"`cowork config set profile.person {shell_word(made.owner)}`."
        )
    return Result(made, notes=notes)


@verb(app, "backup", data=Backup, short="cowork data backup --keep 30")
def backup(
    context: Context,
    keep: Annotated[int, Option("--keep", metavar="N", help="How many to keep.")] = 10,
) -> Result:
    """Write everything into one file: hours, invoices, documents, settings; no secrets."""
    made = safekeeping.backup(context.store, context.paths, context.now, keep)
    notes = [f"{len(made.removed)} older backups were removed."] if len(made.removed) > 1 else []
    notes += (
        [f"The oldest backup, {made.removed[0]}, was removed."] if len(made.removed) == 1 else []
    )
    return Result(
        made,
        notes=[*notes, f"Bring it back with `cowork data restore {shell_word(str(made.file))}`."],
    )


@verb(app, "restore", data=Restored, short="cowork data restore cowork-20261125-180000.zip")
def restore(
    context: Context,
    file: Annotated[
        str, Argument(metavar="FILE", help="A backup; its name is enough in data/backups.")
    ],
    dry_run: DryRun = False,
) -> Result:
    """Put a backup in the place of the present data, which is backed up first."""
    paths = context.paths
    server, now = _place_and_time(context)
    chosen = Path(file).expanduser()
    if not chosen.exists() and (paths.backups / file).is_file():
        chosen = paths.backups / file
    with restoring.prepared(paths, server, chosen.absolute()) as ready:
        if dry_run:
            return Result(
                restoring.outcome(paths, server, ready, previous=None, dry_run=True),
                notes=["The backup is whole; nothing was changed.", *_not_in_it(ready)],
            )
        context.confirm(_question(context, ready, server), flag="--yes")
        done = restoring.put_back(paths, server, ready, now)
    notes = [f"What was here before lies in {done.previous}."] if done.previous else []
    notes += [*_not_in_it(ready), *_of_settings(done)]
    return Result(done, notes=[*notes, "Look through it with `cowork data verify`."])


def _lacks(ready: Prepared) -> str:
    """What is here and not in the backup, in words; empty where that is nothing."""
    changes = count(ready.changes_not_in_it, "change") if ready.changes_not_in_it else ""
    return " and ".join(part for part in (changes, first_few(ready.not_in_it)) if part)


def _not_in_it(ready: Prepared) -> list[str]:
    again = " No number is given out a second time." if ready.not_in_it else ""
    return [f"Not in the backup: {_lacks(ready)}.{again}"] if _lacks(ready) else []


def _place_and_time(context: Context) -> tuple[Server | None, datetime]:
    """Where settings cannot be read, the file is brought back with them. Raises SecretInConfig."""
    try:
        return context.server, context.now
    except SecretInConfig:
        raise  # what is here is backed up first, and no backup holds a secret
    except ConfigError:
        return None, context.instant


def _of_settings(done: Restored | Imported) -> list[str]:
    """What is to be said of the settings that came along."""
    notes = [f"Settings that stay as they are here: {reason}." for reason in done.left_out]
    if done.runs:
        names = ", ".join(f"`{name}`" for name in done.runs)
        notes.append(f"These settings run a program: {names}; see it with `cowork config list`.")
    return notes


def _question(context: Context, ready: Prepared, server: Server | None) -> str:
    from cowork_cli.store.engine.words import WORDS

    when = f" of {ready.created:%Y-%m-%d %H:%M}" if ready.created else ""
    holds = ", ".join(
        f"{count} {WORDS[kind] if count == 1 else kind}"
        for kind, count in ready.records.items()
        if count
    )
    there = server is not None or context.paths.store.exists()
    instead = "; what is here now is backed up first" if there else ""
    without = f"; not in it: {_lacks(ready)}" if _lacks(ready) else ""
    return f"Put back the backup{when} ({holds or 'empty'}){without}{instead}?"


@verb(app, "export", data=Exported, short="cowork data export --out everything.zip")
def export(context: Context, out: Out = None, force: Force = False) -> Result:
    """Write everything into one file of JSON lines and documents, for any program; no secrets."""
    place = destination(context, out, force, "cowork-export.zip", text=False)
    content, tables, schema = portable.written(context.store, context.paths)
    place.write(content)
    done = Exported(place.shown, len(content), schema, tables)
    notes = [*place.wrote(), "Take it into another home with `cowork data import FILE --home DIR`."]
    return place.result(content, Result(done, notes=notes))


@verb(app, "import", data=Imported, short="cowork data import everything.zip")
def import_(
    context: Context,
    file: Annotated[str, Argument(metavar="FILE", help="What `data export` wrote.")],
    dry_run: DryRun = False,
) -> Result:
    """Bring an export into an empty store, whole or not at all."""
    paths, server = context.paths, context.server
    untouched = dry_run and server is None and not os.path.lexists(paths.store)
    chosen = Path(file).expanduser().absolute()
    done = portable.import_file(
        paths, None if untouched else context.store, server, chosen, dry_run=dry_run
    )
    notes = _of_settings(done)
    if not (done.settings or done.left_out):
        notes.append(f"Settings were left as they are here: {paths.settings_file}.")
    if dry_run:
        return Result(done, notes=["The export is whole; nothing was changed."])
    context.close()  # another store lies there now, perhaps of an older schema
    return Result(done, notes=[*notes, "Look through it with `cowork data verify`."])


@verb(app, "verify", data=Verification, rows="Check", short="cowork data verify")
def verify(context: Context) -> Result:
    """Check the store: every page, reference, hash, number and document."""
    found = safekeeping.verify(context.store, context.paths)
    if found.ok:
        return Result(found, rows=found.checks)
    return Result(
        found,
        rows=found.checks,
        problems=[safekeeping.damage(found, context.store, context.paths)],
        exit_code=ExitCode.CONFIG,
    )


app.update(_outbox.app)
