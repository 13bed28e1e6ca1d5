"""Numbers and amounts, in both languages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiera.answers.numbers import amount_text, number_text


@pytest.mark.parametrize(
    ("value", "unit", "italian", "english"),
    [
        ("103", "organisations", "103", "103"),
        ("1234567.5", "", "1.234.567,5", "1,234,567.5"),
        ("14000000", "EUR", "14,0 milioni di euro", "EUR 14.0 million"),
        ("1000000", "EUR", "1,0 milione di euro", "EUR 1.0 million"),
        ("14035000", "EUR", "14,035 milioni di euro", "EUR 14.035 million"),
        ("1200000000", "EUR", "1,2 miliardi di euro", "EUR 1.2 billion"),
        ("14035123", "EUR", "14.035.123 euro", "EUR 14,035,123"),
        ("-2500000", "EUR", "-2,5 milioni di euro", "EUR -2.5 million"),
        ("500000", "EUR", "500.000 euro", "EUR 500,000"),
        ("600000", "EUR per year", "600.000 euro", "EUR 600,000"),
        ("99.50", "%", "99,5%", "99.5%"),
        ("40000", "m²", "40.000 m²", "40,000 m²"),
        ("12", "kWh", "12 kWh", "12 kWh"),
        ("80", "trucks per day", "80", "80"),
    ],
)
def test_an_amount_is_written_with_its_unit(
    value: str, unit: str, italian: str, english: str
) -> None:
    assert amount_text(Decimal(value), unit, "it") == italian
    assert amount_text(Decimal(value), unit, "en") == english


numbers = st.decimals(
    min_value=-(10**15), max_value=10**15, allow_nan=False, allow_infinity=False, places=4
)


@given(value=numbers)
def test_no_digit_of_a_number_is_lost(value: Decimal) -> None:
    assert Decimal(number_text(value, "en").replace(",", "")) == value
    italian = number_text(value, "it").replace(".", "").replace(",", ".")
    assert Decimal(italian) == value


@given(value=numbers)
def test_no_cent_of_an_amount_is_lost(value: Decimal) -> None:
    said = amount_text(value, "EUR", "en").removeprefix("EUR ").replace(",", "")
    number, _, size = said.partition(" ")
    assert Decimal(number) * {"": 1, "million": 10**6, "billion": 10**9}[size] == value
