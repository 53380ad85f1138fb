"""The texts that are read with a question: part of its own paragraph, and distractors."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from evaluation.noise import disturb
from evaluation.squad import TRAINING_FILES, Corpus, Question, read_corpus
from index.document import Span
from index.passage import WINDOW
from index.text.sentences import sentences
from qa.reading.span import sentences_around
from training.altered import altered
from training.synthetic import synthetic

_SENTENCES, _WHOLE = 0.15, 0.4
"""Shares of the questions that are read with sentences alone, and with the whole paragraph; the others get a window."""

_LONGEST_WHOLE = 1800
"""Code points of the longest paragraph that is read whole, about as much as fits one input."""

_NEAREST_SENTENCES = 2
"""Sentences nearest to an unanswerable question; one of them is drawn, because it looks like an answer."""


class OtherCorpus(ValueError):
    """The distractors were mined over windows of other training data."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text, and the spans of the question's answers in it; none if it does not answer."""

    text: str
    answers: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A question and its texts: first the one that it was asked about, then distractors."""

    question: str
    texts: tuple[Labelled, ...]


@dataclass(frozen=True, slots=True)
class Mixture:
    """How examples are drawn.

    Args:
        distractors: shares of the questions with 0, 1, 2, … distractors; they add up to 1.
        synthetic: share of the examples that `training.synthetic` makes, in [0, 1].
        altered: share of the answerable questions that ask for another name or number, in [0, 1].
    """

    distractors: tuple[float, ...]
    synthetic: float = 0.0
    altered: float = 0.0


@dataclass(frozen=True)
class Examples:
    """Draws examples for the questions of `corpus`.

    Args:
        corpus: the training data.
        distractors: (questions, n), the numbers of windows that are near to each question and do not answer it, best
            first and padded with -1.
        mixture: how examples are drawn.
    """

    corpus: Corpus
    distractors: NDArray[np.int32]
    mixture: Mixture
    _weight: dict[str, float] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        found = Counter(word for paragraph in self.corpus.paragraphs for word in _words(paragraph.text))
        total = len(self.corpus.paragraphs)
        object.__setattr__(self, "_weight", {word: math.log(total / count) for word, count in found.items()})

    @cached_property
    def windows(self) -> list[tuple[int, Span]]:
        """The windows of all paragraphs, each with the number of its paragraph."""
        return windows_of(self.corpus)

    @cached_property
    def epoch(self) -> list[int]:
        """The numbers of the questions in one epoch. Unanswerable questions come twice, because they are fewer."""
        questions = self.corpus.questions
        return [*range(len(questions)), *(i for i, question in enumerate(questions) if not question.answers)]

    def draw(self, number: int, random: Random) -> Example:
        """Return an example of question `number`, or a synthetic one in the mixture's share of the cases."""
        if random.random() < self.mixture.synthetic:
            made = synthetic(random, self._count(random))
            own = Labelled(made.text, made.answers)
            return Example(disturb(made.question, random), (own, *(Labelled(text) for text in made.distractors)))
        question = self.corpus.questions[number]
        kind = random.random()
        distractors = self._distractors(number, random)
        if kind < _SENTENCES:
            own = self._sentences(question, random)
            distractors = [self._nearest_sentences(question, text)[0] for text in distractors]
        else:
            own = (self._whole if kind < _SENTENCES + _WHOLE else self._window)(question, random)
        if question.answers and random.random() < self.mixture.altered:
            other = altered(question.text, self._paragraph(question), self._near(number), random)
            if other:
                return Example(disturb(other, random), (Labelled(own.text),))
        return Example(disturb(question.text, random), (own, *map(Labelled, distractors)))

    def _sentences(self, question: Question, random: Random) -> Labelled:
        """Return only the sentences that contain an answer.

        An unanswerable question gets one of the _NEAREST_SENTENCES of its paragraph, which looks like an answer.
        """
        text = self._paragraph(question)
        if not question.answers:
            return Labelled(random.choice(self._nearest_sentences(question, text)))
        return _part(text, sentences_around(text, random.choice(question.answers)), question)

    def _whole(self, question: Question, random: Random) -> Labelled:
        """Return the whole paragraph, or a window of a long one."""
        text = self._paragraph(question)
        return Labelled(text, question.answers) if len(text) <= _LONGEST_WHOLE else self._window(question, random)

    def _window(self, question: Question, random: Random) -> Labelled:
        """Return a window of the paragraph that contains an answer, or else the one nearest to the question.

        Unanswerable questions get the nearest window, so that neither size nor nearness tells whether a window answers.
        If an answer is longer than every window, the whole paragraph is returned.
        """
        text = self._paragraph(question)
        if question.answers:
            holding = [w for w in windows(text) if any(_holds(w, answer) for answer in question.answers)]
            window = random.choice(holding or [Span(0, len(text))])
        else:
            window = max(windows(text), key=lambda w: self._nearness(question.text, text[w.start : w.end]))
        return _part(text, window, question)

    def _distractors(self, number: int, random: Random) -> list[str]:
        near = self._near(number)
        return random.sample(near, min(self._count(random), len(near)))

    def _near(self, number: int) -> list[str]:
        """Return the texts of all windows that are distractors of question `number`."""
        chosen = [self.windows[int(window)] for window in self.distractors[number] if window >= 0]
        return [self.corpus.paragraphs[i].text[span.start : span.end] for i, span in chosen]

    def _count(self, random: Random) -> int:
        """Return a number of distractors, drawn by the mixture's shares."""
        shares = self.mixture.distractors
        return random.choices(range(len(shares)), shares)[0]

    def _paragraph(self, question: Question) -> str:
        return self.corpus.paragraphs[question.paragraph].text

    def _nearest_sentences(self, question: Question, text: str) -> list[str]:
        found = [text[sentence.start : sentence.end] for sentence in sentences(text)]
        return sorted(found, key=lambda sentence: -self._nearness(question.text, sentence))[:_NEAREST_SENTENCES]

    def _nearness(self, question: str, text: str) -> float:
        """Return the summed inverse document frequency of the words that both texts contain."""
        return math.fsum(self._weight.get(word, 0.0) for word in _words(question) & _words(text))


