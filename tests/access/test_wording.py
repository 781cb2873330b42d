"""No page says a word of a library's or a programmer's: all forms, with what they refuse."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.access import matrix, walk
from tests.access.bodies import BODIES
from tests.access.rowing import Row, read_table
from tests.access.walker import address
from tests.access.wording import foreign
from tests.access.world import ROLES
from tests.hostile.forms import Fields
from youthvoice.questions.models import Answer, Comment, Question

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("access")]
ROWS = read_table(matrix.TABLE)
#: What people of the small house are called.
PEOPLE = {*ROLES, "aaai"}
_ENDS = re.compile("[a-z]{4}$")
#: What each field is given, one after another; None leaves it out.
GIVEN = {
    "missing": None,
    "too long": "长" * 12_000,
    "too short": "一",
    "wrong": "不是@\x00这个",
}


def senders() -> list[tuple[Row, str]]:
    """For each address that takes something, who may send it, once."""
    found: dict[str, tuple[Row, str]] = {}
    for row in ROWS:
        may = [role for role in ROLES if row.expected[role] in ("done", "made", "422", "200")]
        if row.method == "POST" and may and not row.route.startswith("admin/"):
            found.setdefault(row.route, (row, may[-1]))
    return list(found.values())


def sent(world: Any, client: Client, role: str, row: Row, data: dict[str, str] | None) -> str:
    """The page that answers; None asks for the form itself."""
    path = address(row.route, world.objects[row.thing])
    world.dress(client, role)
    with walk.undone():
        response: Any = client.generic(
            "GET" if data is None else "POST",
            path,
            urlencode(data or {}),
            content_type="application/x-www-form-urlencoded",
            headers={"X-CSRFToken": world.token(role)},
        )
        page = b"".join(response.streaming_content) if response.streaming else response.content
    is_text = response.get("Content-Type", "").startswith("text/")
    return page.decode() if is_text else ""


def refused(world: Any, row: Row, role: str) -> list[str]:
    """What is said to somebody who gives a form all that it does not take."""
    client = world.client(role)
    own = BODIES.get(row.route, {})
    names = Fields(sent(world, client, role, row, None)).values.keys() | own.keys()
    names -= {"csrfmiddlewaretoken"}
    # The number by which a form is known is no field that somebody fills in.
    kept = {name: own[name] for name in ("key",) if name in own}
    found = []
    for what, given in GIVEN.items():
        data = {} if given is None else dict.fromkeys(names, given) | kept
        page = sent(world, client, role, row, data)
        if not page and given is None and not own:
            # A button: sent on, whatever comes with it.
            break
        found += [f"{row.route}, {what}: {words}" for words in foreign(page, but=_names())]
    return found


def _names() -> set[str]:
    """What people are called, and the ends by which the factories tell words apart."""
    said = [
        *Question.objects.values_list("title", flat=True),
        *Answer.objects.values_list("text", flat=True),
        *Comment.objects.values_list("text", flat=True),
    ]
    return PEOPLE | {ends[0] for ends in map(_ENDS.search, said) if ends}


def test_no_refusal_speaks_as_a_library(world):
    found = [words for row, role in senders() for words in refused(world, row, role)]

    assert found == []


def test_a_library_that_speaks_is_heard():
    page = """<title>改密码</title><script>var data</script><p>QQ、App 都行。</p>
    <ul><li>确保该变量包含不超过 60 字符</li><li>This field is required.</li></ul>
    <input value="value" placeholder="Email address"><p>peer-1 写给 a@b.cn</p>"""

    assert foreign(page) == [
        "确保该变量包含不超过 60 字符",
        "This field is required.",
        "Email address",
    ]
