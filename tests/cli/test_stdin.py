"""`-` in the place of a file is standard input."""

from pathlib import Path

import pytest

from tests.conftest import Cowork

HOURS = (
    "from,to,client,project,note\n2026-11-20T09:00+01:00,2026-11-20T10:00+01:00,acme,site,Konzept\n"
)


def test_hours_out_of_a_pipe_and_into_one(acme: Cowork) -> None:
    done = acme("track", "import", "--format", "csv", "-", stdin=HOURS)
    assert done.code == 0, str(done)
    (entry,) = acme("track", "list", "--json").data
    assert (entry["project"], entry["duration_s"], entry["note"]) == ("acme/site", 3600, "Konzept")
    again = acme("track", "export", "--out", "-").out
    assert acme("track", "import", "--format", "csv", "-", stdin=again).code == 0
    assert len(acme("track", "list", "--json").data) == 1, "the same hours again change nothing"


def test_clients_and_spaces(cowork: Cowork) -> None:
    assert cowork("client", "import", "-", stdin="id,name\nacme,Müller GmbH\n").code == 0
    assert cowork("client", "show", "acme", "--json").data["name"] == "Müller GmbH"
    done = cowork("space", "import", "-", stdin="name,city,lat,lon\nHof,Berlin,52.5,13.4\n")
    assert done.code == 0, str(done)
    assert cowork("space", "show", "Hof", "--json").data["name"] == "Hof"


def test_a_statement(cowork: Cowork) -> None:
    rows = "Datum;Betrag;Währung\n28.11.2026;5,00;EUR\n"
    done = cowork("bank", "import", "-", "--account", "giro", "--json", stdin=rows)
    assert [row["new"] for row in done.data] == [1], str(done)


def test_an_invoice_is_checked(cowork: Cowork) -> None:
    done = cowork("invoice", "verify", "-", stdin="<a/>")
    assert done.code == 2, str(done)
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "words",
    [
        ("track", "import", "--format", "csv", "-"),
        ("client", "import", "-"),
        ("bank", "import", "-"),
    ],
)
def test_nothing_comes_in(cowork: Cowork, words: tuple[str, ...]) -> None:
    done = cowork(*words, stdin="")
    assert (done.code, "nothing came in on standard input" in done.err) == (2, True)


def test_nothing_of_it_stays(acme: Cowork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    assert acme("track", "import", "--format", "csv", "-", stdin=HOURS).code == 0
    assert acme("track", "import", "--format", "csv", "-", stdin="nonsense").code != 0
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ("people", "import"),
        ("event", "import"),
        ("space", "import"),
        ("client", "import"),
        ("track", "import", "--format", "csv"),
    ],
)
def test_a_file_that_is_none(cowork: Cowork, tmp_path: Path, words: tuple[str, ...]) -> None:
    for name, said in (
        ("", "no file was named"),
        (str(tmp_path), f"{tmp_path} is a folder"),
        ("~nobody-here/x", "there is no home for ~nobody-here/x"),
    ):
        done = cowork(*words, name)
        assert (done.code, said in done.err, "hint:" in done.err) == (2, True, True), str(done)
    none = cowork(*words, str(tmp_path / "none"))
    assert (none.code, "there is no file" in none.err) == (5, True), str(none)
    piped = cowork(*words, "-", stdin="")
    assert f"cowork {' '.join(words[:2])} … -" in piped.err
