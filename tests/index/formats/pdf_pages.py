"""Made pages of a PDF, and the text of each block."""

from itertools import pairwise

from index.formats.content import Content
from index.formats.pdf import read_pdf
from tests.index.formats.pdf_files import a_pdf

HARBOUR = [
    "The council met nine times in the year and heard reports from all of its working groups on",
    "dredging, lights and safety, and it asked for a new survey of the northern channel before the",
]


def blocks(content: Content) -> list[str]:
    """The text of each block, with the spaces between cells, without the white space between blocks."""
    starts = [*(block.start for block in content.blocks), len(content.text)]
    return [content.text[start:end].strip() for start, end in pairwise(starts)]


def page(*drawn: str) -> list[str]:
    return blocks(read_pdf(a_pdf("".join(drawn))))


LEFT = (
    "The society was founded in|Trondheim by the engineer|Marta Eide and six friends,|"
    "who met every week in the|back room of a bakery."
).split("|")
