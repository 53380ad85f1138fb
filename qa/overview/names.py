"""The people and organisations that texts name, recognised by capital letters and by the words around them. English."""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index import Role, Span, sentences
from index.text.dates import MONTHS, WEEKDAYS
from index.text.words import content_words
from qa.answer import Citation
from qa.english.grammar import one_of
from qa.english.names import CAPITAL, HEADS, ORGANISATION, RELATIVES, ROLES, THING, TITLES
from qa.english.verbs import SPEAKS

_MOST_NAMES = 12
"""Names that an overview gives at most."""

_NO_NAME = {*MONTHS, *WEEKDAYS, *"AM GMT I Image PM The Today Tomorrow UTC Yesterday".split()}

_WORD_PATTERN = (
    rf"(?:(?:{CAPITAL}\.){{2,}}|(?:Dr|Jr|Mrs?|Ms|St)\.|{CAPITAL}\."
    rf"|(?:al-|el-)?{CAPITAL}[\w-]*(?:['’](?!s\b)\w+)*)"
)

_LINK = (
    r" (?:of (?:the )?|bin |de |del |el |ibn |la |van |von "
    r"|(?:(?<=Agency )|(?<=Center )|(?<=Centre )|(?<=Council )|(?<=Foundation )|(?<=Institute )|(?<=Office )"
    r"|(?<=University ))for (?:the )?)?"
)

_NAME = re.compile(rf"(?<![\w'’-]){_WORD_PATTERN}(?:{_LINK}{_WORD_PATTERN})*")

_WORD = re.compile(_WORD_PATTERN)

_AND_NAME = re.compile(rf" and (?:the )?{CAPITAL}")

_OPENING = re.compile(r"(?:^|[.?!:;—–-] ?|[\"“‘'(])\Z")

_SPEAKS = re.compile(
    rf"(?: \([^)]*\))?(?:, [^.;]{{1,90}}?,|,)? (?:also |has |have |had |later |recently |then )?(?:{SPEAKS})\b"
    r"|, (?:aged? )?\d\d\b,"
)

_ACTS = re.compile(r" (?:[a-z]+ly )?(?!based|called|named)[a-z]+ed (?!by\b)| (?:has|had|have) (?:also )?[a-z]+ed\b")

_INTRODUCED = re.compile(
    rf"(?:\b(?:{SPEAKS}|according to|by)(?: the)?"
    rf"|{one_of((*ROLES, *RELATIVES))},?) $",
    re.IGNORECASE,
)

_PLACED = re.compile(
    r"\b(?:across|at|central|downtown|eastern|in|near|northern|off|outside|southern|throughout|towards?"
    r"|western)(?: the)? $",
    re.IGNORECASE,
)

_DETERMINED = re.compile(r"\b(?:an?|her|his|its|our|the|their|these|this) $|[\"“]$", re.IGNORECASE)


_PERSONAL = re.compile(rf"{CAPITAL}\.|(?:Mac|Mc|O['’])?{CAPITAL}[^\W\dA-Z]*(?:-[^\W\d]+)*")
"""A word of a person's name; an initial is one, too."""

_DEMONYM = re.compile(r"(?:ese|ish|ians?|[cgh]ans?)$")

