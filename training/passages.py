"""Passages for a question: its own paragraph, cut as the index cuts documents, and passages that do not answer it."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from random import Random

from evaluation.squad import Corpus, Question
from index.document import Span
from index.passage import WINDOW
from index.text.sentences import sentences
from qa.reading.span import sentences_around

NEAREST = 6
"""How many of an article's passages nearest to a question its negatives are drawn from."""

NEAREST_SENTENCES = 2
"""How many of a paragraph's sentences nearest to a question are taken for what looks like an answer to it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage's text and where it answers the question: any of `answers`, offsets into `text`; nowhere if empty."""

    text: str
    answers: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands: `span` of the corpus's paragraph number `paragraph`."""

    paragraph: int
    span: Span


@dataclass(frozen=True)
class Passages:
    """Draws passages for the questions of `corpus`.

    `mined` holds, by question id, passages that retrieval returned for the question and that do not answer it, best
    first; a question without an entry gets the nearest passages of its own article.
    """

    corpus: Corpus
    mined: Mapping[str, Sequence[Place]] = field(default_factory=dict)

    def whole(self, question: Question) -> Candidate:
        """Return the question's whole paragraph."""
        return Candidate(self.corpus.paragraphs[question.paragraph].text, question.answers)

    def cut(self, question: Question, random: Random) -> Candidate:
        """Return a window of the question's paragraph that holds an answer, or the one nearest to the question.

        Choosing the nearest for an unanswerable question keeps the window's size and nearness from giving away
        whether it answers. An answer longer than every window gets the whole paragraph.
        """
        text = self.corpus.paragraphs[question.paragraph].text
        if question.answers:
            holding = [w for w in windows(text) if any(_holds(w, answer) for answer in question.answers)]
            window = random.choice(holding or [Span(0, len(text))])
        else:
            window = max(windows(text), key=lambda w: self._nearness(question.text, text[w.start : w.end]))
        return _part(text, window, question)

    def alone(self, question: Question, random: Random) -> Candidate:
        """Return nothing but the sentences that an answer stands in, as the reader looks at what it has found.

        An unanswerable question gets one of the NEAREST_SENTENCES of its paragraph: what looks like an answer there.
        """
        text = self.corpus.paragraphs[question.paragraph].text
        if not question.answers:
            return Candidate(random.choice(self._nearest_sentences(question, text)))
        return _part(text, sentences_around(text, random.choice(question.answers)), question)

    def beside(self, question: Question, random: Random) -> Candidate | None:
        """Return a sentence of the question's paragraph that is near to it and does not answer it, if there is one."""
        near = self._nearest_sentences(question, self.corpus.paragraphs[question.paragraph].text)
        silent = [text for text in near if self.silent(question, text)]
        return Candidate(random.choice(silent)) if silent else None

    def negatives(self, question: Question, count: int, random: Random) -> list[Candidate]:
        """Return up to `count` passages that are near to the question and hold none of its answers' texts.

        Those of an unanswerable question are of other paragraphs than its own, which it is about.
        """
        places = self.mined.get(question.id) or self._nearest_in_article(question)
        return [Candidate(self.text(place)) for place in random.sample(places, min(count, len(places)))]

    def rival_sentences(self, question: Question, count: int, random: Random) -> list[Candidate]:
        """Return, of each of `negatives`, the sentence that is nearest to the question."""
        rivals = self.negatives(question, count, random)
        return [Candidate(self._nearest_sentences(question, rival.text)[0]) for rival in rivals]

    def text(self, place: Place) -> str:
        """Return the text that stands at `place`."""
        return self.corpus.paragraphs[place.paragraph].text[place.span.start : place.span.end]

    def silent(self, question: Question, text: str) -> bool:
        """Return whether `text` holds none of the question's answers, whatever the case of their letters."""
        own = self.corpus.paragraphs[question.paragraph].text
        return not any(own[answer.start : answer.end].lower() in text.lower() for answer in question.answers)

    def _nearest_in_article(self, question: Question) -> list[Place]:
        paragraphs = self.corpus.paragraphs

        def far(place: Place) -> float:
            return -self._nearness(question.text, self.text(place))

        article = self._articles[paragraphs[question.paragraph].article]
        indices = [index for index in article if question.answers or index != question.paragraph]
        near = sorted(indices, key=lambda i: -self._nearness(question.text, paragraphs[i].text))[:NEAREST]
        places = [Place(i, window) for i in near for window in windows(paragraphs[i].text)]
        return sorted((place for place in places if self.silent(question, self.text(place))), key=far)[:NEAREST]

    def _nearest_sentences(self, question: Question, text: str) -> list[str]:
        found = [text[sentence.start : sentence.end] for sentence in sentences(text)]
        return sorted(found, key=lambda sentence: -self._nearness(question.text, sentence))[:NEAREST_SENTENCES]

    def _nearness(self, question: str, passage: str) -> float:
        """Return the summed inverse document frequency of the words that both hold."""
        return math.fsum(self._weight[word] for word in _words(question) & _words(passage))

    @cached_property
    def _articles(self) -> dict[int, list[int]]:
        return self.corpus.articles()

    @cached_property
    def _weight(self) -> dict[str, float]:
        found = Counter(word for paragraph in self.corpus.paragraphs for word in _words(paragraph.text))
        total = len(self.corpus.paragraphs)
        return {word: math.log(total / count) for word, count in found.items()}


@lru_cache(maxsize=50_000)
def windows(text: str) -> tuple[Span, ...]:
    """Return a window like `index.passage.split`'s, beginning with each sentence: two sentences, and more that fit."""
    spans = sentences(text)
    found = []
    for first, begin in enumerate(spans):
        last = min(first + 1, len(spans) - 1)
        while last + 1 < len(spans) and spans[last + 1].end - begin.start <= WINDOW:
            last += 1
        found.append(Span(begin.start, spans[last].end))
    # Windows that the paragraph's end cut short hold nothing that the one before does not, down to a lone sentence.
    return tuple(w for w, before in zip(found, [None, *found], strict=False) if before is None or w.end > before.end)


def _part(text: str, window: Span, question: Question) -> Candidate:
    """Return what stands in `window` of the question's paragraph, with the answers that it holds whole."""
    inside = (answer for answer in question.answers if _holds(window, answer))
    answers = tuple(Span(answer.start - window.start, answer.end - window.start) for answer in inside)
    return Candidate(text[window.start : window.end], answers)


def _holds(window: Span, answer: Span) -> bool:
    return window.start <= answer.start and answer.end <= window.end


@lru_cache(maxsize=50_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{3,}", text.lower()))
