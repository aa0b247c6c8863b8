"""TLS in front of the tests' server, and certificates made for the tests: a good one, and each that is none."""

import contextlib
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.postgresql.cut import PORT
from tests.postgresql.guard import SUPERUSER
from tests.postgresql.server import Server

HOST = "db.example.org"
DAY = timedelta(days=1)
SSL_REQUEST = (8).to_bytes(4) + (80877103).to_bytes(4)


class Authority:
    """Makes certificates; its own lies in `file`, for `sslrootcert`."""

    def __init__(self, folder: Path, name: str) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.file = folder / f"{name}.crt"
        basic = x509.BasicConstraints(ca=True, path_length=None)
        made = _signed(self._name, self._name, self._key, self._key, {basic: True})
        self.file.write_bytes(made)

    def issued(self, host: str = HOST, days: int = 2) -> Path:
        """A folder with `server.crt` and `server.key` for a host; of -1 day: it has ended."""
        folder = self.file.with_suffix(f".{host}.{days}")
        folder.mkdir()
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        names = x509.SubjectAlternativeName([x509.DNSName(host)])
        made = _signed(subject, self._name, key, self._key, {names: False}, days)
        secret = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        for name, content in (("server.crt", made), ("server.key", secret)):
            (folder / name).write_bytes(content)
        return folder


class Door:
    """A port of loopback in front of the tests' server, whose build knows no TLS: what it says is what
    PostgreSQL says (https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-SSL).

    `shows` names the folder of the certificate that it shows from now on; None: it speaks no TLS.
    """

    def __init__(self, server: Server) -> None:
        self._target = str(server.folder / f".s.PGSQL.{PORT}")
        self.shows: Path | None = None
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, database: str, host: str = HOST, **more: object) -> str:
        """A database behind it, under a name that leads to loopback, as `store.url` wants it."""
        query = "&".join(f"{k}={v}" for k, v in {"hostaddr": "127.0.0.1", **more}.items())
        return f"postgresql://{SUPERUSER}@{host}:{self.port}/{database}?{query}"

    def close(self) -> None:
        """Gone for good."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(client,), daemon=True).start()

    def _answer(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError), client, socket.socket(socket.AF_UNIX) as server:
            said = client.recv(8, socket.MSG_WAITALL)
            server.connect(self._target)
            if said != SSL_REQUEST:
                server.sendall(said)
                _join(client, server)
            elif self.shows is None:
                client.sendall(b"N")
                _join(client, server)
            else:
                client.sendall(b"S")
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(self.shows / "server.crt", self.shows / "server.key")
                with context.wrap_socket(client, server_side=True) as hidden:
                    _join(hidden, server)


def _join(client: socket.socket, server: socket.socket) -> None:
    back = threading.Thread(target=_carry, args=(server, client), daemon=True)
    back.start()
    _carry(client, server)
    back.join()


def _carry(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while said := source.recv(65536):
            target.sendall(said)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_RDWR)


def _signed(subject, issuer, key, signer, extensions, days=2):  # type: ignore[no-untyped-def]
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 3 * DAY)
        .not_valid_after(now + days * DAY)
    )
    for extension, critical in extensions.items():
        builder = builder.add_extension(extension, critical)
    return builder.sign(signer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
