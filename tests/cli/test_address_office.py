"""What an address may be used for, its dossier, imprint, end, move, and orders."""

import json
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from cowork_cli.domain.address import AddressPlan
from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import SpaceQuery
from cowork_cli.errors import PriceAboveLimit
from cowork_cli.providers import registry
from cowork_cli.services.addresses import ordering
from cowork_cli.services.addresses.offers import offers
from cowork_cli.store.engine.store import Store
from tests.conftest import Cowork
from tests.fakes.letterbox_provider import ROW, SILENT
from tests.stores import opened


@pytest.fixture
def held(acme: Cowork) -> Cowork:
    for words in (
        ("address", "add", "c/o Dorfbüro", "--street", "Hof 3", "--postcode", "10119", "--city",
         "Berlin", "--provider", "Dorf eG", "--recipient", "Erika Muster"),
        ("address", "add", "Neue Mitte", "--street", "Weg 4", "--postcode", "50667", "--city", "Köln"),
    ):  # fmt: skip
        done = acme(*words)
        assert done.code == 0, str(done)
    return acme


# ---- uses


def test_every_use_has_a_rule_with_source_and_date(held: Cowork) -> None:
    uses = held("address", "check", "a-1", "--json").data["uses"]
    assert set(uses) == {
        "imprint", "invoice", "trade", "register", "lawsuit", "tax", "bank", "google", "vat-id",
    }  # fmt: skip
    for use in uses.values():
        assert use["allowed"] == "unknown"
        assert use["rule"]
        assert use["source"]
        assert use["as_of"].startswith("20")
    assert "OLG München 29 U 8/17" in uses["imprint"]["contested"]
    assert "V ZR 210/22" in uses["lawsuit"]["source"]


def test_the_matrix_is_a_table(held: Cowork) -> None:
    shown = held("address", "check", "a-1", "-o", "table", env={"COLUMNS": "160"}).out
    assert "Rule found" in shown
    assert "vat-id" in shown
    assert "Contested" in shown


def test_an_answer_of_the_contract_needs_its_clause(held: Cowork) -> None:
    assert held("address", "check", "a-1", "--use", "imprint", "--set", "allowed=yes").code == 2
    noted = held(
        "address", "check", "a-1", "--use", "imprint", "--set", "allowed=no", "--clause", "§ 3 (2)",
        "--evidence", "contract.pdf", "--json",
    )  # fmt: skip
    use = noted.data["uses"]["imprint"]
    assert (use["allowed"], use["clause"], use["evidence"], use["noted"]) == (
        "no", "§ 3 (2)", "contract.pdf", "2026-11-25",
    )  # fmt: skip
    assert "Contested, imprint" in noted.err
    assert [row[0] for row in held("address", "check", "a-1", "--use", "imprint").rows] == [
        "imprint"
    ]
    assert held("undo").code == 0
    assert held("address", "show", "a-1", "--json").data["uses"]["imprint"]["allowed"] == "unknown"


# ---- dossier


def test_the_dossier_holds_dates_and_reminds_of_reviews(held: Cowork) -> None:
    first = held("address", "onboard", "a-1", "--json")
    assert first.data["complete"] is False
    assert "Erika Muster" in first.err
    done = held(
        "address", "onboard", "a-1", "--done", "identity", "--on", "2026-11-20", "--until", "2026-12-10",
        "--json",
    )  # fmt: skip
    items = {row["item"]: row for row in done.data["items"]}
    assert (items["identity"]["done"], items["identity"]["until"]) == ("2026-11-20", "2026-12-10")
    assert items["mandate"]["done"] is None
    (review,) = held("deadlines", "--json").data
    assert (review["kind"], review["ref"], review["due"]) == ("address-review", "a-1", "2026-12-10")


# ---- imprint


