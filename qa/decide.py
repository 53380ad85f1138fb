"""From what the reader finds to an answer: the surest finding, if it is sure enough, with all that agrees with it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from index import Document, Passage, Role, Span
from qa.answer import Answer, Citation, Claim, Evidence, Form, RankedPassage, Stance
from qa.explain.attribution import attribution
from qa.explain.cells import is_named, named_cell
from qa.explain.claims import LIKELY, agree, claims
from qa.explain.defined import defined_as
from qa.explain.denied import denied_in
from qa.explain.enumeration import (
    asks_for_members,
    asks_for_several,
    asks_of_now,
    grown,
    kind_asked,
    least_members,
    members,
)
from qa.explain.figures import figures_for, has_figures
from qa.explain.listing import Listed, items_around, labelled_around, listed
from qa.explain.nearest import nearest_sentence
from qa.explain.office import office_below
from qa.explain.rejoinder import without_question
from qa.explain.spoken import only_says, said_by, said_in, words_of_another
from qa.explain.stance import stance_of
from qa.explain.statement import NEUTRAL, bearing_on, says_not, statement_confidence
from qa.explain.unknown import said_to_be_unknown
from qa.question.grammar import asking_word
from qa.question.parts import asks_to_compute
from qa.question.replied import reply_to
from qa.question.sought import fits, is_of_kind, names_known, numbers_known, only_looks_alike
from qa.question.understand import Asked
from qa.reading.calibration import Calibration
from qa.reading.finding import Finding
from qa.reading.ranker import Candidate
from qa.reading.span import quoted, sentences_around, with_noun, with_stop

MISFIT = 0.25
"""Factor of the confidence in an answer that is not of the kind asked for (see docs/answers.md)."""

UNSURE = 0.5
"""Share of the words marked as unsure that are read rightly; 0.53 on texts held out (see `evaluation.recognition`)."""

NAMED = 23 / 24
"""Least confidence in a cell that the question names by its headers: 22 of 22 were right (decision 55)."""


def decide(
    asked: Asked,
    candidates: Sequence[Candidate],
    findings: Mapping[Candidate, Finding],
    calibration: Calibration,
    min_confidence: float | None = None,
) -> Answer:
    """Return the surest finding as the answer, if it is sure enough.

    What is set apart from the main text, such as a comment, answers only if no main text does.

    Args:
        asked: the question.
        candidates: best first. They become the answer's passages, with the passage of the answer first.
        findings: what the reader finds in the candidates that it read.
        calibration: the reader's.
        min_confidence: in [0, 1]; by default the calibrated threshold.
    """
    found = [
        (candidate, _as_legible(each))
        for candidate, finding in findings.items()
        for each in _evidence(
            asked, candidate, finding, calibration.confidence(finding, candidate.gap), calibration.threshold
        )
    ]
    found.sort(key=lambda pair: pair[1].confidence, reverse=True)
    threshold = calibration.threshold if min_confidence is None else min_confidence
    given = [(candidate, each) for candidate, each in found if each.confidence >= threshold]
    given.sort(key=lambda pair: pair[0].passage.role != Role.TEXT)
    answer = Answer(
        asked.question,
        passages=_ranked(candidates),
        confidence=found[0][1].confidence if found else 0.0,
        note=asked.note,
        form=asked.form,
    )
    if asks_to_compute(asked.text, _said_with((given or found)[0][1], asked.text) if found else ""):
        figures = _figures(asked, findings, [each for _, each in given])
        return replace(answer, form=Form.FIGURES, overview=tuple(figures), missing=() if figures else asked.missing)
    if not given:
        return replace(answer, missing=asked.missing, nearest=_nearest(asked.text, candidates))
    said = claims([each for _, each in given])
    best = said[0].evidence[0]
    first = next(candidate for candidate, each in given if each is best)
    form = Form.STATEMENT if best.stance.is_whole else Form.SPAN
    if asks_for_members(asked.text) and (scattered := _scattered(asked.text, [each for _, each in given])):
        said, form = (Claim((replace(best, items=scattered),)),), Form.MEMBERS
    return replace(
        answer,
        passages=_ranked([first, *candidates]),
        confidence=best.confidence,
        claims=said,
        form=form,
        attribution=attribution(best.answer.document, without_question(best.answer.document.text, best.answer.span)),
    )


def _as_legible(evidence: Evidence) -> Evidence:
    """Return `evidence`, with less confidence if words of a picture (OCR) answer that may be misread."""
    core = evidence.core or evidence.answer
    unsure = sum(len(core.document.quote(part).split()) for part in core.document.unsure_in(core.span))
    return replace(evidence, confidence=evidence.confidence * UNSURE**unsure) if unsure else evidence


def _said_with(evidence: Evidence, question: str) -> str:
    """Return the sentence of an answer; in a table, behind the headers of its cell, or of the row that is named."""
    core = evidence.core or evidence.answer
    document, told = core.document, [core.document.headers(core.span), evidence.sentence.quote]
    for table, cell in document.cells(core.span):
        rows = [document.quote(Span(row.start, row.end)) for row in table.headers(cell).rows]
        if rows and all(row.lower() in question.lower() for row in rows):
            told += (document.headers(Span(each.start, each.end)) for each in table.cells if each.row == cell.row)
    return " ".join(told)


def _figures(asked: Asked, read: Iterable[Candidate], given: Sequence[Evidence]) -> list[Citation]:
    """Return the figures that the question needs; if none bear on it, the sentence of what is `given` and likely."""
    if not given and not all(asks_to_compute(word) for word in asked.missing):
        return []
    likely = [each.sentence for each in given[:1] if each.confidence >= LIKELY and has_figures(each.sentence.quote)]
    return figures_for(asked.text, [candidate.passage for candidate in read]) or likely


def _scattered(question: str, given: Sequence[Evidence]) -> tuple[Citation, ...]:
    """Return the members that several passages name, one each, if each is likely; none if one names several itself.

    How something is now, documents of other days do not tell.
    """
    now, document = asks_of_now(question), given[0].answer.document
    found: list[Citation] = []
    for each in (each for each in given if each.answer.document == document or not now):
        if each.items:
            return ()
        if each.stance is Stance.STATED and each.confidence >= LIKELY:
            word = each.core or each.answer
            found += [] if any(agree(word.quote, other.quote) for other in found) else [word]
    return tuple(found) if len(found) > 1 else ()


def _nearest(question: str, candidates: Sequence[Candidate]) -> Citation | None:
    """Return the sentence of the most relevant passage that comes nearest to the question."""
    if not candidates:
        return None
    passage, finding = candidates[0].passage, candidates[0].finding
    return _cited(passage, nearest_sentence(question, passage, finding.span))


def one_by_one(question: str, parts: Sequence[Answer]) -> Answer:
    """Return the answer to a question that is several: those to its parts, in order, and which are not stated."""
    stated = [part for part in parts if part.citations]
    missing = [part.question for part in parts if not part.citations]
    return Answer(
        question,
        passages=tuple(dict.fromkeys(passage for part in parts for passage in part.passages)),
        confidence=min((part.confidence for part in stated), default=0.0),
        overview=tuple(part.citations[0] for part in stated),
        note=f"Not stated: {' '.join(missing)}" if stated and missing else "",
        form=Form.PARTS,
        parts=tuple(parts),
    )


def _evidence(
    asked: Asked, candidate: Candidate, finding: Finding, confidence: float, threshold: float
) -> Iterator[Evidence]:
    """Yield what the candidate's passage may answer: what is found, or that it is not known.

    Where what is found is less sure than `threshold`, the passage may say that it was not done.
    """
    if asked.form is Form.STATEMENT:
        yield _statement(asked.text, candidate, finding, confidence)
    elif told := said_by(asked.text, candidate.passage):
        speaker, sentence, likely = told
        yield Evidence(speaker, Citation(speaker.document, speaker.span.hull(sentence)), likely)
    elif meant := defined_as(asked.text, candidate.passage):
        sentence = sentences_around(candidate.passage.text, meant.span.moved(-candidate.passage.span.start))
        yield Evidence(meant, _cited(candidate.passage, sentence), statement_confidence(1.0, NEUTRAL))
    else:
        lists = list(_lists(asked, candidate.passage))
        found = _words(asked.text, candidate, finding, confidence)
        found = _named_cell(asked.text, candidate, finding) or found
        found = _whole_list(asked.text, found, lists) or found
        reply = _reply(asked.text, candidate.passage)
        if not reply and (denial := _denial(asked.text, candidate.passage, found)):
            yield _whole(candidate.passage, denial, statement_confidence(1.0, NEUTRAL), Stance.TOLD)
            found = replace(found, confidence=found.confidence * MISFIT)
        if below := office_below(asked.text, candidate.passage):
            name, office = (Citation(candidate.passage.document, span) for span in below)
            yield Evidence(office, Citation(office.document, name.span.hull(office.span)), NAMED)
        yield from (found, *([reply] if reply else []), *lists)
        if found.confidence < LIKELY and (heard := said_in(asked.text, candidate.passage)):
            yield _whole(candidate.passage, *heard, Stance.TOLD)
        elif found.confidence < threshold and not (asked.is_follow_up or asks_for_members(asked.text)):
            denied = denied_in(asked.text, candidate.passage.text, candidate.passage.breaks)
            yield from [_whole(candidate.passage, *denied, Stance.TOLD)] if denied else []
    if unknown := said_to_be_unknown(asked.text, candidate.passage.text, candidate.passage.breaks):
        yield _whole(candidate.passage, *unknown, Stance.UNKNOWN)


def _lists(asked: Asked, passage: Passage) -> Iterator[Evidence]:
    """Yield the lists in or around `passage` that may answer; whoever is asked for can only be a person or a group."""
    if asks_for_several(asked.text):
        for each in listed(asked.text, passage):
            found = _list(each, passage.document)
            if asking_word(asked.text) != "who" or all(fits(asked.text, item.quote, "") for item in found.items):
                yield found


def _whole_list(question: str, found: Evidence, lists: Sequence[Evidence]) -> Evidence | None:
    """Return the list of which the words that are `found` are one member, if `question` asks for several."""
    core = found.core or found.answer
    document = core.document
    if found.stance is not Stance.STATED or not asks_for_several(question):
        return None
    if asks_for_members(question):
        if items := items_around(question, document, core.span):
            return _list(Listed(items, True, found.confidence), document)
        around = [each for each in lists if any(item.span.hull(core.span) == item.span for item in each.items)]
        if around and around[0].confidence >= LIKELY:
            return replace(around[0], confidence=max(around[0].confidence, found.confidence))
    is_bare = not found.items and not any(each.confidence >= LIKELY for each in lists)
    values = labelled_around(question, document, core.span) if is_bare else ()
    is_of_kind = all(fits(question, document.quote(value), "") for value in values)
    return _list(Listed(values, True, found.confidence), document) if values and is_of_kind else None


def _words(question: str, candidate: Candidate, finding: Finding, confidence: float) -> Evidence:
    """Return the answer at `finding` in the candidate's passage, with the sentence or sentences that contain it."""
    passage = candidate.passage
    words = with_noun(question, passage.text, quoted(question, passage.text, finding.span))
    sentence = sentences_around(passage.text, words, passage.breaks)
    words = grown(passage.text, words, sentence, kind_asked(question)) if asks_for_several(question) else words
    named = members(passage.text, words)
    found = [each for each in named if is_of_kind(question, passage.text[each.start : each.end])]
    words = words if len(found) == len(named) else found[0] if found else words
    items = tuple(_cited(passage, each) for each in found) if len(found) >= least_members(question) else ()
    core, proof = _cited(passage, words), _cited(passage, sentence)
    stance, span = stance_of(passage.document.text, proof.span, core.span, question)
    answer = Citation(passage.document, span)
    bare = core.quote
    headers = passage.document.headers(core.span)
    said = f"{bare} {headers}" if headers else proof.quote
    is_of_another = _is_of_another(question, core, proof.span) or only_looks_alike(question, passage.indexed_text)
    if not fits(question, bare, said, passage.text) or is_of_another:
        confidence *= MISFIT
    elif is_named(question, passage.document, core.span):
        confidence = max(confidence, NAMED)
    proof = Citation(passage.document, with_stop(passage.document.text, proof.span.hull(span)))
    return Evidence(answer, proof, confidence, stance, core if answer != core else None, items)


