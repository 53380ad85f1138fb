"""Corrects words of a question that no document contains, by the words that the documents do contain and by English."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from index.text.words import FUNCTION_WORDS, content_words
from qa.english.grammar import ASKS_FIRST
from qa.question.dictionary import is_word, other_spellings, vocabulary, words_by_initial
from qa.question.mistake import mistakes

_LEAST_LETTERS, _IN_ENGLISH = 3, 6
"""Least number of letters of a word that is corrected, and of one that no document need hold."""

_MOST_MISTAKES = {3: 0.5, 4: 1.0, 5: 1.0, 6: 1.0, 7: 1.0}
"""Most mistakes in a word of so many letters; see `mistakes`."""

_MOST = 1.5
"""Most mistakes in longer words."""

_FORM, _FUNCTION, _ENGLISH, _RARE = 0.1, 0.3, 0.4, 0.1
"""What other words cost more than one of the documents, in mistakes: another form of such a word, a function word, and
a word that no document holds; and this for each power of ten in its rank."""

_CLEAR = 0.1
"""By how many mistakes the nearest word must be nearer than any other."""

_TWO_NAMES = re.compile(r"\b([A-Z][^\W\d_]+)(?=\s+([A-Z][^\W\d_]+)\b)")
"""Two capitalised words beside each other."""

_NAME = re.compile(r"(?<!\A)(?<![.!?] )\b[A-Z][^\W\d_]+")
"""A capitalised word that begins no sentence."""

_INSIDE = re.compile(r"(?<=[\w,;] )[A-Z][^\W\d_]+")
"""A capitalised word inside a sentence."""

_SHORTEST, _LONG = 4, 8
"""Least number of letters of a name that may have one mistake, and of one that may have two."""

_WORD = re.compile(r"[^\W_]+")

_BESIDE = re.compile(r"\b([^\W\d_]+) (?=([^\W\d_]+)\b)")
"""A word and the one behind it."""

_FUNCTION_WORDS = frozenset(FUNCTION_WORDS.split())

_OFTEN = frozenset(
    "the is are was were did does do has have had how many much of in on at to for by and it what when where who which"
    " why this that be can will would from with as or his her their its he she they".split()
)
"""Function words that people write as one with the word beside them."""

_ALIKE = {
    "f": "p",
    "n": "kgp",
    "r": "w",
    "k": "cq",
    "c": "ksq",
    "q": "kc",
    "s": "cpz",
    "j": "g",
    "z": "s",
    "w": "",
    "h": "",
}
"""First letters of a word, and those of words that sound alike."""


@dataclass(frozen=True, slots=True)
class Held:
    """The words of texts, in lower case; their stems; and those that are always capitalised, as names are."""

    words: Set[str]
    stems: Set[str]
    names: Set[str]
    beside: Set[tuple[str, str]]


def held_in(texts: Iterable[str]) -> Held:
    """Return the words that `texts` hold."""
    texts = list(texts)
    typed = {word for text in texts for word in re.findall(r"[^\W\d_]+", text)}
    words = {word.lower() for word in typed}
    beside = {(one.lower(), other.lower()) for text in texts for one, other in _TWO_NAMES.findall(text)}
    return Held(
        words,
        {stem for word in words for stem in content_words(word)},
        words - {word for word in typed if word[0].islower()},
        beside,
    )


def misspelled(missing: Iterable[str]) -> list[str]:
    """Return the words of `missing`, which no document contains, that are misspelled.

    A word is misspelled if it is no English word either. Capitalised words are names, see `renamed`.
    """
    typed = [word for word in missing if word.isalpha() and word.islower() and len(word) >= _LEAST_LETTERS]
    return [word for word in typed if not is_word(word)]


def is_gibberish(question: str, missing: Iterable[str]) -> bool:
    """Return whether all of several words of `question` are unknown to the reader, and `missing` from the documents.

    >>> is_gibberish("asdf qwer zxcv?", ["asdf", "qwer", "zxcv"]), is_gibberish("and Wrenholt?", ["Wrenholt"])
    (True, False)
    """
    words, unknown = re.findall(r"[^\W\d_]+", question), set(missing)
    return len(words) > 1 and all(word in unknown and word.lower() not in vocabulary() for word in words)


def with_small_initial(question: str, missing: Iterable[str]) -> str:
    """Return `question` with a small initial if its first word is misspelled and no name; see `misspelled`.

    >>> with_small_initial("Howmany came?", ["Howmany"]), with_small_initial("Bromley Hall is where?", ["Bromley"])
    ('howmany came?', 'Bromley Hall is where?')
    """
    first, _, rest = question.partition(" ")
    small = first[:1].lower() + first[1:]
    is_no_name = rest[:1].islower() or any(_apart(small))
    return f"{small} {rest}" if first in missing and is_no_name and misspelled([small]) else question


def respaced(question: str, missing: Iterable[str], unheld: Callable[[str], Iterable[str]]) -> str:
    """Return `question` with words put together that were typed as two, and apart that were typed as one.

    Two words are put together if no document contains one of them, and one contains the whole; or if one is misspelled,
    and the whole is an English word. A misspelled word is taken apart if it consists of a function word and another
    word; of several such pairs, the documents must contain one.

    Args:
        question: without what surrounds it.
        missing: its words that no document contains.
        unheld: returns those words of any text.

    >>> missing = ["fighters", "thebridge", "conc", "rete"]
    >>> unheld = lambda text: [word for word in text.split() if word in missing]
    >>> respaced("do fire fighters leave thebridge of conc rete?", missing, unheld)
    'do firefighters leave the bridge of concrete?'
    """
    alone = set(missing)
    wrong = set(misspelled(alone))
    apart = {word: cuts for word in wrong if (cuts := list(_apart(word)))}
    joined = [found for found in _BESIDE.finditer(question) if {*found.groups()} & alone and is_word(_whole(found))]
    tried = [part for cuts in apart.values() for cut in cuts for part in cut] + [_whole(found) for found in joined]
    still = set(unheld(" ".join(tried))) if tried else set()
    for found in reversed(joined):
        if _whole(found) not in still or {*found.groups()} & wrong:
            question = question[: found.end(1)] + question[found.start(2) :]
    for word, cuts in apart.items():
        held = [cut for cut in cuts if not still & {*cut}] or cuts
        if len(held) == 1:
            question = re.sub(rf"\b{word}\b", " ".join(held[0]), question)
    return question


def _whole(two: re.Match[str]) -> str:
    return "".join(two.groups()).lower()


def across_the_atlantic(question: str, missing: Iterable[str], unheld: Callable[[str], Iterable[str]]) -> str:
    """Return `question` with American words as the documents spell them if these are British, and the reverse.

    Args:
        question: without what surrounds it.
        missing: its words that no document contains.
        unheld: returns those words of any text.

    >>> across_the_atlantic("who runs the harbor?", ["harbor"], lambda text: [])
    'who runs the harbour?'
    """
    meant = {word: sorted(other_spellings(word)) for word in missing if word.isalpha() and word.islower()}
    tried = " ".join(other for others in meant.values() for other in others)
    still = set(unheld(tried)) if tried else set()
    for word, others in meant.items():
        held = [other for other in others if other not in still]
        question = re.sub(rf"\b{word}\b", held[0], question) if held else question
    return question


def respelled(question: str, words: Iterable[str], held: Held) -> str:
    """Return `question` with its misspelled `words` as the documents or English spell them.

    A misspelled word means the word in the documents, or another form of one, or the common English word, that is the
    fewest `mistakes` away. If words of two stems are about equally near, it is kept. So it is if the nearest is a name
    of the documents, and the word before it, as in a first name, is not one that the documents have there.

    >>> held = held_in(["He opened the conference and repaired the door."])
    >>> respelled("who opned the conferense after the repare?", ["opned", "conferense", "repare"], held)
    'who opened the conference after the repair?'
    """
    for word in words:
        meant = _nearest(word, held)
        if meant and (meant not in held.names or _may_be_named(word, meant, question, held)):
            question = re.sub(rf"\b{word}\b", meant, question)
    return question


def with_endings(question: str, missing: Iterable[str]) -> str:
    """Return `question` with words whose stem the documents hold, but which are no words, as English spells them.

    Such a word means the nearest English word of its stem.

    >>> with_endings("how many spectaters paid a deposite?", [])
    'how many spectators paid a deposit?'
    """
    held = set(re.findall(r"\b[a-z]{5,}\b", question)) - set(missing)
    for word in misspelled(sorted(held)):
        alike = {each: mistakes(word, each) for each in words_by_initial().get(word[0], ()) if each[:3] == word[:3]}
        near = {each: far for each, far in alike.items() if far <= 1 and content_words(each) == content_words(word)}
        question = re.sub(rf"\b{word}\b", min(near, key=lambda each: (near[each], each), default=word), question)
    return question


def in_english(question: str) -> str:
    """Return `question` with its misspelled words as English spells them, whatever the documents hold.

    >>> in_english("give me a sumary of the documnet")
    'give me a summary of the document'
    """
    return respelled(question, misspelled(re.findall(r"[^\W\d_]+", question)), held_in(()))


def renamed(question: str, missing: Iterable[str], texts: Iterable[str]) -> str:
    """Return `question` with misspelled names as `texts` spell them.

    A name is misspelled if no document contains it, as `missing` says, and it is no word that the reader or English
    has. It means the name in `texts` that is clearly the fewest `mistakes` away. Of two names beside each other, the
    other must be the same beside it in `texts`, or as near, because names of different people often differ by a letter.

    >>> renamed("Who is Bettina Strant?", ["Strant"], ["The owner, Bettina Strand, was away."])
    'Who is Bettina Strand?'
    """
    texts, wrong = list(texts), set(missing)
    pairs = {pair for text in texts for pair in _TWO_NAMES.findall(text)}
    beside = [pair for pair in _TWO_NAMES.findall(question) if pair[0] not in ASKS_FIRST]
    for pair in beside:
        meant = {each for each in pairs if all(map(_may_mean, pair, each, [word in wrong for word in pair]))}
        if wrong & set(pair) and len(meant) == 1:
            for word, name in zip(pair, *meant, strict=True):
                question = re.sub(rf"\b{word}\b", name, question)
    names = {name for text in texts for name in re.findall(r"\b[A-Z][^\W\d_]+", text)}
    for word in set(_NAME.findall(question)) & wrong - {word for pair in beside for word in pair}:
        if not is_word(word.lower()) and len(word) >= _SHORTEST:
            near = {name: mistakes(word.lower(), name.lower()) for name in names if not name.startswith(word)}
            most = _MOST_MISTAKES.get(len(word), _MOST)
            question = re.sub(
                rf"\b{word}\b", _clearest({n: far for n, far in near.items() if far <= most}) or word, question
            )
    return question


def with_capitals(question: str, texts: Iterable[str]) -> str:
    """Return `question` with the capitals that `texts` give to names, if it was typed without capitals.

    >>> with_capitals("what does tom aldous chair?", ["In May, Tom Aldous took the chair."])
    'what does Tom Aldous chair?'
    """
    if question[1:] != question[1:].lower():
        return question
    texts = list(texts)
    names = {name.lower(): name for text in texts for name in _INSIDE.findall(text)}
    common = {word for text in texts for word in re.findall(r"\b[a-z]\w*", text)} | _FUNCTION_WORDS
    return re.sub(r"[^\W\d_]+", lambda word: word[0] if word[0] in common else names.get(word[0], word[0]), question)


def _may_mean(word: str, name: str, is_missing: bool) -> bool:
    return word == name or (is_missing and _is_near(word, name))


def _is_near(word: str, other: str) -> bool:
    """Return whether `word` begins like `other` and is one mistake away, or two letters if it is long."""
    from rapidfuzz.distance import OSA

    if len(word) < _SHORTEST or word[0] != other[0] or word == other:
        return False
    return mistakes(word.lower(), other.lower()) <= 1 or OSA.distance(word, other) <= (1 if len(word) < _LONG else 2)


def _may_be_named(word: str, name: str, question: str, held: Held) -> bool:
    """Return whether what stands beside `word` in `question` may stand beside the `name` that it is near to."""
    words = [each.lower() for each in _WORD.findall(question)]
    at = words.index(word)
    before, after = words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""
    firsts, lasts = ({pair[end] for pair in held.beside if pair[1 - end] == name} for end in (0, 1))
    is_first_known = not content_words(before) or before in firsts or before in held.words - held.names
    is_last_known = after not in held.names or after in lasts or after in firsts
    return (is_first_known or any(mistakes(before, each) <= _SURELY for each in firsts)) and is_last_known


_SURELY = 0.75
"""Most mistakes in the name beside a misspelled name."""


def _apart(word: str) -> Iterator[tuple[str, str]]:
    """Yield the pairs of words that `word` may consist of, one of which is a function word."""
    for at in range(2, len(word) - 1):
        one, other = word[:at], word[at:]
        if any(
            each in _OFTEN and (rest in _OFTEN or _is_long_word(rest)) for each, rest in ((one, other), (other, one))
        ):
            yield one, other


def _is_long_word(word: str) -> bool:
    return len(word) >= _SHORTEST and is_word(word)


def _nearest(word: str, held: Held) -> str:
    """Return the word of the documents or of English that `word` is meant for; "" if that is unclear."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    initials = {word[0], word[1], *_ALIKE.get(word[0], "")}
    english = [each for letter in initials for each in words_by_initial().get(letter, ())]
    most = _MOST_MISTAKES.get(len(word), _MOST)
    return _clearest(
        {
            each: far + _unlikely(each, word, held)
            for choices in (list(held.words), english)
            for each, _, _ in process.extract(word, choices, scorer=OSA.distance, score_cutoff=2, limit=None)
            if len(each) > 1 and (far := mistakes(word, each)) <= most
        }
    )


def _clearest(costs: Mapping[str, float]) -> str:
    """Return the word that costs least, if no word of another stem costs about as little; else ""."""
    best = sorted(costs, key=lambda each: (costs[each], each))
    if not best or costs[best[0]] == math.inf:
        return ""
    others = [each for each in best if each != best[0] and content_words(each) != (content_words(best[0]) or None)]
    return "" if others and costs[others[0]] - costs[best[0]] < _CLEAR else best[0]


def _unlikely(word: str, typed: str, held: Held) -> float:
    """Return what `word` costs as the meaning of a misspelled one, besides its mistakes."""
    if word in _FUNCTION_WORDS:
        return _FUNCTION
    if word in held.words:
        return 0.0
    if set(content_words(word)) & held.stems:
        return _FORM
    return (
        _ENGLISH + _RARE * math.log10(vocabulary().get(word, math.inf) + 1) if len(typed) >= _IN_ENGLISH else math.inf
    )
