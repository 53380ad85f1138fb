"""A collection on Milvus stays whole whoever is stopped, late or in the way; what is Milvus's own is said plainly."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from index import (
    Document,
    FolderCollection,
    Report,
    UnknownDocument,
    UnusableCollection,
    is_collection,
    open_collection,
    split,
)
from index.milvus.collection import MilvusCollection
from index.milvus.store import DOCUMENTS, PASSAGES, ROWS
from index.reread import reread
from index.testing import EVERYWHERE, ONE_SENTENCE, BagOfWords, check_whole, numbered
from qa.cli import main
from tests.conftest import REPOSITORY, RunPython

pymilvus = pytest.importorskip("pymilvus", reason="needs pip install 'cited[milvus]'")

LONG = Document("\n\n".join(f"The paragraph {n}: {'the ' * 150}" for n in range(ROWS + 50)), "long")
"""A document whose passages do not fit one call, and match `EVERYWHERE` better than any other."""


@pytest.fixture
def file(tmp_path: Path) -> str:
    return str(tmp_path / "collection.db")


@pytest.fixture
def mine(file: str) -> Iterator[MilvusCollection]:
    with MilvusCollection(file, BagOfWords()) as collection:
        collection.add(numbered(0))
        yield collection


@pytest.fixture
def yours(mine: MilvusCollection) -> Iterator[MilvusCollection]:
    with MilvusCollection(mine.address, BagOfWords()) as collection:
        yield collection


def test_no_files_are_kept_so_none_are_read_again(mine: MilvusCollection) -> None:
    with pytest.raises(UnusableCollection, match="keeps no files"):
        list(reread(mine))


class Stopped(Exception):
    """What a process that is killed does next."""


Interfere = Callable[[str, int, Callable[[], object]], None]


@pytest.fixture
def before(monkeypatch: pytest.MonkeyPatch) -> Interfere:
    """Do something before the n-th call, from 0, of one of Milvus's operations, and not in what that calls itself."""

    def interfere(operation: str, call: int, do: Callable[[], object]) -> None:
        real = getattr(pymilvus.MilvusClient, operation)
        calls: list[str] = []

        def interfered(*arguments: Any, **options: Any) -> Any:
            calls.append(operation)
            if len(calls) == call + 1:
                monkeypatch.setattr(pymilvus.MilvusClient, operation, real)
                do()
            return real(*arguments, **options)

        monkeypatch.setattr(pymilvus.MilvusClient, operation, interfered)

    return interfere


def stop() -> None:
    raise Stopped


# Who is stopped


@pytest.mark.parametrize("call", range(4))
def test_of_an_add_that_was_stopped_nothing_is_seen_and_it_can_be_done_again(
    mine: MilvusCollection, yours: MilvusCollection, before: Interfere, call: int
) -> None:
    before("upsert", call, stop)  # two calls for the passages, one for the text, one for what makes it visible
    with pytest.raises(Stopped):
        mine.add(LONG)

    for collection in (mine, yours):
        assert collection.documents() == [numbered(0)]
        check_whole(collection)
        with pytest.raises(UnknownDocument):
            collection.remove(LONG.id)
    assert yours.add(LONG) == [LONG]
    check_whole(mine)


@pytest.mark.parametrize("call", range(3))
def test_of_a_removal_that_was_stopped_nothing_is_left_to_be_seen(
    mine: MilvusCollection, yours: MilvusCollection, before: Interfere, call: int
) -> None:
    mine.add(LONG)
    before("delete", call, stop)
    with pytest.raises(Stopped):
        mine.remove(LONG.id)

    for collection in (mine, yours):
        assert collection.documents() == [numbered(0)]
        check_whole(collection)
    assert yours.add(LONG) == [LONG]
    check_whole(mine)


ADD_FOR_EVER = """
import sys
from index import open_collection
from index.testing import BagOfWords
from index.testing import numbered
with open_collection(sys.argv[1], BagOfWords()) as collection:
    for number in range(1_000_000):
        if collection.add(numbered(number)):
            print(number, flush=True)
"""


@pytest.mark.parametrize("on_server", [False, True], ids=["file", "server"])
def test_a_killed_process_leaves_only_whole_documents(
    file: str, request: pytest.FixtureRequest, on_server: bool
) -> None:
    address = f"{request.getfixturevalue('milvus_server')}/killed" if on_server else file
    with subprocess.Popen(
        [sys.executable, "-c", ADD_FOR_EVER, address], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    ) as adding:
        assert adding.stdout is not None
        reported = [int(adding.stdout.readline()) for _ in range(5)]
        adding.kill()

    with open_collection(address, BagOfWords()) as collection:
        assert {numbered(number).id for number in reported} <= set(collection.document_ids())
        check_whole(collection)


