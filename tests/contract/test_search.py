"""What every provider promises that can search."""

from itertools import islice

import pytest

from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.party import PostalAddress
from cowork_cli.domain.ref import Ref
from cowork_cli.errors import NotFound
from tests.contract.rig import HttpRig, Rig, a_space, around, caught

pytestmark = pytest.mark.needs("search")

MANY = 120  # more than two pages of any provider


def given_many(rig: Rig) -> list[Ref]:
    spaces = rig.given(*(a_space(rig, n, km=n / 100) for n in range(1, MANY + 1)))
    return [space.ref for space in spaces]


def test_all_pages_are_read(rig: Rig) -> None:
    refs = given_many(rig)
    found = [space.ref for space in rig.provider.search(around())]
    assert sorted(found) == sorted(refs)


@pytest.mark.needs("search", uses="http", tells="pages")
def test_no_more_pages_are_read_than_needed(rig: HttpRig) -> None:
    given_many(rig)
    found = rig.provider.search(around())
    assert rig.fake.log == []
    assert len(list(islice(found, 20))) == 20
    assert len(rig.fake.log) == rig.requests_for_a_page
    assert len(list(found)) == MANY - 20
    pages = len(rig.fake.log)
    assert len(list(rig.provider.search(around()))) == MANY
    assert len(rig.fake.log) == 2 * pages


def test_nothing_there_is_an_empty_list(rig: Rig) -> None:
    assert list(rig.provider.search(around())) == []


def test_the_radius_is_kept(rig: Rig) -> None:
    near, _ = rig.given(a_space(rig, 1, km=4.9), a_space(rig, 2, km=5.2))
    assert [space.ref for space in rig.provider.search(around(5))] == [near.ref]


def test_nearest_first_and_the_same_order_each_time(rig: Rig) -> None:
    far, near, middle = rig.given(
        a_space(rig, 1, km=7), a_space(rig, 2, km=1), a_space(rig, 3, km=3)
    )
    orders = [[space.ref for space in rig.provider.search(around())] for _ in range(3)]
    assert orders == [[near.ref, middle.ref, far.ref]] * 3


def test_the_distance_is_told(rig: Rig) -> None:
    rig.given(a_space(rig, km=2))
    (found,) = rig.provider.search(around())
    assert found.distance_km == pytest.approx(2, abs=0.02)


def test_refs_are_of_the_account(rig: Rig) -> None:
    rig.given(a_space(rig))
    (found,) = rig.provider.search(around())
    assert found.ref.account == rig.account
    assert rig.provider.space(found.ref).ref == found.ref


def test_umlauts_survive(rig: Rig) -> None:
    name, city = "Büro „Größe“ – Straße Ł", "Lübeck"
    rig.given(a_space(rig, name=name, address=PostalAddress("Königstr. 1", "23552", city)))
    (found,) = rig.provider.search(around())
    assert found.name == name
    assert found.address.city == city
    detail = rig.provider.space(found.ref)
    assert detail.name == name
    postcode = "23552" if "postcodes" in rig.tells else None
    assert detail.address == PostalAddress("Königstr. 1", postcode, city, detail.address.country)


@pytest.mark.needs("search", tells="amenities")
def test_unknown_amenities_survive_and_missing_ones_are_unknown(rig: Rig) -> None:
    rig.given(a_space(rig, amenities={"wifi": True, "slide_to_the_canteen": True}))
    (found,) = rig.provider.search(around())
    detail = rig.provider.space(found.ref)
    for space in (found, detail):
        assert space.amenities["wifi"] is True
        assert space.amenities["slide_to_the_canteen"] is True
        assert space.amenities.get("printer") is None


@pytest.mark.needs("search", uses="http", tells="kinds")
def test_unknown_kinds_survive(rig: HttpRig) -> None:
    (space,) = rig.given(a_space(rig, kinds=("day", "hammock")))
    assert set(rig.provider.space(space.ref).kinds) == {"day", "hammock"}


@pytest.mark.needs("search", tells="kinds")
def test_kinds_are_told_in_details(rig: Rig) -> None:
    (space,) = rig.given(a_space(rig, kinds=("flex", "room")))
    assert set(rig.provider.space(space.ref).kinds) == {"flex", "room"}


@pytest.mark.needs("search", tells="kinds")
def test_a_space_that_offers_a_kind_is_found_by_it(rig: Rig) -> None:
    day, both = rig.given(
        a_space(rig, 1, km=1, kinds=("day",)), a_space(rig, 2, km=2, kinds=("day", "room"))
    )
    found = [space.ref for space in rig.provider.search(around(kinds=("day", "room")))]
    assert found == [day.ref, both.ref]


@pytest.mark.needs("search", tells="prices")
def test_the_price_keeps_its_currency(rig: Rig) -> None:
    price = Price(Money(2550, "CHF"), "day")
    rig.given(a_space(rig, price_from=price))
    (found,) = rig.provider.search(around())
    assert found.price_from == price


def test_what_is_not_known_is_none(rig: Rig) -> None:
    rig.given(a_space(rig))
    (found,) = rig.provider.search(around())
    assert (found.price_from, found.website, found.phone, found.email) == (None,) * 4
    assert found.address.street is None
    assert found.hours.text is None


def test_the_source_is_named(rig: Rig) -> None:
    rig.given(a_space(rig))
    (found,) = rig.provider.search(around())
    (source,) = found.sources
    assert (source.account, source.ref) == (rig.account, found.ref)


def test_a_space_that_is_not_there_is_not_found(rig: Rig) -> None:
    for identity in ("nirgends", "Nirgendß/../x"):
        error = caught(lambda i=identity: rig.provider.space(Ref(rig.account, i)), NotFound)
        assert error.message
