"""An answer of another kind than asked for counts less, and a text that says that it does not know answers."""

from pathlib import Path

import pytest

from index import Document, FolderCollection
from index.testing import BagOfWords
from qa import ask
from qa.answer import Form, Stance
from qa.explain.unknown import said_to_be_unknown
from qa.question.sought import fits

MISFITS = """
How tall is the bridge? | 312 metres | The bridge is 312 metres long.
How long is the hall? | 19 metres | The hall is 84 metres long and 19 metres high.
How old is the pier? | 312 metres | The pier is 312 metres long.
How heavy is the pendulum? | 3 metres | It has a pendulum 3 metres long.
How many died? | the crew | It killed the crew.
When was it opened? | Ellie Marsden | It was opened by Ellie Marsden.
In which year was it built? | Monday | It was built on Monday.
Who stopped the trains? | the strike | Then the strike stopped the trains.
Who broke the pane? | A storm | A storm broke the pane.
Who bent it? | heavy snow had bent its ropes | It fell, after heavy snow had bent its ropes.
Who woke them? | A flock of geese | A flock of geese woke them.
Who followed? | a rescue boat | They were followed by a rescue boat.
Who is the client? | Ann Lee | Signed for the client: Ann Lee
How much does it cost? | 0.6 litres | It holds 0.6 litres.
Which mammal was seen? | a grey heron | A grey heron was seen.
Who came? | 12 May | He came on 12 May.
Where was it? | Friday | It was on Friday.
Which European country took part? | Morocco | Morocco took part.
Which European guest won? | Ruto | The winner was a Kenyan, Ruto.
Which Scottish paper wrote it? | The Post | The Post wrote it.
What is the name of the Chair? | Secretary of the Board | She met the Secretary of the Board.
"""

FITS = """
How tall is the chimney? | 31 metres | The chimney, 31 metres tall, was pulled down.
How long did it last? | nine hours | It lasted nine hours.
How long has it stood? | since 1962 | It has stood since 1962.
How old was he? | 71 | He was 71.
How many died? | Nobody | Nobody died.
How much is a ticket? | free | It is free.
When did he come? | after the war | He came after the war.
Who denied it? | a spokeswoman | It was denied by a spokeswoman.
Who built it? | the council | The council built it.
Who woke them? | A nurse | A nurse woke them.
Who sold the horses? | the owner of the horses | They were sold by the owner of the horses.
Who signed for the client? | Ann Lee | Signed for the client: Ann Lee
How much does it weigh? | 6 kg | It weighs 6 kg.
Who spoke? | Fox | Then Mr Fox said that Fox spoke.
Which European guest won? | Lind | The winner was a Swede, Lind.
What is the total? | 6,400 | The total is 6,400.
Which European country took part? | Norway | Norway took part.
Which African country took part? | Zubrowka | Zubrowka took part.
Which Scottish paper wrote it? | The Post | The Post of Edinburgh wrote it.
What is the name of the Chair? | Secretary Ann Lee | The chair is Secretary Ann Lee.
Who opened it? | the Secretary of the Board | It was opened by the Secretary of the Board.
"""


def _rows(table: str) -> list[list[str]]:
    return [line.split(" | ") for line in table.strip().split("\n")]


@pytest.mark.parametrize(("question", "answer", "sentence"), _rows(MISFITS))
def test_another_kind_of_thing_does_not_fit(question: str, answer: str, sentence: str) -> None:
    assert not fits(question, answer, sentence)


@pytest.mark.parametrize(("question", "answer", "sentence"), _rows(FITS))
def test_the_kind_asked_for_fits(question: str, answer: str, sentence: str) -> None:
    assert fits(question, answer, sentence)


@pytest.mark.parametrize("question", ["Who led the 12th session?", "Who led the session in 1998?"])
def test_another_year_or_ordinal_than_the_document_holds_is_not_answered(tmp_path: Path, question: str) -> None:
    with FolderCollection(tmp_path / "sessions", BagOfWords()) as collection:
        collection.add(Document("The 13th session was led by Rosa Marchetti in 1999.", "minutes"))
        assert not ask(question, collection).citations
        stated = question.replace("12th", "13th").replace("1998", "1999")
        assert ask(stated, collection).citations[0].quote == "Rosa Marchetti"


def test_only_a_sentence_about_what_is_asked_says_that_it_is_unknown() -> None:
    text = "Ann Lee said that the file could not be found. The age of the pipes is unknown."
    assert said_to_be_unknown("How old are the pipes?", text) is not None
    assert said_to_be_unknown("How long are the pipes?", text) is None
    left = "The fund will pay half. She would not say how much is left in it."
    assert said_to_be_unknown("How much money is left in the fund?", left) is not None
    assert said_to_be_unknown("How much does Ann Lee earn?", text) is None
    assert said_to_be_unknown("Who said that the file was found?", text) is None
    sold = "The inn was sold in May for £9. The town does not say why it was sold."
    assert said_to_be_unknown("Why was the inn sold?", sold) is not None
    assert said_to_be_unknown("When was the inn sold?", sold) is None


@pytest.mark.parametrize(
    ("text", "is_unknown"),
    [
        ("The scheme was paid for by a bank. Ann said it would lend £9, but that no decision had been made.", False),
        ("The scheme was paid for. It is not known by whom.", True),
        ("The scheme was paid for. The town would not say who had to pay for it.", True),
    ],
)
def test_a_pronoun_refers_back_only_where_the_sentence_is_about_what_is_asked(text: str, is_unknown: bool) -> None:
    assert bool(said_to_be_unknown("Who paid for the scheme?", text)) == is_unknown


def test_that_a_document_does_not_know_is_an_answer(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "The mill was built in 1824.\n\nThe first owner of the mill is unknown. It is open on Sundays."
    with FolderCollection(tmp_path_factory.mktemp("mill"), BagOfWords()) as collection:
        collection.add(Document(text, "The mill"))
        answer = ask("Who was the first owner of the mill?", collection)
    assert (answer.text, answer.form) == ("The first owner of the mill is unknown.", Form.STATEMENT)
    assert answer.stance is Stance.UNKNOWN
