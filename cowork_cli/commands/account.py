"""`cowork account`: places to ask, a provider and its settings."""

from cowork_cli.commands._asking import accounts_of, asking
from cowork_cli.commands._markers import Annotated, Argument, Option
from cowork_cli.commands._options import DryRun
from cowork_cli.commands._verb import new_app, verb
from cowork_cli.context import Context
from cowork_cli.errors import Conflict, UsageError
from cowork_cli.output.result import Result
from cowork_cli.services.accounts import mail_account, store_account
from cowork_cli.services.accounts.accounts import Account
from cowork_cli.services.accounts.checking import AccountCheck

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

app = new_app()

NameArgument = Annotated[str, Argument(metavar="NAME", help="The account.")]


@verb(app, "list", data=Account, many=True, short="cowork account list")
def list_(context: Context) -> Result:
    """List the accounts, built-in ones first."""
    return Result(accounts_of(context).every())


@verb(app, "show", data=Account, short="cowork account show coworkingview")
def show(context: Context, name: NameArgument) -> Result:
    """Show one account with its settings."""
    return Result(accounts_of(context).get(name))


@verb(app, "add", data=Account, short="cowork account add mirror --provider coworkingview")
def add(
    context: Context,
    name: NameArgument,
    provider: Annotated[
        str | None, Option("--provider", metavar="P", help="See `cowork provider list`.")
    ] = None,
    set_: Annotated[
        list[str] | None,
        Option("--set", metavar="KEY=VALUE", help="A setting; again for more."),
    ] = None,
) -> Result:
    """Add an account of a provider, or change the settings of one that is there."""
    from cowork_cli.services.accounts.adding import new_settings

    accounts = accounts_of(context)
    if provider is None and name not in accounts.names():
        raise UsageError("--provider is missing", "choose one of `cowork provider list`")
    changes = new_settings(accounts, name, provider, set_ or ())
    before = None if name not in accounts.names() else context.config.accounts().get(name, {})
    context.config.write(changes)
    added = accounts_of(context).get(name)
    login = [f"Next: `cowork account login {name}`."] if added.login == "missing" else []
    return Result(added, notes=[*login, *_way_back(context, name, before)])


def _way_back(context: Context, name: str, before: "dict[str, Any] | None") -> list[str]:
    """How an account is as it was: `cowork undo` is about records, and accounts are settings."""
    if before is None:
        command = f"cowork account remove {name}"
    else:
        now = context.config.accounts().get(name, {})
        changed = {key: before[key] for key in before if before[key] != now.get(key)}
        if not changed:
            return []
        command = _account_add(context, name, changed)
    return [f"Take it back with `{command}`; `cowork undo` does not reach settings."]


def _account_add(context: Context, name: str, settings: "dict[str, Any]") -> str:
    """The command that gives an account these settings; an address that is itself a secret is left out."""
    from cowork_cli.domain.shell_words import typed
    from cowork_cli.providers import registry

    given = {**context.config.accounts().get(name, {}), **settings}.get("provider", name)
    secret = any(row.name == given and row.secret_address for row in registry.PROVIDERS)
    words = ["cowork", "account", "add", name]
    for key, value in settings.items():
        text = str(value).lower() if isinstance(value, bool) else str(value)
        text = ",".join(value) if isinstance(value, list) else text
        text = "ADDRESS" if secret and key == "url" else text
        words += ["--provider", text] if key == "provider" else ["--set", f"{key}={text}"]
    return typed(words)


@verb(app, "edit", data=Account, short="cowork account edit mirror --set enabled=false")
def edit(
    context: Context,
    name: NameArgument,
    set_: Annotated[
        list[str] | None,
        Option("--set", metavar="KEY=VALUE", help="A setting; again for more."),
    ] = None,
) -> Result:
    """Change the settings of an account that is there."""
    accounts_of(context).get(name)  # raises where there is none
    if not set_:
        raise UsageError(
            "no setting was named", f"as in `cowork account edit {name} --set enabled=false`"
        )
    return add(context, name, None, set_)


@verb(app, "remove", data=Account, short="cowork account remove mirror")
def remove(context: Context, name: NameArgument, dry_run: DryRun = False) -> Result:
    """Forget an account, its settings and its secret."""
    from cowork_cli import secrets_store

    found = accounts_of(context).get(name)
    if found.built_in:
        raise Conflict(
            f'account "{name}" is built in',
            f"switch it off with `cowork account add {name} --set enabled=false`",
        )
    if dry_run:
        return Result(found, notes=[f"Would forget {name}. Nothing was changed."])
    context.confirm(f"Forget account {name}, its settings and its secret?")
    given = context.config.accounts().get(name, {})
    back = _account_add(context, name, given)
    context.config.write({f"accounts.{name}.{key}": None for key in given})
    secrets_store.remove_secrets(name, state=context.paths.state)
    notes = [
        f"Forgot {name}. Bring it back with `{back}`; `cowork undo` does not reach "
        "settings, and its secret is gone."
    ]
    if name in context.config.accounts():
        notes = [f"{name} still stands in {context.paths.config_file}, which is yours to change."]
    return Result(found, notes=notes)


