"""Are the words of PDFs read in the order in which a person reads them?

Ten PDFs are made, each of words that occur once in it, and with the order that a person would follow. The figure is the
share of neighbouring words in that order that are neighbours in the text that is read.
"""

import argparse
import random
from collections.abc import Callable, Iterator, Sequence
from itertools import count, pairwise

from fpdf import FPDF

from index.formats.pdf import read_pdf
from index.text.vocabulary import words as vocabulary

_LEFT, _TOP, _WIDTH = 50.0, 60.0, 495.0
"""Margins, and width of the text, in points."""


class _Paper:
    """A PDF with the words that are drawn on it, in the order in which a person reads them.

    Attributes:
        pdf: the PDF, with one page.
        read: the words.
    """

    def __init__(self, seed: int) -> None:
        self.pdf = FPDF(unit="pt", format="A4")
        self.pdf.set_auto_page_break(auto=False)
        self.pdf.add_page()
        self.read: list[str] = []
        self._draw = random.Random(seed)
        known = [word for word in vocabulary() if 3 <= len(word) <= 9 and word.isascii()]
        self._words = iter(self._draw.sample(known[:15_000], 6_000))
        self._notes = count(1)

    def heading(self, x: float, y: float, words: int = 4, size: float = 16) -> float:
        """Draw a heading, and return the height below it."""
        text = [word if number else word.capitalize() for number, word in enumerate(self._take(words))]
        self.read += text
        self._line(x, y + size, text, size, style="B")
        return y + 1.6 * size

    def text(self, x: float, y: float, width: float, lines: int, size: float = 10) -> float:
        """Draw paragraphs of about six lines, justified, and return the height below them."""
        for left in range(lines, 0, -6):
            for line in self.lines(width, min(6, left), size):
                self._line(x, y + size, line, size, width=width if len(line) > 3 else None)
                self.read += line
                y += 1.2 * size
            y += 0.6 * size
        return y

    def lines(self, width: float, number: int, size: float) -> list[list[str]]:
        """Return new sentences in lines that fit."""
        found: list[list[str]] = [[]]
        sentence = 0
        while len(found) <= number:
            word = next(self._words)
            word = word if sentence else word.capitalize()
            sentence = (sentence + 1) % self._draw.randint(9, 15)
            self.pdf.set_font("Times", size=size)
            if self.pdf.get_string_width(" ".join([*found[-1], word])) > width:
                found.append([])
            found[-1].append(word + ("" if sentence else "."))
        del found[-1]
        found[-1][-1] = found[-1][-1].rstrip(".") + "."
        return found

    def columns(
        self, tops: Sequence[float], lines: Sequence[int], *, gutter: float = 24, by_row: bool = False
    ) -> float:
        """Draw columns of text side by side, and return the height below them."""
        width = (_WIDTH - gutter * (len(tops) - 1)) / len(tops)
        lefts = [_LEFT + number * (width + gutter) for number in range(len(tops))]
        if not by_row:
            return max(self.text(x, y, width, n) for x, y, n in zip(lefts, tops, lines, strict=True))
        drawn = [self.lines(width, n, 10) for n in lines]
        self.read += [word for column in drawn for line in column for word in line]
        for row in range(max(lines)):
            for x, y, column in zip(lefts, tops, drawn, strict=True):
                if row < len(column):
                    self._line(x, y + 10 + 12 * row, column[row], 10, width=width)
        return max(tops) + 12 * max(lines)

    def note(self, x: float, y: float, width: float) -> float:
        """Draw a footnote in small type, and return the height below it."""
        mark = f"{next(self._notes)}"
        (line,) = self.lines(width - 10, 1, 8)
        self.read += [mark, *line]
        self._line(x, y + 8, [mark, *line], 8)
        return y + 10

    def box(self, x: float, y: float, width: float, height: float) -> None:
        """Draw a light area."""
        self.pdf.set_fill_color(225, 230, 240)
        self.pdf.rect(x, y, width, height, style="F")

    def new_page(self) -> None:
        """Begin a page."""
        self.pdf.add_page()

    def _take(self, number: int) -> list[str]:
        return [next(self._words) for _ in range(number)]

    def _line(
        self, x: float, y: float, words: Sequence[str], size: float, *, style: str = "", width: float | None = None
    ) -> None:
        self.pdf.set_font("Times", style=style, size=size)
        lengths = [self.pdf.get_string_width(word) for word in words]
        space = self.pdf.get_string_width(" ")
        if width and len(words) > 1:
            space = min(2 * space, (width - sum(lengths)) / (len(words) - 1))
        for word, length in zip(words, lengths, strict=True):
            self.pdf.text(x, y, word)
            x += length + space


