"""What plans tell a search: the prices that can be paid for one unit, of a space under all its refs."""

from dataclasses import replace

from cowork_cli.domain.money import Money, Price
from cowork_cli.domain.plan import Plan
from cowork_cli.domain.ref import Ref
from cowork_cli.domain.space import Source, Space
from cowork_cli.services.spaces.plans import prices_of, refs_of

OWN, OSM = Ref("local", "dorf"), Ref("osm", "node/7")
DAY = Plan("plan-1", OWN, "Dorf", "Day", "day", Price(Money(1800), "day", "gross"))
BUNDLE = replace(DAY, id="plan-2", kind="bundle", price=Price(Money(10_000), "once"), count=3)


def test_a_bundle_has_no_price_of_a_single_day_but_what_a_day_comes_to() -> None:
    assert prices_of([DAY, BUNDLE, replace(DAY, price=None)]) == [DAY.price]
    assert BUNDLE.day_price == Price(Money(3333), "day")
    assert DAY.day_price == DAY.price
    assert replace(DAY, kind="month").day_price is None


def test_a_merged_space_goes_by_all_its_refs_once_each() -> None:
    space = Space(OWN, "Dorf", sources=(Source("local", OWN), Source("osm", OSM)))
    assert refs_of(space) == (OWN, OSM)
