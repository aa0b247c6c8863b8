"""What `account add` writes: a new account of a provider, or the settings of a built-in one."""

from collections.abc import Sequence
from typing import Any

from cowork_cli.domain.ref import is_account_name
from cowork_cli.errors import BadInput, Conflict
from cowork_cli.providers import registry
from cowork_cli.services.accounts import mail_account, store_account
from cowork_cli.services.accounts.accounts import Accounts


def new_settings(
    accounts: Accounts, name: str, provider: str | None, values: Sequence[str]
) -> dict[str, Any]:
    """What `account add` writes: setting name → value. One that is there can be set, not added.

    Raises BadInput for a bad name or setting, Conflict if the name is taken.
    """
    if not is_account_name(name):
        raise BadInput(
            f'"{name}" cannot name an account', "use small letters, digits and `-`, as in `hafen`"
        )
    if name == store_account.NAME:
        raise BadInput(
            f'"{name}" is the account of the server that keeps your data',
            "set it with `cowork config set store.url postgresql://me@db.example.org/office`",
        )
    if name == mail_account.NAME:
        raise BadInput(
            f'"{name}" is the account of the server that sends your mail',
            "set it with `cowork config set mail.smtp smtps://me@mail.example.org`",
        )
    there = name in accounts.names()
    row = accounts.info(name) if there and provider is None else registry.info(provider or "")
    same = there and accounts.info(name).name == row.name
    if there and not (same and values):
        raise Conflict(
            f'there is an account "{name}" already', f"see it with `cowork account show {name}`"
        )
    known = {spec.name: spec for spec in registry.settings_of(row)}
    found: dict[str, Any] = {} if there else {f"accounts.{name}.provider": row.name}
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
            raise BadInput(
                f'{spec.name} must be true or false, not "{text}"',
                f"write `--set {spec.name}=true`",
            )
        return text.lower() == "true"
    if spec.kind == "timezone":
        from cowork_cli.domain.zones import zone_named

        zone_named(text)
    return text
