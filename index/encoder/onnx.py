"""Networks run by ONNX Runtime, which starts in a tenth of the time that torch takes. Its only importer."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

PRODUCT = bytes.fromhex(
    "080a12003a560a180a01610a0162120163220d4d61744d756c496e7465676572120770726f647563745a0f0a0161120a0a080802"
    "12040a000a005a0f0a0162120a0a08080312040a000a00620f0a0163120a0a08080612040a000a0042040a001012"
)
"""A network in ONNX's format: the product, `MatMulInteger`, of its inputs `a`, uint8, and `b`, int8."""


class OnnxModel:
    """A network in an ONNX file, on the CPU. Any number of threads may run it at once.

    Args:
        file: the network; its weights may be left out of it.
        threads: how many cores one run uses; 0 for all.
        weights: by name, those that the file leaves out.
        optimised: the file is written for ONNX Runtime's kernels, and need not be rewritten as it is loaded.
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
        """Return the network's outputs, in its order."""
        outputs: Sequence[NDArray[np.float32]] = self._session.run(None, inputs)
        return outputs


def settings(threads: int, *, exact: bool, optimised: bool) -> onnxruntime.SessionOptions:
    """Return how ONNX Runtime loads and runs a network.

    Args:
        threads: how many cores one run uses; 0 for all. None of them spins while it waits, because it would take a
            core from another network.
        exact: products of 8 bits must not overflow where the processor lets them. They take two to four times as long.
        optimised: the network need not be rewritten as it is loaded. It is anyway if `exact`, which is a rewriting.
    """
    chosen = onnxruntime.SessionOptions()
    chosen.intra_op_num_threads = threads
    chosen.log_severity_level = 3  # errors alone
    chosen.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if exact:
        chosen.add_session_config_entry("session.x64quantprecision", "1")
    elif optimised:
        chosen.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return chosen


@cache
def products_overflow() -> bool:
    """Return whether products of 8 bits overflow on this processor, as on those of Intel and AMD without VNNI.

    They add two products in 16 bits, and cut what is too large; answers would depend on the machine.
    """
    session = onnxruntime.InferenceSession(
        PRODUCT, settings(1, exact=False, optimised=True), providers=["CPUExecutionProvider"]
    )
    largest = {"a": np.full((8, 64), 255, np.uint8), "b": np.full((64, 32), 127, np.int8)}
    (product,) = session.run(None, largest)
    return bool((product != 64 * 255 * 127).any())
