"""Span networks of transformers, by name or folder. Importing this module imports torch, which takes seconds."""

import torch
from transformers import AutoModelForQuestionAnswering, AutoTokenizer, PreTrainedModel, PreTrainedTokenizerBase
from transformers.utils.logging import disable_progress_bar, set_verbosity_error

from qa.reading.network import Logits, UnusableReader
from qa.reading.tokens import LONGEST_INPUT, PairTokenizer, Window, padded

_REMEDY = "set CITED_READER to a question-answering model of transformers, by name or folder, or unset it."


class TransformersNetwork:
    """An extractive question-answering model, by its name on the hub or its folder; on the GPU if there is one.

    Raises:
        UnusableReader: it cannot be loaded, was not trained to answer questions, or does not give tokens' offsets.
    """

    def __init__(self, name: str) -> None:
        self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self._model, tokenizer = _load(name)
        self._model.train(False).to(self._device)
        self._has_types = "token_type_ids" in tokenizer.model_input_names
        definition = tokenizer.backend_tokenizer.to_str()
        self.tokenizer = PairTokenizer(definition, min(LONGEST_INPUT, tokenizer.model_max_length))

    @torch.inference_mode()
    def run(self, window: Window) -> Logits:
        """Return the model's logits for one window."""
        inputs = padded([window])
        given = {"input_ids": inputs.ids, "attention_mask": inputs.attended}
        if self._has_types:
            given["token_type_ids"] = inputs.types
        out = self._model(**{name: torch.from_numpy(array).to(self._device) for name, array in given.items()})
        return Logits(out.start_logits[0].cpu().numpy(), out.end_logits[0].cpu().numpy(), relevance=None)


def _load(name: str) -> tuple[PreTrainedModel, PreTrainedTokenizerBase]:
    disable_progress_bar()
    set_verbosity_error()  # the error below says the same in one sentence
    try:
        tokenizer = AutoTokenizer.from_pretrained(name)
        model, loaded = AutoModelForQuestionAnswering.from_pretrained(
            name, dtype=torch.float32, output_loading_info=True
        )
    except Exception as error:  # the library can raise anything at all for a damaged folder
        reason = str(error).strip().splitlines()[0]
        raise UnusableReader(f"The reader {name!r} could not be loaded ({reason}); {_REMEDY}") from error
    if loaded["missing_keys"]:
        raise UnusableReader(f"The model {name!r} was not trained to answer questions; {_REMEDY}")
    if not tokenizer.is_fast:
        raise UnusableReader(f"The tokenizer of {name!r} cannot tell where its tokens stand; {_REMEDY}")
    return model, tokenizer
