"""`cited list`."""

from qa.cli.options import Address, AsJson, existing
from qa.cli.output import print_json
from qa.share.terminal import SHOWN, escaped

EXAMPLE = "cited list --json -c my-documents"


def run(collection: Address = None, *, as_json: AsJson = False) -> None:
    """List a collection's documents, in the order in which they were added."""
    for each in existing(collection):
        if as_json:
            print_json(each.to_dict())
        else:
            named = f"{escaped(each.title)}  ({escaped(each.source)})"
            print(f"{each.id[:SHOWN]}  {len(each.text):>9,} characters  {named}")
