"""Read with torch: the reader in training, or any other question-answering model of transformers like BERT."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from qa.encoding import Inputs, PairTokenizer
from qa.reading import Reading, read
from training.model import load_reader


class TorchReader:
    """The reader in a model folder of transformers, in full precision, on the GPU if there is one."""

    def __init__(self, folder: Path) -> None:
        self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self._model = load_reader(folder).train(False)
        self._model.to(self._device)
        self._tokenizer = PairTokenizer(folder)

    def read(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """Return the best span of each of `passages`, offsets into it, in their order."""
        return read(self._logits, self._tokenizer, question, passages)

    @torch.inference_mode()
    def _logits(self, inputs: Inputs) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        ids, types, attended = map(self._tensor, (inputs.ids, inputs.types, inputs.attended))
        out = self._model(input_ids=ids, token_type_ids=types, attention_mask=attended)
        return out.start_logits.cpu().numpy(), out.end_logits.cpu().numpy()

    def _tensor(self, array: NDArray[np.int64]) -> Tensor:
        return torch.from_numpy(array).to(self._device)
