"""`dataclass` for frozen values, without the price of the standard one.

The standard module loads `inspect` and compiles five functions for every class: with the classes that
a timer needs, that takes longer than the timer. Here the functions are shared by all classes and read
the names of the fields. For who checks the types it *is* the standard one; and who asks a class by the
means of `dataclasses` (`fields`, `replace`, `asdict`) gets the standard answer, see `_Fields`.

What is here is what a frozen value needs: `frozen=True, slots=True`, defaults, `field(default_factory=)`
and `field(repr=False)` with `default` or without, `__post_init__`, inheritance. For anything else there is the standard one.
"""

__all__ = ["dataclass", "field", "field_names", "is_dataclass", "replace"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dataclasses import dataclass, field, is_dataclass, replace
    from typing import Any

    _NONE = object()
else:
    _NONE = object()

    class field:
        """A field whose default is made anew for each value, or which is not shown."""

        __slots__ = ("default", "factory", "shown")

        def __init__(self, *, default=_NONE, default_factory=None, repr=True):
            self.default = default
            self.factory = default_factory
            self.shown = repr

    def dataclass(*, frozen, slots):
        """Makes a frozen value with slots of a class."""
        assert frozen
        assert slots
        return _made

    def is_dataclass(value):
        """Whether `value` is a value of a dataclass or one itself, of ours or of the standard."""
        kind = value if isinstance(value, type) else type(value)
        return any("__dataclass_fields__" in base.__dict__ for base in kind.__mro__)

    def replace(value, /, **changes):
        """A copy of `value` with other values for some of its fields."""
        kept = {name: getattr(value, name) for name in value.__match_args__}
        return type(value)(**{**kept, **changes})


def field_names(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass in their order, of ours or of the standard."""
    names: tuple[str, ...] = kind.__match_args__  # type: ignore[attr-defined]
    return names


def _made(cls: type) -> type:
    """The class again, with slots: they cannot be added to one that is there."""
    bases = [base for base in cls.__mro__[:0:-1] if "_defaults" in base.__dict__]
    own = tuple(cls.__annotations__)
    names = tuple(
        dict.fromkeys(name for group in (*map(field_names, bases), own) for name in group)
    )
    defaults: dict[str, Any] = {}
    for base in bases:
        defaults |= base.__dict__["_defaults"]
    given = {name: cls.__dict__[name] for name in own if name in cls.__dict__}
    unshown = {name for name, value in given.items() if type(value) is field and not value.shown}
    for name, value in given.items():
        if type(value) is not field or value.factory is not None:
            defaults[name] = value
        elif value.default is not _NONE:
            defaults[name] = value.default
    hidden = {*own, "__dict__", "__weakref__"}
    body = {name: value for name, value in cls.__dict__.items() if name not in hidden}
    body = {**_SHARED, **body, "__slots__": own, "__match_args__": names, "_defaults": defaults}
    body["__dataclass_fields__"] = body["__dataclass_params__"] = _Fields()
    made: Any = type(cls)(cls.__name__, cls.__bases__, body)
    made._setters = tuple(getattr(made, name).__set__ for name in names)
    made._unshown = unshown.union(*(base.__dict__["_unshown"] for base in bases))
    made._after = getattr(made, "__post_init__", None)
    return made  # type: ignore[no-any-return]


class _Fields:
    """What `dataclasses` asks a class for; made with its own means when somebody asks."""

    def __get__(self, value: object, cls: "Any") -> "Any":
        import dataclasses

        annotations: dict[str, Any] = {}
        for base in reversed(cls.__mro__):
            annotations |= getattr(base, "__annotations__", {})
        body: dict[str, Any] = {
            "__annotations__": {name: annotations[name] for name in field_names(cls)}
        }
        for name, default in cls._defaults.items():
            made_anew = type(default) is field
            body[name] = (
                dataclasses.field(default_factory=default.factory) if made_anew else default
            )
        twin: Any = dataclasses.dataclass(frozen=True)(type(cls.__name__, (), body))
        cls.__dataclass_params__ = twin.__dataclass_params__
        cls.__dataclass_fields__ = twin.__dataclass_fields__
        return cls.__dataclass_fields__


def _init(self: "Any", *values: "Any", **named: "Any") -> None:
    cls = type(self)
    if named or len(values) != len(cls._setters):
        values = _in_order(cls, values, named)
    for put, value in zip(cls._setters, values, strict=True):
        put(self, value)
    if cls._after is not None:
        cls._after(self)


def _in_order(cls: "Any", values: "tuple[Any, ...]", named: "dict[str, Any]") -> "tuple[Any, ...]":
    """A value for each field: as they were given, else by name, else the default."""
    names, defaults = cls.__match_args__, cls._defaults
    ordered = list(values)
    for name in names[len(values) :]:
        if name in named:
            ordered.append(named.pop(name))
        elif name in defaults:
            default = defaults[name]
            ordered.append(default.factory() if type(default) is field else default)
        else:
            raise TypeError(f"{cls.__name__} needs {name}")
    if named or len(ordered) != len(names):
        raise TypeError(f"{cls.__name__} takes {', '.join(names)}, each once")
    return tuple(ordered)


def _values(self: "Any") -> "tuple[Any, ...]":
    return tuple([getattr(self, name) for name in self.__match_args__])


def _eq(self: "Any", other: object) -> bool:
    return _values(self) == _values(other) if type(other) is type(self) else NotImplemented


def _hash(self: "Any") -> int:
    return hash(_values(self))


def _repr(self: "Any") -> str:
    names = [name for name in self.__match_args__ if name not in self._unshown]
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
    return f"{type(self).__qualname__}({shown})"


def _frozen(self: object, name: str, value: object = None) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot change field {name!r}")


def _reduce(self: object) -> "tuple[type, tuple[Any, ...]]":
    return type(self), _values(self)


_SHARED = {
    "__init__": _init,
    "__eq__": _eq,
    "__hash__": _hash,
    "__repr__": _repr,
    "__setattr__": _frozen,
    "__delattr__": _frozen,
    "__reduce__": _reduce,
}
