"""Evidence cards: what they show, what they hold, and what becomes of their quotes."""

import hashlib
import io
import json
import re
import time
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from index import Document, FolderCollection, Span, read
from index.testing import BagOfWords
from qa import Answer, Attribution, Citation, Form
from qa.share.card import NothingToProve, UnusableCard, card, evidence, parts_of
from qa.share.picture import LARGEST
from qa.share.verify import verify
from tests.conftest import CHROMIUM, RunPython, needs_chromium
from tests.index.formats.pdf_files import a_pdf, lines
from tests.qa.made import answer_of, ranked

TEXT = (
    "The harbour of Rosslare was opened in 1906, the company said.\r\nIts first keeper, Mary Doyle, lived there"
    " until 1951. Her </script><b>lamp</b> ${x} is in the museum of Wexford 😀, by مصباح قديم and a cafe\u0301 cup."
    "\nNobody has counted the ships that it guided home; the ledger was lost in the flood of that winter."
)
SENTENCE = TEXT[TEXT.index("Its first") : TEXT.index(" Her")]
EDIT = "¤"  # stands nowhere in the text


def document(text: str = TEXT) -> Document:
    return Document(text, title="harbour", source="harbour.txt")


def answer(quote: str = "Mary Doyle", sentence: str = SENTENCE) -> Answer:
    source = document()
    spans = [Span(TEXT.index(words), TEXT.index(words) + len(words)) for words in (quote, sentence)]
    said, proof = (Citation(source, span) for span in spans)
    return replace(answer_of("who was the <i>first</i> keeper?", said, proof), passages=(ranked(proof),))


def test_a_card_holds_the_question_the_quotes_and_the_hash_of_their_source() -> None:
    held = evidence(card(answer()))
    assert held["answer"]["question"] == "who was the <i>first</i> keeper?"
    assert [cited["quote"] for cited in held["answer"]["citations"]] == ["Mary Doyle", SENTENCE]
    assert [source["document"] for source in held["sources"]] == [document().id]


def test_who_says_so_is_on_the_card_and_verified_like_any_quote() -> None:
    name = Citation(document(), Span(TEXT.index("the company"), TEXT.index(" said.")))
    told = replace(answer(), attribution=Attribution(reported=True, speaker=name))
    made = card(told)
    assert "Said by <bdi>the company</bdi>" in made
    *_, speaker = verify(made, [document(TEXT.replace("the company", "the camp any"))])
    assert (speaker.quote, speaker.now) == ("the company", None)


@pytest.mark.parametrize("form", [Form.SUMMARY, Form.NAMES])
def test_a_card_of_several_answers_shows_and_marks_them_all(form: Form) -> None:
    shown = answer("Rosslare", "Wexford").citations
    made = card(Answer("who is mentioned?", confidence=1.0, overview=shown, form=form))
    assert '<li dir="auto">Rosslare</li>\n<li dir="auto">Wexford</li>' in made
    assert made.count("<mark") == 2
    assert "Confidence" not in made


def test_a_card_of_the_format_before_is_checked_as_it_was_drawn() -> None:
    now = card(replace(answer(), attribution=Attribution(reported=True)))
    before = now.replace('content="3"', 'content="1"').replace('"format": 3', '"format": 1')
    with pytest.raises(UnusableCard, match="altered"):
        evidence(before)
    before = before.replace("Reported speech; the document does not say whose", "Reported speech, by whom is unclear")
    assert evidence(before)["format"] == 1


def test_no_card_is_made_of_what_is_not_stated() -> None:
    with pytest.raises(NothingToProve, match="do not state"):
        card(Answer("why?"))


def test_every_quote_stands_in_the_source_as_it_was() -> None:
    assert all(finding.now == finding.was for finding in verify(card(answer()), [document()]))


