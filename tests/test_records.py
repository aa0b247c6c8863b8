"""Our dataclass is the standard one to look at: every frozen value of ours, against a standard twin."""

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from cowork_cli.domain.money import Money
from cowork_cli.domain.tracking import Entry
from cowork_cli.records import dataclass, field, field_names, is_dataclass, replace


@dataclass(frozen=True, slots=True)
class Point:
    """Two numbers and what lies there."""

    x: int
    y: int = 2
    things: list[str] = field(default_factory=list)

    @property
    def sum(self) -> int:
        return self.x + self.y


@dataclass(frozen=True, slots=True)
class Named(Point):
    """A point with a name."""

    name: str = "here"

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("no name")


@dataclasses.dataclass(frozen=True, slots=True)
class Twin:
    x: int
    y: int = 2
    things: list[str] = dataclasses.field(default_factory=list)


def test_values_by_place_by_name_and_by_default() -> None:
    assert (Point(1).x, Point(1).y, Point(1, 3).y, Point(y=4, x=1).y) == (1, 2, 3, 4)
    assert Point(1).things is not Point(1).things
    assert Named(1, name="there").name == "there"
    assert Named(1).sum == 3
    with pytest.raises(ValueError, match="no name"):
        Named(1, name="")


@pytest.mark.parametrize("call", [lambda: Point(), lambda: Point(1, 2, [], 4), lambda: Point(1, x=2),
                                  lambda: Point(1, z=3)])  # fmt: skip
def test_what_does_not_fit_is_refused(call: Any) -> None:
    with pytest.raises(TypeError, match="Point"):
        call()


def test_it_is_frozen_and_has_slots() -> None:
    point = Point(1)
    for change in (lambda: setattr(point, "x", 2), lambda: delattr(point, "x"),
                   lambda: setattr(point, "z", 2)):  # fmt: skip
        with pytest.raises(FrozenInstanceError):
            change()
    assert not hasattr(point, "__dict__")
    assert point.x == 1


def test_it_compares_hashes_and_shows_itself_as_the_standard_one() -> None:
    assert Point(1) == Point(1, 2, [])
    assert Point(1) != Point(2)
    assert Point(1) != Twin(1)
    assert Point(1) != Named(1)
    assert repr(Point(1)) == repr(Twin(1)).replace("Twin", "Point")
    assert hash(Money(1, "EUR")) == hash(Money(1, "EUR"))
    with pytest.raises(TypeError):
        hash(Point(1))  # a list in it
    match Point(7, 8):
        case Point(x, y):
            assert (x, y) == (7, 8)


@dataclass(frozen=True, slots=True)
class Login:
    """A name, and what is not for everyone."""

    name: str
    secret: str = field(repr=False)


def test_what_is_not_to_be_shown_is_not() -> None:
    assert repr(Login("erika", "s3cret")) == "Login(name='erika')"
    assert Login("erika", "a") != Login("erika", "b")
    with pytest.raises(TypeError):
        Login("erika")  # type: ignore[call-arg]


def test_it_can_be_copied_and_sent() -> None:
    value = Money(100, "EUR")
    assert copy.copy(value) == copy.deepcopy(value) == pickle.loads(pickle.dumps(value)) == value
    assert replace(Named(1), y=5) == Named(1, 5)
    assert dataclasses.replace(Named(1), y=5) == Named(1, 5)


@pytest.mark.parametrize("kind", [Point, Named, Entry, Money])
def test_the_standard_module_knows_it(kind: Any) -> None:
    assert is_dataclass(kind)
    assert dataclasses.is_dataclass(kind)
    assert tuple(one.name for one in dataclasses.fields(kind)) == field_names(kind)


def test_fields_are_those_of_the_standard_one() -> None:
    for own, other in zip(dataclasses.fields(Point), dataclasses.fields(Twin), strict=True):
        assert (own.name, own.type, own.default) == (other.name, other.type, other.default)
    assert dataclasses.asdict(Point(1)) == dataclasses.asdict(Twin(1))
    assert is_dataclass(Twin)
    assert not is_dataclass(int)