def _named_cell(question: str, candidate: Candidate, finding: Finding) -> Evidence | None:
    """Return the cell that `question` names by its headers, if it is of the kind asked for."""
    cell = named_cell(question, candidate.passage)
    named = _words(question, candidate, replace(finding, span=cell), 0.0) if cell else None
    return named if named and named.confidence >= NAMED else None


def _denial(question: str, passage: Passage, found: Evidence) -> Span | None:
    """Return the sentence that denies what `question` takes for granted, if what is `found` does not say it."""
    start = passage.span.start
    sentence = Span(max(0, found.sentence.span.start - start), max(1, found.sentence.span.end - start))
    return says_not(question, passage.text, sentence, passage.breaks) if found.stance is Stance.STATED else None


def _reply(question: str, passage: Passage) -> Evidence | None:
    """Return the reply to `question` if the document asks it itself."""
    reply = reply_to(question, passage.text, passage.breaks)
    if not reply or passage.document.tables_in(reply.moved(passage.span.start)):
        return None
    return _whole(passage, reply, statement_confidence(1.0, NEUTRAL), Stance.TOLD)


def _is_of_another(question: str, answer: Citation, sentence: Span) -> bool:
    """Return whether `answer` is about another name or number than asked for, or of one who only speaks of it."""
    text = answer.document.text
    return (
        not names_known(question, text)
        or not numbers_known(question, answer.document)
        or words_of_another(question, answer, sentence)
        or only_says(question, answer, sentence)
    )


