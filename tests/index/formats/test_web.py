"""A web page is read as a browser shows it."""

from pathlib import Path

import pytest

from index import Place, Role, read


def test_a_page_is_read_as_a_browser_shows_it(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(
        "<!-- saved --><!doctype html><title>T</title><style>p {}</style><nav>Menu</nav><div hidden>Gone</div>"
        "<p style='display: none'>Gone"
        "<p>So\xadft o\ufb03ce,<br>and\n  <i>e\u0301te\u0301</i>.<br><br>New<pre>a  b\n c</pre>"
        "<table><tr><td>1<td>2<tr><td>3</table><h1>The <b>big</b>\nday</h1><ul><li>one<li>two</ul><script>no()</script>"
    )
    document = read(file)

    assert document.text == "Soft office,\nand été.\n\nNew\n\na  b\n c\n\n1\t2\n3\n\nThe big day\n\none\ntwo"
    start = document.text.index("The big")
    assert document.places == (Place(0, "the beginning"), Place(start, "section “The big day”"))


def test_a_text_of_comments_only_is_a_page_soon_known_for_none(tmp_path: Path) -> None:
    (tmp_path / "comments.txt").write_text("<!--x-->\n" * 1000)

    assert read(tmp_path / "comments.txt").text == "<!--x-->\n" * 1000


def test_what_stands_around_the_main_part_of_a_page_is_set_apart(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("<div>Cookies?</div><main><h1>Dogs</h1>Dogs bark.</main><footer>Imprint</footer>")
    document = read(file)

    assert document.text == "Cookies?\n\nDogs\n\nDogs bark.\nImprint"
    assert [block.role for block in document.blocks] == [Role.ASIDE, Role.TEXT, Role.TEXT, Role.FOOTER]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-15", "windows-1251"])
def test_a_page_is_read_in_the_encoding_that_it_names(tmp_path: Path, encoding: str) -> None:
    text = "Ёлка в лесу" if encoding == "windows-1251" else "Noël à Genève"
    (tmp_path / "page.htm").write_bytes(f'<meta charset="{encoding}"><p>{text}'.encode(encoding))

    assert read(tmp_path / "page.htm").text == text
