"""What the README and its pages show does what they say, verbatim."""

import re
from pathlib import Path

import pytest
from fpdf import FPDF

from cited import Document, open_collection
from tests.conftest import REPOSITORY, ROOMS


@pytest.mark.usefixtures("about_the_article")
@pytest.mark.parametrize("page", ["README.md", "docs/python.md"])
def test_the_python_on_a_page_runs_as_it_stands(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    interview = FPDF()
    interview.add_page()
    interview.set_font("Helvetica", size=12)
    interview.write(
        text="The minister promised a new hospital in Galway by 2030. The journalists asked who pays for it."
    )
    monkeypatch.chdir(tmp_path)
    interview.output("interview.pdf")
    (code,) = re.findall(r"```python\n(.*?)```", (REPOSITORY / page).read_text(encoding="utf-8"), re.DOTALL)

    names: dict[str, object] = {}
    exec(compile(code, page, "exec"), names)

    if page == "README.md":
        assert "hospital" in capsys.readouterr().out
    else:
        assert (tmp_path / "evidence.html").exists()
        assert names["titles"] == ["interview"]


@pytest.mark.filterwarnings("ignore")  # those of packages that are not ours
@pytest.mark.usefixtures("about_the_article")
@pytest.mark.parametrize("package", ["langchain_core", "llama_index", "haystack"])
def test_a_retriever_of_at_most_25_lines_finds_a_passage_and_its_place(
    package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HAYSTACK_TELEMETRY_ENABLED", "False")
    pytest.importorskip(package, reason="needs pip install 'cited[retrievers]'")
    page = (REPOSITORY / "docs" / "retrievers.md").read_text(encoding="utf-8")
    (code,) = [code for code in re.findall(r"```python\n(.*?)```", page, re.DOTALL) if f"from {package}" in code]
    monkeypatch.chdir(tmp_path)
    with open_collection("my-documents") as collection:
        collection.add(Document("The minister promised a new hospital in Galway by 2030.", "interview"))

    exec(compile(code, package, "exec"), {"__name__": package})

    assert capsys.readouterr().out == "The minister promised a new hospital in Galway by 2030. line 1\n"
    assert len(code.splitlines()) <= 25


def test_every_link_to_a_file_leads_to_one() -> None:
    for page in [*REPOSITORY.glob("*.md"), *REPOSITORY.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_file_that_the_walk_through_the_code_names_is_there() -> None:
    walk = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = re.findall(r"`([\w/]+(?:\.py|\.js|\.ts|/))`", walk)
    there = [f"/{path}" for room in ROOMS for path in [room, *(REPOSITORY / room).rglob("*")]]

    assert len(named) > 100
    assert [name for name in named if not any(path.endswith(f"/{name.rstrip('/')}") for path in there)] == []
