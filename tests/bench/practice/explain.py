"""How the database carries out a statement, by the statement's text alone."""

import re

from django.db import DatabaseError, connection

# What stands for a parameter makes no difference to the index that is chosen.
MARK = re.compile(r"%s")


def explained(sql: str) -> list[str]:
    """Its plan, a line each; nothing for what is no query, or needs its real parameters."""
    if not sql.lstrip().startswith(("SELECT", "UPDATE", "DELETE")):
        return []
    text = MARK.sub("NULL" if connection.vendor == "postgresql" else "1", sql)
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"EXPLAIN {text}")
                return [row[0] for row in cursor.fetchall()]
            cursor.execute(f"EXPLAIN QUERY PLAN {text}")
            return [row[3] for row in cursor.fetchall()]
    except DatabaseError as error:
        return [type(error).__name__]
