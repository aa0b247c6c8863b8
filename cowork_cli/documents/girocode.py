"""The GiroCode: the QR code after EPC069-12 that fills in a transfer in a banking app.

Owns the payload and its drawing. SEPA knows euro only, and no amount below a cent.
"""

from decimal import Decimal

from cowork_cli.domain.money import Money

# Characters as EPC says, and bytes so that the whole always fits version 13 (331 bytes).
_NAME = (70, 110)
_TEXT = (140, 140)
_MOST = Decimal("999999999.99")


def payload(name: str, iban: str, bic: str | None, amount: Money, text: str) -> str:
    """The twelve lines of version 002, UTF-8, without the empty ones at the end."""
    lines = (
        "BCD",
        "002",
        "1",
        "SCT",
        bic or "",
        _cut(name, *_NAME),
        "".join(iban.split()).upper(),
        f"EUR{amount.amount:.2f}",
        "",
        "",
        _cut(text, *_TEXT),
    )
    return "\n".join(lines)


def payable_by_code(amount: Money, iban: str | None) -> bool:
    """Whether a transfer of `amount` can be written as a GiroCode."""
    return bool(iban) and amount.currency == "EUR" and 0 < amount.amount <= _MOST


def drawing(text: str) -> str:
    """The code as SVG, one unit a module, with the quiet zone that scanners need."""
    rows = matrix(text)
    path = "".join(
        f"M{x + 4} {y + 4}h{width}v1h-{width}z"
        for y, row in enumerate(rows)
        for x, width in _runs(row)
    )
    size = len(rows) + 8
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" '
        f'shape-rendering="crispEdges"><path fill="#000" d="{path}"/></svg>'
    )


def matrix(text: str) -> list[bytearray]:
    """The modules, row by row, 1 is dark; error correction M, at most version 13, as EPC says."""
    import segno

    code = segno.make_qr(text, error="m", encoding="utf-8", mode="byte", boost_error=False)
    assert isinstance(code.version, int) and code.version <= 13
    return [bytearray(row) for row in code.matrix]


def _runs(row: bytearray) -> list[tuple[int, int]]:
    """Start and width of each stretch of dark modules; in one piece, so that no hairline shows."""
    found, start = [], None
    for x, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            found.append((start, x - start))
            start = None
    return found


def _cut(text: str, length: int, size: int) -> str:
    """One line of at most `length` characters and `size` bytes."""
    line = " ".join(text.split())[:length]
    return line.encode()[:size].decode(errors="ignore")
