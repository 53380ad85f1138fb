"""The text of shapes (DrawingML), on slides and on sheets."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from index.formats.formula import OfficeFormula
from index.formats.normal import normalised
from index.formats.numerals import Numeral, in_capitals, repeated, roman, signed, whole
from index.formats.package import is_on, local
from index.formats.placed import Frame
from index.formats.raised import moved
from index.formats.slides import Shape, TextCell

_UNSEEN = {
    "blip": "image",
    "videoFile": "video",
    "audioFile": "recording",
    "oleObj": "object",
}
"""Element → the name of its unread content."""

_DRAWN = {"chart": "id", "relIds": "dm"}
"""A chart or a diagram → the attribute with the id of the part that holds its words."""

_UNREAD = frozenset({"Fallback", "extLst"})

_EDGES = frozenset({"off", "ext", "chOff", "chExt"})

_SHAPES = frozenset({"sp", "graphicFrame", "pic", "cxnSp"})

_NUMERALS: dict[str, Numeral] = {
    "arabic": str,
    "alphaLc": repeated,
    "alphaUc": in_capitals(repeated),
    "romanLc": roman,
    "romanUc": in_capitals(roman),
}
_AROUND = {"Period": "{}.", "ParenR": "{})", "ParenBoth": "({})", "Plain": "{}"}


@dataclass(slots=True)
class _Group:
    """An open group or shape: whether it is hidden, and its corners and sizes by the names of their elements."""

    is_hidden: bool = False
    edges: dict[str, tuple[int, int]] = field(default_factory=dict)

    def frame(self, corner: str, size: str) -> Frame | None:
        """Return its frame from these two elements, if it has both."""
        if not {corner, size} <= self.edges.keys():
            return None
        (left, top), (width, height) = self.edges[corner], self.edges[size]
        return Frame(left, top, left + width, top + height)


class Shapes:
    """A parser target that collects the visible shapes of a slide, a page of notes or a sheet, in drawing order.

    Args:
        words: returns the words of the chart or diagram to which an id refers.

    Attributes:
        found: the shapes.
        unseen: the numbers of images, charts and other content without text.
    """

    def __init__(self, words: Callable[[str], Sequence[str]] = lambda _: ()) -> None:
        self.found: list[Shape] = []
        self.unseen: Counter[str] = Counter()
        self._words = words
        self._shape = Shape()
        self._groups: list[_Group] = []  # the open ones, the outermost first
        self._own = _Group()  # of the open shape
        self._is_in_shape = False
        self._formula: OfficeFormula | None = None
        self._pieces: list[str] = []
        self._run: list[str] = []
        self._baseline, self._is_struck = 0, False
        self._is_cut = False  # whether struck text was skipped just before
        self._is_text = self._in_run = False
        self._level = 0
        self._number: tuple[str, int] | None = None  # form and first number of the paragraph's list
        self._numbers: dict[tuple[int, str], int] = {}
        self._cell: list[str] | None = None
        self._spans = 1, 1
        self._unread = 0  # depth inside an element that is not read

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        element = local(tag)
        if self._unread or element in _UNREAD:
            self._unread += 1
        elif self._formula:
            self._formula.start(element, attributes)
        elif element in _SHAPES:
            self._shape, self._own, self._is_in_shape = Shape(), _Group(), True
            self._numbers.clear()
        elif element == "grpSp":
            self._groups.append(_Group())
        elif element in {"r", "fld", "t", "p", "br", "tab"}:
            self._start_of_text(element)
        elif element in {"rPr", "pPr", "buAutoNum"}:
            self._start_of_look(element, attributes)
        elif element in {"tblPr", "tr", "tc"}:
            self._start_of_table(element, attributes)
        else:
            self._start_of_shape(element, attributes)

    def _start_of_shape(self, element: str, attributes: Mapping[str, str]) -> None:
        if element == "ph":
            self._shape.placeholder = attributes.get("type", "body")
        elif element == "cNvPr":
            is_hidden = is_on(attributes, "hidden")
            if self._is_in_shape:
                self._shape.is_hidden = is_hidden
            elif self._groups:
                self._groups[-1].is_hidden = is_hidden
        elif element in _EDGES:
            around = [self._own] if self._is_in_shape else self._groups[-1:]
            for each in around:
                each.edges[element] = (
                    signed(attributes.get("x", attributes.get("cx", ""))),
                    signed(attributes.get("y", attributes.get("cy", ""))),
                )
        elif element == "oMath":
            self._formula = OfficeFormula()
        elif element in _DRAWN:
            relation = next((value for key, value in attributes.items() if local(key) == _DRAWN[element]), "")
            words = self._words(relation)
            self._shape.paragraphs += words
            self.unseen["chart" if element == "chart" else "diagram"] += element == "chart" or not words
        elif element in _UNSEEN:
            self.unseen[_UNSEEN[element]] += 1

    def end(self, tag: str) -> None:
        element = local(tag)
        if self._unread:
            self._unread -= 1
        elif self._formula:
            self._end_in_formula(element)
        elif element == "t":
            self._is_text = False
        elif element in {"r", "fld"}:
            self._end_run()
        elif element == "p":
            self._end_paragraph()
        elif element == "tc" and self._cell is not None:
            if self._shape.rows:
                self._shape.rows[-1].append(TextCell("\n".join(self._cell), *self._spans))
            self._cell = None
        elif element in _SHAPES:
            self._end_shape()
        elif element == "grpSp" and self._groups:
            self._groups.pop()

    def _end_shape(self) -> None:
        if self._shape.has_words and not self._shape.is_hidden and not any(each.is_hidden for each in self._groups):
            self._shape.frame = self._frame()
            self.found.append(self._shape)
        self._shape, self._is_in_shape = Shape(), False

    def _frame(self) -> Frame | None:
        """Return where the open shape stands on the slide, if that is said."""
        frame = self._own.frame("off", "ext")
        for group in reversed(self._groups):
            outer, inner = group.frame("off", "ext"), group.frame("chOff", "chExt")
            frame = frame.inside(inner, outer) if frame and inner and outer else frame
        return frame

    def _end_in_formula(self, element: str) -> None:
        if element == "oMath" and self._formula:
            self._pieces.append(self._formula.text)
            self._formula = None
        elif self._formula:
            self._formula.end()

    def data(self, data: str) -> None:
        if self._formula and not self._unread:
            self._formula.data(data)
        elif self._is_text and not self._unread:
            (self._run if self._in_run else self._pieces).append(data)

    def _start_of_text(self, element: str) -> None:
        if element == "p":
            self._pieces.clear()
            self._level, self._number = 0, None
        elif element == "t":
            self._is_text = True
        elif element in {"br", "tab"}:
            self._pieces.append("\n" if element == "br" else "\t")
        else:
            self._in_run, self._baseline, self._is_struck = True, 0, False

    def _start_of_look(self, element: str, attributes: Mapping[str, str]) -> None:
        if element == "rPr" and self._in_run:
            self._baseline = signed(attributes.get("baseline", ""))
            self._is_struck = attributes.get("strike", "noStrike") != "noStrike"
        elif element == "pPr":
            self._level = whole(attributes.get("lvl", ""))
        elif element == "buAutoNum":
            self._number = attributes.get("type", "arabicPeriod"), whole(attributes.get("startAt", ""), 1)

    def _start_of_table(self, element: str, attributes: Mapping[str, str]) -> None:
        if element == "tblPr":
            self._shape.has_header_row = is_on(attributes, "firstRow")
            self._shape.has_header_column = is_on(attributes, "firstCol")
        elif element == "tr":
            self._shape.rows.append([])
        elif is_on(attributes, "hMerge") or is_on(attributes, "vMerge"):
            self._unread = 1  # another cell covers it
        else:
            self._cell = []
            self._spans = whole(attributes.get("rowSpan", ""), 1), whole(attributes.get("gridSpan", ""), 1)

    def _end_run(self) -> None:
        text, self._in_run = "".join(self._run), False
        self._run.clear()
        self._is_cut |= self._is_struck
        if self._is_struck:
            return
        if self._is_cut and "".join(self._pieces[-1:]).endswith(" "):
            text = text.removeprefix(" ")
        self._is_cut = False
        self._pieces.append(moved(text, self._baseline, self._pieces))

    def _end_paragraph(self) -> None:
        text = normalised("".join(self._pieces)).strip()
        self._pieces.clear()
        if not any(map(str.isalnum, text)):
            return
        if self._cell is not None:
            self._cell.append(text)
        else:
            self._shape.paragraphs.append(f"{self._counted()}{text}")

    def _counted(self) -> str:
        """Count the paragraph in its list, and return its number with a space behind it, or ""."""
        if not self._number:
            return ""
        form, first = self._number
        number = self._numbers[self._level, form] = self._numbers.get((self._level, form), first - 1) + 1
        for deeper in [key for key in self._numbers if key[0] > self._level]:
            del self._numbers[deeper]
        numeral = next((write for name, write in _NUMERALS.items() if form.startswith(name)), str)
        around = next((around for name, around in _AROUND.items() if form.endswith(name)), "{}.")
        return f"{around.format(numeral(number))} "
