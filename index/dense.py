"""The dense index: exact cosine search over the passages' vectors. The only module that imports FAISS."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from index.database import Changes
from index.encoder import Vectors
from index.manifest import MANIFEST, Manifest, check_files, checksum_of, read_manifest

FORMAT = 1
"""Of the files; raised with every change to what they hold."""


class DenseIndex:
    """Vectors by passage number, in a FAISS `IDMap2(FlatIP)` that is kept in `folder`.

    Derived from the collection's database: `generation` is the last of its changes that stands here, 0 when none does,
    as before it is loaded.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index: faiss.Index | None = None
        self._manifest = Manifest(FORMAT)

    @property
    def generation(self) -> int:
        return self._manifest.generation

    def load(self) -> None:
        """Take what is on disk, which stays as it is; where that is missing or damaged, begin empty at generation 0."""
        try:
            manifest = read_manifest(self._folder, FORMAT)
            if manifest != self._manifest:
                check_files(self._folder, manifest)
                (name,) = manifest.checksums
                self._index = faiss.read_index(str(self._folder / name))
                self._manifest = manifest
        except (OSError, ValueError, RuntimeError):
            self._index, self._manifest = None, Manifest(FORMAT)

    def update(self, changes: Changes) -> None:
        """Carry out `changes` and keep the result; after a stop at any point, what was there before is loaded."""
        index = self._index if changes.since > 0 else None
        self._index, self._manifest = None, Manifest(FORMAT)  # should this fail half way
        if index is not None and changes.removed:
            index.remove_ids(faiss.IDSelectorBatch(np.array(changes.removed, dtype=np.int64)))
        for batch in changes.vectors:
            if index is None:
                index = faiss.IndexIDMap2(faiss.IndexFlatIP(batch.vectors.shape[1]))
            index.add_with_ids(batch.vectors, np.array(batch.passages, dtype=np.int64))
        if index is not None:
            self._manifest = self._save(index, changes.generation)
        else:
            self._manifest = Manifest(FORMAT, changes.generation)
        self._index = index

    def passages(self) -> list[int]:
        """Return the passages that stand here, in any order; one that stands twice comes twice."""
        index: Any = self._index
        return [] if index is None else list(faiss.vector_to_array(index.id_map).tolist())

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

    def _save(self, index: faiss.Index, generation: int) -> Manifest:
        """Write the vectors to a file of their own, then the manifest that names it, and then delete the others."""
        if not self._folder.is_dir():
            self._folder.unlink(missing_ok=True)
            self._folder.mkdir()
        vectors = self._folder / f"{generation}.faiss"
        unfinished = vectors.with_suffix(".unfinished")
        faiss.write_index(index, str(unfinished))
        checksum = checksum_of(unfinished)
        unfinished.replace(vectors)
        manifest = Manifest(FORMAT, generation, {vectors.name: checksum})
        manifest.write(self._folder)
        for file in self._folder.iterdir():
            if file.name not in {vectors.name, MANIFEST}:
                file.unlink()
        return manifest


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
