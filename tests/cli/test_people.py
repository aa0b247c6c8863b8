"""`cowork people` through the whole funnel: the ledger, vCards, introductions, and what is forgotten."""

import json
import sqlite3
from email import message_from_string
from email.policy import default
from pathlib import Path

import pytest

from tests.conftest import ACME, Cowork, Played

ADA = ("people", "add", "Ada Roth", "--trade", "illustrator", "--skill", "ink, web", "--email",
       "ada@example.org", "--met-at", "Hafen 12", "--met-on", "2026-11-02")  # fmt: skip
BELA = ("people", "add", "Bela Kun", "--company", "Kun GmbH", "--email", "bela@example.org")


@pytest.fixture
def both(played: Played) -> Cowork:
    """A home with a client and two people."""
    return played(*ACME, ADA, BELA)


def store_of(home: Path) -> sqlite3.Connection:
    return sqlite3.connect(home / "data" / "cowork.db")


# ---- the ledger


def test_what_was_said_of_a_person_is_kept(both: Cowork) -> None:
    data = both("people", "show", "ada", "--json").data
    assert (data["name"], data["trade"], data["skills"]) == (
        "Ada Roth",
        "illustrator",
        ["ink", "web"],
    )
    assert (data["met_at"], data["met_on"], data["source"]) == ("Hafen 12", "2026-11-02", "typed")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["ink"], ["Ada Roth"]),
        (["kun"], ["Bela Kun"]),
        (["--skill", "WEB"], ["Ada Roth"]),
        (["--trade", "illu"], ["Ada Roth"]),
        (["--met-at", "hafen"], ["Ada Roth"]),
        ([], ["Ada Roth", "Bela Kun"]),
        (["nobody"], []),
    ],
)
def test_people_are_found_by_what_is_known_of_them(
    both: Cowork, words: list[str], found: list[str]
) -> None:
    assert [row["name"] for row in both("people", "find", *words, "--json").data] == found


def test_a_fact_is_changed_and_taken_away(both: Cowork) -> None:
    both("people", "edit", "ada", "--trade", "none", "--phone", "+49 30 1")
    data = both("people", "show", "ada", "--json").data
    assert (data["trade"], data["phone"]) == (None, "+49 30 1")
    both("undo")
    assert both("people", "show", "ada", "--json").data["trade"] == "illustrator"


def test_the_same_person_twice_is_refused_and_another_of_the_name_is_not(both: Cowork) -> None:
    twice = both("people", "add", "ada roth")
    assert (twice.code, "person-1" in twice.err) == (6, True)
    assert both("people", "add", "Ada Roth", "--email", "other@example.org").code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--email", "no address"], 2),
        (["--met-on", "2026-12-24"], 2),
        (["--country", "Nowhere"], 2),
        (["--client", "nobody"], 5),
        (["--language", "fr"], 2),
        (["--company", "x" * 400], 2),
    ],
)
def test_what_cannot_be_is_refused_and_nobody_is_kept(
    acme: Cowork, words: list[str], code: int
) -> None:
    assert acme("people", "add", "Cem Demir", *words).code == code
    assert acme("people", "find", "--json").data == []


def test_control_signs_of_a_name_never_reach_the_terminal(acme: Cowork) -> None:
    acme("people", "add", "Eve\x1b[2J\u202e\nRoth", "--note", "a\x07b\r\nc")
    (row,) = acme("people", "find", "--json").data
    assert (row["name"], row["note"]) == ("Eve [2J Roth", "ab\nc")
    assert "\x1b" not in acme("people", "find", "-o", "table").out


def test_who_is_a_client_too_is_said(acme: Cowork) -> None:
    told = acme("people", "add", "Acme GmbH")
    assert "--client acme" in told.err
    acme("people", "edit", "person-1", "--client", "acme")
    assert acme("people", "show", "person-1", "--json").data["client"] == "acme"


# ---- what was between us, and what came of it


