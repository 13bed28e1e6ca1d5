"""The page's own LZMA reads what Python packs."""

from __future__ import annotations

import lzma
import random
import subprocess
from pathlib import Path

import pytest

from filiera.views import built_page
from filiera.views.page_template import _LZMA
from tests.page_build import load_build

MODULE = Path(built_page.__file__).parent / "page" / "lzma.js"

READ = """
import { readFileSync } from "node:fs";
const { unpackLzma } = await import(`data:text/javascript,${encodeURIComponent(process.argv[2])}`);
process.stdout.write(unpackLzma(readFileSync(0)));
"""

CHANCE = random.Random(4)
CONTENTS = {
    "nothing": b"",
    "one byte": b"x",
    "chance": CHANCE.randbytes(70_000),
    "one byte again and again": bytes(300_000),
    "words": " ".join(CHANCE.choices(["filiera", "idrogeno", "è", "batterie"], k=50_000)).encode(),
    "far repetitions": (far := CHANCE.randbytes(40_000)) + bytes(90_000) + far + b"end",
}


def unpack(packed: bytes) -> subprocess.CompletedProcess[bytes]:
    node = load_build().find_node()
    assert node is not None
    return subprocess.run(
        [node.node, "--input-type=module", "-e", READ, "-", MODULE.read_text(encoding="utf-8")],
        input=packed,
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("name", CONTENTS)
@pytest.mark.parametrize("settings", [(4, 0, 0), (3, 0, 2), (0, 2, 1)])
def test_what_python_packs_is_unpacked(name: str, settings: tuple[int, int, int]) -> None:
    lc, lp, pb = settings
    filters = [{**_LZMA[0], "lc": lc, "lp": lp, "pb": pb}]
    done = unpack(lzma.compress(CONTENTS[name], lzma.FORMAT_ALONE, filters=filters))
    assert done.stdout == CONTENTS[name]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda packed: packed[:-40], b"ends too early"),
        (lambda packed: packed[:10], b"ends too early"),
        (lambda packed: packed[:13] + bytes([0]) + b"\xff" * 60, b"refers to what is not there"),
    ],
)
def test_what_is_damaged_is_told(spoil: object, told: bytes) -> None:
    assert callable(spoil)
    packed = lzma.compress(CONTENTS["words"], lzma.FORMAT_ALONE, filters=_LZMA)
    done = unpack(spoil(packed))
    assert done.returncode != 0
    assert told in done.stderr
