"""The code is laid out as docs and design say: what may import what, and what others may rely on."""

import ast
from pathlib import Path

import pytest

import index
import qa
from tests.conftest import REPOSITORY, RunPython

# Each module imports only from modules above it.
ORDER = [
    "index.document",
    "index.formats",
    "index.formats.content",
    "index.formats.encoding",
    "index.formats.markdown",
    "index.formats.html",
    "index.formats.bidi",
    "index.formats.pdf",
    "index.formats.archive",
    "index.formats.word",
    "index.formats.epub",
    "index.read",
    "index.passage",
    "index.encoder",
    "index.onnx_model",
    "index.packaged",
    "index.sentence_transformer",
    "index.contract",
    "index.sqlite_file",
    "index.database",
    "index.lock",
    "index.manifest",
    "index.dense",
    "index.lexical",
    "index.fusion",
    "index.collection",
    "index.lite",
    "index.milvus_rows",
    "index.milvus_store",
    "index.milvus",
    "index.address",
    "index.copy",
    "index",
    "qa.dateline",
    "qa.answer",
    "qa.agreement",
    "qa.names",
    "qa.overview",
    "qa.article",
    "qa.language",
    "qa.spelling",
    "qa.encoding",
    "qa.span",
    "qa.speech",
    "qa.attribution",
    "qa.reading",
    "qa.calibration",
    "qa.reader",
    "qa.transformers_reader",
    "qa.ask",
    "qa.suggestions",
    "qa.question",
    "qa.follow_up",
    "qa.conversation",
    "qa.card",
    "qa.verification",
    "qa.transcript",
    "qa.feedback",
    "qa",
    "qa.adding",
    "qa.__main__",
    "page.origin",
    "page.view",
    "app",
    "tests",
    "training",
    "bench",
]
OURS = {"index", "qa", "page", "app", "training", "bench", "tests"}
TOGETHER = {"tests", "training", "bench"}
ONLY_IMPORTER = {
    "chardet": "index.formats.encoding",
    "lxml": "index.formats.html",
    "pypdfium2": "index.formats.pdf",
    "sentencex": "index.passage",
    "sentence_transformers": "index.sentence_transformer",
    "sqlite3": "index.sqlite_file",
    "filelock": "index.lock",
    "xxhash": "index.manifest",
    "faiss": "index.dense",
    "tantivy": "index.lexical",
    "onnxruntime": "index.onnx_model",
    "milvus_lite": "index.lite",
    "pymilvus": "index.milvus_store",
    "grpc": "index.milvus_store",
    "gradio": "app",
}


def name_of(file: Path) -> str:
    parts = file.relative_to(REPOSITORY).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {
    name_of(file): ast.parse(file.read_text(encoding="utf-8"))
    for pattern in ("index/**/*.py", "qa/*.py", "page/*.py", "app.py", "training/*.py", "bench/*.py")
    for file in sorted(REPOSITORY.glob(pattern))
}


def imports(tree: ast.AST) -> set[str]:
    """The modules that `tree` imports anywhere, in functions too."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports name their module in full"
            found.add(node.module or "")
    return found


def rank(module: str) -> int:
    """What tests share, training, and then the measurements, which may compare with anything, stand at the end."""
    package = module.split(".", maxsplit=1)[0]
    return ORDER.index(package if package in TOGETHER else module)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_modules_above_it(module: str) -> None:
    ours = {name for name in imports(MODULES[module]) if name.split(".")[0] in OURS}

    assert [
        name
        for name in ours
        if rank(name) > rank(module) or (rank(name) == rank(module) and name.split(".")[0] not in TOGETHER)
    ] == []


@pytest.mark.parametrize(("library", "module"), ONLY_IMPORTER.items())
def test_a_heavy_library_is_imported_by_one_module_of_the_product(library: str, module: str) -> None:
    importers = {
        name
        for name, tree in MODULES.items()
        if name.split(".")[0] not in TOGETHER and library in {imported.split(".")[0] for imported in imports(tree)}
    }

    assert importers == {module}


def test_the_model_and_the_page_are_not_loaded_before_they_are_needed(python: RunPython) -> None:
    heavy = {"torch", "sentence_transformers", "gradio", "chardet", "lxml", "pymilvus", "pypdfium2"}

    done = python("-c", f"import sys, qa; print({heavy} & set(sys.modules))")

    assert (done.stdout, done.stderr) == ("set()\n", "")


def test_the_exported_names_are_these() -> None:
    assert index.__all__ == [
        "SUFFIXES",
        "AnyCollection",
        "CitedError",
        "Collection",
        "DamagedCollection",
        "Document",
        "EmptyDocument",
        "Encoder",
        "Hit",
        "InvalidText",
        "Passage",
        "Place",
        "Report",
        "SentenceTransformerEncoder",
        "Span",
        "SpanOutsideText",
        "UnknownDocument",
        "UnreadableFile",
        "UnusableCollection",
        "UnusableModel",
        "UnusableQuestion",
        "copy",
        "default_encoder",
        "is_collection",
        "open_collection",
        "read",
        "sentences",
        "split",
        "without_password",
    ]
    assert qa.__all__ == [
        "Answer",
        "Attribution",
        "Citation",
        "Claim",
        "Conversation",
        "Evidence",
        "Form",
        "Reader",
        "UnusableReader",
        "article",
        "article_collection",
        "ask",
        "suggestions",
    ]


@pytest.mark.parametrize("name", [name for name in index.__all__ if isinstance(getattr(index, name), type)])
def test_every_error_is_a_cited_error(name: str) -> None:
    exported = getattr(index, name)

    assert not issubclass(exported, BaseException) or issubclass(exported, index.CitedError)
