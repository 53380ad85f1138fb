"""The command line: `cited`, or `python -m qa`."""

import io
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from index import (
    CitedError,
    Collection,
    UnknownDocument,
    UnusableCollection,
    UnusableQuestion,
    copy,
    existing_collection,
    open_collection,
    read_all,
)
from index.add import Found, Kind, Outcome, add, find
from index.article import article, article_collection
from index.reread import Change, reread
from qa.ask import ask
from qa.share.card import UnusableCard
from qa.share.feedback import rated_quotes
from qa.share.rereading import moved_quotes, rereading_table, rereading_text
from qa.share.terminal import SHOWN, answer_text, escaped, finding_text, on_one_line
from qa.share.verify import verify

DONE, FAILED, INTERRUPTED = 0, 1, 130
"""Exit codes; 2 means that the command was not understood."""


class UnknownName(CitedError):
    """A name that is neither the source of a document nor the beginning of its id."""


class Commands(TyperGroup):
    """The commands. Whatever stops one ends in a sentence and an exit code, never in a traceback."""

    def invoke(self, ctx: Any) -> None:
        """Run a command, and turn its error into a sentence and an exit code."""
        try:
            super().invoke(ctx)
            sys.stdout.flush()
        except CitedError as error:
            raise typer.Exit(_complain(error)) from error
        except KeyboardInterrupt as error:
            raise typer.Exit(INTERRUPTED) from error
        except BrokenPipeError as error:  # the program that reads the output has closed it
            _write_no_more()
            raise typer.Exit(DONE) from error
        except OSError as error:
            _write_no_more()
            raise typer.Exit(_complain(f"The output cannot be written ({error.strerror}).")) from error


