"""The dense index: exact cosine search over the passages' vectors. The only module that imports FAISS."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import faiss
import numpy as np

from index.database import Changes
from index.encoder import Vectors


class DenseIndex:
    """Vectors by passage number, in a FAISS `IDMap2(FlatIP)` that is kept in `folder`.

    Derived from the collection's database: `generation` is the last of its changes that stands here, 0 when none does,
    as before it is loaded.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index: faiss.Index | None = None
        self.generation = 0

    def load(self) -> None:
        """Take what is on disk, which stays as it is; where that is missing or damaged, begin empty at generation 0."""
        try:
            self.generation = int((self._folder / "generation").read_text())
            self._index = faiss.read_index(str(self._folder / "vectors.faiss"))
        except (OSError, ValueError, RuntimeError):
            self.generation = 0
            self._index = None

    def update(self, changes: Changes) -> None:
        """Carry out `changes` and keep the result; doing so twice does no harm."""
        index = self._index if changes.since > 0 else None
        if index is None and changes.added:
            index = faiss.IndexIDMap2(faiss.IndexFlatIP(changes.vectors.shape[1]))
        if index is not None:
            # What an interrupted update has added already must not stand twice.
            index.remove_ids(faiss.IDSelectorBatch(np.array([*changes.removed, *changes.added], dtype=np.int64)))
            if changes.added:
                index.add_with_ids(changes.vectors, np.array(changes.added, dtype=np.int64))
            self._save(index, changes.generation)
        self._index = index
        self.generation = changes.generation

    def search(self, vector: Vectors, depth: int) -> dict[int, float]:
        """Return the `depth` passages nearest to `vector`, `(dim,)`: number → cosine, best first."""
        if self._index is None or self._index.ntotal == 0:
            return {}
        with _one_thread():
            cosines, passages = self._index.search(vector[np.newaxis], min(depth, self._index.ntotal))
        return dict(zip(passages[0].tolist(), cosines[0].tolist(), strict=True))

    def cosines(self, vector: Vectors, passages: Iterable[int]) -> dict[int, float]:
        """Return the cosine of `vector`, `(dim,)`, with each of `passages`, all of which stand here."""
        if self._index is None:
            return {}
        return {passage: float(self._index.reconstruct(passage) @ vector) for passage in passages}

    def _save(self, index: faiss.Index, generation: int) -> None:
        """Replace the vectors before their generation: a stop between the two means an update done twice."""
        if not self._folder.is_dir():
            self._folder.unlink(missing_ok=True)
            self._folder.mkdir()
        unfinished = self._folder / "vectors.unfinished"
        faiss.write_index(index, str(unfinished))
        unfinished.replace(self._folder / "vectors.faiss")
        (self._folder / "generation").write_text(str(generation))


@contextmanager
def _one_thread() -> Iterator[None]:
    """Keep FAISS to the calling thread.

    After torch has encoded a question its threads spin for a while, and a second one of FAISS's waits 4 ms for a core
    on a machine of two. The number is put back, because torch may share FAISS's OpenMP and then encodes with it too.
    """
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)
