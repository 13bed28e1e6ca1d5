"""The program ``filiera`` before anything of it is loaded.

It stands beside the package, for importing a part of a package loads the package first: whoever
breaks off in that moment is let go without a word, as at any later time.
"""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Load the program and run it with the arguments of the process."""
    try:
        from filiera.cli import main as program

        program()
    except KeyboardInterrupt:
        sys.exit(130)
