"""The dense index: nearest passages by cosine. This is the only module that imports FAISS."""

import json
import math
import os
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

import faiss
import numpy as np

from index.encoder.base import Vectors
from index.folder.changes import Changes, VectorBatch
from index.folder.database import Database
from index.folder.manifest import MANIFEST, Manifest, check_files, checksum_of, read_manifest

_FORMAT = 2
"""Number of the file format. It increases with every change to the content of the files."""

_BUILT, _VECTORS = ".json", ".faiss"
"""Suffixes of the two files, whose names begin with the generation."""

EXACT_UP_TO = 125_000
"""Number of passages up to which search is exact."""

SCANNED_UP_TO = 250_000
"""Number of passages up to which all vectors are scanned in 8-bit scalar quantisation. Above it, IVF is used."""

RERANKED = 200
"""Smallest number of candidates of an approximate search that are reranked by exact cosine."""

MOST_REPLAYED = 10_000
"""Number of passages added or removed since the last save, above which the index is saved again."""

_BATCH = 5_000
"""Exact vectors in memory at once while the index is built."""

_TRAINING = 40
"""Training vectors for each IVF cell, about the smallest number that FAISS accepts without a warning."""

_TRIAL = 200
"""Number of queries with which recall is measured."""

_LIKENESS = 0.5
"""Cosine of a query with the vector it is made from. Fitted; docs/decisions/0016 says on what data and how."""

NEIGHBOURS = 10
"""Number of nearest passages of each query that recall counts."""

_ENOUGH = 0.95
"""Recall above which `nprobe`, the number of cells visited, is not increased further."""

_COMPARED = 125_000
"""Approximate upper bound on the number of 8-bit vectors that an IVF search compares."""


@dataclass(frozen=True, slots=True)
class Built:
    """How an index was built.

    Attributes:
        kind: FAISS factory string. `IDMap2,Flat` is exact; `IDMap,SQ8` and `IVF…,SQ8` are approximate.
        passages: number of passages at that time.
        recall: share of the `NEIGHBOURS` true nearest passages that searches found then, in [0, 1]; 1 if exact.
    """

    kind: str
    passages: int
    recall: float


