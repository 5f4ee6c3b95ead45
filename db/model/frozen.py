"""Frozen records: what `dataclass(frozen=True, slots=True)` makes, without what it costs.

`dataclasses` takes twelve milliseconds to import and a half to make one class, of which
a command that answers in forty has none to spare. Here a class is made at once and its
`__init__` written at the first instance. `dataclasses.replace`, `fields` and `asdict` take
records as they take their own.
"""

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from types import MappingProxyType

TYPE_CHECKING = False  # as in typing, which is not imported either
if TYPE_CHECKING:
    from dataclasses import Field
    from typing import Any, TypeVar, dataclass_transform

    T = TypeVar("T")
else:

    def dataclass_transform(**_):  # noqa: ANN003, ANN202 - for the type checker alone
        """Leave the decorator as it is."""
        return lambda decorator: decorator


__all__ = ["EMPTY", "record", "record_by_name", "replace"]

EMPTY: "Mapping[str, Any]" = MappingProxyType({})
"""A mapping with nothing in it, as a default that nobody can change."""

_NONE = object()


@dataclass_transform(frozen_default=True)
def record(cls: "type[T]") -> "type[T]":
    """Make a class of annotated names a frozen record with slots; it may extend another."""
    return _made(cls, kw_only=False)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record_by_name(cls: "type[T]") -> "type[T]":
    """Make a record whose own fields, other than inherited ones, are given by name."""
    return _made(cls, kw_only=True)


def replace(record: "T", /, **changes: object) -> "T":
    """Return a record like another but for some fields."""
    values = {name: getattr(record, name) for name in type(record).__record__}  # type: ignore[attr-defined]
    return type(record)(**values | changes)


def _made(cls: "type[T]", *, kw_only: bool) -> "type[T]":
    fields: dict[str, tuple[object, bool]] = dict(getattr(cls, "__record__", {}))
    own = [name for name in cls.__annotations__ if name not in fields]
    content = dict(cls.__dict__)
    for name in own:
        fields[name] = (content.pop(name, _NONE), kw_only)
    for name in ("__dict__", "__weakref__"):
        content.pop(name, None)
    values = attrgetter(*fields)
    methods = {
        "__slots__": tuple(own),
        "__match_args__": tuple(name for name, (_, named) in fields.items() if not named),
        "__record__": fields,
        "__values__": values if len(fields) > 1 else lambda self: (values(self),),
        "__init__": _first_init,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
        "__dataclass_fields__": _Fields(),
    }
    defaults = {"__eq__": _eq, "__hash__": _hash, "__repr__": _repr, "__reduce__": _reduce}
    made: type[T] = type(cls.__name__, cls.__bases__, defaults | content | methods)
    return made


def _first_init(self: "Any", /, *args: object, **named: object) -> None:  # noqa: ANN401 - of any class
    """Write the real `__init__` of this class, put it in this one's place, and call it."""
    cls = type(self)
    cls.__init__ = _init_of(cls)
    self.__init__(*args, **named)


def _init_of(cls: "Any") -> "Any":  # noqa: ANN401
    """An `__init__` as one would write it by hand, each value set through its slot."""
    places: dict[str, object] = {}
    plain: list[str] = []
    keywords: list[str] = []
    body: list[str] = []
    for number, (name, (default, kw_only)) in enumerate(cls.__record__.items()):
        places[f"_set{number}"] = getattr(cls, name).__set__
        places[f"_default{number}"] = default
        text = name if default is _NONE else f"{name}=_default{number}"
        (keywords if kw_only else plain).append(text)
        body.append(f"    _set{number}(self, {name})")
    star = ["*"] if keywords else []
    head = ", ".join(["self", *plain, *star, *keywords])
    exec(f"def __init__({head}):\n" + "\n".join(body), places)  # noqa: S102 - of our own names, as dataclasses does
    return places["__init__"]


def _refuse(self: object, name: str, *_: object) -> None:
    raise AttributeError(f"a {type(self).__name__} is frozen: {name} cannot be changed")


def _values(record: "Any") -> tuple[object, ...]:  # noqa: ANN401
    return type(record).__values__(record)  # type: ignore[no-any-return]


def _eq(self: object, other: object) -> object:
    if type(self) is not type(other):
        return NotImplemented
    return _values(self) == _values(other)


def _hash(self: object) -> int:
    return hash(_values(self))


def _repr(self: "Any") -> str:  # noqa: ANN401
    shown = zip(type(self).__record__, _values(self), strict=True)
    return f"{type(self).__qualname__}({', '.join(f'{name}={value!r}' for name, value in shown)})"


def _reduce(self: "Any") -> tuple[object, ...]:  # noqa: ANN401
    return _rebuilt, (type(self), dict(zip(type(self).__record__, _values(self), strict=True)))


def _rebuilt(cls: type, values: dict[str, object]) -> object:
    return cls(**values)


def _always(value: object) -> "Callable[[], object]":
    return lambda: value


class _Fields:
    """What `dataclasses` asks a class for, made when it does."""

    def __get__(self, _: object, cls: "Any") -> "dict[str, Field[Any]]":  # noqa: ANN401
        from dataclasses import field, make_dataclass  # noqa: PLC0415 - what this module is to spare

        def specs() -> "Iterator[tuple[str, Any, Any]]":
            for name, (default, kw_only) in cls.__record__.items():
                if default is _NONE:
                    yield name, object, field(kw_only=kw_only)
                else:  # a factory, since `dataclasses` takes no default that cannot be hashed
                    yield name, object, field(default_factory=_always(default), kw_only=kw_only)

        made: type = make_dataclass(cls.__name__, list(specs()), frozen=True)
        return made.__dataclass_fields__  # type: ignore[attr-defined,no-any-return]
