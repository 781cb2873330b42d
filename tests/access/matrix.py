"""The access matrix: every address of the house, every role, own and others' things.

It stands in `rows/`, a file an area. A row is `METHOD pattern object status`, then
`role=status` where a role differs. Objects are those of world.py: `named` is the asker's
question and `nameless` the receipt's; `official` is an answer of the office of holder, duty
and lead, written by a colleague of theirs; `peer` and `expert` are those roles' own answers;
`gone…` was taken back by its writer. The words for statuses are rowing.read_table's. An address
without a row fails test_matrix.py.
"""

from pathlib import Path

_ROWS = Path(__file__).with_name("rows")
TABLE = "".join(path.read_text() for path in sorted(_ROWS.glob("*.txt")))
#: What everybody's caches may keep.
PUBLIC = (_ROWS / "public.txt").read_text()
#: Patterns of PUBLIC that are no page for everybody's cache.
NOT_FOR_CACHES = {"healthz"}
#: What a child whose guardian hasn't agreed may send all the same: what concerns only the own
#: account, opening a receipt, asking without a name, reporting, taking back. All else answers
#: 403.
FREE_FOR_CHILD = (
    "accounts/",
    "guardian/",
    "admin/",
    "demo/",
    "receipt/",
    "ask/",
    # What waits for a form, for whoever holds its key and this browser's cookie.
    "pictures/held/",
    "report/",
    "moderation/hidden/",
    # A body's letter, whoever is signed in where it is opened.
    "out/",
    "back/",
)
FREE_ENDS = ("/delete/", "/own/", "/here/")
