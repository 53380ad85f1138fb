"""`cited check`."""

import typer

from qa.cli.options import Address, Quiet, existing
from qa.cli.output import DONE, FAILED
from qa.share.terminal import escaped

EXAMPLE = "cited check -c my-documents"


def run(collection: Address = None, *, quiet: Quiet = False) -> None:
    """Check all data of a collection for damage."""
    report = existing(collection).check()
    recall = "" if report.recall is None else f" Recall: {report.recall:.1%}."
    lines = [f"Documents: {report.documents:,}. Passages: {report.passages:,}.{recall}"]
    lines += [escaped(finding) for finding in report.findings] or ["No problems found."]
    if report.kept is not None and report.kept < report.documents:
        lines.insert(1, f"Documents whose files were not kept: {report.documents - report.kept:,}.")
    if not quiet:
        print("\n".join(lines))
    raise typer.Exit(FAILED if report.findings else DONE)