def test_talks_are_noted_and_counted(both: Cowork) -> None:
    both("people", "log", "ada", "asked", "Which printer", "--on", "2026-11-03")
    both("people", "log", "ada", "introduced", "--to", "bela")
    talks = both("people", "show", "ada", "--json").data["talks"]
    assert [(row["id"], row["kind"], row["with"]) for row in talks] == [
        ("talk-2", "introduced", "Bela Kun"),
        ("talk-1", "asked", None),
    ]
    both("people", "log", "talk-1", "--remove")
    assert len(both("people", "show", "ada", "--json").data["talks"]) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("ada", "danced"),
        ("ada", "introduced"),
        ("ada", "asked", "--to", "bela"),
        ("ada", "introduced", "--to", "ada"),
        ("ada",),
        ("ada", "asked", "--on", "2026-12-24"),
    ],
)
def test_a_talk_that_cannot_be_is_refused(both: Cowork, words: tuple[str, ...]) -> None:
    assert both("people", "log", *words).code == 2
    assert both("people", "show", "ada", "--json").data["talks"] == []


def test_income_is_counted_once_for_whom_brought_it(both: Cowork) -> None:
    both("people", "log", "bela", "lead", "--client", "acme")
    both("people", "log", "ada", "order", "--project", "acme/site")
    both("track", "add", "acme/site", "2h", "--on", "2026-11-24")
    both("invoice", "draft", "acme")
    both("invoice", "line", "draft-1", "--text", "Hosting", "--price", "50")
    assert both("invoice", "issue", "draft-1").code == 0
    both("contract", "add", "Desk", "--starts", "2026-10-15", "--price", "100", "--per", "month",
         "--notice", "1m to month-end")  # fmt: skip
    rows = both("report", "origin", "--year", "--json").data
    assert [(row["key"], row["kind"], row["net"]["amount"]) for row in rows] == [
        ("Ada Roth", "person", "190.00"),
        ("Bela Kun", "person", "50.00"),
        ("Desk", "cost", "-200.00"),
    ]
    both("invoice", "cancel", "2026-0001", "--reason", "wrong", "--yes")
    rows = both("report", "origin", "--year", "--json").data
    assert [row["kind"] for row in rows] == ["cost"]


def test_a_membership_costs_by_its_plan_unless_its_contract_says_it(both: Cowork) -> None:
    both("space", "add", "Hafen", "--postcode", "04109", "--city", "Leipzig", "--country", "DE")
    both("plan", "add", "Hafen", "Flex", "--kind", "month", "--price", "120net")
    both("membership", "add", "Hafen", "Desk of mine", "--plan", "plan-1", "--starts", "2026-10-15")
    both("membership", "add", "Hafen", "No plan", "--starts", "2026-10-15")
    shown = both("report", "origin", "--year", "--json")
    assert [(row["key"], row["kind"], row["net"]["amount"], row["origin"]) for row in shown.data] == [
        ("Desk of mine", "cost", "-240.00", "2 months begun, ms-1, plan-1 net"),
    ]  # fmt: skip
    assert (
        "ms-2 (No plan) names no plan and no contract: what it cost is not in the rows" in shown.err
    )
    both("contract", "add", "Desk", "--starts", "2026-10-15", "--price", "100", "--per", "month",
         "--notice", "1m to month-end")  # fmt: skip
    assert both("membership", "edit", "ms-1", "--contract", "c-1").code == 0
    rows = both("report", "origin", "--year", "--json").data
    assert [(row["key"], row["net"]["amount"]) for row in rows] == [("Desk", "-200.00")]


# ---- a mail to two


def test_an_introduction_names_both_and_nothing_private(both: Cowork) -> None:
    both("people", "edit", "ada", "--note", "owes me a coffee")
    mail = message_from_string(both("people", "intro", "ada", "bela").out, policy=default)
    assert str(mail["To"]) == "Ada Roth <ada@example.org>, Bela Kun <bela@example.org>"
    assert mail["X-Unsent"] == "1"
    text = mail.get_content()
    assert "illustrator" in text
    assert "Kun GmbH" in text
    assert "coffee" not in text
    assert "Hafen" not in text


def test_a_name_cannot_add_a_header_to_a_mail(both: Cowork) -> None:
    both("people", "edit", "ada", "--name", "Ada\nBcc: evil@example.org", "--language", "en")
    mail = message_from_string(both("people", "intro", "person-1", "bela").out, policy=default)
    assert mail["Bcc"] is None
    assert len(mail["To"].addresses) == 2


