"""What a line of the log says: ids and codes, and no more of it than anybody would read."""

import logging


class RefusedInOneLine(logging.Filter):
    """A request that is refused is one line: Django writes where in its code it was refused, too.

    Thirty lines for each form that a stranger sends would hide what is wrong with the site. An
    error of ours (500) keeps its traceback.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if 400 <= getattr(record, "status_code", 500) < 500:
            record.exc_info = record.exc_text = None
        return True