def _list(found: Listed, document: Document) -> Evidence:
    """Return a list as the answer: all of it if it is one stretch of text, else its first member, and the members."""
    items = tuple(Citation(document, span) for span in found.members)
    end = found.members[-1].end if found.is_one_stretch else found.members[0].end
    answer = Citation(document, Span(found.members[0].start, end))
    return Evidence(answer, answer, found.confidence, items=items)


def _statement(question: str, candidate: Candidate, finding: Finding, confidence: float) -> Evidence:
    """Return the sentence of the candidate's passage that bears on a question for yes or no."""
    passage = candidate.passage
    span, share = bearing_on(question, passage, finding.span)
    return _whole(passage, span, statement_confidence(share, confidence), Stance.TOLD)


def _whole(passage: Passage, sentence: Span, confidence: float, stance: Stance) -> Evidence:
    """Return a whole sentence as the answer."""
    cited = _cited(passage, sentence)
    return Evidence(cited, cited, confidence, stance)


def _cited(passage: Passage, span: Span) -> Citation:
    return Citation(passage.document, span.moved(passage.span.start))


def _ranked(candidates: Iterable[Candidate]) -> tuple[RankedPassage, ...]:
    return tuple(RankedPassage(candidate.passage, candidate.relevance) for candidate in dict.fromkeys(candidates))
