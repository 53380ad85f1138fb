"""A bare question word asked after a question: why? by whom? since when? And whether a question made so reads well."""

import re
from typing import NamedTuple

from qa.english.grammar import ASKING, AUXILIARIES, BEING, CLOSED_CLASS, DOING, MEASURES, PREPOSITIONS, one_of
from qa.english.numbers import NUMBERS
from qa.english.verbs import SAYS
from qa.question.grammar import ELSE, asking_word
from qa.question.past import base_form

_LONGEST_THING = 4
"""Words of the longest thing that is asked for, as in: how many new members were there?"""

_LONGEST_ANSWER = 8
"""Words of the longest answer that can be put into a question."""

_AUXILIARY = one_of(AUXILIARIES)

_PREDICATE = re.compile(
    rf"(?:{one_of(BEING)}|\w+(?:ing|ed)|sold|held|built|made|found|given|paid|sent|taken|known|left|lost)"
    rf"(?: {one_of(PREPOSITIONS)})?\Z|\w+(?:ing|ed) {one_of(PREPOSITIONS)}\Z",
    re.IGNORECASE,
)
"""A predicate at the end of a question: was she held on, is the council paying."""

_DO = re.compile(r"\bdo\Z", re.IGNORECASE)

_BY_ADVERB = ("when", "where", "why", "how")

_OF_A_THING = ("which", "what", "whose")

_SAID = re.compile(rf"(?:{SAYS}) (?:that )?(?=\w+ )", re.IGNORECASE)
"""The verb of a question for a speaker: who said that..."""

_PLURAL = re.compile(r"(?P<before>.*) (?P<things>\w*[^s]s|people|men|women|children)\Z")

_PLURAL_OF = {"is": "are", "was": "were", "has": "have"}


class Parts(NamedTuple):
    """A question in parts: which | ship | was | she held on.

    Attributes:
        asking: the question word, with its prepositions and its measure.
        thing: the thing asked for, after which, what, whose or how many; else empty.
        auxiliary: the auxiliary; empty if the question word is the subject of a full verb.
        rest: what follows.
    """

    asking: str
    thing: str
    auxiliary: str
    rest: str

    @classmethod
    def of(cls, question: str) -> "Parts | None":
        """Return the parts of `question`, in plain form; None if no question word begins it.

        >>> Parts.of("on which ship was she held")
        Parts(asking='on which', thing='ship', auxiliary='was', rest='she held')
        """
        asking = ASKING.match(question)
        if not asking:
            return None
        words = question[asking.end() :].split()
        can_have_thing = bool(asking["how"]) or asking["word"].lower() in _OF_A_THING
        most = min(_LONGEST_THING, len(words) - 1) if can_have_thing else 0
        auxiliaries = [at for at, word in enumerate(words[: most + 1]) if word.lower() in AUXILIARIES]
        if auxiliaries:
            at = auxiliaries[0]
            return cls(asking[0], " ".join(words[:at]), words[at], " ".join(words[at + 1 :]))
        verbs = [at for at, word in enumerate(words[: most + 1]) if at and base_form(word)]
        is_subject = not can_have_thing or asking["word"] == "what"
        at = verbs[0] if verbs else 0 if is_subject else min(1, len(words))
        return cls(asking[0], " ".join(words[:at]), "", " ".join(words[at:]))

    @property
    def is_adverbial(self) -> bool:
        """Whether the question asks for when, where, why or how, or for what a preposition governs."""
        first = self.asking.lower().split()[0]
        return first in PREPOSITIONS or (asking_word(self.asking) in _BY_ADVERB and not self.asks_for_degree)

    @property
    def asks_for_degree(self) -> bool:
        """Whether the question asks how many, how much, how old and the like."""
        return self.asking.lower().split()[-1] in MEASURES


def completed(fragment: str, asked: str, answer: str) -> str:
    """Return the question that `fragment` asks after the question `asked`, which `answer` answers.

    Args:
        fragment: a question word with its prepositions, in plain form.
        asked: the question before, in plain form; for yes or no, or with a question word.
        answer: its answer; empty if there was none.

    >>> completed("where", "how many people did the crane kill", "107"), completed("why", "is it open", "")
    ('where did the crane kill 107 people', 'why is it open')
    >>> completed("in which city", "who opened the conference", "Hamouchi")
    'in which city did Hamouchi open the conference'
    """
    before = Parts.of(asked)
    if before is None:
        return f"{fragment} {asked[:1].lower()}{asked[1:]}"
    if _asks_for_more(fragment, before) or before.is_adverbial:
        return _rest_of(fragment, before)
    if asking_word(asked) == "who" and not before.auxiliary and (said := _SAID.match(before.rest)):
        return _joined(fragment, _inverted(before.rest[said.end() :]))
    return _joined(fragment, _inverse(before, _known(before, answer)))


