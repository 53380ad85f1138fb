"""Vectors in a temporary file, for documents with too many to keep in memory."""

import tempfile
import weakref
from collections.abc import Iterable, Iterator
from typing import IO, Any

import numpy as np

from index.encoder.base import Vectors
from index.errors import DiskFull

KEPT = 20_000
"""Most vectors that are kept in memory: 31 MB with the default model."""

_BATCH = 4_096
"""Vectors read from the file at once."""


class SpooledVectors:
    """Vectors in a temporary file without a name. It goes with this object, or with the process.

    Slices are views of the same file. `numpy.asarray` reads the vectors as an array, `(n, dim)` float32.
    """

    def __init__(self, file: IO[bytes], dimensions: int, numbers: range, whole: "SpooledVectors | None" = None) -> None:
        self._file = file
        self._dimensions = dimensions
        self._numbers = numbers
        self._whole = whole  # its slices need the file
        if whole is None:
            weakref.finalize(self, file.close)

    @property
    def shape(self) -> tuple[int, int]:
        """The number of vectors, and of their dimensions."""
        return len(self._numbers), self._dimensions

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, some: slice) -> "SpooledVectors":
        return SpooledVectors(
            self._file, self._dimensions, self._numbers[some], self if self._whole is None else self._whole
        )

    def __iter__(self) -> Iterator[Vectors]:
        for first in range(0, len(self), _BATCH):
            yield from np.asarray(self[first : first + _BATCH])

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Vectors:
        self._file.seek(self._numbers.start * self._dimensions * 4)
        data = self._file.read(len(self) * self._dimensions * 4)
        return np.frombuffer(data, np.float32).reshape(self.shape).astype(dtype or np.float32, copy=False)


def gathered(batches: Iterable[Vectors], count: int) -> Vectors | SpooledVectors:
    """Return the vectors in `batches`, `count` in all, together: in memory, or in a file if they are many.

    Raises:
        DiskFull: the folder for temporary files has no room for them.
    """
    if count <= KEPT:
        arrays = list(batches)
        return np.concatenate(arrays) if arrays else np.empty((0, 0), np.float32)
    file = tempfile.TemporaryFile()  # noqa: SIM115
    written = dimensions = 0
    for batch in batches:
        try:
            file.write(np.ascontiguousarray(batch, np.float32).tobytes())
        except OSError as error:
            raise DiskFull(
                f"{tempfile.gettempdir()} has no room for {count:,} vectors ({error.strerror}); make room, or set"
                " TMPDIR to another folder, and try again."
            ) from error
        written, dimensions = written + len(batch), batch.shape[1]
    return SpooledVectors(file, dimensions, range(written))
