"""`cited password`."""

import getpass
import sys
from typing import Annotated

import typer

EXAMPLE = "cited password mary >> passwords"


def run(name: Annotated[str, typer.Argument(help="Who gets the password.")]) -> None:
    """Ask for a password, or read it from standard input, and print a line for the file of `cited serve --auth`."""
    from page.passwords import UnusablePasswords, hashed

    if sys.stdin.isatty():
        password = getpass.getpass("Password: ")
        if getpass.getpass("Again: ") != password:
            raise UnusablePasswords("The two passwords differ; type the same one twice.")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    print(hashed(name, password))