def reads_well(question: str) -> bool:
    """Return whether `question`, which was made from parts of others, is an English sentence, as far as words tell.

    >>> reads_well("why was the bridge closed?"), reads_well("where people did the crane kill?")
    (True, False)
    """
    bare = question.rstrip(" ?")
    if re.search(rf",\s+(?!{one_of(PREPOSITIONS)}(?! (?:that|then|this|it)\b))", bare) or re.search(
        r"\b(\w+) \1\b", bare, re.IGNORECASE
    ):
        return False
    if re.match(rf"{_AUXILIARY} \w+ \w", bare, re.IGNORECASE):
        return True
    parts = Parts.of(bare)
    if parts is None:
        return False
    if parts.auxiliary:
        twice = rf"{one_of(DOING)}|{one_of(('is', 'are', 'was', 'were'))}"
        return bool(parts.rest) and not re.match(twice, parts.rest, re.IGNORECASE)
    verb = parts.rest.partition(" ")[0]
    return not parts.is_adverbial and bool(base_form(verb) or re.search(r"[^s]s\Z", verb))


def _asks_for_more(fragment: str, before: Parts) -> bool:
    """Return whether `fragment`, such as "who else", asks for more of what the question before asked for."""
    is_alone = fragment.lower().split()[0] not in PREPOSITIONS
    is_same = asking_word(fragment) == asking_word(before.asking) and not before.asks_for_degree
    return is_alone and (is_same or ELSE.search(fragment) is not None)


def _rest_of(fragment: str, before: Parts) -> str:
    """Return `fragment` with what follows the question word before."""
    things = _PLURAL.match(before.rest) if fragment.lower() == "how many" else None
    if things:
        return _joined(fragment, things["things"], before.auxiliary, things["before"])
    return _joined(fragment, before.auxiliary, before.rest)


def _known(before: Parts, answer: str) -> str:
    """Return how a question names what the question before asked for: its answer, or the thing."""
    words = answer.split()
    if not words or len(words) > _LONGEST_ANSWER or ("," in answer and not answer[0].isdigit()):
        return f"the {before.thing}" if before.thing else ""
    is_plain = re.split(r"\W", words[0])[0].lower() in NUMBERS or words[0].lower() in CLOSED_CLASS
    named = answer[0].lower() + answer[1:] if is_plain else answer
    is_counted = before.asks_for_degree and before.thing and before.thing.lower() not in answer.lower()
    return f"{named} {before.thing}" if is_counted else named


def _inverse(before: Parts, known: str) -> str:
    """Return what follows the question word of `before` as a question of its own, with `known` in its place."""
    auxiliary, rest = before.auxiliary, before.rest
    if not auxiliary:
        return _with_subject(known, rest)
    if auxiliary.lower() in DOING or (_PREDICATE.search(rest) and _begins_noun(rest)):
        return _joined(auxiliary, rest, "that" if _DO.search(rest) else known)
    if asking_word(before.asking) == "how" and not before.thing and rest:
        return _joined(auxiliary, rest, known)  # how long is the crack
    return _joined(_PLURAL_OF.get(auxiliary.lower(), auxiliary) if " and " in known else auxiliary, known, rest)


def _with_subject(subject: str, rest: str) -> str:
    """Return `rest`, which begins with a full verb, as a question about `subject`: did Hamouchi open the conference."""
    verb, _, object_ = rest.partition(" ")
    if base := base_form(verb):
        return _joined("did", subject, base, object_)
    if re.search(r"[^s]s\Z", verb):
        return _joined("does", subject, verb[:-1], object_)
    return _joined(subject, rest)


def _inverted(clause: str) -> str:
    """Return a clause, such as "the bridge was closed", in the order of a question: was the bridge closed."""
    words = clause.split()
    at = next((at for at, word in enumerate(words) if at and word.lower() in AUXILIARIES), None)
    if at is not None:
        return _joined(words[at], *words[:at], *words[at + 1 :])
    at = next((at for at, word in enumerate(words) if at and base_form(word)), 0)
    return _with_subject(" ".join(words[:at]), " ".join(words[at:])) if at else clause


def _begins_noun(rest: str) -> bool:
    """Return whether a noun or pronoun begins `rest`, so that what was asked for is no subject."""
    first = rest.split(maxsplit=1)[0]
    return len(rest.split()) > 1 and (first.lower() in CLOSED_CLASS - set(PREPOSITIONS) or first[0].isupper())


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))
