"""The command line, run as `cited` or `python -m cited`: the commands of `qa`, and those that serve."""

import sys

import qa.cli
from qa.cli.program import COMMANDS


def main() -> int:
    """Run one command and return its exit code."""
    return qa.cli.main(packages=(COMMANDS, "cited.commands"))


if __name__ == "__main__":
    sys.exit(main())
