"""Joins lines to headings, paragraphs, list items and rows, across columns and pages."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, groupby, pairwise, takewhile
from statistics import median

from index.block import Kind, Role
from index.formats.bidi import right_to_left_letters
from index.formats.pdf.joining import is_cut_number
from index.formats.pdf.line import Line, has_ended

_LARGER = 1.07
"""Size from which a line is a heading, as a multiple of the size of most text."""

_SMALLER = 0.93
"""Size up to which a line may belong to a footnote, as a multiple of the size of most text."""

_SAME_SIZE = 0.1
"""Largest difference in size between two lines of a paragraph, as a share of the size."""

_FARTHER = 1.25
"""Distance above which two lines belong to different paragraphs, as a multiple of the usual distance."""

_FARTHEST = 1.6
"""The same if the second line continues a sentence of the first."""

_CLOSEST = 0.7
"""Smallest distance between two lines of a paragraph, likewise. Closer ones stand beside each other."""

_USUAL_DISTANCE = 1.25
"""Assumed distance between two lines, as a multiple of the font size, if the document does not show it."""

_FULL = 0.6
"""Smallest share of full lines for which a stretch of lines has margins of its own."""

_LONGEST_HEADING = 200
"""Longest heading, in code points."""

_LONGEST_NUMBERED = 80
"""Longest heading, in code points, that only its number identifies as a heading."""

_FEWEST_WORDS = 4
"""Smallest number of words in a line that has room for more and still continues on the next line."""

_SHORTEST_CUT = 60
"""Shortest single line, in code points, that may continue with a capital letter on the next page."""

_CUT = 0.75
"""Smallest width of the last of several such lines on one page, as a share of the widest."""

_BULLET = re.compile(r"[-*+•‣◦▪▫●○■□◆◇❖–—☐☑☒✓✔✗➢➤➔►▶→]\s+\S")
_ITEM = re.compile(
    rf"{_BULLET.pattern}|(?:\(?\d{{1,3}}(?:\.\d{{1,3}})*[.)]|\d{{1,3}}(?:\.\d{{1,3}})+|\(?[a-zA-Z][.)]|\(?[ivxlc]{{1,6}}[.)])\s+\S"
)
_NUMBERED = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*|[A-Z])[.)]?\s+[^\W\d_]")
_SENTENCE_END = re.compile(r"""[.;,…]["'”’»)\]]{0,3}\Z""")
_BROKEN = re.compile(r"[^\W_][-\u2010\xad]\Z")
_NOTE = re.compile(r"(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\d{1,3}[.)]?|[*†‡§]+)\s*[^\W\d_]")
_GLUED = re.compile(r"(\d{1,3}|[*†‡§]{1,3})((?:[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]|[“‘\"(]|https?:|www\.).*)", re.DOTALL)
"""The mark of a footnote and its first word, without a space."""

LEADERS = re.compile(r"\s*(?:\.\s?){5,}")
"""The leader dots between a heading and its page number in a table of contents."""


@dataclass(slots=True)
class Paragraph:
    """A heading, paragraph or list item with its lines, or a row of a table.

    Attributes:
        kind: its kind.
        lines: its lines, or the row.
        pages: page number of each line.
        role: its role.
        in_flow: whether it belongs to the text that continues from page to page. Footnotes and running heads do not.
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
    """The typical style of a document's text: font size, whether it is bold, and the distance between lines."""

    def __init__(self, lines: Iterable[Line]) -> None:
        letters: dict[float, int] = defaultdict(int)
        bold = 0
        distances: dict[float, list[float]] = defaultdict(list)
        last: Line | None = None
        for line in lines:
            letters[round(line.size, 1)] += len(line.text)
            if last and _is_below(last, line) and line.first.text[0].islower():
                distances[round(line.size, 1)].append(last.baseline - line.baseline)
            bold += len(line.text) if line.bold else -len(line.text)
            last = line
        self.bold = bold > 0
        self.size = max(letters, key=lambda size: letters[size], default=0.0)
        self._distances = {size: median(found) for size, found in distances.items()}

    def are_near(self, above: Line, line: Line) -> bool:
        """Return whether two lines of a column have no extra space between them. Within a sentence, some is allowed."""
        usual = self._distances.get(round(line.size, 1), _USUAL_DISTANCE * line.size)
        most = _FARTHEST if line.text[0].islower() and not has_ended(above.text) else _FARTHER
        return above.baseline - line.baseline <= most * usual

    def is_large(self, line: Line) -> bool:
        return line.size >= _LARGER * self.size

    def is_small(self, line: Line) -> bool:
        return line.size <= _SMALLER * self.size


def _is_below(above: Line, line: Line) -> bool:
    """Return whether a line is below another line of the same column and size."""
    is_alike = abs(above.size - line.size) <= _SAME_SIZE * line.size
    distance = above.baseline - line.baseline
    return above.region == line.region and is_alike and _CLOSEST * line.size < distance < 3 * line.size


