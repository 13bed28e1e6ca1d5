"""The server: the map page, the SPARQL endpoint and the catalogue over HTTP."""

from filiera.server.app import create_app
from filiera.server.limits import Limits
from filiera.server.serving import serve
from filiera.server.write_access import WriteAccess

__all__ = ["Limits", "WriteAccess", "create_app", "serve"]
