"""Clients: what was agreed with them, another id, and a file of many."""

from pathlib import Path

import pytest

from tests.conftest import Cowork


def test_the_fields_of_a_client_are_a_contract(acme: Cowork) -> None:
    client = acme("client", "show", "acme", "--json").data
    assert list(client) == [
        "id", "name", "type", "address", "email", "vat_id", "leitweg_id", "buyer_reference",
        "language", "rate", "currency", "tax", "terms_days", "archived", "skonto", "rounding",
        "travel_factor", "note", "exempt_reason",
    ]  # fmt: skip


def test_agreements_are_kept_in_one_spelling_and_can_be_dropped(acme: Cowork) -> None:
    kept = acme(
        "client", "edit", "acme", "--skonto", "2 % / 10d", "--rounding", "60m:up:day",
        "--travel-factor", "50%", "--note", "zahlt spät", "--json",
    ).data  # fmt: skip
    assert (kept["skonto"], kept["rounding"]) == ("2%/10d", "1h:up:day")
    assert (kept["travel_factor"], kept["note"]) == ("0.5", "zahlt spät")
    dropped = acme(
        "client", "edit", "acme", "--skonto", "none", "--rounding", "none",
        "--travel-factor", "none", "--note", "", "--json",
    ).data  # fmt: skip
    assert dropped["skonto"] is None
    assert dropped["rounding"] == "none"
    assert dropped["travel_factor"] is None
    assert dropped["note"] is None


@pytest.mark.parametrize(
    "words",
    [
        ("--rate", "-5"),
        ("--rounding", "15m:up"),
        ("--travel-factor", "50"),
        ("--skonto", "2%"),
        ("--from", "2026-11-01"),
        ("--rename", "A C"),
    ],
)
def test_what_cannot_be_is_refused(acme: Cowork, words: tuple[str, ...]) -> None:
    before = acme("history", "--json").data
    assert acme("client", "edit", "acme", *words).code == 2
    assert acme("history", "--json").data == before


def test_another_id_keeps_the_history(acme: Cowork) -> None:
    acme("track", "add", "acme/site", "--from", "9:00", "--to", "10:00")
    acme("invoice", "draft", "acme")
    acme("invoice", "issue", "draft-1")
    assert acme("client", "edit", "acme", "--rename", "acme-ag", "--json").data["id"] == "acme-ag"
    assert acme("track", "list", "--json").data[0]["project"] == "acme-ag/site"
    assert acme("invoice", "show", "2026-0001", "--json").data["client"] == "acme-ag"
    assert acme("client", "show", "acme-ag").code == 0
    assert acme("start", "acme-ag/site").code == 0


def test_an_id_is_given_once(acme: Cowork) -> None:
    acme("client", "add", "beta", "--name", "Beta")
    assert acme("client", "edit", "beta", "--rename", "acme").code == 6
    assert acme("client", "edit", "beta", "--rename", "beta").code == 0


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "clients.csv"
    path.write_text(
        "id,Name,street,vat-id,rate,terms,rounding,travel_factor\n"
        'beta,"Beta, Söhne",Weg 1,,80,30d,15m:up:day,0.5\n'
        "\n"
        "acme,,Ring 6,,,,,\n",
        encoding="utf-8-sig",
    )
    return path


def test_a_file_of_clients(acme: Cowork, file: Path) -> None:
    dry = acme("client", "import", str(file), "--dry-run", "--json")
    assert (dry.data["added"], dry.data["updated"], dry.data["dry_run"]) == (1, 1, True)
    assert len(acme("client", "list", "--json").data) == 1
    done = acme("client", "import", str(file), "--json").data
    assert (done["added"], done["updated"], done["unchanged"]) == (1, 1, 0)
    beta = acme("client", "show", "beta", "--json").data
    assert (beta["name"], beta["rate"], beta["terms_days"]) == ("Beta, Söhne", "80", 30)
    assert (beta["currency"], beta["address"]["country"]) == ("EUR", "DE")
    acme_now = acme("client", "show", "acme", "--json").data
    assert (acme_now["name"], acme_now["rate"]) == ("ACME GmbH", "95"), "empty cells say nothing"
    assert acme_now["address"]["street"] == "Ring 6"
    again = acme("client", "import", str(file), "--json").data
    assert (again["added"], again["updated"], again["unchanged"]) == (0, 0, 2)
    assert acme("undo").code == 0
    assert len(acme("client", "list", "--json").data) == 1, "one file is one change"


