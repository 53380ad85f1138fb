"""Networks run by ONNX Runtime, which starts in a tenth of the time that torch takes. Its only importer."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray


class OnnxModel:
    """A network in an ONNX file, on the CPU. Any number of threads may run it at once.

    Args:
        file: the network; its weights may be left out of it.
        threads: how many cores one run uses; 0 for all.
        weights: by name, those that the file leaves out.
    """

    def __init__(self, file: Path, threads: int, weights: Mapping[str, NDArray[np.float32]] | None = None) -> None:
        settings = onnxruntime.SessionOptions()
        settings.intra_op_num_threads = threads
        settings.log_severity_level = 3  # errors alone
        # Without it, products of eight bits overflow on processors that lack VNNI, and answers depend on the machine.
        settings.add_session_config_entry("session.intra_op.allow_spinning", "0")
        if weights:
            values = map(onnxruntime.OrtValue.ortvalue_from_numpy, weights.values())
            settings.add_external_initializers(list(weights), list(values))
        self._session = onnxruntime.InferenceSession(file.read_bytes(), settings, providers=["CPUExecutionProvider"])

    @property
    def inputs(self) -> list[str]:
        """The names of the network's inputs."""
        return [each.name for each in self._session.get_inputs()]

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> Sequence[NDArray[np.float32]]:
        """Return the network's outputs, in its order."""
        outputs: Sequence[NDArray[np.float32]] = self._session.run(None, inputs)
        return outputs
