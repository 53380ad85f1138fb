"""Text is read in the encoding that it has, and not always in the one that it states."""

from pathlib import Path

import pytest

from index import read


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", "The café costs €40.\r\n".encode("utf-16-le"), "The café costs €40."),
        ("a.txt", "The café costs €40.\r\n".encode("utf-16-be"), "The café costs €40."),
        ("a.txt", "The café’s résumé costs €40 – “net”.\r".encode("mac_roman"), "The café’s résumé costs €40 – “net”."),
        ("a.txt", "Für Größe und Straße, señor.".encode("mac_roman"), "Für Größe und Straße, señor."),
        ("a.txt", "They don’t pay.".encode("mac_roman"), "They don’t pay."),
        ("a.txt", "Les élèves dînent à Zürich.\r\n".encode("cp850"), "Les élèves dînent à Zürich."),
        ("a.txt", "They don’t pay—ever.".encode("cp1252"), "They don’t pay—ever."),
        ("a.txt", "Zażółć gęślą jaźń, Łódź.".encode("cp1250"), "Zażółć gęślą jaźń, Łódź."),
        (
            "a.txt",
            "Türkiye’nin başkenti Ankara, İzmir değil.".encode("cp1254"),
            "Türkiye’nin başkenti Ankara, İzmir değil.",
        ),
        ("a.txt", "Цена BMW была низкой.".encode("cp1251"), "Цена BMW была низкой."),
        ("a.txt", "The café costs €40 – “net”.".encode("cp1252"), "The café costs €40 – “net”."),
        ("a.html", "<meta charset=x-sjis><p>港の料金は四十円です。".encode("cp932"), "港の料金は四十円です。"),
        ("a.html", "<meta charset=iso-8859-1><p>The café costs €40.".encode("cp1252"), "The café costs €40."),
        ("a.html", "<meta charset=iso-8859-1><p>The café costs €40.".encode(), "The café costs €40."),
        ("a.html", "<meta charset=utf-16><p>The café costs €40.".encode(), "The café costs €40."),
        ("a.csv", "Item;Fee\nCafé;55,20\n".encode("cp1252"), "Item\tFee\nCafé\t55,20"),
    ],
)
def test_text_is_read_in_its_encoding_even_if_it_states_another(
    name: str, data: bytes, words: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)

    assert read(tmp_path / name).text.strip() == words
