"""A planted secret, sent down every way by which something is shown."""

import json
import os
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

from cowork_cli import redaction
from cowork_cli.errors import Conflict, CoworkError
from cowork_cli.output.diagnostics import Diagnostics, write_crash_file
from cowork_cli.redaction import clean, redact, remember, remember_environment
from cowork_cli.secrets_store import Secret, find_secret, store_secret
from tests.conftest import Cowork, _Stream

PLANTED = 'Pl/an+ted "Ü" 4711&x'


@pytest.fixture(autouse=True)
def _nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redaction, "_known", set())


def forms(secret: str) -> Iterator[str]:
    """As messages, URLs, forms, JSON, Python and headers would hold it."""
    raw = secret.encode()
    yield secret
    yield quote(secret)
    yield quote(secret, safe="")
    yield quote_plus(secret)
    yield quote(secret, safe="").lower()
    yield quote(quote(secret, safe=""), safe="")
    yield json.dumps(secret)[1:-1]
    yield json.dumps(secret, ensure_ascii=False)[1:-1]
    yield repr(secret)[1:-1]
    for user in ("", "a:", "ada:", "erika:", "x@y.example:"):
        for encode in (b64encode, urlsafe_b64encode):
            header = encode(user.encode() + raw).decode()
            yield header
            yield header.rstrip("=")
            yield quote(header, safe="")


@pytest.mark.parametrize("form", sorted(set(forms(PLANTED))))
def test_every_form_is_taken_out(form: str) -> None:
    remember(PLANTED)
    if form == quote(PLANTED, safe="").lower():  # only the hex digits may be lower
        form = "".join(
            f"%{part[:2].lower()}{part[2:]}" if index else part
            for index, part in enumerate(quote(PLANTED, safe="").split("%"))
        )
    assert redact(f"<{form}>") == "<***>"


def test_a_secret_of_several_lines_is_taken_out_line_by_line() -> None:
    remember("first-line-of-key\nsecond-line-of-key")
    assert redact("got second-line-of-key") == "got ***"
    assert redact("first-line-of-key second-line-of-key") == "***"


def test_what_is_no_secret_stays() -> None:
    remember("  ")
    remember("")
    for text in (
        "no token is known for account hafen",
        "`cowork account login hafen`, or set `COWORK_HAFEN_TOKEN`",
        "pipe it in with `--password-stdin`",
        "the basic fee is 5 EUR",
        "see https://cowork.example/a@b",
        "write it as `https://host/path`",
        "set it with `cowork config set mail.smtp smtps://me@mail.example.org`",
        "write it as `postgresql://USER@HOST/DATABASE`",
    ):
        assert redact(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://ada:pw@host/x", "https://***@host/x"),
        ("https://tok3n@host/x?y=a@b", "https://***@host/x?y=a@b"),
        ("https://me:pw@host, smtp://medusa@host", "https://***@host, smtp://***@host"),
        ("Authorization: Bearer abc.def-123", "Authorization: Bearer ***"),
        ('{"refresh_token": "hunter22"}', '{"refresh_token": "***"}'),
        ("GET /x?api_key=abc&b=1", "GET /x?api_key=***&b=1"),
    ],
)
def test_what_looks_like_one_is_taken_out_unknown(text: str, shown: str) -> None:
    assert redact(text) == shown


def read_everywhere(folder: Path) -> Iterator[str]:
    """Reads a secret from each place; what was planted there."""
    find_secret("a", "token", environ={"COWORK_A_TOKEN": "of-the-environment"}, state=folder)
    yield "of-the-environment"
    find_secret("b", "token", environ={}, state=folder, token_command="echo of-the-command")
    yield "of-the-command"
    (folder / "secrets.toml").write_text('[c]\ntoken = "of-the-file"\n')
    (folder / "secrets.toml").chmod(0o600)
    find_secret("c", "token", environ={}, state=folder)
    yield "of-the-file"
    store_secret("d", "session", Secret("won-by-login"), state=folder, place="file")
    yield "won-by-login"
    remember_environment({"COWORK_NEVER_ASKED_PASSWORD": "never-asked", "HOME": "/home/ada"})
    yield "never-asked"


