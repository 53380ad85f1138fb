"""An answer under a denial, a question, a condition, a plan or a doubt is quoted with it, and not called sure."""

import pytest

from index import Document, FolderCollection, Span, sentences
from index.testing import BagOfWords
from qa import Answer, ask
from qa.answer import Form, Stance
from qa.explain.denied import denied_in
from qa.explain.rejoinder import with_rejoinder
from qa.explain.stance import stance_of
from qa.share import card, wording
from qa.share.terminal import answer_text
from qa.share.transcript import plain_text

UNDER = """
She denied that the pump failed. | the pump failed | What failed? | denied | denied that the pump failed
The board did not approve the £40. | £40 | What was approved? | negated | did not approve the £40
He was asked whether the pier sank. | the pier | What sank? | asked | asked whether the pier sank
The hall could open in May. | May | When did the hall open? | planned | could open in May
The hall was to be sold in May. | May | When was the hall sold? | planned | was to be sold in May
If it rains, it ends on Friday. | Friday | When does it end? | conditional | If it rains, it ends on Friday
A boat may run on Sunday. | A boat | What runs on Sunday? | planned | A boat may run on Sunday
It is said that Lear built it. | Lear | Who built it? | uncertain | It is said that Lear built it
Cole Dray denied that it had been sold. | Cole Dray | Who sold it? | denied | Cole Dray denied that it had been sold
Rumours that Ayr bought it were false. | Ayr | Who bought it? | denied | Rumours that Ayr bought it were false
She never confirmed an offer of £6. | £6 | What was offered? | negated | never confirmed an offer of £6
He refused to confirm an offer of £6. | £6 | What was offered? | negated | refused to confirm an offer of £6
It has yet to appoint a cook. | a cook | Whom did it appoint? | negated | has yet to appoint a cook
The crane was almost lost. | The crane | What was lost? | negated | The crane was almost lost
Pellow failed to deliver the steel. | the steel | What did Pellow deliver? | negated | failed to deliver the steel
Lee stopped short of a promise. | a promise | What did Lee give? | negated | stopped short of a promise
A partner, Joan Petty, is accused of arson. | Joan Petty | Who burned it? | uncertain | Joan Petty, is accused of arson
It was printed without her name in May. | May | When was her name printed? | negated | without her name in May
Had he paid, it would be his in May. | May | When was it his? | conditional | Had he paid, it would be his in May
He was to mend it in July. He never did. | July | When did he mend it? | denied | was to mend it in July. He never did
You studied with Celi. A: He is mistaken. | Celi | With whom did she study? | denied | Celi. A: He is mistaken
Did you sink it in May? A: No. I was ill. | May | When did it sink? | asked | Did you sink it in May? A: No. I was ill.
Maud built it in 1200, the guide claimed. | 1200 | When was it built? | uncertain | 1200, the guide claimed
The board asked Hay to write it. | Hay | Who wrote it? | planned | The board asked Hay to write it
We considered moving it to Ayr, but did not. | Ayr | Where is it? | planned | considered moving it to Ayr
Hale will close it in May unless it rains. | May | When will Hale close it? | conditional | May unless it rains
He tried to shoot the king. | the king | Whom did he shoot? | planned | tried to shoot the king
Mr Poole is not the owner. | the owner | Who is Mr Poole? | negated | is not the owner
If it rains, it moves to Ayr. Lee denied that it did. | Ayr | Where was it? | conditional | If it rains, it moves to Ayr
No cot fell. It is not true that it did. | cot | Which cot fell? | negated | No cot fell
Lee was cleared of arson in May. | Lee | Who is guilty of arson? | denied | Lee was cleared of arson in May
Ann wanted a red pier, but Bo ruled against it. | red | Is it? | negated | wanted a red pier, but Bo ruled against it
It was to be on 3 May. It was moved to June. | 3 May | When will it be? | negated | 3 May. It was moved to June
A new pier, 40 feet long, has been proposed. | 40 feet | How long is it? | planned | 40 feet long, has been proposed
A: When I am seventy, perhaps. | When I am seventy | When will it end? | uncertain | When I am seventy, perhaps
Q: Ann won. A: I read that. I do not know. | Ann | Who won? | asked | Q: Ann won. A: I read that. I do not know
If dry, it is in Ayr; otherwise in Rye. | Rye | Where is it? | conditional | If dry, it is in Ayr; otherwise in Rye
Otherwise it moves to Rye. | Rye | Where is it? | conditional | Otherwise it moves to Rye
All but Ann voted for it. | Ann | Who voted for it? | negated | All but Ann voted for it
An old version of the page said 40 came. | 40 | How many came? | denied | An old version of the page said 40 came
Dr Lee resigned as chair in May. | Dr Lee | Who is the chair? | negated | Dr Lee resigned as chair in May
It was agreed to buy one (Ann to ask by 8 May). | 8 May | By when must Ann ask? | stated | 8 May
It can't be moved before 8 May. | 8 May | When was it moved? | negated | can't be moved before 8 May
"""


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("When must rent be paid?", "Rent is due in advance. It may be paid in two parts."),
        ("How did the council vote?", "The council met in May. It has not said whether it will vote."),
    ],
)
def test_what_is_allowed_or_left_open_denies_nothing(question: str, text: str) -> None:
    assert denied_in(question, text) is None