def test_an_introduction_without_an_address_says_whose_it_is(both: Cowork) -> None:
    both("people", "edit", "bela", "--email", "none")
    refused = both("people", "intro", "ada", "bela")
    assert (refused.code, "Bela Kun" in refused.err) == (2, True)


# ---- forgotten


def test_the_forgotten_is_in_no_byte_of_the_store_and_the_chain_holds(
    both: Cowork, home: Path
) -> None:
    both("people", "edit", "ada", "--note", "Quetzalcoatl")
    both("people", "edit", "ada", "--note", "another")
    both("people", "log", "bela", "introduced", "to Quetzalcoatl", "--to", "ada")
    both("people", "log", "ada", "asked", "Quetzalcoatl too")
    gone = both("people", "forget", "Ada Roth", "--yes", "--json")
    assert gone.code == 0
    assert gone.data["records"] == 3
    whole = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    for word in (b"Quetzalcoatl", b"Ada Roth", b"ada@example.org", b"Hafen 12"):
        assert word not in whole
    assert both("data", "verify").code == 0
    assert [row["name"] for row in both("people", "find", "--json").data] == ["Bela Kun"]


def test_what_was_forgotten_is_not_undone(both: Cowork) -> None:
    both("people", "forget", "Ada Roth", "--yes")
    refused = both("undo")
    assert (refused.code, "forgotten" in refused.err) == (6, True)
    assert both("history").code == 0


@pytest.mark.file_store(reason="changes the file past the program")
def test_an_older_change_of_the_forgotten_is_refused_by_name(both: Cowork, home: Path) -> None:
    both("people", "remove", "Ada Roth")
    both("people", "forget", "Bela Kun", "--yes")
    connection = store_of(home)
    connection.executescript("DROP TRIGGER barriers_remain; DELETE FROM barriers;")
    connection.close()
    refused = both("undo")
    assert (refused.code, "was forgotten" in refused.err) == (6, True)


def test_who_was_removed_before_is_forgotten_by_number_no_more(both: Cowork) -> None:
    both("people", "remove", "Ada Roth")
    assert both("people", "forget", "Ada Roth", "--yes").code == 5
    both("undo")
    assert both("people", "forget", "Ada Roth", "--yes").code == 0


@pytest.mark.file_store(reason="changes the file past the program")
def test_an_emptied_row_without_an_erasure_is_found(both: Cowork, home: Path) -> None:
    both("people", "forget", "Ada Roth", "--yes")
    connection = store_of(home)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute("UPDATE journal SET after = NULL WHERE table_name = 'people'")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(
            "UPDATE journal SET after = '{\"erased\":\"' || printf('%064d', 0) || '\"}' "
            "WHERE table_name = 'people' AND row_id = 2"
        )
    connection.executescript("DELETE FROM erasures")
    connection.close()
    found = both("data", "verify")
    assert "was emptied, and no erasure says so" in found.out
    assert found.code != 0


@pytest.mark.file_store(reason="changes the file past the program")
def test_a_changed_image_of_a_person_breaks_the_chain(both: Cowork, home: Path) -> None:
    connection = store_of(home)
    connection.executescript(
        "DROP TRIGGER journal_stays; UPDATE journal SET after = replace(after, 'Ada', 'Eva') "
        "WHERE table_name = 'people'"
    )
    connection.close()
    assert "does not fit its hash" in both("data", "verify").out


def test_the_words_of_a_command_about_others_are_not_kept(both: Cowork) -> None:
    commands = [row["command"] for row in both("history", "--json").data["changes"]]
    assert commands[:2] == ["people add", "people add"]


def test_a_client_stays_and_is_named(both: Cowork) -> None:
    both("people", "edit", "ada", "--client", "acme")
    refused = both("people", "forget", "Ada Roth", "--yes")
    assert (refused.code, "client acme" in refused.err) == (6, True)
    assert len(both("people", "find", "--json").data) == 2
    kept = both("people", "forget", "Ada Roth", "--keep-client", "--yes", "--json").data
    assert kept["stays"][0].startswith("the client acme")
    assert both("client", "show", "acme").code == 0


