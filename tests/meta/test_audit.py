"""What `tools/audit.py` says of our packages, and that it would say it."""

import tomllib

from packaging.version import Version

from tools import audit

KNOWN = [{"package": "Py_PDF", "below": "6.15.0", "id": "CVE-1", "what": "loops", "source": "x"}]
LOCK = "py-pdf==6.14 \\\n    --hash=sha256:00\nother==1.0\n    # via x\n"


def test_no_package_has_a_weakness_that_is_known_here() -> None:
    assert audit.main() == 0
    lock = (audit.ROOT / "requirements-dev.lock").read_text()
    assert len(list(audit.locked(lock))) == sum(line[:1].isalnum() for line in lock.splitlines())


def test_what_is_wrong_is_named() -> None:
    project = {
        "dependencies": ["py-pdf>=6,<8", "more"],
        "optional-dependencies": {"x": ["py.pdf~=6.15"]},
    }
    weakness = "loops (CVE-1, mended in 6.15.0)"
    assert audit.findings(LOCK, project, KNOWN) == [
        f"locked: py-pdf 6.14: {weakness}",
        "the lock has no hash of other 1.0",
        f"still allowed: py-pdf 6: {weakness}",
    ]


def test_every_weakness_has_a_source_and_a_version() -> None:
    known = tomllib.loads((audit.ROOT / "tools" / "advisories.toml").read_text())
    for one in known["advisory"]:
        assert one["source"].startswith("https://"), one
        assert Version(one["below"])
