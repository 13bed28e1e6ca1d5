"""Every answer that is offered can be measured: it answers about a generated ecosystem."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiera.build import build
from filiera.facts.dataset import Dataset
from filiera.offered import ANSWERS
from filiera.store import MemoryStore
from tests.bench import answering
from tests.bench.answering import askings, seconds
from tests.bench.ecosystem import BODY
from tests.bench.generator import generate


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return generate(tmp_path_factory.mktemp("generated"), 300, seed=7)


def test_generated_things_stand_in_for_those_of_the_examples(dataset: Dataset) -> None:
    ways = askings(dataset.folder)
    assert ways.keys() == ANSWERS.keys()
    assert ways["gaps"] == [
        {"chain": "chain-0"},
        {"chain": "chain-0", "body": BODY, "at": ANSWERS["gaps"].parameters["at"]},
    ]
    needed = ways["paths"][0]
    assert needed.keys() == {"from", "to"}
    assert needed["from"] != needed["to"]


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_answers(dataset: Dataset, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "_REPEATS", 1)
    store = MemoryStore()
    build(dataset, store)
    for given in askings(Path(dataset.folder))[name]:
        assert seconds(store, dataset, name, given) > 0
