"""Limits that are used up, for tests of what happens then."""

from youthvoice.kit import clock
from youthvoice.limits import actions, store
from youthvoice.limits.choices import LIMITS


def fill(what, who, *, left=0, at=None):
    """Use all but `left`."""
    actions.take(what, who=who, at=at or clock.now(), many=LIMITS[what].most - left)


def fill_up(what, who, *, left=0, at=None):
    """The same for who comes by the pages, where a network may reach more after waits."""
    limit = LIMITS[what]
    want = actions.Want(what, who, limit.most * limit.crowd - left, limit.most * limit.crowd)
    actions.take_all([want], at=at or clock.now())


def used(what, who):
    found = store.execute("SELECT used FROM counts WHERE key = ?", [actions.Want(what, who).key])
    return (found.fetchone() or [0])[0]


def rows():
    """All that is counted now: key, how often, and until which minute."""
    return store.execute("SELECT key, used, ends FROM counts ORDER BY key").fetchall()


def keys():
    return {key for key, _used, _ends in rows()}
