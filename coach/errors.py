"""Errors that people see.

    CoachError           code + a sentence for a person
    ├── NotFound         it is not there, or not yours: the two are told apart nowhere
    ├── Refused          the request is understood and not allowed now
    └── Conflict         somebody or something else was first

`code` is stable and for machines; `str(error)` is for a person and holds nothing a member said.
"""


class CoachError(Exception):
    """Base of every error that a view, tool or socket answers with."""

    code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        if code:
            self.code = code


class NotFound(CoachError):
    code = "not_found"


class Refused(CoachError):
    code = "refused"


class Conflict(CoachError):
    code = "conflict"