@pytest.mark.parametrize("call", range(6))
def test_of_two_documents_that_replace_each_other_none_is_lost_whoever_is_stopped(
    mine: MilvusCollection, yours: MilvusCollection, before: Interfere, call: int
) -> None:
    before("upsert" if call < 4 else "delete", call % 4, stop)  # three calls to add, one to hide, three to delete
    with pytest.raises(Stopped):
        mine.replace(numbered(0).id, numbered(1))

    assert yours.documents() in ([numbered(0)], [numbered(0), numbered(1)], [numbered(1)])
    check_whole(yours)
    if numbered(0) in yours.documents():
        yours.replace(numbered(0).id, numbered(1))
    assert mine.documents() == [numbered(1)]
    mine.replace(numbered(1).id, numbered(1))
    assert yours.documents() == [numbered(1)]


# Who is late, or sees it otherwise


@pytest.mark.parametrize("call", range(4))
def test_adders_who_do_not_agree_on_the_title_do_not_mix(
    mine: MilvusCollection, yours: MilvusCollection, before: Interfere, call: int
) -> None:
    other = Document(LONG.text, "t" * 70_000)
    before("upsert", call, lambda: yours.add(other))
    mine.add(LONG)

    _, kept = yours.documents()
    assert (kept.text, kept.title) in {(LONG.text, LONG.title), (other.text, other.title)}
    check_whole(yours)
    yours.remove(LONG.id)
    check_whole(mine)


def test_an_adder_that_was_overtaken_by_another_and_a_remover_begins_again(
    mine: MilvusCollection, yours: MilvusCollection, before: Interfere
) -> None:
    def overtake() -> None:
        yours.add(LONG)
        yours.remove(LONG.id)

    before("upsert", 3, overtake)

    assert mine.add(LONG) == [LONG]
    assert yours.documents() == [numbered(0), LONG]
    check_whole(yours)


def test_a_late_remover_does_not_touch_what_has_been_added_again(
    mine: MilvusCollection, yours: MilvusCollection, before: Interfere
) -> None:
    mine.add(LONG)
    before("delete", 0, lambda: yours.add(LONG))
    mine.remove(LONG.id)

    assert yours.documents() == [numbered(0), LONG]
    check_whole(yours)


def test_a_document_completed_during_a_search_is_found_whole_or_not_at_all(
    mine: MilvusCollection, yours: MilvusCollection, before: Interfere
) -> None:
    before("upsert", 1, stop)
    with pytest.raises(Stopped):
        mine.add(LONG)
    before("query", 0, lambda: yours.add(LONG))  # the first look-up after the two rankings

    hits = mine.search(EVERYWHERE, k=1000)

    assert sum(hit.passage.document == LONG for hit in hits) in {0, ROWS + 50}
    check_whole(mine)


def test_a_document_removed_during_a_search_is_found_whole_or_not_at_all(
    mine: MilvusCollection, yours: MilvusCollection, before: Interfere
) -> None:
    mine.add(LONG)
    mine.search(EVERYWHERE)
    for call in range(4):
        before("query", call, lambda: yours.remove(LONG.id))
        hits = mine.search(EVERYWHERE, k=1000)

        assert sum(hit.passage.document == LONG for hit in hits) in {0, ROWS + 50}
        check_whole(mine)
        mine.add(LONG)


# What is in the way


HOLD = """
import sys
from index import open_collection
from index.testing import BagOfWords
with open_collection(sys.argv[1], BagOfWords()):
    print("open", flush=True)
    sys.stdin.read()
"""


def test_a_file_that_another_process_has_open_is_refused_in_one_sentence(file: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, file], cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(UnusableCollection, match=ONE_SENTENCE) as refusal:
            open_collection(file, BagOfWords())
        holder.communicate()

    assert "Another process" in str(refusal.value)
    assert file in str(refusal.value)
    with open_collection(file, BagOfWords()) as collection:
        assert collection.add(numbered(1))


def test_where_nothing_answers_one_sentence_says_so_and_not_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.milvus.store.CONNECTING", 1.0)
    for address in ("http://me:secret@127.0.0.1:1/legal", "http://127.0.0.1:port", "ftp://me:secret@127.0.0.1"):
        with pytest.raises(UnusableCollection, match=ONE_SENTENCE) as refusal:
            open_collection(address, BagOfWords())

        assert "127.0.0.1" in str(refusal.value)
        assert "secret" not in str(refusal.value)


def test_a_file_of_something_else_is_refused_in_one_sentence_and_left_as_it_is(file: str) -> None:
    Path(file).write_text("Mine.")

    with pytest.raises(UnusableCollection, match=ONE_SENTENCE) as refusal:
        open_collection(file, BagOfWords())

    assert file in str(refusal.value)
    assert Path(file).read_text() == "Mine."


def test_a_source_that_milvus_cannot_keep_is_refused_in_one_sentence_and_nothing_of_it_written(
    mine: MilvusCollection,
) -> None:
    with pytest.raises(UnusableCollection, match=ONE_SENTENCE) as refusal:
        mine.add(Document("Some text.", "long", "ш" * 33_000))

    assert "65,535 bytes" in str(refusal.value)
    assert mine.search("text")[0].passage.document == numbered(0)
    assert mine.sources() == {numbered(0).id: ""}


