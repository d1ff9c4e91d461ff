"""Errors that a user can meet, with what to do next.

ZipingError                 exit code, HTTP status
├── UsageError              2, 400   wrong use
├── MissingPath             2, 404   no such file or folder
└── UnreadableFile          3, 422   a file that cannot be read
    ├── UnsupportedFormat   3, 415   not a .docx or .pdf
    ├── EncryptedFile       3, 422   needs a password
    ├── DamagedFile         3, 422   truncated or broken
    └── ResourceLimit       3, 413   too large, or took too long
"""

from __future__ import annotations


class ZipingError(Exception):
    """Root. ``message`` is one or two sentences in Chinese: what is wrong and what to do."""

    exit_code = 1
    http_status = 500

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __reduce__(self) -> tuple[type[ZipingError], tuple[str]]:
        return type(self), (self.message,)


class UsageError(ZipingError):
    exit_code = 2
    http_status = 400


class MissingPath(ZipingError):
    exit_code = 2
    http_status = 404


class UnreadableFile(ZipingError):
    exit_code = 3
    http_status = 422


class UnsupportedFormat(UnreadableFile):
    http_status = 415


class EncryptedFile(UnreadableFile):
    pass


class DamagedFile(UnreadableFile):
    pass


class ResourceLimit(UnreadableFile):
    http_status = 413
