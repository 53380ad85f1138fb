"""Tokenizers of readers: one form of pairs for all models, and a mapping of ids between two vocabularies."""

from pathlib import Path

import torch
from tokenizers import Tokenizer
from tokenizers.processors import TemplateProcessing
from torch import Tensor
from transformers import PreTrainedTokenizerFast

_SPECIAL = {"[PAD]": "<pad>", "[CLS]": "<s>", "[SEP]": "</s>"}
"""MPNet's names for BERT's special tokens."""

_INPUTS = {"bert": ["input_ids", "token_type_ids", "attention_mask"], "mpnet": ["input_ids", "attention_mask"]}
"""Inputs of each model type, by the names of transformers."""


class OtherVocabulary(ValueError):
    """Two models have different vocabularies, so that one cannot learn from the other token by token."""


def pair_tokenizer(folder: Path) -> Tokenizer:
    """Return the tokenizer of the model in `folder`; it encodes pairs as BERT does, with one separator.

    MPNet's own form has two separators, which would move its passages one position further than BERT's.
    """
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    first, separator = tokenizer.encode("").tokens
    special = [(token, tokenizer.token_to_id(token)) for token in (first, separator)]
    tokenizer.post_processor = TemplateProcessing(
        single=f"{first}:0 $A:0 {separator}:0",
        pair=f"{first}:0 $A:0 {separator}:0 $B:1 {separator}:1",
        special_tokens=special,
    )
    return tokenizer


def save_tokenizer(tokenizer: Tokenizer, kind: str, folder: Path) -> None:
    """Write `tokenizer` to `folder` for a model type of _INPUTS, for this project and for transformers."""
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, model_input_names=_INPUTS[kind], model_max_length=512
    ).save_pretrained(folder)


def translation(source: Tokenizer, target: Tokenizer) -> Tensor:
    """Return (ids of `source`,) int64: the id of each token in the vocabulary of `target`.

    A special token that `target` lacks becomes its unknown token.

    Raises:
        OtherVocabulary: `target` lacks other tokens than special ones.
    """
    known = target.get_vocab()
    known |= {there: known[here] for here, there in _SPECIAL.items() if here in known}
    known |= {here: known[there] for here, there in _SPECIAL.items() if there in known}
    words = source.get_vocab()
    missing = [word for word in words if word not in known and not word.startswith(("<", "["))]
    if missing:
        raise OtherVocabulary(f"The vocabularies differ: only one of the models knows {missing[0]!r}.")
    ids = torch.full((max(words.values()) + 1,), known["[UNK]"])
    for word, number in words.items():
        ids[number] = known.get(word, known["[UNK]"])
    return ids
