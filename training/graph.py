"""A reader as a graph of ONNX operators, written node by node so that each uses ONNX Runtime's fastest kernel."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper, numpy_helper
from torch import nn

from training.model import SpanReader

LONGEST = 512
"""Tokens of the longest input of a network."""

_OPSET = 23
"""Version of ONNX: the first with attention as one operator."""

_MICROSOFT = "com.microsoft"
"""Domain of the operators that ONNX Runtime adds to ONNX."""

_LEAST_PEAK = 0.17
"""Least value of a token's largest activation, to avoid a division by 0; it is the depth of GELU's minimum."""

Array = NDArray[np.float32]

Widths = Mapping[nn.Module, Array]
"""Largest absolute value of each input channel of a linear layer, (in_features,)."""


class Graph:
    """Nodes and full-precision weights of a network, in the order in which they were added."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def weight(self, name: str, values: NDArray[Any]) -> str:
        """Add constant `values`, and return their name."""
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(self, operator: str, inputs: Sequence[str], name: str = "", domain: str = "", **attributes: Any) -> str:
        """Add a node with one output, and return the output's name: `name`, or a generated one."""
        name = name or f"{operator}.{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [name], domain=domain, **attributes))
        return name

    def split(self, whole: str, parts: int) -> list[str]:
        """Split `whole` along its last axis into equal parts, and return their names."""
        names = [f"{whole}.{part}" for part in range(parts)]
        self.nodes.append(helper.make_node("Split", [whole], names, axis=-1, num_outputs=parts))
        return names

    def norm(self, name: str, states: str, layer: nn.LayerNorm) -> str:
        """Add a layer norm."""
        inputs = [states, self.weight(f"{name}.weight", _array(layer.weight))]
        inputs.append(self.weight(f"{name}.bias", _array(layer.bias)))
        return self.add("LayerNormalization", inputs, epsilon=layer.eps, axis=-1)

    def linear(self, name: str, states: str, weight: Array, bias: Array) -> str:
        """Add `states` @ `weight` + `bias`; weight: (in_features, out_features)."""
        product = self.add("MatMul", [states, self.weight(f"{name}.weight", weight)])
        return self.add("Add", [product, self.weight(f"{name}.bias", bias)])

    def lookup(self, name: str, table: Array, ids: str) -> str:
        """Add a lookup: the rows of `table`, (words, width), with the numbers `ids`."""
        return self.add("Gather", [self.weight(name, table), ids])


class EightBitGraph(Graph):
    """A graph with 8-bit weights, with a scale for each output of a linear layer and for each word of a table.

    A linear layer quantises its whole input with one scale, computed when it runs. Inputs in one batch would therefore
    change each other's result, so networks take one input at a time.
    """

    def linear(self, name: str, states: str, weight: Array, bias: Array) -> str:
        """Add `states` @ `weight` + `bias`; weight: (in_features, out_features)."""
        values, scales = quantised(weight, axis=0)
        inputs = [
            states,
            self.weight(f"{name}.weight", values),
            self.weight(f"{name}.scales", scales[0]),
            self.weight(f"{name}.zeros", np.zeros(scales.size, np.int8)),
            self.weight(f"{name}.bias", bias),
        ]
        return self.add("DynamicQuantizeMatMul", inputs, domain=_MICROSOFT)

    def lookup(self, name: str, table: Array, ids: str) -> str:
        """Add a lookup: the rows of `table`, (words, width), with the numbers `ids`."""
        values, scales = quantised(table, axis=1)
        words = self.add("Gather", [self.weight(f"{name}.values", values), ids])
        scale = self.add("Gather", [self.weight(f"{name}.scales", scales), ids])
        return self.add("Mul", [self.add("Cast", [words], to=TensorProto.FLOAT), scale])


def quantised(weights: Array, axis: int) -> tuple[NDArray[np.int8], Array]:
    """Return integers in [-127, 127], and the scale along `axis` by which they must be multiplied."""
    scales = np.maximum(np.abs(weights).max(axis=axis, keepdims=True), np.finfo(np.float32).tiny) / 127
    return np.rint(weights / scales).astype(np.int8), scales.astype(np.float32)


