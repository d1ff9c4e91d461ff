"""A long list on a page: filters, order and place of it stand in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlencode

from fastapi import Request

T = TypeVar("T")
SIZE = 50
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Listing:
    """``asked``: the filters that are set. ``sort``: the column, with a minus before it for downwards."""

    path: str
    asked: Mapping[str, str]
    sort: str
    number: int = 1
    total: int = 0
    size: int = SIZE
    usual: str = field(default="")
    """The order that needs no word in the address."""

    @property
    def column(self) -> str:
        return self.sort.removeprefix("-")

    @property
    def down(self) -> bool:
        return self.sort.startswith("-")

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    @property
    def first(self) -> int:
        return min(self.offset + 1, self.total)

    @property
    def last(self) -> int:
        return min(self.offset + self.size, self.total)

    def link(self, **changes: str | int) -> str:
        """The same list with something else asked for; an empty value takes a filter away."""
        values = {**self.asked, "sort": self.sort, **{key: str(value) for key, value in changes.items()}}
        kept = {key: value for key, value in values.items() if value}
        if kept.get("sort") == self.usual:
            del kept["sort"]
        if kept.get("page") == "1":
            del kept["page"]
        return f"{self.path}?{urlencode(kept)}" if kept else self.path

    def sort_link(self, column: str) -> str:
        """Ordered by a column; asked again, the other way round."""
        return self.link(sort=f"-{column}" if self.sort == column else column)

    def cut(self, items: Sequence[T]) -> Sequence[T]:
        return items[self.offset : self.offset + self.size]


def listing(request: Request, filters: Sequence[str], sorts: Sequence[str], usual: str) -> Listing:
    """What a request asks of a list; unknown orders are the usual one, pages before the first the first."""
    query = request.query_params
    asked = {name: query[name].strip()[:_LONGEST] for name in filters if query.get(name, "").strip()}
    sort = query.get("sort", usual)
    page = query.get("page", "1")
    number = int(page) if page.isdecimal() and len(page) < 7 else 1
    known = sort.removeprefix("-") in sorts
    return Listing(request.url.path, asked, sort if known else usual, max(1, number), usual=usual)


def counted(asked: Listing, total: int) -> Listing:
    """With the number of lines; a page behind the last is the last."""
    from dataclasses import replace

    made = replace(asked, total=total)
    return replace(made, number=min(made.number, made.pages))
