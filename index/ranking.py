"""Fusion of a lexical and a dense ranking, and reordering of the best passages by the question's terms."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Generic, TypeVar

from index.block import Role
from index.passage import Passage
from index.text.words import content_terms, overlap, terms

Key = TypeVar("Key", bound=Hashable)
"""The key by which a collection identifies a passage."""

_LEXICAL_WEIGHT = 0.1
"""Weight of the mean BM25 score, in units of cosine. Fitted; docs/decisions/0007 says on what data and how."""

_COMPARED = 30
"""Number of the best passages that are compared with the question term by term."""

_OVERLAP_WEIGHT = 0.6
"""Bonus of a passage that contains every term of the question, in units of cosine. Fitted in the same way."""


_SET_APART = 0.3
"""Penalty of a passage outside the main text, in units of cosine. It should answer only if nothing else does."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found, with its score and ranks.

    Attributes:
        passage: the passage.
        score: the fused search score; higher is better. It has no unit and is comparable within one search only.
        lexical_rank: its rank by BM25, from 1; None if it is not in that ranking.
        dense_rank: its rank by cosine, from 1; None if it is not in that ranking.
    """

    passage: Passage
    score: float
    lexical_rank: int | None
    dense_rank: int | None


@dataclass(frozen=True, slots=True)
class Rankings(Generic[Key]):
    """The two rankings for one question.

    Attributes:
        lexical: passage → BM25 score, best first.
        dense: passage → cosine, best first.
        cosines: passage → cosine for every passage in either ranking.
    """

    lexical: Mapping[Key, float]
    dense: Mapping[Key, float]
    cosines: Mapping[Key, float]

    def best(self, k: int) -> dict[Key, float]:
        """Return the candidates for the `k` best passages with their fused scores, best first."""
        return dict(list(fuse(self.lexical, self.cosines).items())[: max(_COMPARED, k)])

    def hits(self, question: str, passages: Mapping[Key, Passage], k: int) -> list[Hit]:
        """Return the `k` best as hits, best first.

        Args:
            question: the question whose terms reorder the best passages (see `compare`).
            passages: the passages of `best(k)` by key. Keys without a passage are left out.
            k: number of hits, at least 1.
        """
        lexical, dense = _ranks(self.lexical), _ranks(self.dense)
        hits = [
            Hit(passages[key], score, lexical.get(key), dense.get(key))
            for key, score in self.best(k).items()
            if key in passages
        ]
        return compare(question, hits)[:k]


def fuse(lexical: Mapping[Key, float], cosines: Mapping[Key, float]) -> dict[Key, float]:
    """Return every passage of `cosines` with its fused score, best first. Ties keep the order of `cosines`.

    The score is a linear combination, `cosine + _LEXICAL_WEIGHT * bm25 / mean(bm25)`, with the mean over the lexical
    ranking. Scores carry more information than ranks (Bruch, Gai & Ingber: An Analysis of Fusion Functions for Hybrid
    Retrieval, 2023). Division by the mean measures how far a passage exceeds the others that share words with the
    question.

    >>> fuse({"a": 4.0}, {"b": 0.5, "a": 0.5})
    {'a': 0.6, 'b': 0.5}

    Args:
        lexical: passage → BM25 score. A passage that is missing scores 0.
        cosines: passage → cosine with the question, for at least all passages of `lexical`.
    """
    unit = fmean(lexical.values()) if lexical else 1.0
    scores = {
        passage: cosine + _LEXICAL_WEIGHT * lexical.get(passage, 0.0) / unit for passage, cosine in cosines.items()
    }
    return dict(sorted(scores.items(), key=lambda item: item[1], reverse=True))


def compare(question: str, hits: Sequence[Hit]) -> list[Hit]:
    """Return `hits`, best first, after reordering the `_COMPARED` best ones.

    Each score gains _OVERLAP_WEIGHT times the share of the question's terms that the passage contains. Terms are words
    and pairs of neighbouring words, as in the sequential dependence model (Metzler & Croft: A Markov Random Field Model
    for Term Dependencies, 2005). BM25 ignores word order, and cosines hardly reflect it. Passages outside the main
    text, such as comments, lose _SET_APART.
    """
    asked = content_terms(question)
    compared = [
        replace(
            hit, score=hit.score + _OVERLAP_WEIGHT * overlap(asked, terms(hit.passage.indexed_text)) - _penalty(hit)
        )
        for hit in hits[:_COMPARED]
    ]
    return sorted(compared, key=lambda hit: hit.score, reverse=True) + list(hits[_COMPARED:])


def _penalty(hit: Hit) -> float:
    return _SET_APART if hit.passage.role != Role.TEXT else 0.0


def _ranks(ranking: Iterable[Key]) -> dict[Key, int]:
    """Return passage → rank, from 1, for a `ranking` that lists the best passage first."""
    return {passage: rank for rank, passage in enumerate(ranking, start=1)}
