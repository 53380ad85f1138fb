"""What is quoted of a passage: whole words, names and clauses, without stray punctuation, and always a slice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Span
from qa.reading.span import quoted, trimmed, whole_name


@pytest.mark.parametrize(
    ("text", "found", "given"),
    [
        ("It rose tenfold.", "ten", "tenfold"),
        ("(the lower lake), it says", "lower lake), ", "lower lake"),
        ("He said “no”.", "“no", "no"),
        ("He said “no”.", "“no”.", "“no”"),
        ("from the U.S. alone", "the U.S. ", "the U.S."),
        ("It closed in 1923. Then", "1923.", "1923"),
        ("an area of 5 km² (two square miles) in all", "5 km² (two square miles)", "5 km² (two square miles)"),
        ("at −5 °C, or less", "−5 °C,", "−5 °C"),
        ("at −5 °C, or less", "5 °C", "−5 °C"),
        ("it fell by –3.5 %", "3.5", "–3.5"),
        ("Loss\t8300\t-3700\n", "3700", "-3700"),
        ("Loss\t8300\t(3,700)\n", "3,700", "(3,700)"),
        ("from 1990 –2000", "2000", "2000"),
        ("scored (12) at last", "12", "12"),
        ("mail ada.lind@harbour-board.example.", "lind@harbour", "ada.lind@harbour-board.example"),
        ("see www.harbour.example/2024-05.html?lang=en.", "harbour", "www.harbour.example/2024-05.html?lang=en"),
        ("at havn.example/a, or", "havn", "havn.example/a"),
        ("runs firmware 2.10.3-rc1 and", "10.3", "2.10.3-rc1"),
        ("is in /var/log/pilot_2024.log now", "pilot", "/var/log/pilot_2024.log"),
        ("holds report.final.pdf.", "report", "report.final.pdf"),
        ("paid 1,450.50 crowns", "1,450", "1,450.50"),
        ("leaves at 7:15, or", "15", "7:15"),
        ("reports HSE-2024-117 to", "2024-117", "HSE-2024-117"),
        ("It ended.Then it began", "ended", "ended"),
        ("sold 48 ² boats", "48 ²", "48"),
        ("sold 48 ²⁾ boats", "48 ²⁾", "48"),
        ("has 4 × 10⁶ cells", "4 × 10⁶", "4 × 10⁶"),
        ('"It is in," Ann said.', 'It is in," Ann said', '"It is in," Ann said'),
        ("Ann said “it is in” to", "said “it is in", "said “it is in”"),
    ],
)
def test_words_are_whole_and_no_stray_punctuation_is_quoted(text: str, found: str, given: str) -> None:
    start = text.index(found)
    span = quoted("What is it?", text, Span(start, start + len(found)))
    assert text[span.start : span.end] == given


@pytest.mark.parametrize(
    ("question", "given"),
    [
        ("why was it closed", "it was old and nobody came"),
        ("Why was it closed?", "it was old and nobody came"),
        ("What did the owner say of it?", "it was old and nobody came"),
        ("When was it closed?", "it was old"),
    ],
)
def test_a_reason_or_a_statement_is_quoted_to_the_end_of_its_clause(question: str, given: str) -> None:
    text = "They closed it because it was old and nobody came, the owner said."
    start = text.index("it was old")
    span = quoted(question, text, Span(start, start + len("it was old")))
    assert text[span.start : span.end] == given


@pytest.mark.parametrize(
    ("text", "found", "name"),
    [
        ("opened by Abdel Latif Hamouchi today", "Latif Hamouchi", "Abdel Latif Hamouchi"),
        ("opened by Abdel Latif Hamouchi today", "Abdel", "Abdel Latif Hamouchi"),
        ("named for M. Theo Kearney, who", "Theo Kearney", "M. Theo Kearney"),
        ("by Élodie Ümit. Then", "Ümit", "Élodie Ümit"),
        ("in Rabat, Morocco", "Morocco", "Morocco"),
        ("the end. Rabat is", "Rabat", "Rabat"),
        ("the old town of Fez", "old town", "old town"),
    ],
)
def test_a_name_is_whole(text: str, found: str, name: str) -> None:
    start = text.index(found)
    span = whole_name(text, Span(start, start + len(found)))
    assert text[span.start : span.end] == name


@given(st.text(alphabet='aB. ,"()“”é\u0301م🕌\n', min_size=1, max_size=40), st.data())
def test_what_is_quoted_is_a_span_of_the_passage_without_white_space_around(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    found = Span(start, data.draw(st.integers(start + 1, len(text))))
    for question in ("Who?", "Why?"):
        span = quoted(question, text, found)
        assert span.end <= len(text)
        words = text[span.start : span.end]
        assert words == words.strip() or not any(map(str.isalnum, words))
    assert found.start <= trimmed(text, found).start < trimmed(text, found).end <= found.end
