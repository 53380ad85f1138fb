"""Encoders from sentence-transformers: the packaged default or any other. Only this module imports the library."""

import os
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from index.encoder.base import Encoder, Vectors
from index.encoder.identity import digest_of
from index.encoder.packaged import DIGEST as PACKAGED_DIGEST
from index.encoder.packaged import MODEL_FOLDER, QuestionEncoder, check_weights
from index.errors import UnusableModel

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_DEFAULT_MODEL = "all-MiniLM-L6-v2"

_BATCH = 16
"""Texts in one batch. Small batches need less padding and fit the processor's cache; the value was measured."""


class SentenceTransformerEncoder:
    """A sentence-transformers model: the packaged default, or any other.

    The model is loaded once, on first use, and may be used by any number of threads. The default model encodes
    questions without sentence-transformers, which takes seconds to import. Passages are encoded in bfloat16 if the
    processor supports it.

    Args:
        name: the hub name or folder of the model; by default the packaged all-MiniLM-L6-v2.
    """

    def __init__(self, name: str = _DEFAULT_MODEL) -> None:
        self._name = name
        self._loading = Lock()
        self._digest: str | None = None
        self._question_encoder: QuestionEncoder | None = None
        self._model: SentenceTransformer | None = None

    @property
    def name(self) -> str:
        """The model's name or folder, as it was given."""
        return self._name

    @property
    def digest(self) -> str:
        """The digest of the model's files, as `digest_of` returns it; empty if they are not on this machine."""
        if self._name == _DEFAULT_MODEL:
            return PACKAGED_DIGEST
        if self._digest is None:
            self._digest = ""
            with suppress(OSError):  # loading the model will say so
                folder = _folder(self._name)
                self._digest = digest_of(folder) if folder else ""
        return self._digest

    def encode_question(self, question: str) -> Vectors:
        """Return the vector of the question, `(dim,)` float32, of unit length.

        Raises:
            UnusableModel: the model cannot be loaded.
        """
        if self._name == _DEFAULT_MODEL:
            return self._loaded_question_encoder().encode(question)
        vector: Vectors = _unit(self._loaded().encode_query([question], show_progress_bar=False))[0]
        return vector

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of the texts in the same order, `(len(texts), dim)` float32, of unit length.

        The texts are encoded in batches of similar length, longest first.

        Raises:
            UnusableModel: the model cannot be loaded.
        """
        return _unit(self._loaded().encode_document(list(texts), batch_size=_BATCH, show_progress_bar=False))

    def _loaded_question_encoder(self) -> QuestionEncoder:
        with self._loading:
            if self._question_encoder is None:
                self._question_encoder = QuestionEncoder()
            return self._question_encoder

    def _loaded(self) -> "SentenceTransformer":
        with self._loading:
            if self._model is None:
                self._model = _load(self._name)
            return self._model


@cache
def default_encoder() -> Encoder:
    """Return the encoder that this process shares: the model that `CITED_MODEL` names, or the packaged default.

    The model is loaded on first use, not by this call.
    """
    return SentenceTransformerEncoder(os.environ.get("CITED_MODEL") or _DEFAULT_MODEL)


def has_bfloat16() -> bool:
    """Return whether the processor computes in bfloat16. If it has to emulate that, float32 is faster."""
    import torch

    return any(torch.cpu.get_capabilities().get(name) for name in ("avx512_bf16", "amx_bf16"))


def _folder(name: str) -> Path | None:
    """Return the folder with the files of the model: `name` itself, or that of an earlier download."""
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder
    from huggingface_hub import snapshot_download  # slow to import

    for repository in (name, f"sentence-transformers/{name}"):
        with suppress(OSError, ValueError):  # no such model, or not on this machine
            return Path(snapshot_download(repository, local_files_only=True))
    return None


def _load(name: str) -> "SentenceTransformer":
    if name == _DEFAULT_MODEL:
        check_weights()
    # Imported here because the import takes seconds, and many commands need no model.
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    dtype = torch.bfloat16 if has_bfloat16() else torch.float32
    disable_progress_bar()  # loading is too fast for a progress bar
    try:
        if name == _DEFAULT_MODEL:
            return SentenceTransformer(str(MODEL_FOLDER), local_files_only=True, model_kwargs={"dtype": dtype})
        return SentenceTransformer(str(Path(name).expanduser()), model_kwargs={"dtype": dtype})
    except Exception as error:  # the library may raise any error for the files in a folder
        raise UnusableModel(
            f"The model {name!r} could not be loaded ({str(error).strip().splitlines()[0]}); "
            "set CITED_MODEL to a sentence-transformers name or folder, or unset it."
        ) from error


def _unit(vectors: Vectors) -> Vectors:
    """Return `vectors`, `(n, dim)`, with rows scaled to unit length. In bfloat16, their lengths are about 0.9994."""
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit
