"""What is said when a client changes: its currency there and back, a case that was said, an id that stays."""

import pytest

from tests.conftest import Cowork

pytestmark = pytest.mark.usefixtures("november")


def said(cowork: Cowork, *words: str) -> list[str]:
    outcome = cowork(*words)
    assert outcome.code == 0, str(outcome)
    return outcome.err.splitlines()


def test_a_draft_is_named_only_where_its_currency_is_another(acme: Cowork) -> None:
    assert acme("client", "edit", "acme", "--country", "DE").code == 0
    assert acme("invoice", "draft", "acme", "--empty").code == 0
    away = said(acme, "client", "edit", "acme", "--currency", "CHF", "--rate", "95")
    told = "draft-1 stays in EUR; drop it with `cowork invoice discard draft-1` and draft it again."
    assert told in away
    back = said(acme, "client", "edit", "acme", "--currency", "EUR", "--rate", "95")
    assert not any("draft-1" in line for line in back)


def test_german_vat_for_somebody_private_abroad_is_said_to_be_due(acme: Cowork) -> None:
    words = ("client", "add", "jean", "--name", "Jean", "--type", "private", "--country", "FR")
    told = said(acme, *words, "--tax", "standard")
    assert told[0] == ("jean is in FR and private: German VAT is charged (§ 3a (1) UStG).")


def test_an_id_may_be_given_again(acme: Cowork) -> None:
    words = ("project", "edit", "acme/site", "--rename", "site", "--note", "x", "--json")
    renamed = acme(*words).data
    assert (renamed["id"], renamed["note"]) == ("acme/site", "x")
