"""Fixtures for the questions: how to ask the real graph, and facts to change."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from filiera import Ecosystem
from filiera.facts.dataset import Dataset
from tests.queries.asking import Ask, Facts, answer


@pytest.fixture
def ask(ecosystem: Ecosystem) -> Ask:
    """Asks the graph of the real facts."""
    return partial(answer, ecosystem)


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    """The real facts, for a test to change."""
    return Facts(Dataset.find().folder, tmp_path / "facts")
