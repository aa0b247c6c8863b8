"""What each kind of setting accepts, stores and refuses."""

from datetime import UTC, datetime

import pytest

from cowork_cli.config import SETTINGS, Config
from cowork_cli.errors import BadInput
from cowork_cli.paths import locate
from cowork_cli.services.home import moving, owning, profile, rehearsing, settings
from cowork_cli.store.engine import whose
from cowork_cli.store.engine.store import MOVING_TO_FILE, Server
from tests import stores

GOOD = [
    ("timezone", "europe/berlin", "Europe/Berlin"),
    ("timezone", "America/New York", "America/New_York"),
    ("land", "NRW", "NW"),
    ("land", "Bayern", "BY"),
    ("hours.week", "Mo-Fr 09:00-17:00", "Mo-Fr 09:00-17:00"),
    ("hours.day_boundary", "4 uhr", "04:00"),
    ("seller.name", "  Erika Muster ", "Erika Muster"),
    ("seller.country", "at", "AT"),
    ("seller.country", "Österreich", "AT"),
    ("seller.country", "Germany", "DE"),
    ("seller.email", "erika@büro.example", "erika@büro.example"),
    ("seller.tax_number", "27/123/45678", "27/123/45678"),
    ("seller.vat_id", "DE 136695976", "DE136695976"),
    ("seller.iban", "DE02 1203 0000 0000 2020 51", "DE02120300000000202051"),
    ("seller.bic", "byladem1001", "BYLADEM1001"),
    ("seller.small_business", "ja", True),
    ("seller.small_business", "False", False),
    ("invoice.number_format", "{series}-{year}-{seq:03}", "{series}-{year}-{seq:03}"),
    ("invoice.number_format", "RE{seq}", "RE{seq}"),
    ("invoice.next.RE", "12", 12),
    ("invoice.terms", "2w", "14d"),
    ("invoice.language", "EN", "en"),
    ("invoice.footer", "one\ntwo", "one\ntwo"),
    ("turnover.2025", "18000", "18000"),
    ("tax.basis", "paid", "paid"),
    ("tax.filing", "month", "month"),
    ("datev.chart", "skr04", "SKR04"),
    ("profile.kind", "freelance", "freelance"),
    ("output", "json", "json"),
]


@pytest.mark.parametrize(("name", "typed", "stored"), GOOD)
def test_a_good_value_is_stored_in_one_form(name, typed, stored):
    assert settings.checked(name, typed) == stored


@pytest.mark.parametrize(
    ("name", "typed", "why"),
    [
        ("timezone", "Berlin/Mitte", "time zone"),
        ("timezone", "localtime", "time zone"),
        ("timezone", "factory", "time zone"),
        ("land", "Narnia", "no Land"),
        ("hours.day_boundary", "25:00", "not a time"),
        ("seller.name", " ", "must not be empty"),
        ("seller.name", "a\x1b[2Jb", "control characters"),
        ("seller.name", "two\nlines", "control characters"),
        ("seller.name", "x" * 2001, "longer than"),
        ("seller.country", "XX", "not a country"),
        ("seller.email", "erika.example.org", "not an e-mail"),
        ("seller.email", "a@b@c.de", "not an e-mail"),
        ("seller.email", "a@localhost", "not an e-mail"),
        ("seller.email", "a@\u202eb.example", "not an e-mail"),
        ("seller.email", "a@b.example\u200b", "not an e-mail"),
        ("seller.iban", "DE03120300000000202051", "wrong check digit"),
        ("seller.small_business", "perhaps", "neither yes nor no"),
        ("invoice.number_format", "{year}", "must hold {seq} once"),
        ("invoice.number_format", "{seq}{seq}", "must hold {seq} once"),
        ("invoice.number_format", "{month}-{seq}", "cannot hold {month}"),
        ("invoice.number_format", "{seq:4}", "cannot hold {seq:4}"),
        ("invoice.number_format", "{seq", "single brace"),
        ("invoice.next.RE", "0", "above zero"),
        ("invoice.next.RE", "-1", "above zero"),
        ("invoice.terms", "soon", "number of days"),
        ("invoice.language", "fr", 'cannot be "fr"'),
        ("datev.chart", "SKR99", "cannot be"),
        ("output", "xml", "cannot be"),
        ("store.id", "x", "written by cowork"),
        ("seller.nam", "x", 'did you mean "seller.name"'),
    ],
)
def test_a_bad_value_says_why_and_how_to_write_it(name, typed, why):
    with pytest.raises(BadInput) as raised:
        settings.checked(name, typed)
    assert why in raised.value.message
    assert (
        "`" in (raised.value.hint or "")
        or "one of" in (raised.value.hint or "")
        or "line" in (raised.value.hint or "")
        or "shorten" in (raised.value.hint or "")
    )