def test_a_dry_run_forgets_nobody_and_backups_are_named(both: Cowork) -> None:
    both("data", "backup")
    seen = both("people", "forget", "Ada Roth", "--dry-run", "--json").data
    assert (seen["dry_run"], len(seen["backups"])) == (True, 1)
    assert len(both("people", "find", "--json").data) == 2
    assert both("people", "forget", "Ada Roth").code == 2, "it asks"


def test_the_forgotten_stay_so_in_an_export(both: Cowork, tmp_path: Path) -> None:
    both("people", "forget", "Ada Roth", "--yes")
    both("data", "export", "--out", str(tmp_path / "all.zip"))
    other = str(tmp_path / "other")
    taken = both("data", "import", str(tmp_path / "all.zip"), env={"COWORK_HOME": other})
    assert taken.code == 0, str(taken)
    assert both("data", "verify", env={"COWORK_HOME": other}).code == 0


# ---- vCards

OLD = (
    "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;\n"
    "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg M=C3=BCller\nTEL;CELL:0170 1\nEND:VCARD\n"
)
NEW = (
    "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:urn:uuid:1\r\nFN:Cem Demir\r\nN:Demir;Cem;;;\r\n"
    "EMAIL;PREF=1:cem@example.org\r\nEMAIL:old@example.org\r\nORG:Demir\\; Partner;Tax\r\n"
    "ADR:;;Weg 1;Berlin;;10115;Germany\r\nNOTE:a\\, b\\nc\r\nBDAY:19700101\r\nCATEGORIES:tax,law\r\nEND:VCARD\r\n"
)


def test_cards_of_several_versions_are_taken_once(acme: Cowork, tmp_path: Path) -> None:
    file = tmp_path / "contacts.vcf"
    file.write_text(OLD + NEW, encoding="utf-8", newline="")
    told = acme("people", "import", str(file), "--met-at", "Hafen", "--json")
    assert told.data["taken"] == 2
    assert told.data["left_out"] == ["BDAY", "departments of ORG", "further EMAIL"]
    cem, joerg = acme("people", "find", "--json").data
    assert (cem["email"], cem["company"], cem["note"]) == (
        "cem@example.org", "Demir; Partner", "a, b\nc"
    )  # fmt: skip
    assert cem["address"] == {
        "street": "Weg 1", "postcode": "10115", "city": "Berlin", "country": "DE"
    }  # fmt: skip
    assert (joerg["name"], joerg["phone"], joerg["met_at"]) == ("Jörg Müller", "0170 1", "Hafen")
    again = acme("people", "import", str(file), "--json").data
    assert (again["taken"], again["known"]) == (0, 2)
    acme("undo")
    assert acme("people", "find", "--json").data == []


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n", 6, "has no name"),
        ("BEGIN:VCARD\nVERSION:3.0\nFN:Eve\n", 6, "cut off"),
        ("BEGIN:VCARD\nFN:Eve\nEMAIL:nonsense\nEND:VCARD\n", 6, "not an e-mail address"),
        ("BEGIN:VCARD\nFN:Eve\nBEGIN:VCARD\nFN:Bo\nEND:VCARD\n", 6, "no END:VCARD"),
        ("hello\n", 6, "does not begin with BEGIN:VCARD"),
        ("", 2, "holds no vCard"),
        ("\n\n", 2, "holds no vCard"),
    ],
)
def test_a_broken_card_is_named_and_nobody_is_taken(
    acme: Cowork, tmp_path: Path, text: str, code: int, said: str
) -> None:
    file = tmp_path / "contacts.vcf"
    file.write_text(
        NEW + text if text.strip() and code == 6 else text, encoding="utf-8", newline=""
    )
    refused = acme("people", "import", str(file))
    assert (refused.code, said in refused.err) == (code, True), str(refused)
    assert acme("people", "find", "--json").data == []


def test_what_is_broken_can_be_left_out(acme: Cowork, tmp_path: Path) -> None:
    file = tmp_path / "contacts.vcf"
    file.write_text("BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n" + NEW, encoding="utf-8", newline="")
    data = acme("people", "import", str(file), "--skip-bad", "--json").data
    assert (data["taken"], len(data["skipped"])) == (1, 1)


