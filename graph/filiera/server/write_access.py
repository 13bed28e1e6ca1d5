"""Who may write: a token that the server was started with, told in each request that writes."""

from __future__ import annotations

import base64
import binascii
import hmac
import os
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request

from filiera.errors import UsageError

__all__ = ["TOKEN_VARIABLE", "WriteAccess"]

TOKEN_VARIABLE = "FILIERA_WRITE_TOKEN"
_SHORTEST = 16

_READ_ONLY = (
    "This endpoint is read-only: it takes queries, no updates. Whoever runs it makes it writable "
    "with filiera serve --writable."
)
_HOW = (
    f"Make one with: export {TOKEN_VARIABLE}="
    "$(python3 -c 'import secrets; print(secrets.token_urlsafe(32))')"
)


class WriteAccess:
    """Lets writes pass that bear the token; without a token nothing may be written."""

    def __init__(self, token: str = "") -> None:
        self._token = token.encode()

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> WriteAccess:
        """Access with the token of the environment variable ``FILIERA_WRITE_TOKEN``.

        Raises `UsageError` when there is none, or one that can be guessed or not be sent.
        """
        values = os.environ if environment is None else environment
        token = values.get(TOKEN_VARIABLE, "")
        if not token:
            raise UsageError(
                f"--writable needs a token, which {TOKEN_VARIABLE} holds; it is not set. {_HOW}"
            )
        if len(token) < _SHORTEST or not all("!" <= character <= "~" for character in token):
            raise UsageError(
                f"{TOKEN_VARIABLE} must have {_SHORTEST} characters or more, of ASCII and without "
                f"spaces. {_HOW}"
            )
        return cls(token)

    @property
    def writable(self) -> bool:
        """Whether anybody may write."""
        return bool(self._token)

    def has_token(self, request: Request) -> bool:
        """Whether a request may write: it bears the token, or has it as the password of any user.

        Many clients of SPARQL know nothing but a user and a password, which they send unasked.
        """
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        told = {"bearer": given.strip().encode(), "basic": _password(given.strip())}
        # The comparison takes as long for a token that is nearly right as for any other.
        right = hmac.compare_digest(told.get(scheme.lower(), b""), self._token)
        return self.writable and right

    def check(self, request: Request) -> None:
        """Refuse a request that may not write: `HTTPException` 403 or 401."""
        if not self.writable:
            raise HTTPException(403, _READ_ONLY)
        if self.has_token(request):
            return
        given = "authorization" in request.headers
        # Nobody is asked for a password: a browser would keep it, and send it along with the
        # forms of any page.
        raise HTTPException(
            401,
            "The token is not the one that this server was started with."
            if given
            else "Writing needs the token of this server: send it as Authorization: Bearer TOKEN.",
            {"WWW-Authenticate": 'Bearer realm="filiera"' + ', error="invalid_token"' * given},
        )


def _password(credentials: str) -> bytes:
    """Password of HTTP Basic authentication (RFC 7617); empty if it cannot be read."""
    try:
        _, _, password = base64.b64decode(credentials, validate=True).partition(b":")
    except binascii.Error:
        return b""
    return password