commands = typer.Typer(
    cls=Commands,
    help="Ask documents a question; get the answer and the passage that proves it.",
    epilog="Exit codes: 0 done; 1 something could not be done, or a quote was not found; 2 the command was not"
    " understood; 130 interrupted.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Address = Annotated[
    str | None,
    typer.Option(
        "--collection",
        "-c",
        metavar="ADDRESS",
        envvar="CITED_COLLECTION",
        help="A folder, a Milvus Lite file (NAME.db) or a Milvus server (http://HOST:PORT/DATABASE); without it, the"
        " bundled article.",
    ),
]
Names = Annotated[
    list[str],
    typer.Argument(metavar="DOCUMENT", help="Ids as `cited list` shows them, or files."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print only complaints.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one line of JSON for each.")]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # bytes that are not text get an error message, not a crash
            stream.reconfigure(errors="surrogateescape" if stream is sys.stdin else "backslashreplace")
    try:
        commands(arguments, prog_name="cited")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else FAILED
    return DONE


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib import metadata

        print("cited", metadata.version("cited"))
        raise typer.Exit


@commands.callback()
def _every_command(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None: ...


@commands.command("ask", epilog='Example: cited ask "who opened the conference?" -c my-documents')
def _ask(
    question: Annotated[
        list[str] | None,
        typer.Argument(metavar="QUESTION...", help="Without it, one question a line is read from standard input."),
    ] = None,
    collection: Address = None,
    document: Annotated[
        list[str] | None,
        typer.Option("--document", "-d", metavar="DOCUMENT", help="Ask only this document; may be repeated."),
    ] = None,
    *,
    as_json: AsJson = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print the answer alone, or nothing.")] = False,
) -> None:
    """Answer a question, or one a line from standard input."""
    kept = _existing(collection)
    documents = None
    if document:
        sources = kept.sources()
        documents = [document_id for name in document for document_id in _named(name, sources)]
    code = DONE
    for asked in [" ".join(question)] if question else _typed():
        try:
            answer = ask(asked, kept, documents=documents)
        except UnusableQuestion as error:
            code = _complain(error)
            continue
        if as_json:
            _print_json(answer.to_dict())
        elif not quiet:
            print(answer_text(answer, bold=sys.stdout.isatty()), flush=True)
        elif answer.text:
            print(on_one_line(answer.text), flush=True)
    raise typer.Exit(code)


@commands.command("add", epilog="Example: cited add report.pdf letters/ -c my-documents")
def _add(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH", help="Files, or folders of files."),
    ],
    collection: Address = None,
    *,
    ocr: Annotated[
        bool,
        typer.Option("--ocr", help="Recognise the text of scanned pages. The program tesseract must be installed."),
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Add files, and the files in folders; replace what has changed.

    PDF, Office files (.docx, .xlsx, .pptx, .odt, .ods, .odp), CSV, e-books (.epub), e-mails (.eml, with what is
    attached), HTML, Markdown and text are read.
    """
    address = _writable(collection)
    found = find(paths)
    outcomes: list[Outcome] = []
    try:
        with open_collection(address) as kept:
            outcomes.extend(_with_progress(found, kept, ocr=ocr))
    finally:  # an interrupted command also reports what it has done
        if not quiet:
            print(_table(outcomes, found), flush=True)
    raise typer.Exit(FAILED if any(outcome.kind == Kind.REFUSED for outcome in outcomes) else DONE)


@commands.command("remove", epilog="Example: cited remove report.pdf -c my-documents")
def _remove(names: Names, collection: Address = None, *, quiet: Quiet = False) -> None:
    """Remove documents from a collection."""
    code = DONE
    with existing_collection(_writable(collection)) as kept:
        for name in names:
            try:
                for document_id, source in _named(name, kept.sources()).items():
                    kept.remove(document_id)
                    if not quiet:
                        print(f"removed    {document_id[:SHOWN]}  {escaped(source)}", flush=True)
            except (UnknownDocument, UnknownName) as error:
                code = _complain(error)
    raise typer.Exit(code)


@commands.command("list", epilog="Example: cited list --json -c my-documents")
def _list(collection: Address = None, *, as_json: AsJson = False) -> None:
    """List a collection's documents, in the order in which they were added."""
    for each in _existing(collection):
        if as_json:
            described = {"id": each.id, "title": each.title, "source": each.source, "characters": len(each.text)}
            _print_json(described)
        else:
            named = f"{escaped(each.title)}  ({escaped(each.source)})"
            print(f"{each.id[:SHOWN]}  {len(each.text):>9,} characters  {named}")


@commands.command("copy", epilog="Example: cited copy my-documents http://localhost:19530/legal")
def _copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="The address of a collection, as for --collection.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="The address of the copy; created if it does not exist.")],
    *,
    quiet: Quiet = False,
) -> None:
    """Copy a collection, or continue an interrupted copy."""
    with existing_collection(source) as one, open_collection(target) as other:
        for document in copy(one, other):
            if not quiet:
                print("copied   ", escaped(document.source or document.title), flush=True)


@commands.command("check", epilog="Example: cited check -c my-documents")
def _check(collection: Address = None, *, quiet: Quiet = False) -> None:
    """Check all data of a collection for damage."""
    report = _existing(collection).check()
    recall = "" if report.recall is None else f" Recall: {report.recall:.1%}."
    lines = [f"Documents: {report.documents:,}. Passages: {report.passages:,}.{recall}"]
    lines += [escaped(finding) for finding in report.findings] or ["No problems found."]
    if report.kept is not None and report.kept < report.documents:
        lines.insert(1, f"Documents whose files were not kept: {report.documents - report.kept:,}.")
    if not quiet:
        print("\n".join(lines))
    raise typer.Exit(FAILED if report.findings else DONE)


@commands.command("rebuild", epilog="Example: cited rebuild --read -c my-documents")
def _rebuild(
    collection: Address = None,
    *,
    read: Annotated[
        bool,
        typer.Option("--read", help="First read the kept files again, and replace the documents that are read anew."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --read, print one line of JSON a document.")] = False,
    quiet: Quiet = False,
) -> None:
    """Rebuild a collection's search indexes."""
    kept = existing_collection(_writable(collection)) if read else _existing(collection)
    told: list[tuple[Change, str]] = []
    rated = rated_quotes() if read else []
    try:
        for outcome in reread(kept) if read else ():
            told.append((outcome.change, rereading_text(outcome, rated)))
            if as_json:
                _print_json(outcome.to_dict() | {"rated": moved_quotes(outcome, rated)})
    finally:  # an interrupted command also reports what it has done
        if read and not (quiet or as_json):
            print(rereading_table(told), flush=True)
    kept.rebuild()
    if not (quiet or as_json):
        print("Rebuilt.")


@commands.command("verify", epilog="Example: cited verify evidence.html report.pdf")
def _verify(
    card: Annotated[Path, typer.Argument(help="An evidence card, as the page saves it.")],
    source: Annotated[
        Path | None,
        typer.Argument(help="The file that it quotes; without it, a document of the collection."),
    ] = None,
    collection: Address = None,
    *,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Compare the quotes of an evidence card with its source as it is now."""
    try:
        held = card.read_text(encoding="utf-8")
    except OSError as error:
        raise UnusableCard(f"{card} cannot be read ({error.strerror}); name an evidence card.") from error
    except UnicodeDecodeError as error:
        raise UnusableCard(f"{card} is no evidence card; name an HTML file that Cited has saved.") from error
    if source:
        documents = read_all(source)
        findings = verify(held, documents if len(documents) > 1 else documents[0])
    else:
        findings = verify(held, [article(), *(_existing(collection) if collection else [])])
    for finding in findings:
        if as_json:
            _print_json(finding.to_dict())
        elif not quiet:
            print(finding_text(finding))
    raise typer.Exit(DONE if all(finding.now for finding in findings) else FAILED)


def _with_progress(found: Found, collection: Collection, *, ocr: bool) -> Iterable[Outcome]:
    """Add the files. On a terminal, show how much is done and how much time is left."""
    if not sys.stderr.isatty():
        yield from add(found.files, collection, ocr=ocr)
        return
    from rich.console import Console
    from rich.progress import Progress

    # Progress counts bytes, not files: files differ too much in size.
    sizes = {file: file.stat().st_size if file.is_file() else 0 for file in found.files}
    before = dict(zip(sizes, accumulate(sizes.values(), initial=0), strict=False))
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Adding", total=sum(sizes.values()))

        def show(file: Path, share: float) -> None:
            bar.update(task, completed=before[file] + share * sizes[file])

        for outcome in add(found.files, collection, show, ocr=ocr):
            show(outcome.file, 1)
            yield outcome


def _table(outcomes: Sequence[Outcome], found: Found) -> str:
    """Return a line for each file with its outcome and what was not read, and a count of each kind of outcome."""
    rows = []
    for outcome in sorted(outcomes, key=lambda outcome: list(Kind).index(outcome.kind)):
        reason = f": {outcome.reason}" if outcome.reason else ""
        rows.append(escaped(f"{outcome.kind:<9}  {outcome.file}{reason}"))
    numbers = Counter(outcome.kind for outcome in outcomes)
    totals = ", ".join(f"{numbers[kind]:,} {kind}" for kind in Kind)
    suffixes = ", ".join(sorted({escaped(file.suffix or file.name) for file in found.passed_over}))
    others = f" Passed over: {len(found.passed_over):,} others ({suffixes})." if suffixes else ""
    return "\n".join([*rows, f"{totals}.{others}"])


def _named(name: str, sources: Mapping[str, str]) -> Mapping[str, str]:
    """Return the part of `sources`, id → source, that `name` means: all of one source, or the id that it begins."""
    paths = {name, str(Path(name).absolute())}
    named = {document_id: source for document_id, source in sources.items() if source and source in paths}
    if not named and len(name) >= SHOWN:
        named = {document_id: source for document_id, source in sources.items() if document_id.startswith(name)}
    if not named:
        raise UnknownName(f"No document here has the id or the source {name!r}; `cited list` shows those there are.")
    return named


def _existing(address: str | None) -> Collection:
    return existing_collection(address) if address else article_collection()


def _writable(address: str | None) -> str:
    if not address:
        raise UnusableCollection(
            "The bundled article is read-only; name a folder with --collection or CITED_COLLECTION."
        )
    return address


def _typed() -> Iterable[str]:
    if sys.stdin.isatty():
        print("One question a line; Ctrl-D ends.", file=sys.stderr)
    return (line.strip() for line in sys.stdin if line.strip())


def _print_json(value: Mapping[str, Any]) -> None:
    """Print `value` on one line; characters that could steer a terminal are escaped as in JSON."""
    line = json.dumps(value, ensure_ascii=False)
    if escaped(line) != line:
        line = "".join(one if escaped(one) == one else json.dumps(one)[1:-1] for one in line)
    print(line, flush=True)


def _complain(error: CitedError | str) -> int:
    with suppress(OSError):
        print(f"cited: {escaped(str(error))}", file=sys.stderr)
    return FAILED


def _write_no_more() -> None:
    """Discard the output that Python would flush at exit."""
    with suppress(OSError, io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
