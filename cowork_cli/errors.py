"""Every way a command can fail, and the exit code of each.

Raised anywhere, rendered once (`output.diagnostics`), turned into an exit code once (`main.run`).
The exit codes are a contract with scripts: `cowork help exit-codes`.

    CoworkError                     exit  code in JSON
    ├── Failed                         1  failed
    │   ├── Declined                   1  declined
    │   └── DiskFull                   1  disk-full
    ├── UsageError                     2  usage
    │   ├── BadInput                   2  bad-input
    │   ├── Ambiguous                  2  ambiguous
    │   ├── Unsupported                2  unsupported
    │   └── EndOfInput                 2  end-of-input
    ├── ConfigError                    3  config
    │   ├── SecretInConfig             3  secret-in-config
    │   └── StoreError                 3  store
    │       ├── StoreDamaged           3  store-damaged
    │       ├── StoreUnreadable        3  store-unreadable
    │       ├── StoreLost              3  store-lost
    │       └── StoreNewer             3  store-newer
    ├── AuthRejected                   4  auth-rejected
    │   └── LoginRequired              4  login-required
    ├── NotFound                       5  not-found
    ├── Conflict                       6  conflict
    │   ├── SlotTaken                  6  slot-taken
    │   ├── Locked                     6  locked
    │   ├── PriceAboveLimit            6  price-above-limit
    │   ├── RuleBroken                 6  rule-broken
    │   ├── NotAllowed                 6  not-allowed
    │   └── StoreBusy                  6  store-busy
    ├── ProviderError                  7  provider
    │   ├── ProviderUnavailable        7  provider-unavailable
    │   │   └── RateLimited            7  rate-limited
    │   ├── BadAnswer                  7  bad-answer
    │   └── ServerUnreachable          7  server-unreachable
    │       └── ServerUntrusted        7  server-untrusted
    └── OutcomeUnknown                 9  outcome-unknown

Exit 8 (partly done) is no error of its own: it is a `Result` that carries problems. Exit 70 is an
exception that is none of these, exit 130 is an interrupt.
"""

from collections.abc import Iterable
from enum import IntEnum

from cowork_cli import DISTRIBUTION


class ExitCode(IntEnum):
    """What the process reports to its caller."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    CONFIG = 3
    AUTH = 4
    NOT_FOUND = 5
    CONFLICT = 6
    PROVIDER = 7
    PARTIAL = 8
    UNKNOWN = 9
    BUG = 70
    INTERRUPTED = 130


MEANINGS: dict[ExitCode, str] = {
    ExitCode.DONE: "done; also an empty list, `track status` without a timer, a closed pipe",
    ExitCode.FAILED: "failed or declined; disk full",
    ExitCode.USAGE: "usage: bad input, ambiguous name, unsupported here, end of input at a prompt",
    ExitCode.CONFIG: "configuration; also a store that is damaged, unreadable, lost or newer",
    ExitCode.AUTH: "log in first, or the login was rejected",
    ExitCode.NOT_FOUND: "not found; also no timer to stop",
    ExitCode.CONFLICT: "conflict or refusal: slot taken, entry billed, number used, too late, "
    "no credits, price above the limit",
    ExitCode.PROVIDER: "provider unavailable or answering nonsense",
    ExitCode.PARTIAL: "partly done",
    ExitCode.UNKNOWN: "outcome unknown, it may have happened: ask with `cowork booking sync`",
    ExitCode.BUG: "a bug of ours; the error names the crash file",
    ExitCode.INTERRUPTED: "interrupted (Ctrl-C)",
}


class CoworkError(Exception):
    """What happened, and what to do next.

    `message` is one line without a final full stop. `hint` is what to do, with the next command in
    backticks. `account` names the account that was asked, if one was.
    """

    exit_code = ExitCode.FAILED
    code = "failed"

    def __init__(self, message: str, hint: str | None = None, *, account: str | None = None):
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.account = account


class Failed(CoworkError):
    """It did not work, and no narrower class says why."""


class Declined(Failed):
    """The person answered no."""

    code = "declined"


class DiskFull(Failed):
    """No space left, or a size limit was met; nothing was changed."""

    code = "disk-full"


class UsageError(CoworkError):
    """The command line is not one that can be carried out."""

    exit_code = ExitCode.USAGE
    code = "usage"


class BadInput(UsageError):
    """A value that cannot be right: a date that does not exist, a wrong check digit."""

    code = "bad-input"


class Ambiguous(UsageError):
    """A name that fits several things; the message names the candidates."""

    code = "ambiguous"


class Unsupported(UsageError):
    """This provider, or this version, cannot do that."""

    code = "unsupported"


class EndOfInput(UsageError):
    """An answer was needed and standard input ended, or `--no-input` forbade to ask."""

    code = "end-of-input"


class ConfigError(CoworkError):
    """A settings file that cannot be used; names file, line and key."""

    exit_code = ExitCode.CONFIG
    code = "config"


class SecretInConfig(ConfigError):
    """A password or token stands in a settings file."""

    code = "secret-in-config"


class StoreError(ConfigError):
    """The store cannot be used. Nothing was written to it."""

    code = "store"


class StoreDamaged(StoreError):
    """Empty, truncated, not ours, or a directory."""

    code = "store-damaged"


class StoreUnreadable(StoreError):
    """There, but may not be read or written."""

    code = "store-unreadable"


class StoreLost(StoreError):
    """There is none, but there was one."""

    code = "store-lost"


class StoreNewer(StoreError):
    """Written by a newer cowork."""

    code = "store-newer"

    def __init__(
        self,
        message: str,
        hint: str | None = f"update cowork, for example with `pipx upgrade {DISTRIBUTION}`",
        *,
        account: str | None = None,
    ):
        super().__init__(message, hint, account=account)


class AuthRejected(CoworkError):
    """The provider knows us and says no (HTTP 401, 403)."""

    exit_code = ExitCode.AUTH
    code = "auth-rejected"


class LoginRequired(AuthRejected):
    """No secret was found for the account."""

    code = "login-required"


class NotFound(CoworkError):
    """Nothing has that name."""

    exit_code = ExitCode.NOT_FOUND
    code = "not-found"


class Conflict(CoworkError):
    """It contradicts what is there, or a rule refuses it."""

    exit_code = ExitCode.CONFLICT
    code = "conflict"


class SlotTaken(Conflict):
    """The desk is taken at that time, however the platform says so."""

    code = "slot-taken"


class Locked(Conflict):
    """The record is on an issued invoice."""

    code = "locked"


class PriceAboveLimit(Conflict):
    """The quote is unknown or above `--max-price`; nothing was sent."""

    code = "price-above-limit"


class RuleBroken(Conflict):
    """A rule of the store refused; nothing was changed.

    `rule` is its name in `store.engine.rules`.
    """

    code = "rule-broken"

    def __init__(
        self, message: str, hint: str | None = None, *, account: str | None = None, rule: str = ""
    ):
        super().__init__(message, hint, account=account)
        self.rule = rule


class NotAllowed(Conflict):
    """The role on the store's server may not do that; nothing was changed."""

    code = "not-allowed"


