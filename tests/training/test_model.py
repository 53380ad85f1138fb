"""Both kinds of reader read alike, and as transformers' own models of their kind do."""

from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer
from torch import Tensor
from transformers import AutoModelForQuestionAnswering, DistilBertConfig, DistilBertModel

from qa.reading.tokens import PairTokenizer, padded
from training.model import UnknownArchitecture, load_reader
from training.tokens import OtherVocabulary, pair_tokenizer, save_tokenizer, translation

QUESTION, PASSAGE = "Who opened the conference?", "The conference was opened by Abdel Hamouchi in Marrakech."


@pytest.fixture(params=["bert", "mpnet"])
def encoder(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(request.param)
    return folder


def inputs(folder: Path) -> list[Tensor]:
    tokenizer = PairTokenizer(pair_tokenizer(folder).to_str())
    read = padded([*tokenizer.windows(QUESTION, PASSAGE), *tokenizer.windows("Where?", "In Marrakech.")])
    return [torch.from_numpy(array) for array in (read.ids, read.types, read.attended)]


def test_a_saved_reader_reads_the_same_and_so_does_transformers_own_model(encoder: Path, tmp_path: Path) -> None:
    reader = load_reader(encoder).train(False)
    reader.save_pretrained(tmp_path)
    save_tokenizer(pair_tokenizer(encoder), reader.config.model_type, tmp_path)
    ids, types, attended = inputs(encoder)
    start, end, relevance = reader(ids, types, attended)
    again = load_reader(tmp_path).train(False)(ids, types, attended)
    assert torch.allclose(again[2], relevance, atol=1e-6)
    given = {"input_ids": ids[:1], "attention_mask": attended[:1]}  # without padding, whose id differs
    given |= {"token_type_ids": types[:1]} if reader.config.model_type == "bert" else {}
    other = AutoModelForQuestionAnswering.from_pretrained(tmp_path).train(False)(**given)
    assert torch.allclose(other.start_logits, start[:1], atol=1e-5)
    assert torch.allclose(other.end_logits, end[:1], atol=1e-5)


def test_fused_attention_changes_nothing_that_is_read(encoder: Path) -> None:
    reader = load_reader(encoder).train(False)
    given = inputs(encoder)
    plain = reader(*given)
    reader.fuse()
    read = given[2].bool()
    fused = reader(*given)
    assert torch.allclose(fused[0][read], plain[0][read], atol=1e-5)
    assert torch.allclose(fused[2], plain[2], atol=1e-5)


def test_padding_changes_nothing_that_is_read(encoder: Path) -> None:
    reader = load_reader(encoder).train(False)
    ids, types, attended = inputs(encoder)
    length = int(attended[1].sum())
    assert length < ids.shape[1]
    alone = reader(ids[1:, :length], types[1:, :length], attended[1:, :length])
    assert torch.allclose(alone[0], reader(ids, types, attended)[0][1:, :length], atol=1e-5)


def test_a_reader_of_some_layers_is_these_layers(encoder: Path) -> None:
    reader, whole = load_reader(encoder), load_reader(encoder)
    reader.keep([1])
    assert reader.config.num_hidden_layers == len(reader.layers) == 1
    kept, first = reader.layers[0].state_dict(), whole.layers[1].state_dict()
    assert all(torch.equal(kept[name], first[name]) for name in first)


def test_a_pair_has_the_same_places_in_both_kinds(bert: Path, mpnet: Path) -> None:
    one, other = (pair_tokenizer(folder) for folder in (bert, mpnet))
    pairs = [tokenizer.encode(QUESTION, PASSAGE) for tokenizer in (one, other)]
    assert pairs[0].offsets == pairs[1].offsets
    assert pairs[0].type_ids == pairs[1].type_ids
    words = translation(other, one)
    assert words[torch.tensor(pairs[1].ids)].tolist() == pairs[0].ids


def test_models_that_know_other_words_cannot_teach_one_another(bert: Path) -> None:
    tokenizer = pair_tokenizer(bert)
    other = Tokenizer.from_str(tokenizer.to_str())
    other.add_tokens(["qasbah"])
    with pytest.raises(OtherVocabulary, match="only one of the models knows 'qasbah'"):
        translation(other, tokenizer)


def test_a_model_of_another_kind_is_refused_in_one_sentence(tmp_path: Path) -> None:
    DistilBertModel(DistilBertConfig(dim=16, n_layers=1, n_heads=2, hidden_dim=16)).save_pretrained(tmp_path)
    with pytest.raises(UnknownArchitecture, match=r"of the kind 'distilbert'; a reader is made of bert or mpnet\.$"):
        load_reader(tmp_path)
