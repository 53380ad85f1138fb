"""`cited chat`."""

import sys

import typer

from index import UnusableQuestion
from qa.cli.options import Address, Documents, chosen, existing
from qa.cli.output import DONE, complain, has_colours
from qa.cli.questions import questions
from qa.conversation import Conversation
from qa.share.terminal import answer_text

EXAMPLE = "cited chat -c my-documents"


def run(collection: Address = None, document: Documents = None) -> None:
    """Have a conversation, in which a question may depend on earlier ones. Ctrl-D ends it."""
    kept = existing(collection)
    documents = chosen(document, kept)
    conversation = Conversation(kept)
    code = DONE
    for asked in questions():
        try:
            answer = conversation.ask(asked, documents=documents)
        except UnusableQuestion as error:
            code = complain(error)
        else:
            print(answer_text(answer, colours=has_colours()), flush=True)
    raise typer.Exit(DONE if sys.stdin.isatty() else code)
