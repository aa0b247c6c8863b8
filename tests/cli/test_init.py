"""`cowork init`: given as options, asked on a terminal, or refused."""

import pytest

ALL = (
    "init", "--name", "Erika Muster", "--company", "Muster IT", "--street", "Hauptstr. 1",
    "--postcode", "10115", "--city", "Berlin", "--country", "de", "--email", "erika@example.org",
    "--phone", "+49 30 1234567", "--tax-number", "27 / 123 / 45678", "--vat-id", "DE 136695976",
    "--iban", "DE02 1203 0000 0000 2020 51", "--bic", "byladem1001", "--small-business",
    "--timezone", "europe/berlin", "--land", "Berlin", "--contact", "erika@example.org",
)  # fmt: skip


@pytest.mark.file_store(reason="looks for the file")
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
    assert cowork("config", "get", "timezone").rows[0][1:3] == ["Europe/Berlin", "settings.toml"], (
        "the zone that was shown and kept is stored"
    )


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


@pytest.mark.file_store(reason="looks for the file")
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


WHO = ["Erika Muster", "", "Weg 1"]
REST = ["", "", "", "", "", "27/123/45678", "", ""]  # zone, e-mail, phone, § 19, … IBAN


def guided(cowork, *typed):
    return cowork("init", stdin="\n".join(typed) + "\n", terminal=True)


def told(cowork):
    data = cowork("init", "--no-input", "--json").data
    return data["postcode"], data["city"], data["land"]


def test_guided_offers_the_town_and_the_land_of_the_postcode(cowork):
    outcome = guided(cowork, *WHO, "80331", "", "", "", *REST)
    assert outcome.code == 0, str(outcome)
    assert "City [München]: " in outcome.err
    assert "(BE, NW, Bayern …) [BY]: " in outcome.err
    assert told(cowork) == ("80331", "München", "BY")


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        (["1", ""], ("10115", "Berlin", "BE")),
        (["", ""], ("10115", "Berlin", "BE")),
        (["3", ""], ("10115", "Hamburg", "BE")),
        (["9", "3", ""], ("10115", "Hamburg", "BE")),
        (["2", "20095", "Hamburg", "", ""], ("20095", "Hamburg", "HH")),
    ],
)
def test_guided_asks_where_postcode_and_town_do_not_fit(cowork, answers, wanted):
    outcome = guided(cowork, *WHO, "10115", "Hamburg", "", *answers, *REST)
    assert outcome.code == 0, str(outcome)
    assert "10115 is Berlin, not Hamburg, as the gazetteer has it." in outcome.err
    assert told(cowork) == wanted


@pytest.mark.parametrize(("answer", "land"), [("1", "BE"), ("2", "BY")])
def test_guided_asks_where_the_land_is_another(cowork, answer, land):
    outcome = guided(cowork, *WHO, "10115", "", "", "Bayern", answer, *REST)
    assert outcome.code == 0, str(outcome)
    assert "10115 lies in Berlin (BE), not in Bayern, as the gazetteer has it." in outcome.err
    assert told(cowork) == ("10115", "Berlin", land)


@pytest.mark.parametrize(
    ("postcode", "city"),
    [
        ("10115", "berlin"), ("60311", "Frankfurt"), ("50823", "Köln-Ehrenfeld"), ("80331", "Muenchen"),
        ("14827", "Wiesenburg/Mark"), ("14827", "Wiesenburg"), ("99999", "Narnia"),
    ],
)  # fmt: skip
def test_guided_does_not_ask_where_it_fits_or_nobody_knows(cowork, postcode, city):
    outcome = guided(cowork, *WHO, postcode, city, "", "BE" if postcode == "99999" else "", *REST)
    assert outcome.code == 0, str(outcome)
    assert "gazetteer" not in outcome.err
    assert told(cowork)[:2] == (postcode, city)


def test_guided_goes_back(cowork):
    typed = ["Erika", "<", "Erika Muster", "<", "<", "<", "", "Muster IT", "Weg 1", "10115", "<", "<",
             "Weg 2", "", "", "", "", *REST]  # fmt: skip
    outcome = guided(cowork, *typed)
    assert outcome.code == 0, str(outcome)
    assert "Your first and last name [Erika Muster]: " in outcome.err
    assert "Street and number [Weg 1]: " in outcome.err
    data = cowork("init", "--no-input", "--json").data
    assert (data["name"], data["company"], data["street"]) == ("Erika Muster", "Muster IT", "Weg 2")
    assert told(cowork) == ("10115", "Berlin", "BE")


def test_what_does_not_fit_is_said_without_asking(cowork):
    words = ("init", "--name", "E", "--postcode", "10115", "--city", "Hamburg", "--land", "BY")
    outcome = cowork(*words)
    assert outcome.code == 0
    assert "10115 is Berlin, not Hamburg" in outcome.err
    assert "10115 lies in Berlin (BE), not in Bayern" in outcome.err
    assert "gazetteer" not in cowork("init", "--phone", "1").err
    assert "gazetteer" not in cowork("init", "--country", "AT", "--postcode", "1010").err


def test_the_way_back_is_said(cowork):
    cowork(*ALL)
    changed = cowork("init", "--city", "Köln am Rhein")
    assert (
        "`cowork config set seller.city Berlin`; `cowork undo` does not reach settings"
        in changed.err
    )
    assert "undo" not in cowork("init", "--city", "Köln am Rhein").err
    first = cowork("config", "set", "hours.week", "Mo-Do 09:00-17:00")
    assert "`cowork config unset hours.week`" in first.err
    again = cowork("config", "set", "hours.week", "Mo-Fr 08:00-16:00")
    assert "`cowork config set hours.week 'Mo-Do 09:00-17:00'`" in again.err
    assert cowork("config", "set", "hours.week", "Mo-Do 09:00-17:00").code == 0
    assert "does not reach" not in cowork("config", "set", "hours.week", "Mo-Do 09:00-17:00").err
    gone = cowork("config", "unset", "hours.week")
    assert "`cowork config set hours.week 'Mo-Do 09:00-17:00'`" in gone.err
