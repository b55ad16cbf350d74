"""JSON answers to requests of a talk's scripts."""

import msgspec
from django.http import JsonResponse

from coach import wire


def json_answer(body: wire.Answer, status: int = 200) -> JsonResponse:
    return JsonResponse(_plain(body), status=status)


def _plain(value: object) -> object:
    """Structs as dicts. The rest is Django's to encode: its safe and lazy strings are no `str`."""
    if isinstance(value, msgspec.Struct):
        return {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
    return value