def test_whatever_was_read_is_known(tmp_path: Path) -> None:
    for planted in read_everywhere(tmp_path):
        assert redact(f"it is {planted}!") == "it is ***!", planted
    assert redact("/home/ada") == "/home/ada"


def test_the_keyring_is_remembered_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring

    monkeypatch.setattr(keyring, "get_password", lambda service, name: "of-the-keyring")
    (tmp_path / "keyring.txt").write_text("e/token\n")
    assert find_secret("e", "token", environ={}, state=tmp_path)
    assert redact("of-the-keyring") == "***"


def test_every_line_of_stderr_goes_through_it() -> None:
    remember(PLANTED)
    out, err = _Stream(), _Stream()
    shown = Diagnostics(err, out, quiet=False, colour=False)
    error = CoworkError(f"it says {PLANTED}", f"try `{PLANTED}`")
    shown.error(error)
    shown.warning(error)
    shown.note(f"note {PLANTED}")
    shown.debug(f"GET https://x.example/?k={quote(PLANTED, safe='')}")
    shown.prompt(f"{PLANTED}? ")
    text = err.text()
    assert text.count("***") == 7
    assert not any(form in text for form in (PLANTED, quote(PLANTED), quote_plus(PLANTED)))


def test_a_crash_file_goes_through_it(tmp_path: Path) -> None:
    remember(PLANTED)
    try:
        try:
            raise ValueError(f"inner {PLANTED}")
        except ValueError as inner:
            raise RuntimeError(f"outer {PLANTED!r}") from inner
    except RuntimeError as bug:
        file = write_crash_file(tmp_path, bug, f'account add x --set y="{PLANTED}"', "1")
    assert file is not None
    text = file.read_text()
    assert "RuntimeError: outer '***'" in text
    assert "4711" not in text.replace(str(os.getpid()), "")


def test_an_error_is_cleaned_in_place() -> None:
    remember(PLANTED)
    error = Conflict(f"says {PLANTED}", f"try {PLANTED}")
    assert clean(error) is error
    assert (error.message, error.hint, str(error)) == ("says ***", "try ***", "says ***")
    assert PLANTED not in repr(error)


def test_no_way_out_of_a_command_shows_it(
    acme: Cowork, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """stderr, the envelope on stdout, the traceback of --debug and the crash file."""
    from cowork_cli.services.hours import reports

    secret = "sesame-open-4711"
    monkeypatch.setenv("COWORK_HAFEN_TOKEN", secret)

    def broken(*_: object) -> None:
        raise ZeroDivisionError(f"with {secret} in it")

    def refused(*_: object) -> None:
        raise Conflict(f"with {secret} in it", f"try {b64encode(secret.encode()).decode()}")

    for raiser, code in ((broken, 70), (refused, 6)):
        monkeypatch.setattr(reports, "unbilled", raiser)
        outcome = acme("report", "unbilled", "--json", "--debug")
        assert outcome.code == code
        shown = f"{outcome.out} {outcome.err}"
        assert secret not in shown
        assert b64encode(secret.encode()).decode() not in shown
        assert "***" in outcome.err
    assert outcome.json["problems"][0]["message"] == "with *** in it"
    (file,) = (home / "state").glob("crash-*.txt")
    assert secret not in file.read_text()
    assert "ZeroDivisionError: with *** in it" in file.read_text()


@pytest.mark.parametrize("secret", ["planted-\udcff\udcfe4711", "planted-\ud83d4711"])
def test_a_secret_that_is_no_text_silences_nobody(secret: str) -> None:
    """Bytes of the environment that are no UTF-8: what is not said at all is no answer either."""
    remember_environment({"COWORK_HAFEN_TOKEN": secret})
    assert redact("No timer is running.") == "No timer is running."
    assert redact(f"it says {secret}!") == "it says ***!"
    out, err = _Stream(), _Stream()
    Diagnostics(err, out, quiet=False, colour=False).note("No timer is running.")
    assert err.text() == "No timer is running.\n"
