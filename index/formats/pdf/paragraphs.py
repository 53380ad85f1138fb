"""Lines become headings, paragraphs, list items and rows, which go on over the ends of columns and pages."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, groupby, pairwise, takewhile
from statistics import median

from index.block import Kind, Role
from index.formats.bidi import right_to_left_letters
from index.formats.pdf.joining import is_cut_number
from index.formats.pdf.line import Line, has_ended

_LARGER = 1.07
"""Times the size of most of the text from which a line is a heading."""

_SMALLER = 0.93
"""Times the size of most of the text up to which a line may be of a footnote."""

_SAME_SIZE = 0.1
"""Share of the size by which two lines of a paragraph may differ."""

_FARTHER = 1.25
"""Times the usual distance of two lines from which they are of two paragraphs."""

_FARTHEST = 1.6
"""The same where the second goes on with a sentence of the first."""

_USUAL_DISTANCE = 1.25
"""Times its size that a line stands below another, where the document does not show it."""

_FULL = 0.6
"""Share of neighbouring lines without room for another word from which their own margin counts."""

_LONGEST_HEADING = 200
"""Code points that a heading has at most."""

_LONGEST_NUMBERED = 80
"""Code points that a heading has at most of which only its number tells that it is one."""

_FEWEST_WORDS = 4
"""Words of a line with room for more that may yet go on in the next line."""

_SHORTEST_CUT = 60
"""Code points of a single line that may go on with a capital on the next page."""

_BULLET = re.compile(r"[-*+•‣◦▪●■–—☐☑☒✓✗]\s+\S")
_ITEM = re.compile(
    rf"{_BULLET.pattern}|(?:\(?\d{{1,3}}(?:\.\d{{1,3}})*[.)]|\d{{1,3}}(?:\.\d{{1,3}})+|\(?[a-zA-Z][.)]|\(?[ivxlc]{{1,6}}[.)])\s+\S"
)
_NUMBERED = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*|[A-Z])[.)]?\s+[^\W\d_]")
_SENTENCE_END = re.compile(r"""[.;,…]["'”’»)\]]{0,3}\Z""")
_BROKEN = re.compile(r"[^\W_][-\u2010\xad]\Z")
_NOTE = re.compile(r"(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\d{1,3}[.)]?|[*†‡§]+)\s*[^\W\d_]")
LEADERS = re.compile(r"\s*(?:\.\s?){5,}")
"""The dots between a heading and its page in a table of contents."""


@dataclass(slots=True)
class Paragraph:
    """Lines that are one, or a row of a table.

    Attributes:
        pages: the number of the page of each line.
        in_flow: whether it is of the text that goes on from page to page, as footnotes and running heads are not.
    """

    kind: Kind
    lines: list[Line]
    pages: list[int]
    role: Role = Role.TEXT
    in_flow: bool = True

    @property
    def last(self) -> Line:
        return self.lines[-1]


class Composition:
    """How most of the text of a document is set: its size, whether it is bold, and the distance of its lines."""

    def __init__(self, lines: Iterable[Line]) -> None:
        letters: dict[float, int] = defaultdict(int)
        bold = 0
        distances: dict[float, list[float]] = defaultdict(list)
        last: Line | None = None
        for line in lines:
            letters[round(line.size, 1)] += len(line.text)
            if last and _is_below(last, line) and line.words[0].text[0].islower():
                distances[round(line.size, 1)].append(last.baseline - line.baseline)
            bold += len(line.text) if line.bold else -len(line.text)
            last = line
        self.bold = bold > 0
        self.size = max(letters, key=lambda size: letters[size], default=0.0)
        self._distances = {size: median(found) for size, found in distances.items()}

    def are_near(self, above: Line, line: Line) -> bool:
        """Return whether no space parts two lines of a column; there may be some within a sentence."""
        usual = self._distances.get(round(line.size, 1), _USUAL_DISTANCE * line.size)
        most = _FARTHEST if line.text[0].islower() and not has_ended(above.text) else _FARTHER
        return above.baseline - line.baseline <= most * usual

    def is_large(self, line: Line) -> bool:
        return line.size >= _LARGER * self.size

    def is_small(self, line: Line) -> bool:
        return line.size <= _SMALLER * self.size


