"""All messages of the wire, by direction, and how to make any of them."""

from typing import Any, get_args

import msgspec
from hypothesis import strategies as st
from msgspec import inspect

from coach import wire

DIRECTIONS = {
    "page up": wire.FromPage,
    "page down": wire.ToPage,
    "interpreter up": wire.FromInterpreter,
    "interpreter down": wire.ToInterpreter,
    "desk up": wire.FromDesk,
    "desk down": wire.ToDesk,
    "voice up": wire.FromVoice,
    "voice down": wire.ToVoice,
    "talk push": wire.TalkPush,
    "watch push": wire.WatchPush,
    "expert push": wire.ExpertPush,
}


def messages_of(union: Any) -> tuple[type[msgspec.Struct], ...]:
    return get_args(union) or (union,)


def types_of(union: Any) -> set[str]:
    """The values of `type` in this direction."""
    return {str(message.__struct_config__.tag) for message in messages_of(union)}


def any_of(union: Any) -> st.SearchStrategy[Any]:
    """Any message of this direction, with any values in its fields."""
    return st.one_of([_struct(message) for message in messages_of(union)])


def _struct(struct: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    kind = inspect.type_info(struct)
    assert isinstance(kind, inspect.StructType)
    fields = {field.name: _value(field.type) for field in kind.fields}
    return st.builds(struct, **fields)


def _value(kind: inspect.Type) -> st.SearchStrategy[Any]:
    match kind:
        case inspect.Metadata(type=inner):
            return _value(inner)
        case inspect.LiteralType(values=values):
            return st.sampled_from(values)
        case inspect.UnionType(types=types):
            return st.one_of([_value(one) for one in types])
        case inspect.StructType(cls=cls):
            return _struct(cls)
        case inspect.IntType():
            return st.integers(-(2**31), 2**31)
        case inspect.FloatType():
            return st.floats(allow_nan=False, allow_infinity=False)
        case inspect.BoolType():
            return st.booleans()
        case inspect.StrType():
            return st.text(max_size=40)
        case inspect.NoneType():
            return st.none()
    raise AssertionError(f"a field of a kind that no message had yet: {kind}")