def paragraphs(lines: Sequence[Line], page: int, composition: Composition) -> list[Paragraph]:
    """Return the paragraphs of one page in the order of its lines, followed by its footnotes."""
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
    """Return the paragraphs of a document, after joining those that the end of a column or page divides.

    Paragraphs between the two parts, such as footnotes or a smaller box, follow the joined paragraph.
    """
    joined: list[Paragraph] = []
    last: list[Paragraph] = []  # the last paragraph in the flow, and that before a box
    for paragraph in found:
        if not paragraph.in_flow:
            joined.append(paragraph)
        elif before := next((each for each in last if _runs_on(each, paragraph)), None):
            before.lines += paragraph.lines
            before.pages += paragraph.pages
        else:
            joined.append(paragraph)
            around = last[-1:] if last and _is_box(last[-1], paragraph) else []
            last = [paragraph, *around]
    return joined


def _is_box(above: Paragraph, paragraph: Paragraph) -> bool:
    """Return whether a paragraph stands beside the text above it, on the same page and smaller."""
    is_beside = above.pages[-1] == paragraph.pages[0] and above.last.region != paragraph.last.region
    return is_beside and above.last.size - paragraph.last.size > _SAME_SIZE * above.last.size


Margins = tuple[float, float]
"""The left and right margins of text, in points."""


def _margins(lines: Iterable[Line]) -> dict[int, Margins]:
    """Return the margins of each region."""
    margins: dict[int, Margins] = {}
    for line in lines:
        left, right = margins.get(line.region, (line.left, line.right))
        margins[line.region] = min(left, line.left), max(right, line.right)
    return margins


def _own_margin(stretch: Sequence[Line]) -> Margins | None:
    """Return the margins of lines that have a width of their own, such as beside a picture. Otherwise return None."""
    own = min(line.left for line in stretch), max(line.right for line in stretch)
    full = [_is_full(line, below, own) for line, below in pairwise(stretch)]
    return own if len(full) >= 3 and sum(full) >= _FULL * len(full) else None


def _stretches(lines: Iterable[Line], composition: Composition) -> Iterator[list[Line]]:
    """Yield runs of lines without extra space or a change of size between them."""
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
    return len(line.cells) > 1 or line.ruled is not None or (has_dots and LEADERS.search(line.text) is not None)


def _is_full(line: Line, below: Line, margins: Margins) -> bool:
    """Return whether `line` has no room for the first word of the line below."""
    first = below.first
    share = len(first.text.split(maxsplit=1)[0]) / len(first.text)
    from_right = right_to_left_letters(line.text) > len(line.text) / 2 and not line.first.is_mirrored
    room = line.left - margins[0] if from_right else margins[1] - line.right
    return (first.right - first.left) * share + 0.2 * line.size > room


def _goes_on(paragraph: Paragraph, line: Line, margins: Margins, composition: Composition) -> bool:
    """Return whether `line`, directly below, belongs to the same paragraph."""
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
    """Return the kind of the paragraph that begins with `line`."""
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
    """Turn short numbered lines into headings if no numbered line is beside them and a paragraph follows."""
    kinds = [Kind.HEADING, *(paragraph.kind for paragraph in found), Kind.HEADING]
    for before, paragraph, after in zip(kinds, found, kinds[2:], strict=False):
        text = paragraph.last.text
        is_alone = paragraph.kind == Kind.ITEM and before != Kind.ITEM and after == Kind.PARAGRAPH
        is_short = len(paragraph.lines) == 1 and len(text) <= _LONGEST_NUMBERED and not has_ended(text)
        if is_alone and is_short and _NUMBERED.match(text):
            paragraph.kind = Kind.HEADING


def _mark_notes(found: Sequence[Paragraph], composition: Composition) -> None:
    """Take footnotes out of the flow: small text at the end of a column, from the first note mark on its left."""
    for _, column in groupby(found, key=lambda paragraph: paragraph.last.region):
        small = list(takewhile(lambda paragraph: composition.is_small(paragraph.last), reversed(list(column))))
        notes = dropwhile(lambda paragraph: not _NOTE.match(paragraph.lines[0].text), reversed(small))
        for paragraph in notes:
            paragraph.in_flow = False
            paragraph.lines[0] = _with_mark(paragraph.lines[0])


def _with_mark(line: Line) -> Line:
    """Return the first line of a footnote, with its mark as a word of its own."""
    first = line.first
    match = _GLUED.match(first.text)
    if not match or line.ruled or len(line.cells) > 1:
        return line
    mark, word = match.groups()
    end = first.left + (first.right - first.left) * len(mark) / len(first.text)
    parted = [replace(first, text=mark, right=end, beyond=0.0), replace(first, text=word, left=end, spaced=True)]
    return Line([[[*parted, *line.cells[0][0][1:]]]], line.region)


def _runs_on(paragraph: Paragraph, following: Paragraph) -> bool:
    """Return whether `following`, at the top of the next column or page, continues a sentence of `paragraph`."""
    last, line = paragraph.last, following.lines[0]
    if (paragraph.pages[-1], last.region) == (following.pages[0], line.region):
        return False
    is_alike = abs(last.size - line.size) <= _SAME_SIZE * line.size and last.bold == line.bold
    is_text = paragraph.kind in {Kind.PARAGRAPH, Kind.ITEM} and following.kind == Kind.PARAGRAPH
    if not (is_alike and is_text) or has_ended(last.text):
        return False
    if line.text[0].islower() or _BROKEN.search(last.text[-3:]):
        return True
    widest = max(each.right - each.left for each in paragraph.lines)
    is_cut = paragraph.pages[-1] != following.pages[0] or last.right - last.left >= _CUT * widest
    return len(last.text) >= _SHORTEST_CUT or (len(paragraph.lines) > 1 and is_cut)
