"""One Italian word for one thing, wherever people read."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
READ = {".py", ".js", ".j2", ".rq", ".ttl", ".toml", ".csv"}

# The sources call those who belong to the cluster, a network or a consortium its “soci”.
OTHER_WORDS = re.compile(r"\b(?:aderent[ei]|membr[oi])\b", re.IGNORECASE)
# Further names under which a concept is found, and the states of the European Union.
ALLOWED = re.compile(r"skos:altLabel|\bStati membri\b")


def test_members_are_called_soci() -> None:
    files = [
        path
        for folder in ("graph", "ontology", "queries")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in READ and not {"built", "node_modules"} & set(path.parts)
    ]
    assert len(files) > 300
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if OTHER_WORDS.search(line) and not ALLOWED.search(line)
    ]
    assert found == []
