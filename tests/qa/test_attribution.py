"""Who says what is cited: the speaker in the document's own words, nobody where that is unclear, or the document."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Document, Span, SpanOutsideText
from qa import Attribution, Citation, ask
from qa.cli import main
from qa.explain.attribution import attribution

GATEWAY = "what is the main gateway to reducing criminal activities?"


def who_says(text: str, words: str) -> str:
    """Who says `words`, in short."""
    start = text.index(words)
    found = attribution(Document(text, "news"), Span(start, start + len(words)))
    return found.speaker.quote if found.speaker else "unclear" if found.reported else "document"


@pytest.mark.parametrize(
    ("text", "cited", "speaker"),
    [
        ("Anna Berg said that prices would rise.", "prices", "Anna Berg"),
        ("The Interior Ministry has also confirmed that two men were held.", "two men", "The Interior Ministry"),
        ("Anna Berg told the Herald on Monday that prices would rise.", "prices", "Anna Berg"),
        ("Anna Berg, the finance minister, said prices would rise.", "prices", "Anna Berg"),
        ("The club's owner, Anna Berg, was furious. “Prices rose,” she said.", "Prices", "Anna Berg"),
        ("Rovers captain Anna Berg was furious. “Prices rose,” she said.", "Prices", "Anna Berg"),
        ("Anna Berg, who leads the bank, said prices would rise.", "prices", "Anna Berg"),
        (
            "Anna Berg, 52, director of trade, industry and tourism, warned that prices would rise.",
            "prices",
            "Anna Berg",
        ),
        ("Norway's finance minister, Anna Berg, said prices would rise.", "prices", "Anna Berg"),
        ("Prices would rise, finance minister Anna Berg said on Monday.", "Prices", "Anna Berg"),
        ("Prices would rise, said Anna Berg, the finance minister.", "Prices", "Anna Berg"),
        ('"Prices will rise," said the finance minister, Anna Berg.', "Prices", "Anna Berg"),
        ("Prices, said Anna Berg, would rise in May.", "in May", "Anna Berg"),
        ("Prices would rise, officials said.", "Prices", "officials"),
        ("In a statement on Monday, the ministry said prices would rise.", "prices", "the ministry"),
        ("Anna Berg stressed, in a speech in Oslo, that prices would rise.", "prices", "Anna Berg"),
        ("Anna Berg resigned on Monday, saying that prices would rise.", "prices", "Anna Berg"),
        ("Anna Berg walked in and said prices would rise.", "prices", "Anna Berg"),
        ("According to Anna Berg, prices would rise.", "prices", "Anna Berg"),
        ("According to finance minister Anna Berg, prices would rise.", "prices", "Anna Berg"),
        ("Prices would rise, according to Anna Berg, the finance minister.", "Prices", "Anna Berg"),
        ("Prices would rise according to the ministry.", "Prices", "the ministry"),
        ("Prices, according to the ministry, would rise in May.", "in May", "the ministry"),
        ('"Prices will rise," said Anna Berg.', "Prices", "Anna Berg"),
        ('"Prices will rise," Anna Berg told reporters in Oslo.', "Prices", "Anna Berg"),
        ('"Will prices rise?" Anna Berg asked.', "prices", "Anna Berg"),
        ("“Prices will rise,” said finance minister Anna Berg on Monday.", "Prices", "Anna Berg"),
        ("‘Prices will rise,’ said Anna Berg.", "Prices", "Anna Berg"),
        ("'Prices won't rise,' Anna Berg said.", "rise", "Anna Berg"),
        ('Anna Berg said: "Prices will rise. Wages will not."', "Wages", "Anna Berg"),
        ('Anna Berg wrote that "prices will rise".', "prices", "Anna Berg"),
        ('"Prices will rise," Anna Berg said. "Wages will not. Nobody knows."', "Nobody", "Anna Berg"),
        ('"Prices will rise," Anna Berg said, "and wages will not."', "wages", "Anna Berg"),
        ('"Prices will rise," said Anna Berg.\n\n"Wages will not. Bo Lund said so."', "Wages", "Anna Berg"),
        ('Anna Berg said:\n\n"Prices will rise.\n\n"Wages will not."', "Wages", "Anna Berg"),
        ("Anna Berg arrived on Monday. She said prices would rise.", "prices", "Anna Berg"),
        ('Anna Berg said wages fell. "Prices will rise," she added.', "Prices", "Anna Berg"),
        ("Mr Lund met Mrs Berg. Bo Lund left. Mrs Berg said no. He said prices would rise.", "prices", "Bo Lund"),
        ("Anna Berg said she believes prices will rise.", "prices", "Anna Berg"),
        ("The ministry said wages fell. It also said prices would rise.", "prices", "The ministry"),
        ("Critics say prices would rise, but Anna Berg says they are wrong.", "are wrong", "Anna Berg"),
        ("The minister said prices would rise.", "prices", "The minister"),
        ("> The minister said prices would rise.", "prices", "The minister"),
        ("Khalid al-Amr said prices would rise.", "prices", "Khalid al-Amr"),
        (
            "A spokesman for the Interior Ministry said prices would rise.",
            "prices",
            "A spokesman for the Interior Ministry",
        ),
    ],
)
def test_reported_speech_has_its_speaker(text: str, cited: str, speaker: str) -> None:
    assert who_says(text, cited) == speaker


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Prices rose in May.", "May"),
        ("Anna Berg said that prices would rise.", "Anna Berg"),
        ("Anna Berg said prices would rise, but they fell in May.", "May"),
        ("Prices rose in May. Anna Berg said they would fall.", "May"),
        ("In 2009, Anna Berg said they would fall.", "2009"),
        ('Anna Berg said "no". Prices rose.', "Prices"),
        ("Anna Berg was told to leave.", "leave"),
        ("Anna Berg has not said why she left.", "she left"),
        ("Anna Berg declined to say why she left.", "she left"),
        ("The state of the roads and the reports of the police are bad.", "roads"),
        ("The noted author of the report lives in Oslo.", "Oslo"),
        ('Their robot, named "Better Idea of Girls", won the medal.', "Better Idea"),
        ('They won a medal for "courageous achievement" in Oslo.', "courageous"),
    ],
)
def test_what_nobody_is_reported_to_say_the_document_says(text: str, cited: str) -> None:
    assert who_says(text, cited) == "document"


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("He said prices would rise.", "prices"),
        ("Prices reportedly rose in May.", "May"),
        ("Allegedly, prices rose in May.", "May"),
        ("It is said that prices rose in May.", "May"),
        ("Anna Berg is accused of theft.", "theft"),
        ('The crowd waited. "Prices will rise in May."', "May"),
        ("The award went to Anna Berg. Later Bo Lund and Cai Moe came. He said prices would rise.", "prices"),
        ("Mr Lund smiled. She said prices would rise.", "prices"),
    ],
)
def test_where_it_is_unclear_who_speaks_nobody_is_named(text: str, cited: str) -> None:
    assert who_says(text, cited) == "unclear"


@pytest.mark.parametrize(
    ("cited", "speaker"),
    [
        ("great development", "Major General Ahmed Nasser Al-Raisi"),
        ("Morocco is hosting", "Al-Raisi"),
        ("joint security strategy", "Al-Raisi"),
        ("optimal use of modern technologies", "Al-Raisi"),
        ("main gateway", "Al-Raisi"),
        ("Abdel Latif Hamouchi", "document"),
        ("Gulf Cooperation Council", "document"),
    ],
)
def test_the_articles_own_reported_speech_has_its_speaker(the_article: Document, cited: str, speaker: str) -> None:
    assert who_says(the_article.text, cited) == speaker


def test_the_words_that_name_a_speaker_are_cited_where_they_stand() -> None:
    document = Document(
        "Bo Lund left.\n\nAnna Berg spoke. Later, “she” said: “Prices will rise.” She added: “So.”", "news"
    )
    start = document.text.index("So.")

    found = attribution(document, Span(start, start + 2))

    name = document.text.index("Anna Berg")
    assert found == Attribution(reported=True, speaker=Citation(document, Span(name, name + len("Anna Berg"))))


def test_who_speaks_although_nobody_is_reported_to_cannot_be_said() -> None:
    document = Document("Anna Berg left.", "news")
    with pytest.raises(ValueError, match="'Anna Berg'"):
        Attribution(reported=False, speaker=Citation(document, Span(0, 9)))


def test_what_is_attributed_lies_inside_the_document() -> None:
    with pytest.raises(SpanOutsideText):
        attribution(Document("Short.", "short"), Span(0, 7))


@pytest.mark.usefixtures("about_the_article")
def test_an_answer_says_who_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    answer = ask(GATEWAY, min_confidence=0)

    assert answer.attribution == attribution(answer.citations[0].document, answer.citations[0].span)
    assert answer.attribution.speaker is not None
    assert answer.attribution.speaker.quote == "Al-Raisi"
    written = json.loads(json.dumps(answer.to_dict()))["attribution"]
    assert written == {"reported": True, "speaker": answer.attribution.speaker.to_dict()}
    assert main(["ask", GATEWAY]) == 0
    span = answer.attribution.speaker.span
    assert f"\n    said by Al-Raisi, line 5, characters {span.start} to {span.end}\n" in capsys.readouterr().out


@pytest.mark.usefixtures("about_the_article")
def test_where_nothing_is_cited_nobody_says_so() -> None:
    answer = ask(GATEWAY, min_confidence=1)

    assert answer.attribution is None
    assert answer.to_dict()["attribution"] is None


WORDS = "said says told He She It Anna Berg the minister who and but that according to 🕌 é x".split()
SCRAPS = st.lists(st.sampled_from([*WORDS, *"“”‘’\"',.:;?()\n", "\n\n"]) | st.text(min_size=1, max_size=3))


def test_a_verb_inside_another_frame_is_none() -> None:
    text = (
        "Government funding is either subject to restrictions or possibly forbidden, according to the courts'"
        " interpretation of the Establishment Clause of the First Amendment or individual state Blaine Amendments."
    )
    assert attribution(Document(text, title=""), Span(0, 18)).reported


@given(SCRAPS, st.sampled_from(["", " "]), st.data())
def test_whatever_the_text_a_speaker_is_a_slice_of_it(scraps: list[str], between: str, data: st.DataObject) -> None:
    text = (between.join(scraps) + "a").encode(errors="ignore").decode()
    document = Document(text, "news")
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))

    found = attribution(document, span)

    if found.speaker:
        assert found.reported
        assert found.speaker.quote == text[found.speaker.span.start : found.speaker.span.end]
        assert any(map(str.isalnum, found.speaker.quote))
    assert attribution(document, span) == found


@pytest.mark.parametrize(
    "scrap",
    ['"', 'He said "yes" and "no" ', ", said ", "'a ", "Anna Berg said: “No. ”\n\n", "according to Anna ", "A, "],
)
def test_a_long_text_takes_no_longer_than_what_is_around_the_words(scrap: str) -> None:
    text = scrap * (1_000_000 // len(scrap)) + "a"
    document, middle = Document(text, "long"), len(text) // 2

    began = time.process_time()
    found = attribution(document, Span(middle, middle + 1))

    assert time.process_time() - began < 1
    if found.speaker:
        assert abs(found.speaker.span.start - middle) <= 10_000
