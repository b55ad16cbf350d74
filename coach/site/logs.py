"""What a line of the log says: ids and codes, and no more of it than anybody would read."""

import logging
from typing import Any


class RefusedInOneLine(logging.Filter):
    """A request that is refused is one line: Django writes where in its code it was refused, too.

    Thirty lines for each form that a stranger sends would hide what is wrong with the site. An
    error of ours (500) keeps its traceback.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if 400 <= getattr(record, "status_code", 500) < 500:
            record.exc_info = record.exc_text = None
        return True


QUIET = (
    "daphne",
    "uvicorn",
    "django.channels.server",
    "celery",
    "httpx",
    "httpcore",
    "axes",
    "websockets",
)

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(name)s %(message)s"}},
    "filters": {"refused": {"()": RefusedInOneLine}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["refused"]}
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {name: {"level": "WARNING"} for name in QUIET},
}
