"""One ranking from two: how a lexical and a dense ranking are fused."""

from collections.abc import Mapping
from statistics import fmean

from index.contract import Key

LEXICAL_WEIGHT = 0.1
"""What one mean BM25 score counts for in units of cosine. Fitted; docs/decisions.md says on what and how."""


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
