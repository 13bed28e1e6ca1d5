"""What the tests of the questions read off the page."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.conftest import Opened

BMS = "p.need=battery+management+system&p.near=reggio-nell-emilia&p.within=60"
TOYOTA = "toyota-material-handling-manufacturing-italy"
Asked = Callable[..., Opened]
