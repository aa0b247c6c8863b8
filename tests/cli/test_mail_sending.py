"""Mail that is sent: by the person's program or a real server, written down before, never twice in silence."""

import os
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from tests.conftest import Cowork
from tests.fakes.smtp_server import PASSWORD, USER, Inbox, served

SEND = ("invoice", "mail", "2026-0001", "--send")


@pytest.fixture
def issued(acme: Cowork) -> Cowork:
    for words in (
        ("invoice", "draft", "acme", "--empty"),
        ("invoice", "line", "draft-1", "--text", ".dots\n.more", "--price", "100"),
        ("invoice", "issue", "draft-1", "--in", "2026-11"),
    ):
        assert acme(*words).code == 0
    return acme


def script(folder: Path, body: str) -> str:
    """A program that takes a mail, as the person may have one."""
    file = folder / "my mailer"
    file.write_text(f"#!{sys.executable}\nimport os, sys\n{body}", encoding="utf-8")
    file.chmod(0o755)
    return f"'{file}'"


def mailed(cowork: Cowork) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = cowork("invoice", "show", "2026-0001", "--json").data["mailed"]
    return rows


# ---- a program


def test_a_program_gets_the_mail_and_no_shell_is_between(issued: Cowork, tmp_path: Path) -> None:
    body = f"open({str(tmp_path / 'got')!r}, 'wb').write(sys.stdin.buffer.read())\n"
    body += f"open({str(tmp_path / 'argv')!r}, 'w').write(repr(sys.argv[1:]))"
    command = script(tmp_path, body)
    assert issued("config", "set", "mail.command", f"{command} '$HOME;x' -t").code == 0
    done = issued(*SEND, "--json")
    assert done.code == 0, str(done)
    assert (tmp_path / "argv").read_text() == "['$HOME;x', '-t']"
    mail = message_from_bytes((tmp_path / "got").read_bytes(), policy=default)
    assert (mail["To"], mail["From"], mail["Subject"]) == (
        "ACME GmbH <ap@acme.example>", "Erika Muster <erika@example.org>", "Rechnung 2026-0001",
    )  # fmt: skip
    assert mail["X-Unsent"] is None
    assert mail["Date"] == "Wed, 25 Nov 2026 18:00:00 +0100"
    (row,) = done.data["mailed"]
    assert row == {
        "at": "2026-11-25T18:00:00+01:00", "to": "ap@acme.example", "message_id": mail["Message-ID"],
        "way": "my mailer", "state": "sent", "level": None, "detail": None,
    }  # fmt: skip
    (pdf,) = mail.iter_attachments()
    kept = tmp_path / "kept.pdf"
    issued("invoice", "export", "2026-0001", "--out", str(kept))
    assert pdf.get_content() == kept.read_bytes()


def test_without_t_the_recipient_is_the_last_argument(issued: Cowork, tmp_path: Path) -> None:
    body = f"sys.stdin.read()\nopen({str(tmp_path / 'argv')!r}, 'w').write(repr(sys.argv[1:]))"
    issued("config", "set", "mail.command", f"{script(tmp_path, body)} -i")
    assert issued(*SEND).code == 0
    assert (tmp_path / "argv").read_text() == "['-i', '--', 'ap@acme.example']"


def test_it_is_sent_once_unless_it_is_said(issued: Cowork, tmp_path: Path) -> None:
    counter = tmp_path / "count"
    body = f"sys.stdin.read()\nopen({str(counter)!r}, 'a').write('x')"
    issued("config", "set", "mail.command", script(tmp_path, body))
    assert issued(*SEND, "--dry-run").code == 0
    assert mailed(issued) == []
    assert issued(*SEND).code == 0
    refused = issued(*SEND)
    assert refused.code == 6
    assert "2026-0001 was sent to ap@acme.example on 2026-11-25 18:00" in refused.err
    assert "--again" in refused.err
    asked = issued(*SEND, terminal=True, stdin="n\n")
    assert (asked.code, "Send it once more?" in asked.err) == (1, True)
    assert counter.read_text() == "x"
    assert issued(*SEND, terminal=True, stdin="y\n").code == 0
    assert issued(*SEND, "--again").code == 0
    assert counter.read_text() == "xxx"
    undone = issued("undo")
    assert (undone.code, "has left the house" in undone.err) == (6, True)