@pytest.mark.parametrize(
    ("form", "lang", "says"),
    [
        ("text", "de", "Angaben gemäß § 5 DDG\nErika Muster\nc/o Dorfbüro\nHof 3\n10119 Berlin"),
        ("html", "de", "<p>Erika Muster<br>c/o Dorfbüro<br>Hof 3<br>10119 Berlin</p>"),
        ("md", "en", "## Information under § 5 DDG\n\nErika Muster  \nc/o Dorfbüro  \nHof 3"),
    ],
)
def test_an_imprint(held: Cowork, tmp_path: Path, form: str, lang: str, says: str) -> None:
    page = held("address", "imprint", "a-1", "--format", form, "--lang", lang)
    assert page.code == 0, str(page)
    assert says in page.out
    assert "erika@example.org" in page.out
    file = tmp_path / f"imprint.{form}"
    held("address", "imprint", "a-1", "--format", form, "--lang", lang, "--out", str(file))
    assert file.read_text(encoding="utf-8") == page.out


def test_an_imprint_of_a_company_at_an_address_that_is_not_held_yet(held: Cowork) -> None:
    for key, value in (("seller.company", "Muster GmbH"), ("seller.vat_id", "DE136695976")):
        assert held("config", "set", key, value).code == 0
    assert held("config", "unset", "seller.name").code == 0
    assert held("address", "edit", "a-1", "--state", "requested").code == 0
    data = held("address", "imprint", "a-1", "--json").data
    assert "Muster GmbH" in data["text"]
    assert data["missing"][:2] == [
        "your first and last name (seller.name)",
        "an address that is held: a-1 is requested",
    ]
    assert "seller.vat_id" not in " ".join(data["missing"])


def test_every_answer_that_is_noted_is_no_open_point(held: Cowork) -> None:
    for use in held("address", "show", "a-1", "--json").data["uses"]:
        words = ("--use", use, "--set", "allowed=yes", "--clause", "§ 3")
        assert held("address", "check", "a-1", *words).code == 0
    shown = held("address", "show", "a-1")
    assert "what the contract says is not noted" not in shown.err
    assert "not handed in: identity" in shown.err
    words = ("onboard", "a-1", "--done", "home", "--on", "2026-11-01", "--until", "2027-11-01")
    dossier = held("address", *words, "--note", " a copy ", "--json").data
    assert held("address", "onboard", "a-1", "--done", "sign").code == 0
    (home,) = [row for row in dossier["items"] if row["item"] == "home"]
    assert (home["done"], home["until"], home["note"]) == ("2026-11-01", "2027-11-01", "a copy")


def test_an_imprint_names_what_is_missing_and_escapes(held: Cowork) -> None:
    held("config", "set", "seller.company", "A & B <Büro>")
    held("config", "unset", "seller.email")
    held("config", "unset", "seller.phone")
    page = held("address", "imprint", "a-1", "--format", "html")
    assert "A &amp; B &lt;Büro&gt;" in page.out
    assert (
        "Not in it: an e-mail address (seller.email): § 5 DDG, in force since 2024-05-14."
        in page.err
    )
    assert (
        "a phone number (seller.phone); whether § 5 DDG asks for it was not established" in page.err
    )
    assert "profile.kind is not set" in page.err
    held("config", "set", "profile.kind", "trade")
    held("address", "edit", "a-1", "--street", "Postfach 12")
    data = held("address", "imprint", "a-1", "--json").data
    assert any("PO box" in point for point in data["missing"])
    assert not any("representatives" in point for point in data["missing"])
    assert data["source"] == "§ 5 DDG, in force since 2024-05-14"


# ---- over time


def test_edit_end_and_remove(held: Cowork) -> None:
    edited = held(
        "address", "edit", "a-2", "--recipient", "A", "--recipient", "B", "--price", "29", "--json"
    )
    assert edited.data["recipient_names"] == ["A", "B"]
    ended = held("address", "end", "a-2", "--on", "2026-12-31", "--json")
    assert (ended.data["state"], ended.data["ends"]) == ("ending", "2026-12-31")
    later = {"COWORK_NOW": "2027-01-01T10:00:00+01:00"}
    assert held("address", "show", "a-2", "--json", env=later).data["state"] == "ended"
    held("address", "check", "a-2", "--use", "tax", "--evidence", "letter")
    assert held("address", "remove", "neue", "--yes").code == 5, "not by a guess"
    assert held("address", "remove", "a-2", "--yes").code == 0
    assert held("undo").code == 0
    assert held("address", "show", "a-2", "--json").data["uses"]["tax"]["evidence"] == "letter"


