"""Executes the notebooks and writes their outputs into them, the same way every time.

    python -m tests.notebooks [NAME …]

Without names all of them; a name is that of the file, or its beginning.
"""

from __future__ import annotations

import argparse
import sys
import time

from tests.notebooks.running import NOTEBOOKS, execute, read, write


def main() -> None:
    """Execute what the command line asks for; the exit code is 1 where a name fits nothing."""
    parser = argparse.ArgumentParser(prog="python -m tests.notebooks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    wanted = tuple(parser.parse_args().names) or ("",)
    chosen = [path for path in NOTEBOOKS if path.name.startswith(wanted)]
    for path in chosen:
        began = time.monotonic()
        write(execute(read(path)), path)
        size = path.stat().st_size / 1000
        print(f"{path.name}: {time.monotonic() - began:.1f} s, {size:.0f} kB", file=sys.stderr)  # noqa: T201
    sys.exit(not chosen)


if __name__ == "__main__":
    main()
