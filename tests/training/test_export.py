"""A reader exported to ONNX: the same outputs, folded factors that change nothing, and eight bits that hardly do."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from numpy.typing import NDArray

from index.encoder.onnx import OnnxModel
from qa.reading.load import load_reader as load_exported
from qa.reading.tokens import Inputs, PairTokenizer, padded
from training.export import main, widths
from training.graph import EightBitGraph, Graph, Widths, layers, network
from training.model import SpanReader, load_reader

QUESTIONS = ["What was opened in Rabat?", "Who?"]
PASSAGES = ["The station of Rabat was opened in the spring.", "It has nine platforms. " * 30]


@pytest.fixture(params=["bert", "mpnet"])
def folder(request: pytest.FixtureRequest) -> Path:
    """Return the folder of a tiny encoder of each kind."""
    folder: Path = request.getfixturevalue(request.param)
    return folder


@pytest.fixture
def model(folder: Path) -> SpanReader:
    """Load it as a reader whose weights are as wide as trained ones."""
    torch.manual_seed(2)
    model = load_reader(folder)
    model.train(False)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.2)
    return model


@pytest.fixture
def inputs(folder: Path) -> list[Inputs]:
    """Encode a short and a long input."""
    tokenizer = PairTokenizer.of(folder)
    return [padded(tokenizer.windows(*pair)[:1]) for pair in zip(QUESTIONS, PASSAGES, strict=True)]


def expected(model: SpanReader, inputs: Sequence[Inputs]) -> list[NDArray[np.float32]]:
    with torch.inference_mode():
        outputs = [model(*map(torch.from_numpy, (one.ids, one.types, one.attended))) for one in inputs]
    return [np.concatenate([part.numpy().ravel() for part in output]) for output in outputs]


def exported(
    file: Path, model: SpanReader, measured: Widths, graph: Graph, inputs: Sequence[Inputs]
) -> list[NDArray[np.float32]]:
    onnx.save(network(model, measured, graph), file)
    runner = OnnxModel(file, threads=1, optimised=True)
    given = [{name: getattr(one, name) for name in runner.inputs} for one in inputs]
    return [np.concatenate([part.ravel() for part in runner.run(one)]) for one in given]


def test_an_exported_reader_says_what_the_model_says(model: SpanReader, inputs: list[Inputs], tmp_path: Path) -> None:
    ones: Widths = {
        part: np.ones(part.in_features, np.float32)
        for layer in layers(model)
        for part in (layer.query, layer.output, layer.up)
    }
    found = exported(tmp_path / "reader.onnx", model, ones, Graph(), inputs)
    for one, other in zip(found, expected(model, inputs), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-3, atol=1e-3)


def test_what_smoothing_folds_into_the_weights_changes_nothing(
    model: SpanReader, inputs: list[Inputs], tmp_path: Path
) -> None:
    measured = widths(model, inputs)
    assert all(width.max() > 1.5 * width.min() for width in measured.values())
    found = exported(tmp_path / "reader.onnx", model, measured, Graph(), inputs)
    for one, other in zip(found, expected(model, inputs), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-3, atol=1e-3)


def test_eight_bits_hardly_change_what_a_reader_says(model: SpanReader, inputs: list[Inputs], tmp_path: Path) -> None:
    found = exported(tmp_path / "reader.onnx", model, widths(model, inputs), EightBitGraph(), inputs)
    for one, other in zip(found, expected(model, inputs), strict=True):
        assert np.corrcoef(one, other)[0, 1] > 0.99


def test_no_input_is_read_together_with_another(model: SpanReader, inputs: list[Inputs]) -> None:
    graph = network(model, widths(model, inputs), EightBitGraph()).graph
    assert {each.type.tensor_type.shape.dim[0].dim_value for each in graph.input} == {1}


def test_the_command_writes_a_reader_that_the_product_loads(model: SpanReader, folder: Path, tmp_path: Path) -> None:
    typical = tmp_path / "typical.json"
    entry = {"context": PASSAGES[0], "qas": [{"id": "1", "question": QUESTIONS[0], "answers": []}]}
    typical.write_text(json.dumps({"data": [{"title": "", "paragraphs": [entry]}]}))
    model.save_pretrained(tmp_path / "model")
    (tmp_path / "model" / "tokenizer.json").write_bytes((folder / "tokenizer.json").read_bytes())
    main([str(tmp_path / "model"), str(tmp_path / "out"), "--typical", str(typical)])
    assert load_exported(str(tmp_path / "out")).network.tokenizer.windows(QUESTIONS[0], PASSAGES[0])
