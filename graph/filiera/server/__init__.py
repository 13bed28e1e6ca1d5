"""The server: the map page, the SPARQL endpoint and the catalogue over HTTP."""

from filiera.server.access import Access
from filiera.server.app import create_app
from filiera.server.limits import Limits
from filiera.server.serving import serve

__all__ = ["Access", "Limits", "create_app", "serve"]
