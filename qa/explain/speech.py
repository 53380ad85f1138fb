"""Reported speech in a sentence: who speaks, and which words are reported.

Plain rules for English news, on sentences with blanked quotations: each quotation is one opaque block, `"xxxx."`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.document import Span
from qa.english.grammar import one_of
from qa.english.names import PERSONAL_TITLES, ROLES
from qa.english.verbs import CALLS, SAYING_PARTICIPLES, SAYS

_JUST_BEFORE = 40
"""Code points before a verb that are searched for the words that modify it."""

_VERB = re.compile(
    rf"\b(?:(?P<participle>{'|'.join(SAYING_PARTICIPLES)})|{CALLS}|(?!mean)(?:{SAYS})(?: out)?"
    r"|(?:gave|issued|made|released) (?:a|the) statement|went on to (?:say|add|explain))\b(?!\s+by\b)"
)

_NO_SPEECH_TOO = re.compile(
    r"(?:claim|comment|estimate|note|point|praise|promise|remark|report|state)s?\b|(?:add|claim|recall|repeat)ed\b(?![.,;])"
)

_TAKES_CLAUSE = re.compile(
    r"\s+(?:to have|that|there|he|she|it|they|the|an?|his|her|its|their|how|why|what|[^\W\d_a-z]\w*)\b|[,:]?\s*\"|:"
)
"""What makes a word like "reports" or "claimed" a verb of saying, if it follows the word."""

_NOT_SAID = re.compile(
    r"(?:\b(?:to|not|never|no|is|are|was|were|be|been|being|an?|the|this|that|which|what|these|those|its|his|her|their"
    r"|of|by|for|with|on|in|or|most|more|can|could|would|should|may|might|must|will|did|does|do|cannot)|n[’']t)"
    r"\s+(?:(?:also|now|then|yet|only|today|yesterday|\w+ly)\s+)?\Z",
    re.IGNORECASE,
)
"""What makes "said" or "reports" a passive, a wish, a denial or a noun, if it precedes the word."""

_ACCORDING = re.compile(r"\b(?:according to|in the words of)\s+", re.IGNORECASE)

HEARSAY = re.compile(
    r"\b(?:reportedly|allegedly|supposedly|(?:is|are|was|were|been) (?:also )?accused of"
    r"|it (?:is|was|has been) (?:said|believed|thought|reported|alleged|claimed)"
    r"|(?:is|are|was|were) (?:also )?(?:said|believed|thought|reported|alleged|rumou?red) to)\b",
    re.IGNORECASE,
)
"""Reported speech without a named speaker."""

_JOINED = re.compile(r"(?:(?P<and>\band)|\bas|,)\s+\Z")
"""What joins a verb to a subject further back."""

_WORD = r"[^\W_][\w.'’-]*"

_WHEN = r"(?:on|in|at|to|during|after|before|from|via|by|about|yesterday|today|earlier|last|later|[A-Z]\w+day)\b"

_UP_TO_THAT = re.compile(rf"(?:,\s[^\"]*?,|\s{_WHEN}[^,;\"]*?)?\sthat\b|,\s{_WHEN}[^,\"]*,")
"""The text between a verb and the reported words that says when, where or to whom."""

_NOTHING_SAID = re.compile(rf"(?:\s{_WHEN}[^,;\"]*)?(?=[,.;]|\Z)")
"""What follows a verb that reports nothing."""

_GOES_ON = re.compile(
    r"[^.;\"]*?,\s+(?=\"|(?:is|are|was|were|has|have|had|will|would|can|could|may|must|should|whether|because|if|unless)\b)"
)
"""The text between a frame in mid-sentence and the rest of the reported words."""

_SCOPE_END = re.compile(r";|,\s+(?:but|although|though|while|whereas)\b")

_BEHIND_QUOTATION, _BEHIND_COMMA = (
    re.compile(rf"{mark}[,.]?\s*(?:(?!(?:but|and|while|that)\b){_WORD}\s)*\Z") for mark in ('"', ",")
)
"""The end of the text before a speaker, if that text may be reported."""

_CLAUSE_START = re.compile(r";\s*|,\s+(?:but|and|while|although)\s+|\b(?:which|that),?\s+")

_SEGMENT_END = re.compile(r"[,;:()\"]|\Z")

_CLAUSE_BREAK = re.compile(
    r"\s*\([^()]*\),?\s*|[,;:–—()\"]\s*|\s-\s|\b(?:but|that|while|as|when|where|which|because|who|if|although|though|after|before|whether"
    r"|and(?!\s+(?:the\s+)?[A-Z]))\s+"
)
"""What precedes the subject of a clause."""

_ADVERBS = re.compile(
    r"(?:\s+(?:has|have|had|also|later|then|once|since|further|again|now|today|yesterday|still|already|himself|herself"
    r"|\w+ly))*\s*\Z"
)

CAPITALISED = r"(?:(?:al-|el-|d[’'])?[^\W\d_a-zß-öø-ÿ][\w.'’-]*)"

_NAME = rf"{CAPITALISED}(?:\s(?:(?:of|for|on|de|bin|van|von|and|&|-)\s(?:the\s)?)?{CAPITALISED})*"

NAMES = re.compile(rf"\b{CAPITALISED}(?:\s{CAPITALISED})*")

_FULL_NAME = re.compile(rf"\b{CAPITALISED}(?:\s{CAPITALISED})+")

_NAME_AT_START = re.compile(rf"(?:[Tt]he\s)?{_NAME}\b")

_NAMED_AT_START = re.compile(
    rf"(?:(?:The|An?|His|Her|Its|Their|Our)\s|{CAPITALISED}[’']s?\s)(?:[a-z][\w’'-]*\s){{0,4}}[a-z][\w’'-]*,\s"
    rf"(?P<name>{_FULL_NAME.pattern}),"
    rf"|(?:{CAPITALISED}\s){{0,3}}(?:[a-z][\w’'-]*\s)?(?:{'|'.join(ROLES)})\s(?P<named>{_FULL_NAME.pattern})(?=\s[a-z])"
)
"""What somebody is, and their name, at the start of a sentence: The manager, Ann Lee, was; Harford coach Bo Ray was."""

_NAME_AT_END = re.compile(rf"(?:\b[Tt]he\s)?\b{_NAME}\Z")

_APPOSITION = re.compile(rf",\s+({_FULL_NAME.pattern})(?=[,.])")

_INVERTED = re.compile(
    rf"\s+((?!(?:{_WHEN}|(?:that|how|why|if|of)\b))(?:{_WORD}\s){{0,8}}?{_WORD})(?=\s(?:{_WHEN}|(?:who|when|as)\b)|[,.;:\"]|\Z)"
)

_SAID_BY = re.compile(rf"(?:said|says|added|adds|explained)\s(?!{_WHEN})(?:{_WORD}\s){{0,4}}{_NAME}(?=[,.]|\Z)")

_LEADING = re.compile(
    r"\s*(?:(?:But|And|However|Meanwhile|Also|Then|Here|Later|Yesterday|Today|In|On|At|As|When|While|If|Because|Both)\s)?"
)

_NO_SUBJECT = re.compile(r"(?:For|By|With|After|Before|When|As|While|If|Although|Since|So|Of|From|To)\b")

_PREPOSITION_AT_END = re.compile(r"\b(?:by|of|for|from|at|in|with|to)\s(?:the\s)?\Z")

_WHEN_AT_START = re.compile(_WHEN, re.IGNORECASE)

_NOUN_AT_END = re.compile(
    rf"\b(?:the|an?|his|her|their|its|some|many|several)\s(?:{_WORD}\s){{0,5}}?{_WORD}\Z|{_WORD}\Z"
)

_NOUN_AT_START = re.compile(
    rf"((?:The|An?|His|Her|Its|Their|My|Our|One|Another)\s(?:{_WORD}\s){{0,3}}?{_WORD})(?=\s[a-z]+(?:s|ed|d)\b)"
)

PRONOUN_AT_END = re.compile(r"\b(?:he|she|they|it|we|i)\Z", re.IGNORECASE)

_DESCRIPTION = re.compile(r"(?:the|an?|he|she)\b", re.IGNORECASE)

_NOBODY = {"who", "this", "that", "these", "those", "there", "what", "which"}

TITLE = re.compile(one_of(PERSONAL_TITLES))

_TITLE_AT_END = re.compile(rf"(?:{TITLE.pattern})\Z")


@dataclass(frozen=True, slots=True)
class Frame:
    """The span of a phrase that reports speech, the words that name the speaker, and the spans that it reports."""

    speaker: Span
    span: Span
    before: range
    behind: range


def frames(text: str, sentence: Span) -> list[Frame]:
    """Return the frames of a sentence, first to last."""
    found: list[Frame] = []
    matches = [m for words in (_VERB, _ACCORDING) for m in words.finditer(text, sentence.start, sentence.end)]
    for match in sorted(matches, key=re.Match.start):
        if found and match.start() < found[-1].span.end:
            continue  # the word is part of the last frame, as "state" is in "according to … state law"
        joined = _JOINED.search(text, max(sentence.start, match.start() - _JUST_BEFORE), match.start())
        if match.re is _ACCORDING:
            found += _according(text, sentence, match)
        elif joined and (match["participle"] or joined["and"]):
            if speaker := found[-1].speaker if found else leading_subject(text, sentence):
                found.append(Frame(speaker, Span(*match.span()), range(0), _behind(text, match.end(), sentence)))
        elif _is_verb(text, sentence, match):
            found += _saying(text, sentence, match, found[-1].span.end if found else sentence.start)
    return found


def frame_over(text: str, sentence: Span, at: int) -> Frame | None:
    """Return the innermost frame whose scope contains `at`: the nearest before it, or else the first after it."""
    found = frames(text, sentence)
    before = [frame for frame in found if at in frame.behind]
    behind = [frame for frame in found if at in frame.before]
    return before[-1] if before else behind[0] if behind else None


def _is_verb(text: str, sentence: Span, word: re.Match[str]) -> bool:
    """Return whether a possible verb of saying is one, and reports a statement."""
    if _NO_SPEECH_TOO.match(text, word.start()) and not _TAKES_CLAUSE.match(text, word.end(), sentence.end):
        return False
    before = max(sentence.start, word.start() - _JUST_BEFORE)
    return not (word["participle"] or _NOT_SAID.search(text, before, word.start()))


def _saying(text: str, sentence: Span, verb: re.Match[str], start: int) -> Iterator[Frame]:
    """Yield the frame of a verb of saying; its subject is after `start` and before it, or after it and a quotation."""
    subject, end = _subject_before(text, start, verb.start()), verb.end()
    lead = text[sentence.start : subject.start if subject else verb.start()]
    follows = _BEHIND_QUOTATION.search(lead) or (
        _BEHIND_COMMA.search(lead) and (subject is None or _NOTHING_SAID.match(text, end, sentence.end))
    )
    if _SAID_BY.match(text, verb.start(), sentence.end) and _BEHIND_COMMA.search(text, sentence.start, verb.start()):
        subject, follows = None, True
    if subject is None and follows and (inverted := _INVERTED.match(text, end, sentence.end)):
        subject, end = _words(text, *inverted.span(1)), inverted.end()
        apposition = _APPOSITION.match(text, end, sentence.end)
        if subject and apposition and not _is_name(text, subject):  # "said its director, Piers Denholm"
            subject, end = Span(*apposition.span(1)), apposition.end()
    if subject and follows:
        before = range(sentence.start, min(subject.start, verb.start()))
        yield Frame(subject, Span(verb.start(), end), before, _rest(text, end, sentence))
    elif subject:
        yield Frame(subject, Span(*verb.span()), range(0), _behind(text, end, sentence))


def _according(text: str, sentence: Span, words: re.Match[str]) -> Iterator[Frame]:
    """Yield the frame of "according to". It reports what follows if it begins a clause, else what precedes it."""
    clause = max((m.end() for m in _CLAUSE_START.finditer(text, sentence.start, words.start())), default=sentence.start)
    leads = len(text[clause : words.start()].split()) <= 2
    end = next((m.start() for m in _SEGMENT_END.finditer(text, words.end(), sentence.end)), sentence.end)
    runs_on = text[end : end + 1] != "," or len(text[words.end() : end].split()) > 9
    name = _NAME_AT_START.match(text, words.end(), end)
    apposition = _APPOSITION.match(text, end, sentence.end)
    if leads and name and runs_on:  # "According to Rathbun the property was returned."
        speaker: Span | None = Span(*name.span())
    elif apposition and not _NAME_AT_END.search(text, words.end(), end):  # "the team's coach, Alireza Mehraban,"
        speaker = Span(*apposition.span(1))
    else:
        speaker = _words(text, words.end(), end)
    if speaker:
        before = range(0) if leads else range(clause, words.start())
        behind = _behind(text, speaker.end, sentence) if leads else _rest(text, speaker.end, sentence)
        yield Frame(speaker, Span(words.start(), speaker.end), before, behind)


def _behind(text: str, frame: int, sentence: Span) -> range:
    """Return the range of the words that a frame, which ends at `frame`, reports after it."""
    that = _UP_TO_THAT.match(text, frame, sentence.end)
    end = _SCOPE_END.search(text, frame, sentence.end)
    return range(that.end() if that else frame, end.start() if end else sentence.end)


def _rest(text: str, frame: int, sentence: Span) -> range:
    """Return the range in which the reported words continue after a frame in mid-sentence, which ends at `frame`."""
    rest = _GOES_ON.match(text, frame, sentence.end)
    return range(rest.end(), sentence.end) if rest else range(0)


def _subject_before(text: str, start: int, verb: int) -> Span | None:
    """Return the speaker in the subject of the verb at `verb`: directly before it, or before an aside in commas."""
    end = next(m.start() for m in _ADVERBS.finditer(text, start, verb))
    breaks = [*_CLAUSE_BREAK.finditer(text, start, end)]
    starts, ends = [start, *(m.end() for m in breaks)], [*(m.start() for m in breaks), end]
    segments = [*zip(starts, ends, strict=True)]
    nearest = segments.pop()
    if text[slice(*nearest)].strip():
        return _words(text, *nearest)
    joint = breaks[-1][0].strip() if breaks else ""
    if joint.endswith(")"):
        return _words(text, *segments[-1])
    between = segments.pop() if joint.endswith(",") else None
    if not joint.endswith((",", "who")) or not segments:
        return None
    if between and _FULL_NAME.fullmatch(text, *between) and not _is_name(text, _words(text, *segments[-1])):
        return Span(*between)  # "the prime minister, Najib Razak, said"
    subjects = [words for segment in reversed(segments) if (words := _words(text, *segment))]
    named = (words for words in subjects if _is_name(text, words))
    return next(named, subjects[0] if subjects and _DESCRIPTION.match(text, subjects[0].start) else None)


def _words(text: str, start: int, end: int) -> Span | None:
    """Return the words of a subject that name the speaker: the name at its end, or else its noun."""
    start = next(m.end() for m in _LEADING.finditer(text, start, end))
    name = _NAME_AT_END.search(text, start, end)
    is_short = len(text[start:end].split()) <= 10 and not _WHEN_AT_START.match(text, start, end)
    if name and not (is_short and _PREPOSITION_AT_END.search(text, start, name.start())):
        return Span(*name.span())
    noun = PRONOUN_AT_END.search(text, start, end) or (None if is_short else _NOUN_AT_END.search(text, start, end))
    words = Span(*noun.span()) if noun else Span(start, end) if is_short and start < end else None
    return words if words and text[words.start : words.end].lower() not in _NOBODY else None


def _is_name(text: str, words: Span | None) -> bool:
    """Return whether `words` are a name, and not a description or an office."""
    if words is None or _TITLE_AT_END.search(text, words.start, words.end):
        return False
    return _NAME_AT_START.fullmatch(text, words.start, words.end) is not None


def leading_subject(text: str, sentence: Span) -> Span | None:
    """Return the name or the pronoun with which the sentence begins."""
    start = next(m.end() for m in _LEADING.finditer(text, sentence.start, sentence.end))
    if named := _NAMED_AT_START.match(text, start, sentence.end):
        return Span(*named.span(named.lastgroup or 0))
    name = _NAME_AT_START.match(text, start, sentence.end)
    is_name = name and name[0] not in ("A", "An", "The", "Her", "His") and not _NO_SUBJECT.match(text, start)
    return Span(*name.span()) if name and is_name else None


def leading_noun(text: str, sentence: Span) -> Span | None:
    """Return the description with which the sentence begins, before its verb: her neighbour, one resident."""
    found = _NOUN_AT_START.match(text, sentence.start, sentence.end)
    return Span(*found.span(1)) if found else None