def test_all_or_nothing_and_every_bad_row_is_named(acme: Cowork, tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_text(
        "id;name;rate;type\n"
        "good;Good;95;\n"
        "Bad Id;Bad;95;\n"
        "nameless;;95;\n"
        "cheap;Cheap;-5;\n"
        "good;Again;95;\n"
        "odd;Odd;1;alien\n",
        encoding="utf-8",
    )
    before = acme("history", "--json").data
    outcome = acme("client", "import", str(path))
    assert outcome.code == 2
    for line in (3, 4, 5, 6, 7):
        assert f"line {line}:" in outcome.err
    assert "line 2:" not in outcome.err
    assert "good stands in line 2 already" in outcome.err
    assert len(outcome.err.splitlines()) == 2
    assert acme("history", "--json").data == before


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"name\nx\n", 2),
        (b"id,name,colour\nx,X,red\n", 2),
        (b"id,id,name\n", 2),
        (b"", 2),
        (b"id,name\nx,X,too,many\n", 2),
        (b"id,name\nx,\xff\n", 2),
        (b"id,name\n", 0),
    ],
)
def test_files_that_are_no_lists_of_clients(
    acme: Cowork, tmp_path: Path, content: bytes, code: int
) -> None:
    path = tmp_path / "clients.csv"
    path.write_bytes(content)
    assert acme("client", "import", str(path)).code == code


def test_no_file_is_not_found(acme: Cowork, tmp_path: Path) -> None:
    assert acme("client", "import", str(tmp_path / "none.csv")).code == 5
    assert acme("client", "import", str(tmp_path)).code == 2


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Müller & Söhne GmbH", "mueller"),
        ("Dr. Straßer Zahnärzte", "strasser"),
        ("Die Zeit Verlag", "zeit"),
        ("ACME", "acme"),
        ("Société Générale", "societe"),
        ("3M Deutschland", "3m"),
        ("Die", "die"),
        ("team.neusta GmbH", "team.neusta"),
    ],
)
def test_an_id_is_made_of_a_name(cowork: Cowork, name: str, slug: str) -> None:
    added = cowork("client", "add", name, "--json")
    assert (added.data["id"], added.data["name"]) == (slug, name)
    assert f"Its id is {slug}." in added.err


def test_a_made_id_is_the_next_that_is_free(cowork: Cowork) -> None:
    assert cowork("client", "add", "mueller", "--name", "Anna Müller").code == 0
    added = cowork("client", "add", "Müller & Söhne GmbH", "--json")
    assert added.data["id"] == "mueller-2"
    assert "Its id is mueller-2; mueller is taken." in added.err
    again = cowork("client", "add", "Müller & Söhne GmbH")
    assert (again.code, again.out) == (6, "")
    assert "already: mueller-2" in again.err
    assert len(cowork("client", "list").rows) == 2


def test_an_id_with_a_name_stays_as_it_is(cowork: Cowork) -> None:
    assert cowork("client", "add", "acme", "--name", "ACME GmbH", "--json").data["id"] == "acme"
    refused = cowork("client", "add", "Müller", "--name", "Müller GmbH")
    assert refused.code == 2
    assert "cannot be the id of a client" in refused.err
    assert cowork("client", "add", "株式会社").code == 2, "no letters of an id in it"
    assert cowork("client", "add", "acme2", "--no-input").code == 2


def test_a_project_by_its_name(cowork: Cowork) -> None:
    assert cowork("client", "add", "Müller & Söhne GmbH").code == 0
    added = cowork("project", "add", "mueller/Relaunch", "--json")
    assert (added.data["id"], added.data["name"]) == ("mueller/relaunch", "Relaunch")
    assert "Its id is mueller/relaunch." in added.err
    other = cowork("project", "add", "mueller/Relaunch!", "--rate", "90", "--json")
    assert (other.data["id"], other.data["name"]) == ("mueller/relaunch-2", "Relaunch!")
    assert "mueller/relaunch is taken" in other.err
    assert cowork("project", "add", "mueller/relaunch").code == 6, "an id is taken at its word"
    assert cowork("project", "add", "mueller/RELAUNCH").code == 6, "the name of another"
    assert cowork("project", "add", "mueller/Bad Name", "--name", "Good").code == 2