class StoreBusy(Conflict):
    """Another process held the store for longer than we wait."""

    code = "store-busy"


class ProviderError(CoworkError):
    """The provider did not give a usable answer."""

    exit_code = ExitCode.PROVIDER
    code = "provider"


class ProviderUnavailable(ProviderError):
    """Not reached, or 5xx on a read. Nothing was changed there.

    `wait_s`: the seconds that the service named, None where it named none.
    """

    code = "provider-unavailable"
    wait_s: float | None = None


class RateLimited(ProviderUnavailable):
    """Throttled, also after waiting as often as the adapter allows."""

    code = "rate-limited"


class BadAnswer(ProviderError):
    """An answer that is not what the contract says; names the field."""

    code = "bad-answer"

    def __init__(self, message: str, hint: str | None = None, *, account: str | None = None):
        if hint is None and account is not None:
            hint = f"see what it answers now with `cowork account check {account}`"
        super().__init__(message, hint, account=account)


class ServerUnreachable(ProviderError):
    """The server that keeps the store is away; nothing was changed."""

    code = "server-unreachable"


class ServerUntrusted(ServerUnreachable):
    """What answers speaks no TLS, or cannot prove that it is the server that was named; nothing was sent to it."""

    code = "server-untrusted"


class OutcomeUnknown(CoworkError):
    """A write was sent and its answer was lost: it may have happened."""

    exit_code = ExitCode.UNKNOWN
    code = "outcome-unknown"


# ---- several problems at once

# Of several problems the gravest decides: what may have happened comes before what was done in
# part, and that before what was refused (`cli.md` §12). Then: nobody answered, who we are, settings.
_GRAVITY = (
    ExitCode.BUG, ExitCode.UNKNOWN, ExitCode.PARTIAL, ExitCode.CONFLICT, ExitCode.PROVIDER,
    ExitCode.AUTH, ExitCode.CONFIG, ExitCode.NOT_FOUND, ExitCode.USAGE, ExitCode.FAILED,
)  # fmt: skip


def by_gravity(problems: Iterable[CoworkError]) -> list[CoworkError]:
    """The problems, the gravest first; equally grave ones keep their order."""
    return sorted(problems, key=lambda problem: _GRAVITY.index(problem.exit_code))


def exit_code_of(problems: Iterable[CoworkError], *, done: bool) -> ExitCode:
    """What a command with several parts reports. `done`: some part of it succeeded.

    An outcome that is not known wins over everything; with a part done the rest is `PARTIAL`;
    with nothing done the gravest problem speaks for all.
    """
    worst = next((problem.exit_code for problem in by_gravity(problems)), ExitCode.DONE)
    if worst in (ExitCode.DONE, ExitCode.UNKNOWN, ExitCode.BUG):
        return worst
    return ExitCode.PARTIAL if done else worst


def raise_if_all_failed(problems: Iterable[CoworkError], *, done: bool) -> None:
    """Raises the gravest problem where nothing was done."""
    ordered = by_gravity(problems)
    if ordered and not done:
        raise ordered[0]
