"""Suggested questions: rules make them from sentences of the documents, and only those answered as expected are kept.

English only. The rules prefer few good questions: a question that nobody would ask is left out.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index import Collection, DocumentIds, Span
from index.article import article_collection
from index.text.dates import MONTHS, WEEKDAYS
from index.text.words import content_words
from qa.answer import Answer, Citation
from qa.ask import ask
from qa.english.grammar import CLAUSE_OPENERS, NEEDS_CONTEXT, one_of
from qa.english.names import BODIES, CAPITAL, ORGANISATION, ROLES, THING, TITLES
from qa.english.numbers import SCALES, UNITS, UNITS_OF_MEASURE
from qa.english.verbs import DONE_TO_PEOPLE, PARTICIPLES, PAST
from qa.overview.summary import beginnings, stretch, whole_sentences
from qa.reading.reader import Reader

_MOST_SEARCHED = 60
"""Passages from whose sentences questions are made: the first ones of each document."""

_MOST_ASKED = 8
"""Questions that are asked to check their answers. Each takes as long as an ordinary answer."""

_LENGTHS = range(4, 17)
"""Numbers of words that a suggested question may have."""

_NAME = rf"(?:{CAPITAL}[\w.’'-]*[\w.] ){{1,5}}{CAPITAL}[\w’-]*\w"

_PAST = "|".join(PAST)

_VERB = rf"(?P<verb>{_PAST})"

_DONE = rf"(?:{'|'.join((*PAST, *PARTICIPLES))})"

_OBJECT = rf"(?:an? |the |\d|{CAPITAL}).+"

_MONTH, _WEEKDAY = f"(?:{'|'.join(MONTHS)})", f"(?:{'|'.join(WEEKDAYS)})"

_DAY = (
    rf"[Oo]n {_WEEKDAY}(?:, {_MONTH} \d\d?(?:, \d{{4}})?)?|[Oo]n {_MONTH} \d\d?(?:, \d{{4}})?"
    rf"|[Ii]n (?:{_MONTH} )?(?:1[5-9]|20)\d\d"
)

_PLACE = rf"(?:at|in|near) (?:the )?{CAPITAL}[\w’-]*(?: (?:of (?:the )?)?{CAPITAL}[\w’-]*)*"

_NUMBER = (
    r"(?:(?:about|almost|around|at least|more than|nearly|over|some) )?(?:\d[\d,]*\d|\d"
    rf"|{'|'.join(UNITS[2:13])})(?: (?:{'|'.join(SCALES)}))?"
)

_THINGS = r"(?:[\w-]+ ){0,3}(?:[a-z]+s|people|children|men|women)"

_ENDS = r"(?=[,.;]| (?:after|at|by|for|from|in|on|to|who|whose|with)\b)"

_ROLE = f"(?i:{one_of(ROLES)})"

_BODY = one_of(BODIES)

_SUBJECT = rf"(?P<subject>(?:The|{CAPITAL}[\w’'-]*)(?: [^,;:.\s]+){{0,8}}?)"


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern for sentences, and the question to make of its named groups.

    The group `answer` is what the question asks for. `rest` is cut where a clause may end. `infinitive` is the verb's.
    """

    pattern: str
    question: str


