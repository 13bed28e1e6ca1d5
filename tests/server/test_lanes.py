"""Who may run next: no client keeps the others from their turn."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from filiera.server.lanes import Lane, Lanes, Turn, client_of
from filiera.server.limits import LimitReached, Limits

T = TypeVar("T")


def _in_loop(body: Callable[[], Awaitable[T]]) -> T:
    async def run() -> T:
        async with asyncio.timeout(10):
            return await body()

    return asyncio.run(run())


class _Street:
    """Queries that hold a place of a lane until they are told to leave."""

    def __init__(self, lanes: Lanes, lane: Lane) -> None:
        self.running: list[str] = []
        self._lanes, self._lane = lanes, lane
        self._ends: dict[str, asyncio.Event] = {}

    async def ask(self, name: str) -> None:
        """Take a place as the client that the name begins with; to be run as a task."""
        self._ends[name] = asyncio.Event()
        async with self._lanes.place(self._lane, Turn(client=name[0])):
            self.running.append(name)
            await self._ends[name].wait()
            self.running.remove(name)

    async def begin(self, names: str) -> list[asyncio.Task[None]]:
        """Queries by name, one after the other."""
        tasks = [asyncio.create_task(self.ask(name)) for name in names.split()]
        await _settled()
        return tasks

    async def end(self, name: str) -> None:
        self._ends[name].set()
        await _settled()


async def _settled() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def test_a_client_leaves_one_place_to_others() -> None:
    async def body() -> None:
        lanes = Lanes(Limits(workers=3))
        street = _Street(lanes, lanes.heavy)
        await street.begin("a1 a2 a3 a4")
        assert street.running == ["a1", "a2"]
        await street.begin("b1 b2")
        assert street.running == ["a1", "a2", "b1"]
        await street.end("a1")  # b holds one place, a one: a has waited longer
        assert street.running == ["a2", "b1", "a3"]
        await street.end("b1")
        assert street.running == ["a2", "a3", "b2"]

    _in_loop(body)


def test_places_go_round_and_not_to_who_asks_most() -> None:
    async def body() -> None:
        lanes = Lanes(Limits(workers=1))
        street = _Street(lanes, lanes.heavy)
        await street.begin("a1 a2 a3 a4 b1 c1 b2")
        served = []
        while street.running:
            (running,) = street.running
            served.append(running)
            await street.end(running)
        assert served == ["a1", "a2", "b1", "c1", "a3", "b2", "a4"]

    _in_loop(body)


def test_who_gives_up_keeps_no_place() -> None:
    async def body() -> None:
        lanes = Lanes(Limits(workers=1))
        street = _Street(lanes, lanes.heavy)
        _, second, _ = await street.begin("a1 b1 c1")
        street._ends["a1"].set()
        await asyncio.sleep(0)
        second.cancel()  # at the moment when its turn comes
        await _settled()
        assert street.running == ["c1"]
        await street.end("c1")
        assert lanes.heavy.waiting == {}
        assert lanes.heavy.try_enter("d")

    _in_loop(body)


def test_nobody_waits_for_ever() -> None:
    async def body() -> None:
        lanes = Lanes(Limits(workers=1, queue_seconds=1))
        assert lanes.heavy.try_enter("a")
        turn = Turn(client="b", waited=0.99)  # in the quick lane
        with pytest.raises(LimitReached, match="waited 1 seconds") as reached:
            async with lanes.place(lanes.heavy, turn):
                raise AssertionError("there was no place")
        assert reached.value.limit == "queue_seconds"
        assert lanes.heavy.waiting == {}

    _in_loop(body)


def test_a_full_queue_turns_away_whoever_asks_most() -> None:
    async def body() -> None:
        lanes = Lanes(Limits(workers=1, quick_workers=1, queue=3))
        heavy, quick = _Street(lanes, lanes.heavy), _Street(lanes, lanes.quick)
        await heavy.begin("x1")
        await quick.begin("x2")
        waiting = [*await heavy.begin("a1 a2"), *await quick.begin("a3")]
        (other,) = await quick.begin("b1")
        assert [task.done() for task in waiting] == [False, False, True]
        with pytest.raises(LimitReached, match="3 queries are waiting") as reached:
            await waiting[2]
        assert reached.value.limit == "queue"
        assert not other.done()
        (more,) = await heavy.begin("a4")
        assert isinstance(more.exception(), LimitReached)

    _in_loop(body)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8:0:1::1", "2001:db8::1", False),
        (None, "", True),
    ],
)
def test_a_client_is_an_address_or_a_network_of_version_6(
    one: str | None, other: str, same: bool
) -> None:
    assert (client_of(one) == client_of(other)) is same
