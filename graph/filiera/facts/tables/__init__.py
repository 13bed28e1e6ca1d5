"""The tables of a data set, in the order in which they are read."""

from __future__ import annotations

from filiera.facts.model import Table
from filiera.facts.tables.chains import CAPABILITIES, CHAINS, STAGES
from filiera.facts.tables.happenings import COMMITMENTS, DECISIONS, EVENTS
from filiera.facts.tables.measures import FIGURES, PHASES
from filiera.facts.tables.organisations import BODIES, FIELDS, NAMES, OFFERINGS, ORGANISATIONS
from filiera.facts.tables.redirects import REDIRECTS
from filiera.facts.tables.references import PLACES, SOURCES
from filiera.facts.tables.relationships import (
    MEMBERSHIPS,
    OFFICES,
    PARTICIPATIONS,
    PROJECTS,
    TIES,
)

__all__ = ["TABLES"]

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        SOURCES,
        PLACES,
        ORGANISATIONS,
        BODIES,
        NAMES,
        PROJECTS,
        CHAINS,
        STAGES,
        EVENTS,
        DECISIONS,
        COMMITMENTS,
        MEMBERSHIPS,
        TIES,
        OFFICES,
        PARTICIPATIONS,
        CAPABILITIES,
        FIELDS,
        OFFERINGS,
        PHASES,
        FIGURES,
        REDIRECTS,
    )
}
