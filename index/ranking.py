"""One ranking from two: how a lexical and a dense ranking are fused, and the best of both ordered by what they say."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Generic, TypeVar

from index.block import Role
from index.passage import Passage
from index.text.words import content_terms, overlap, terms

Key = TypeVar("Key", bound=Hashable)
"""By what a collection knows its passages."""

LEXICAL_WEIGHT = 0.1
"""What one mean BM25 score counts for in units of cosine. Fitted; docs/decisions/0007 says on what and how."""

COMPARED = 30
"""How many of the best passages are compared with the question term by term."""

OVERLAP_WEIGHT = 0.6
"""What a passage that holds every term of the question gains, in units of cosine. Fitted, as above."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found, and why.

    Attributes:
        passage: what was found.
        score: the fused search score. It has no unit, and is comparable within one search only; greater is better.
        lexical_rank: its rank by BM25, from 1; None if that ranking did not reach it.
        dense_rank: its rank by cosine, from 1; None if that ranking did not reach it.
    """

    passage: Passage
    score: float
    lexical_rank: int | None
    dense_rank: int | None


@dataclass(frozen=True, slots=True)
class Rankings(Generic[Key]):
    """What the two rankings say to one question.

    Attributes:
        lexical: passage → BM25 score, best first.
        dense: passage → cosine, best first.
        cosines: passage → cosine, for every passage of both rankings.
    """

    lexical: Mapping[Key, float]
    dense: Mapping[Key, float]
    cosines: Mapping[Key, float]

    def best(self, k: int) -> dict[Key, float]:
        """Return the passages from which the `k` best are chosen, with their fused scores, best first."""
        return dict(list(fuse(self.lexical, self.cosines).items())[: max(COMPARED, k)])

    def hits(self, question: str, passages: Mapping[Key, Passage], k: int) -> list[Hit]:
        """Return the `k` best as hits, best first.

        Args:
            question: whose terms order the best of them (see `compare`).
            passages: the passages of `best(k)`, by their keys. One that is missing is left out.
            k: at least 1.
        """
        lexical, dense = _ranks(self.lexical), _ranks(self.dense)
        hits = [
            Hit(passages[key], score, lexical.get(key), dense.get(key))
            for key, score in self.best(k).items()
            if key in passages
        ]
        return compare(question, hits)[:k]


SET_APART = 0.3
"""What a passage loses that is set apart from the text, in units of cosine: it is to answer where nothing else does."""


def fuse(lexical: Mapping[Key, float], cosines: Mapping[Key, float]) -> dict[Key, float]:
    """Return every passage of `cosines` with its fused score, best first; equal scores keep the order of `cosines`.

    The score is a linear combination, `cosine + LEXICAL_WEIGHT * bm25 / mean(bm25)`, the mean over the lexical ranking.
    Scores carry more than ranks do (Bruch, Gai & Ingber: An Analysis of Fusion Functions for Hybrid Retrieval, 2023),
    and dividing by the mean weighs a passage by how far it stands out among those that share words with the question.

    Args:
        lexical: passage → BM25 score; a passage that is missing scores 0.
        cosines: passage → cosine with the question, at least for all passages of `lexical`.
    """
    unit = fmean(lexical.values()) if lexical else 1.0
    scores = {
        passage: cosine + LEXICAL_WEIGHT * lexical.get(passage, 0.0) / unit for passage, cosine in cosines.items()
    }
    return dict(sorted(scores.items(), key=lambda item: item[1], reverse=True))


def compare(question: str, hits: Sequence[Hit]) -> list[Hit]:
    """Return `hits`, best first, with the COMPARED best of them ordered anew.

    To the score of each is added OVERLAP_WEIGHT times the share of the question's terms that it holds: words, and pairs
    of neighbouring ones, as in the sequential dependence model (Metzler & Croft: A Markov Random Field Model for Term
    Dependencies, 2005). BM25 knows no order of words, and a cosine hardly any. From the score of what is set apart from
    the text, as a comment is, SET_APART is taken.
    """
    asked = content_terms(question)
    compared = [
        replace(hit, score=hit.score + OVERLAP_WEIGHT * overlap(asked, terms(hit.passage.text)) - _penalty(hit))
        for hit in hits[:COMPARED]
    ]
    return sorted(compared, key=lambda hit: hit.score, reverse=True) + list(hits[COMPARED:])


def _penalty(hit: Hit) -> float:
    return SET_APART if hit.passage.role != Role.TEXT else 0.0


def _ranks(ranking: Iterable[Key]) -> dict[Key, int]:
    """Return the rank, from 1, of each passage of `ranking`, which is best first."""
    return {passage: rank for rank, passage in enumerate(ranking, start=1)}
