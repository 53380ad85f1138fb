"""The commands of the recipe, one after the other, on data and models of no size."""

import json
from pathlib import Path

import pytest
import torch

from qa.reading.excerpt import Excerpt
from qa.reading.finding import Finding
from qa.reading.load import load_reader
from training import distil, export, mine, teacher
from training.checkpoint import load_checkpoint, save_checkpoint
from training.model import load_reader as load_model

pytestmark = pytest.mark.filterwarnings("ignore")  # torch's exporter warns of its own future

PASSAGE = "The station of Rabat was opened in the spring. It has nine platforms."


@pytest.fixture(scope="module")
def distractors(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mined") / "distractors.npz"
    mine.main(["--data", str(data), "--out", str(path)])
    return path


def options(data: Path, distractors: Path, out: Path, seconds: float) -> list[str]:
    given = {"data": data, "distractors": distractors, "out": out, "minutes": seconds / 60, "tokens": 512}
    return [text for name, value in given.items() for text in (f"--{name}", str(value))]


@pytest.fixture(scope="module")
def taught(data: Path, distractors: Path, mpnet: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("teacher")
    teacher.main([*options(data, distractors, out, 1.5), "--init", str(mpnet), "--rate", "1e-3"])
    return out


def read(folder: Path) -> Finding:
    return load_reader(str(folder)).read("What was opened in Rabat?", [Excerpt(PASSAGE)])[0]


def test_what_two_teachers_teach_becomes_two_readers(
    data: Path, distractors: Path, taught: Path, bert: Path, tmp_path: Path
) -> None:
    teachers = ["--teacher", str(taught / "teacher")] * 2
    distil.main([*options(data, distractors, tmp_path, 2), *teachers, "--layers", "0 2", "--small", str(bert)])
    last = json.loads((tmp_path / "log.jsonl").read_text().splitlines()[-1])
    assert set(last["loss"]) == {"large", "small"}
    for name in ("large", "small"):
        config = json.loads((tmp_path / name / "config.json").read_text())
        assert config["num_hidden_layers"] == 2
        exported = tmp_path / "exported" / name
        export.main([str(tmp_path / name), str(exported), "--typical", str(data / "squad-train.json.gz")])
        for folder in (tmp_path / name, exported):
            assert 0 <= read(folder).span.start < read(folder).span.end <= len(PASSAGE)


def test_students_go_on_from_earlier_students(
    data: Path, distractors: Path, taught: Path, bert: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    given = ["--teacher", str(taught / "teacher"), "--layers", "0 2"]
    distil.main([*options(data, distractors, first, 1), *given, "--small", str(bert)])
    begun = ["--large", str(first / "large"), "--small", str(first / "small"), "--synthetic", "0.2", "--altered", "0.2"]
    distil.main([*options(data, distractors, second, 0.01), *given, *begun])
    for name in ("large", "small"):
        earlier, later = (load_model(folder / name).relevance.weight for folder in (first, second))
        assert torch.allclose(earlier, later, atol=1e-3)


def test_a_stopped_run_goes_on_where_its_checkpoint_stands(
    data: Path, distractors: Path, taught: Path, mpnet: Path
) -> None:
    def run(seconds: float) -> None:
        teacher.main([*options(data, distractors, taught, seconds), "--init", str(mpnet), "--rate", "1e-3"])

    before = load_checkpoint(taught / "checkpoint.pt")
    run(0.01)  # which is less than is spent: nothing more is learnt
    same = load_checkpoint(taught / "checkpoint.pt")
    assert same["pool"] == before["pool"]
    weights = [state["learners"]["teacher"]["reader"]["relevance.weight"] for state in (before, same)]
    assert torch.equal(*weights)
    run(before["spent"] + 1)
    after = load_checkpoint(taught / "checkpoint.pt")
    assert after["spent"] > before["spent"]
    steps = [state["learners"]["teacher"]["schedule"]["last_epoch"] for state in (before, after)]
    assert steps[1] > steps[0] > 0


def test_a_checkpoint_that_cannot_be_written_leaves_the_last_one(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint.pt"
    save_checkpoint({"rows": 1}, path)
    with pytest.raises(TypeError):
        save_checkpoint({"weights": torch.zeros(1000), "rows": (i for i in range(2))}, path)
    assert load_checkpoint(path) == {"rows": 1}