def test_what_hangs_on_an_address_keeps_it(held: Cowork) -> None:
    held(
        "contract",
        "add",
        "VO",
        "--address",
        "a-1",
        "--starts",
        "2026-01-01",
        "--notice",
        "30d to month-end",
    )
    refused = held("address", "remove", "a-1", "--yes")
    assert refused.code == 6
    assert "c-1" in refused.err
    assert held("address", "show", "a-1", "--json").data["contract_id"] == "c-1"
    told = held("address", "cancel", "a-1")
    assert "2026-12-01" in told.err
    assert held("address", "cancel", "a-1", "--sent", "today", "--json").data["state"] == "ending"
    assert held("address", "cancel", "a-2").code == 6


# ---- move

MOVE = ("address", "move", "--from", "a-1", "--to", "a-2", "--on", "2026-12-15")


def codes(cowork: Cowork, *words: str) -> dict[str, str | None]:
    rows = cowork(*MOVE, *words, "--dry-run", "--json").data["rows"]
    return {row["code"]: row["doubt"] for row in rows}


def test_the_run_is_cut_to_the_profile(held: Cowork) -> None:
    unknown = codes(held)
    assert "profile.kind is not set" in (unknown["M1"] or "")
    held("config", "set", "profile.kind", "freelance")
    always = {"M3", "M9", "M10", "M11", "M13", "M14", "M16", "M17", "M18", "M19", "M21", "M22"}
    assert set(codes(held)) == always
    assert set(codes(held, "--home-too")) == always | {"M20"}
    for name, value, row in (
        ("profile.staff", "true", "M6"),
        ("profile.artists_insurance", "true", "M8"),
        ("profile.car", "true", "M15"),
        ("profile.web", "https://muster.example", "M12"),
        ("seller.vat_id", "DE136695976", "M5"),
    ):
        held("config", "set", name, value)
        assert row in codes(held)
    held("config", "set", "profile.kind", "company")
    assert len(codes(held, "--home-too")) == 22
    held("config", "set", "profile.kind", "trade")
    assert "M4" not in codes(held)


def test_a_run_from_begin_to_end(held: Cowork, tmp_path: Path) -> None:
    held("config", "set", "profile.kind", "freelance")
    begun = held(*MOVE, "--json")
    assert begun.code == 0, str(begun)
    rows = {row["code"]: row for row in begun.data["rows"]}
    assert begun.data["rows"][0]["code"] == "M19"
    assert (rows["M19"]["due"], rows["M3"]["due"], rows["M9"]["due"]) == (
        "2026-12-01", "2027-01-15", "2026-12-15",
    )  # fmt: skip
    assert all(row["rule"] and row["source"] for row in rows.values())
    assert held(*MOVE).code == 6
    file = tmp_path / "office.pdf"
    written = held(
        "address", "move", "--letter", "M3", "--recipient", "Finanzamt Mitte", "--out", str(file)
    )
    assert written.code == 0, str(written)
    text = PdfReader(BytesIO(file.read_bytes())).pages[0].extract_text()
    assert "Finanzamt Mitte" in text
    assert "15.12.2026" in text
    assert "Weg 4, 50667 Köln" in text
    mail = tmp_path / "office.eml"
    assert held("address", "move", "--letter", "M3", "--lang", "en", "--out", str(mail)).code == 0
    assert "Change of business address" in mail.read_text(encoding="utf-8")
    assert held("address", "move", "--letter", "M13", "--out", str(file)).code == 6
    done = held("address", "move", "--done", "m19", "--proof", "order of 1 December", "--json")
    assert done.data["open"] == begun.data["open"] - 1
    assert done.data["rows"][-1]["proof"] == "order of 1 December"
    assert held("address", "move", "--done", "M99").code == 5
    assert held("address", "move", "--status", "--json").data["open"] == done.data["open"]
    due = held("deadlines", "--within", "21d", "--json").data
    assert {row["kind"] for row in due} == {"address-move"}