def test_every_kind_in_the_table_has_a_check():
    kinds = {row.kind for row in SETTINGS}
    assert kinds <= {*settings._CHECKS, *settings._CHOICES}


def test_several_wrong_values_are_one_error():
    with pytest.raises(BadInput) as raised:
        settings.checked_all({"land": "Narnia", "seller.email": "x", "seller.name": "Erika"})
    assert raised.value.message.startswith("2 values are wrong: land: ")
    assert "seller.email" in raised.value.message


def test_set_and_unset_survive_reading_again(home):
    paths = locate({"COWORK_HOME": str(home)})
    assert settings.set(Config(paths), "land", "Berlin").value == "BE"
    assert Config(paths).explain("land").source == "settings.toml"
    assert settings.unset(Config(paths), "land").source == "default"
    assert Config(paths).get("land") is None


def test_settings_of_accounts_are_shown_but_not_changed_here(home):
    paths = locate({"COWORK_HOME": str(home)})
    config = Config(paths)
    config.write({"accounts.hafen.provider": "cobot"})
    assert settings.explain(config, "accounts.hafen.provider").value == "cobot"
    with pytest.raises(BadInput, match="setting of an account"):
        settings.set(config, "accounts.hafen.provider", "anny")
    with pytest.raises(BadInput, match="no account has"):
        settings.explain(config, "accounts.hafen.nix")


def test_of_several_all_that_is_wrong_is_named_and_one_alone_as_it_is() -> None:
    assert settings.checked_all({"land": "NRW", "quote.valid": "60d"}) == {
        "land": "NW", "quote.valid": "60d",
    }  # fmt: skip
    with pytest.raises(BadInput) as alone:
        settings.checked_all({"land": "NRW", "quote.valid": "0d"})
    assert alone.value.message == "quote.valid: a quote that is valid for 0d is none"
    assert alone.value.hint == "write it as `30d`"
    with pytest.raises(BadInput) as both:
        settings.checked_all({"land": "Narnia", "quote.valid": "0d"})
    assert both.value.message.startswith("2 values are wrong: ")
    assert both.value.message.endswith("; quote.valid: a quote that is valid for 0d is none")


def test_who_prints_an_address_that_is_held_needs_no_street(home) -> None:
    config = Config(locate({"COWORK_HOME": str(home)}))
    assert profile.missing(config) == ("--name", "--street", "--postcode", "--city", "--tax-number")
    config.write({"seller.address": "a-1", "seller.vat_id": "DE136695976"})
    assert profile.missing(config) == ("--name",)


def test_a_rehearsal_has_the_store_of_the_server_or_none(home) -> None:
    paths = locate({"COWORK_HOME": str(home)})
    Config(paths).write({"store.url": "postgresql://h/x", "land": "NW"})
    with rehearsing.rehearsal(paths) as copy:
        assert not (copy / "data" / "cowork.db").exists()
    with rehearsing.rehearsal(paths, lambda path: path.write_text("a copy") and None) as copy:
        assert (copy / "data" / "cowork.db").read_text() == "a copy"
        there = Config(locate({"COWORK_HOME": str(copy)}))
        assert (there.text("store.url"), there.text("land")) == (None, "NW")
    assert Config(paths).text("store.url") == "postgresql://h/x"
    assert not copy.exists()


def test_who_owns_the_store_is_told_nothing_of_another(home) -> None:
    store = stores.opened(home)
    with store.transaction():
        whose.say(store.connection, "anna")
    assert owning.told(store, "anna") == []
    (line,) = owning.told(store, "ben")
    assert line.startswith("What was recorded without a name is anna's, and stays so; ")
    store.close()


@pytest.mark.parametrize(
    "noted", ["postgresql://h/another\tidentity\n", "postgresql://h/x\tidentity\n", "odd", None]
)
def test_a_move_of_another_store_is_not_the_one_to_be_finished(home, noted) -> None:
    """Of another server, without the file it was to bring, in no form, or none at all: nobody is asked."""
    paths = locate({"COWORK_HOME": str(home)})
    if noted is not None:
        paths.state.mkdir(parents=True)
        (paths.state / MOVING_TO_FILE).write_text(noted, encoding="utf-8")
    at = moving.Home(paths, Config(paths), datetime.now(UTC), print, lambda: None)
    assert not moving.finish_to_file(at, Server("postgresql://h/x", lambda: None, "store.url"))
    assert (paths.state / MOVING_TO_FILE).exists() == (noted is not None)
