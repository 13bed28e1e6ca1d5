"""What the workers do for linked data: say where a thing is, describe it, make its page."""

from __future__ import annotations

from datetime import date

from pyoxigraph import NamedNode

from filiera.answers.renames import successor
from filiera.ecosystem import Ecosystem
from filiera.errors import UnknownName
from filiera.server.limits import Limits
from filiera.server.messages import Job, Reply
from filiera.texts import Text
from filiera.views.addresses import ONTOLOGY_IRI, iri_at, own_address, path_of
from filiera.views.card_page import card_page, missing_page, nearest_things
from filiera.views.card_words import WORDS
from filiera.views.ontology_page import ontology_page
from filiera.views.rdf_description import description, is_known
from filiera.views.rdf_formats import FORMATS, written

__all__ = ["card", "described", "ontology", "whereabouts"]

_HTML = "text/html; charset=utf-8"
_TEXT = "text/plain; charset=utf-8"
_NOTHING = Text("Di <{iri}> qui non si dice nulla.", "Nothing is said of <{iri}> here.")
_TOO_LARGE = Text(
    "I dati di <{iri}> superano {most} MiB. Se ne può chiedere una parte a /sparql, o alzare "
    "l'impostazione {setting}.",
    "The data of <{iri}> is larger than {most} MiB. Ask for a part of it at /sparql, or raise the "
    "setting {setting}.",
)


def whereabouts(ecosystem: Ecosystem, job: Job) -> Reply:
    """200 where something is said of the IRI at a path, 301 with the path of the one that
    stands for it now, else 404 with the nearest names, as a page or as text.
    """
    iri = iri_at(ecosystem.dataset, job["path"])
    moved = _moved(ecosystem, iri)
    if moved:
        return moved
    if _is_iri(iri) and is_known(ecosystem.store, iri):
        return Reply(200, _TEXT, b"")
    if not job["page"]:
        return _nothing(ecosystem, iri, job["lang"])
    return _missing_page(ecosystem, iri, job)


def described(ecosystem: Ecosystem, job: Job, limits: Limits) -> Reply:
    """The data at a path in the format of an ending; 301 and 404 as above."""
    dataset = ecosystem.dataset
    iri = iri_at(dataset, job["path"])
    if iri.startswith(f"{ONTOLOGY_IRI}/") and _is_iri(iri) and is_known(ecosystem.store, iri):
        iri = ONTOLOGY_IRI
    moved = _moved(ecosystem, iri)
    if moved:
        return moved
    quads = description(ecosystem.store, dataset, iri, date.today()) if _is_iri(iri) else []
    if not quads:
        return _nothing(ecosystem, iri, job["lang"])
    text = written(quads, job["ending"], dataset)
    if len(text) > limits.result_mb * 2**20:
        said = _TOO_LARGE(job["lang"]).format(
            iri=iri, most=limits.result_mb, setting=Limits.setting("result_mb")
        )
        return Reply(503, _TEXT, f"{said}\n".encode())
    media_type = FORMATS[job["ending"]].media_type
    return Reply(200, media_type, text)


def card(ecosystem: Ecosystem, job: Job) -> Reply:
    """The page of a thing or a source; 301 and 404 as above."""
    iri = iri_at(ecosystem.dataset, f"{job['space']}/{job['path']}")
    moved = _moved(ecosystem, iri)
    if moved:
        return moved
    how = {"lang": job["lang"], "keep_language": job["keep_language"]}
    try:
        return Reply(200, _HTML, card_page(ecosystem, NamedNode(iri).value, **how).encode())
    except (UnknownName, ValueError):  # ValueError: a path that makes no IRI
        return _missing_page(ecosystem, iri, job)


def ontology(ecosystem: Ecosystem, job: Job) -> Reply:
    """The page of the ontology."""
    page = ontology_page(ecosystem, lang=job["lang"], keep_language=job["keep_language"])
    return Reply(200, _HTML, page.encode())


def _moved(ecosystem: Ecosystem, iri: str) -> Reply | None:
    present = successor(ecosystem.store, ecosystem.dataset, iri) if _is_iri(iri) else ""
    return Reply(301, _TEXT, path_of(ecosystem.dataset, present).encode()) if present else None


def _missing_page(ecosystem: Ecosystem, iri: str, job: Job) -> Reply:
    how = {"lang": job["lang"], "keep_language": job["keep_language"]}
    return Reply(404, _HTML, missing_page(ecosystem, iri, **how).encode())


def _nothing(ecosystem: Ecosystem, iri: str, lang: str) -> Reply:
    """404 in plain text, with the nearest names and their addresses."""
    lines = [_NOTHING(lang).format(iri=iri)]
    near = nearest_things(ecosystem, iri)
    if near:
        lines.append(f"{WORDS['nearest'](lang)}:")
    for other in near:
        lines.append(f"  {own_address(ecosystem.dataset, other)}  {ecosystem.label(other, lang)}")
    return Reply(404, _TEXT, ("\n".join(lines) + "\n").encode(errors="replace"))


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True
