"""Loading into IPython, and unloading: the magics and their completion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filiera.jupyter.completion import Completion
from filiera.jupyter.magics import Magics

if TYPE_CHECKING:
    from IPython.core.completer import CompletionContext, SimpleMatcherResult
    from IPython.core.interactiveshell import InteractiveShell

__all__ = ["load", "unload"]

_IDENTIFIER = "filiera"
_MAGICS = (("cell", "sparql"), ("line", "ask"), ("line", "questions"))


def load(shell: InteractiveShell) -> None:
    """Register ``%%sparql``, ``%ask`` and ``%questions``, and complete what is typed there."""
    from IPython.core.completer import SimpleCompletion, context_matcher

    unload(shell)
    magics = Magics(shell.user_ns)
    completion = Completion(shell.user_ns)

    def matcher(context: CompletionContext) -> SimpleMatcherResult:
        lines = context.full_text.split("\n")[: context.cursor_line]
        before = "\n".join([*lines, context.text_until_cursor])
        fragment, found = completion.at(before, context.full_text)
        return {
            "completions": [SimpleCompletion(text=text, type="filiera") for text in found],
            "matched_fragment": fragment,
            "suppress": bool(found),
            "ordered": True,
        }

    for kind, name in _MAGICS:
        shell.register_magic_function(getattr(magics, name), kind, name)
    shell.Completer.custom_matchers.append(
        context_matcher(identifier=_IDENTIFIER, priority=1000)(matcher)
    )


def unload(shell: InteractiveShell) -> None:
    """Take the magics and the completion away again."""
    for kind, name in _MAGICS:
        shell.magics_manager.magics[kind].pop(name, None)
    matchers = shell.Completer.custom_matchers
    matchers[:] = [one for one in matchers if getattr(one, "matcher_identifier", "") != _IDENTIFIER]
