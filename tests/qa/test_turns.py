"""Who speaks in a dialogue, and who calls, blames and is quoted after a colon."""

from pathlib import Path

import pytest

from index import Document, FolderCollection, Span
from index.testing import BagOfWords
from qa import ask
from qa.explain.attribution import attribution

INTERVIEW = (
    "Radio Ayr talks to Ida Bromley\n\nQ: When did you come?\n\nA: In 1958. They asked me to stay.\n\n"
    "Q: Your neighbour, Agnes Root, says that the light failed.\n\nA: It did not fail.\n"
)
THREAD = "TENANT: It is cold.\n\nOFFICE: The engineer says that he called.\n\nTENANT: I confirm that nobody rang.\n"
LETTERS = (
    "From: Dana Whitlock <dw@lark.example>\nTo: Tom Zielinski\nSubject: Moths\n\nWe want 300 copies.\n\n"
    "From: Tom Zielinski\nTo: Dana Whitlock\nSubject: Re: Moths\n\nI can send 200.\n"
)
MINUTES = "Present: Ann Lee, Bo Ray\nApologies: Cy Day\nDate: 3 May\n\nThe fee is £30.\n"
NEWS = (
    "The mayor of Verro, Silvio Andreis, called the plan a gift. He blamed the voters for the delay. Her neighbour"
    ' disagrees: "She said the same of the courts." The works "will ruin the valley", Hedda Marr told the Courier.'
)


@pytest.mark.parametrize(
    ("text", "quote", "speaker"),
    [
        (INTERVIEW, "In 1958", "Ida Bromley"),
        (INTERVIEW, "the light failed", "Agnes Root"),
        (INTERVIEW, "It did not fail", "Ida Bromley"),
        (THREAD, "It is cold", "TENANT"),
        (THREAD, "he called", "The engineer"),
        (THREAD, "nobody rang", "TENANT"),
        (LETTERS, "300 copies", "Dana Whitlock"),
        (LETTERS, "200", "Tom Zielinski"),
        (LETTERS, "Re: Moths", None),
        (MINUTES, "Bo Ray", None),
        (MINUTES, "£30", None),
        (NEWS, "a gift", "Silvio Andreis"),
        (NEWS, "for the delay", "Silvio Andreis"),
        (NEWS, "She said the same", "Her neighbour"),
        (NEWS, "will ruin the valley", "Hedda Marr"),
    ],
)
def test_what_is_said_is_theirs_who_say_it(text: str, quote: str, speaker: str | None) -> None:
    start = text.index(quote)
    said = attribution(Document(text, "A text"), Span(start, start + len(quote)))
    assert (said.speaker.quote if said.speaker else None) == speaker


def test_a_question_that_the_document_asks_itself_is_answered_by_its_reply(tmp_path: Path) -> None:
    text = "**Who runs the pool?** The borough, since 1902. The keeper is Ruth Castell; her deputy is Owen Pike.\n"
    with FolderCollection(tmp_path, BagOfWords()) as collection:
        collection.add(Document(text, "pool"))
        assert ask("who runs the pool", collection).text.startswith("The borough")
        assert ask("Who is the keeper of the pool?", collection).text == "Ruth Castell"
