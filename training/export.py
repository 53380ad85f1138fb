"""Export the reader: `python -m training.export MODEL_FOLDER OUT_FOLDER`.

Writes what the product ships: `reader.onnx` with weights of 8 bits, `tokenizer.json`, and the SHA-256 of both. Measure
what quantisation costs with `python -m evaluation.reader FILE --reader` on each of the two folders.
"""

import argparse
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from evaluation.squad import read_corpus
from qa.reading.load import seal
from qa.reading.network import NETWORK
from qa.reading.tokens import Inputs, PairTokenizer, padded
from training.model import SpanReader, load_reader

TYPICAL = 100
"""Questions over which the width of each channel is measured before quantisation."""

TINY = 1e-5
"""The least width of a channel, so that one that is always 0 can be divided by it."""

WORDS = "word_embeddings"
"""What the name of the table of word embeddings holds."""


def exported(model: SpanReader) -> ModelProto:
    """Return `model` as an ONNX graph in full precision, for any number of rows and up to 512 tokens."""
    names = ["ids", "types", "attended"]
    examples = tuple(torch.ones(2, 8, dtype=torch.int64) for _ in names)  # one tensor thrice would be one input
    shape = {0: torch.export.Dim("rows"), 1: torch.export.Dim("tokens", min=2, max=512)}
    program = torch.onnx.export(
        model,
        examples,
        dynamo=True,
        dynamic_shapes=(shape, shape, shape),
        input_names=names,
        output_names=["start", "end", "relevance"],
    )
    assert program is not None
    return program.model_proto


def smoothed(model: SpanReader, inputs: Iterable[Inputs]) -> SpanReader:
    """Make the inputs of the linear layers of `model` equally wide in every channel, and return it.

    Each layer's input is divided, and its weights multiplied, channel by channel by how large the channel becomes over
    `inputs`: the outputs stay as they were, but no channel takes the others' share of the eight bits any more. This is
    SmoothQuant (Xiao et al., 2023) with all of the difficulty moved to the weights (their alpha = 1), which have a
    scale for each output.
    """
    layers = {name: layer for name, layer in model.named_modules() if isinstance(layer, nn.Linear)}
    largest = {name: torch.full((layer.in_features,), TINY) for name, layer in layers.items()}

    def note(name: str, given: Tensor) -> None:
        largest[name] = torch.maximum(largest[name], given.detach().abs().flatten(0, -2).amax(0))

    hooks = [
        layer.register_forward_pre_hook(lambda _, given, name=name: note(name, given[0]))
        for name, layer in layers.items()
    ]
    with torch.inference_mode():
        for one in inputs:
            model(*map(torch.from_numpy, (one.ids, one.types, one.attended)))
    for hook in hooks:
        hook.remove()
    for name, layer in layers.items():
        model.set_submodule(name, _Smoothed(layer, largest[name]))
    return model


class _Smoothed(nn.Module):
    """`linear` with inputs divided by `largest`, (in_features,), and weights multiplied by it."""

    def __init__(self, linear: nn.Linear, largest: Tensor) -> None:
        super().__init__()
        self.shrink = nn.Parameter(1 / largest, requires_grad=False)
        self.linear = linear
        self.linear.weight.data *= largest

    def forward(self, given: Tensor) -> Tensor:
        out: Tensor = self.linear(given * self.shrink)
        return out


def quantised(model: ModelProto) -> ModelProto:
    """Return `model` with 8 bits a weight in its linear layers and word embeddings, a quarter of the size.

    Linear layers quantise their inputs as they run, with one scale for all that is read together.
    """
    with TemporaryDirectory() as folder:
        out = Path(folder) / "quantised.onnx"
        options = {"MatMulConstBOnly": True}
        quantize_dynamic(model, out, ["MatMul"], per_channel=True, weight_type=QuantType.QInt8, extra_options=options)
        model = onnx.load(out)
    weights = {tensor.name: tensor for tensor in model.graph.initializer}
    words = next(node for node in model.graph.node if node.op_type == "Gather" and WORDS in node.input[0])
    table = weights[words.input[0]]
    nodes, tensors = _lookup(words, table.name, numpy_helper.to_array(table))
    place = list(model.graph.node).index(words)
    model.graph.node.remove(words)
    for node in reversed(nodes):
        model.graph.node.insert(place, node)
    model.graph.initializer.remove(table)
    model.graph.initializer.extend(tensors)
    return model


def _lookup(node: NodeProto, name: str, table: NDArray[np.float32]) -> tuple[list[NodeProto], list[TensorProto]]:
    """Return `node`, the lookup in `table` (words, width), with entries of 8 bits and a scale for each word."""
    values, scales = _symmetric(table)
    token = node.input[1]
    nodes = [
        helper.make_node("Gather", [f"{name}.values", token], ["word.values"]),
        helper.make_node("Gather", [f"{name}.scales", token], ["word.scales"]),
        helper.make_node("Cast", ["word.values"], ["word.floats"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["word.floats", "word.scales"], node.output),
    ]
    tensors = [(values, f"{name}.values"), (scales, f"{name}.scales")]
    return nodes, [numpy_helper.from_array(array, label) for array, label in tensors]


def _symmetric(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return integers in [-127, 127], and along the last axis the scale that gives `weights` back."""
    scales = np.maximum(np.abs(weights).max(axis=-1, keepdims=True), np.finfo(np.float32).tiny) / 127
    return np.rint(weights / scales).astype(np.int8), scales.astype(np.float32)


def typical(file: Path, tokenizer: PairTokenizer) -> Iterator[Inputs]:
    """Yield TYPICAL questions of `file`, each with its paragraph, as inputs."""
    corpus = read_corpus([file])
    for question in Random(0).sample(corpus.questions, min(TYPICAL, len(corpus.questions))):
        yield padded(tokenizer.windows(question.text, corpus.paragraphs[question.paragraph].text)[:1])


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="folder of a reader that training.distil wrote")
    parser.add_argument("out", type=Path, help="folder for the files to ship")
    parser.add_argument(
        "--typical", type=Path, default=Path("../shared/data/squad-train.json.gz"), help=typical.__doc__
    )
    chosen = parser.parse_args(arguments)
    chosen.out.mkdir(parents=True, exist_ok=True)
    inputs = typical(chosen.typical, PairTokenizer.of(chosen.model))
    model = quantised(exported(smoothed(load_reader(chosen.model).train(False), inputs)))
    onnx.checker.check_model(model)
    onnx.save(model, chosen.out / NETWORK)
    shutil.copyfile(chosen.model / "tokenizer.json", chosen.out / "tokenizer.json")
    seal(chosen.out)
    print(f"{(chosen.out / 'reader.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