def test_a_second_move_and_a_row_without_a_proof(held: Cowork) -> None:
    held("address", "add", "Dritte", "--street", "Weg 5", "--postcode", "10119", "--city", "Berlin")
    assert held(*MOVE).code == 0
    assert held("address", "move", "--from", "a-2", "--to", "a-3", "--on", "2027-06-01").code == 0
    rows = held("address", "move", "--done", "M1", "--json").data["rows"]
    done = [(row["code"], row["done"], row["proof"]) for row in rows if row["done"]]
    assert done == [("M1", "2026-11-25", None)]


def test_invoices_from_the_day_on_carry_the_new_address(held: Cowork) -> None:
    held("config", "set", "seller.address", "a-1")
    assert held(*MOVE).code == 0
    pages = []
    for count, day in enumerate(("2026-12-14", "2026-12-15"), 1):
        now = {"COWORK_NOW": f"{day}T10:00:00+01:00"}
        for words in (
            ("invoice", "draft", "acme", "--empty", "--in", "2026-11"),
            ("invoice", "line", f"draft-{count}", "--text", "X", "--price", "10"),
            ("invoice", "issue", f"draft-{count}"),
        ):
            done = held(*words, env=now)
            assert done.code == 0, str(done)
        pages.append(held("invoice", "export", f"2026-{count:04}", "--format", "html", env=now).out)
    assert "Hof 3" in pages[0]
    assert "Weg 4" not in pages[0]
    assert "Weg 4" in pages[1]
    assert "Hof 3" not in pages[1]


# ---- offers and orders