def training_corpus(folder: Path) -> Corpus:
    """Return the training data in `folder`."""
    return read_corpus(folder / name for name in TRAINING_FILES)


@lru_cache(maxsize=50_000)
def windows(text: str) -> tuple[Span, ...]:
    """Return windows as `index.passage.split` makes them, one from each sentence on: at least two sentences each."""
    spans = sentences(text)
    found = []
    for first, begin in enumerate(spans):
        last = min(first + 1, len(spans) - 1)
        while last + 1 < len(spans) and spans[last + 1].end - begin.start <= WINDOW:
            last += 1
        found.append(Span(begin.start, spans[last].end))
    # A window that ends with the paragraph contains all windows after it, so those are left out.
    return tuple(w for w, before in zip(found, [None, *found], strict=False) if before is None or w.end > before.end)


def windows_of(corpus: Corpus) -> list[tuple[int, Span]]:
    """Return the windows of all paragraphs of `corpus`, each with the number of its paragraph."""
    return [(i, window) for i, paragraph in enumerate(corpus.paragraphs) for window in windows(paragraph.text)]


def save_distractors(path: Path, corpus: Corpus, distractors: NDArray[np.int32]) -> None:
    """Write the `distractors` of each question of `corpus` to the `.npz` file `path`."""
    with path.open("wb") as file:
        np.savez_compressed(file, corpus=np.array(_fingerprint(corpus)), distractors=distractors)


def load_distractors(path: Path, corpus: Corpus) -> NDArray[np.int32]:
    """Return the distractors of each question of `corpus`.

    Raises:
        OtherCorpus: the distractors in `path` are of another corpus, or its sentences were split differently.
    """
    with np.load(path) as saved:
        if str(saved["corpus"]) != _fingerprint(corpus):
            raise OtherCorpus(
                f"The distractors in {path} were mined over other data; run python -m training.mine again."
            )
        distractors: NDArray[np.int32] = saved["distractors"]
        return distractors


def _fingerprint(corpus: Corpus) -> str:
    """Return a hash of the questions and windows of `corpus` in their order."""
    digest = sha256()
    for question in corpus.questions:
        digest.update(f"{question.id} {question.text}\0".encode())
    for number, span in windows_of(corpus):
        digest.update(f"{number} {corpus.paragraphs[number].text[span.start : span.end]}\0".encode())
    return digest.hexdigest()


def silent(question: Question, corpus: Corpus, text: str) -> bool:
    """Return whether `text` contains none of the question's answers, whatever the case."""
    own = corpus.paragraphs[question.paragraph].text
    return not any(own[answer.start : answer.end].lower() in text.lower() for answer in question.answers)


def _part(text: str, window: Span, question: Question) -> Labelled:
    """Return the text in `window` of the question's paragraph, with the answers that are completely inside."""
    inside = (answer for answer in question.answers if _holds(window, answer))
    answers = tuple(Span(answer.start - window.start, answer.end - window.start) for answer in inside)
    return Labelled(text[window.start : window.end], answers)


def _holds(window: Span, answer: Span) -> bool:
    return window.start <= answer.start and answer.end <= window.end


@lru_cache(maxsize=50_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{3,}", text.lower()))


def sequence(epoch: Sequence[int], seed: int, begin: int, size: int) -> list[int]:
    """Return `size` numbers of an endless sequence of shuffled epochs, from position `begin` on."""
    found: list[int] = []
    while len(found) < size:
        completed, place = divmod(begin + len(found), len(epoch))
        order = _permutation(seed, completed, len(epoch))
        found += [epoch[i] for i in order[place : place + size - len(found)]]
    return found


@lru_cache(maxsize=2)
def _permutation(seed: int, completed: int, size: int) -> NDArray[np.int64]:
    """Return the order of the epoch that follows `completed` others."""
    return np.random.default_rng((seed, completed)).permutation(size)
