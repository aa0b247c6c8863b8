"""`cowork init`: given as options, asked on a terminal, or refused."""

import pytest

ALL = (
    "init", "--name", "Erika Muster", "--company", "Muster IT", "--street", "Hauptstr. 1",
    "--postcode", "10115", "--city", "Berlin", "--country", "de", "--email", "erika@example.org",
    "--phone", "+49 30 1234567", "--tax-number", "27 / 123 / 45678", "--vat-id", "DE 136695976",
    "--iban", "DE02 1203 0000 0000 2020 51", "--bic", "byladem1001", "--small-business",
    "--timezone", "europe/berlin", "--land", "Berlin", "--contact", "erika@example.org",
)  # fmt: skip


def test_everything_is_checked_normalised_and_written(cowork, home):
    outcome = cowork(*ALL, "--json")
    assert outcome.code == 0, str(outcome)
    assert outcome.data == {
        "name": "Erika Muster",
        "company": "Muster IT",
        "street": "Hauptstr. 1",
        "postcode": "10115",
        "city": "Berlin",
        "country": "DE",
        "email": "erika@example.org",
        "phone": "+49 30 1234567",
        "tax_number": "27/123/45678",
        "vat_id": "DE136695976",
        "iban": "DE02120300000000202051",
        "bic": "BYLADEM1001",
        "small_business": True,
        "timezone": "Europe/Berlin",
        "land": "BE",
        "contact": "erika@example.org",
        "missing": [],
    }
    assert (home / "data" / "cowork.db").exists()
    assert cowork("config", "get", "seller.small_business").rows[0][1] == "yes"


def test_run_again_it_changes_only_what_is_given(cowork):
    cowork(*ALL)
    data = cowork("init", "--city", "Köln", "--no-small-business", "--json").data
    assert (data["city"], data["small_business"], data["name"]) == ("Köln", False, "Erika Muster")


def test_an_empty_value_takes_it_out(cowork):
    cowork(*ALL)
    data = cowork("init", "--company", "", "--tax-number", "", "--vat-id", "", "--json").data
    assert (data["company"], data["missing"]) == (None, ["--tax-number"])


def test_several_wrong_values_are_one_error_and_nothing_is_written(cowork, home):
    outcome = cowork("init", "--name", "Erika", "--iban", "DE03120300000000202051", "--land", "X")
    assert outcome.code == 2
    assert outcome.err.startswith("error: 2 values are wrong: seller.iban: ")
    assert 'land: "X" is no Land' in outcome.err
    assert not home.exists() or not (home / "data").exists()


@pytest.mark.parametrize("words", [("init",), ("init", "--no-input")])
def test_nothing_given_and_nobody_to_ask_names_what_is_missing(cowork, home, words):
    outcome = cowork(*words)
    assert outcome.code == 2
    assert "`--name` is missing" in outcome.err
    assert not (home / "data").exists()


def test_nothing_given_shows_who_is_there_already(cowork):
    cowork(*ALL)
    outcome = cowork("init", "--no-input")
    assert outcome.code == 0
    assert "nothing was changed" in outcome.err
    assert outcome.rows[0][0] == "Erika Muster"


def test_the_zone_is_the_systems_until_it_is_set(cowork):
    data = cowork("init", "--name", "Erika", "--json").data
    assert data["timezone"] == "Europe/Berlin"
    assert cowork("config", "get", "timezone").rows[0][2] == "default"
    assert cowork("init", "--timezone", "America/Lima", "--json").data["timezone"] == "America/Lima"
    assert data["land"] is None


def test_guided_asks_again_and_takes_the_city_of_the_postcode(cowork):
    typed = [
        "", "Erika Muster", "", "Hauptstr. 1", "10115", "", "", "Narnia", "Berlin", "",
        "erika", "erika@example.org", "", "", "27/123/45678", "", "DE02120300000000202051",
    ]  # fmt: skip
    outcome = cowork("init", stdin="\n".join(typed) + "\n", terminal=True)
    assert outcome.code == 0, str(outcome)
    assert outcome.err.startswith("Welcome.")
    assert "City [Berlin]: " in outcome.err
    assert 'land: "Narnia" is no Land' in outcome.err
    assert '"erika" is not an e-mail address' in outcome.err
    assert "cowork client add" in outcome.err
    assert "Erika Muster" in outcome.out
    data = cowork("init", "--no-input", "--json").data
    assert (data["city"], data["land"], data["missing"]) == ("Berlin", "BE", [])
    assert cowork("config", "get", "timezone").rows[0][2] == "default"


def test_guided_again_shows_what_is_set_and_can_take_it_out(cowork):
    cowork(*ALL)
    typed = ["", "-", *[""] * 13]
    outcome = cowork("init", stdin="\n".join(typed) + "\n", terminal=True)
    assert outcome.code == 0, str(outcome)
    assert "Your first and last name [Erika Muster]: " in outcome.err
    data = cowork("init", "--no-input", "--json").data
    assert (data["company"], data["iban"]) == (None, "DE02120300000000202051")


def test_the_end_of_the_input_leaves_everything_as_it_was(cowork, home):
    outcome = cowork("init", stdin="Erika Muster\nMuster IT\n", terminal=True)
    assert outcome.code == 2
    assert "the input ended" in outcome.err
    assert not (home / "config" / "settings.toml").exists()


def test_a_home_that_cannot_be_used_changes_no_settings(cowork, home):
    (home / "data").mkdir(parents=True)
    (home / "data" / "cowork.db").write_bytes(b"")
    assert cowork("init", "--name", "Erika").code == 3
    assert not (home / "config" / "settings.toml").exists()


GUIDED = ["Erika Muster", "", "Weg 1", "10115", *[""] * 6, "", "", "27/123/45678", "", ""]


def test_guided_asks_for_the_contact_and_says_what_leaves_the_machine(cowork):
    typed = [*GUIDED, "me@example.org", "vielleicht", "no"]
    outcome = cowork("init", stdin="\n".join(typed) + "\n", terminal=True)
    assert outcome.code == 0, str(outcome)
    for words in ("osm (overpass-api.de)", "coworkingview (api.coworkingview.com)", "the point"):
        assert words in outcome.err
    assert '"vielleicht" is neither yes nor no' in outcome.err
    assert cowork("init", "--no-input", "--json").data["contact"] == "me@example.org"
    on = {row["name"]: row["enabled"] for row in cowork("account", "list", "--json").data}
    assert (on["local"], on["osm"], on["coworkingview"]) == (True, False, False)
    again = cowork("init", "--online", "--json")
    assert again.code == 0, str(again)
    on = {row["name"]: row["enabled"] for row in cowork("account", "list", "--json").data}
    assert (on["osm"], on["coworkingview"], on["openfairdb"]) == (True, True, False)


def test_who_stops_before_the_last_questions_is_set_up_and_nothing_is_switched(cowork):
    outcome = cowork("init", stdin="\n".join(GUIDED) + "\n", terminal=True)
    assert outcome.code == 0, str(outcome)
    on = {row["name"]: row["enabled"] for row in cowork("account", "list", "--json").data}
    assert (on["osm"], on["coworkingview"]) == (True, True)