def _two_columns(paper: _Paper) -> None:
    y = paper.heading(_LEFT, _TOP)
    paper.columns([y, y], [44, 44])


def _three_columns(paper: _Paper) -> None:
    y = paper.heading(_LEFT, _TOP, words=6, size=20)
    paper.columns([y, y, y], [40, 40, 31], gutter=18)


def _narrow_gutter(paper: _Paper) -> None:
    y = paper.heading(_LEFT, _TOP)
    paper.columns([y, y], [40, 40], gutter=11)


def _by_row(paper: _Paper) -> None:
    y = paper.heading(_LEFT, _TOP)
    paper.columns([y, y], [38, 34], by_row=True)
    paper.new_page()
    paper.columns([_TOP, _TOP], [38, 38], by_row=True)


def _sidebar(paper: _Paper) -> None:
    y = paper.heading(_LEFT, _TOP)
    paper.text(_LEFT, y, 330, 36)
    paper.box(_LEFT + 350, y + 40, 145, 220)
    paper.heading(_LEFT + 360, y + 50, words=2, size=12)
    paper.text(_LEFT + 360, y + 74, 125, 12, size=8.5)


def _footnotes(paper: _Paper) -> None:
    y = paper.heading(_LEFT, _TOP)
    y = paper.columns([y, y], [40, 40]) + 20
    for _ in range(3):
        y = paper.note(_LEFT, y, _WIDTH)


def _titles_over_columns(paper: _Paper) -> None:
    y = _TOP
    for _ in range(2):
        y = paper.heading(_LEFT, y, words=8, size=18)
        y = paper.text(_LEFT, y, _WIDTH, 4) + 10
        y = paper.columns([y, y], [16, 16]) + 20


def _captions(paper: _Paper) -> None:
    width = (_WIDTH - 24) / 2
    y = paper.heading(_LEFT, _TOP)
    below = paper.text(_LEFT, y, width, 12)
    paper.box(_LEFT, below + 4, width, 110)
    below = paper.text(_LEFT, below + 120, width, 2, size=8) + 8
    paper.text(_LEFT, below, width, 18)
    paper.text(_LEFT + width + 24, y, width, 42)


def _pull_quote(paper: _Paper) -> None:
    width = (_WIDTH - 24) / 2
    y = paper.heading(_LEFT, _TOP)
    paper.text(_LEFT, y, width, 42)
    below = paper.text(_LEFT + width + 24, y, width, 18) + 10
    below = paper.text(_LEFT + width + 44, below, width - 40, 3, size=15) + 10
    paper.text(_LEFT + width + 24, below, width, 12)


def _columns_of_unequal_width(paper: _Paper) -> None:
    y = paper.heading(_LEFT, _TOP)
    paper.text(_LEFT, y, 150, 30, size=9)
    paper.text(_LEFT + 175, y, _WIDTH - 175, 40)
    paper.new_page()
    y = paper.columns([_TOP, _TOP, _TOP], [12, 12, 12], gutter=20) + 10
    y = paper.heading(_LEFT, y, words=7, size=14)
    paper.columns([y, y], [20, 15])


_LAYOUTS: tuple[Callable[[_Paper], None], ...] = (
    _two_columns,
    _three_columns,
    _narrow_gutter,
    _by_row,
    _sidebar,
    _footnotes,
    _titles_over_columns,
    _captions,
    _pull_quote,
    _columns_of_unequal_width,
)


def papers(first_seed: int = 0) -> Iterator[tuple[str, bytes, list[str]]]:
    """Yield the name, the data and the words of each PDF, in the order in which a person reads them."""
    for seed, layout in enumerate(_LAYOUTS, start=first_seed):
        paper = _Paper(seed)
        layout(paper)
        yield layout.__name__.strip("_").replace("_", " "), bytes(paper.pdf.output()), paper.read


def in_order(expected: Sequence[str], found: Sequence[str]) -> tuple[int, int]:
    """Return how many neighbours in `expected` are neighbours in `found`, and how many there are."""
    neighbours = set(pairwise(found))
    pairs = list(pairwise(expected))
    return sum(pair in neighbours for pair in pairs), len(pairs)


def main() -> None:
    """Print the share of neighbours for each PDF, and for all of them."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.reading_order", description=__doc__)
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="the rules were made with 0")
    options = parser.parse_args()
    right = total = 0
    for name, data, expected in papers(options.seed):
        kept, pairs = in_order(expected, read_pdf(data).text.split())
        right, total = right + kept, total + pairs
        print(f"{name:28}{kept:6,} of {pairs:6,} {kept / pairs:8.2%}")
    print(f"{'all':28}{right:6,} of {total:6,} {right / total:8.2%}")


if __name__ == "__main__":
    main()