def test_a_pronoun_for_a_thing_refers_to_its_own_block() -> None:
    text = "The lift fell in May. The pump failed. It did not fall on Ann."
    question = "When did the pump fall on Ann?"
    assert denied_in(question, text) is not None
    assert denied_in(question, text, breaks=[text.index("It did")]) is None


def test_what_was_never_done_is_told_by_the_sentence_that_says_so() -> None:
    text = "Ada Moss runs the inn. She did not sell the barn in 1990. It is red. Bo Ray denied that he had burnt it."

    told = {
        question: denied_in(question, text)
        for question in (
            "When did Ada Moss sell the barn?",
            "Who burnt the barn?",
            "When did Ada Moss not sell the barn?",
            "Who sold?",
        )
    }

    assert [text[found[0].start : found[0].end] if found else "" for found in told.values()] == [
        "She did not sell the barn in 1990.",
        "",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("sentence", "words", "question", "stance", "quoted"), [line.split(" | ") for line in UNDER.strip().split("\n")]
)
def test_what_an_answer_stands_under_is_quoted_with_it(
    sentence: str, words: str, question: str, stance: str, quoted: str
) -> None:
    start = sentence.index(words)
    first = next(each for each in sentences(sentence) if each.end > start)
    told, span = stance_of(sentence, first, Span(start, start + len(words)), question)
    assert (told, sentence[span.start : span.end]) == (Stance(stance), quoted)


