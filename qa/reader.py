"""The reader: where, if anywhere, a passage answers a question. Runs on ONNX Runtime, without torch."""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index import CitedError
from index.onnx_model import OnnxModel
from qa.calibration import Calibration, load_calibration
from qa.encoding import PairTokenizer, Window, padded
from qa.reading import Reading, read

NETWORK = "reader.onnx"

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

    def _logits(self, window: Window) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        inputs = padded([window])
        given = {"input_ids": inputs.ids, "token_type_ids": inputs.types, "attention_mask": inputs.attended}
        start, end = self._model.run(given)
        return start[0], end[0]


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