@pytest.fixture
def box(held: Cowork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cowork:
    monkeypatch.setattr(registry, "PROVIDERS", (*registry.PROVIDERS, ROW))
    for words in (
        ("account", "add", "coworkingview", "--set", "enabled=false"),
        (
            "account",
            "add",
            "post",
            "--provider",
            "letterbox",
            "--set",
            f"file={tmp_path / 'orders'}",
        ),
        (
            "space",
            "add",
            "Mühle",
            "--street",
            "Weg 1",
            "--postcode",
            "14827",
            "--city",
            "Wiesenburg/Mark",
        ),
        ("plan", "add", "local:muehle", "Anschrift", "--kind", "virtual", "--price", "39net"),
    ):
        done = held(*words)
        assert done.code == 0, str(done)
    return held


def orders(tmp_path: Path) -> list[str]:
    file = tmp_path / "orders"
    return list(json.loads(file.read_text()).values()) if file.exists() else []


ORDER = ("address", "register", "post:basic", "--name", "Erika Muster", "--accept-terms")


def test_offers_side_by_side(box: Cowork) -> None:
    listed = box("address", "plans", "--json")
    rows = {row["ref"]: row for row in listed.data}
    assert set(rows) == {"local:plan-1", "post:basic"}
    assert (rows["post:basic"]["certain"], rows["post:basic"]["comparable"]) == (False, True)
    assert (rows["local:plan-1"]["certain"], rows["local:plan-1"]["comparable"]) == (True, False)
    assert rows["post:basic"]["setup_fee"] == {"amount": "20.00", "currency": "EUR"}
    assert "not comparable" in listed.err
    assert [
        row["account"] for row in box("address", "plans", "--account", "local", "--json").data
    ] == ["local"]
    assert box("address", "plans", "--account", "osm").code in (2, 5)


def test_an_order_is_sent_once(box: Cowork, tmp_path: Path) -> None:
    dry = box(*ORDER, "--dry-run")
    assert dry.code == 0
    assert "name: Erika Muster" in dry.err
    assert "plan: basic" in dry.err
    assert orders(tmp_path) == []
    assert box(*ORDER).code == 2, "spending money asks"
    assert box(*ORDER, "--max-price", "80").code == 6, "69 and 20 for the set-up"
    priceless = box(*ORDER, "--extra", "scan", "--max-price", "999")
    assert priceless.code == 6, "what scanning costs is not known"
    assert orders(tmp_path) == []
    assert len(box("address", "list", "--json").data) == 2
    sent = box(*ORDER, "--max-price", "89", "--json")
    assert sent.code == 0, str(sent)
    assert (sent.data["id"], sent.data["state"], sent.data["street"]) == (
        "a-3",
        "requested",
        "Kai 1",
    )
    again = box(*ORDER, "--yes", "--json")
    assert again.data["id"] == "a-3"
    assert orders(tmp_path) == ["Erika Muster"]
    assert box("undo").code == 6
    states = {row["id"]: row["state"] for row in box("address", "list", "--json").data}
    assert states["a-3"] == "active", "read back"


def test_a_lost_answer_is_not_sent_again(box: Cowork, tmp_path: Path) -> None:
    words = ("address", "register", "post:basic", "--name", "Lost", "--accept-terms", "--yes")
    assert box(*words).code == 9
    assert box(*words).code == 9
    assert orders(tmp_path) == ["Lost"]
    rows = {row["id"]: row["state"] for row in box("address", "list", "--json").data}
    assert rows["a-3"] == "active", "asked, found, read back"
    assert box(*words, "--json").data["id"] == "a-3"
    assert orders(tmp_path) == ["Lost"], "asking orders nothing"
    refused = ("address", "register", "post:basic", "--name", "Refused", "--accept-terms", "--yes")
    assert box(*refused).code == 6
    assert box("address", "show", "a-4", "--json").data["state"] == "ended"


def lost(box: Cowork) -> None:
    words = ("address", "register", "post:basic", "--name", "Lost", "--accept-terms", "--yes")
    assert box(*words).code == 9


def test_a_lost_order_that_never_came_is_refused_by_asking(box: Cowork, tmp_path: Path) -> None:
    lost(box)
    (tmp_path / "orders").write_text("{}")
    synced = box("booking", "sync")
    assert "a-3 was not ordered" in synced.err, str(synced)
    assert box("address", "show", "a-3", "--json").data["state"] == "ended"
    assert orders(tmp_path) == []


def test_a_lost_order_that_nobody_can_ask_for_is_noted_by_hand(
    box: Cowork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "PROVIDERS", (*registry.PROVIDERS[:-1], SILENT))
    lost(box)
    told = box("address", "list", "--json")
    assert "does not list its orders" in told.err
    assert told.data[-1]["state"] == "requested"
    again = box("address", "register", "post:basic", "--name", "Lost", "--accept-terms", "--yes")
    assert again.code == 9, "still never sent twice"
    assert box("address", "edit", "a-3", "--state", "active").code == 0
    assert "a-3" not in box("address", "list").err
    assert orders(tmp_path) == ["Lost"]


def test_two_orders_that_fit_a_lost_one_are_left_to_a_person(box: Cowork, tmp_path: Path) -> None:
    lost(box)
    (tmp_path / "orders").write_text('{"x": "Lost", "y": "LOST"}')
    assert "a-3" not in box("booking", "sync", "--account", "local").err, "not asked about"
    synced = box("booking", "sync")
    assert "a-3: 2 orders at post fit; look there and note it with" in synced.err
    assert box("address", "remove", "a-3", "--yes").code == 0
    assert "a-3" not in box("booking", "sync").err, "what is taken out waits for no answer"
    assert len(box("address", "list", "--json").data) == 2


def test_what_is_told_of_another_address_settles_no_lost_order(box: Cowork) -> None:
    lost(box)
    assert box("address", "end", "a-2", "--on", "2026-12-31").code == 0
    assert box("address", "remove", "a-1", "--yes").code == 0
    assert "a-3 was ordered" in box("booking", "sync").err


def test_what_was_ordered_by_another_process_meanwhile_is_not_ordered_again(
    box: Cowork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert box(*ORDER, "--yes").code == 0
    asked: list[object] = []

    def too_early(order: ordering.Order, store: Store) -> object:
        asked.append(order)
        return None if len(asked) == 1 else existing(order, store)

    existing = ordering.existing
    monkeypatch.setattr(ordering, "existing", too_early)
    refused = box(*ORDER, "--yes")
    assert (refused.code, refused.err) == (
        6, "error: the same was ordered just now\nhint: see it with `cowork address list`\n",
    )  # fmt: skip
    assert orders(tmp_path) == ["Erika Muster"]


def test_offers_near_a_place(box: Cowork) -> None:
    for words in (
        ("space", "add", "Alster", "--city", "Hamburg"),
        ("space", "add", "Nirgends"),
        ("plan", "add", "Alster", "Post", "--kind", "virtual", "--price", "29net"),
        ("plan", "add", "Nirgends", "Post", "--kind", "virtual", "--price", "19net"),
    ):
        assert box(*words).code == 0, words
    near = ("address", "plans", "--account", "local", "--near", "Wiesenburg/Mark", "--radius", "9")
    listed = box(*near, "--json")
    assert [row["ref"] for row in listed.data] == ["local:plan-1", "local:plan-3"]
    assert "Of 1 of your own the place is not known: listed all the same." in listed.err


class Directory:
    """A directory of spaces that also tells what an address costs there, near a point."""

    asked: SpaceQuery | None = None

    def enabled(self, capability: str) -> list[str]:
        return ["local", "view"] if capability == "search" else []

    def can(self, name: str, capability: str) -> bool:
        return False

    def provider(self, name: str) -> "Directory":
        return self

    def address_plans(self, query: SpaceQuery) -> list[AddressPlan]:
        self.asked = query
        return [AddressPlan(Ref("view", "7"), None, "Mitte", "Post", None, certain=False)]


def test_a_directory_is_asked_for_offers_near_a_point_and_for_none_without(tmp_path: Path) -> None:
    store = opened(tmp_path)
    view = Directory()
    rows, problems, _ = offers("Wiesenburg/Mark", 5.0, (), store=store, accounts=view)  # type: ignore[arg-type]
    assert ([row.ref for row in rows], problems) == ([Ref("view", "7")], [])
    asked = view.asked
    assert asked is not None
    assert (asked.kinds, asked.radius_km, round(asked.lat)) == (("virtual",), 5.0, 52)
    assert offers(None, 5.0, (), store=store, accounts=view)[0] == []  # type: ignore[arg-type]
    store.close()


def test_a_price_in_two_currencies_is_no_sum() -> None:
    plan = AddressPlan(
        Ref("post", "x"), None, "Letterbox Ltd", "Two", Price(Money(6900), "month", "net"),
        setup_fee=Money(2000, "CHF"), certain=False,
    )  # fmt: skip
    order = ordering.Order(plan, "Erika", accepts_terms=True, max_price=Money(99_900))
    assert ordering.question(order) == (
        "Order Two of Letterbox Ltd for 69.00 EUR / month net, a sum that is not known at the start, term not known?"
    )
    with pytest.raises(PriceAboveLimit, match="the price of Two is not known in EUR"):
        ordering.check(order)


def test_an_order_by_letter_names_its_extras_and_no_price_that_nobody_told(box: Cowork) -> None:
    assert (
        box(
            "plan", "add", "local:muehle", "Nur Name", "--kind", "virtual", "--extra", "scan=once=2"
        ).code
        == 0
    )
    words = ("address", "register", "plan-2", "--name", "Erika Muster", "--extra", "scan", "--dry-run", "--json")  # fmt: skip
    said = " ".join(box(*words).data["letter"])
    assert "scan" in said
    assert "€" not in said


def test_where_to_finish_in_a_browser_is_shown(box: Cowork) -> None:
    words = ("address", "register", "post:basic", "--name", "Browser", "--accept-terms", "--yes")
    sent = box(*words, "--json")
    assert sent.data["finish_url"] == "https://letterbox.example/finish"
    assert "To finish in a browser: https://letterbox.example/finish" in sent.err
    assert "https://letterbox.example/finish" in box("address", "show", "a-3").err
    listed = box("address", "list", "--json")
    assert listed.data[-1]["finish_url"] is None, "read back: nothing is left to do there"


def test_a_dry_run_gives_what_would_be_sent_as_data(box: Cowork, tmp_path: Path) -> None:
    shown = box(*ORDER, "--starts", "2027-01-01", "--extra", "scan", "--dry-run", "--json").data
    assert shown == {
        "account": "post", "plan": "post:basic", "name": "Erika Muster", "company": None,
        "starts": "2027-01-01", "extras": ["scan"], "accepts_terms": True, "letter": [],
    }  # fmt: skip
    by_letter = box(
        "address", "register", "plan-1", "--name", "Erika Muster", "--dry-run", "--json"
    )
    assert "hiermit bestelle ich" in by_letter.data["letter"][0]
    assert orders(tmp_path) == []


def test_an_order_whose_letter_cannot_be_written_is_not_noted(box: Cowork, tmp_path: Path) -> None:
    taken = tmp_path / "order.pdf"
    taken.write_text("mine")
    words = ("address", "register", "plan-1", "--name", "Erika Muster", "--out")
    assert box(*words, str(taken)).code == 6
    assert len(box("address", "list", "--json").data) == 2
    assert box(*ORDER, "--yes", "--out", str(tmp_path / "no.pdf")).code == 2
    assert orders(tmp_path) == []
    mail = tmp_path / "order.eml"
    assert (
        box(*words, str(mail), "--recipient", "Mühle eG", "--mail", "post@muehle.example").code == 0
    )
    draft = message_from_bytes(mail.read_bytes(), policy=default)
    assert "post@muehle.example" in draft["To"]
    (page,) = draft.iter_attachments()
    assert page.get_content_type() == "application/pdf"
    text = PdfReader(BytesIO(page.get_content())).pages[0].extract_text()
    assert "Mühle eG" in text


def test_an_order_by_letter(box: Cowork, tmp_path: Path) -> None:
    file = tmp_path / "order.pdf"
    sent = box(
        "address", "register", "plan-1", "--name", "Erika Muster", "--out", str(file), "--json"
    )
    assert sent.code == 0, str(sent)
    assert (sent.data["state"], sent.data["street"]) == ("requested", "Weg 1")
    text = PdfReader(BytesIO(file.read_bytes())).pages[0].extract_text()
    assert "Bestellung einer Geschäftsadresse" in text
    assert (
        "39,00\xa0€ je Monat, zuzüglich USt" in text.replace("\n", " ")
        or "39,00 € je Monat" in text
    )
    assert "14827 Wiesenburg/Mark" in text, "the letter goes to the place of the offer"
    assert "already" in box("address", "register", "plan-1", "--name", "Erika Muster").err
    assert box("undo").code == 0
    assert len(box("address", "list", "--json").data) == 2


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("check", "a-9"), 5, "a-9"),
        (("check", "a-1", "--use", "love"), 2, "love"),
        (("check", "a-1", "--set", "allowed=yes"), 2, "--use"),
        (("check", "a-1", "--use", "tax", "--set", "allowed=maybe"), 2, "maybe"),
        (("check", "a-1", "--use", "tax", "--set", "x=yes"), 2, "cannot be set"),
        (("onboard", "a-1", "--done", "shoe"), 2, "shoe"),
        (("onboard", "a-1", "--on", "today"), 2, "--done"),
        (("onboard", "a-1", "--done", "identity", "--on", "2026-12-24"), 2, "ahead"),
        (("imprint", "a-1", "--format", "pdf"), 2, "pdf"),
        (("imprint", "a-1", "--lang", "fr"), 2, "fr"),
        (("edit", "a-1"), 2, "nothing to change"),
        (("edit", "a-1", "--street", ""), 2, "street"),
        (("edit", "a-1", "--state", "ended"), 2, "address end"),
        (("end", "a-1"), 2, "--on"),
        (("move",), 2, "not clear"),
        (("move", "--from", "a-1"), 2, "both addresses"),
        (("move", "--from", "a-1", "--to", "a-1", "--on", "2026-12-15"), 2, "both"),
        (("move", "--status"), 5, "no move"),
        (("move", "--done", "M1"), 5, "no move"),
        (("register", "plan-9", "--name", "X"), 5, "plan-9"),
        (("register", "post:none", "--name", "X", "--accept-terms"), 5, "none"),
        (("register", "post:basic", "--accept-terms"), 2, "--name"),
        (("register", "plan-1", "--name", " "), 2, "the name for the letter box is missing"),
        (("register", "post:basic", "--name", "X"), 2, "--accept-terms"),
        (("register", "post:basic", "--name", "X", "--accept-terms", "--extra", "tea"), 2, "tea"),
    ],
)  # fmt: skip
def test_what_is_refused(box: Cowork, words: tuple[str, ...], code: int, says: str) -> None:
    before = box("address", "list", "--json").out
    refused = box("address", *words)
    assert refused.code == code, str(refused)
    assert refused.err.startswith("error: ")
    assert says in refused.err
    assert box("address", "list", "--json").out == before