@pytest.mark.parametrize(
    ("sentence", "words", "question"),
    [
        ("The hall opened in May, but it was not full.", "May", "When did the hall open?"),
        ("Nobody died, but three people were hurt.", "three", "How many people were hurt?"),
        ("The works will end in August.", "August", "When will the works end?"),
        ("She denied that the pump had failed.", "the pump had failed", "What did she deny?"),
        ("Abbas said that the hall opened in May.", "May", "When did the hall open?"),
        ("Ann Lee became the mayor in May.", "Ann Lee", "Who became the mayor?"),
        ("The mayor is Will Hay of Ayr.", "The mayor", "Who is of Ayr?"),
        ("Market manager Cole Dray denied that it leaked.", "Cole Dray", "Who manages the market?"),
        ("The museum opened without a ceremony on 21 June.", "21 June", "When did the museum open?"),
        ("The museum did not open until 1990.", "1990", "When did the museum open?"),
        ("No more than 40 people may enter.", "No more than 40 people", "How many people may enter?"),
        ("Lee, who denied the claims, opened it in May.", "May", "When did Lee open it?"),
        ("Not only Ann but also Bo signed it.", "Bo", "Who signed it?"),
        ("Contrary to reports, it opened in May.", "May", "When did it open?"),
        ("Ann Lee, not Bo Ray, signed it.", "Ann Lee", "Who signed it?"),
        ("It sold nearly 300 copies.", "300 copies", "How many copies did it sell?"),
        ("There is no doubt that Ann wrote it.", "Ann", "Who wrote it?"),
        ("The chairman, Owen Farr, denied having met her.", "Owen Farr", "Who is the chairman of the port board?"),
        ('"We are not leaving," said the director, Vera Sund.', "Vera Sund", "Who is the director of Marlow?"),
        ("Our founder, Emil Kovar, did not step down.", "Emil Kovar", "Who founded Velora?"),
        ("An engineer, Jo Wirth, suggested that swans did it.", "An engineer", "Who is Jo Wirth?"),
        ("In order to stop the constant floods, they dug.", "the constant floods", "Why did they dig?"),
        ("It melts, which happens without a spark.", "It melts, which happens without a spark", "What is it?"),
        ("Ann runs it as if it were hers.", "Ann", "Who runs it?"),
        ("Who proposed the rule? Ann asked for a new rule. It was rejected.", "Ann", "Who proposed the rule?"),
        ("It will close, despite a plea by 40 people.", "40 people", "Who made a plea?"),
        ("A fee of £90 is due and shall be returned if all is well.", "£90", "How much is the fee?"),
        ("Dr Lee resigned as chair in May.", "Dr Lee", "Who was the chair in April?"),
        ("Made by Jost in 1533, not by Hein, as guides claimed.", "1533", "When was it made?"),
    ],
)
def test_what_is_stated_or_asked_for_as_such_is_quoted_alone(sentence: str, words: str, question: str) -> None:
    span = Span(sentence.index(words), sentence.index(words) + len(words))
    assert stance_of(sentence, Span(0, len(sentence)), span, question) == (Stance.STATED, span)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Some say he paid. There is no proof of it. It rained.", "Some say he paid. There is no proof of it."),
        (
            "Q: Did it fail?\n\nA: No. It was out for repair. It rained.",
            "Q: Did it fail?\n\nA: No. It was out for repair.",
        ),
        ("He paid. The hall is not large.", "He paid."),
        (
            "Ann asked whether bees might be kept. Bo agreed. The proposal was rejected.",
            "Ann asked whether bees might be kept. Bo agreed. The proposal was rejected.",
        ),
        (
            "Ann had proposed in May that fees be frozen. The proposal was not seconded.",
            "Ann had proposed in May that fees be frozen. The proposal was not seconded.",
        ),
    ],
)
def test_a_statement_is_shown_with_what_disputes_or_answers_it(text: str, whole: str) -> None:
    found = sentences(text)
    span = with_rejoinder(text, found[0], found)
    assert text[span.start : span.end] == whole


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    text = (
        "The bridge at Tarn was closed in March.\n\nA spokeswoman for the council denied that a warning had been"
        " ignored. The repair costs two million pounds."
    )
    with FolderCollection(tmp_path_factory.mktemp("warning"), BagOfWords()) as collection:
        collection.add(Document(text, "Minutes"))
        return ask("Was a warning ignored?", collection)


def test_a_question_for_yes_or_no_is_answered_by_the_whole_sentence(answer: Answer) -> None:
    assert answer.form is Form.STATEMENT
    assert answer.text == "A spokeswoman for the council denied that a warning had been ignored."


def test_every_surface_says_that_it_is_what_the_text_says(answer: Answer) -> None:
    shown = wording.HEADINGS[Form.STATEMENT]
    assert all(shown in told for told in (answer_text(answer, colours=False), plain_text(answer), card.card(answer)))
    assert answer.to_dict()["form"] == "statement"


def test_an_answer_that_is_not_stated_as_so_is_not_called_sure() -> None:
    assert all("Sure" not in wording.confidence(0.99, stance) for stance in Stance if stance is not Stance.STATED)
