"""What is changed in a record is what it says afterwards, field by field; the rest stays as it was."""

import shlex
from typing import Any

import pytest

from tests.conftest import Cowork

pytestmark = pytest.mark.usefixtures("november")

FILLED = """
space add Loft --city Berlin
address add Berlin --street 'Ring 1' --postcode 10115 --city Berlin --country DE
contract add desk --starts 2026-01-01 --notice '1m to month-end' --price 150
people add 'Ada Lovelace' --email ada@example.org
team add carl --cap 100/month
post add --kind fine --sender Amt --received 2026-11-20
quote add acme --line Design --price 100 --title Web
membership add loft Flex --starts 2026-11-01 --includes days=10/month
event add Fair --on 2026-12-01
invoice plan add acme --every month --from 2026-12-01 --line Care --price 100
client edit acme --street 'Ring 5'
track add acme/site --from 9:00 --to 11:00 Concept
feedback add loft 'too loud'
"""


@pytest.fixture
def filled(acme: Cowork) -> Cowork:
    for line in FILLED.strip().splitlines():
        outcome = acme(*shlex.split(line))
        assert outcome.code == 0, f"{line}\n{outcome}"
    return acme


CHANGES: list[tuple[str, dict[str, Any]]] = [
    ("contract edit desk --deposit 300 --note 'of 2025' --form text",
     {"deposit": {"amount": "300.00", "currency": "EUR"}, "note": "of 2025", "form": "text"}),
    ("contract edit desk --space loft", {"space": "local:loft", "note": "of 2025"}),
    ("contract edit desk --space ''", {"space": None, "address": None}),
    ("contract edit desk --address a-1", {"space": None, "address": "a-1"}),
    ("contract edit desk --note ''", {"note": None, "address": "a-1"}),
    ("contract edit desk --min-term 12m --renews month", {"min_term": "12m", "renews": "month"}),
    ("address edit a-1 --starts 2026-02-01 --state active --price 20",
     {"starts": "2026-02-01", "state": "active", "city": "Berlin"}),
    ("address edit a-1 --country AT", {"country": "AT", "starts": "2026-02-01"}),
    ("people edit ada --phone '+49 30 1' --trade Maths --skill rust --country DE --postcode 10115",
     {"phone": "+49 30 1", "trade": "Maths", "skills": ["rust"], "email": "ada@example.org"}),
    ("people edit ada --note 'met at the fair' --client acme", {"note": "met at the fair"}),
    ("team edit carl --cap 50/month --cost-centre K7 --person ada",
     {"cost_centre": "K7", "person": "person-1"}),
    ("team edit carl --cost-centre none --person none", {"cost_centre": None, "person": None}),
    ("post edit p-1 --note 'sent by hand' --sender Gericht",
     {"note": "sent by hand", "sender": "Gericht", "deadline": "2026-12-04"}),
    ("quote edit AN-2026-0001 --title 'Web site' --order-ref B-7 --note 'as agreed'",
     {"title": "Web site", "order_ref": "B-7", "note": "as agreed"}),
    ("quote edit AN-2026-0001 --order-ref ''", {"order_ref": None, "title": "Web site"}),
    ("membership edit ms-1 --note 'ends soon' --ends 2026-12-31",
     {"note": "ends soon", "ends": "2026-12-31", "starts": "2026-11-01"}),
    ("event edit ev-1 --note 'bring cards' --url https://example.org",
     {"note": "bring cards", "url": "https://example.org", "name": "Fair"}),
    ("feedback edit feedback-1 --answer 'we are sorry'", {"state": "answered"}),
    ("feedback edit feedback-1 --answer ''", {"answer": None}),
]  # fmt: skip


def test_what_is_edited(filled: Cowork) -> None:
    for line, fields in CHANGES:
        outcome = filled(*shlex.split(line), "--json")
        assert outcome.code == 0, f"{line}\n{outcome}"
        record = outcome.data
        assert {name: record[name] for name in fields} == fields, line
