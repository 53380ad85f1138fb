"""`cited add`."""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Annotated

import typer

from index import Collection, UnreadableFile, open_collection
from index.add import Change, Found, Outcome, add, add_address, find
from index.address import is_address
from index.formats.scans import are_told
from qa.cli.options import Address, Quiet, writable
from qa.cli.output import DONE, FAILED
from qa.share.terminal import escaped

EXAMPLE = "cited add report.pdf letters/ -c my-documents"


def run(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH", help="Files, or folders of files; with --network, addresses, too."),
    ],
    collection: Address = None,
    *,
    ocr: Annotated[
        bool,
        typer.Option(
            "--ocr", help="Recognise the text of scanned pages and pictures. The program tesseract must be installed."
        ),
    ] = False,
    network: Annotated[
        bool,
        typer.Option("--network", help="Read addresses (https://…) among the paths. Private ones are refused."),
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Add files, and the files in folders; replace what has changed.

    PDF, Office files (.docx, .xlsx, .pptx, .odt, .ods, .odp), CSV, e-books (.epub), e-mails (.eml, with what is
    attached), HTML, Markdown and text are read; with --ocr, pictures (.png, .jpg, .tiff), too.
    """
    target = writable(collection)
    addresses = [path for path in paths if is_address(path)]
    if addresses and not network:
        raise UnreadableFile(f"{addresses[0]} is read over the internet; give --network to allow that.")
    found = find((Path(path) for path in paths if not is_address(path)), ocr=ocr)
    outcomes: list[Outcome] = []
    try:
        with open_collection(target) as kept:
            outcomes.extend(_with_progress(found, kept, ocr=ocr))
            outcomes.extend(add_address(address, kept, ocr=ocr) for address in addresses)
    finally:  # an interrupted command also reports what it has done
        if not quiet:
            print(_table(outcomes, found), flush=True)
            if any(are_told(outcome.reason) and "--ocr" not in outcome.reason for outcome in outcomes) and not ocr:
                print("Scans were not read; add their files with --ocr.", flush=True)
    raise typer.Exit(FAILED if any(outcome.change == Change.REFUSED for outcome in outcomes) else DONE)


def _with_progress(found: Found, collection: Collection, *, ocr: bool) -> Iterable[Outcome]:
    """Add the files. On a terminal, show how much is done and how much time is left."""
    if not sys.stderr.isatty():
        yield from add(found.files, collection, ocr=ocr)
        return
    from rich.console import Console
    from rich.progress import Progress

    # Progress counts bytes, not files: files differ too much in size.
    sizes: dict[Path | str, int] = {file: file.stat().st_size if file.is_file() else 0 for file in found.files}
    before = dict(zip(sizes, accumulate(sizes.values(), initial=0), strict=False))
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Adding", total=sum(sizes.values()))

        def show(file: Path | str, share: float) -> None:
            bar.update(task, completed=before[file] + share * sizes[file])

        for outcome in add(found.files, collection, show, ocr=ocr):
            show(outcome.file, 1)
            yield outcome


def _table(outcomes: Sequence[Outcome], found: Found) -> str:
    """Return a line for each file with its outcome and what was not read, and a count of each change."""
    rows = []
    for outcome in sorted(outcomes, key=lambda outcome: list(Change).index(outcome.change)):
        reason = f": {outcome.reason}" if outcome.reason else ""
        rows.append(escaped(f"{outcome.change:<9}  {outcome.file}{reason}"))
    numbers = Counter(outcome.change for outcome in outcomes)
    totals = ", ".join(f"{numbers[change]:,} {change}" for change in Change)
    suffixes = ", ".join(sorted({escaped(file.suffix or file.name) for file in found.passed_over}))
    others = f" Passed over: {len(found.passed_over):,} others ({suffixes})." if suffixes else ""
    return "\n".join([*rows, f"{totals}.{others}"])