@verb(app, "check", data=AccountCheck, many=True, short="cowork account check")
def check(
    context: Context,
    name: Annotated[str | None, Argument(metavar="NAME", help="Only this account.")] = None,
) -> Result:
    """Ask each account what works with its login, and say whether cron could read its secret."""
    from cowork_cli.services.accounts.checking import check as check_accounts

    with asking(context) as (accounts, _):
        checked = check_accounts(accounts, name)
    return Result(checked.rows, problems=checked.problems, exit_code=checked.exit_code)


@verb(app, "login", data=Account, short="cowork account login hafen")
def login(
    context: Context,
    name: NameArgument,
    username: Annotated[
        str | None, Option("--username", metavar="U", help="The name you log in with.")
    ] = None,
    password_stdin: Annotated[
        bool, Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
    token_stdin: Annotated[
        bool, Option("--token-stdin", help="Read the token from standard input.")
    ] = False,
    register: Annotated[
        bool,
        Option("--register", help="Register a client with the service, then use a browser."),
    ] = False,
) -> Result:
    """Log in, and keep the secret in the keyring, or in a private file if you say so."""
    from cowork_cli.commands._login import Desk
    from cowork_cli.services.accounts.login import keep, log_in

    if _is_of_a_setting(context, name):
        return _login_to_a_setting(context, name, username, stdin=password_stdin)
    accounts = accounts_of(context)
    info = accounts.info(name)
    if info.secret is None:
        return Result(accounts.get(name), notes=[f'Account "{name}" needs no login.'])
    if register and "client_id" not in accounts.settings(name):
        raise UsageError(f"{info.title} registers no clients", "leave out `--register`")
    desk = Desk(context, info.secret, username, password_stdin or token_stdin, register)
    won = log_in(accounts, name, desk)
    if username is not None:
        context.config.write({f"accounts.{name}.username": username})
    place = keep(
        name, info.secret, won, state=context.paths.state,
        allow_file=lambda: context.confirm(_NO_KEYRING),
    )  # fmt: skip
    return Result(accounts_of(context).get(name), notes=[f"Kept in {_PLACES[place]}."])


_NO_KEYRING = "There is no keyring here. Keep it in a file that only you can read?"
_PLACES = {"keyring": "the system keyring", "file": "state/secrets.toml (mode 0600)"}


_SETTING = {
    mail_account.NAME: ("mail.smtp", "smtps://{}@mail.example.org"),
    store_account.NAME: ("store.url", "postgresql://{}@db.example.org/office"),
}


def _is_of_a_setting(context: Context, name: str) -> bool:
    """An account of that name that was there before there was such a setting stays what it is."""
    return name in _SETTING and name not in context.config.accounts()


def _account_of_a_setting(context: Context, name: str) -> Account:
    if name == mail_account.NAME:
        return mail_account.account(context.config.get, context.env, context.paths.state)
    return store_account.account(
        context.server, context.config.get, context.env, context.paths.state
    )


def _login_to_a_setting(
    context: Context, name: str, username: str | None, *, stdin: bool
) -> Result:
    """Keeps the password of a server that a setting names, as that of any account."""
    from cowork_cli.commands._login import Desk
    from cowork_cli.providers.base import Login
    from cowork_cli.services.accounts.login import keep

    if username is not None:
        setting, form = _SETTING[name]
        raise UsageError(
            f"the name you log in with stands in {setting}",
            f"as in `cowork config set {setting} {form.format(username)}`",
        )
    _account_of_a_setting(context, name)  # it is set, or the password is asked for in vain
    desk = Desk(context, "password", None, stdin, False)
    won = Login(desk.secret("Password").reveal())
    place = keep(
        name, "password", won, state=context.paths.state,
        allow_file=lambda: context.confirm(_NO_KEYRING),
    )  # fmt: skip
    return Result(_account_of_a_setting(context, name), notes=[f"Kept in {_PLACES[place]}."])


@verb(app, "logout", data=Account, short="cowork account logout hafen")
def logout(context: Context, name: NameArgument, dry_run: DryRun = False) -> Result:
    """Forget the secret of an account."""
    from cowork_cli import secrets_store

    def shown() -> Account:
        if _is_of_a_setting(context, name):
            return _account_of_a_setting(context, name)
        return accounts_of(context).get(name)

    found = shown()
    if dry_run:
        return Result(found, notes=[f"Would forget the secret of {name}. Nothing was changed."])
    places = secrets_store.remove_secrets(name, state=context.paths.state)
    note = f"Forgotten in: {', '.join(places)}." if places else "Nothing was kept."
    return Result(shown(), notes=[note])
