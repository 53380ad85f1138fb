"""Encoders from sentence-transformers: the packaged default or any other. The only module that imports the library."""

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from index.encoder.base import Encoder, Vectors
from index.encoder.packaged import MODEL_FOLDER, QuestionEncoder, check_weights
from index.errors import UnusableModel

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL = "all-MiniLM-L6-v2"

BATCH = 16
"""Texts that the model reads at once. Fewer are padded less, and stay in the processor's cache; measured."""


class SentenceTransformerEncoder:
    """A sentence-transformers model: the packaged default, or any other by its hub name or folder.

    Models are loaded on first use, once, whichever thread comes first. The default's questions are encoded without
    sentence-transformers, which takes seconds to import. Passages are encoded in bfloat16 where the processor has it.
    """

    def __init__(self, name: str = DEFAULT_MODEL) -> None:
        self._name = name
        self._loading = Lock()
        self._question_encoder: QuestionEncoder | None = None
        self._model: SentenceTransformer | None = None

    @property
    def name(self) -> str:
        return self._name

    def encode_question(self, question: str) -> Vectors:
        """Raises `UnusableModel` if the model cannot be loaded."""
        if self._name == DEFAULT_MODEL:
            return self._loaded_question_encoder().encode(question)
        vector: Vectors = _unit(self._loaded().encode_query([question], show_progress_bar=False))[0]
        return vector

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Encode in batches of similar length, longest first. Raises `UnusableModel` if the model cannot be loaded."""
        return _unit(self._loaded().encode_document(list(texts), batch_size=BATCH, show_progress_bar=False))

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
    """Return this process's one encoder: the model that `CITED_MODEL` names, or the packaged default."""
    return SentenceTransformerEncoder(os.environ.get("CITED_MODEL") or DEFAULT_MODEL)


def has_bfloat16() -> bool:
    """Return whether the processor computes in bfloat16; where it has to emulate that, float32 is faster."""
    import torch

    return any(torch.cpu.get_capabilities().get(name) for name in ("avx512_bf16", "amx_bf16"))


def _load(name: str) -> "SentenceTransformer":
    if name == DEFAULT_MODEL:
        check_weights()
    # Imported here because it takes seconds, and much that people do needs no model.
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    dtype = torch.bfloat16 if has_bfloat16() else torch.float32
    disable_progress_bar()  # loading takes no time worth a bar
    try:
        if name == DEFAULT_MODEL:
            return SentenceTransformer(str(MODEL_FOLDER), local_files_only=True, model_kwargs={"dtype": dtype})
        return SentenceTransformer(str(Path(name).expanduser()), model_kwargs={"dtype": dtype})
    except Exception as error:  # a folder's files can make the library raise anything at all
        raise UnusableModel(
            f"The model {name!r} could not be loaded ({str(error).strip().splitlines()[0]}); "
            "set CITED_MODEL to a sentence-transformers name or folder, or unset it."
        ) from error


def _unit(vectors: Vectors) -> Vectors:
    """Return `vectors`, `(n, dim)`, with rows of unit length: those that a model makes in bfloat16 are .9994 long."""
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit
