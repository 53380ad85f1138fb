"""The kind of thing that a question asks for, and whether an answer is of that kind.

A reader finds what stands where an answer would stand. These rules tell, by the words alone, when that is something
else: a length for a height, a name for a day, an African country for a European one.
"""

import re

from index import Document
from index.text.words import content_words
from qa.english.documents import LETTERS
from qa.english.grammar import ARTICLES, ASKS_FIRST, AUXILIARIES, one_of
from qa.english.kinds import ANIMALS, FORCES, KIND_OF, KINDS, singular
from qa.english.measures import (
    CURRENCY,
    DIMENSION_OF,
    DIMENSIONS,
    LENGTH,
    MANY,
    PEOPLE,
    POWER,
    SPEED,
    TIME_OF_DAY,
    TIME_WORD,
    UNITS_OF,
    VOLUME,
    WEIGHT,
)
from qa.english.names import OFFICES, PERSONAL_TITLES, ROLE, WHO_HOLDS
from qa.english.numbers import NUMBERS, SCALES
from qa.english.places import CONTINENTS, DEMONYMS
from qa.question.grammar import TIME, asking_word
from qa.question.language import unaccented
from qa.question.mistake import mistakes

_HOW = re.compile(
    r"\bhow (?P<how>tall|high|long|wide|broad|deep|thick|old|heavy|far|fast)\b"
    r"|\bwhat (?:is|was|are|were) the (?P<noun>height|length|width|breadth|depth|thickness|age|weight)\b",
    re.IGNORECASE,
)


_COUNTED = re.compile(r"\bhow (?:many|much)\b|\bwhat (?:number|percentage|proportion|share) of\b", re.IGNORECASE)

_COST = re.compile(r"\b(?:costs?|pay|paid|pays|charge[sd]?|price|earn(?:s|ed)?|worth|spen[dt]s?)\b", re.IGNORECASE)

_MEASURED = re.compile(rf"\d\s?(?:{LENGTH}|{WEIGHT}|{VOLUME}|{POWER}|{SPEED})(?!\w)")
"""A number with a unit of something else than money."""

_WHEN = re.compile(
    r"(?:\W*|.*\b(?:since|until|till|by|from|and|but) )when (?!.*\b(?:what|which|who|how|where)\b)"
    r"|.*\b(?:what|which) (?:day|date|year|month|time|century)\b",
    re.IGNORECASE,
)

_OF_A_LETTER = re.compile(rf"\b(?:date|{LETTERS})\b", re.IGNORECASE)

_CLOCK = re.compile(r"\bwhat time\b", re.IGNORECASE)

_YEAR = re.compile(r"\b(?:what|which) year\b", re.IGNORECASE)

_WHO = re.compile(r"\W*(?:(?:by|to|from|with|for|of|and|but) )?whom?\b(?!se)", re.IGNORECASE)

_FORMER = r"(?:former|previous|past|outgoing|retired|late|then|ex)"
_AS_FORMER = re.compile(
    rf"\b(?:{_FORMER}[- ](?:[\w’'-]+ ){{0,3}}[\w’'-]+|(?:first|founding|original) \w+|predecessor),? \Z", re.IGNORECASE
)
"""Words before a name which say that its bearer holds an office no more."""

_ASKS_WHO_SIGNED = re.compile(r"\bsign|\bWho (?:is|was) [A-Z]|\b(?:job|position|role)\b")
_SIGNED = r"\b(?i:signed[^\n:]*? for|on behalf of|p\.\s?p\.)\s[^\n:]*:\s*"
"""What stands before the name of one who signs for another."""

_BEHIND_NOUN = re.compile(
    rf"[,;:(]|(?<=\w)\s+(?:(?:who|that|which|in|on|at|from|by|for|with|to|and|or|as)\b|{one_of(AUXILIARIES)})",
    re.IGNORECASE,
)
"""What ends the words for somebody: a comma, a preposition, a verb."""

_BEGINS_NOUN = frozenset((*ARTICLES, *NUMBERS, "some", "several", "many", "his", "her", "its", "their"))
"""Words before a noun that are capitalised at the beginning of a sentence."""

_BECAUSE = re.compile(r"(.*)\bbecause(?: of)?\s+\Z", re.IGNORECASE | re.DOTALL)
_SUBORDINATE = re.compile(r"\b(?:while|when|whenever|if|after|before|until|although|though)\b[^,;]*", re.IGNORECASE)
"""A clause that only says when or although."""

