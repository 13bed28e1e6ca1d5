"""Workers: what they are given, what they give back, and how their faults are told."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from filiera.server import Limits
from filiera.server.forked import HEAVY_NICENESS
from filiera.server.lanes import Turn
from filiera.server.limits import LimitReached
from filiera.server.messages import Job, Reply
from filiera.server.workers import WorkerFailed, Workers


def _handle(job: Job) -> Reply:
    match job["do"]:
        case "echo":
            return Reply(201, "text/plain; charset=utf-8", job["text"].encode())
        case "fail":
            raise LookupError("what is wrong")
        case "starve":
            raise MemoryError
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)  # as the system does when memory runs out
        case "work":
            while time.process_time() < job["seconds"]:
                pass
            return Reply(200, "text/plain", str(os.nice(0)).encode())
        case "sleep":
            time.sleep(60)
        case "outlive":
            signal.setitimer(signal.ITIMER_REAL, 0)
            Path(job["note"]).write_text(str(os.getpid()))
            time.sleep(60)
    return Reply(200, "text/plain", str(os.getpid()).encode())


@pytest.fixture
def workers() -> Iterator[Workers]:
    made = Workers(_handle, Limits(query_seconds=1, workers=2))
    yield made
    made.close()


def test_a_reply_comes_back_whole(workers: Workers) -> None:
    text = "è" * 3_000_000
    reply = asyncio.run(workers.run({"do": "echo", "text": text}))
    assert reply == Reply(201, "text/plain; charset=utf-8", text.encode())


def test_every_job_has_a_process_of_its_own(workers: Workers) -> None:
    async def both() -> list[Reply]:
        return await asyncio.gather(*(workers.run({"do": "tell"}) for _ in range(6)))

    bodies = {reply.body for reply in asyncio.run(both())}
    assert len(bodies) == 6
    assert str(os.getpid()).encode() not in bodies


def test_a_fault_of_ours_is_for_the_log_and_not_for_the_client(workers: Workers) -> None:
    with pytest.raises(WorkerFailed, match="its log says why") as failed:
        asyncio.run(workers.run({"do": "fail"}))
    assert "LookupError: what is wrong" in failed.value.details
    assert "LookupError" not in failed.value.message


@pytest.mark.parametrize("end", ["starve", "kill"])
def test_no_memory_left_is_told(workers: Workers, end: str) -> None:
    with pytest.raises(LimitReached, match="more than 1024 MiB of memory"):
        asyncio.run(workers.run({"do": end}))


def test_our_own_work_keeps_no_time_limit(workers: Workers) -> None:
    async def for_two_seconds() -> None:
        async with asyncio.timeout(2):
            await workers.run({"do": "sleep"}, limited=False)

    with pytest.raises(TimeoutError):
        asyncio.run(for_two_seconds())
    with pytest.raises(LimitReached, match="longer than 1 seconds"):
        asyncio.run(workers.run({"do": "sleep"}))


def test_what_takes_long_goes_behind_even_where_all_are_low() -> None:
    others = set(psutil.Process().children())
    workers = Workers(_handle, Limits(quick_ms=20, queue_seconds=60))
    (spawner,) = set(psutil.Process().children()) - others
    own = os.nice(0)
    try:
        for low in (own, max(own, 15)):
            spawner.nice(low)
            turn = Turn()
            reply = asyncio.run(workers.run({"do": "work", "seconds": 0.3}, turn))
            assert int(reply.body) == min(19, low + HEAVY_NICENESS)
            assert turn.lane == "heavy"
        assert workers.is_alive()
    finally:
        workers.close()


def test_a_worker_that_outlives_its_timer_is_killed(
    workers: Workers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("filiera.server.workers._GRACE_SECONDS", 0.2)
    note = tmp_path / "note"
    with pytest.raises(LimitReached, match="longer than 1 seconds"):
        asyncio.run(workers.run({"do": "outlive", "note": str(note)}))
    pid = int(note.read_text())
    deadline = time.monotonic() + 5
    while psutil.pid_exists(pid):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_stopped_workers_take_no_job_and_can_be_closed_twice() -> None:
    workers = Workers(_handle, Limits())
    assert workers.is_alive()
    workers.close()
    workers.close()
    assert not workers.is_alive()
    with pytest.raises(LimitReached, match="being stopped"):
        asyncio.run(workers.run({"do": "tell"}))
