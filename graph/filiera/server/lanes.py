"""Who may run next: the places of the quick and the heavy lane, handed out fairly.

Every query begins in the quick lane. What is not done there after a short time needs a place in
the heavy lane. Places go to the client that holds the fewest, then to the one that was served
longest ago, and no client holds the last place of a lane; so whoever asks much waits for himself.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from time import monotonic

from filiera.server.limits import LimitReached, Limits
from filiera.server.messages import Job

__all__ = ["Lane", "Lanes", "Turn", "client_of"]


@dataclass
class Turn:
    """One request on its way: who asks, and what the log shall tell of it."""

    client: str = ""
    lane: str = ""
    """The lane that it was last in: ``quick``, ``heavy``, or empty."""
    limit: str = ""
    """The name of the limit that it reached."""
    job: Job = field(default_factory=dict)
    """What it asked for."""
    waited: float = 0.0
    """Seconds that it has waited for its turn."""


@dataclass(eq=False)
class _Waiter:
    number: int
    turn: asyncio.Future[None]


class Lanes:
    """The two lanes, and the number that may wait before them."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.quick = Lane("quick", limits.quick_workers, self)
        self.heavy = Lane("heavy", limits.workers, self)
        self.numbers = count()

    def keep_short(self) -> None:
        """Turn away the latest of the client that has the most waiting, if too many wait."""
        numbers: Counter[str] = Counter()
        for lane in (self.quick, self.heavy):
            numbers.update({client: len(waiters) for client, waiters in lane.waiting.items()})
        if numbers.total() <= self._limits.queue:
            return
        client = numbers.most_common(1)[0][0]
        lane, latest = max(
            (
                (lane, lane.waiting[client][-1])
                for lane in (self.quick, self.heavy)
                if client in lane.waiting
            ),
            key=lambda found: found[1].number,
        )
        lane.turn_away(client, latest, self._limits.reached("queue"))

    @asynccontextmanager
    async def place(self, lane: Lane, turn: Turn) -> AsyncIterator[None]:
        """A place in ``lane`` for as long as the context lasts.

        Raises `LimitReached` when the query has waited too long, or too many wait.
        """
        begun = monotonic()
        try:
            async with asyncio.timeout(self._limits.queue_seconds - turn.waited):
                await lane.enter(turn.client)
        except TimeoutError:
            raise self._limits.reached("queue_seconds") from None
        finally:
            turn.waited += monotonic() - begun
        turn.lane = lane.name
        try:
            yield
        finally:
            lane.leave(turn.client)


class Lane:
    """Some places, and those who wait for one of them."""

    def __init__(self, name: str, places: int, lanes: Lanes) -> None:
        self.name = name
        self.waiting: dict[str, list[_Waiter]] = {}
        """Who waits, by client; the client that was served longest ago comes first."""
        self._lanes = lanes
        self._places = places
        self._most = max(1, places - 1)  # of one client
        self._held: Counter[str] = Counter()

    def try_enter(self, client: str) -> bool:
        """Take a place if there is one to be had at once."""
        if not self._may_enter(client):
            return False
        self._held[client] += 1
        return True

    async def enter(self, client: str) -> None:
        """Wait for a place and take it."""
        if self.try_enter(client):
            return
        waiter = _Waiter(next(self._lanes.numbers), asyncio.get_running_loop().create_future())
        self.waiting.setdefault(client, []).append(waiter)
        self._lanes.keep_short()
        try:
            await waiter.turn
        except BaseException:
            if waiter.turn.done() and not waiter.turn.cancelled() and not waiter.turn.exception():
                self.leave(client)  # its turn had come at the very moment when it gave up
            raise
        finally:
            with suppress(KeyError, ValueError):
                self._forget(client, waiter)

    def leave(self, client: str) -> None:
        """Give a place back; whoever is next gets it."""
        self._held[client] -= 1
        if not self._held[client]:
            del self._held[client]
        while (chosen := self._next()) is not None:
            client = chosen
            waiter = next(w for w in self.waiting[client] if not w.turn.done())
            self._forget(client, waiter)
            if client in self.waiting:  # others go first now
                self.waiting[client] = self.waiting.pop(client)
            self._held[client] += 1
            waiter.turn.set_result(None)

    def turn_away(self, client: str, waiter: _Waiter, error: LimitReached) -> None:
        """Let somebody who waits go without a place."""
        self._forget(client, waiter)
        if not waiter.turn.done():
            waiter.turn.set_exception(error)

    def _next(self) -> str | None:
        able = [
            client
            for client, waiters in self.waiting.items()
            if self._may_enter(client) and not all(waiter.turn.done() for waiter in waiters)
        ]
        return min(able, key=lambda client: self._held[client], default=None)

    def _may_enter(self, client: str) -> bool:
        return self._held.total() < self._places and self._held[client] < self._most

    def _forget(self, client: str, waiter: _Waiter) -> None:
        waiters = self.waiting[client]
        waiters.remove(waiter)
        if not waiters:
            del self.waiting[client]


def client_of(address: str | None) -> str:
    """Who counts as one client: an address of IPv4, or a network of 64 bits of IPv6.

    >>> client_of("2001:db8::1:2")
    '2001:db8::/64'
    """
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return address or "unknown"
    if parsed.version == 6:
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
