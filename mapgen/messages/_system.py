"""What the operating system says of files that cannot be used: the usual errors of POSIX, for the catalogues."""

from __future__ import annotations

from mapgen.messages._message import msg

__all__ = ["SYSTEM"]

SYSTEM = (
    msg("Bad file descriptor"),
    msg("Broken pipe"),
    msg("Cannot allocate memory"),
    msg("Connection refused"),
    msg("Connection reset by peer"),
    msg("Disk quota exceeded"),
    msg("File exists"),
    msg("File name too long"),
    msg("File too large"),
    msg("Input/output error"),
    msg("Invalid argument"),
    msg("Is a directory"),
    msg("Name or service not known"),
    msg("No route to host"),
    msg("No space left on device"),
    msg("No such device or address"),
    msg("No such file or directory"),
    msg("Not a directory"),
    msg("Operation not permitted"),
    msg("Permission denied"),
    msg("Read-only file system"),
    msg("Temporary failure in name resolution"),
    msg("Too many levels of symbolic links"),
    msg("Too many open files"),
)
