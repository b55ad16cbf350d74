"""What other accounts of this machine must not read: the folder of data, and Redis.

What members say is in both. A Redis listens on a port, which every account can reach.
"""

import os
import secrets
from pathlib import Path


def close_to_others(folder: Path) -> None:
    """Nobody but its owner reads the folder. Another's folder is that one's to open or close."""
    if folder.stat().st_uid == os.geteuid():
        folder.chmod(0o700)


def give_password(files: Path) -> None:
    """A Redis whose data are in `files` asks for a password of this start's own.

    It is written twice: for Redis, and for whoever connects (`coach.environment.own_redis`).
    """
    files.mkdir(mode=0o700, parents=True, exist_ok=True)
    password = secrets.token_hex(32)
    for name, text in (("redis.conf", f"requirepass {password}\n"), ("password", password)):
        written = files / name
        written.touch(mode=0o600)
        written.chmod(0o600)
        written.write_text(text)


def forget_password(files: Path) -> None:
    """That Redis is over: whatever listens there next has another password, or none."""
    (files / "password").unlink(missing_ok=True)