_NAME_OF = re.compile(r"\bnames? of\b|\bwhat (?:is|was) .* (?:called|named)\b", re.IGNORECASE)

_WHICH_THINGS = re.compile(
    r"\W*(?:\w+ )?which (?!(?:years?|numbers?|dates?|days?|pages?|rooms?|lines?|routes?)\b)[a-z]\w*s\b", re.IGNORECASE
)
_NUMBER_ALONE = re.compile(rf"(?:{'|'.join(NUMBERS)}|{'|'.join(SCALES)}|[\d.,\s-]|and)+", re.IGNORECASE)

_KIND_ASKED = re.compile(r"\W*(?:\w+ )?(?:which|what) (?:other )?(?P<kind>[a-z]+)\b", re.IGNORECASE)

_ADJECTIVE = re.compile(
    r"\b(?:[Ww]hich|[Ww]hat|[Hh]ow many)\s+(?:other\s+)?(?P<adjective>[A-Z][a-z]+(?:sh|ch|an|ese|ss|ek|ech))\s+[a-z]"
)
"""An adjective that names the country or continent of the thing asked for."""


_APPOSED = re.compile(r"\b(?P<words>(?:the|an?|two|three) (?:[\w-]+ ){0,2}?[\w-]+),? \Z")
_FROM = re.compile(r",? (?P<words>(?:of|from|an?) (?:the )?[A-Z]\w+)")

_CAPITALISED = re.compile(r"\b[A-Z][^\W\d_]{3,}")
"""A capitalised word of at least four letters."""

_PERSON = re.compile(
    rf"\b(?:(?:{'|'.join((*PERSONAL_TITLES, *OFFICES))})\.?\s+|(?!{'|'.join(ASKS_FIRST)}\b)[A-Z][\w’'-]+\s+)+"
    r"(?P<last>[A-Z][^\W\d_]{2,})(?:['’]s?)?\b"
)
"""The name of a person, with the title or the first name before the last name."""


def names_known(question: str, text: str) -> bool:
    """Return whether every person whom `question` names in full, or with a title, is named in `text`.

    >>> names_known("What does Cllr Wren think?", "Tom Aldous spoke."), names_known("Who is Tom Aldous?", "Tom Aldous.")
    (False, True)
    """
    if not any(word[:1].islower() for word in question.split()[1:]):
        return True
    unheld = [found["last"] for found in _PERSON.finditer(question) if found["last"] not in text]
    return all(unaccented(last) in unaccented(text) for last in unheld)


def only_looks_alike(question: str, text: str) -> bool:
    """Return whether `question` names what `text` does not, and `text` something that is spelled almost like it.

    A name that is clearly misspelled has been corrected before it is asked.

    >>> only_looks_alike("What did Baron build?", "Mr Baran built it."), only_looks_alike("Is Lyon old?", "In Lyons.")
    (True, False)
    """
    held = {name.lower() for name in _CAPITALISED.findall(text)}
    named = {name.lower() for name in _CAPITALISED.findall(question[1:])}
    strange = {name for name in named if name not in text.lower()}
    pairs = ((name, each) for name in strange for each in held if not (each.startswith(name) or name.startswith(each)))
    return any(0 < mistakes(*pair) <= 1 and content_words(pair[0]) != content_words(pair[1]) for pair in pairs)


_NUMBERED = re.compile(
    r"(?<![\w.,/–-])(?:(?:1\d|20)(?P<year>\d\d)(?!s?\w|,\d)|\d{2,}(?:st|nd|rd|th)\b)",
    re.IGNORECASE,
)
"""A year, or a thing of a number, such as the 92nd session."""


def numbers_known(question: str, document: Document) -> bool:
    """Return whether `document` holds every year and every ordinal number that `question` names in digits.

    >>> report = Document("In 2023/24, the 93rd session cost less.", "report")
    >>> numbers_known("What did the 93rd session of 2024 cost?", report), numbers_known("And the 92nd?", report)
    (True, False)
    """
    numbers = list(_NUMBERED.finditer(question))
    stated = [document.title, document.text, *(fact.value for fact in document.facts)] if numbers else []
    return all(any(_holds(text, number) for text in stated) for number in numbers)