def _is_below(above: Line, line: Line) -> bool:
    """Return whether a line stands under another of its column and size."""
    is_alike = abs(above.size - line.size) <= _SAME_SIZE * line.size
    return above.region == line.region and is_alike and 0 < above.baseline - line.baseline < 3 * line.size


def paragraphs(lines: Sequence[Line], page: int, composition: Composition) -> list[Paragraph]:
    """Return the paragraphs of one page in the order of its lines, then its footnotes."""
    margins = _margins(lines)
    found: list[Paragraph] = []
    for stretch in _stretches(lines, composition):
        own = _own_margin(stretch) or margins[stretch[0].region]
        for number, line in enumerate(stretch):
            if number and _goes_on(found[-1], line, own, composition):
                found[-1].lines.append(line)
                found[-1].pages.append(page)
            else:
                found.append(Paragraph(_kind(line, composition), [line], [page]))
    _tell_headings_from_items(found)
    _mark_notes(found, composition)
    return sorted(found, key=lambda paragraph: not paragraph.in_flow)


def run_on(found: Iterable[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs of a document, where one that a column or page cuts is whole again.

    What stood between its parts, as a footnote does, follows it.
    """
    joined: list[Paragraph] = []
    last: Paragraph | None = None
    for paragraph in found:
        if not paragraph.in_flow:
            joined.append(paragraph)
        elif last and _runs_on(last, paragraph):
            last.lines += paragraph.lines
            last.pages += paragraph.pages
        else:
            joined.append(paragraph)
            last = paragraph
    return joined


Margins = tuple[float, float]
"""How far to the left and to the right text reaches."""


def _margins(lines: Iterable[Line]) -> dict[int, Margins]:
    """Return the margins of each region."""
    margins: dict[int, Margins] = {}
    for line in lines:
        left, right = margins.get(line.region, (line.left, line.right))
        margins[line.region] = min(left, line.left), max(right, line.right)
    return margins


def _own_margin(stretch: Sequence[Line]) -> Margins | None:
    """Return the margins of lines that are set in a width of their own, as beside a picture."""
    own = min(line.left for line in stretch), max(line.right for line in stretch)
    full = [_is_full(line, below, own) for line, below in pairwise(stretch)]
    return own if len(full) >= 3 and sum(full) >= _FULL * len(full) else None


def _stretches(lines: Iterable[Line], composition: Composition) -> Iterator[list[Line]]:
    """Yield lines between which there is no space, nor a change of size."""
    stretch: list[Line] = []
    for line in lines:
        if stretch and (
            not _is_below(stretch[-1], line)
            or not composition.are_near(stretch[-1], line)
            or _is_row(line)
            or _is_row(stretch[-1])
        ):
            yield stretch
            stretch = []
        stretch.append(line)
    if stretch:
        yield stretch


def _is_row(line: Line) -> bool:
    has_dots = "..." in line.text or ". . ." in line.text
    return len(line.cells) > 1 or (has_dots and LEADERS.search(line.text) is not None)


def _is_full(line: Line, below: Line, margins: Margins) -> bool:
    """Return whether `line` has no room for the first word of the line below."""
    first, *_ = below.words
    share = len(first.text.split(maxsplit=1)[0]) / len(first.text)
    from_right = right_to_left_letters(line.text) > len(line.text) / 2
    room = line.left - margins[0] if from_right else margins[1] - line.right
    return (first.right - first.left) * share + 0.2 * line.size > room


def _goes_on(paragraph: Paragraph, line: Line, margins: Margins, composition: Composition) -> bool:
    """Return whether `line`, right below, is of the same paragraph."""
    if paragraph.kind == Kind.HEADING:
        return _heading_goes_on(paragraph, line, margins, composition)
    last, first = paragraph.last, paragraph.lines[0]
    if _BROKEN.search(last.text[-3:]) and line.text[0].isalnum():
        return True
    is_open, is_full = not has_ended(last.text), _is_full(last, line, margins)
    goes_on = is_open and line.text[0].islower()
    is_item = _ITEM.match(line.text) and (_BULLET.match(line.text) or not (is_open and is_full))
    is_outdented = paragraph.kind == Kind.ITEM and line.left < first.left - 0.5 * line.size
    hangs = paragraph.kind == Kind.ITEM and last is first
    is_indented = line.left - last.left > 0.8 * line.size and not hangs and not (is_open and is_full)
    if is_item or is_outdented or ((line.bold != last.bold or is_indented) and not goes_on):
        return False
    is_long = len(last.words) >= _FEWEST_WORDS or last.text.endswith(",")
    return is_full or (goes_on and is_long) or is_cut_number(last.text, line.text)


def _heading_goes_on(heading: Paragraph, line: Line, margins: Margins, composition: Composition) -> bool:
    last = heading.last
    is_short = sum(len(each.text) for each in heading.lines) + len(line.text) <= _LONGEST_HEADING
    is_alike = line.bold == last.bold and abs(line.size - last.size) < 0.03 * line.size
    is_wide = last.right - last.left > 0.5 * (margins[1] - margins[0])
    is_wrapped = _is_full(last, line, margins) or (composition.is_large(line) and is_wide)
    return is_alike and is_wrapped and is_short and not _NUMBERED.match(line.text) and not has_ended(last.text)


def _kind(line: Line, composition: Composition) -> Kind:
    """Return what a paragraph is that begins with this line."""
    if _is_row(line):
        return Kind.ROW
    is_short = len(line.text) <= _LONGEST_HEADING and not _SENTENCE_END.search(line.text[-9:])
    is_marked = composition.is_large(line) or (line.bold and not composition.bold) or _is_in_capitals(line.text)
    if is_short and is_marked and not _BULLET.match(line.text):
        return Kind.HEADING
    return Kind.ITEM if _ITEM.match(line.text) else Kind.PARAGRAPH


def _is_in_capitals(text: str) -> bool:
    return text.isupper() and sum(map(str.isalpha, text)) >= 4


def _tell_headings_from_items(found: Sequence[Paragraph]) -> None:
    """Let a short numbered line be a heading which no other numbered line stands beside, but a paragraph below."""
    kinds = [Kind.HEADING, *(paragraph.kind for paragraph in found), Kind.HEADING]
    for before, paragraph, after in zip(kinds, found, kinds[2:], strict=False):
        text = paragraph.last.text
        is_alone = paragraph.kind == Kind.ITEM and before != Kind.ITEM and after == Kind.PARAGRAPH
        is_short = len(paragraph.lines) == 1 and len(text) <= _LONGEST_NUMBERED and not has_ended(text)
        if is_alone and is_short and _NUMBERED.match(text):
            paragraph.kind = Kind.HEADING


def _mark_notes(found: Sequence[Paragraph], composition: Composition) -> None:
    """Take the footnotes out of the flow: small text at the end of a column, from the first that begins as a note."""
    for _, column in groupby(found, key=lambda paragraph: paragraph.last.region):
        small = list(takewhile(lambda paragraph: composition.is_small(paragraph.last), reversed(list(column))))
        notes = dropwhile(lambda paragraph: not _NOTE.match(paragraph.lines[0].text), reversed(small))
        for paragraph in notes:
            paragraph.in_flow = False


def _runs_on(paragraph: Paragraph, following: Paragraph) -> bool:
    """Return whether `following`, on top of the next column or page, goes on with a sentence of `paragraph`."""
    last, line = paragraph.last, following.lines[0]
    if (paragraph.pages[-1], last.region) == (following.pages[0], line.region):
        return False
    is_alike = abs(last.size - line.size) <= _SAME_SIZE * line.size and last.bold == line.bold
    is_text = paragraph.kind in {Kind.PARAGRAPH, Kind.ITEM} and following.kind == Kind.PARAGRAPH
    if not (is_alike and is_text) or has_ended(last.text):
        return False
    is_long = len(paragraph.lines) > 1 or len(last.text) >= _SHORTEST_CUT
    return line.text[0].islower() or bool(_BROKEN.search(last.text[-3:])) or is_long
