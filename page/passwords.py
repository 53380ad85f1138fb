"""Passwords for a server that other machines reach: a file with a name and a hash on each line."""

import base64
import binascii
import hashlib
import hmac
import secrets
from pathlib import Path

from index import CitedError

_SHORTEST = 8
"""Characters of a password at least."""

_COST, _BLOCK, _LANES = 1 << 14, 8, 1
"""Parameters of scrypt: 16 MB of memory and some tens of milliseconds for each check."""


class UnusablePasswords(CitedError):
    """A password, a name or a file of passwords that cannot be used."""


def hashed(name: str, password: str) -> str:
    """Return the line of a file of passwords: the name, and a salted hash by scrypt.

    Raises:
        UnusablePasswords: the name is empty or has a colon or a space, or the password is too short.
    """
    if not name or ":" in name or not name.isprintable() or name.split() != [name]:
        raise UnusablePasswords(f"The name {name!r} cannot be used; choose one without spaces and colons.")
    if len(password) < _SHORTEST:
        raise UnusablePasswords(f"The password has {len(password)} characters; give it {_SHORTEST} or more.")
    salt = secrets.token_bytes(16)
    return f"{name}:scrypt:{_encoded(salt)}:{_encoded(_hash(password, salt))}"


class Passwords:
    """Names and hashed passwords.

    Args:
        file: one line for each name, as `hashed` makes it; empty lines and lines that begin with `#` are left out.

    Raises:
        UnusablePasswords: the file cannot be read, is empty or has a line of another kind.
    """

    def __init__(self, file: Path) -> None:
        lines = _text(file).splitlines()
        self._hashes: dict[str, tuple[bytes, bytes]] = {}
        for number, line in enumerate(lines, 1):
            if not line.strip() or line.startswith("#"):
                continue
            try:
                name, kind, salt, value = line.strip().split(":")
                self._hashes[name] = base64.b64decode(salt, validate=True), base64.b64decode(value, validate=True)
            except (ValueError, binascii.Error):
                kind = ""
            if kind != "scrypt":
                raise UnusablePasswords(f"Line {number} of {file} is none that `cited password` makes; make it again.")
        if not self._hashes:
            raise UnusablePasswords(f"{file} holds no passwords; add one with: cited password NAME >> {file}")

    def holds(self, name: str, password: str) -> bool:
        """Return whether the password is that of the name. An unknown name takes as long as a known one."""
        salt, value = self._hashes.get(name, (bytes(16), b""))
        return hmac.compare_digest(_hash(password, salt), value)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise UnusablePasswords(f"There is no file {file}; make it with: cited password NAME >> {file}") from error
    except OSError as error:
        raise UnusablePasswords(f"{file} cannot be read ({error.strerror}); see to it that you may read it.") from error
    except UnicodeDecodeError as error:
        raise UnusablePasswords(f"{file} is not UTF-8 text; name a file that `cited password` made.") from error


def _hash(password: str, salt: bytes) -> bytes:
    secret = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(secret, salt=salt, n=_COST, r=_BLOCK, p=_LANES, maxmem=1 << 26, dklen=32)


def _encoded(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")