_RULES = tuple(
    _Rule(pattern, question)
    for pattern, question in (
        (rf"(?P<answer>{_NAME}),? {_VERB} (?P<rest>{_OBJECT})", "Who {verb} {rest}?"),
        (rf"(?P<answer>{_NAME}), [^,;.]{{3,80}}, {_VERB} (?P<rest>{_OBJECT})", "Who {verb} {rest}?"),
        (
            rf"(?P<answer>{_NAME})(?:, [^,;.]{{3,80}},)? (?P<verb>(?:was|were) {one_of(DONE_TO_PEOPLE)})"
            r" (?P<rest>(?:at|by|for|from|in|of|on|to|with) .+)",
            "Who {verb} {rest}?",
        ),
        (
            rf"(?P<answer>{_NAME}), (?:the )?(?P<rest>(?:\w+ ){{0,3}}{_ROLE}[^,;.()]*?)(?: \([^)]*\))?,",
            "Who is the {rest}?",
        ),
        (
            rf"(?:^|, )(?P<answer>[Tt]he (?:[\w’'-]+ ){{0,4}}{_BODY}|{CAPITAL}\w{{2,}}) {_VERB} (?P<rest>{_OBJECT})",
            "Who {verb} {rest}?",
        ),
        (rf"(?P<subject>{_NAME}), (?:aged )?(?P<answer>\d\d)(?:,| and)", "How old is {subject}?"),
        (rf"(?P<subject>{_NAME}), an? (?P<answer>\d\d?)-year-old ", "How old is {subject}?"),
        (
            rf"(?:^|, |that |said |says |{CAPITAL}\w+ )(?P<answer>{_NUMBER}) (?P<things>{_THINGS})"
            rf" (?P<verb>(?:are|had been|have been|were|will be) {_DONE})(?: (?P<rest>[^,;:.]+))?(?=[,;.])",
            "How many {things} {verb} {rest}?",
        ),
        (
            rf"(?:^|, )(?P<subject>(?:[Tt]he |{CAPITAL}|[a-z]+(?:men|s) ?)[^,;:.]{{0,40}}?) ?{_VERB}"
            rf" (?P<answer>{_NUMBER}) (?P<things>{_THINGS}){_ENDS}",
            "How many {things} did {subject} {infinitive}?",
        ),
        (
            rf"{_VERB} (?P<answer>{_NUMBER})"
            rf" (?P<things>{_THINGS}){_ENDS}",
            "How many {things} were {verb}?",
        ),
        (
            rf"(?P<verb>kill|injur|wound)ing (?P<answer>{_NUMBER})(?= people| or more|,|\.| and)",
            "How many people were {verb}ed?",
        ),
        (
            rf"^{_SUBJECT} (?P<verb>was|were) (?P<part>{_DONE})(?: (?P<rest>(?:at|by|for|in|of|to) [^,;:.]+?))?"
            rf" (?P<answer>{_DAY})",
            "When {verb} {subject} {part} {rest}?",
        ),
        (
            rf"^(?P<answer>{_DAY}), (?P<subject>(?:the |{CAPITAL})[^,;:.]{{2,50}}?)"
            rf" {_VERB} (?P<rest>{_OBJECT})",
            "When did {subject} {infinitive} {rest}?",
        ),
        (rf"^{_SUBJECT} took place (?P<answer>{_PLACE})", "Where did {subject} take place?"),
        (rf"^{_SUBJECT} (?:happened|occurred) (?P<answer>{_PLACE})", "Where did {subject} happen?"),
        (
            rf"^{_SUBJECT} (?P<verb>was|were) (?P<part>{_DONE}|buried|located) (?P<answer>{_PLACE})",
            "Where {verb} {subject} {part}?",
        ),
        (
            rf"(?:^|that ){_SUBJECT} (?P<verb>(?:is|are|was|were)(?= \w+ing )|(?:has|have)(?= (?:{_PAST}) ))"
            r" (?P<part>\w+) (?P<answer>(?:an? |its |the |\d)[^,;:.]{,80})",
            "What {verb} {subject} {part}?",
        ),
        (rf"^{_SUBJECT} {_VERB} (?P<answer>(?:an? |the )[^,;:.]{{,80}})", "What did {subject} {infinitive}?"),
        (
            rf"^{_SUBJECT} (?P<verb>was|were) (?P<part>caused|inspired) by (?P<answer>[^,;:.]+)",
            "What {verb} {subject} {part} by?",
        ),
        (
            r"^(?P<subject>The [^,;:.]{3,50}? of [^,;:.]{3,50}?) (?P<verb>is|are|was|were)"
            r" (?P<answer>(?:an?|the) [^,;:.]+)",
            "What {verb} {subject}?",
        ),
    )
)

_CLAUSE_END = re.compile(rf",(?!\d)|[;:—–()\[\]\"“”]| - |\.(?=\s|$)|[.!?]$|(?:^| ){one_of(CLAUSE_OPENERS)}")

_DEPENDENT = re.compile(rf"{one_of(NEEDS_CONTEXT)}|[\"“”()\[\]]", re.IGNORECASE)
"""What a question does not contain if it can be understood alone."""

_NO_PHRASE = re.compile(
    r"\b(?:a|an|and|as|at|by|for|from|in|of|on|the|to|with)$|\band (?:has|had|is|to|was|were|[a-z]+(?:ed|s))\b"
    r"|\b(?:are|began|could|had|has|have|is|not|was|were|which|who|whose|will|would)\b"
)
"""What shows that a group is cut wrongly, or is more than a phrase."""

