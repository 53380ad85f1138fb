"""Networks run by ONNX Runtime, which starts ten times as fast as torch. The only module that imports it."""

import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # ONNX Runtime 1.32 would else tell Microsoft that it runs

import numpy as np
import onnxruntime
from numpy.typing import NDArray

PRODUCT = bytes.fromhex(
    "080a12003a560a180a01610a0162120163220d4d61744d756c496e7465676572120770726f647563745a0f0a0161120a0a080802"
    "12040a000a005a0f0a0162120a0a08080312040a000a00620f0a0163120a0a08080612040a000a0042040a001012"
)
"""An ONNX network with one `MatMulInteger` node, which multiplies the inputs `a` (uint8) and `b` (int8)."""


class OnnxModel:
    """A network in an ONNX file that runs on the CPU. Any number of threads may run it at once.

    Args:
        file: the network. It may lack some of its weights.
        threads: number of cores that one run uses; 0 for all.
        weights: name → the weights that the file lacks.
        optimised: whether the file is already optimised for ONNX Runtime, so that loading can skip that step.
    """

    def __init__(
        self,
        file: Path,
        threads: int,
        weights: Mapping[str, NDArray[np.float32]] | None = None,
        *,
        optimised: bool = False,
    ) -> None:
        chosen = settings(threads, exact=products_overflow(), optimised=optimised)
        if weights:
            values = map(onnxruntime.OrtValue.ortvalue_from_numpy, weights.values())
            chosen.add_external_initializers(list(weights), list(values))
        self._session = onnxruntime.InferenceSession(str(file), chosen, providers=["CPUExecutionProvider"])

    @property
    def inputs(self) -> list[str]:
        """The names of the network's inputs."""
        return [each.name for each in self._session.get_inputs()]

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> Sequence[NDArray[np.float32]]:
        """Return the outputs of the network in the order that the file defines."""
        outputs: Sequence[NDArray[np.float32]] = self._session.run(None, inputs)
        return outputs


def settings(threads: int, *, exact: bool, optimised: bool) -> onnxruntime.SessionOptions:
    """Return the settings with which ONNX Runtime loads and runs a network.

    Args:
        threads: number of cores that one run uses; 0 for all. Threads do not spin while they wait, because they would
            take a core from another network.
        exact: prevent 8-bit products from overflowing on processors that would allow it. This makes them two to four
            times as slow.
        optimised: skip graph optimisation. `exact` overrides this, because it relies on graph optimisation.
    """
    chosen = onnxruntime.SessionOptions()
    chosen.intra_op_num_threads = threads
    chosen.log_severity_level = 3  # errors only
    chosen.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if exact:
        chosen.add_session_config_entry("session.x64quantprecision", "1")
    elif optimised:
        chosen.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return chosen


@cache
def products_overflow() -> bool:
    """Return whether 8-bit products overflow on this processor, as on Intel and AMD processors without VNNI.

    Such processors add two products in 16 bits and saturate the sum. Answers would then depend on the machine.
    """
    session = onnxruntime.InferenceSession(
        PRODUCT, settings(1, exact=False, optimised=True), providers=["CPUExecutionProvider"]
    )
    largest = {"a": np.full((8, 64), 255, np.uint8), "b": np.full((64, 32), 127, np.int8)}
    (product,) = session.run(None, largest)
    return bool((product != 64 * 255 * 127).any())
