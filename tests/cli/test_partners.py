"""``filiera partners``."""

from __future__ import annotations

import json

from tests.cli.conftest import Run


def test_partners_near_a_place(run: Run) -> None:
    ran = run(
        "partners", "battery", "management", "system", "--near", "Reggio Emilia", "--within", 60,
        "--limit", 3, "--at", "2026",
    )  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[0] == "Partners for: Battery management system"
    assert [line[:2] for line in ran.lines if line[1:2] == "."][:3] == ["1.", "2.", "3."]


def test_the_number_is_asked_for_as_elsewhere(run: Run) -> None:
    texts = {run("partners", "robotica", option, 2).out for option in ("--limit", "--top")}
    assert len(texts) == 1
    (text,) = texts
    assert "\n2. " in text
    assert "\n3. " not in text.partition("\nSources\n")[0]


def test_weights_and_kinds_as_json(run: Run) -> None:
    ran = run(
        "partners", "robotica", "--kind", "university", "--weight", "distance=1", "--no-member",
        "--for", "ima", "--format", "json",
    )  # fmt: skip
    content = json.loads(ran.out)
    assert content["weights"]["distance"] == 1
    assert content["member"] is False
    assert content["partners"]


def test_wrong_use(run: Run) -> None:
    for wrong in (("--weight", "distance"), ("--near", "zzzzzzz"), ("--kind", "zzzzzzz")):
        assert run("partners", "robotica", *wrong).code == 2