@given(st.integers(0, len(SENTENCE) - 1), st.booleans())
def test_one_character_edited_inside_a_quote_is_found(at: int, inserted: bool) -> None:
    at += TEXT.index(SENTENCE)
    if inserted and at == TEXT.index(SENTENCE):
        at += 1  # before its first character is not inside it
    edited = document(TEXT[:at] + EDIT + TEXT[at + (not inserted) :])
    findings = {finding.quote: finding for finding in verify(card(answer()), [edited])}
    assert findings[SENTENCE].now is None
    name = TEXT.index("Mary Doyle")
    assert (findings["Mary Doyle"].now is None) == (name + inserted <= at < name + len("Mary Doyle"))


@given(st.integers(0, len(TEXT) - 1), st.text(EDIT + "a \n", max_size=5), st.integers(0, 5))
def test_what_is_edited_elsewhere_leaves_a_quote_standing(at: int, put: str, taken: int) -> None:
    start, end = TEXT.index(SENTENCE), TEXT.index(SENTENCE) + len(SENTENCE)
    if start - taken < at < end:
        at = end
    edited = document(TEXT[:at] + put + TEXT[at + taken :])
    for finding in verify(card(answer()), [edited]):
        assert finding.now
        assert edited.quote(finding.now) == finding.quote


def test_a_quote_that_moved_far_is_found_by_the_text_around_it() -> None:
    edited = document("Mary Doyle was late.\n" + TEXT[TEXT.index("Its first") :] + "\nMary Doyle was old.")
    finding, _ = verify(card(answer()), [edited])
    assert finding.now == Span(21 + len("Its first keeper, "), 21 + len("Its first keeper, Mary Doyle"))


@given(st.integers(0, len(SENTENCE) - 1), st.sampled_from(["", EDIT, "an edit"]))
def test_an_edit_inside_a_quote_is_found_although_the_whole_text_stands_there_twice(at: int, put: str) -> None:
    twice = f"{TEXT}\n{TEXT}\n"
    start = TEXT.index(SENTENCE) + at
    source = document(twice)
    span = Span(TEXT.index(SENTENCE), TEXT.index(SENTENCE) + len(SENTENCE))
    made = card(answer_of("who?", Citation(source, span)))
    edited = document(twice[:start] + put + twice[start + 1 :])
    finding, _ = verify(made, [edited])
    if edited.text.startswith(SENTENCE, span.start):  # one of two like characters was taken out
        return
    assert finding.now is None
    assert finding.instead
    assert edited.quote(finding.instead) == SENTENCE[:at] + put + SENTENCE[at + 1 :]


def test_what_is_like_a_quote_that_does_not_stand_is_found_after_several_edits() -> None:
    edited = document("One line.\nAnother.\n" + TEXT.replace("Mary Doyle, lived", "Nora Byrne, died"))
    findings = verify(card(answer()), [edited])
    for finding in findings:
        assert finding.now is None
        assert finding.instead
        assert "Nora Byrne" in edited.quote(finding.instead)


