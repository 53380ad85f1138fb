"""The command line: `cited`, or `python -m qa`."""

import argparse
import io
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from index import (
    CitedError,
    Collection,
    UnknownDocument,
    UnusableCollection,
    UnusableQuestion,
    copy,
    is_collection,
    open_collection,
    read,
    without_password,
)
from index.add import Found, Kind, Outcome, add, find
from index.article import article, article_collection
from qa.answer import Answer, Citation, Form
from qa.ask import ask
from qa.share.card import UnusableCard
from qa.share.verify import Finding, verify

SHOWN = 12
"""Characters of a document's id that are shown, and at least asked for."""


class UnknownName(CitedError):
    """A name that is neither the source of a document nor the beginning of its id."""


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
    asking.add_argument(
        "--document",
        dest="names",
        action="append",
        metavar="DOCUMENT",
        help="ask this one alone, named as `cited remove` takes it; repeated, these",
    )
    asking.add_argument("--json", action="store_true", help="print each answer as one line of JSON")
    asking.set_defaults(command=_ask)

    adding = commands.add_parser("add", parents=[collection], help="add files, and the files in folders, or add anew")
    adding.add_argument(
        "paths", nargs="+", metavar="PATH", type=Path, help="text, Markdown, HTML, PDF, .docx or .epub; or a folder"
    )
    adding.set_defaults(command=_add)

    removing = commands.add_parser("remove", parents=[collection], help="remove documents from a collection")
    removing.add_argument("names", nargs="+", metavar="DOCUMENT", help="an id as `cited list` shows it, or a source")
    removing.set_defaults(command=_remove)

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
    verifying = commands.add_parser(
        "verify", parents=[collection], help="does what an evidence card quotes still stand in its source?"
    )
    verifying.add_argument("card", type=Path, help="an evidence card, as the page saves it")
    verifying.add_argument(
        "source", type=Path, nargs="?", help="the file it quotes; without it, the collection is asked"
    )
    verifying.set_defaults(command=_verify)
    return parser


def _ask(options: argparse.Namespace) -> int:
    collection = _existing(options.collection)
    documents = None
    if options.names:
        sources = collection.sources()
        documents = [document_id for name in options.names for document_id in _named(name, sources)]
    code = 0
    for question in [" ".join(options.question)] if options.question else _typed():
        try:
            answer = ask(question, collection, documents=documents)
        except UnusableQuestion as error:
            code = _complain(error)
        else:
            print(json.dumps(answer.to_dict(), ensure_ascii=False) if options.json else _as_text(answer), flush=True)
    return code


def _add(options: argparse.Namespace) -> int:
    _check_writable(options.collection)
    from tqdm import tqdm

    found = find(options.paths)
    sizes = {file: file.stat().st_size if file.is_file() else 0 for file in found.files}
    size = sum(sizes.values())
    outcomes: list[Outcome] = []
    try:
        with (
            open_collection(options.collection) as collection,
            # On a terminal only; by size, because files differ in it so much that their number says little; drawn after
            # each file, even where all are added within a moment, because reading one takes longer than that.
            tqdm(total=size, unit="B", unit_scale=True, disable=None, leave=False, mininterval=0, miniters=0) as bar,
        ):
            for outcome in add(found.files, collection):
                outcomes.append(outcome)
                bar.update(sizes[outcome.file])
    finally:  # interrupted, it still tells what it has done
        print(_table(outcomes, found), flush=True)
    return 1 if any(outcome.kind == Kind.REFUSED for outcome in outcomes) else 0


def _table(outcomes: Sequence[Outcome], found: Found) -> str:
    """Return a line for each file, what was refused last, and how many there are of each kind."""
    rows = [
        f"{kind:<9}  {outcome.file}{': ' if outcome.reason else ''}{outcome.reason}"
        for kind in Kind
        for outcome in outcomes
        if outcome.kind == kind
    ]
    numbers = Counter(outcome.kind for outcome in outcomes)
    totals = ", ".join(f"{numbers[kind]:,} {kind}" for kind in Kind)
    suffixes = ", ".join(sorted({file.suffix or file.name for file in found.passed_over}))
    others = f" Passed over: {len(found.passed_over):,} others ({suffixes})." if suffixes else ""
    return "\n".join([*rows, f"{totals}.{others}"])


def _remove(options: argparse.Namespace) -> int:
    _check_writable(options.collection)
    code = 0
    with _existing(options.collection) as collection:
        for name in options.names:
            try:
                for document_id, source in _named(name, collection.sources()).items():
                    collection.remove(document_id)
                    print(f"removed    {document_id[:SHOWN]}  {source}", flush=True)
            except (UnknownDocument, UnknownName) as error:
                code = _complain(error)
    return code


