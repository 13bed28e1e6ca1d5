"""Private data of persons is recognised, and ordinary text is let through."""

from __future__ import annotations

import pytest

from filiera.facts.personal import personal_data


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("contact mario.rossi@example.org", "an e-mail address"),
        ("RSSMRA80A01H501U", "a tax code"),
        ("tel. 0522 123456", "a telephone number"),
        ("+39 333 1234567", "a telephone number"),
        ("mobile: 333 1234567", "a telephone number"),
    ],
)
def test_private_data_is_recognised(text: str, what: str) -> None:
    found = personal_data(text)
    assert found is not None
    assert found["en"] == what


@pytest.mark.parametrize(
    "text",
    [
        "More than 350000 employees in 2020",
        "52 million euro for 105 projects worth over 73.8 million",
        "Regional reference P.A. 2002-1462",
        "LGV@work",
        "from 2020-07-08 to 2021-03-05",
    ],
)
def test_ordinary_text_is_let_through(text: str) -> None:
    assert personal_data(text) is None
