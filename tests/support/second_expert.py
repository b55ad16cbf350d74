"""A second expert beside the demo's dietitian: its administrator, who is no supervisor."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from tests.support.product import Product

OWN = {"supervisor": 0, "active": 1, "status": "offline", "lease_until": None}


@contextmanager
def second_place(product: Product) -> Iterator[None]:
    """The administrator has the dietitian's skills and a place at the desk, which closes again:
    in the next test a call would ring where nobody sits.
    """
    with closing(sqlite3.connect(product.database, timeout=20)) as base:
        [admin] = base.execute("SELECT id FROM people_user WHERE is_superuser").fetchone()
        with base:
            _open(base, admin)
        try:
            yield
        finally:
            with base:
                base.execute("UPDATE handoff_expert SET active = 0 WHERE user_id = ?", [admin])


def _open(base: sqlite3.Connection, admin: int) -> None:
    columns = [row[1] for row in base.execute("PRAGMA table_info(handoff_expert)")]
    kept = [name for name in columns if name not in ("id", "user_id")]
    names = ", ".join(f'"{name}"' for name in kept)
    base.execute(
        f"INSERT OR IGNORE INTO handoff_expert (user_id, {names}) "
        f"SELECT ?, {names} FROM handoff_expert ORDER BY id LIMIT 1",
        [admin],
    )
    own = ", ".join(f"{name} = ?" for name in OWN)
    base.execute(f"UPDATE handoff_expert SET {own} WHERE user_id = ?", [*OWN.values(), admin])