@pytest.mark.slow
@pytest.mark.parametrize("wordless", ["-", "- ", "--\n", "\t"])
def test_a_source_of_a_megabyte_without_words_is_compared_in_seconds(wordless: str) -> None:
    made = card(answer())
    source = document("No such keeper lived there. " + wordless * (1_000_000 // len(wordless)) + " Nobody did.")
    began = time.perf_counter()
    assert all(finding.now is None for finding in verify(made, [source]))
    assert time.perf_counter() - began < 10


def test_a_quote_that_stands_in_ten_thousand_places_is_placed_in_seconds() -> None:
    text = "a-" * 100_000
    source = Document(text, title="dashes", source="dashes.txt")
    said, proof = (Citation(source, span) for span in (Span(100_000, 100_003), Span(99_900, 100_100)))
    made = card(answer_of("what?", said, proof))
    began = time.perf_counter()
    verify(made, [Document("b" + text + "b" + text, title="dashes", source="dashes.txt")])
    assert time.perf_counter() - began < 10


def test_of_several_documents_that_took_the_place_of_the_source_the_newest_is_compared() -> None:
    older, newer = document("Nothing of it."), document("Not here. " + TEXT)
    finding, _ = verify(card(answer()), [document("Else."), older, newer])
    assert finding.document == newer
    assert finding.now
    unaltered, _ = verify(card(answer()), [older, document(), newer])
    assert unaltered.document == document()


def test_a_card_that_quotes_what_its_unaltered_source_never_said_was_altered() -> None:
    lie = document(TEXT.replace("Doyle", "Boyle"))
    spans = [cited.span for cited in answer().citations]
    made = card(answer_of("who?", Citation(lie, spans[0]), Citation(lie, spans[1])))
    with pytest.raises(UnusableCard, match="altered: its source is unchanged, and does not say “Mary Boyle”"):
        verify(made.replace(lie.id, document().id).replace(_grouped(lie.id), _grouped(document().id)), [document()])


def test_a_card_of_another_document_is_not_compared_with_the_one_there_is() -> None:
    findings = verify(card(answer()), [Document("Else.", "a"), Document("Other.", "b")])
    assert [(finding.document, finding.now, finding.instead) for finding in findings] == [(None, None, None)] * 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (">Mary Doyle<", ">Mary Boyle<"),  # what is shown
        ('"quote": "Mary Doyle"', '"quote": "Mary Boyle"'),  # what is held
        ("Confidence 90%", "Confidence 99%"),
        ('"start": ', '"start": 1'),
    ],
)
def test_an_altered_card_is_refused(old: str, new: str) -> None:
    made = card(answer())
    assert old in made
    with pytest.raises(UnusableCard, match=r"altered|cannot be read"):
        evidence(made.replace(old, new, 1))


