"""`account check`: whether accounts can be asked now, and by cron; what works with these rights."""

from collections.abc import Sequence
from functools import partial

from cowork_cli.errors import (
    AuthRejected,
    CoworkError,
    ExitCode,
    LoginRequired,
    ProviderUnavailable,
    RateLimited,
)
from cowork_cli.providers.base import CAPABILITIES
from cowork_cli.records import dataclass
from cowork_cli.services.accounts.accounts import Accounts
from cowork_cli.services.accounts.fanout import ask_all

DEADLINE_S = 60.0
UNATTENDED = ("not needed", "file", "token_command")
"""Where cron can read a secret: it has neither the person's environment nor their keyring."""


@dataclass(frozen=True, slots=True)
class CapabilityCheck:
    """One capability; `works` None: not asked, because the account is off or failed before."""

    capability: str
    works: bool | None
    message: str | None


@dataclass(frozen=True, slots=True)
class AccountCheck:
    """Whether an account can be asked.

    `state`: `ok`, `partly`, `off` (not asked), `unreachable`, `throttled`, `login` (no secret),
    `rejected`, `failed`. `cron`: works unattended. `message`: the gravest of what went wrong.
    """

    name: str
    provider: str
    state: str
    login: str
    cron: bool
    message: str | None
    capabilities: tuple[CapabilityCheck, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """The accounts, what failed, and the code of the gravest failure."""

    rows: list[AccountCheck]
    problems: list[CoworkError]
    exit_code: ExitCode


def check(accounts: Accounts, chosen: str | None = None) -> Checked:
    """Asks every account that is on, or the chosen one also if it is off; all at the same time.

    Raises NotFound for a chosen account that does not exist.
    """
    asked = [chosen] if chosen else accounts.names()
    for name in asked:
        accounts.info(name)
    answers, late = ask_all(
        {name: partial(_check, accounts, name, anyway=chosen is not None) for name in asked},
        deadline_s=DEADLINE_S,
        here=[name for name in asked if accounts.uses_store(name)],
    )
    rows = [row for row, _ in answers.values()]
    rows += [_row(accounts, error.account or "", [], error) for error in late]
    problems = [error for _, error in answers.values() if error is not None] + late
    codes = [error.exit_code for error in problems]
    rows.sort(key=lambda row: asked.index(row.name))
    return Checked(rows, problems, max(codes, default=ExitCode.DONE))


def _check(
    accounts: Accounts, name: str, *, anyway: bool
) -> tuple[AccountCheck, CoworkError | None]:
    """One account: each of its capabilities by itself, until it turns out not to answer at all."""
    if not anyway and not accounts.settings(name)["enabled"]:
        return _row(accounts, name, [], None, off=True), None
    checks: list[CapabilityCheck] = []
    errors: list[CoworkError] = []
    for capability in _ordered(accounts, name):
        try:
            words = accounts.checker(name).check(capability)
            checks.append(CapabilityCheck(capability, True, words))
        except CoworkError as error:
            error.account = error.account or name
            errors.append(error)
            checks.append(CapabilityCheck(capability, False, error.message))
            if isinstance(error, ProviderUnavailable | LoginRequired):
                break  # the next one would only wait as long for the same
    gravest = max(errors, key=lambda error: error.exit_code, default=None)
    return _row(accounts, name, checks, gravest), gravest


def _ordered(accounts: Accounts, name: str) -> list[str]:
    able = accounts.info(name).capabilities
    return [capability for capability in CAPABILITIES if capability in able]


def _row(
    accounts: Accounts,
    name: str,
    checks: Sequence[CapabilityCheck],
    error: CoworkError | None,
    *,
    off: bool = False,
) -> AccountCheck:
    asked = {check.capability for check in checks}
    silent = [
        CapabilityCheck(capability, None, None)
        for capability in _ordered(accounts, name)
        if capability not in asked
    ]
    login = _login(accounts, name)
    return AccountCheck(
        name=name,
        provider=accounts.info(name).name,
        state="off" if off else _state(checks, error),
        login=login,
        cron=login in UNATTENDED,
        message=error.message if error else None,
        capabilities=(*checks, *silent),
    )


def _login(accounts: Accounts, name: str) -> str:
    """Where the secret is; `failed` where looking for it already failed."""
    try:
        return accounts.get(name).login
    except CoworkError:
        return "failed"


def _state(checks: Sequence[CapabilityCheck], error: CoworkError | None) -> str:
    if error is None:
        return "ok"
    if any(check.works for check in checks):
        return "partly"
    for kind, word in (
        (LoginRequired, "login"),
        (AuthRejected, "rejected"),
        (RateLimited, "throttled"),
        (ProviderUnavailable, "unreachable"),
    ):
        if isinstance(error, kind):
            return word
    return "failed"
