"""What is copied, saved and noted of answers."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from index import Document, Span
from qa import Answer, Attribution, Citation, Form
from qa.share.feedback import feedback_file, rate
from qa.share.transcript import conversation_json, conversation_markdown, escaped, markdown, plain_text
from tests.conftest import RunPython
from tests.qa.made import answer_of, ranked

TEXT = "The *minister* said <b>${no}</b> `today`. Nobody | else # spoke."


def answered() -> Answer:
    document = Document(TEXT, title="speech_1", source="speech.txt")
    said, proof = (Citation(document, span) for span in (Span(4, 14), Span(0, 42)))
    return replace(answer_of("who *spoke*?", said, proof, 0.5), passages=(ranked(proof),))


def not_stated() -> Answer:
    return Answer("why?", answered().passages, 0.1, nearest=answered().citations[1])


def test_a_copy_holds_the_answer_its_sentence_and_its_place() -> None:
    copied = plain_text(answered())
    for words in ("*minister*", TEXT[:42].rstrip(), "speech_1", "line 1"):
        assert words in copied


def test_markdown_shows_what_a_document_holds_as_it_is() -> None:
    assert escaped("*a* [b](c) <i> _d_ `e` # f") == r"\*a\* \[b\](c) &lt;i&gt; \_d\_ \`e\` \# f"
    assert r"\*minister\*" in markdown(answered())
    assert "<b>" not in markdown(answered())


@given(
    st.text(max_size=60).filter(lambda text: text.isprintable())
    | st.text("*_`[]()<>#+-=~|!$\\{}&;:/ \n1.amé\u0301م😀", max_size=30)
)
def test_markdown_of_any_text_is_rendered_as_that_text(text: str) -> None:
    rendered = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(f"> {escaped(text)}\n")
    assert " ".join(unescape(re.sub(r"</?(?:p|blockquote)>", "", rendered)).split()) == " ".join(text.split())


def test_who_says_so_and_all_that_sums_up_are_copied() -> None:
    said = answered()
    speaker = Attribution(reported=True, speaker=said.citations[0])
    assert "Said by *minister*." in plain_text(replace(said, attribution=speaker))
    assert r"Said by \*minister\*." in markdown(replace(said, attribution=speaker))
    assert "does not say whose" in markdown(replace(said, attribution=Attribution(reported=True)))
    summary = plain_text(Answer("what is this about?", overview=said.citations, form=Form.SUMMARY))
    assert [summary.count(f"“{cited.quote}”") for cited in said.citations] == [1, 1]
    assert summary.startswith("“")


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


def test_ratings_that_are_given_at_once_are_all_kept_whole(tmp_path: Path, python: RunPython) -> None:
    rate = (
        "from qa import Answer; from qa.share.feedback import rate\n"
        "for n in range(200): rate(Answer('why? ' * n), useful=True)"
    )
    with ThreadPoolExecutor() as threads:
        environment = {"XDG_DATA_HOME": str(tmp_path)}
        done = [threads.submit(python, "-c", rate, environment=environment) for _ in range(2)]
        assert [one.result().returncode for one in done] == [0, 0]
    (file,) = tmp_path.rglob("feedback.jsonl")
    kept = [json.loads(line)["answer"]["question"] for line in file.read_bytes().splitlines()]
    assert sorted(kept) == sorted(["why? " * n for n in range(200)] * 2)
