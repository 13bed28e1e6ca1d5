"""Files that workers made of late: what was made once is sent again until the day ends.

What is said of today changes from one day to the next, so the day is part of what a file is kept
under.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from filiera.server.messages import Job, Reply
from filiera.server.pages import File

__all__ = ["KEPT", "KeptFiles", "Run"]

Run = Callable[[Request, Job], Awaitable[Reply]]
"""Does a job for a request in a worker."""

KEPT = 256
"""Files that are kept at most."""
_FOUND = 200


class KeptFiles:
    """Answers with files that jobs make, and keeps those of late."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._kept: OrderedDict[tuple[date, str], File] = OrderedDict()

    def forget(self) -> None:
        """Make all files anew, as after a change of the graph. Those on their way are not kept."""
        self._kept = OrderedDict()

    async def answer(
        self,
        request: Request,
        key: str,
        job: Job,
        moved: Callable[[str], str] = str,
        **headers: str,
    ) -> Response:
        """The file of a ``key``, made by ``job`` unless it is kept; a fault is not kept.

        Where the job finds that the thing has another id now (301), its body is the path of
        that, and ``moved`` makes the address to go to of it.
        """
        kept, dated = self._kept, (date.today(), key)
        known = kept.get(dated)
        if known is not None:
            kept.move_to_end(dated)
            return known.response(request)
        reply = await self._run(request, job)
        if reply.status == 301:
            return Response(status_code=301, headers={"location": moved(reply.body.decode())})
        if reply.status != _FOUND:
            shown = {name.replace("_", "-"): text for name, text in headers.items()}
            shown.pop("link", None)
            return Response(reply.body, reply.status, shown, reply.media_type)
        file = File.of(reply.body, reply.media_type.partition(";")[0], **headers)
        kept[dated] = file
        if len(kept) > KEPT:
            kept.popitem(last=False)
        return file.response(request)
