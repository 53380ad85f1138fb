"""What is copied, saved and noted of answers."""

import json
from pathlib import Path

import pytest

from index import Document, Hit, Passage, Span
from qa import Answer, Citation
from qa.feedback import feedback_file, rate
from qa.transcript import conversation_json, conversation_markdown, escaped, markdown, plain_text

TEXT = "The *minister* said <b>${no}</b> `today`. Nobody | else # spoke."


def answered() -> Answer:
    document = Document(TEXT, title="speech_1", source="speech.txt")
    cited = tuple(Citation(document, span) for span in (Span(4, 14), Span(0, 42)))
    return Answer("who *spoke*?", cited, (Hit(Passage(document, Span(0, 42)), 0.5, 1, 1),), 0.5)


def not_stated() -> Answer:
    return Answer("why?", (), answered().passages, 0.1)


def test_a_copy_holds_the_answer_its_sentence_and_its_place() -> None:
    copied = plain_text(answered())
    for words in ("*minister*", TEXT[:42].rstrip(), "speech_1", "line 1"):
        assert words in copied


def test_markdown_shows_what_a_document_holds_as_it_is() -> None:
    assert escaped("*a* [b](c) <i> _d_ `e` # f") == r"\*a\* \[b\](c) &lt;i&gt; \_d\_ \`e\` \# f"
    assert r"\*minister\*" in markdown(answered())
    assert "<b>" not in markdown(answered())


def test_what_is_not_stated_is_never_copied_as_an_answer() -> None:
    for copied in (plain_text(not_stated()), markdown(not_stated())):
        assert copied.startswith("Not stated. Related, not an answer:")


def test_a_conversation_is_saved_whole_and_in_order() -> None:
    said = [answered(), not_stated()]
    saved = json.loads(conversation_json(said))
    assert [each["question"] for each in saved["answers"]] == ["who *spoke*?", "why?"]
    text = conversation_markdown(said)
    assert text.index(r"who \*spoke\*?") < text.index("why?") < text.index("Not stated.")


def test_ratings_are_kept_on_this_machine_after_one_that_was_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    rate(answered(), useful=True)
    with feedback_file().open("ab") as file:
        file.write(b'{"torn": ')
    rate(not_stated(), useful=False)
    first, torn, last = feedback_file().read_bytes().splitlines()
    assert json.loads(first)["useful"] is True
    assert torn == b'{"torn": '
    assert json.loads(last)["answer"]["question"] == "why?"
