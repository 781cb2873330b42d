"""What is kept, within bounds."""

from collections import OrderedDict
from typing import Any

from youthvoice.entrance.page import Page

#: Of the bytes at hand, the share of pages that were wanted more than once. The others can't push
#: them out: made-up addresses compete among themselves.
_WANTED_SHARE = 0.8


class Store:
    """Pages by address, within so many bytes; those wanted but once make room first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._new: OrderedDict[Any, Page] = OrderedDict()
        self._wanted: OrderedDict[Any, Page] = OrderedDict()
        #: Bytes of all, and of those that were wanted again.
        self.size = self._wanted_size = 0

    def __len__(self) -> int:
        return len(self._new) + len(self._wanted)

    def get(self, key: Any) -> Page | None:
        page = self._wanted.get(key)
        if page is not None:
            self._wanted.move_to_end(key)
            return page
        page = self._new.get(key)
        # What is one browser's is gone in a moment: it pushes nothing out that others want.
        if page is not None and not page.marks:
            del self._new[key]
            page.is_wanted = True
            self._wanted[key] = page
            self._wanted_size += page.size
            self._trim()
        return page

    def put(self, key: Any, page: Page) -> None:
        old = self._wanted.get(key) or self._new.get(key)
        if old is not None:
            if old.begun > page.begun:
                return
            page.is_wanted = old.is_wanted
            self.drop(key)
        if page.size > self._most // 8:
            return
        self.size += page.size
        if page.is_wanted:
            self._wanted[key] = page
            self._wanted_size += page.size
        else:
            self._new[key] = page
        self._trim()

    def drop(self, key: Any) -> None:
        if (page := self._new.pop(key, None)) is not None:
            self.size -= page.size
        if (page := self._wanted.pop(key, None)) is not None:
            self.size -= page.size
            self._wanted_size -= page.size

    def grown(self, page: Page, before: int) -> None:
        """A page takes more than before, in place."""
        self.size += page.size - before
        if page.is_wanted:
            self._wanted_size += page.size - before
        self._trim()

    def holds(self, key: Any, page: Page) -> bool:
        return self._wanted.get(key) is page or self._new.get(key) is page

    def _trim(self) -> None:
        while self._wanted_size > self._most * _WANTED_SHARE and self._wanted:
            key, page = self._wanted.popitem(last=False)
            self._wanted_size -= page.size
            page.is_wanted = False
            self._new[key] = page
        while self.size > self._most:
            key, _page = next(iter((self._new or self._wanted).items()))
            self.drop(key)
