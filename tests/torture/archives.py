"""Backups and exports as they come damaged or meant badly, and what is read of them into a home.

Every second mutant has a manifest that fits what it holds, so that it gets past the hashes.
"""

import hashlib
import io
import json
import shutil
import stat
import struct
import tempfile
import warnings
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

from tests.torture import arena
from tests.torture.mutations import mutant

# What names are tried for a member; none of them may be made a file of.
TRICKS = (
    "../out", "../../out", "/out", "//out", "C:\\out", "..\\out", "data/../../out", "data/backups/../../../out", ".", "..", "",
    "data/cowork.db/", "config/settings.toml/x", "bytes/../../out", "tables/../out.jsonl", "\x1b[2J", "a\0b", "ü" * 300, "CON", "x" * 60_000,
)  # fmt: skip
_MANIFESTS = ("manifest.json", "export.json")
Members = list[tuple[zipfile.ZipInfo, bytes]]


# ---- samples


@cache
def _furnished() -> Path:
    """A home with hours, a receipt, settings and a file of people; kept for the process."""
    folder = Path(tempfile.mkdtemp(prefix="archives-"))
    receipt = folder / "receipt.txt"
    receipt.write_text("Desk, 25.00")
    home = folder / "home"
    bought = ("expense", "add", "--text", "Desk", "--net", "25", "--receipt", str(receipt))
    arena.play_all(home, [arena.INIT, arena.CLIENT, arena.PROJECT, arena.ADD, bought])
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "config.toml").write_text("[hours]\nweek = 40\n")
    return home


@cache
def backup() -> tuple[bytes, ...]:
    """What `data backup` writes."""
    home = _furnished()
    arena.play_all(home, [("data", "backup")])
    (made,) = (home / "data" / "backups").glob("*.zip")
    return (made.read_bytes(),)


@cache
def store() -> tuple[bytes, ...]:
    """A store as a file, such as a migration lays aside."""
    return (_members(backup()[0])[0][1],)


@cache
def export() -> tuple[bytes, ...]:
    """What `data export` writes."""
    file = _furnished().parent / "all.zip"
    arena.play_all(_furnished(), [("data", "export", "--out", str(file), "--force")])
    return (file.read_bytes(),)


# ---- mutants


def damaged(sample: bytes, number: int) -> bytes:
    """One change to the bytes of a zip file, to a member, or to what is said of one."""
    chance = Random(
        number
    )  # ids differ from run to run, and with them the length of what is packed
    if chance.random() < 0.2:
        return _broken_bytes(sample, chance)
    members = _members(sample)
    for _ in range(chance.choice((1, 1, 2))):
        chance.choice(_CHANGES)(members, chance)
    if number % 2:
        members = _with_honest_manifest(members)
    content = _packed(members)
    return _broken_record(content, chance) if chance.random() < 0.3 else content


