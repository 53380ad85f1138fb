"""One ranking from two: how a lexical and a dense ranking are fused, and the best of both ordered by what they say."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import fmean

from index.collection import Hit, Key
from index.text.words import content_terms, overlap, terms

LEXICAL_WEIGHT = 0.1
"""What one mean BM25 score counts for in units of cosine. Fitted; docs/decisions.md says on what and how."""

COMPARED = 30
"""How many of the best passages are compared with the question term by term."""

OVERLAP_WEIGHT = 0.6
"""What a passage that holds every term of the question gains, in units of cosine. Fitted, as above."""


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
    Dependencies, 2005). BM25 knows no order of words, and a cosine hardly any.
    """
    asked = content_terms(question)
    compared = [
        replace(hit, score=hit.score + OVERLAP_WEIGHT * overlap(asked, terms(hit.passage.text)))
        for hit in hits[:COMPARED]
    ]
    return sorted(compared, key=lambda hit: hit.score, reverse=True) + list(hits[COMPARED:])
