"""`cited verify`."""

from pathlib import Path
from typing import Annotated

import typer

from index import read_all
from index.article import article
from qa.cli.options import Address, AsJson, Quiet, existing
from qa.cli.output import DONE, FAILED, print_json
from qa.share.card import UnusableCard
from qa.share.terminal import finding_text
from qa.share.verify import verify

EXAMPLE = "cited verify evidence.html report.pdf"


def run(
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
        findings = verify(held, [article(), *(existing(collection) if collection else [])])
    for finding in findings:
        if as_json:
            print_json(finding.to_dict())
        elif not quiet:
            print(finding_text(finding))
    raise typer.Exit(DONE if all(finding.now for finding in findings) else FAILED)
