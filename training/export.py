"""Export the reader: `python -m training.export MODEL_FOLDER OUT_FOLDER`.

Writes what the product ships: `reader.onnx` with weights of 8 bits, `tokenizer.json`, and the SHA-256 of both. Measure
what quantisation costs with `python -m bench.reader FILE --reader` on each of the two folders.
"""

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper
from torch import Tensor, nn
from transformers import PreTrainedModel

from qa.reader import seal
from training.model import load_reader

BLOCK = 64
"""Neighbouring weights of a column, and activations of a token, that share a scale."""

WORDS = "word_embeddings"
"""What the name of the table of word embeddings holds."""


class _Logits(nn.Module):
    """A span reader as a function of tensors to tensors."""

    def __init__(self, model: PreTrainedModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: Tensor, token_type_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor]:
        out = self.model(input_ids=input_ids, token_type_ids=token_type_ids, attention_mask=attention_mask)
        return out.start_logits, out.end_logits


def exported(model: PreTrainedModel) -> ModelProto:
    """Return `model` as an ONNX graph in full precision, for any number of rows and up to 512 tokens."""
    names = ["input_ids", "token_type_ids", "attention_mask"]
    examples = tuple(torch.ones(2, 8, dtype=torch.int64) for _ in names)  # one tensor thrice would be one input
    shape = {0: torch.export.Dim("rows"), 1: torch.export.Dim("tokens", min=2, max=512)}
    program = torch.onnx.export(
        _Logits(model),
        examples,
        dynamo=True,
        dynamic_shapes=(shape, shape, shape),
        input_names=names,
        output_names=["start_logits", "end_logits"],
    )
    assert program is not None
    return program.model_proto


def quantised(model: ModelProto) -> ModelProto:
    """Return `model` with 8 bits a weight in its linear layers and word embeddings, a quarter of the size.

    Linear layers become ONNX Runtime's MatMulNBits, which also quantises the activations, each token's in blocks of
    BLOCK. Unlike dynamic quantisation with one scale a tensor, that costs next to no accuracy, and what stands in the
    batch beside a token does not change it.
    """
    weights = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    nodes: list[NodeProto] = []
    tensors: list[TensorProto] = []
    replaced: set[str] = set()
    for node in model.graph.node:
        weight = next((name for name in node.input if name in weights and weights[name].ndim == 2), "")
        if node.op_type == "MatMul" and weight and min(weights[weight].shape) >= BLOCK:
            new_nodes, new_tensors = _linear(node, weight, weights[weight])
        elif node.op_type == "Gather" and WORDS in weight:
            new_nodes, new_tensors = _lookup(node, weight, weights[weight])
        else:
            nodes.append(node)
            continue
        nodes += new_nodes
        tensors += new_tensors
        replaced.add(weight)
    tensors += [tensor for tensor in model.graph.initializer if tensor.name not in replaced]
    graph = helper.make_graph(nodes, "reader", model.graph.input, model.graph.output, tensors)
    opsets = [*model.opset_import, helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=model.ir_version)


def _linear(node: NodeProto, name: str, weight: NDArray[np.float32]) -> tuple[list[NodeProto], list[TensorProto]]:
    """Return `node`, the product with `weight` (inputs, outputs), with weights of 8 bits."""
    inputs, outputs = weight.shape
    blocks = weight.T.reshape(outputs, inputs // BLOCK, BLOCK)
    values, scales = _symmetric(blocks)
    product = helper.make_node(
        "MatMulNBits",
        [node.input[0], f"{name}.values", f"{name}.scales"],
        node.output,
        domain="com.microsoft",
        K=inputs,
        N=outputs,
        bits=8,
        block_size=BLOCK,
        accuracy_level=4,  # activations of 8 bits
    )
    shifted = (values.astype(np.int16) + 128).astype(np.uint8)  # the operator's zero point
    tensors = [(shifted, f"{name}.values"), (scales.reshape(-1), f"{name}.scales")]
    return [product], [numpy_helper.from_array(array, label) for array, label in tensors]


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


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="model folder that training.reader wrote")
    parser.add_argument("out", type=Path, help="folder for the files to ship")
    chosen = parser.parse_args(arguments)
    chosen.out.mkdir(parents=True, exist_ok=True)
    model = quantised(exported(load_reader(chosen.model).train(False)))
    onnx.checker.check_model(model)
    onnx.save(model, chosen.out / "reader.onnx")
    shutil.copyfile(chosen.model / "tokenizer.json", chosen.out / "tokenizer.json")
    seal(chosen.out)
    print(f"{(chosen.out / 'reader.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