def _holds(text: str, number: re.Match[str]) -> bool:
    """Return whether `text` holds the `number` that `_NUMBERED` found; a year also as the second of two, 2023/24."""
    written = re.escape(number.group()) + (rf"|[/–’'-]{number['year']}\b" if number["year"] else "")
    return re.search(written, text, re.IGNORECASE) is not None


def fits(question: str, answer: str, sentence: str, passage: str = "") -> bool:
    """Return whether `answer` can be of the kind that `question` asks for.

    Args:
        question: as it is asked of the documents.
        answer: the words that answer.
        sentence: the sentence that contains the answer.
        passage: the text around it; by default `sentence`.

    >>> sentence = "The bridge is 312 metres long."
    >>> fits("How long is the bridge?", "312 metres", sentence), fits("How tall is the bridge?", "312 metres", sentence)
    (True, False)
    >>> fits("When was it built?", "Ellie Marsden", ""), fits("How many died?", "the crew", "")
    (False, False)
    >>> fits("Why did it close?", "71 this year", ""), fits("Who is the head?", "Bo", "the previous head, Bo")
    (False, False)
    """
    if measure := _HOW.search(question):
        word = (measure["how"] or measure["noun"]).lower()
        return _measures(DIMENSION_OF.get(word, word), answer, sentence)
    if _COUNTED.search(question):
        is_weighed = _COST.search(question) and _MEASURED.search(answer) and not CURRENCY.search(answer)
        return MANY.search(answer) is not None and not is_weighed
    if _WHEN.match(question):
        is_sent = not _OF_A_LETTER.search(question) and _is_dateline(answer, sentence)
        return _tells_when(question, answer) and not is_sent
    if (
        (_WHICH_THINGS.match(question) and _NUMBER_ALONE.fullmatch(answer))
        or (_NAME_OF.search(question) and ROLE.match(answer))
        or (asking_word(question) == "why" and _is_no_reason(question, answer, sentence))
        or _holds_no_more(question, answer, sentence)
    ):
        return False
    is_time = TIME.fullmatch(answer) is not None
    if _WHO.match(question) and (
        is_time or not _is_somebody(answer, sentence, passage or sentence) or _only_signs(question, answer, sentence)
    ):
        return False
    is_from = _is_from(question, answer, sentence, passage or sentence)
    return is_from and is_of_kind(question, answer) and not (is_time and asking_word(question) == "where")


def _only_signs(question: str, answer: str, sentence: str) -> bool:
    """Return whether `answer` signs for another, and `question` does not ask for that.

    >>> _only_signs("Who is the client?", "Ann Lee", "Signed for the client: Ann Lee")
    True
    """
    is_signature = re.search(rf"{_SIGNED}{re.escape(answer)}", sentence)
    return is_signature is not None and not _ASKS_WHO_SIGNED.search(question)


def _is_somebody(answer: str, sentence: str, passage: str) -> bool:
    """Return whether `answer` is a name, or words for people, and no animal, weather, vehicle or the like.

    >>> _is_somebody("A storm", "A storm broke it.", ""), _is_somebody("A nurse", "A nurse broke it.", "")
    (False, True)
    """
    head = _BEHIND_NOUN.split(answer)[0].strip() or answer
    begins = re.search(rf"(?:\A|[.!?:]\s+|\n|[\"“])\s*{re.escape(head)}", sentence) is not None
    of_whom = head.partition(" of ")[0].split()[-1]
    noun = of_whom if PEOPLE.search(of_whom) else head.split()[-1]
    first, *others = head.split()
    if _is_nobody(noun) and (noun[0].islower() or not others):
        return noun[0].isupper() and not begins and noun.lower() not in passage
    is_name = first[0].isupper() and not (begins and first.lower() in _BEGINS_NOUN)
    return is_name or any(word[0].isupper() for word in others) or PEOPLE.search(head) is not None


def _is_nobody(noun: str) -> bool:
    return (one := singular(noun)) in FORCES or KIND_OF.get(one) in ANIMALS


def _is_no_reason(question: str, answer: str, sentence: str) -> bool:
    """Return whether `answer` is nothing but a number and a time, or the reason of something else in `sentence`.

    >>> sentence = "They advised it while the pier is shut, because it is cheaper."
    >>> _is_no_reason("Why is the pier shut?", "it is cheaper", sentence)
    True
    """
    if not re.search(r"[a-z]{3}", TIME_WORD.sub("", MANY.sub("", answer)), re.IGNORECASE):
        return True
    explained = _BECAUSE.search(sentence.partition(answer)[0])
    if not explained:
        return False
    asked = set(content_words(question))
    main, whole = (set(content_words(words)) for words in (_SUBORDINATE.sub("", explained[1]), explained[1]))
    return not asked & main and bool(asked & whole)


