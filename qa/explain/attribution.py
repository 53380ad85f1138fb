"""Who makes the cited statement: plain rules for English news, on the sentences around the cited words.

A *frame* is a phrase that reports speech, such as "the minister said" or "according to Reuters". It names a speaker,
and its scope is the words that it reports. Quotations are blanked before frames are searched for. Each quotation is
then one opaque block of its sentence, and a frame inside it cannot hide the outer speaker.
"""

import re
from collections.abc import Sequence

from index import Document, Span, sentences
from qa.answer import Attribution, Citation
from qa.english.grammar import one_of
from qa.english.names import FEMALE, MALE, ORGANISATION, PLACE_OR_GROUP
from qa.explain.speech import (
    CAPITALISED,
    HEARSAY,
    NAMES,
    PRONOUN_AT_END,
    TITLE,
    frame_over,
    frames,
    leading_noun,
    leading_subject,
)
from qa.explain.turns import letter_at, turn_at
from qa.reading.span import trimmed

REACH = 10_000
"""Code points on each side of the first cited one in which its speaker is searched for."""

SENTENCES_BACK = 6
"""Earlier sentences in which the antecedent of a pronoun, or the speaker of a continued quotation, is searched for."""

_LONGEST_SENTENCE = 1_000
"""Code points up to which a sentence that was cut for its length is joined again."""

_QUOTATION = re.compile(
    r"[\"“”„«»](?:(?!\n\s*\n)[^\"“”„«»])*[\"“”„«»]?|(?<!\w)[‘'](?=\w)[^‘\"“”\n]{1,600}?[,.?!][’'](?!\w)"
)
"""A quotation. It ends with its paragraph if it is not closed. Double marks alternate, because opening and closing
ones are often mixed up. A single mark closes only after punctuation, because apostrophes do not follow it."""

_FIRST_PERSON = re.compile(r"(?:I|we|We)")

_PARAGRAPH_BREAK = re.compile(r"\n\s*\n\s*")
_MALE, _FEMALE = re.compile(one_of(MALE)), re.compile(one_of(FEMALE))

_NO_PERSON = re.compile(one_of((*sorted(ORGANISATION), *PLACE_OR_GROUP)))

_REPLY_MARKS = re.compile(r"(?:>\s*)+(?=\w)")
"""Marks before a line of a letter that is quoted in a reply."""

_ALL_QUOTED = re.compile(r"\"x*\.?\"?[.,]?")


def attribution(document: Document, span: Span) -> Attribution:
    """Return who makes the statement in the words of `document` that begin at `span.start`.

    The document itself makes it if the words are outside reported speech, or name the speaker themselves.

    Raises:
        SpanOutsideText: `span` does not lie in the document's text.
    """
    document.quote(span)
    start, text = _neighbourhood(document.text, span.start)
    at = span.start - start
    quotations = [Span(*match.span()) for match in _QUOTATION.finditer(text)]
    blanked = _blanked(text, quotations)
    before = [sentence for sentence in _sentences(blanked) if sentence.start <= at]
    if not before or at >= before[-1].end:
        return Attribution(reported=False)
    quotation = next((quotation for quotation in quotations if quotation.start <= at < quotation.end), None)
    turn = turn_at(text, at) or letter_at(text, at)
    sentence = _within(before[-1], turn[1]) if turn else before[-1]
    if frame := frame_over(blanked, sentence, at):
        is_own = turn and _FIRST_PERSON.fullmatch(blanked, frame.speaker.start, frame.speaker.end)
        speaker: Span | None = turn[0] if turn and is_own else frame.speaker
    elif turn:
        speaker = turn[0]
    elif quotation and _is_sentence(text, quotation):
        speaker = _speaker_before(blanked, before, quotation)
    else:
        return Attribution(reported=bool(HEARSAY.search(blanked, sentence.start, at)))
    if speaker and not quotation and not turn and _FIRST_PERSON.fullmatch(blanked, speaker.start, speaker.end):
        return Attribution(reported=False)
    if speaker and PRONOUN_AT_END.match(blanked, speaker.start, speaker.end):
        speaker = _named(blanked, before, speaker)
    if speaker is None:
        return Attribution(reported=True)
    marks = _REPLY_MARKS.match(text, speaker.start)
    speaker = trimmed(text, Span(marks.end() if marks else speaker.start, speaker.end))
    return Attribution(reported=True, speaker=Citation(document, speaker.moved(start)))


def _within(sentence: Span, turn: Span) -> Span:
    """Return `sentence` without the label of the turn that it begins."""
    start = max(sentence.start, turn.start)
    return Span(start, max(sentence.end, start + 1))


