"""PDFs with columns, sidebars, notes and captions are read in the order in which a person reads them."""

import pytest

from evaluation.reading_order import in_order, papers
from index.formats.pdf import read_pdf


@pytest.mark.parametrize(("name", "data", "expected"), [pytest.param(*each, id=each[0]) for each in papers(40)])
def test_neighbours_stay_neighbours(name: str, data: bytes, expected: list[str]) -> None:
    kept, pairs = in_order(expected, read_pdf(data).text.split())

    assert kept >= 0.99 * pairs, f"{kept} of {pairs} in {name}"


def test_a_pair_counts_only_where_it_is_in_order() -> None:
    assert in_order(["a", "b", "c", "d"], ["a", "b", "d", "c"]) == (1, 3)