@dataclass(frozen=True, slots=True)
class Layer:
    """The parts of an encoder's layer (Vaswani et al., 2017), under the same names for BERT and MPNet."""

    query: nn.Linear
    key: nn.Linear
    value: nn.Linear
    output: nn.Linear
    attention_norm: nn.LayerNorm
    up: nn.Linear
    down: nn.Linear
    norm: nn.LayerNorm


def layers(model: SpanReader) -> Iterator[Layer]:
    """Yield the layers of `model`, first to last."""
    for module in model.layers:
        part: Any = module
        attention = part.attention
        if hasattr(attention, "attn"):  # MPNet
            own, output, norm = attention.attn, attention.attn.o, attention.LayerNorm
            query, key, value = own.q, own.k, own.v
        else:
            own, output, norm = attention.self, attention.output.dense, attention.output.LayerNorm
            query, key, value = own.query, own.key, own.value
        up, down = part.intermediate.dense, part.output.dense
        yield Layer(query, key, value, output, norm, up, down, part.output.LayerNorm)


def network(model: SpanReader, widths: Widths, graph: Graph) -> ModelProto:
    """Write `model` into `graph`, which is empty, and return it as a network for one input of 2 to LONGEST tokens.

    Its inputs are `ids`, and `types` if the model has token types, (1, tokens) int64 each. Its outputs are `start` and
    `end`, (1, tokens), and `relevance`, (1,).

    Args:
        model: in evaluation mode.
        widths: for each layer's `query`, `output` and `up`. SmoothQuant (Xiao et al., 2023) divides inputs and
            multiplies weights by them, which makes all channels equally wide and leaves the outputs unchanged.
        graph: determines the precision of the weights.
    """
    states, inputs = _embeddings(graph, model)
    heads, bias = model.config.num_attention_heads, _distance_bias(graph, model)
    for number, layer in enumerate(layers(model)):
        name = f"layers.{number}"
        attended = _attention(graph, name, layer, widths, states, heads=heads, bias=bias)
        states = graph.norm(f"{name}.attention_norm", graph.add("Add", [attended, states]), layer.attention_norm)
        fed = _feed_forward(graph, name, layer, widths, states)
        states = graph.norm(f"{name}.norm", graph.add("Add", [fed, states]), layer.norm)
    _outputs(graph, model, states)
    floats = {"start": [1, "tokens"], "end": [1, "tokens"], "relevance": [1]}
    described = helper.make_graph(
        graph.nodes,
        "reader",
        [helper.make_tensor_value_info(name, TensorProto.INT64, [1, "tokens"]) for name in inputs],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in floats.items()],
        graph.weights,
    )
    versions = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_MICROSOFT, 1)]
    return helper.make_model(described, opset_imports=versions, ir_version=11)


def _embeddings(graph: Graph, model: SpanReader) -> tuple[str, list[str]]:
    """Add the embeddings; return their output and the names of the network's inputs."""
    embeddings: Any = model.base_model.embeddings
    words = graph.lookup("words", _array(embeddings.word_embeddings.weight), "ids")
    first = embeddings.word_embeddings.padding_idx + 1 if model.config.model_type == "mpnet" else 0
    table = graph.weight("positions", _array(embeddings.position_embeddings.weight)[first : first + LONGEST])
    zero, tokens = graph.weight("zero", np.array([0])), graph.add("Shape", ["ids"], "tokens", start=1, end=2)
    states = graph.add("Add", [words, graph.add("Slice", [table, zero, tokens, zero])])
    inputs = ["ids"]
    if hasattr(embeddings, "token_type_embeddings"):
        types = graph.weight("types.weight", _array(embeddings.token_type_embeddings.weight))
        states = graph.add("Add", [states, graph.add("Gather", [types, "types"])])
        inputs.append("types")
    return graph.norm("embeddings_norm", states, embeddings.LayerNorm), inputs


