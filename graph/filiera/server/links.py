"""``Link`` headers of what is said of an IRI: the IRI itself and the other formats (RFC 8288)."""

from __future__ import annotations

from urllib.parse import quote

from filiera.facts.dataset import Dataset
from filiera.views.addresses import data_address, page_address
from filiera.views.rdf_formats import FORMATS

__all__ = ["links_of"]

_IRI = "!#$%&'()*+,/:;=?@[]~"


def links_of(dataset: Dataset, iri: str, here: str = "") -> str:
    """Value of the header for the page (``here`` is ``html``), the data in the format of an
    ending, or what leads to them (empty).

    ``canonical`` is the IRI; ``alternate`` are the other formats. The data is also what
    describes a page (``describedby``), and what it describes is the thing (``describes``).
    """
    shown = quote(iri, safe=_IRI)
    links = [f'<{shown}>; rel="canonical"']
    if here in FORMATS:
        links.append(f'<{shown}>; rel="describes"')
    if here != "html":
        page = page_address(dataset, iri).partition("#")[0]
        links.append(f'<{page}>; rel="alternate"; type="text/html"')
    for ending, form in FORMATS.items():
        if ending != here:
            address = data_address(dataset, iri, ending)
            links.append(f'<{address}>; rel="alternate"; type="{form.media_type}"')
            if here not in FORMATS:
                links.append(f'<{address}>; rel="describedby"; type="{form.media_type}"')
    return ", ".join(links)