def test_without_the_package_one_sentence_says_how_to_get_it(file: str, python: RunPython) -> None:
    code = "import sys; sys.modules['pymilvus'] = None; from qa.cli import main; main(sys.argv[1:])"
    done = python("-c", code, "add", REPOSITORY / "LICENSE", "--collection", file)

    assert done.stderr.startswith("cited: Milvus takes packages that are not installed;")
    assert done.stderr.endswith("pip install 'cited[milvus]'.\n")


# What is checked


def test_a_check_counts_what_is_there_and_finds_nothing_wrong(mine: MilvusCollection) -> None:
    mine.add(LONG)
    passages = sum(len(split(document)) for document in mine.documents())

    assert mine.check() == Report(documents=2, passages=passages, findings=(), recall=None)


@pytest.mark.parametrize(
    ("name", "rows"), [(DOCUMENTS, 'kind == "text"'), (PASSAGES, f'id like "{LONG.id}-0-%/7"')], ids=["text", "passage"]
)
def test_a_check_finds_what_another_program_has_deleted(milvus_server: str, name: str, rows: str) -> None:
    database = f"checked_{name}"
    with MilvusCollection(f"{milvus_server}/{database}", BagOfWords()) as collection:
        collection.add(LONG)
        client = pymilvus.MilvusClient(milvus_server, db_name=database)
        client.delete(name, filter=rows)
        client.close()
        (finding,) = collection.check().findings

    assert LONG.id in finding
    assert re.match(ONE_SENTENCE, finding)


def test_a_rebuild_deletes_what_an_interrupted_removal_has_left(milvus_server: str, before: Interfere) -> None:
    with MilvusCollection(f"{milvus_server}/rebuilt", BagOfWords()) as collection:
        collection.add(numbered(0), LONG)
        before("delete", 0, stop)
        with pytest.raises(Stopped):
            collection.remove(LONG.id)
        collection.rebuild()
        check_whole(collection)

    client = pymilvus.MilvusClient(milvus_server, db_name="rebuilt")
    assert client.query(PASSAGES, filter=f'id like "{LONG.id}%"', output_fields=["id"]) == []
    client.close()


# What is Milvus's own


def test_of_what_is_removed_nothing_stays_on_the_server(milvus_server: str) -> None:
    with MilvusCollection(f"{milvus_server}/gone", BagOfWords()) as collection:
        for _ in range(2):
            collection.add(LONG)
            collection.remove(LONG.id)

    client = pymilvus.MilvusClient(milvus_server, db_name="gone")
    passages, rows = (client.query(name, filter="id >= ''", output_fields=["*"]) for name in (PASSAGES, DOCUMENTS))
    client.close()
    assert passages == []
    assert sorted(row["id"] for row in rows) == [f"{LONG.id}-{n}/removed" for n in range(2)]
    assert {row["content"] for row in rows} == {""}


def test_a_folder_stays_one_whatever_its_name(tmp_path: Path) -> None:
    with FolderCollection(tmp_path / "folder.db", BagOfWords()) as collection:
        collection.add(numbered(1))

    with open_collection(tmp_path / "folder.db", BagOfWords()) as again:
        assert isinstance(again, FolderCollection)


@pytest.mark.usefixtures("mine")
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_file_is_served_to_nobody_on_the_network() -> None:
    listening = {
        line.split()[9]
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text().splitlines()
        if line.split()[3] == "0A"
    }
    links = [str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]

    assert [link for link in links if link.removeprefix("socket:[").removesuffix("]") in listening] == []


@pytest.mark.usefixtures("about_the_article")  # so that the model is loaded once
def test_the_command_line_takes_an_address_for_a_folder(
    file: str, tmp_path: Path, milvus_server: str, capsys: pytest.CaptureFixture[str]
) -> None:
    moon = tmp_path / "moon.txt"
    moon.write_text("NASA celebrated its landing on the Moon. 🚀 It was far.", encoding="utf-8")
    server = f"{milvus_server}/moon"

    assert not is_collection(file)
    assert main(["list", "--collection", file]) == main(["list", "--collection", server]) == 1
    assert capsys.readouterr().err.count("There is no collection at ") == 2
    assert main(["add", str(moon), "--collection", file]) == 0
    for source, target in ((file, server), (server, str(tmp_path / "folder"))):
        assert main(["copy", source, target]) == 0
        assert capsys.readouterr().out.endswith(f"copied    {moon}\n")
        assert main(["list", "--collection", target]) == 0
        assert f"moon  ({moon})" in capsys.readouterr().out
        assert main(["ask", "what did NASA celebrate?", "--collection", target]) == 0
        assert "landing on the Moon" in capsys.readouterr().out
    moon.write_text("The Moon is far.")
    for arguments, printed in (
        (["add", str(moon)], f"replaced   {moon}\n"),
        (["check"], "Documents: 1. Passages: 1.\n"),
        (["rebuild"], "Rebuilt.\n"),
        (["remove", str(moon)], f"  {moon}\n"),
    ):
        assert main([*arguments, "--collection", server]) == 0
        assert printed in capsys.readouterr().out
    assert main(["remove", str(moon), "--collection", server]) == 1
