"""What operating.md says of visitors who stall, and of the proxy in front, is so."""

import re

from tests.docs.test_docs import OPERATING, ROOT, blocks, text
from youthvoice.entrance import front, waiting
from youthvoice.site.body_limit import bytes_most
from youthvoice.supervisor import web


def test_the_proxies_shown_have_deadlines_and_take_our_longest_form():
    """A recipe without them let four half-sent forms through, and they shut the house."""
    nginx = text(ROOT / "deploy/nginx/youthvoice.conf")
    (caddy,) = (block for block in blocks(OPERATING, "text") if "reverse_proxy" in block)

    for recipe, lines in (
        (nginx, ["client_header_timeout", "client_body_timeout", "send_timeout"]),
        (caddy, ["read_header", "read_body", "idle"]),
    ):
        assert [line for line in lines if not re.search(rf"^ *{line} \d", recipe, re.M)] == []
    for pattern, recipe in (
        (r"client_max_body_size (\d+)m;", nginx),
        (r"max_size (\d+)MiB", caddy),
    ):
        assert int(re.search(pattern, recipe)[1]) * 1024 * 1024 > bytes_most()
    # Else it would send a form into a connection that we are just closing.
    assert int(re.search(r"keepalive (\d+)s", caddy)[1]) < web.HEAD_SECONDS
    assert int(re.search(r"keepalive_timeout (\d+)s", nginx)[1]) < web.HEAD_SECONDS


def test_the_deadlines_told_are_those_of_the_code():
    told = text(OPERATING).partition("## Visitors who stall")[2].partition("\n## ")[0]

    for words in (
        f"{web.HEAD_SECONDS} s, all of it",
        f"{front.PACE_BYTES // 1024} kB in each {front.PACE_SECONDS:.0f} s",
        f"takes nothing for {web.READER_SECONDS} s",
        f"{waiting.IN_MEMORY // 1024} KiB wait in memory",
        f"{web.CONNECTIONS:,} connections at most",
        f"below {web.DESCRIPTORS:,}",
    ):
        assert words in told
    assert waiting.IN_FILES == 1024**3
    assert "1 GiB at most" in told
