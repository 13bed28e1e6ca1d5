"""Slugs are legal, stable, and keep different texts apart where letters allow it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiera.facts.slugs import SLUG, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Nicolò Bertolini", "nicolo-bertolini"),
        ("Jacobacci & Partners", "jacobacci-e-partners"),
        ("  Ærø  GmbH ", "aero-gmbh"),
        ("Motori – Minarelli", "motori-minarelli"),
    ],
)
def test_a_text_becomes_a_slug(text: str, slug: str) -> None:
    assert slugify(text) == slug


@given(st.text())
def test_every_text_becomes_a_legal_slug_that_stays_itself(text: str) -> None:
    slug = slugify(text)
    assert SLUG.fullmatch(slug)
    assert slugify(slug) == slug


def test_texts_without_latin_letters_stay_apart() -> None:
    assert slugify("東京") != slugify("大阪")
