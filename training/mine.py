"""Mine distractors: `python -m training.mine --data ../shared/data --out distractors.npz`.

For each training question, finds the nearest windows by BM25 that do not answer it. Such windows are what a search
returns beside the passage that is meant. This takes about a minute on one core.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import CountVectorizer

from evaluation.squad import Corpus, Question
from index.text.words import content_words
from training.rows import save_distractors, silent, training_corpus, windows_of

_NEAREST = 8
"""Distractors of a question."""

_LOOKED_AT = 32
"""Nearest windows from which distractors are chosen; many contain the answer or are of the question's paragraph."""

_CHUNK = 1000
"""Questions that are scored at a time."""


def mined(corpus: Corpus) -> NDArray[np.int32]:
    """Return (questions, _NEAREST): the numbers of the windows nearest to each question that are silent about it.

    They are ordered best first and padded with -1. A window is silent if it does not contain the answer. If the
    question has no answer, windows of other paragraphs are silent.
    """
    places = windows_of(corpus)
    texts = [corpus.paragraphs[i].text[span.start : span.end] for i, span in places]
    found = np.full((len(corpus.questions), _NEAREST), -1, np.int32)
    for number, near in enumerate(_nearest(texts, [question.text for question in corpus.questions])):
        question = corpus.questions[number]
        kept = [w for w in near if _is_distractor(question, corpus, places[w][0], texts[w])][:_NEAREST]
        found[number, : len(kept)] = kept
    return found


def _is_distractor(question: Question, corpus: Corpus, paragraph: int, text: str) -> bool:
    return silent(question, corpus, text) if question.answers else paragraph != question.paragraph


def _nearest(texts: Sequence[str], questions: Sequence[str]) -> Iterator[NDArray[np.int64]]:
    """Yield, for each question, the numbers of the _LOOKED_AT texts that match it best, best first."""
    counter = CountVectorizer(analyzer=content_words)
    weights = _bm25(csr_array(counter.fit_transform(texts)))
    asked = csr_array(counter.transform(questions)).sign()
    for first in range(0, len(questions), _CHUNK):
        scores = (asked[first : first + _CHUNK] @ weights).tocsr()
        for begin, end in zip(scores.indptr[:-1], scores.indptr[1:], strict=True):
            best = np.argsort(-scores.data[begin:end], kind="stable")[:_LOOKED_AT]
            yield scores.indices[begin:end][best].astype(np.int64)


def _bm25(counts: csr_array, k1: float = 1.2, b: float = 0.75) -> csr_array:
    """Return (words, texts): what each word of a question adds to a text's score (Robertson & Zaragoza, 2009)."""
    length = counts.sum(axis=1)
    holding = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log1p((counts.shape[0] - holding + 0.5) / (holding + 0.5))
    text, word = counts.nonzero()
    count = counts.data
    weights = rarity[word] * count * (k1 + 1) / (count + k1 * (1 - b + b * length[text] / length.mean()))
    return csr_array((weights.astype(np.float32), (word, text)), shape=counts.shape[::-1])


def main(arguments: Sequence[str] | None = None) -> None:
    """Mine distractors, and write them to a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the question files")
    parser.add_argument("--out", type=Path, required=True, help="file of the distractors, .npz")
    chosen = parser.parse_args(arguments)
    corpus = training_corpus(chosen.data)
    distractors = mined(corpus)
    save_distractors(chosen.out, corpus, distractors)
    print(f"{(distractors >= 0).sum(axis=1).mean():.1f} distractors a question, {len(distractors)} questions")


if __name__ == "__main__":
    main()