_MEASURES = re.compile(rf"(?:{'|'.join(UNITS_OF_MEASURE)})$")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A question, the span of its expected answer, and the sentence that it was made from."""

    question: str
    asked_for: Citation
    sentence: Citation


def suggestions(
    collection: Collection | None = None,
    documents: DocumentIds | None = None,
    count: int = 3,
    *,
    reader: Reader | None = None,
) -> list[str]:
    """Return questions that the documents answer, the surest first.

    Each question is made from another sentence at the beginning of a document. The kinds of question alternate where
    they can. A question is kept if `ask` answers it with the words that it was made from. At most `_MOST_SEARCHED`
    passages are searched for sentences, and at most `_MOST_ASKED` questions are asked.

    Args:
        collection: an open collection; by default the bundled article.
        documents: ids of the documents to ask; by default all.
        count: at least 0.
        reader: as for `ask`.

    Returns:
        At most `count` questions; fewer if the rules make fewer good ones.

    Raises:
        UnusableQuestion, UnknownDocument, UnusableCollection, UnusableModel, UnusableReader: as for `ask`.
    """
    collection = article_collection() if collection is None else collection
    texts = [stretch(passages) for passages in beginnings(collection, documents, _MOST_SEARCHED)]
    found = list(dict.fromkeys(candidate for text in texts for candidate in _candidates(text)))
    answered = []
    for candidate in _varied(found)[:_MOST_ASKED]:
        answer = ask(candidate.question, collection, documents=documents, reader=reader)
        if _is_as_expected(answer, candidate):
            answered.append((answer.confidence, candidate))
    surest = [candidate for _, candidate in sorted(answered, key=lambda pair: -pair[0])]
    return [candidate.question for candidate in _varied(surest)[:count]]


def _varied(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Return `candidates` with one for each sentence and each answer, ordered so that their kinds alternate."""
    seen: set[Citation | str] = set()
    kept = []
    for each in candidates:
        if not seen & {each.sentence, each.asked_for.quote, each.question}:
            seen |= {each.sentence, each.asked_for.quote, each.question}
            kept.append(each)
    earlier: Counter[str] = Counter()
    rounds = []
    for each in kept:
        rounds.append(earlier[_asks(each)])
        earlier[_asks(each)] += 1
    return [kept[number] for number in sorted(range(len(kept)), key=lambda number: rounds[number])]


def _asks(candidate: _Candidate) -> str:
    return " ".join(candidate.question.split()[: 2 if candidate.question.startswith("How") else 1])


def _is_as_expected(answer: Answer, candidate: _Candidate) -> bool:
    """Return whether `answer` overlaps the expected span, and has about its length."""
    if not answer.citations or answer.citations[0].document != candidate.asked_for.document:
        return False
    given, expected = answer.citations[0].span, candidate.asked_for.span
    common = min(given.end, expected.end) - max(given.start, expected.start)
    return 2 * common >= given.end - given.start and 3 * common >= expected.end - expected.start


def _candidates(text: Citation) -> Iterator[_Candidate]:
    """Yield the questions that the rules make from those sentences of `text` that can be understood alone."""
    for sentence in (each.cited for each in whole_sentences(text) if not each.is_dependent):
        for rule in _RULES:
            for match in re.finditer(rule.pattern, sentence.quote):
                if question := _question(rule, match):
                    start, end = (sentence.span.start + offset for offset in match.span("answer"))
                    yield _Candidate(question, Citation(sentence.document, Span(start, end)), sentence)


def _question(rule: _Rule, match: re.Match[str]) -> str:
    """Return the question that `rule` makes of `match`; "" if it would read badly or depend on its context."""
    parts = {name: phrase or "" for name, phrase in match.groupdict().items()}
    if "rest" in parts:
        if parts["rest"] and not _to_clause_end(parts["rest"]):
            return ""  # the statement is true only with the words that were cut
        parts["rest"] = _to_clause_end(parts["rest"])
    if "subject" in parts:
        parts["subject"] = re.sub(r"^(?:An?|The) ", lambda article: article[0].lower(), parts["subject"].strip())
    parts["infinitive"] = PAST.get(parts.get("verb", ""), "")
    if not _reads_well(rule, parts):
        return ""
    question = " ".join(rule.question.format(**parts).split()).replace(" ?", "?")
    asked = question.split(maxsplit=2 if question.startswith("How") else 1)[-1]
    return question if len(question.split()) in _LENGTHS and not _DEPENDENT.search(asked) else ""


def _to_clause_end(phrase: str) -> str:
    end = _CLAUSE_END.search(phrase)
    return phrase[: end.start()].rstrip() if end else phrase.rstrip()


def _reads_well(rule: _Rule, parts: Mapping[str, str]) -> bool:
    phrases = [parts[name] for name in ("rest", "subject", "things") if name in parts]
    if any(
        _NO_PHRASE.search(phrase) or re.search(r" (?:At|By|For|From|In|Of|On|The|To|With) ", phrase)
        for phrase in phrases
    ):
        return False
    if rule.question.startswith("Who"):
        single = parts["answer"].startswith(("The ", "the ")) or " " not in parts["answer"]
        is_vague = re.fullmatch(r"the [a-z]+", parts["rest"]) is not None
        return not is_vague and (single or _is_person(parts["answer"]))
    if rule.question.startswith("How many"):
        return not _MEASURES.search(parts.get("things", ""))
    subject = parts["subject"].split()
    return subject[0] in {"the", "a", "an"} or bool(content_words(subject[0])) or subject[0].isupper()


def _is_person(name: str) -> bool:
    words = [word for word in name.split() if word.rstrip(".") not in TITLES]
    return len(words) > 1 and not set(words) & (ORGANISATION | THING)
