"""The reader: where, if anywhere, a passage answers a question. Runs on ONNX Runtime, without torch."""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from index import CitedError
from index.encoder.onnx import OnnxModel
from qa.reading.calibration import UNCALIBRATED, Calibration
from qa.reading.read import Logits, Reading, read
from qa.reading.tokens import PairTokenizer, Window, padded

NETWORK = "reader.onnx"

CALIBRATION = "calibration.json"

HASHES = "SHA256SUMS.json"
"""The file of a reader's folder that holds the SHA-256 of each other file."""


class UnusableReader(CitedError):
    """The reader's files are missing, or not those that it was shipped with."""


class Reader(Protocol):
    """Whatever finds answers in passages."""

    @property
    def calibration(self) -> Calibration:
        """What its readings are worth."""

    def read(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """Return the best span of each of `passages`, offsets into it, in their order."""


class OnnxReader:
    """The reader in a folder that `training.export` wrote.

    Raises:
        UnusableReader: a file is missing, or differs from its hash.
    """

    def __init__(self, folder: Path) -> None:
        verify(folder)
        self.calibration = load_calibration(folder)
        self._model = OnnxModel(folder / NETWORK, threads=0)
        self._tokenizer = PairTokenizer.of(folder)

    def read(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """Return the best span of each of `passages`, offsets into it, in their order."""
        return read(self._logits, self._tokenizer, question, passages)

    def _logits(self, window: Window) -> Logits:
        inputs = padded([window])
        start, end, relevance = self._model.run({"ids": inputs.ids, "types": inputs.types, "attended": inputs.attended})
        return Logits(start[0], end[0], float(relevance[0]))


def load_calibration(folder: Path) -> Calibration:
    """Return the calibration of the reader in `folder`, which may lack one.

    Raises:
        UnusableReader: another version of Cited has written it.
    """
    file = folder / CALIBRATION
    try:
        return Calibration(**json.loads(file.read_bytes())) if file.exists() else UNCALIBRATED
    except (TypeError, ValueError) as error:
        raise UnusableReader(
            f"{file} was written by another version of Cited; run python -m training.calibrate again."
        ) from error


def is_exported(folder: Path) -> bool:
    """Return whether `folder` holds a reader that `training.export` wrote."""
    return (folder / NETWORK).exists()


def seal(folder: Path) -> None:
    """Write down the hash of every file of a reader's `folder`, which `verify` will hold it to."""
    names = sorted(path.name for path in folder.iterdir() if path.name != HASHES)
    hashes = {name: sha256((folder / name).read_bytes()).hexdigest() for name in names}
    (folder / HASHES).write_text(json.dumps(hashes, indent=1) + "\n", encoding="utf-8")


def verify(folder: Path) -> None:
    """Check every file of a reader's `folder` against its hash.

    Raises:
        UnusableReader: a file is missing, or differs from its hash.
    """
    try:
        expected: dict[str, str] = json.loads((folder / HASHES).read_bytes())
        found = {name: sha256((folder / name).read_bytes()).hexdigest() for name in expected}
    except (OSError, ValueError) as error:
        raise UnusableReader(f"The reader's weights in {folder} are missing; install Cited again.") from error
    damaged = [name for name in expected if found[name] != expected[name]]
    if damaged:
        raise UnusableReader(f"The reader's weights in {folder} are damaged ({damaged[0]}); install Cited again.")