@pytest.mark.parametrize(
    ("spoilt", "sentence"),
    [
        (lambda made: "<html>Hello</html>", "no evidence card"),
        (lambda made: made[: len(made) // 2], "cut short"),
        (lambda made: re.sub(r'content="\d+">', 'content="99">', made, count=1), "update Cited"),
        (lambda made: made.replace('"answer": {', '"answers": {', 1), "damaged"),
        (lambda made: re.sub(r'("length": \d+)', r"\1.5", made), "altered"),
    ],
)
def test_what_is_no_whole_card_of_ours_gets_one_sentence(spoilt: object, sentence: str) -> None:
    assert callable(spoilt)
    with pytest.raises(UnusableCard, match=sentence):
        evidence(spoilt(card(answer())))


@pytest.mark.parametrize(
    ("name", "other", "sentence"),
    [
        *((name, "was", "damaged") for name in ("document", "title", "source", "start", "end", "quote")),
        ("title", 'title": 7, "was', "altered"),
    ],
)
def test_a_card_with_a_quote_that_lacks_a_field_gets_one_sentence(name: str, other: str, sentence: str) -> None:
    text = Citation(document(), Span(TEXT.index("the company"), TEXT.index(" said.")))
    made = card(replace(answer(), attribution=Attribution(reported=True, speaker=text)))
    before, _, after = made.partition('"sources": ')
    before, _, behind = before.rpartition(f'"{name}": ')
    with pytest.raises(UnusableCard, match=sentence):
        evidence(f'{before}"{other}": {behind}"sources": {after}')


def test_line_ends_changed_on_the_way_do_not_matter() -> None:
    assert evidence(card(answer()).replace("\n", "\r\n"))["answer"]["text"] == "Mary Doyle"


@given(st.text(min_size=3, max_size=80).filter(lambda text: any(map(str.isalnum, text)) and text.isprintable()))
def test_a_card_of_any_text_holds_exactly_its_quotes(text: str) -> None:
    source = Document(text, title=text, source=text)
    cited = Citation(source, Span(1, len(text)))
    made = card(answer_of(text, cited))
    assert made.count("<script") == 1
    assert evidence(made)["answer"]["citations"][0]["quote"] == text[1:]
    assert all(finding.now == finding.was for finding in verify(made, [source]))


def test_a_card_that_cannot_be_read_gets_one_sentence(tmp_path: Path, python: RunPython) -> None:
    unread = python("-m", "qa", "verify", tmp_path / "nothing.html")
    assert unread.returncode == 1
    assert "nothing.html cannot be read" in unread.stderr
    assert len(unread.stderr.splitlines()) == 1


def test_a_card_of_the_article_is_verified_by_the_command_and_an_edited_source_is_not(
    tmp_path: Path, python: RunPython, the_article: Document
) -> None:
    at = the_article.text.index("Abdel Latif Hamouchi")
    span = Span(at, at + len("Abdel Latif Hamouchi"))
    cited = Citation(the_article, span)
    (tmp_path / "card.html").write_text(card(answer_of("who?", cited)), encoding="utf-8")
    assert python("-m", "qa", "verify", tmp_path / "card.html").returncode == 0
    edited = tmp_path / "edited.txt"
    edited.write_text(the_article.text.replace("Abdel Latif", "Abdel Latiff"), encoding="utf-8")
    found = python("-m", "qa", "verify", tmp_path / "card.html", edited)
    assert found.returncode == 1
    assert "NOT FOUND     “Abdel Latif Hamouchi”" in found.stdout
    (first, _) = python("-m", "qa", "verify", "--json", tmp_path / "card.html", edited).stdout.splitlines()
    assert json.loads(first)["standing"] == "not found"
    assert json.loads(first)["was"] == [span.start, span.end]
    edited.write_text("Added on top.\n" + the_article.text, encoding="utf-8")
    moved = python("-m", "qa", "verify", tmp_path / "card.html", edited)
    assert moved.returncode == 0
    assert "moved" in moved.stdout


def test_a_card_without_its_source_is_not_compared_with_another_text(tmp_path: Path, python: RunPython) -> None:
    (tmp_path / "card.html").write_text(card(answer()), encoding="utf-8")
    told = python("-m", "qa", "verify", tmp_path / "card.html")
    assert told.returncode == 1
    assert told.stdout.splitlines()[0] == "not compared  “Mary Doyle”: name its source, harbour.txt"
    renamed = Document(TEXT, title="another", source="another.txt")
    assert all(finding.document for finding in verify(card(answer()), Document("Quite another text.", "other")))
    assert all(finding.now == finding.was for finding in verify(card(answer()), renamed))
    assert all(finding.document is None for finding in verify(card(answer()), [Document("Another text.", "other")]))


def test_the_data_inside_a_card_are_json_that_any_program_reads() -> None:
    inside = card(answer()).partition('id="evidence">')[2].partition("</script>")[0]
    assert json.loads(inside)["answer"]["text"] == "Mary Doyle"


def test_one_card_of_several_answers_holds_and_verifies_them_all_but_what_is_not_stated() -> None:
    made = card(answer(), Answer("why?"), answer("Wexford", "museum of Wexford"))
    assert [part["answer"]["text"] for part in parts_of(evidence(made))] == ["Mary Doyle", "Wexford"]
    assert made.count('<section class="answered">') == 2
    edited = document(TEXT.replace("Wexford", "Waterford"))
    assert [finding.now is None for finding in verify(made, [edited])] == [False, False, True, True]
    with pytest.raises(UnusableCard, match="altered"):
        evidence(made.replace(">Wexford<", ">Waterford<", 1))


PAGES = a_pdf(lines(80, 700, "The keepers of the lighthouse were paid in May.", "Nobody saw the ship that night."))


@pytest.fixture(scope="module")
def about_pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FolderCollection]:
    """A collection that keeps the file of one PDF."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "keepers.pdf").write_bytes(PAGES)
    with FolderCollection(folder / "kept", BagOfWords()) as collection:
        collection.add(read(folder / "keepers.pdf"), original=PAGES)
        yield collection


def cited_on_page(collection: FolderCollection, words: str = "paid in May") -> Answer:
    (source,) = collection
    start = source.text.index(words)
    return answer_of("when?", Citation(source, Span(start, start + len(words))))


def test_a_card_of_a_pdf_shows_the_part_of_the_page_with_the_quote_marked(about_pages: FolderCollection) -> None:
    made = card(cited_on_page(about_pages), collection=about_pages)
    (source,) = evidence(made)["sources"]
    assert (source["file"], source["picture"]["page"]) == (hashlib.sha256(PAGES).hexdigest(), 1)
    assert _grouped(source["file"]) in made
    shown = np.asarray(Image.open(io.BytesIO(b64decode(source["picture"]["png"]))))
    is_marked = (shown == (255, 215, 90)).all(axis=-1)
    is_ink = (shown.max(axis=-1) < 100) & (np.indices(is_marked.shape)[1] < 2 * 400)
    rows, columns = np.nonzero(is_marked)
    assert is_ink[rows.min() : rows.max(), columns.min() : columns.max()].sum() > 100  # letters under the marker
    assert len(source["picture"]["png"]) < 4 * LARGEST / 3
    assert all(finding.now == finding.was for finding in verify(made, about_pages))


def test_a_picture_of_a_page_that_was_altered_is_refused(about_pages: FolderCollection) -> None:
    made = card(cited_on_page(about_pages), collection=about_pages)
    other = card(cited_on_page(about_pages, "Nobody saw"), collection=about_pages)
    ours, theirs = (re.findall(r'base64,([^"]+)"', each)[0] for each in (made, other))
    for altered in (theirs, ours[:-8] + "AAAAAAA=", ""):
        with pytest.raises(UnusableCard, match=r"altered: its picture|damaged"):
            evidence(made.replace(ours, altered))


def test_a_card_of_a_text_has_the_hash_of_its_file_and_no_picture(tmp_path: Path) -> None:
    with FolderCollection(tmp_path / "kept", BagOfWords()) as collection:
        collection.add(document(), original=TEXT.encode())
        (source,) = evidence(card(answer(), collection=collection))["sources"]
    assert source["file"] == hashlib.sha256(TEXT.encode()).hexdigest()
    assert "picture" not in source


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@needs_chromium
@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("<img src=http://example.com/x onerror=alert(1)> ${alert(2)} **b** 😀 cafe\u0301 &amp; </script><p>", "ltr"),
        ("قال المدير العام عبد اللطيف حموشي إن التعاون ضروري.", "rtl"),
        ("w" * 500, "ltr"),
    ],
    ids=["hostile", "right to left", "a long word"],
)
def test_a_browser_shows_what_is_quoted_as_text_and_asks_for_nothing(
    browser: Browser, tmp_path: Path, text: str, direction: str
) -> None:
    cited = Citation(Document(f"{text} \u2028 end", title=text, source=text), Span(0, len(text)))
    file = tmp_path / "card.html"
    file.write_text(card(answer_of(text, cited)), encoding="utf-8")
    complaints: list[str] = []
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.on("request", lambda sent: None if sent.url == file.as_uri() else complaints.append(sent.url))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.goto(file.as_uri())
    assert page.locator("mark").all_text_contents() == [text]
    assert page.locator("h1").all_text_contents() == [text]
    assert page.locator("blockquote").get_attribute("dir") == direction
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()
    assert complaints == []


@needs_chromium
def test_a_card_with_a_picture_is_printed_on_one_page(
    browser: Browser, tmp_path: Path, about_pages: FolderCollection
) -> None:
    file = tmp_path / "card.html"
    file.write_text(card(cited_on_page(about_pages), collection=about_pages), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    assert page.locator("img").evaluate("(image) => image.naturalWidth") > 600
    with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)) as printed:
        assert len(printed) == 1
    page.close()


def _grouped(digest: str) -> str:
    """Return a hash as the card shows it."""
    return "".join(f"<span>{digest[at : at + 8]}</span>" for at in range(0, len(digest), 8))
