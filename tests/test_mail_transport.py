"""A mail server that means harm, or dies at any line: `sent`, `failed` or `unknown`, each only where it is true."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from cowork_cli import mail_transport
from cowork_cli.mail_transport import Delivery, Server, by_smtp

MAIL = b"Subject: x\r\n\r\nGuten Tag\r\n"
GREETING, HELLO = b"220 mail\r\n", b"250-mail\r\n250 AUTH CRAM-MD5 PLAIN LOGIN\r\n"
OK, GO = b"250 OK\r\n", b"354 go on\r\n"
GOOD = (GREETING, HELLO, OK, OK, GO, OK)


@contextmanager
def speaking(*sentences: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """Says one sentence, and the next after each line or text that it hears; then hangs up. Gives what it heard."""
    door, heard = socket.create_server(("127.0.0.1", 0)), list[bytes]()

    def speak() -> None:
        with suppress(OSError), door.accept()[0] as line:
            for number, sentence in enumerate(sentences):
                if number:
                    text, end = b"", b"\r\n.\r\n" if sentences[number - 1] == GO else b"\r\n"
                    while not text.endswith(end):
                        if not (part := line.recv(65536)):
                            return
                        text += part
                    heard.append(text)
                line.sendall(sentence)

    thread = threading.Thread(target=speak, daemon=True)
    thread.start()
    try:
        yield door.getsockname()[1], heard
    finally:
        with suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)
        door.close()
        thread.join()


def handed(port: int, user: str | None = None) -> Delivery:
    server = Server("127.0.0.1", port, user, tls=False, plain_allowed=True)
    return by_smtp(server, MAIL, "me@example.org", "you@example.org", lambda: "geheim")


def test_all_is_well() -> None:
    with speaking(*GOOD) as (port, heard):
        assert handed(port).state == "sent"
    assert heard[-1].endswith(b"Guten Tag\r\n.\r\n")


@pytest.mark.parametrize("last", range(len(GOOD)))
def test_it_hangs_up_at_each_sentence(last: int) -> None:
    """Until the text is sent nothing was; from then on nobody knows."""
    with speaking(*GOOD[:last]) as (port, _):
        told = handed(port)
    assert told.state == ("unknown" if last == 5 else "failed")
    assert told.error is not None
    assert told.error.exit_code == (9 if last == 5 else 7)
    assert told.error.hint


@pytest.mark.parametrize(
    ("at", "sentence", "state"),
    [
        (0, b"SSH-2.0-OpenSSH\r\n", "failed"),
        (0, b"\0" * 9000, "failed"),
        (1, b"421 too busy\r\n", "failed"),
        (2, b"421 too busy\r\n", "failed"),
        (4, b"421 too busy\r\n", "failed"),
        (4, b"250 OK\r\n", "failed"),
        (5, b"421 shutting down\r\n", "failed"),
        (5, b"552 too large\r\n", "failed"),
        (5, b"hello\r\n", "unknown"),
        (5, b"354 more\r\n", "unknown"),
        (5, b"25", "unknown"),
        (5, b"250-and\r\n", "unknown"),
        (5, b"999 what\r\n", "unknown"),
        (5, b"250 " + b"x" * 20_000 + b"\r\n", "unknown"),
        (5, b"\xff\xfe\r\n", "unknown"),
    ],
)
def test_a_sentence_out_of_place(at: int, sentence: bytes, state: str) -> None:
    with speaking(*GOOD[:at], sentence) as (port, _):
        told = handed(port)
    assert told.state == state, told
    assert told.error is not None
    assert told.error.hint


@pytest.mark.parametrize("at", [0, 1, 5])
def test_a_reply_without_end_ends(at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_transport, "MOST_SAID", 10_000)
    with speaking(*GOOD[:at], b"250-and so on\r\n" * 20_000) as (port, _):
        assert handed(port).state == ("unknown" if at == 5 else "failed")


def test_a_server_that_takes_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_transport, "WHOLE_S", 0.0)
    with speaking(*GOOD) as (port, _):
        told = handed(port)
    assert (told.state, "does not come to an end" in str(told.detail)) == ("failed", True)


@pytest.mark.parametrize(
    "challenge", [b"334 ???\r\n", b"334 A\r\n", b"334 /w==\r\n", b"235 OK\r\n", b"334\r\n"]
)
def test_a_challenge_that_is_none(challenge: bytes) -> None:
    with speaking(GREETING, HELLO, challenge) as (port, heard):
        told = handed(port, "erika")
    assert told.state == "failed"
    assert not any(b"geheim" in text for text in heard)