def test_what_goes_out_comes_in_again_without_what_is_private(both: Cowork, tmp_path: Path) -> None:
    both("people", "edit", "ada", "--note", "none", "--street", "Weg; 1", "--purpose", "secret")
    out = tmp_path / "people.vcf"
    assert both("people", "export", "--out", str(out)).code == 0
    text = out.read_text(encoding="utf-8")
    assert "secret" not in text
    assert "Hafen 12" not in text
    elsewhere = {"COWORK_HOME": str(tmp_path / "other")}
    assert both("people", "import", str(out), env=elsewhere).code == 0
    rows = both("people", "find", "--json", env=elsewhere).data
    assert [row["name"] for row in rows] == ["Ada Roth", "Bela Kun"]
    assert rows[0]["address"]["street"] == "Weg; 1"
    assert rows[0]["skills"] == ["ink", "web"]


def test_all_that_is_kept_of_a_person_goes_out_as_json(both: Cowork) -> None:
    both("people", "log", "ada", "gave", "=cmd")
    (person,) = json.loads(both("people", "export", "ada", "--format", "json").out)
    assert person["talks"][0]["text"] == "=cmd"
    assert person["met_at"] == "Hafen 12"


def test_a_cell_is_no_formula_for_a_spreadsheet(both: Cowork) -> None:
    both("people", "edit", "ada", "--company", "=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in both("people", "export", "--format", "csv").out


def test_an_id_that_is_gone_is_nobody_elses_name(acme: Cowork) -> None:
    acme("people", "add", "Ada Roth")
    acme("people", "add", "person-1")
    acme("people", "remove", "person-1")
    for words in (
        ("people", "show", "person-1"),
        ("people", "remove", "person-1"),
        ("people", "forget", "person-1", "--yes"),
    ):
        gone = acme(*words)
        assert (gone.code, 'there is no person "person-1"\n' in gone.err) == (5, True), str(gone)
    assert acme("people", "show", "person-2", "--json").data["name"] == "person-1"


def test_a_card_with_the_uid_of_somebody_else_is_said(acme: Cowork, tmp_path: Path) -> None:
    card = "BEGIN:VCARD\nVERSION:4.0\nUID:u1\nFN:{}\nEND:VCARD\n"
    (tmp_path / "two.vcf").write_text(card.format("One") + card.format("Two"))
    told = acme("people", "import", str(tmp_path / "two.vcf"))
    assert "not changed: Two (kept as One)." in told.err
    again = acme("people", "import", str(tmp_path / "two.vcf"))
    assert "not changed: Two (kept as One)." in again.err
    ahead = acme("people", "import", str(tmp_path / "two.vcf"), "--met-on", "2027-01-01")
    assert (ahead.code, "2027-01-01 is ahead" in ahead.err) == (2, True)


def test_what_came_of_it_is_of_one_client(acme: Cowork) -> None:
    acme("client", "add", "other", "--name", "Other")
    acme("people", "add", "Ada Roth", "--skill", "ink")
    words = ("people", "log", "ada", "order", "--project", "acme/site", "--client")
    refused = acme(*words, "other")
    assert (refused.code, "acme/site is no project of other" in refused.err) == (2, True)
    assert acme(*words, "acme").code == 0
    assert acme("people", "edit", "ada", "--skill", "none", "--json").data["skills"] == []
    shown = acme("people", "show", "ada", terminal=True).out
    assert "address" not in shown, "what is not known has no line"
    assert "Talk" not in shown
    assert "talk-1" in shown


def test_the_form_of_an_export_follows_the_name_of_its_file(acme: Cowork, tmp_path: Path) -> None:
    acme("people", "add", "Ada Roth")
    for name, begins in (("p.csv", "id,name"), ("p.json", "["), ("p.vcf", "BEGIN:VCARD")):
        acme("people", "export", "--out", str(tmp_path / name))
        assert (tmp_path / name).read_text().startswith(begins)


def test_a_calendar_is_no_table(acme: Cowork, tmp_path: Path) -> None:
    for words in (("booking", "export"), ("deadlines",)):
        refused = acme(*words, "--out", str(tmp_path / "x.csv"))
        assert (refused.code, "is no name of a calendar" in refused.err) == (2, True), str(refused)
    assert not (tmp_path / "x.csv").exists()
