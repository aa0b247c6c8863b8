"""The person at `account login`: what is typed, pasted, read from standard input, or shown."""

from cowork_cli.context import Context
from cowork_cli.errors import EndOfInput, UsageError
from cowork_cli.secrets_store import Secret


class Desk:
    """Satisfies `providers.base.LoginDesk`. With `stdin`, every answer is a line of it."""

    def __init__(
        self, context: Context, kind: str, username: str | None, stdin: bool, register: bool
    ):
        self._context, self._kind, self._stdin = context, kind, stdin
        self.username = username
        self.register = register

    def given(self) -> bool:
        """Whether it comes from standard input."""
        return self._stdin

    def secret(self, question: str) -> Secret:
        """The secret, never echoed. Raises UsageError for an empty one, or if nobody can be asked."""
        if self._stdin:
            text = self._context.stdin.readline().strip()
        elif self._context.interactive:
            import getpass

            text = getpass.getpass(f"{question}: ").strip()
        else:
            flag = "--password-stdin" if self._kind == "password" else "--token-stdin"
            raise UsageError("nobody can be asked for the secret", f"pipe it in with `{flag}`")
        if not text:
            raise UsageError("the secret is empty", "nothing was changed")
        return Secret(text)

    def ask(self, question: str) -> str:
        """An answer; the next line of standard input where the secret came from there."""
        if not self._stdin:
            return self._context.ask(question, flag="a terminal")
        line = self._context.stdin.readline()
        if not line.strip():
            raise EndOfInput(
                f"{question.lower()} is missing", "give it as the second line of standard input"
            )
        return line.strip()

    def show(self, line: str) -> None:
        """A note that `--quiet` does not hide: without it nobody could log in."""
        self._context.diagnostics.note(line)

    def open(self, url: str) -> bool:
        """Opens an address in a browser; False where there is none, or no desktop to show it."""
        import sys
        import webbrowser

        environ = self._context.env
        desktop = environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY") or environ.get("BROWSER")
        if sys.platform.startswith("linux") and not desktop:
            return False
        try:
            return webbrowser.open(url)
        except webbrowser.Error:
            return False
