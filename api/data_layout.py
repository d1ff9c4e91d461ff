"""Where what stands in a data folder: known to the server's settings and to its workers alike."""

from __future__ import annotations

from pathlib import Path


class DataLayout:
    """For a class with a field ``data``, the data folder."""

    __slots__ = ()
    data: Path

    @property
    def database_file(self) -> Path:
        return self.data / "ziping.db"

    @property
    def files_folder(self) -> Path:
        return self.data / "files"

    @property
    def criteria_folder(self) -> Path:
        """Criteria of rounds that do not use the usual ones, a file for each id."""
        return self.data / "criteria"

    @property
    def cache_folder(self) -> Path:
        """What can be made again at any time: page images, indexes, what was read."""
        return self.data / "cache"
