"""The command line: `cited`, or `python -m qa`."""

import argparse
import io
import json
import os
import sys
from collections.abc import Iterable, Sequence

from index import (
    AnyCollection,
    CitedError,
    UnusableCollection,
    UnusableQuestion,
    copy,
    is_collection,
    open_collection,
    read,
    without_password,
)
from qa.answer import Answer, Citation
from qa.article import article_collection
from qa.ask import ask


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code, 1 if anything that was asked for could not be done."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # names and questions need not be text: complain of them, never crash
            stream.reconfigure(errors="surrogateescape" if stream is sys.stdin else "backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        code: int = options.command(options)
        sys.stdout.flush()
    except CitedError as error:
        return _complain(error)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read the output has read enough, and nothing is left to flush at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _parser() -> argparse.ArgumentParser:
    collection = argparse.ArgumentParser(add_help=False)
    collection.add_argument(
        "--collection",
        metavar="ADDRESS",
        default=os.environ.get("CITED_COLLECTION") or None,
        help="the collection: a folder, a Milvus Lite file (NAME.db) or a Milvus server (http://HOST:PORT/DATABASE);"
        " without it, the one that CITED_COLLECTION names, or else the bundled article",
    )
    parser = argparse.ArgumentParser(
        "cited", description="Ask documents; get the answer and the passage that proves it."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    asking = commands.add_parser(
        "ask", parents=[collection], help="answer a question, or one a line from standard input"
    )
    asking.add_argument("question", nargs="*", help="the question; without one, questions are read from standard input")
    asking.add_argument("--json", action="store_true", help="print each answer as one line of JSON")
    asking.set_defaults(command=_ask)

    adding = commands.add_parser("add", parents=[collection], help="add text files to a collection")
    adding.add_argument("files", nargs="+", metavar="FILE")
    adding.set_defaults(command=_add)

    listing = commands.add_parser("list", parents=[collection], help="list a collection's documents")
    listing.set_defaults(command=_list)

    copying = commands.add_parser("copy", help="copy a collection to another place, or go on with it")
    copying.add_argument("source", metavar="FROM", help="a collection's address, as --collection takes it")
    copying.add_argument("target", metavar="TO", help="another one; made if there is none")
    copying.set_defaults(command=_copy)
    checking = commands.add_parser("check", parents=[collection], help="look for damage in all that a collection keeps")
    checking.set_defaults(command=_check)

    rebuilding = commands.add_parser("rebuild", parents=[collection], help="make a collection's search indexes again")
    rebuilding.set_defaults(command=_rebuild)
    return parser


def _ask(options: argparse.Namespace) -> int:
    collection = _existing(options.collection)
    code = 0
    for question in [" ".join(options.question)] if options.question else _typed():
        try:
            answer = ask(question, collection)
        except UnusableQuestion as error:
            code = _complain(error)
        else:
            print(json.dumps(answer.to_dict(), ensure_ascii=False) if options.json else _as_text(answer), flush=True)
    return code


def _add(options: argparse.Namespace) -> int:
    if options.collection is None:
        raise UnusableCollection(
            "The bundled article is read-only; name a folder with --collection or CITED_COLLECTION."
        )
    code = 0
    with open_collection(options.collection) as collection:
        for file in options.files:
            try:
                added = collection.add(read(file))
            except CitedError as error:
                code = _complain(error)
            else:
                print("added    " if added else "unchanged", file, flush=True)
    return code


def _list(options: argparse.Namespace) -> int:
    for document in _existing(options.collection).documents():
        print(f"{document.id[:12]}  {len(document.text):>9,} characters  {document.title}  ({document.source})")
    return 0


def _copy(options: argparse.Namespace) -> int:
    with _existing(options.source) as source, open_collection(options.target) as target:
        for document in copy(source, target):
            print("copied   ", document.source or document.title, flush=True)
    return 0


def _check(options: argparse.Namespace) -> int:
    report = _existing(options.collection).check()
    recall = "" if report.recall is None else f" Recall: {report.recall:.1%}."
    print(f"Documents: {report.documents:,}. Passages: {report.passages:,}.{recall}")
    for finding in report.findings:
        print(finding)
    if not report.findings:
        print("All is as it was written.")
    return 1 if report.findings else 0


def _rebuild(options: argparse.Namespace) -> int:
    _existing(options.collection).rebuild()
    print("The search indexes are made again.")
    return 0


def _existing(address: str | None) -> AnyCollection:
    if address is None:
        return article_collection()
    if not is_collection(address):
        shown = without_password(address)
        raise UnusableCollection(
            f"There is no collection at {shown}; make one with: cited add FILE --collection {shown}"
        )
    return open_collection(address)


def _typed() -> Iterable[str]:
    if sys.stdin.isatty():
        print("One question a line; Ctrl-D ends.", file=sys.stderr)
    return (line.strip() for line in sys.stdin if line.strip())


def _as_text(answer: Answer) -> str:
    if not answer.citations:
        return "Not stated."
    cited = answer.citations[0]
    place = f"{cited.document.title}, {_place(cited)}, confidence {answer.confidence:.0%}"
    return f"{answer.text}\n\n    {_in_context(answer)}\n\n    {place}\n"


def _in_context(answer: Answer) -> str:
    """Return the best passage with the answer in it marked: bold at a terminal, else between angle quotes."""
    cited, passage = answer.citations[0], answer.passages[0].passage
    start, end = cited.span.start - passage.span.start, cited.span.end - passage.span.start
    before, after = ("\033[1m", "\033[0m") if sys.stdout.isatty() else ("«", "»")
    return f"{passage.text[:start]}{before}{passage.text[start:end]}{after}{passage.text[end:]}".replace("\n", "\n    ")


def _place(cited: Citation) -> str:
    return f"line {cited.line}, characters {cited.span.start} to {cited.span.end}"


def _complain(error: CitedError) -> int:
    print(f"cited: {error}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
