"""The examination of the machine: folders, the disk, the port, and settings that lead requests elsewhere."""

import os
import shutil
import socket
import stat
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import platformdirs

from qa.doctor.diagnosis import Diagnosis, note, sound, wrong

_ENOUGH, _SCARCE = 1_000_000_000, 100_000_000
"""Bytes free on a disk below which a note is given, and below which something is wrong."""

_LOOPBACK = "127.0.0.1"

_FIRST_PORT = 7860


def examine_folders() -> Iterator[Diagnosis]:
    """Look whether the user's own folders can be written, and by nobody else be read."""
    folders = {
        "data": platformdirs.user_data_path("cited"),
        "cache": platformdirs.user_cache_path("cited"),
        "temporary files": Path(tempfile.gettempdir()),
    }
    bad = [complaint for use, folder in folders.items() if (complaint := _unfit(use, folder))]
    yield from map(wrong, bad)
    if not bad:
        yield sound(f"The folders for data ({folders['data']}), cache and temporary files can be used.")


def examine_disk(address: str | None) -> Iterator[Diagnosis]:
    """Look how much room the disks have on which data are kept."""
    places = [platformdirs.user_data_path("cited"), Path(tempfile.gettempdir())]
    if address and "://" not in address:
        places.append(Path(address))
    for place in dict.fromkeys(map(_existing, places)):
        free = shutil.disk_usage(place).free
        told = f"The disk of {place} has {free / 1e6:,.0f} MB free"
        if free < _SCARCE:
            yield wrong(f"{told}; make room on it, or nothing can be added.")
        elif free < _ENOUGH:
            yield note(f"{told}; that is enough for a few documents.")


def examine_port(port: int | None) -> Iterator[Diagnosis]:
    """Look whether the port is free."""
    with socket.socket() as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_LOOPBACK, _FIRST_PORT if port is None else port))
        except OSError as error:
            if port is None:
                yield note(f"Port {_FIRST_PORT} is in use, perhaps by Cited itself; the page then takes the next one.")
            else:
                yield wrong(f"Port {port} cannot be used ({error.strerror}); end its program, or name another port.")
        else:
            yield sound(f"Port {_FIRST_PORT if port is None else port} is free.")


def examine_proxies() -> Iterator[Diagnosis]:
    """Look for proxy settings that lead requests for this machine elsewhere."""
    proxies = urllib.request.getproxies()
    named = [kind for kind in ("http", "all") if kind in proxies]
    if named and not urllib.request.proxy_bypass(_LOOPBACK):
        yield wrong(
            f"{named[0].upper()}_PROXY leads programs that ask {_LOOPBACK} to a proxy;"
            f" set NO_PROXY={_LOOPBACK},localhost."
        )


def _unfit(use: str, folder: Path) -> str:
    """Return what is wrong with a folder, and the remedy; "" if nothing is."""
    there = _existing(folder)
    if not there.is_dir():
        return f"{there} is no folder, and so no {use} can be kept there; move the file away."
    if not os.access(there, os.W_OK | os.X_OK):
        return f"{there} cannot be written, and so no {use} can be kept there; mend it with: chmod u+rwx {there}"
    if there == folder and use == "data" and os.name != "nt" and stat.S_IMODE(folder.stat().st_mode) & 0o077:
        return f"Other accounts can enter {folder}, where documents are kept; mend it with: chmod 700 {folder}"
    return ""


def _existing(place: Path) -> Path:
    """Return `place`, or else the nearest folder around it that exists."""
    return next(each for each in (place.absolute(), *place.absolute().parents) if each.exists())
