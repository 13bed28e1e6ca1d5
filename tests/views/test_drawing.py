"""Shapes, colours and groups: every concept of the ontology has its place in the legend."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import SKOS

from filiera.resources import ontology_dir
from filiera.views import drawing
from filiera.views.drawing import COLOURS, KIND_GROUPS, PROJECTS, UNKNOWN, group_of, tie_group
from filiera.vocabulary import CONCEPT


def concepts(scheme: str, *, top: bool = False) -> set[str]:
    graph = rdflib.Graph().parse(ontology_dir() / "schemes" / f"{scheme}.ttl")
    whole = rdflib.URIRef(CONCEPT.base + scheme)
    found = graph.subjects(SKOS.topConceptOf if top else SKOS.inScheme, whole)
    return {str(concept).rsplit("/", 1)[-1] for concept in found}


def test_every_kind_of_organisation_has_exactly_one_group() -> None:
    grouped = [slug for group in (*KIND_GROUPS, UNKNOWN) for slug in group.kinds]
    assert sorted(grouped) == sorted(concepts("kind", top=True))


def test_every_relation_has_a_group() -> None:
    assert set(drawing._GROUP_OF_TIE) == concepts("relation")


def test_groups_differ_in_shape_and_in_colour() -> None:
    groups = [*KIND_GROUPS, PROJECTS, UNKNOWN]
    assert len({group.shape for group in groups}) == len(groups)
    assert len({group.colour for group in groups}) == len(groups)
    assert {group.colour for group in groups} == set(COLOURS)


def test_colours_are_those_of_the_light_theme_of_the_page() -> None:
    style = (Path(drawing.__file__).parent / "page" / "theme.css").read_text(encoding="utf-8")
    found = re.findall(r"--hue-(\d): light-dark\((#[0-9a-f]{6})", style)
    assert {int(number): colour for number, colour in found} == COLOURS


@pytest.mark.parametrize(
    ("tops", "group"),
    [
        (["company"], "companies"),
        (["company", "financial-institution"], "companies"),
        (["consortium", "research-organisation"], "knowledge"),
        (["innovation-centre", "foundation"], "knowledge"),
        (["public-body", "association"], "public"),
        (["network", "company"], "networks"),
        ([], "unknown"),
        (["something-new"], "unknown"),
    ],
)
def test_the_more_telling_kind_counts(tops: list[str], group: str) -> None:
    assert group_of(tops).id == group


def test_relations_are_filtered_by_group() -> None:
    assert tie_group("supplies") == "supply"
    assert tie_group("acquired") == "ownership"
    assert tie_group("something-new") == "other"