class DenseIndex:
    """Vectors by passage number, in a FAISS index that is stored in `folder`. Its type depends on their number.

    - Up to `EXACT_UP_TO` passages: exact float32.
    - Up to `SCANNED_UP_TO`: 8-bit scalar quantisation with a full scan.
    - Above: 8-bit scalar quantisation in an IVF index.

    An approximate search reranks its best candidates with the exact vectors from the database. Cosines are therefore
    always exact. Only whole passages can be missed (see `built.recall`).

    The index is derived from the database of the collection. `generation` is the generation of the database that the
    index in memory reflects; 0 if it is empty or not loaded yet. The files may lag behind by up to `MOST_REPLAYED`
    passages, so that adding one passage does not rewrite them. The missing changes are replayed from the database.
    """

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self._database = database
        self._index: faiss.Index | None = None
        self.built: Built | None = None
        self.generation = 0

    def load(self) -> None:
        """Load the files if they are newer, without changing them. If they are missing or damaged, begin empty."""
        try:
            manifest = read_manifest(self.folder, _FORMAT)
            if manifest.generation > self.generation:
                check_files(self.folder, manifest)
                built, vectors = (self.folder / f"{manifest.generation}{suffix}" for suffix in (_BUILT, _VECTORS))
                self.built = Built(**json.loads(built.read_text(encoding="ascii")))
                self._index = faiss.read_index(str(vectors))
                self.generation = manifest.generation
        except (OSError, ValueError, TypeError, RuntimeError):
            self._begin_empty()

    def is_due(self) -> bool:
        """Return whether more than `MOST_REPLAYED` passages have changed since the last save, or none is usable."""
        try:
            saved = read_manifest(self.folder, _FORMAT).generation
        except (OSError, ValueError):
            return True
        return not self._database.has_been_at(saved) or self._database.count_changes(saved) > MOST_REPLAYED

    def update(self, changes: Changes) -> None:
        """Apply `changes`, and save the result if that is due. After an error, the index in memory is empty."""
        try:
            if self._index is None or changes.since == 0:
                self._build()
                self._save(changes.generation)
            else:
                self._change(changes)
                if self.is_due():
                    if self.built is None or self.built.kind != _kind(self._index.ntotal):
                        self._build()
                    self._save(changes.generation)
            self.generation = changes.generation
        except BaseException:
            self._begin_empty()
            raise

    def passages(self) -> list[int]:
        """Return the numbers of the indexed passages in any order. A duplicate entry appears twice."""
        index: Any = self._index
        if index is None:
            return []
        if not isinstance(index, faiss.IndexIVF):
            return list(faiss.vector_to_array(index.id_map).tolist())
        cells: Any = index.invlists
        return [
            number
            for cell in range(index.nlist)
            for number in faiss.rev_swig_ptr(cells.get_ids(cell), cells.list_size(cell)).tolist()
        ]

    def search(self, vector: Vectors, depth: int, among: Sequence[range] | None = None) -> dict[int, float]:
        """Return the `depth` passages nearest to `vector`.

        Args:
            vector: `(dim,)` float32, of unit length.
            depth: largest number of passages.
            among: passage numbers to search, in whatever cells they are; by default all.

        Returns:
            Passage number → cosine, best first.
        """
        if self._index is None or self._index.ntotal == 0:
            return {}
        wanted = depth if _is_exact(self._index) else max(RERANKED, 2 * depth)
        there = self._index.ntotal if among is None else sum(map(len, among))
        parameters = None if among is None else _only(among, self._index)
        with _threads(1):
            # After torch has encoded a question, its threads spin for a while. On two cores, a second FAISS thread
            # would wait 4 ms for a core.
            cosines, passages = self._index.search(vector[np.newaxis], min(wanted, there), params=parameters)
        if _is_exact(self._index):
            return dict(zip(passages[0].tolist(), cosines[0].tolist(), strict=True))
        candidates = self.cosines(vector, (passage for passage in passages[0].tolist() if passage >= 0))
        return dict(sorted(candidates.items(), key=lambda item: item[1], reverse=True)[:depth])

    def cosines(self, vector: Vectors, passages: Iterable[int]) -> dict[int, float]:
        """Return number → cosine with `vector`, `(dim,)`, for the `passages` in both the index and the database."""
        if self._index is None:
            return {}
        if _is_exact(self._index):
            return {passage: float(self._index.reconstruct(passage) @ vector) for passage in passages}
        exact = self._database.vectors(passages)
        return dict(zip(exact.passages, (exact.vectors @ vector).tolist(), strict=True)) if exact.passages else {}

    def _begin_empty(self) -> None:
        self._index, self.built, self.generation = None, None, 0

    def _change(self, changes: Changes) -> None:
        assert self._index is not None, "what is empty is built"
        if changes.removed:
            self._index.remove_ids(faiss.IDSelectorBatch(np.array(changes.removed, np.int64)))
        for batch in changes.vectors:
            _add(self._index, batch)

    def _build(self) -> None:
        """Build the index from all vectors in the database, which are read in batches."""
        self._begin_empty()  # frees the memory of the old index
        passages = self._database.numbers()
        if not passages:
            return
        kind = _kind(len(passages))
        sample = self._sample(passages, _TRAINING * _cells(len(passages))).vectors
        index = faiss.index_factory(sample.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
        trial = Trial(self._sample(passages, _TRIAL).vectors)
        with _threads(_cores()):
            if not index.is_trained:
                index.train(sample)
        for first in range(0, len(passages), _BATCH):
            batch = self._database.vectors(passages[first : first + _BATCH])
            _add(index, batch)
            if not _is_exact(index):
                trial.observe(batch)
        self._index = index
        self.built = Built(kind, len(passages), 1.0 if _is_exact(index) else self._tuned(index, trial))

    def _sample(self, passages: Sequence[int], size: int) -> VectorBatch:
        return self._database.vectors(random.Random(0).sample(passages, min(size, len(passages))))

    def _tuned(self, index: faiss.Index, trial: "Trial") -> float:
        """Double `nprobe` until recall reaches `_ENOUGH` or the limit is reached. Return the recall."""
        recall = trial.recall(self.search)
        while isinstance(index, faiss.IndexIVF) and recall < _ENOUGH and _may_visit_twice_as_many(index):
            index.nprobe *= 2
            recall = trial.recall(self.search)
        return recall

    def _save(self, generation: int) -> None:
        """Write new files, then the manifest that names them. Then delete the old files."""
        if self._index is None or self.built is None:
            return  # there are no passages
        if not self.folder.is_dir():
            self.folder.unlink(missing_ok=True)
            self.folder.mkdir(mode=0o700)
        built, vectors = (self.folder / f"{generation}{suffix}" for suffix in (_BUILT, _VECTORS))
        built.write_text(json.dumps(asdict(self.built)), encoding="ascii")
        faiss.write_index(self._index, str(vectors))
        manifest = Manifest(_FORMAT, generation, {file.name: checksum_of(file) for file in (built, vectors)})
        manifest.write(self.folder)
        for file in self.folder.iterdir():
            if file.name not in {MANIFEST, *manifest.checksums}:
                file.unlink()


class Trial:
    """Queries for measuring recall. Their true nearest passages are found in one pass over all vectors.

    A query is a stored vector, rotated in a random direction until its cosine with the original is `_LIKENESS`. Stored
    vectors themselves would overestimate recall: passages lie close to the centres of IVF cells, and questions do not.
    """

    def __init__(self, vectors: Vectors) -> None:
        noise = np.random.default_rng(0).standard_normal(vectors.shape, np.float32)
        noise -= (noise * vectors).sum(axis=1, keepdims=True) * vectors
        noise /= np.linalg.norm(noise, axis=1, keepdims=True)
        self._queries = _LIKENESS * vectors + math.sqrt(1 - _LIKENESS**2) * noise
        self._cosines = np.full((len(vectors), NEIGHBOURS), -np.inf, np.float32)
        self._nearest = np.zeros((len(vectors), NEIGHBOURS), np.int64)

    def observe(self, batch: VectorBatch) -> None:
        """Update the true nearest passages with a batch of vectors."""
        cosines = np.hstack([self._cosines, self._queries @ batch.vectors.T])
        seen = np.broadcast_to(np.array(batch.passages, np.int64), (len(self._queries), len(batch.passages)))
        best = np.argpartition(cosines, -NEIGHBOURS, axis=1)[:, -NEIGHBOURS:]
        self._cosines = np.take_along_axis(cosines, best, axis=1)
        self._nearest = np.take_along_axis(np.hstack([self._nearest, seen]), best, axis=1)

    def recall(self, search: Callable[[Vectors, int], Mapping[int, float]]) -> float:
        """Return the share of the true nearest passages that `search` finds, in [0, 1]."""
        return fmean(
            len(search(query, NEIGHBOURS).keys() & set(nearest.tolist())) / NEIGHBOURS
            for query, nearest in zip(self._queries, self._nearest, strict=True)
        )


def _is_exact(index: faiss.Index) -> bool:
    return isinstance(index, faiss.IndexIDMap2)


def _only(passages: Sequence[range], index: faiss.Index) -> Any:
    """Return parameters that restrict a search of `index` to these passages, and make it compare all of them."""
    bits = np.zeros(max(numbers.stop for numbers in passages), np.bool_)
    for numbers in passages:
        bits[numbers.start : numbers.stop] = True
    library: Any = faiss  # its stubs lack these arguments
    selector = library.IDSelectorBitmap(np.packbits(bits, bitorder="little"))
    if isinstance(index, faiss.IndexIVF):  # all of them may lie in a cell that is far from the question
        return library.SearchParametersIVF(sel=selector, nprobe=index.nlist)
    return library.SearchParameters(sel=selector)


def _add(index: faiss.Index, batch: VectorBatch) -> None:
    with _threads(_cores()):
        index.add_with_ids(batch.vectors, np.array(batch.passages, np.int64))


def _kind(passages: int) -> str:
    """Return the FAISS factory string for this number of passages."""
    if passages <= EXACT_UP_TO:
        return "IDMap2,Flat"
    return "IDMap,SQ8" if passages <= SCANNED_UP_TO else f"IVF{_cells(passages)},SQ8"


def _cells(passages: int) -> int:
    """Return the number of IVF cells: the square root of `passages`, rounded to a power of the root of two."""
    return round(2 ** (round(math.log2(passages)) / 2))


def _may_visit_twice_as_many(index: faiss.IndexIVF) -> bool:
    return 2 * index.nprobe <= min(index.nlist, _COMPARED * index.nlist / index.ntotal)


def _cores() -> int:
    """Return the number of CPUs that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _threads(count: int) -> Iterator[None]:
    """Let FAISS use `count` threads. Restore the number afterwards, because torch may share the OpenMP runtime."""
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(count)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)
