"""The form of answer that a question asks for."""

import re

from qa.answer import Form
from qa.english.courtesy import GREETINGS, THANKS
from qa.english.documents import DOCUMENT_NOUNS
from qa.english.grammar import AUXILIARIES
from qa.question.grammar import CONJUNCTION

_NOUN = rf"(?:{'|'.join((*DOCUMENT_NOUNS, 'collection'))})s?"
_THIS = (
    r"(?:this|these|it|them|everything|all of (?:this|it|them)"
    rf"|(?:all )?(?:the|this|these|my|your) (?:whole |entire |news )?{_NOUN})"
)
_OF_THIS = rf"(?: (?:about|by|from|in|of|throughout) {_THIS})"
_PLEASE = r"(?:(?:please|(?:can|could|would|will) you(?: please)?) )?"
_GIVE = rf"{_PLEASE}(?:get|give|list|make|name|show|tell|write)(?: me| us)?"
_SHORT = r"(?:brief |concise |quick |short )?"
_SUMMARY = r"(?:abstract|gist|outline|overview|recap|summary|synopsis)"
_POINTS = (
    r"(?:central|essential|important|key|main|major|most important)(?: \w+)?"
    r" (?:contents?|facts?|findings?|ideas?|messages?|points?|statements?|subjects?|takeaways?|themes?|topics?)"
)
_WHO = r"(?:companies|groups|individuals|institutions|names?|organi[sz]ations?|people|persons?)"
_ALL_WHO = rf"(?:all )?(?:of )?(?:the )?{_WHO}(?:(?:,| and| or|, and|, or) (?:the )?{_WHO})*"
_NAMED = (
    r"(?:(?:is|are|was|were|gets?|has been|have been) (?:all )?(?:mentioned|named)"
    r"|(?:do |does )?(?:appears?|comes? up|occurs?))"
)

_ASKS_FOR = {
    Form.SUMMARY: (
        rf"what(?: is| are|['’]?s|['’]re) {_THIS} (?:all |generally |mainly |mostly )?about",
        rf"what(?: is| are|['’]?s) (?:this|these) {_NOUN}",
        rf"what (?:do|does) {_THIS} (?:contain|cover|deal with|discuss|say|talk about|tell (?:me|us))",
        rf"what(?: is|['’]?s) in {_THIS}",
        rf"what(?: is| are|['’]?s|['’]re) the (?:{_POINTS}|{_SUMMARY}|contents?|essence|topic){_OF_THIS}?",
        rf"{_PLEASE}(?:briefly )?(?:outline|recap|summari[sz]e|sum up)(?: {_THIS})?(?: briefly| for me| please)*",
        rf"{_PLEASE}sum {_THIS} up(?: for me| please)*",
        rf"{_GIVE} (?:an? |the ){_SHORT}(?:{_SUMMARY}|{_POINTS}){_OF_THIS}?(?: please)?",
        rf"(?:an? |the )?{_SHORT}(?:{_SUMMARY}|{_POINTS}){_OF_THIS}?(?: please)?",
        rf"tell (?:me|us) (?:about {_THIS}|what {_THIS} (?:is|are) about)",
        r"tl;? ?dr",
    ),
    Form.NAMES: (
        rf"who(?: all| else)? {_NAMED}(?: here|{_OF_THIS})?",
        rf"who (?:is|are)(?: all)? (?:here|in {_THIS})",
        rf"(?:what|which) {_ALL_WHO} {_NAMED}(?: here|{_OF_THIS})?",
        rf"(?:what|who) are {_ALL_WHO}(?: mentioned| named)?(?: here|{_OF_THIS})",
        rf"{_GIVE} {_ALL_WHO}(?: (?:that|who) {_NAMED}| mentioned| named)?(?: here|{_OF_THIS})?(?: please)?",
    ),
}
"""Patterns of questions that no span can answer, without white space and closing punctuation."""


