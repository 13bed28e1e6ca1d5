"""Writing an answer that tells in sentences: as text, Markdown or JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Protocol

from filiera.cli.options import AnswerFormat
from filiera.cli.output import emit
from filiera.errors import UsageError
from filiera.texts import Text

__all__ = ["Told", "tell"]

_ENDINGS = {"txt": AnswerFormat.text, "md": AnswerFormat.md, "json": AnswerFormat.json}
_MARKS = re.compile(r"^#+ |\*\*|`", re.MULTILINE)


class Told(Protocol):
    """An answer that can be read and can be data."""

    def to_dict(self, lang: str) -> dict[str, Any]:
        """What JSON holds of it."""

    def markdown(self, lang: str) -> str:
        """What people read."""


def tell(
    answer: Told, form: AnswerFormat | None, lang: str, out: Path | None, *, force: bool = False
) -> None:
    """Write an answer in the format asked for, else in that of the file's ending, else as text.

    Raises UsageError for a file whose ending names no format when none is given.
    """
    settled = form or (_by_ending(out) if out is not None else AnswerFormat.text)
    if settled is AnswerFormat.json:
        document = json.dumps(answer.to_dict(lang), ensure_ascii=False, indent=2) + "\n"
    elif settled is AnswerFormat.md:
        document = answer.markdown(lang)
    else:
        document = _MARKS.sub("", answer.markdown(lang))
    emit(document, out, force=force)


def _by_ending(out: Path) -> AnswerFormat:
    form = _ENDINGS.get(out.suffix.lower().removeprefix("."))
    if form is None:
        raise UsageError(
            Text(
                f"l'estensione di {out} non indica un formato; usa .txt, .md o .json,"
                " o dai --format",
                f"the ending of {out} names no format; end it in .txt, .md or .json,"
                " or give --format",
            )
        )
    return form