def _neighbourhood(text: str, at: int) -> tuple[int, str]:
    """Return the text around `at` and its offset; it begins at the start of a paragraph if one is in reach."""
    start = max(0, at - REACH)
    paragraph = _PARAGRAPH_BREAK.search(text, start, at) if start else None
    start = paragraph.end() if paragraph else start
    return start, text[start : at + REACH]


def _blanked(text: str, quotations: Sequence[Span]) -> str:
    """Return `text` with its length unchanged, and each quotation blanked but for its marks and last full stop."""
    parts, end = [], 0
    for quotation in quotations:
        inside = "x" * (quotation.end - quotation.start - 2)
        stopped = inside[1:] + "." if inside and text[quotation.end - 2] == "." else inside
        parts += [text[end : quotation.start], f'"{stopped}"'[: quotation.end - quotation.start]]
        end = quotation.end
    return "".join([*parts, text[end:]])


def _sentences(text: str) -> list[Span]:
    """Return the sentences of `text`; those that were cut for their length are joined again."""
    whole: list[Span] = []
    for sentence in sentences(text) if any(map(str.isalnum, text)) else ():
        is_cut = whole and text[whole[-1].end - 1] not in '.!?:"' and "\n" not in text[whole[-1].end : sentence.start]
        if is_cut and sentence.end - whole[-1].start <= _LONGEST_SENTENCE:
            whole[-1] = Span(whole[-1].start, sentence.end)
        else:
            whole.append(sentence)
    return whole


def _is_sentence(text: str, quotation: Span) -> bool:
    """Return whether a quotation is a statement, and not a quoted title or word."""
    words = text[quotation.start + 1 : quotation.end - 1].split()
    end = text[quotation.end - 2 : quotation.end + 1]
    return len(words) >= 3 and words[0][0].isupper() and any(mark in end for mark in ".?!")


def _speaker_before(text: str, around: Sequence[Span], quotation: Span) -> Span | None:
    """Return the speaker of a quotation without a frame: the last speaker before it, if nothing is in between."""
    *before, sentence = around
    own = [frame for frame in frames(text, sentence) if frame.span.start < quotation.start]
    lead = text[sentence.start : quotation.start]
    if not own and lead.rstrip().endswith(":"):
        return leading_subject(text, sentence) or leading_noun(text, sentence)
    if own or any(map(str.isalpha, lead)):
        return own[-1].speaker if own else None
    for previous in before[: -SENTENCES_BACK - 1 : -1]:
        if spoken := frames(text, previous):
            return spoken[-1].speaker
        if text[previous.end - 1] == ":":
            return leading_subject(text, previous)
        if not _ALL_QUOTED.fullmatch(text, previous.start, previous.end):
            return None
    return None


def _named(text: str, around: Sequence[Span], pronoun: Span) -> Span | None:
    """Return the nearest fitting name before `pronoun` that is a speaker, or the subject of a sentence.

    None is returned if another person is mentioned nearer, because the pronoun may mean that person.
    """
    before = [
        Span(sentence.start, min(sentence.end, pronoun.start)) for sentence in around if sentence.start < pronoun.start
    ]
    for sentence in before[: -SENTENCES_BACK - 2 : -1]:
        speakers = [frame.speaker for frame in reversed(frames(text, sentence))]
        for speaker in (*speakers, leading_subject(text, sentence)):
            if speaker and _fits(text, speaker, pronoun):
                return speaker
        mentioned = NAMES.finditer(text, sentence.start, sentence.end)
        if any(_fits(text, Span(*name.span()), pronoun) for name in mentioned):
            return None
    return None


def _fits(text: str, name: Span, pronoun: Span) -> bool:
    """Return whether the text allows `pronoun` to mean the person with this name."""
    words, word = text[name.start : name.end], text[pronoun.start : pronoun.end].lower()
    if word in ("i", "we") or PRONOUN_AT_END.fullmatch(words):
        return False
    is_group = " and " in words
    is_role = TITLE.search(words) or _MALE.search(words) or _FEMALE.search(words)
    is_person = bool(is_role) or not (_NO_PERSON.search(words) or words.isupper() or words.islower())
    if word == "it":
        return not is_person
    if word == "they":
        return is_group or not is_person
    title = re.split(r"[.,;:\"]", text[max(0, name.start - 30) : name.start])[-1]
    is_other = (_FEMALE if word == "he" else _MALE).search(title + words)
    part = re.escape(re.sub(r"['’]s?\Z", "", words))
    is_full = " " in words or re.search(rf"\b(?:{CAPITALISED}\s{part}|{part}\s{CAPITALISED})\b", text)
    return is_person and not is_group and bool(is_full) and not is_other
