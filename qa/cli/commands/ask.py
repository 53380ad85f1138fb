"""`cited ask`."""

from typing import Annotated

import typer

from index import UnusableQuestion
from qa.ask import ask
from qa.cli.options import Address, AsJson, Documents, chosen, existing
from qa.cli.output import DONE, complain, has_colours, print_json
from qa.cli.questions import questions
from qa.share.terminal import answer_text, on_one_line

EXAMPLE = 'cited ask "who opened the conference?" -c my-documents'


def run(
    question: Annotated[
        list[str] | None,
        typer.Argument(metavar="QUESTION...", help="Without it, one question a line is read from standard input."),
    ] = None,
    collection: Address = None,
    document: Documents = None,
    *,
    as_json: AsJson = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print the answer alone, or nothing.")] = False,
) -> None:
    """Answer a question, or one a line from standard input."""
    kept = existing(collection)
    documents = chosen(document, kept)
    code = DONE
    for asked in [" ".join(question)] if question else questions():
        try:
            answer = ask(asked, kept, documents=documents)
        except UnusableQuestion as error:
            code = complain(error)
            continue
        if as_json:
            print_json(answer.to_dict())
        elif not quiet:
            print(answer_text(answer, colours=has_colours()), flush=True)
        elif answer.text:
            print(on_one_line(answer.text), flush=True)
    raise typer.Exit(code)
