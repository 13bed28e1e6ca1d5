"""The command line: ``filiera build``, ``ask``, ``show`` …; a thin face of the Python package."""

from filiera.cli.program import app, main

__all__ = ["app", "main"]
