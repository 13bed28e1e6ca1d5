"""From facts to graph: rows become N-Quads, rules conclude, counts describe."""

from filiera.build.pipeline import BuildReport, build

__all__ = ["BuildReport", "build"]
