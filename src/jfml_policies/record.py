"""Frozen values: what `dataclasses.dataclass(frozen=True, slots=True)` makes, made in a fraction of the time.

A hook starts often and looks at little. `dataclasses` takes about two thirds of a millisecond a class, and it imports
`inspect`; some fifty classes stand on the way to a check, so they took a third of its start. Here a class costs one
compiled function, and instances are made faster as well. Type checkers know the decorator (PEP 681).
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeVar, dataclass_transform, overload

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["field", "record", "replace"]

_T = TypeVar("_T")
_NONE: Final[Any] = object()


class _Field:
    """How a field departs from the plain one."""

    __slots__ = ("compare", "default", "default_factory", "init", "kw_only", "show")

    def __init__(
        self, *, default: Any, default_factory: Any, init: bool, show: bool, compare: bool, kw_only: bool
    ) -> None:
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.show = show
        self.compare = compare
        self.kw_only = kw_only


def field(
    *,
    default: Any = _NONE,
    default_factory: Callable[[], Any] | None = None,
    init: bool = True,
    show: bool = True,
    compare: bool = True,
    kw_only: bool = False,
) -> Any:
    """Says how a field of a record departs from the plain one, as `dataclasses.field` does.

    Args:
        default: its value where none is given.
        default_factory: makes that value.
        init: False for fields that `__post_init__` sets, with `object.__setattr__`.
        show: whether `repr` shows it.
        compare: whether it counts for equality and hash.
        kw_only: whether it is given by name only.
    """
    return _Field(
        default=default, default_factory=default_factory, init=init, show=show, compare=compare, kw_only=kw_only
    )


@overload
def record(cls: type[_T], /) -> type[_T]: ...
@overload
def record(*, kw_only: bool = False, eq: bool = True) -> Callable[[type[_T]], type[_T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[_T] | None = None, /, *, kw_only: bool = False, eq: bool = True) -> Any:
    """Makes a class a frozen value with slots: its annotated names are its fields.

    Args:
        cls: the class; fields of a base that is a record come first.
        kw_only: whether its own fields are given by name only.
        eq: False keeps equality by identity.

    >>> @record
    ... class Point:
    ...     x: int
    ...     y: int = 0
    >>> Point(1), Point(1) == Point(1, 0), replace(Point(1), y=2)
    (Point(x=1, y=0), True, Point(x=1, y=2))
    """
    if cls is None:
        return lambda plain: _made(plain, kw_only=kw_only, eq=eq)
    return _made(cls, kw_only=kw_only, eq=eq)


def replace(value: _T, /, **changes: Any) -> _T:
    """A copy of a record with some fields changed."""
    fields: dict[str, _Field] = type(value).__record_fields__  # type: ignore[attr-defined]
    given = {name: getattr(value, name) for name, one in fields.items() if one.init}
    return type(value)(**{**given, **changes})


def _made(cls: type[_T], *, kw_only: bool, eq: bool) -> type[_T]:
    own = _own_fields(cls, kw_only=kw_only)
    fields: dict[str, _Field] = {}
    for base in reversed(cls.__mro__[1:]):
        fields |= getattr(base, "__record_fields__", {})
    inherited = set(fields)
    fields |= own
    body = {name: value for name, value in vars(cls).items() if name not in own and name not in _NOT_COPIED}
    body["__slots__"] = tuple([name for name in own if name not in inherited])
    body["__record_fields__"] = fields
    body["__qualname__"] = cls.__qualname__
    body["__match_args__"] = tuple([name for name, one in fields.items() if one.init and not one.kw_only])
    body["__setattr__"], body["__delattr__"] = _refuse, _refuse
    body["__getstate__"], body["__setstate__"] = _get_state, _set_state
    shown = tuple([name for name, one in fields.items() if one.show])
    body.setdefault("__repr__", lambda self: _shown(self, shown))
    if eq and "__eq__" not in body:
        body["__eq__"], hashing = _comparison([name for name, one in fields.items() if one.compare])
        body.setdefault("__hash__", hashing)
    metaclass: Any = type(cls)
    made = metaclass(cls.__name__, cls.__bases__, body)
    made.__init__ = _initialiser(made, fields)
    result: type[_T] = made
    return result


_NOT_COPIED: Final = frozenset(("__dict__", "__weakref__"))


def _own_fields(cls: type, *, kw_only: bool) -> dict[str, _Field]:
    own: dict[str, _Field] = {}
    for name, annotation in vars(cls).get("__annotations__", {}).items():
        if str(annotation).startswith(("ClassVar", "typing.ClassVar")):
            continue
        given = vars(cls).get(name, _NONE)
        if not isinstance(given, _Field):
            given = field(default=given)
        given.kw_only = given.kw_only or kw_only
        own[name] = given
    return own


def _initialiser(cls: Any, fields: dict[str, _Field]) -> Callable[..., None]:
    """`__init__`, compiled from text, since a loop over the fields would be slow for each instance.

    Slots are set by their descriptors, which is faster than `object.__setattr__` and passes by `_refuse`.
    """
    space: dict[str, Any] = {"made": _NONE}
    positional: list[str] = []
    by_name: list[str] = []
    lines: list[str] = []
    for name, one in fields.items():
        space[f"set_{name}"] = getattr(cls, name).__set__
        if not one.init:
            continue
        value = name
        parameter = name
        if one.default_factory is not None:
            space[f"make_{name}"] = one.default_factory
            parameter, value = f"{name}=made", f"make_{name}() if {name} is made else {name}"
        elif one.default is not _NONE:
            space[f"default_{name}"] = one.default
            parameter = f"{name}=default_{name}"
        (by_name if one.kw_only else positional).append(parameter)
        lines.append(f"    set_{name}(self, {value})")
    parameters = ", ".join(["self", *positional, *(["*", *by_name] if by_name else [])])
    if hasattr(cls, "__post_init__"):
        lines.append("    self.__post_init__()")
    text = f"def __init__({parameters}):\n" + ("\n".join(lines) or "    pass")
    exec(text, space)  # noqa: S102 (names of fields are Python's own)
    made: Callable[..., None] = space["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _comparison(names: list[str]) -> tuple[Callable[[Any, object], Any], Callable[[Any], int]]:
    if not names:
        return (lambda self, other: type(self) is type(other) or NotImplemented), lambda self: hash(type(self))
    key = attrgetter(*names)

    def equal(self: Any, other: object) -> Any:
        return key(self) == key(other) if type(self) is type(other) else NotImplemented

    return equal, lambda self: hash(key(self))


def _shown(value: object, names: tuple[str, ...]) -> str:
    return f"{type(value).__qualname__}({', '.join([f'{name}={getattr(value, name)!r}' for name in names])})"


def _refuse(self: object, name: str, *_: object) -> None:
    raise AttributeError(f"{type(self).__name__} is frozen: its {name} can't be changed")


def _get_state(self: Any) -> tuple[Any, ...]:
    return tuple([getattr(self, name) for name in type(self).__record_fields__])


def _set_state(self: Any, state: tuple[Any, ...]) -> None:
    for name, value in zip(type(self).__record_fields__, state, strict=True):
        object.__setattr__(self, name, value)
