"""How fast is a PDF of 200 pages read? About a million characters, with headings, running heads and page numbers.

pdfium alone extracts the text of the same file in turn with this. The ratio is that of the shortest times.
"""

import argparse
import random

import pypdfium2
from fpdf import FPDF

from bench.spent import Spent, spent
from index.formats.pdf import read_pdf

_PARAGRAPHS = 12
"""Paragraphs of a page."""

_WORDS = """a about after agreed all already and another answer are at be because been before below boats both bridge
but by can captain channel coast committee council could days did end engineers for from had harbour has have he her
his if in into is it its last lights made masters members might more most new no northern not now of old on one only
or other our out over people port quay report said same ships should since so some storm such survey than that the
their them then there these they this three through to tower two under until up was water were what when where which
while who will winter with without work would year years""".split()


class _Report(FPDF):  # type: ignore[misc]
    def header(self) -> None:
        self.set_font("Helvetica", size=8)
        self.cell(0, 5, "Coastal Council - Annual Report", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        self.set_y(-12)
        self.set_font("Helvetica", size=8)
        self.cell(0, 5, f"Page {self.page_no()}", align="C")


def report(pages: int) -> bytes:
    """Return a PDF with `pages` pages of full lines."""
    draw = random.Random(0)
    pdf = _Report()
    pdf.set_auto_page_break(auto=False)
    for number in range(pages):
        pdf.add_page()
        pdf.set_font("Helvetica", style="B", size=11)
        pdf.cell(
            0, 7, f"{number + 1} {' '.join(draw.choices(_WORDS, k=4)).capitalize()}", new_x="LMARGIN", new_y="NEXT"
        )
        pdf.set_font("Times", size=9.5)
        for _ in range(_PARAGRAPHS):
            pdf.multi_cell(0, 4, " ".join(map(_sentence, [draw] * 5)), new_x="LMARGIN", new_y="NEXT")
            pdf.ln(2)
    return bytes(pdf.output())


def _sentence(draw: random.Random) -> str:
    return " ".join(draw.choices(_WORDS, k=draw.randint(10, 24))).capitalize() + "."


def main() -> None:
    """Measure both, and print seconds and their ratio."""
    parser = argparse.ArgumentParser(prog="python -m bench.read", description=__doc__)
    parser.add_argument("--pages", type=int, default=200, metavar="N")
    parser.add_argument("--runs", type=int, default=5, metavar="N")
    options = parser.parse_args()
    data = report(options.pages)
    length = len(read_pdf(data).text)
    bare = [spent(lambda: _bare(data)) for _ in range(options.runs)]
    ours = [spent(lambda: read_pdf(data)) for _ in range(options.runs)]
    print(f"{options.pages} pages, {length:,} characters; seconds, and of CPU, shortest of {options.runs}")
    for name, times in (("pdfium's own text", bare), ("read_pdf", ours)):
        print(f"{name:18}{_least(times).wall:6.2f}  {_least(times).cpu:6.2f}")
    print(f"{'ratio':18}{_least(ours).wall / _least(bare).wall:6.1f}  {_least(ours).cpu / _least(bare).cpu:6.1f}")


def _bare(data: bytes) -> None:
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            page.get_textpage().get_text_range()


def _least(times: list[Spent]) -> Spent:
    return min(times, key=lambda each: each.wall)


if __name__ == "__main__":
    main()
