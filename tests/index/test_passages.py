"""Texts are cut into sentences and passages that are exact slices of them."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Document, Span, sentences, split
from index.block import pack, unpack
from index.passage import LONGEST_PASSAGE, WINDOW
from index.text.sentences import LONGEST_SENTENCE, LONGEST_WITH_SIGNS

AWKWARD = [
    "The end. ", "Mr. Low paid 3.50 on Jan. 5. ", "e.g. this? ", '"Stop!" he said. ', "U.S. ", "1. ", "• item\n",
    ".", "?!", "…", " . ", "* * *\n", "-" * 700, "x" * 481, "y" * 1000, "word " * 200, " " * 500,
    "\r\n", "\r\n\r\n", "\n\n\n", "\t", "\0", "\x1c", "\u2028", "\ufeff", "\u200b",
    "افتتح المؤتمر اليوم. وحضر الرؤساء؟ ", "会議は開かれた。代表が出席した。", "ﷺ", "²", "e\u0301" * 3,
    "👩\u200d👩\u200d👧 ", "\U0001d518",
]  # fmt: skip
texts = st.lists(st.sampled_from(AWKWARD) | st.text(max_size=20), max_size=30).map("".join)
documents = texts.filter(lambda text: any(map(str.isalnum, text))).map(lambda text: Document(text, "any"))


def sentences_of(document: Document) -> list[Span]:
    return sentences(document.text, document.breaks(Span(0, len(document.text))))


def without_space(text: str) -> str:
    return "".join(text.split())


@given(texts)
def test_sentences_hold_every_character_that_is_not_white_space_once_and_in_order(text: str) -> None:
    slices = [text[span.start : span.end] for span in sentences(text)]

    assert without_space("".join(slices)) == without_space(text)
    assert all(sentence == sentence.strip() for sentence in slices)


@given(documents)
def test_a_sentence_is_short_enough_to_be_encoded_and_holds_a_word_unless_none_is_near(document: Document) -> None:
    spans = sentences_of(document)
    for before, span, after in zip([None, *spans], spans, [*spans[1:], None], strict=False):
        sentence = document.quote(span)
        words = [place for place, character in enumerate(sentence) if character.isalnum()]

        assert span.end - span.start <= LONGEST_WITH_SIGNS
        assert not words or words[-1] - words[0] < LONGEST_SENTENCE
        # Punctuation without any word, a line of dashes say, belongs to its neighbour unless one is too long for that.
        if not words:
            near = [Span(min(each.start, span.start), max(each.end, span.end)) for each in (before, after) if each]
            assert all(document.breaks(each) or each.end - each.start > LONGEST_WITH_SIGNS for each in near)


@given(documents)
def test_passages_cover_all_words_in_order_and_none_is_long_or_only_punctuation(document: Document) -> None:
    passages = split(document)
    covered = {offset for passage in passages for offset in range(passage.span.start, passage.span.end)}

    assert all(offset in covered for offset, character in enumerate(document.text) if character.isalnum())
    assert all(len(passage.text) <= LONGEST_PASSAGE for passage in passages)
    assert all(passage.text == document.text[passage.span.start : passage.span.end] for passage in passages)
    assert all(any(map(str.isalnum, passage.text)) for passage in passages)
    # Each begins and ends behind the one before it, so that none says only what another says already.
    assert all(a.span.start < b.span.start and a.span.end < b.span.end for a, b in pairwise(passages))


@given(documents)
def test_two_neighbouring_sentences_of_a_block_stand_whole_in_one_passage(document: Document) -> None:
    spans = sentences_of(document)
    passages = [passage.span for passage in split(document)]

    for first, second in pairwise(spans):
        both = Span(first.start, second.end)
        has_words = any(map(str.isalnum, document.quote(both)))
        if has_words and not document.breaks(both) and both.end - both.start <= LONGEST_PASSAGE:
            assert any(passage.start <= first.start and second.end <= passage.end for passage in passages)


@given(documents)
def test_blocks_partition_a_text_and_each_holds_a_word(document: Document) -> None:
    bounds = [*(block.start for block in document.blocks), len(document.text)]

    assert bounds[0] == 0
    assert all(any(map(str.isalnum, document.text[start:end])) for start, end in pairwise(bounds))
    assert unpack(pack(document.blocks)) == document.blocks


@given(documents)
def test_no_sentence_crosses_the_end_of_a_block(document: Document) -> None:
    assert all(document.breaks(span) == () for span in sentences_of(document))


@given(documents)
def test_a_passage_ends_with_a_block_unless_that_is_long(document: Document) -> None:
    bounds = [*(block.start for block in document.blocks), len(document.text)]
    whole = {document.text[start:end].strip(): end - start for start, end in pairwise(bounds)}

    for passage in split(document):
        last = passage.text[max([0, *passage.breaks]) :].strip()
        assert last in whole or whole[next(block for block in whole if last in block)] > WINDOW
        assert all(
            document.block(passage.span.start + each).start == passage.span.start + each for each in passage.breaks
        )


def blocks_of(text: str) -> list[str]:
    document = Document(text, "any")
    return [text[start:end].strip() for start, end in pairwise([*(b.start for b in document.blocks), len(text)])]


WRAPPED = """The harbour board met on Monday to talk about the dredging of the outer basin, which has
not been deep enough for the new ferry since the storm of last winter moved the sand
towards the quay. It decided nothing."""


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        (WRAPPED, [WRAPPED]),
        (f"A note\n\n{WRAPPED}\n\n{WRAPPED}", ["A note", WRAPPED, WRAPPED]),
        ("Chair: Ada Lind\nDeputy chair: Per Moe", ["Chair: Ada Lind", "Deputy chair: Per Moe"]),
        ("Ada Lind\nDeputy", ["Ada Lind", "Deputy"]),
        ("F is f.\n2. Background\nG is h.", ["F is f.", "2. Background", "G is h."]),
        ("- one\n- two\n  goes on\n- three", ["- one", "- two\n  goes on", "- three"]),
        ("Fare\t70 EUR\t35 EUR\nBike\t10 EUR", ["Fare\t70 EUR\t35 EUR", "Bike\t10 EUR"]),
        (
            "Meetings\n14 January - budget\n11 March - dredging",
            ["Meetings", "14 January - budget", "11 March - dredging"],
        ),
        ("The lamp was lit\nin 1871 by Holm.", ["The lamp was lit\nin 1871 by Holm."]),
        ("Title\n=====\nText.", ["Title\n=====", "Text."]),
        ("1. First step\n2. Second step\n   with a tail", ["1. First step", "2. Second step\n   with a tail"]),
        ("Fee: 450\nPhone: 55\nMail:\na@b.example", ["Fee: 450", "Phone: 55", "Mail:", "a@b.example"]),
    ],
)
def test_plain_text_shows_its_blocks(text: str, blocks: list[str]) -> None:
    assert blocks_of(text) == blocks


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


@pytest.mark.parametrize(
    "found",
    [
        ["**Is it free?**", "No.", "**How much is it?**", "See report No. 4."],
        ["The contract went to Kestrel Civil Ltd.", "Cllr Aldous voted against."],
        ["It was made by Acme Inc.", "The firm is old."],
        ["See No. 5, and pp. 6-9, of Vol. 3.", "Cllr. Smith and Dr. Low came to St. John's in Jan. 2020."],
        ["Was it he?", "No.", "He left at 5 p.m.", "They stayed."],
        ["Sgt. Bob met Rev. Al and Prof. Lee, e.g. at noon."],
        ["2. Background of the case"],
    ],
)
def test_an_abbreviation_ends_a_sentence_only_where_another_one_begins(found: list[str]) -> None:
    text = " ".join(found)

    assert [text[span.start : span.end] for span in sentences(text)] == found


@pytest.mark.parametrize(
    "run",
    [".", "`", "```\n", ". ", "…\n\n", "“", "«「", "\u0301", " ", "\n", "-=", "。"],
    ids="dots backticks fences spaced lines quotes open marks spaces ends rules stops".split(),
)
def test_a_run_without_words_makes_no_long_passage_and_leaves_no_word_unread(run: str) -> None:
    begun = time.process_time()
    long = run * (60_000 // len(run))
    document = Document(f"It begins. {long} It goes on. {long} It ends.", "any")
    passages = split(document)

    assert sum(len(passage.text) for passage in passages) < 6 * LONGEST_PASSAGE
    assert all(any(words in passage.text for passage in passages) for words in ("It begins", "It goes on", "It ends"))
    assert time.process_time() - begun < 5
