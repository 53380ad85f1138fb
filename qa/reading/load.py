"""Loads readers: the small one that ranks, the large one that reads the best passages, or any other reader."""

import json
import os
from functools import cache
from pathlib import Path

from index.digest import sha256
from qa.reading.calibration import UNCALIBRATED, Calibration
from qa.reading.network import NETWORK, OnnxNetwork, UnusableReader
from qa.reading.reader import Reader

_WEIGHTS = Path(__file__).with_name("weights")
SMALL, LARGE = _WEIGHTS / "small", _WEIGHTS / "large"

SHIPPED = {"large": LARGE, "small": SMALL}
"""The shipped readers' folders, by their names."""

CALIBRATION = "calibration.json"

_HASHES = "SHA256SUMS.json"
"""The file in a reader's folder with the SHA-256 of each other file."""


@cache
def shipped_reader(name: str) -> Reader:
    """Return the reader `name` of `SHIPPED`, loaded once per process."""
    return load_reader(str(SHIPPED[name]))


def default_ranker() -> Reader:
    """Return the small reader, loaded once per process."""
    return shipped_reader("small")


@cache
def default_reader() -> Reader:
    """Return the large reader, or the one that `CITED_READER` names, loaded once per process.

    With `CITED_READER=small`, the small reader both ranks and reads, for slow machines.
    """
    given = named_reader() or "large"
    name = next((name for name, folder in SHIPPED.items() if given in (name, str(folder))), "")
    return shipped_reader(name) if name else load_reader(given)


def named_reader() -> str:
    """Return what `CITED_READER` names; "" if nothing."""
    return os.environ.get("CITED_READER", "")


def load_reader(name: str) -> Reader:
    """Return the reader in the folder `name`, in the format of the shipped ones, or else a model of transformers.

    Raises:
        UnusableReader: it cannot be loaded, or its weights are damaged.
    """
    folder = Path(name).expanduser()
    if _WEIGHTS in folder.parents or (folder / NETWORK).exists():
        check_files(folder)
        return Reader(OnnxNetwork(folder), load_calibration(folder))
    from qa.reading.transformers import TransformersNetwork  # imports torch, which takes seconds

    return Reader(TransformersNetwork(name), load_calibration(folder))


def load_calibration(folder: Path) -> Calibration:
    """Return the calibration of the reader in `folder`; a default one if none was fitted.

    Raises:
        UnusableReader: another version of Cited wrote it.
    """
    file = folder / CALIBRATION
    try:
        return Calibration(**json.loads(file.read_bytes())) if file.exists() else UNCALIBRATED
    except (TypeError, ValueError) as error:
        raise UnusableReader(
            f"{file} was written by another version of Cited; run python -m training.calibrate again."
        ) from error


def seal(folder: Path) -> None:
    """Write the hash of every file of a reader's `folder`, for `check_files`."""
    names = sorted(path.name for path in folder.iterdir() if path.name != _HASHES)
    hashes = {name: sha256(folder / name) for name in names}
    (folder / _HASHES).write_text(json.dumps(hashes, indent=1) + "\n", encoding="utf-8")


def check_files(folder: Path) -> None:
    """Check every file of a reader's `folder` against its hash.

    Raises:
        UnusableReader: a file is missing, or differs from its hash.
    """
    try:
        expected: dict[str, str] = json.loads((folder / _HASHES).read_bytes())
        found = {name: sha256(folder / name) for name in expected}
    except (OSError, ValueError) as error:
        raise UnusableReader(f"The reader's weights in {folder} are missing; install Cited again.") from error
    damaged = [name for name in expected if found[name] != expected[name]]
    if damaged:
        raise UnusableReader(f"The reader's weights in {folder} are damaged ({damaged[0]}); install Cited again.")