def _named(name: str, sources: Mapping[str, str]) -> Mapping[str, str]:
    """Return those of `sources`, id → source, that `name` stands for: all of a source, or one by its id's beginning."""
    paths = {name, str(Path(name).absolute())}
    named = {document_id: source for document_id, source in sources.items() if source and source in paths}
    if not named and len(name) >= SHOWN:
        named = {document_id: source for document_id, source in sources.items() if document_id.startswith(name)}
    if not named:
        raise UnknownName(f"No document here has the id or the source {name!r}; `cited list` shows those there are.")
    return named


def _check_writable(address: str | None) -> None:
    if address is None:
        raise UnusableCollection(
            "The bundled article is read-only; name a folder with --collection or CITED_COLLECTION."
        )


def _list(options: argparse.Namespace) -> int:
    for document in _existing(options.collection).documents():
        print(f"{document.id[:SHOWN]}  {len(document.text):>9,} characters  {document.title}  ({document.source})")
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
    print("Rebuilt.")
    return 0


def _verify(options: argparse.Namespace) -> int:
    try:
        card = options.card.read_text(encoding="utf-8")
    except OSError as error:
        raise UnusableCard(f"{options.card} cannot be read ({error.strerror}); name an evidence card.") from error
    except UnicodeDecodeError as error:
        raise UnusableCard(f"{options.card} is no evidence card; name an HTML file that Cited has saved.") from error
    kept = _existing(options.collection).documents() if options.collection and not options.source else []
    findings = verify(card, [read(options.source)] if options.source else [article(), *kept])
    for finding in findings:
        print(_standing(finding))
    return 0 if all(finding.now for finding in findings) else 1


def _standing(finding: Finding) -> str:
    """Return in words, on one line, what became of a quote."""
    quote = f"“{_on_one_line(finding.quote)}”"
    was = f"characters {finding.was.start} to {finding.was.end}"
    if finding.document is None:
        return f"not compared    {quote}: name its source, {_on_one_line(finding.named)}"
    if finding.now:
        place = f"{finding.document.title}, {_place(Citation(finding.document, finding.now))}"
        return f"stands          {quote}, {place}{'' if finding.now == finding.was else f'; moved there from {was}'}"
    if finding.instead is None:
        return f"DOES NOT STAND  {quote}, {was}"
    instead = Citation(finding.document, finding.instead)
    return f"DOES NOT STAND  {quote}, {was}; now, at {instead.place}: “{_on_one_line(instead.quote)}”"


def _on_one_line(text: str) -> str:
    return "".join(character if character.isprintable() else "\ufffd" for character in " ".join(text.split()))


def _existing(address: str | None) -> Collection:
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
    understood = f"Understood as: {answer.understood}\n\n" if answer.understood else ""
    return f"{understood}{_said(answer)}"


def _said(answer: Answer) -> str:
    if not answer.citations:
        missing = f"; the documents do not hold: {', '.join(answer.missing)}" if answer.missing else ""
        return f"Not stated{missing}. {answer.note}".rstrip()
    if answer.form != Form.SPAN:
        return "".join(f"{cited.quote}\n    {cited.document.title}, {_place(cited)}\n\n" for cited in answer.citations)
    cited = answer.citations[0]
    place = f"{cited.document.title}, {_place(cited)}, confidence {answer.confidence:.0%}{_speaker(answer)}"
    return f"{answer.text}\n\n    {_in_context(answer)}\n\n    {place}\n{_claims(answer)}{answer.note}"


def _speaker(answer: Answer) -> str:
    """Return a line for who says the answer, if that is somebody whom its document names."""
    speaker = answer.attribution.speaker if answer.attribution else None
    return f"\n    said by {speaker.quote}, {_place(speaker)}" if speaker else ""


def _claims(answer: Answer) -> str:
    """Return a line for what each claim says, and for where each of its documents does, if there are several."""
    if sum(len(claim.evidence) for claim in answer.claims) < 2:
        return ""
    lines = []
    for claim in answer.claims:
        lines.append(f"{claim.sources}: {claim.text}")
        for each in claim.evidence:
            day = f" ({each.answer.date.isoformat()})" if each.answer.date else ""
            lines.append(f"    {each.answer.document.title}{day}, {_place(each.answer)}: “{each.answer.quote}”")
    return "\n".join(["", *lines, ""])


def _in_context(answer: Answer) -> str:
    """Return the best passage with the answer in it marked: bold at a terminal, else between angle quotes."""
    cited, passage = answer.citations[0], answer.passages[0].passage
    start, end = cited.span.start - passage.span.start, cited.span.end - passage.span.start
    before, after = ("\033[1m", "\033[0m") if sys.stdout.isatty() else ("«", "»")
    return f"{passage.text[:start]}{before}{passage.text[start:end]}{after}{passage.text[end:]}".replace("\n", "\n    ")


def _place(cited: Citation) -> str:
    return f"{cited.place}, characters {cited.span.start} to {cited.span.end}"


def _complain(error: CitedError) -> int:
    print(f"cited: {error}", file=sys.stderr)
    return 1
