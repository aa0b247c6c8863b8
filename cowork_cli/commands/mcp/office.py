"""What a call does, whatever the protocol: the tools over one home, and what waits for consent."""

from collections.abc import Mapping
from typing import Any

from cowork_cli.commands.mcp.consent import Tokens, question
from cowork_cli.commands.mcp.powers import CHANGE, FETCHING, PERSON, READ, SPEND, power_of
from cowork_cli.commands.mcp.running import Ran, rehearse, run
from cowork_cli.commands.mcp.tools import CONFIRM, Tool
from cowork_cli.context import Context
from cowork_cli.domain.shell_words import typed
from cowork_cli.errors import CoworkError, Declined, UsageError
from cowork_cli.records import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """The document that a call is answered with."""

    document: dict[str, Any]

    @property
    def failed(self) -> bool:
        """Whether the client should take it for an error."""
        return bool(self.document["status"] == "error")


@dataclass(frozen=True, slots=True)
class Question:
    """The person has to be asked first; `state` comes back with the answer."""

    text: str
    state: str


class Office:
    """The tools over one home, and what waits for consent."""

    def __init__(self, context: Context, tools: Mapping[str, Tool]):
        self._context = context
        self.tools = tools
        self.calls = 0
        self._previews = Tokens()
        self._questions = Tokens()

    def call(
        self, name: str, arguments: Mapping[str, Any], *, can_ask: bool, state: str | None = None
    ) -> Answer | Question:
        """Does what a call asks for, shows what it would do, or says what the person must be asked.

        `state` is that of a question to which the person said yes.
        """
        self.calls += 1
        given = {key: value for key, value in arguments.items() if key != CONFIRM}
        try:
            tool = self.tools.get(name)
            if tool is None:
                raise UsageError(f"there is no tool {name}", "list them")
            return self._call(tool, given, arguments.get(CONFIRM), can_ask=can_ask, state=state)
        except CoworkError as error:
            return _refused(error)

    def _call(
        self, tool: Tool, given: dict[str, Any], token: object, *, can_ask: bool, state: str | None
    ) -> Answer | Question:
        words = tool.words(given)
        power = power_of(tool.verb.path, given)
        if tool.power == SPEND and given.get("max_price") is None:
            raise UsageError(
                f"{tool.name} may cost money: max_price is missing", "say how much it may cost"
            )
        if power == READ:
            return _answer(run(self._context, words))
        if state is not None and self._questions.take(state, tool.name, given):
            return _answer(run(self._context, words, yes=True))
        if power in (CHANGE, SPEND) and not (power == SPEND and can_ask) and token is not None:
            if self._previews.take(token, tool.name, given):
                return _answer(run(self._context, words))
            raise UsageError(
                f"{tool.name} was not shown with these arguments, or was done already",
                "call it without `confirm`, look at the preview, then call it again with its token",
            )
        if power == PERSON and not can_ask:
            raise Declined(
                f"{tool.name} needs the yes of the person, and this client cannot ask",
                f"the person can type `{typed(['cowork', *words])}`",
            )
        preview = self._preview(tool, words)
        if preview.failed:
            return _answer(preview, preview=True)
        if can_ask and power in (SPEND, PERSON):
            return Question(question(words, preview), self._questions.issue(tool.name, given))
        return _answer(preview, preview=True, confirm=self._previews.issue(tool.name, given))

    def _preview(self, tool: Tool, words: list[str]) -> Ran:
        if " ".join(tool.verb.path) not in FETCHING:
            return rehearse(self._context, words, itself=tool.can_rehearse_itself)
        line = typed(["cowork", *words])
        return Ran(_document("ok", [], 0, list(tool.verb.path)), (f"`{line}` would fetch this.",))


def declined() -> Answer:
    """The person said no, or nothing."""
    return _refused(Declined("the person did not agree; nothing was changed", None))


def _answer(ran: Ran, *, preview: bool = False, confirm: str | None = None) -> Answer:
    said = [_SHOWN, *ran.notes] if confirm else list(ran.notes)
    return Answer({**ran.document, "notes": said, "preview": preview, CONFIRM: confirm})


_SHOWN = (
    "This is a preview, nothing was changed: the same call with `confirm` does it. What follows is what "
    "the command would say then."
)


def _refused(error: CoworkError) -> Answer:
    problem = {"code": error.code, "message": error.message, "hint": error.hint, "account": None}
    document = _document("error", [problem], int(error.exit_code), [])
    return Answer({**document, "notes": [], "preview": False, CONFIRM: None})


def _document(
    status: str, problems: list[dict[str, Any]], code: int, command: list[str]
) -> dict[str, Any]:
    """An envelope without data, as `--json` has it."""
    return {
        "cowork": 1,
        "command": command,
        "status": status,
        "exit_code": code,
        "data": None,
        "truncated": False,
        "problems": problems,
    }
