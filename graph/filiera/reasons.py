"""Why the operating system refused something, in both languages."""

from __future__ import annotations

import errno

from filiera.texts import Text

__all__ = ["reason"]

_ITALIAN = {
    errno.EACCES: "permesso negato",
    errno.EEXIST: "esiste già",
    errno.EFBIG: "il file è troppo grande",
    errno.EIO: "errore di lettura o scrittura",
    errno.EISDIR: "è una cartella",
    errno.ELOOP: "troppi collegamenti simbolici",
    errno.EMFILE: "troppi file aperti",
    errno.ENAMETOOLONG: "il nome è troppo lungo",
    errno.ENOENT: "il file o la cartella non esiste",
    errno.ENOSPC: "lo spazio sul disco è finito",
    errno.ENOTDIR: "non è una cartella",
    errno.EPERM: "operazione non permessa",
    errno.EPIPE: "chi leggeva ha smesso",
    errno.EROFS: "il disco è in sola lettura",
}


def reason(error: OSError) -> Text:
    """What the system says; in its own words where it says something rare.

    >>> reason(PermissionError(errno.EACCES, "Permission denied"))
    Text(it='permesso negato', en='Permission denied')
    """
    said = error.strerror or str(error)
    return Text(_ITALIAN.get(error.errno or 0, said), said)
