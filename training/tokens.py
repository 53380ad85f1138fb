"""Tokenizers of readers: pairs in one form whatever the model, and ids of one in those of another."""

from pathlib import Path

import torch
from tokenizers import Tokenizer
from tokenizers.processors import TemplateProcessing
from torch import Tensor
from transformers import PreTrainedTokenizerFast

SPECIAL = {"[PAD]": "<pad>", "[CLS]": "<s>", "[SEP]": "</s>"}
"""What MPNet calls BERT's special tokens."""

INPUTS = {"bert": ["input_ids", "token_type_ids", "attention_mask"], "mpnet": ["input_ids", "attention_mask"]}
"""What a model of each kind takes, by the names of transformers."""


class OtherVocabulary(ValueError):
    """Two models do not read the same words, so that one cannot learn from the other token by token."""


def pair_tokenizer(folder: Path) -> Tokenizer:
    """Return the tokenizer of the model in `folder`, encoding pairs as BERT does, with one separator between them.

    MPNet's own form has two, which would put its passages one place further than BERT's.
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
    """Write `tokenizer` to `folder` for a model of `kind`, one of INPUTS, for this project and for transformers."""
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, model_input_names=INPUTS[kind], model_max_length=512
    ).save_pretrained(folder)


def translation(source: Tokenizer, target: Tokenizer) -> Tensor:
    """Return (ids of `source`,) int64: what each token is in the vocabulary of `target`.

    A special token that `target` lacks is unknown there.

    Raises:
        OtherVocabulary: `target` lacks more than special tokens.
    """
    known = target.get_vocab()
    known |= {there: known[here] for here, there in SPECIAL.items() if here in known}
    known |= {here: known[there] for here, there in SPECIAL.items() if there in known}
    words = source.get_vocab()
    missing = [word for word in words if word not in known and not word.startswith(("<", "["))]
    if missing:
        raise OtherVocabulary(f"The vocabularies differ: only one of the models knows {missing[0]!r}.")
    ids = torch.full((max(words.values()) + 1,), known["[UNK]"])
    for word, number in words.items():
        ids[number] = known.get(word, known["[UNK]"])
    return ids
