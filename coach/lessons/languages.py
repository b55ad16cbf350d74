"""What languages are called."""

from django.utils.translation import get_language_info


def language_name(code: str) -> str:
    """In the reader's own language; the code itself if nobody named it."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
