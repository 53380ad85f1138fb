"""The token of the page's address: whoever knows it may use the page and ask as a program."""

import os
import re
import secrets
import stat
from contextlib import suppress
from pathlib import Path

import platformdirs

from index import CitedError


class NoToken(CitedError):
    """The token's file cannot be written."""


def token_file() -> Path:
    """Return the file of the token. It is for its owner alone, and stays the same when Cited is started again."""
    return platformdirs.user_data_path("cited") / "token"


def token() -> str:
    """Return the token, a new one if there is none yet or if others could read it.

    Raises:
        NoToken: the file cannot be written.
    """
    file = token_file()
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (kept := _kept(file)):
            file.unlink(missing_ok=True)
            with (
                suppress(FileExistsError),  # another process was faster
                os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as new,
            ):
                new.write(secrets.token_urlsafe(32))
            kept = _kept(file)
    except OSError as error:
        raise NoToken(f"{file} cannot be written ({error.strerror}); see to it that you may write it.") from error
    if not kept:
        raise NoToken(f"{file} holds no token; delete it, and start Cited again.")
    return kept


def entrance(address: str) -> Path:
    """Write a file that leads a browser to the page at `address` with the token, and return it.

    Every account of the machine sees the arguments with which a browser is started. It is therefore started with this
    file, and not with an address that holds the token.
    """
    file = token_file().with_name("open.html")
    file.unlink(missing_ok=True)
    content = f'<meta http-equiv="refresh" content="0; url={address}?token={token()}"><title>Cited</title>'
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as new:
        new.write(content)
    return file


def _kept(file: Path) -> str:
    """Return the token in `file`; "" if there is none, or if others may read it."""
    with suppress(OSError, UnicodeDecodeError):
        is_private = os.name == "nt" or not stat.S_IMODE(file.stat().st_mode) & 0o077
        kept = file.read_text(encoding="ascii").strip()
        if is_private and re.fullmatch(r"[\w-]{40,100}", kept, re.ASCII):
            return kept
    return ""