def damaged_store(sample: bytes, number: int) -> bytes:
    """A page of a store with other bytes, one that is doubled, missing or cut."""
    chance = Random(
        number
    )  # ids differ from run to run, and with them the length of what is packed
    page = 4096
    at = chance.randrange(max(1, len(sample) // page)) * page
    match chance.randrange(5):
        case 0:
            return _broken_bytes(sample, chance)
        case 1:
            return sample[:at] + sample[at + page :]
        case 2:
            return sample[:at] + sample[at : at + page] + sample[at:]
        case 3:
            return sample[:at] + chance.randbytes(page) + sample[at + page :]
    content = bytearray(sample)
    for _ in range(chance.choice((1, 4, 32))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)


def _broken_bytes(sample: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(sample))
    match chance.randrange(5):
        case 0:
            return sample[:at]
        case 1:
            return sample[at:]
        case 2:
            return sample[:at] + bytes([sample[at] ^ 1 << chance.randrange(8)]) + sample[at + 1 :]
        case 3:
            return sample[:at] + chance.randbytes(chance.choice((1, 8, 500))) + sample[at:]
    return sample[:at] + sample[at + chance.choice((1, 16, 3000)) :]


def _of_one(members: Members, chance: Random) -> int:
    return chance.randrange(len(members))


def _content(members: Members, chance: Random) -> None:
    at = _of_one(members, chance)
    info, content = members[at]
    change = damaged_store if info.filename.endswith(".db") else mutant
    members[at] = (info, change(content, chance.randrange(10**6)) if content else b"x")


def _manifest(members: Members, chance: Random) -> None:
    for at, (info, content) in enumerate(members):
        if info.filename in _MANIFESTS:
            members[at] = (info, mutant(content, chance.randrange(10**6)))


def _name(members: Members, chance: Random) -> None:
    at = _of_one(members, chance)
    members[at] = (zipfile.ZipInfo(chance.choice(TRICKS)), members[at][1])


def _more(members: Members, chance: Random) -> None:
    members.append((zipfile.ZipInfo(chance.choice(TRICKS)), b"out"))


def _link(members: Members, chance: Random) -> None:
    """An entry that says of itself that it is a link, a folder, or a device."""
    at = _of_one(members, chance)
    info = zipfile.ZipInfo(members[at][0].filename)
    info.external_attr = (
        chance.choice((stat.S_IFLNK, stat.S_IFDIR, stat.S_IFCHR)) << 16 | 0o7777 << 16
    )
    info.create_system = 3
    members[at] = (info, chance.choice((b"../../out", b"/etc/passwd", members[at][1])))


def _doubled(members: Members, chance: Random) -> None:
    info, content = members[_of_one(members, chance)]
    again = zipfile.ZipInfo(info.filename)
    members.insert(chance.randrange(len(members) + 1), (again, chance.choice((content, b"x", b""))))


def _missing(members: Members, chance: Random) -> None:
    if len(members) > 1:
        del members[_of_one(members, chance)]


def _many(members: Members, chance: Random) -> None:
    members += [(zipfile.ZipInfo(f"bytes/{number}"), b"") for number in range(300)]


def _nested(members: Members, chance: Random) -> None:
    at = _of_one(members, chance)
    members[at] = (members[at][0], _packed(list(members)))


_CHANGES: tuple[Callable[[Members, Random], None], ...] = (
    _content, _content, _content, _content, _manifest, _manifest, _manifest, _name, _more, _link, _doubled, _missing, _many, _nested,
)  # fmt: skip


def _members(sample: bytes) -> Members:
    with zipfile.ZipFile(io.BytesIO(sample)) as archive:
        return [(info, archive.read(info)) for info in archive.infolist()]


def _packed(members: Members) -> bytes:
    out = io.BytesIO()
    with (
        warnings.catch_warnings(action="ignore"),  # of names that are doubled
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
    ):
        for info, content in members:
            again = zipfile.ZipInfo(info.filename, info.date_time)
            again.external_attr, again.create_system = info.external_attr, info.create_system
            again.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(again, content)
    return out.getvalue()


def _with_honest_manifest(members: Members) -> Members:
    """The hashes and the counts of rows are those of what is there."""
    by_name = {info.filename: content for info, content in members}
    for at, (info, content) in enumerate(members):
        if info.filename in _MANIFESTS:
            members[at] = (info, _honest(content, by_name))
    return members


def _honest(content: bytes, by_name: dict[str, bytes]) -> bytes:
    try:
        manifest = json.loads(content)
        for name in manifest["sha256"]:
            manifest["sha256"][name] = hashlib.sha256(by_name.get(name, b"")).hexdigest()
            if (table := Path(name).stem) in manifest.get("rows", ()):
                manifest["rows"][table] = by_name.get(name, b"").count(b"\n")
        return json.dumps(manifest).encode()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return content


def _broken_record(content: bytes, chance: Random) -> bytes:
    """A wrong checksum, size, place, method or flag in the directory of the zip file, or before a member."""
    mark, fields = chance.choice(
        (
            (b"PK\1\2", ((8, "<H"), (10, "<H"), (16, "<L"), (20, "<L"), (24, "<L"), (28, "<H"), (30, "<H"), (42, "<L"))),
            (b"PK\3\4", ((6, "<H"), (8, "<H"), (14, "<L"), (18, "<L"), (22, "<L"), (26, "<H"), (28, "<H"))),
            (b"PK\5\6", ((8, "<H"), (10, "<H"), (12, "<L"), (16, "<L"), (20, "<H"))),
        )
    )  # fmt: skip
    places = [at for at in range(len(content)) if content.startswith(mark, at)]
    at = chance.choice(places)
    offset, form = chance.choice(fields)
    most = 0xFFFF if form == "<H" else 0xFFFFFFFF
    value = chance.choice((0, 1, 8, 9, 12, 14, 93, most, most - 1, chance.randrange(most)))
    changed = bytearray(content)
    struct.pack_into(form, changed, min(at + offset, len(content) - struct.calcsize(form)), value)
    return bytes(changed)


# ---- reading


def restored(file: Path) -> None:
    """`data restore` into a home that holds something: the other one, or the old one as it was."""
    home = file.parent / "home"
    if not home.exists():
        _old_home(home)
    before = _kept(home)
    done = arena.play(home, "data", "restore", str(file), "--yes")
    assert {one.name for one in file.parent.iterdir()} <= {file.name, "home"}, "written elsewhere"
    if done.code == 0:
        looked = arena.play(home, "data", "verify")
        assert looked.code in (0, 3), str(looked)
        shutil.rmtree(home)
        return
    arena.assert_clean_failure(done)
    assert _kept(home) == before, f"refused, and something is another\n{done}"


def imported(file: Path) -> None:
    """`data import` into a home without a store: all of it, or nothing."""
    home = file.parent / "home"
    done = arena.play(home, "data", "import", str(file))
    assert {one.name for one in file.parent.iterdir()} <= {file.name, "home"}, "written elsewhere"
    try:
        if done.code == 0:
            arena.assert_sound(home)
            return
        arena.assert_clean_failure(done)
        left = {one.name for one in home.rglob("*") if one.is_file()}
        assert left <= {"cowork.db", "settings.toml", ".settings.lock"}, left
        assert not any((arena.state(home) or {}).values()), "something was taken"
    finally:
        shutil.rmtree(home, ignore_errors=True)


@cache
def _old_base() -> Path:
    home = Path(tempfile.mkdtemp(prefix="archives-")) / "home"
    arena.play_all(home, [("client", "add", "old", "--name", "Old")])
    return home


def _old_home(home: Path) -> None:
    shutil.copytree(_old_base(), home)


def _kept(home: Path) -> dict[str, bytes]:
    """Every file of a home, by its name."""
    return {
        str(one.relative_to(home)): one.read_bytes()
        for one in home.rglob("*")
        if one.is_file() and not one.name.endswith(("-shm", "-wal"))
    }
