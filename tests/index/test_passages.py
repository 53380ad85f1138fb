"""Texts are cut into sentences and passages that are exact slices of them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Document, sentences, split
from index.text.sentences import LONGEST_SENTENCE

AWKWARD = [
    "The end. ", "Mr. Low paid 3.50 on Jan. 5. ", "e.g. this? ", '"Stop!" he said. ', "U.S. ", "1. ", "• item\n",
    ".", "?!", "…", " . ", "* * *\n", "-" * 700, "x" * 481, "y" * 1000, "word " * 200, " " * 500,
    "\r\n", "\r\n\r\n", "\n\n\n", "\t", "\0", "\x1c", "\u2028", "\ufeff", "\u200b",
    "افتتح المؤتمر اليوم. وحضر الرؤساء؟ ", "会議は開かれた。代表が出席した。", "ﷺ", "²", "e\u0301" * 3,
    "👩\u200d👩\u200d👧 ", "\U0001d518",
]  # fmt: skip
texts = st.lists(st.sampled_from(AWKWARD) | st.text(max_size=20), max_size=30).map("".join)
documents = texts.filter(lambda text: any(map(str.isalnum, text))).map(lambda text: Document(text, "any"))


def without_space(text: str) -> str:
    return "".join(text.split())


@given(texts)
def test_sentences_hold_every_character_that_is_not_white_space_once_and_in_order(text: str) -> None:
    slices = [text[span.start : span.end] for span in sentences(text)]

    assert without_space("".join(slices)) == without_space(text)
    assert all(sentence == sentence.strip() for sentence in slices)


@given(documents)
def test_every_sentence_holds_a_word_and_is_short_enough_to_be_encoded(document: Document) -> None:
    for span in sentences(document.text):
        sentence = document.quote(span)
        words = [place for place, character in enumerate(sentence) if character.isalnum()]

        assert words
        # Punctuation without any word, a line of dashes say, belongs to its neighbour whatever its length.
        assert words[-1] - words[0] < LONGEST_SENTENCE


@given(documents)
def test_passages_cover_the_text_in_order_and_none_is_only_punctuation(document: Document) -> None:
    passages = split(document)
    covered = {offset for passage in passages for offset in range(passage.span.start, passage.span.end)}

    assert all(offset in covered or character.isspace() for offset, character in enumerate(document.text))
    assert all(passage.text == document.text[passage.span.start : passage.span.end] for passage in passages)
    assert all(any(map(str.isalnum, passage.text)) for passage in passages)
    # Each begins and ends behind the one before it, so that none says only what another says already.
    assert all(a.span.start < b.span.start and a.span.end < b.span.end for a, b in pairwise(passages))


@given(documents)
def test_two_neighbouring_sentences_of_a_paragraph_stand_whole_in_one_passage(document: Document) -> None:
    spans = sentences(document.text)
    passages = [passage.span for passage in split(document)]

    for first, second in pairwise(spans):
        if document.text[first.end : second.start].count("\n") < 2:
            assert any(passage.start <= first.start and second.end <= passage.end for passage in passages)


@pytest.mark.parametrize(
    "fact",
    [
        "hosting the 93rd session of the General Assembly of the International Criminal Police Organization. "
        "The year 2025, and today the 47th Conference of Arab Police and Security Leaders, is clear evidence",
        "the heads of police and security services in twenty years. An Arab country, and six international and "
        "regional organizations.",
        "especially with regard to transcontinental crime. .",
    ],
)
def test_a_fact_that_the_article_cuts_by_a_bad_full_stop_is_whole_in_one_passage(
    the_article: Document, fact: str
) -> None:
    assert any(fact in passage.text for passage in split(the_article))


def test_a_stray_full_stop_belongs_to_the_sentence_before_it() -> None:
    text = "It is a world of crime. . In this context, he spoke."

    assert [text[span.start : span.end] for span in sentences(text)] == [
        "It is a world of crime. .",
        "In this context, he spoke.",
    ]
