"""The form of answer that a question asks for: a span, a summary or names."""

import re

from qa.answer import Form

_NOUN = r"(?:article|book|collection|document|file|letter|page|paper|pdf|piece|report|story|text)s?"
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
        rf"what (?:do|does) {_THIS} (?:contain|cover|deal with|discuss|say|talk about|tell (?:me|us))",
        rf"what(?: is|['’]?s) in {_THIS}",
        rf"what(?: is| are|['’]?s|['’]re) the (?:{_POINTS}|{_SUMMARY}|contents?|essence|subject|topic){_OF_THIS}?",
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


def asks_for(question: str) -> Form:
    """Return the form of the answer that `question` asks for.

    >>> asks_for("What is this article about?"), asks_for("What is the Schengen agreement about?")
    (<Form.SUMMARY: 'summary'>, <Form.SPAN: 'span'>)
    """
    asked = " ".join(question.split()).strip(" .!?…")
    for form, patterns in _ASKS_FOR.items():
        if any(re.fullmatch(pattern, asked, re.IGNORECASE) for pattern in patterns):
            return form
    return Form.SPAN