def _distance_bias(graph: Graph, model: SpanReader) -> str:
    """Add the relative position bias of attention, (1, heads, tokens, tokens); "" if the model has none."""
    with torch.inference_mode():
        bias = model.bias(torch.zeros(1, LONGEST, model.config.hidden_size))
    if isinstance(bias, float):
        return ""
    by_distance = torch.cat([bias[0, :, 1:, 0].flip(1), bias[0, :, 0]], dim=1)  # from 1 - LONGEST to LONGEST - 1
    one = graph.weight("one", np.array([1]))
    bounds = graph.weight("from", np.array(0)), graph.add("Squeeze", ["tokens"]), graph.weight("step", np.array(1))
    places = graph.add("Range", bounds)
    keys = graph.add("Add", [places, graph.weight("farthest", np.array(LONGEST - 1))])
    distances = graph.add("Sub", [graph.add("Unsqueeze", [keys, "zero"]), graph.add("Unsqueeze", [places, one])])
    found = graph.add("Gather", [graph.weight("distances", _array(by_distance)), distances], axis=1)
    return graph.add("Unsqueeze", [found, "zero"])


def _attention(graph: Graph, name: str, layer: Layer, widths: Widths, states: str, *, heads: int, bias: str) -> str:
    """Add attention. One product computes query, key and value, so that their common input is quantised once.

    The widths of the output layer's input are folded into the value's weights.
    """
    wide, inner = widths[layer.query], widths[layer.output]
    weights = [_array(part.weight).T * wide[:, None] for part in (layer.query, layer.key, layer.value)]
    biases = [_array(part.bias) for part in (layer.query, layer.key, layer.value)]
    weights[2], biases[2] = weights[2] / inner, biases[2] / inner
    narrow = graph.add("Mul", [states, graph.weight(f"{name}.query_key_value.shrink", 1 / wide)])
    joint = graph.linear(f"{name}.query_key_value", narrow, np.concatenate(weights, 1), np.concatenate(biases))
    attended = graph.add("Attention", [*graph.split(joint, 3), bias], q_num_heads=heads, kv_num_heads=heads)
    weight = _array(layer.output.weight).T * inner[:, None]
    return graph.linear(f"{name}.output", attended, weight, _array(layer.output.bias))


def _feed_forward(graph: Graph, name: str, layer: Layer, widths: Widths, states: str) -> str:
    """Add the two feed-forward layers.

    The activations between them have peaks at few tokens, which would leave the other tokens few of the eight bits. So
    each token is divided by its own largest activation, and multiplied by it afterwards.
    """
    wide = widths[layer.up]
    narrow = graph.add("Mul", [states, graph.weight(f"{name}.up.shrink", 1 / wide)])
    active = graph.add(
        "Gelu", [graph.linear(f"{name}.up", narrow, _array(layer.up.weight).T * wide[:, None], _array(layer.up.bias))]
    )
    largest = graph.add("ReduceMax", [active, graph.weight(f"{name}.last", np.array([-1]))], keepdims=1)
    peaks = graph.add("Max", [largest, graph.weight(f"{name}.least", np.array(_LEAST_PEAK, np.float32))])
    level = graph.add("Div", [active, peaks])
    weight = _array(layer.down.weight).T
    product = graph.linear(f"{name}.down", level, weight, np.zeros(weight.shape[1], np.float32))
    bias = graph.weight(f"{name}.down.offset", _array(layer.down.bias))
    return graph.add("Add", [graph.add("Mul", [product, peaks]), bias])


def _outputs(graph: Graph, model: SpanReader, states: str) -> None:
    """Add the output layers of all tokens, and of the first."""
    last = graph.weight("last", np.array([-1]))
    spans = Graph.linear(graph, "spans", states, _array(model.qa_outputs.weight).T, _array(model.qa_outputs.bias))
    for name, logits in zip(("start", "end"), graph.split(spans, 2), strict=True):
        graph.add("Squeeze", [logits, last], name)
    first = graph.add("Gather", [states, graph.weight("first", np.array(0))], axis=1)
    weight, bias = _array(model.relevance.weight).T, _array(model.relevance.bias)
    graph.add("Squeeze", [Graph.linear(graph, "relevant", first, weight, bias), last], "relevance")


def _array(tensor: torch.Tensor) -> Array:
    values: Array = tensor.detach().numpy()
    return values
