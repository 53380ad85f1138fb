"""The dense index: the passages nearest to a question by cosine. The only module that imports FAISS."""

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
from index.folder.database import Changes, Database, VectorBatch
from index.folder.manifest import MANIFEST, Manifest, check_files, checksum_of, read_manifest

FORMAT = 2
"""Of the files; raised with every change to what they hold."""

BUILT, VECTORS = ".json", ".faiss"
"""What the names of the two files end with, after the generation."""

EXACT_UP_TO = 125_000
"""Passages up to which a search compares the question with every vector as it is."""

SCANNED_UP_TO = 250_000
"""Passages up to which it does so in 8 bits a dimension; beyond, only with the vectors of the nearest cells."""

RERANKED = 200
"""Candidates of an approximate search, at least, whose exact cosines decide."""

MOST_REPLAYED = 10_000
"""Passages added or removed after the index was last saved, above which it is saved again."""

BATCH = 5_000
"""Passages whose exact vectors are in memory at once while the index is built."""

TRAINING = 40
"""Vectors that each cell's place is found from, about the least that FAISS asks for."""

TRIAL = 200
"""Queries from which recall is measured."""

LIKENESS = 0.5
"""Cosine of such a query with the vector it is made from. Fitted; docs/decisions/0016 says on what and how."""

NEIGHBOURS = 10
"""Nearest passages of each query that a search ought to find."""

ENOUGH = 0.95
"""Recall from which on a search visits no further cells."""

COMPARED = 125_000
"""Vectors in 8 bits, about, that a search of cells compares the question with at most."""


@dataclass(frozen=True, slots=True)
class Built:
    """How an index was built.

    Attributes:
        kind: in FAISS's language: `IDMap2,Flat` is exact, `IDMap,SQ8` and `IVF…,SQ8` are approximate.
        passages: their number when it was built.
        recall: share of the `NEIGHBOURS` truly nearest passages that searches found then; 1 where it is exact.
    """

    kind: str
    passages: int
    recall: float


