"""An e-book is read chapter by chapter."""

from pathlib import Path

from index import read
from tests.index.formats.made import book, chapter, zipped


def test_a_chapter_without_a_heading_is_called_as_in_the_table_of_contents(tmp_path: Path) -> None:
    pages = [chapter(f"<p>Page&nbsp;{n}.</p><h2>Head {n}</h2>x") for n in range(3)]
    point = '<navPoint><navLabel><text>{}</text></navLabel><content src="a%20{}.xhtml#start"/></navPoint>'
    contents = point.format("Dawn", 0) + point.format("Dusk", 2)
    document = read(zipped(tmp_path / "book.epub", book(pages, contents)))

    assert document.text == "\n\n".join(f"Page\xa0{n}.\n\nHead {n}\n\nx" for n in range(3))
    assert [place.label for place in document.places] == [
        *("section “Dawn”", "section “Head 0”", "part 2", "section “Head 1”", "section “Dusk”", "section “Head 2”"),
    ]