CREDIT = re.compile(r"\b(?:Image|Photo|Picture|Video|Credit|Source|File)s?:")


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name at one place, and whether the words around it make it a speaker or actor, a place or a thing."""

    cited: Citation
    speaks: bool
    acts: bool
    is_place: bool
    is_determined: bool


def names(texts: Sequence[Citation]) -> list[Citation]:
    """Return the people and organisations that `texts` name and that speak or act most often.

    No model and no list of names is used. A candidate is a run of capitalised words within a sentence. It counts if:

    - the text introduces it, or says that it speaks or acts;
    - it has a noun for organisations; or
    - it has the form of a person's name.

    A name used as a place at least as often as it speaks is left out. The parts and initials of a longer name count
    as that name.

    Returns:
        At most `_MOST_NAMES` names, each at its first place.
    """
    mentions: dict[str, list[_Mention]] = defaultdict(list)
    for text in texts:
        for mention in _mentions(text):
            mentions[mention.cited.quote].append(mention)
    together: dict[str, list[_Mention]] = defaultdict(list)
    for name, whole in _whole_names(mentions).items():
        together[whole] += mentions[name]
    weights = {
        name: sum(1 + mention.speaks + mention.acts for mention in found)
        for name, found in together.items()
        if _is_somebody(name, found)
    }
    most = sorted(weights, key=lambda name: -weights[name])[:_MOST_NAMES]
    return [mentions[name][0].cited for name in mentions if name in most]


def _whole_names(found: Iterable[str]) -> dict[str, str]:
    """Return for each name the longest name that it is short for, or itself."""
    longest_first = sorted(found, key=len, reverse=True)
    rank = {name: number for number, name in enumerate(longest_first)}
    holding: dict[str, list[str]] = defaultdict(list)
    for name in longest_first:
        for word in {*name.split(), _initials(name)}:
            holding[word].append(name)
    whole = {}
    for name in longest_first:
        rarest = min((holding[word] for word in _untitled(name)), key=len, default=[])
        likely = sorted({*rarest, *holding[name.replace(".", "")]}, key=rank.__getitem__)
        whole[name] = next((each for each in likely if each != name and _is_short_for(name, each)), name)
    return whole


def _is_short_for(name: str, whole: str) -> bool:
    """Return whether `name` is the beginning or end of `whole` without titles, two words of it, or its initials.

    >>> _is_short_for("Mr Key", "Prime Minister John Key"), _is_short_for("KCNA", "Korean Central News Agency")
    (True, True)
    """
    if len(name) > 2 and name.replace(".", "") == _initials(whole):
        return True
    words, all_words = _untitled(name), whole.split()
    if not words or len(name) >= len(whole) or f" {' '.join(words)} " not in f" {whole} ":
        return False
    if re.search(rf" (?:for|of)(?: the)? {re.escape(' '.join(words))}$", whole):
        return False  # `name` is what `whole` belongs to: the Assembly of X is not X
    return len(words) > 1 or words[0] in (all_words[0], all_words[-1])


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _untitled(name: str) -> list[str]:
    words = name.split()
    while words and words[0].rstrip(".") in TITLES:
        words = words[1:]
    return words


def _is_somebody(name: str, mentions: Sequence[_Mention]) -> bool:
    words = _untitled(name)
    if not words:
        return False
    speaking, acting, placed, determined = (
        sum(getattr(mention, each) for mention in mentions) for each in ("speaks", "acts", "is_place", "is_determined")
    )
    if len(words) > 1 and ORGANISATION & set(words):
        return True
    if len(name.split()) == 1:
        is_acronym = name.isupper() and name.isalpha() and len(name) > 2
        strong = speaking + acting * (is_acronym or acting > 2)
        return strong > placed and (is_acronym or not determined) and not _DEMONYM.search(name)
    if speaking > placed:
        return True
    like_a_person = len(words) <= 4 and not THING & set(words) and all(map(_PERSONAL.fullmatch, words))
    return like_a_person and not placed and not determined and not re.search(r"[^s]s$", words[-1])


def _mentions(text: Citation) -> Iterator[_Mention]:
    """Yield the names in whole sentences of `text`, except in captions with credits."""
    words = text.quote
    lower = set(re.findall(r"\b[a-z][\w'’-]*", words))
    for sentence in sentences(words, text.document.breaks(text.span)):
        is_apart = text.document.block(text.span.start + sentence.start).role != Role.TEXT
        is_whole = words[sentence.end - 1] in ".!?\"”’')…"
        if is_apart or not is_whole or CREDIT.search(words, sentence.start, sentence.end):
            continue
        for name in _names_in(words, sentence, lower):
            before, after = words[sentence.start : name.start], words[name.end : sentence.end]
            yield _Mention(
                Citation(text.document, name.moved(text.span.start)),
                bool(_SPEAKS.match(after) or _INTRODUCED.search(before)),
                bool(_ACTS.match(after)),
                bool(_PLACED.search(before)),
                bool(_DETERMINED.search(before)),
            )


def _names_in(text: str, sentence: Span, lowercase: Container[str]) -> Iterator[Span]:
    """Yield the runs of capitalised words that can be names, without titles and words that only begin a sentence."""
    was_cut = False  # whether "and" ended the last run, so that the next may continue the same name
    for run in _NAME.finditer(text, sentence.start, sentence.end):
        words = list(_WORD.finditer(text, *run.span()))
        if _OPENING.search(text[sentence.start : run.start()]) and _only_begins(words, text, lowercase):
            del words[0]
        for part in _parts(words, text):
            span = Span(part[0].start(), part[-1].end())
            name = text[span.start : span.end]
            continues = was_cut and re.search(r" and (?:the )?\Z", text[: span.start][-9:])
            was_cut = bool(re.search(r" (?:of|for) ", run[0])) and bool(_AND_NAME.match(text, span.end))
            if not was_cut and (not continues or ORGANISATION & set(name.split())) and len(name) > 1:
                yield span


def _only_begins(words: Sequence[re.Match[str]], text: str, lowercase: Container[str]) -> bool:
    """Return whether the first of `words` is capitalised only because it begins a sentence."""
    first = words[0][0]
    if len(words) > 1:
        return first.lower() in lowercase or bool(first.endswith("ing"))
    return first.lower() in lowercase or not (first.isupper() or re.search(rf"[a-z,] {re.escape(first)}\b", text))


def _parts(words: Sequence[re.Match[str]], text: str) -> Iterator[Sequence[re.Match[str]]]:
    """Yield `words`, divided where "of" separates people from what they belong to, and trimmed to names.

    Tanya Chan | of the | Civic Party; the President of | the Arab University.
    """
    ends = [i + 1 for i, word in enumerate(words) if i and text.startswith(" of ", word.end()) and word[0] not in HEADS]
    for first, last in pairwise([0, *ends, len(words)]):
        part = list(words[first:last])
        while part and (_is_no_name(part[0][0]) or (part[0][0] in TITLES and text.startswith(" of ", part[0].end()))):
            del part[0]
        while part and _is_no_name(part[-1][0]):
            del part[-1]
        if part:
            yield part


def _is_no_name(word: str) -> bool:
    if word in _NO_NAME or word.startswith(("I'", "I’")):
        return True
    return not content_words(word) and not (len(word) > 1 and word.isupper())