@pytest.mark.parametrize(
    ("body", "code", "state", "said"),
    [
        ("sys.stdin.read(); sys.exit('no route')", 7, "failed", "left with 1: no route"),
        ("sys.stdin.read(); sys.exit(75)", 9, "unknown", "left with 75"),
        ("sys.stdin.read(); os.kill(os.getpid(), 9)", 9, "unknown", "left with -9"),
    ],
)
def test_what_became_of_it_is_told(
    issued: Cowork, tmp_path: Path, body: str, code: int, state: str, said: str
) -> None:
    issued("config", "set", "mail.command", script(tmp_path, body))
    done = issued(*SEND)
    assert (done.code, said in done.err) == (code, True), str(done)
    (row,) = mailed(issued)
    assert row["state"] == state
    again = issued(*SEND)
    if state == "unknown":
        assert again.code == 6
        assert "whether it arrived is not known" in again.err
    else:
        assert again.code == code
        undone = issued("undo")
        assert "invoice 2026-0001 is issued" in undone.err, "undo passes over what sent nothing"
        assert len(mailed(issued)) == 2


def test_a_program_that_is_not_there_is_a_setting_to_correct(issued: Cowork) -> None:
    assert issued(*SEND).code == 3
    issued("config", "set", "mail.command", "/nowhere/msmtp -t")
    done = issued(*SEND)
    assert (done.code, "mail.command cannot be run" in done.err) == (3, True)
    assert [row["state"] for row in mailed(issued)] == ["failed"]
    assert issued("config", "set", "mail.command", "'").code == 2


@pytest.mark.file_store(reason="changes the file past the program")
def test_a_mail_that_was_killed_on_its_way_is_not_sent_again_in_silence(
    issued: Cowork, tmp_path: Path, home: Path
) -> None:
    issued("config", "set", "mail.command", script(tmp_path, "sys.stdin.read()"))
    issued(*SEND)
    connection = sqlite3.connect(home / "data" / "cowork.db")
    connection.execute("UPDATE mailings SET state = 'sending'")
    connection.commit()
    connection.close()
    refused = issued(*SEND)
    assert refused.code == 6
    assert "was handed over to my mailer for ap@acme.example" in refused.err