def _holds_no_more(question: str, answer: str, sentence: str) -> bool:
    """Return whether `question` asks who holds an office, and `answer` is one who, by `sentence`, held it before."""
    if not WHO_HOLDS.match(question) or re.search(rf"\b{_FORMER}\b", question, re.IGNORECASE):
        return False
    return any(_AS_FORMER.search(words) for words in (sentence.partition(answer)[0], f"{answer} "))


def is_of_kind(question: str, member: str) -> bool:
    """Return whether `member` of a list may be of the kind that `question` names: no heron is a mammal.

    >>> is_of_kind("Which mammals live here?", "grey herons"), is_of_kind("Which mammals live here?", "otters")
    (False, True)
    """
    asked = _KIND_ASKED.match(question)
    kind, known = singular(asked["kind"]) if asked else "", KIND_OF.get(singular(member.rsplit(" ", maxsplit=1)[-1]))
    wanted = ANIMALS if kind == "animal" else (kind,)
    is_other = known is not None and (kind in KINDS or kind == "animal") and known not in wanted
    adjective = _ADJECTIVE.search(question)
    is_foreign = adjective is not None and adjective["adjective"] in CONTINENTS
    return not is_other and (not is_foreign or _is_from(question, member, member, member))


def _is_dateline(answer: str, sentence: str) -> bool:
    """Return whether `answer` is the day on which a letter was sent, in its header."""
    return re.search(rf"^(?:Date|Sent|Received)\s?:\s*{re.escape(answer)}", sentence, re.MULTILINE) is not None


def _tells_when(question: str, answer: str) -> bool:
    """Return whether `answer` tells when: a year or a time of day, if `question` asks for one."""
    if _YEAR.search(question) and not re.search(r"\d{4}|year|century|\d\ds\b", answer):
        return False
    if _CLOCK.search(question) and not TIME_OF_DAY.search(answer):
        return False
    return (MANY.search(answer) or TIME_WORD.search(answer)) is not None


def _measures(dimension: str, answer: str, sentence: str) -> bool:
    """Return whether `answer` is a number with a unit of `dimension`, and `sentence` calls it no other dimension."""
    at = sentence.find(answer)
    after = sentence[at + len(answer) :] if at >= 0 else ""
    if dimension == "long" and re.match(r"\W*(?:since|until|till|from|between)\b", answer):
        return True
    if not MANY.search(answer):
        return False
    near = answer + re.split(r"[,.;]|\band\b", after)[0][:40]
    if not re.search(rf"(?:\b|(?<=\d)){UNITS_OF[dimension]}(?:\b|(?<=\d))", near, re.IGNORECASE):
        return False
    named = re.match(rf"\s*(?:\w+\s+)?({'|'.join(DIMENSIONS)})\b", after) or re.search(
        rf"\b({'|'.join(DIMENSIONS)})\W*\Z", answer
    )
    return named is None or DIMENSIONS[named[1]] == dimension


def _is_from(question: str, answer: str, sentence: str, passage: str) -> bool:
    """Return whether the answer may be of the country or continent that the question names with an adjective."""
    found = _ADJECTIVE.search(question)
    if not found:
        return True
    adjective = found["adjective"]
    if adjective in CONTINENTS:
        described = f"{answer} {_description(answer, sentence)}"
        others = "|".join(names for continent, names in CONTINENTS.items() if continent != adjective)
        is_other = re.search(rf"\b(?:{others})", described) is not None
        return bool(re.search(rf"\b(?:{CONTINENTS[adjective]})", described)) or not is_other
    return re.search(rf"\b(?:{DEMONYMS.get(adjective, adjective[:4])})", f"{answer} {passage}") is not None


def _description(answer: str, sentence: str) -> str:
    """Return what stands right before or behind `answer` and says where it is from: a Kenyan, Ruto; Ruto of Kenya.

    >>> _description("Ruto", "The best was a Kenyan, Ruto from Eldoret, not a Swede.")
    'a Kenyan from Eldoret'
    """
    before, _, after = sentence.partition(answer)
    beside = (_APPOSED.search(before), _FROM.match(after))
    return " ".join(found["words"] for found in beside if found)