_TALK = re.compile(
    rf"(?:(?:{GREETINGS}|{THANKS}|bye|goodbye|good ?bye|see you(?: later| soon)?|good night|ok|okay|great|nice|perfect"
    r"|cool|super|wonderful|excellent|well done|good job|that (?:was|is) (?:very )?(?:helpful|useful|great|good|nice)"
    r"|help(?: me)?(?: please)?|how are you(?: doing)?(?: today)?|what['’]?s up|how['’]?s it going|all ?right"
    r"|(?:(?:so|and|but),? )?(?:who|what)(?: exactly| actually)? are you(?: exactly| then)?"
    r"|are you (?:an? )?(?:human|robot|bot|ai|person|machine|real)|what(?:['’]s| is) your name"
    r"|(?:so )?what can (?:you|i|this|it) (?:do|ask|answer)(?: you| here| for me)?|what do you do"
    r"|what can you (?:help|assist)(?: me| us)? with|how can you help(?: me| us)?"
    r"|what (?:is|are) (?:this|you)(?: tool| app| program| page| site| website| bot)? for"
    r"|what (?:can|should|may|could) i ask(?: you)?(?: about)?|what (?:kinds?|sorts?) of questions can i ask(?: you)?"
    r"|that (?:really )?helps(?: a lot)?"
    r"|how (?:does|do) (?:this|it|you|i)(?: \w+)? (?:work|use this|use it|start|begin))(?:[\s,.!?…:)(;-]+|\Z))+",
    re.IGNORECASE,
)
"""What people say that asks nothing of the documents."""

_YES_NO = re.compile(rf"(?:whether|if|{'|'.join(AUXILIARIES)})\s+(?P<subject>\S+)", re.IGNORECASE)

_ASKS_BEHIND = re.compile(r"(?:if|whether)\b.*,\s*(?:who|whom|what|which|when|where|why|how)\b", re.IGNORECASE)
"""A question with a question word behind its condition: if it rains, where is it held?"""

_ASKED_OF_US = re.compile(
    r"(?:can|could|will|would|do|may|might|shall|should)\s+(?:you|i|we)\s+(?:(?:please|also|just|kindly)\s+)*"
    r"(?:tell|give|list|name|show|say|explain|describe|summari[sz]e|find|help|outline|write|know|ask|look|check"
    r"|recommend|suggest|think|translate|compare|repeat)\b",
    re.IGNORECASE,
)
"""A request to whoever answers: can you tell me, may I ask."""

_BY_THE_WAY = re.compile(
    r"\A(?:so|ok|okay|right|well|now)(?:,| and|,? so)? |(?:,? (?:then|exactly|anyway|again|overall|basically))+\Z",
    re.IGNORECASE,
)
"""Words around a question that change nothing of what it asks of a whole document."""


def is_talk(question: str) -> bool:
    """Return whether `question` greets, thanks or asks what can be asked, and asks nothing of the documents.

    >>> is_talk("Hi there!"), is_talk("Thanks, what can you do?"), is_talk("Hi, who is the mayor?")
    (True, True, False)
    """
    return _TALK.fullmatch(" ".join(question.split())) is not None


def is_yes_no(question: str) -> bool:
    """Return whether `question` can be answered by yes or no.

    >>> is_yes_no("Was the warning ignored?"), is_yes_no("And is it open?"), is_yes_no("If it rains, where is it?")
    (True, True, False)
    """
    asked = question.strip()
    joined = CONJUNCTION.match(asked)
    asked = asked[joined.end() :] if joined else asked
    return bool(_YES_NO.match(asked)) and not (_ASKED_OF_US.match(asked) or _ASKS_BEHIND.match(asked))


def asks_for(question: str) -> Form:
    """Return the form of the answer that `question`, which nothing surrounds, asks for.

    >>> asks_for("What is this article about?"), asks_for("What is the Schengen agreement about?")
    (<Form.SUMMARY: 'summary'>, <Form.SPAN: 'span'>)
    """
    if is_talk(question):
        return Form.TALK
    asked = _BY_THE_WAY.sub("", " ".join(question.split()).strip(" .!?…"))
    for form, patterns in _ASKS_FOR.items():
        if any(re.fullmatch(pattern, asked, re.IGNORECASE) for pattern in patterns):
            return form
    return Form.STATEMENT if is_yes_no(question) else Form.SPAN