# ---- a server


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that nobody has signed but itself."""
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-subj",
         "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(folder / "key.pem"),
         "-out", str(folder / "cert.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


@pytest.fixture
def trusted(tls: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SSL_CERT_FILE", str(tls / "cert.pem"))
    return tls


def test_a_server_on_this_machine_takes_it_without_encryption(issued: Cowork) -> None:
    inbox = Inbox()
    issued("config", "set", "seller.company", ".Punkt GmbH")  # a line that begins with a dot
    with served(inbox) as port:
        issued("config", "set", "mail.smtp", f"smtp://127.0.0.1:{port}")
        done = issued(*SEND, "--json")
    assert done.code == 0, str(done)
    ((sender, recipients, content),) = inbox.mails
    assert (sender, recipients) == ("erika@example.org", ["ap@acme.example"])
    mail = message_from_bytes(content, policy=default)
    assert mail["Message-ID"] == done.data["mailed"][0]["message_id"]
    body = mail.get_body()
    assert body is not None
    assert ".Punkt GmbH" in body.get_content().splitlines()
    (pdf,) = mail.iter_attachments()
    assert pdf.get_content()[:5] == b"%PDF-"
    assert done.data["mailed"][0]["way"] == "127.0.0.1"


@pytest.mark.parametrize("implicit", [False, True])
def test_it_is_encrypted_and_logged_in(issued: Cowork, trusted: Path, implicit: bool) -> None:
    inbox = Inbox()
    with served(inbox, tls=trusted, implicit=implicit, login=not implicit) as port:
        scheme = "smtps" if implicit else "smtp"
        user = "" if implicit else f"{USER}@"
        issued("config", "set", "mail.smtp", f"{scheme}://{user}127.0.0.1:{port}")
        done = issued(*SEND, env={"COWORK_MAIL_PASSWORD": PASSWORD})
    assert done.code == 0, str(done)
    assert inbox.encrypted == [True]
    assert inbox.logins == ([] if implicit else [USER])
    assert PASSWORD not in str(done)


def test_a_server_that_nobody_vouches_for_gets_nothing(issued: Cowork, tls: Path) -> None:
    inbox = Inbox()
    with served(inbox, tls=tls) as port:
        issued("config", "set", "mail.smtp", f"smtp://127.0.0.1:{port}")
        done = issued(*SEND)
    assert (done.code, "certificate" in done.err.lower()) == (7, True), str(done)
    assert inbox.mails == []
    assert [row["state"] for row in mailed(issued)] == ["failed"]


def test_a_password_is_kept_as_any_secret(
    issued: Cowork, trusted: Path, home: Path, tmp_path: Path
) -> None:
    inbox = Inbox()
    with served(inbox, tls=trusted, login=True) as port:
        issued("config", "set", "mail.smtp", f"smtp://{USER}@127.0.0.1:{port}")
        missing = issued(*SEND)
        assert missing.code == 4
        assert "cowork account login mail" in missing.err
        assert "COWORK_MAIL_PASSWORD" in missing.err
        wrong = issued(*SEND, env={"COWORK_MAIL_PASSWORD": "no such"})
        assert (wrong.code, f"rejected the login of {USER}" in wrong.err) == (4, True), str(wrong)
        assert "no such" not in wrong.err
        kept = issued(
            "account", "login", "mail", "--password-stdin", "--yes", stdin=f"{PASSWORD}\n"
        )
        assert kept.code == 0, str(kept)
        assert oct((home / "state" / "secrets.toml").stat().st_mode & 0o777) == "0o600"
        assert issued(*SEND).code == 0
        assert issued("account", "logout", "mail").code == 0
        assert issued(*SEND, "--again").code == 4
        command = script(tmp_path, f"print({PASSWORD!r})")
        issued("config", "set", "mail.password_command", command)
        assert issued(*SEND, "--again").code == 0
    assert len(inbox.mails) == 2
    assert issued("account", "add", "mail", "--provider", "coworkingview").code == 2
    refused = issued("config", "set", "mail.smtp", "smtp://me:geheim123@mail.example.org")
    assert (refused.code, "geheim123" in str(refused)) == (2, False)


@pytest.mark.parametrize(
    ("refuses", "answer", "code", "said"),
    [
        ("550 no such user", "250 OK", 6, "refused the recipient (550 no such user)"),
        (None, "554 looks odd", 6, "refused the text (554 looks odd)"),
    ],
)
def test_a_refusal_is_told_and_nothing_was_sent(
    issued: Cowork, refuses: str | None, answer: str, code: int, said: str
) -> None:
    inbox = Inbox()
    inbox.refuses, inbox.answer = refuses, answer
    with served(inbox) as port:
        issued("config", "set", "mail.smtp", f"smtp://127.0.0.1:{port}")
        done = issued(*SEND)
    assert (done.code, said in done.err) == (code, True), str(done)
    (row,) = mailed(issued)
    assert (row["state"], said in str(row["detail"])) == ("failed", True)


def test_a_connection_lost_after_the_text_is_an_unknown_outcome(issued: Cowork) -> None:
    inbox = Inbox()
    inbox.hangs_up = True
    with served(inbox) as port:
        issued("config", "set", "mail.smtp", f"smtp://127.0.0.1:{port}")
        done = issued(*SEND, "--json")
    assert done.code == 9, str(done)
    assert "was lost after the text was sent" in done.err
    assert done.json["problems"][0]["code"] == "outcome-unknown"
    assert [row["state"] for row in mailed(issued)] == ["unknown"]
    assert issued(*SEND).code == 6


def test_nobody_there_is_no_sent_mail(issued: Cowork) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    issued("config", "set", "mail.smtp", f"smtp://127.0.0.1:{port}")
    assert issued(*SEND).code == 7
    assert [row["state"] for row in mailed(issued)] == ["failed"]


@pytest.fixture
def plain_server() -> Iterator[int]:
    """A server elsewhere that offers no encryption, as far as one connection goes."""
    listener = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        connection, _ = listener.accept()
        with connection, connection.makefile("rwb") as stream:
            stream.write(b"220 hello\r\n")
            stream.flush()
            for _line in stream:
                stream.write(b"250 hello\r\n")
                stream.flush()

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    listener.close()


def test_elsewhere_nothing_is_sent_without_encryption(
    issued: Cowork, plain_server: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cowork_cli.services.invoices import sending

    monkeypatch.setattr(sending, "is_loopback", lambda url: False)
    issued("config", "set", "mail.smtp", f"smtp://{USER}@127.0.0.1:{plain_server}")
    done = issued(*SEND, env={"COWORK_MAIL_PASSWORD": PASSWORD})
    assert (done.code, "offers no encryption" in done.err) == (3, True), str(done)
    assert [row["state"] for row in mailed(issued)] == ["failed"]


# ---- reminders, quotes, and the mail program


def test_a_reminder_is_sent_once_for_each_level(issued: Cowork, tmp_path: Path) -> None:
    body = f"open({str(tmp_path / 'got')!r}, 'wb').write(sys.stdin.buffer.read())"
    issued("config", "set", "mail.command", script(tmp_path, body))
    late = {"COWORK_NOW": "2026-12-20T09:00:00+01:00"}
    remind = ("invoice", "remind", "2026-0001", "--send")
    assert issued(*remind, "--dry-run", env=late).code == 0
    assert issued("invoice", "show", "2026-0001", "--json", env=late).data["reminders"] == []
    done = issued(*remind, "--json", env=late)
    assert done.code == 0, str(done)
    assert [(row["level"], row["state"]) for row in done.data["mailed"]] == [(1, "sent")]
    mail = message_from_bytes((tmp_path / "got").read_bytes(), policy=default)
    assert mail["Subject"] == "Zahlungserinnerung zur Rechnung 2026-0001"
    assert [part.get_filename() for part in mail.iter_attachments()] == ["2026-0001-reminder-1.pdf"]
    assert issued(*remind, env=late).code == 6
    assert issued(*SEND, env=late).code == 0, "the invoice itself was not sent yet"
    later = {"COWORK_NOW": "2027-01-05T09:00:00+01:00"}
    assert issued(*remind, "--level", "2", env=later).code == 0


def test_a_quote_is_sent_and_frozen_in_one(issued: Cowork, tmp_path: Path) -> None:
    body = f"open({str(tmp_path / 'got')!r}, 'wb').write(sys.stdin.buffer.read())"
    issued("quote", "add", "acme", "--line", "A", "--price", "100")
    assert issued("quote", "send", "q-1", "--send").code == 3
    assert issued("quote", "show", "q-1", "--json").data["state"] == "draft"
    issued("config", "set", "mail.command", script(tmp_path, body))
    done = issued("quote", "send", "q-1", "--send", "--json")
    assert (done.data["state"], done.data["mailed"][0]["state"]) == ("sent", "sent")
    assert b"Angebot AN-2026-0001" in (tmp_path / "got").read_bytes()
    assert issued("quote", "send", "q-1", "--send").code == 6
    assert issued("quote", "send", "q-1", "--send", "--again").code == 0


@pytest.mark.skipif(sys.platform != "linux", reason="the starter is xdg-open there")
def test_the_mail_program_is_handed_the_file(issued: Cowork, tmp_path: Path, home: Path) -> None:
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    starter = bin_ / "xdg-open"
    starter.write_text(f'#!/bin/sh\nprintf %s "$1" > {tmp_path / "opened"}\n')
    starter.chmod(0o755)
    env = {"PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}"}
    done = issued("invoice", "mail", "2026-0001", "--open", env=env)
    assert done.code == 0, str(done)
    opened = Path((tmp_path / "opened").read_text())
    assert opened == home / "cache" / "mail" / "2026-0001.eml"
    assert b"X-Unsent: 1" in opened.read_bytes()
    file = tmp_path / "bill.eml"
    assert issued("invoice", "mail", "2026-0001", "--open", "--out", str(file), env=env).code == 0
    assert (tmp_path / "opened").read_text() == str(file)
    assert mailed(issued) == [], "nobody knows whether it was sent from there"
    missing = issued("invoice", "mail", "2026-0001", "--open", env={"PATH": str(tmp_path)})
    assert missing.code == 1


@pytest.mark.parametrize(
    "words", [("--send", "--open"), ("--send", "--out", "x.eml"), ("--again",)]
)
def test_ways_that_exclude_each_other_are_refused(issued: Cowork, words: tuple[str, ...]) -> None:
    assert issued("invoice", "mail", "2026-0001", *words).code == 2


# ---- letters beyond ASCII


def beyond_ascii(issued: Cowork, port: int, to: str) -> None:
    assert issued("config", "set", "mail.smtp", f"smtp://127.0.0.1:{port}").code == 0
    assert issued("client", "edit", "acme", "--email", to).code == 0


def test_an_umlaut_before_the_at_is_not_sent_where_nobody_takes_it(issued: Cowork) -> None:
    inbox = Inbox()
    with served(inbox) as port:
        beyond_ascii(issued, port, "jörg@acme.example")
        done = issued(*SEND)
    assert done.code == 6, str(done)
    (line,) = [line for line in done.err.splitlines() if line.startswith("error:")]
    assert line.endswith("takes no jörg@acme.example: it does not offer SMTPUTF8 (RFC 6531)")
    assert "Traceback" not in done.err
    assert (inbox.mails, inbox.options) == ([], []), "not even the sender was said"
    assert [row["state"] for row in mailed(issued)] == ["failed"]


def test_an_umlaut_before_the_at_is_sent_where_it_is_taken(issued: Cowork) -> None:
    inbox = Inbox()
    with served(inbox, utf8=True) as port:
        beyond_ascii(issued, port, "jörg@bücher.example")
        assert issued(*SEND).code == 0
    ((sender, recipients, text),) = inbox.mails
    assert (sender, recipients) == ("erika@example.org", ["jörg@xn--bcher-kva.example"])
    assert inbox.options == ["BODY=8BITMIME", "SMTPUTF8"]
    assert "<jörg@xn--bcher-kva.example>".encode() in text.partition(b"\r\n\r\n")[0]


def test_a_domain_with_an_umlaut_is_sent_by_any_server(issued: Cowork, tmp_path: Path) -> None:
    inbox = Inbox()
    with served(inbox) as port:
        beyond_ascii(issued, port, "ap@straße.example")
        assert issued(*SEND).code == 0
    ((_, recipients, text),) = inbox.mails
    assert recipients == ["ap@xn--strae-oqa.example"]
    assert text.partition(b"\r\n\r\n")[0].isascii()
    assert mailed(issued)[0]["to"] == "ap@straße.example"
    assert issued("client", "edit", "acme", "--email", "jörg@acme.example").code == 0
    file = tmp_path / "a.eml"
    assert issued("invoice", "mail", "2026-0001", "--out", str(file)).code == 0
    assert (
        message_from_bytes(file.read_bytes(), policy=default)["To"]
        == "ACME GmbH <jörg@acme.example>"
    )
