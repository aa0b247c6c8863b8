"""E-mail addresses with letters beyond ASCII: what can be written without them, and what cannot.

A domain has a form in ASCII (RFC 5891: `xn--` and Punycode of each label). What stands before the @ has
none: a server has to take it as it is (SMTPUTF8, RFC 6531), and headers carry it in UTF-8 (RFC 6532).
"""


def ascii_domain(address: str) -> str:
    """The address with its domain in ASCII: `jörg@bücher.example` is `jörg@xn--bcher-kva.example`."""
    local, at, domain = address.strip().rpartition("@")
    if domain.isascii():
        return address.strip()
    return f"{local}{at}{'.'.join(_label(label) for label in domain.split('.'))}"


def local_part_is_ascii(address: str) -> bool:
    """Whether any mail server takes it."""
    return address.rpartition("@")[0].isascii()


def _label(label: str) -> str:
    if label.isascii():
        return label
    from unicodedata import normalize

    return f"xn--{normalize('NFC', label.lower()).encode('punycode').decode('ascii')}"
