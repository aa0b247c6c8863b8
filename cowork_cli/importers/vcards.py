"""vCards of version 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350) as plain values, one card at a time.

The library `vobject` reads and writes what stands in a card; here its file is cut into cards, so that one that
is broken can be named, and no more than one of them is in the memory.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from cowork_cli.errors import BadInput
from cowork_cli.in_files import lines_of

MOST = 64 * 1024 * 1024
CARD = 8 * 1024 * 1024
"""Signs of a card: a picture is in it as text, and more than that is no card."""
_TAKEN = frozenset(
    ["version", "n", "fn", "uid", "org", "title", "role", "email", "tel", "adr", "url", "categories",
     "note", "prodid", "rev", "lang"]
)  # fmt: skip


_ONCE = ("fn", "org", "title", "role", "email", "tel", "adr", "url", "note")


class Card(NamedTuple):
    """What was found in a card. `number` and `line` count from 1; `left_out` names what is not taken."""

    number: int
    line: int
    name: str
    uid: str | None = None
    company: str | None = None
    trade: str | None = None
    skills: tuple[str, ...] = ()
    email: str | None = None
    phone: str | None = None
    web: str | None = None
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    country: str | None = None
    note: str | None = None
    left_out: frozenset[str] = frozenset()


class Broken(NamedTuple):
    """A card that cannot be taken, and why."""

    number: int
    line: int
    reason: str


def read(path: Path) -> Iterator[Card | Broken]:
    """The cards of a file. Raises NotFound, BadInput for a file that holds none."""
    lines = lines_of(
        path, MOST, "export the people without pictures", "give a file of vCards (.vcf)"
    )
    found = False
    for number, line, text, reason in _cut(_decoded(lines)):
        found = True
        yield Broken(number, line, reason) if reason else _card(number, line, text)
    if not found:
        raise BadInput(
            f'"{path}" holds no vCard', "export people as vCard (.vcf) and give that file"
        )


def _decoded(lines: Iterable[bytes]) -> Iterator[str]:
    """Lines as text: UTF-8, which RFC 6350 asks for, else what old phones write."""
    for number, raw in enumerate(lines):
        if number == 0:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
            if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise BadInput("the file is UTF-16", "save it as UTF-8")
        try:
            yield raw.decode("utf-8")
        except UnicodeDecodeError:
            yield raw.decode("cp1252", "replace")


def _cut(lines: Iterable[str]) -> Iterator[tuple[int, int, str, str]]:
    """Number, first line, text and fault of each card."""
    count, begun, kept, size = 0, 0, list[str](), 0
    for at, line in enumerate(lines, 1):
        word = line.strip().upper()
        if word == "BEGIN:VCARD":
            if begun:
                yield count, begun, "", "it has no END:VCARD"
            count, begun, kept, size = count + 1, at, [], 0
        elif not begun and word:
            yield count + 1, at, "", "it does not begin with BEGIN:VCARD"
            return
        if not begun:
            continue
        size += len(line)
        if size <= CARD:
            kept.append(line)
        if word == "END:VCARD":
            fault = "it is larger than 8 MB" if size > CARD else ""
            yield count, begun, "" if fault else "".join(kept), fault
            begun, kept = 0, []
    if begun:
        yield count, begun, "", "it has no END:VCARD: the file is cut off"


def _card(number: int, line: int, text: str) -> Card | Broken:
    import vobject

    try:
        card = vobject.readOne(text, allowQP=True)
    except Exception as error:  # the library raises whatever its parts raise
        why = " ".join(str(error).split())[:80]
        return Broken(number, line, f"it cannot be read ({why})" if why else "it cannot be read")
    held: dict[str, list[Any]] = card.contents
    name = _text(held, "fn") or _full_name(held) or _company(held)
    if not name:
        return Broken(number, line, "it has no name (FN or N)")
    address = held["adr"][0].value if held.get("adr") else None
    return Card(
        number, line, name,
        uid=_text(held, "uid"),
        company=_company(held),
        trade=_text(held, "title") or _text(held, "role"),
        skills=tuple(_skills(held)),
        email=_best(held, "email"),
        phone=_best(held, "tel"),
        web=_text(held, "url"),
        street=_part(address, "street"),
        postcode=_part(address, "code"),
        city=_part(address, "city"),
        country=_part(address, "country"),
        note=_text(held, "note"),
        left_out=frozenset(_left_out(held)),
    )  # fmt: skip


def _left_out(held: dict[str, list[Any]]) -> Iterator[str]:
    """What a card holds and `Card` has no place for: whole fields, and the second of those that have one."""
    yield from (key.upper() for key in held if key not in _TAKEN)
    for key in _ONCE:
        lines = held.get(key, ())
        if len({_plain(line.value) or str(line.value) for line in lines}) > 1:
            yield f"further {key.upper()}"
    if _text(held, "title") and _text(held, "role") not in (None, _text(held, "title")):
        yield "ROLE"
    if any(isinstance(line.value, list) and any(line.value[1:]) for line in held.get("org", ())):
        yield "departments of ORG"
    if held.get("adr") and any(
        _part(held["adr"][0].value, part) for part in ("box", "extended", "region")
    ):
        yield "box, extension and region of ADR"


def _text(held: dict[str, list[Any]], key: str) -> str | None:
    for line in held.get(key, ()):
        text = _plain(line.value)
        if text:
            return text
    return None


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return " ".join(filter(None, map(_plain, value)))
    return value.strip() if isinstance(value, str) else ""


def _best(held: dict[str, list[Any]], key: str) -> str | None:
    """The preferred one, else the first."""
    lines = [line for line in held.get(key, ()) if _plain(line.value)]
    preferred = [line for line in lines if _prefers(line)]
    for line in (*preferred, *lines):
        return _plain(line.value).removeprefix("mailto:").removeprefix("tel:")
    return None


def _prefers(line: Any) -> bool:
    kinds = [kind.lower() for given in line.params.get("TYPE", ()) for kind in given.split(",")]
    return "pref" in kinds or "PREF" in line.params


def _full_name(held: dict[str, list[Any]]) -> str | None:
    for line in held.get("n", ()):
        parts = [
            _plain(getattr(line.value, part, "")) for part in ("given", "additional", "family")
        ]
        name = " ".join(filter(None, parts)) or _plain(line.value)
        if name:
            return name
    return None


def _company(held: dict[str, list[Any]]) -> str | None:
    for line in held.get("org", ()):
        parts = line.value if isinstance(line.value, list) else [line.value]
        name = _plain(parts[0]) if parts else ""
        if name:
            return name
    return None


def _skills(held: dict[str, list[Any]]) -> Iterator[str]:
    for line in held.get("categories", ()):
        values = line.value if isinstance(line.value, list) else str(line.value).split(",")
        yield from (text for value in values if (text := _plain(value)))


def _part(address: Any, part: str) -> str | None:
    return None if address is None else _plain(getattr(address, part, "")) or None


def written(people: Iterable[dict[str, Any]]) -> bytes:
    """People as vCards 3.0; each is given by the names of `Card`, None for what is not known."""
    return "".join(_written(person) for person in people).encode()


def _written(person: dict[str, Any]) -> str:
    import vobject
    from vobject.vcard import Address, Name

    card = vobject.vCard()
    *given, family = person["name"].split(" ")
    card.add("n").value = Name(family=family, given=" ".join(given))
    card.add("fn").value = person["name"]
    card.add("uid").value = person["uid"]
    for key, name in (
        ("title", "trade"), ("email", "email"), ("tel", "phone"), ("url", "web"), ("note", "note"),
    ):  # fmt: skip
        if person.get(name):
            card.add(key).value = person[name]
    if person.get("company"):
        card.add("org").value = [person["company"]]
    if person.get("skills"):
        card.add("categories").value = list(person["skills"])
    parts = {key: person.get(key) or "" for key in ("street", "city", "country")}
    if person.get("postcode") or any(parts.values()):
        card.add("adr").value = Address(code=person.get("postcode") or "", **parts)
    return str(card.serialize())