class DenseIndex:
    """Vectors by passage number, in a FAISS index that follows their number and is kept in `folder`.

    Up to `EXACT_UP_TO` passages: exact float32. Up to `SCANNED_UP_TO`: 8-bit scalar quantisation, full scan. Above: the
    same in an IVF index. The exact vectors of the best candidates are then read from the database. So cosines are
    always exact, and only a passage can be missed (see `built.recall`).

    Derived from the collection's database: `generation` is the last of its changes that stands here in memory, 0 when
    none does, as before it is loaded. What is on disk may be behind by up to `MOST_REPLAYED` passages, so that adding
    one does not write all; the database's changes take it from there.
    """

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self._database = database
        self._index: faiss.Index | None = None
        self.built: Built | None = None
        self.generation = 0

    def load(self) -> None:
        """Take what is on disk if it is newer, and leave it as it is; where that is missing or damaged, begin empty."""
        try:
            manifest = read_manifest(self.folder, FORMAT)
            if manifest.generation > self.generation:
                check_files(self.folder, manifest)
                built, vectors = (self.folder / f"{manifest.generation}{suffix}" for suffix in (BUILT, VECTORS))
                self.built = Built(**json.loads(built.read_text(encoding="ascii")))
                self._index = faiss.read_index(str(vectors))
                self.generation = manifest.generation
        except (OSError, ValueError, TypeError, RuntimeError):
            self._begin_empty()

    def is_due(self) -> bool:
        """Return whether so much has changed since the index was saved that it has to be saved again."""
        try:
            saved = read_manifest(self.folder, FORMAT).generation
        except (OSError, ValueError):
            return True
        return not self._database.has_been_at(saved) or self._database.count_changes(saved) > MOST_REPLAYED

    def update(self, changes: Changes) -> None:
        """Carry out `changes`, and save the result if that is due. Should it fail half way, this begins empty."""
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
        """Return the passages that stand here, in any order; one that stands twice comes twice."""
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
        """Return the `depth` passages nearest to `vector`, `(dim,)`: number → cosine, best first.

        Args:
            among: the passages that alone are compared, in whatever cell they are; without them, all are searched.
        """
        if self._index is None or self._index.ntotal == 0:
            return {}
        wanted = depth if _is_exact(self._index) else max(RERANKED, 2 * depth)
        there = self._index.ntotal if among is None else sum(map(len, among))
        parameters = None if among is None else _only(among, self._index)
        with _threads(1):
            # After torch has encoded a question its threads spin for a while, and a second one of FAISS's waits 4 ms
            # for a core on a machine of two.
            cosines, passages = self._index.search(vector[np.newaxis], min(wanted, there), params=parameters)
        if _is_exact(self._index):
            return dict(zip(passages[0].tolist(), cosines[0].tolist(), strict=True))
        candidates = self.cosines(vector, (passage for passage in passages[0].tolist() if passage >= 0))
        return dict(sorted(candidates.items(), key=lambda item: item[1], reverse=True)[:depth])

    def cosines(self, vector: Vectors, passages: Iterable[int]) -> dict[int, float]:
        """Return the cosine of `vector`, `(dim,)`, with each of `passages` that stands here and in the database."""
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
        """Make the index anew from all vectors in the database, reading them in batches."""
        self._begin_empty()  # the old one's memory is needed
        passages = self._database.numbers()
        if not passages:
            return
        kind = _kind(len(passages))
        sample = self._sample(passages, TRAINING * _cells(len(passages))).vectors
        index = faiss.index_factory(sample.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
        trial = Trial(self._sample(passages, TRIAL).vectors)
        with _threads(_cores()):
            if not index.is_trained:
                index.train(sample)
        for first in range(0, len(passages), BATCH):
            batch = self._database.vectors(passages[first : first + BATCH])
            _add(index, batch)
            if not _is_exact(index):
                trial.see(batch)
        self._index = index
        self.built = Built(kind, len(passages), 1.0 if _is_exact(index) else self._tuned(index, trial))

    def _sample(self, passages: Sequence[int], size: int) -> VectorBatch:
        return self._database.vectors(random.Random(0).sample(passages, min(size, len(passages))))

    def _tuned(self, index: faiss.Index, trial: "Trial") -> float:
        """Let searches visit as many cells as it takes to find `ENOUGH`, and return the recall that they reach."""
        recall = trial.recall(self.search)
        while isinstance(index, faiss.IndexIVF) and recall < ENOUGH and _may_visit_twice_as_many(index):
            index.nprobe *= 2
            recall = trial.recall(self.search)
        return recall

    def _save(self, generation: int) -> None:
        """Write files of their own, then the manifest that names them, and then delete the others."""
        if self._index is None or self.built is None:
            return  # there are no passages
        if not self.folder.is_dir():
            self.folder.unlink(missing_ok=True)
            self.folder.mkdir(mode=0o700)
        built, vectors = (self.folder / f"{generation}{suffix}" for suffix in (BUILT, VECTORS))
        built.write_text(json.dumps(asdict(self.built)), encoding="ascii")
        faiss.write_index(self._index, str(vectors))
        manifest = Manifest(FORMAT, generation, {file.name: checksum_of(file) for file in (built, vectors)})
        manifest.write(self.folder)
        for file in self.folder.iterdir():
            if file.name not in {MANIFEST, *manifest.checksums}:
                file.unlink()


class Trial:
    """Queries whose true nearest passages are found while all vectors pass by, to measure recall by.

    A query is a stored vector turned in a random direction until its cosine with itself is `LIKENESS`. Stored vectors
    as they are would flatter the index: passages lie close to the centres of its cells, and questions do not.
    """

    def __init__(self, vectors: Vectors) -> None:
        noise = np.random.default_rng(0).standard_normal(vectors.shape, np.float32)
        noise -= (noise * vectors).sum(axis=1, keepdims=True) * vectors
        noise /= np.linalg.norm(noise, axis=1, keepdims=True)
        self._queries = LIKENESS * vectors + math.sqrt(1 - LIKENESS**2) * noise
        self._cosines = np.full((len(vectors), NEIGHBOURS), -np.inf, np.float32)
        self._nearest = np.zeros((len(vectors), NEIGHBOURS), np.int64)

    def see(self, batch: VectorBatch) -> None:
        """Take notice of passages."""
        cosines = np.hstack([self._cosines, self._queries @ batch.vectors.T])
        seen = np.broadcast_to(np.array(batch.passages, np.int64), (len(self._queries), len(batch.passages)))
        best = np.argpartition(cosines, -NEIGHBOURS, axis=1)[:, -NEIGHBOURS:]
        self._cosines = np.take_along_axis(cosines, best, axis=1)
        self._nearest = np.take_along_axis(np.hstack([self._nearest, seen]), best, axis=1)

    def recall(self, search: Callable[[Vectors, int], Mapping[int, float]]) -> float:
        """Return the share of the passages truly nearest to the queries that `search` finds."""
        return fmean(
            len(search(query, NEIGHBOURS).keys() & set(nearest.tolist())) / NEIGHBOURS
            for query, nearest in zip(self._queries, self._nearest, strict=True)
        )


def _is_exact(index: faiss.Index) -> bool:
    return isinstance(index, faiss.IndexIDMap2)


def _only(passages: Sequence[range], index: faiss.Index) -> Any:
    """Return what lets a search of `index` compare these passages alone, and each of them."""
    bits = np.zeros(max(numbers.stop for numbers in passages), np.bool_)
    for numbers in passages:
        bits[numbers.start : numbers.stop] = True
    library: Any = faiss  # whose stubs know nothing of what these take
    selector = library.IDSelectorBitmap(np.packbits(bits, bitorder="little"))
    if isinstance(index, faiss.IndexIVF):  # a cell that is far from the question may hold them all
        return library.SearchParametersIVF(sel=selector, nprobe=index.nlist)
    return library.SearchParameters(sel=selector)


def _add(index: faiss.Index, batch: VectorBatch) -> None:
    with _threads(_cores()):
        index.add_with_ids(batch.vectors, np.array(batch.passages, np.int64))


def _kind(passages: int) -> str:
    """Return what FAISS's factory calls the index that so many passages want."""
    if passages <= EXACT_UP_TO:
        return "IDMap2,Flat"
    return "IDMap,SQ8" if passages <= SCANNED_UP_TO else f"IVF{_cells(passages)},SQ8"


def _cells(passages: int) -> int:
    """Return about the square root of `passages`, and the same for similar numbers: a power of the root of two."""
    return round(2 ** (round(math.log2(passages)) / 2))


def _may_visit_twice_as_many(index: faiss.IndexIVF) -> bool:
    return 2 * index.nprobe <= min(index.nlist, COMPARED * index.nlist / index.ntotal)


def _cores() -> int:
    """Return how many CPUs this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _threads(count: int) -> Iterator[None]:
    """Let FAISS use `count` threads, and put their number back: torch may share its OpenMP and encode with it too."""
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(count)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)
