"""The command line: `cited`, or `python -m qa`. Each command is the module of its name in `commands/`."""

from qa.cli.program import main

__all__ = ["main"]
