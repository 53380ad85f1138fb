"""The program: finds the command by the name of its file, runs it, and turns every error into a sentence."""

import io
import pkgutil
import sys
from collections.abc import Iterator, MutableMapping, Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from index import CitedError
from qa.cli.output import DONE, FAILED, INTERRUPTED, complain, write_no_more

COMMANDS = "qa.cli.commands"
"""The package of the commands that need nothing but `qa`."""


class Program(TyperGroup):
    """Whatever stops a command ends in a sentence and an exit code, never in a traceback."""

    def invoke(self, ctx: Any) -> None:
        """Run a command, and turn its error into a sentence and an exit code."""
        try:
            super().invoke(ctx)
            sys.stdout.flush()
        except CitedError as error:
            raise typer.Exit(complain(error)) from error
        except KeyboardInterrupt as error:
            raise typer.Exit(INTERRUPTED) from error
        except BrokenPipeError as error:  # the program that reads the output has closed it
            write_no_more()
            raise typer.Exit(DONE) from error
        except OSError as error:
            write_no_more()
            raise typer.Exit(complain(f"The output cannot be written ({error.strerror}).")) from error


class Modules(MutableMapping[str, Any]):
    """The commands by their names: each is the function `run` of the module of its name, imported when it is used.

    Args:
        packages: the packages that hold the modules.
    """

    def __init__(self, packages: Sequence[str]) -> None:
        self._places = {
            module.name: package
            for package in packages
            for module in pkgutil.iter_modules(import_module(package).__path__)
        }

    def __getitem__(self, name: str) -> Any:
        module = import_module(f"{self._places[name]}.{name}")
        command = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        command.command(name, epilog=f"Example: {module.EXAMPLE}", context_settings=_HELP)(module.run)
        return typer.main.get_command(command)

    def __setitem__(self, name: str, place: Any) -> None:
        self._places[name] = place

    def __delitem__(self, name: str) -> None:
        del self._places[name]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._places))

    def __len__(self) -> int:
        return len(self._places)


_HELP = {"help_option_names": ["-h", "--help"]}

_program = typer.Typer(
    cls=Program,
    help="Ask documents a question; get the answer and the passage that proves it.",
    epilog="Exit codes: 0 done; 1 something could not be done, or a quote was not found; 2 the command was not"
    " understood; 130 interrupted.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings=_HELP,
)


def main(arguments: Sequence[str] | None = None, packages: Sequence[str] = (COMMANDS,)) -> int:
    """Run one command and return its exit code.

    Args:
        arguments: the name of the command and its arguments; by default those of this process.
        packages: the packages in which commands are found.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # bytes that are not text get an error message, not a crash
            stream.reconfigure(errors="surrogateescape" if stream is sys.stdin else "backslashreplace")
    program: Any = typer.main.get_command(_program)
    program.commands = Modules(packages)
    try:
        program(arguments, prog_name="cited")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else FAILED
    return DONE


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib import metadata

        print("cited", metadata.version("cited"))
        raise typer.Exit


@_program.callback()
def _every_command(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None: ...
