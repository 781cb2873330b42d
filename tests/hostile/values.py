# ruff: noqa: E501 - tables read best with many in a line
"""What forms don't ask for: values, bodies, headers and addresses that only a script sends."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_from_bytes

from django.core import signing
from hypothesis import strategies as st

#: Texts that broke some house, somewhere, and what breaks the parts that ours is made of.
_TEXTS = [
    "", " ", "\u3000", "\x00", "问\x00题", "\ud800", "\udfff问", "\ud83d\ude00", "\ufffe\uffff", "\ufeff",
    "\r\nSet-Cookie: a=b", "\r\n.\r\n", "\x1b[31m", "\x85\u2028\u2029", "\u202e倒\u2066过", "\u200b" * 50,
    "e" + "\u0301" * 3000, "👩\u200d👩\u200d👧\u200d👦", "𠀀𪛖𮯰𰀀𱍊", "字" * 200_000, "a" * 100_000, "\n" * 50_000,
    "*" * 20_000, "> " * 5_000, "- " * 5_000, "[" * 20_000, "[a](" * 5_000, "&" * 20_000, "1. \n" * 5_000,
    "-1", "0", "1", "2", "3", "+1", "1.5", "1e309", "NaN", "Infinity", "-Infinity", "9" * 19, "9" * 400,
    "1" * 5_000, "0x10", "1_0", "٣", "²", "½", "true", "on", "None", "null", "undefined", "[]", "{}", "[[[[",
    "1~1", "~", "9223372036854775807~1", "1~9223372036854775807", "1~9223372036854775808", "1e308~1",
    "-1e308~1", "99999999999999999999~1", "-62135596800000000~1", "253402300799999999~1", "nan~1", "²~²",
    "2026-13-45", "0000-00-00", "25:61", "9999-12-31T23:59:59Z", "P1D", "12345678901234567890123456789012",
    "'; DROP TABLE people_user;--", '" OR 1=1', "%00", "%s%n%d", "{0.__class__}", "${7*7}", "{{7*7}}",
    "{% debug %}", "../../../etc/passwd", "..\\..", "/dev/zero", "C:\\con", "file:///etc/passwd",
    "javascript:alert(1)", "//evil.example", "http://[", "http://[::1", "https://evil.example\\@testserver",
    "///x", "/\\evil.example", "mailto:a@b\r\nBcc: c@d", "a@b", "a@" + "b" * 70_000, "admin", "demo-youth",
    "asker-login", "asker@mail.test", "<script>alert(1)</script>", "<!--", "]]>", "\\", '"', "'", "`",
    "=cmd|' /C calc'!A0", "410100", "410122", "solved", "open", "help", "work", "named", "nameless", "keep", "mask",
]  # fmt: skip
_BYTES = [
    b"\xff\xfe", b"\xc0\x80", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xe5\xad", b"+ADw-script+AD4-",
    "问".encode("gb18030"), "问".encode("utf-16"), bytes(range(256)),
]  # fmt: skip
VALUES = st.one_of(
    st.sampled_from([text.encode("utf-8", "surrogatepass") for text in _TEXTS] + _BYTES),
    st.text(max_size=40).map(str.encode),
    st.binary(max_size=40),
    st.integers(-(2**70), 2**70).map(lambda n: str(n).encode()),
)
#: Names that some part of ours might listen to, though no page shows them.
NAMES = [
    "next", "after", "comments", "show", "field", "kind", "region", "tab", "page", "q", "o", "p", "all", "e",
    "_popup", "_to_field", "_changelist_filters", "_save", "_continue", "_saveasnew", "action", "_selected_action",
    "select_across", "index", "post", "undo", "role", "personal", "csrfmiddlewaretoken", "app_label", "model_name",
    "field_name", "term", "__proto__", "id__in", "id__regex", "is_active__exact", "format", "callback", "_method",
    "memberships-TOTAL_FORMS", "memberships-INITIAL_FORMS", "memberships-0-id", "memberships-0-DELETE", "",
    "\x00", "\ud800", "名", "a[]", "a[0][b]", "x" * 5_000,
]  # fmt: skip
CHARSETS = ["utf-8", "utf-7", "utf-16", "gb18030", "hex", "zlib", "rot13", "idna", "unicode_escape", "undefined",
            "nonsense", "", "x" * 3_000, "é"]  # fmt: skip
CONTENT_TYPES = [
    "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=",
    "multipart/form-data; boundary=" + "b" * 300, "multipart/form-data; boundary=\xff", "application/json",
    "text/plain", "text/xml", "", ";", "a/b; c*=nonsense'x'y", "a/b; c*0*=utf-8''%ff; c*1=z", "a/b; c*=utf-7''%2BADw-",
    "multipart/mixed; boundary=x", "application/x-www-form-urlencoded; charset", "x" * 5_000,
]  # fmt: skip
#: By the names of the entrance's environment.
HEADERS: list[dict[str, str]] = [
    *({"HTTP_HOST": host} for host in ("evil.example", "", "[", "testserver:x", "a b", "\xff", "x" * 5_000)),
    *({"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": url}
      for url in ("http://[", "%ff", "javascript:x", "http://testserver:99999/")),
    {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "%ff%00", "HTTP_HX_CURRENT_URL_URI_AUTOENCODED": "true"},
    {"HTTP_HX_REQUEST": "\x00", "HTTP_HX_TARGET": "\xff", "HTTP_HX_TRIGGER": "%ED%A0%80",
     "HTTP_HX_TRIGGER_URI_AUTOENCODED": "true"},
    {"HTTP_HX_REQUEST": "true", "HTTP_TRIGGERING_EVENT": "{" * 2_000, "HTTP_HX_PROMPT": "x"},
    *({"HTTP_ORIGIN": origin} for origin in ("null", "http://[", "https://evil.example", "\xff", "http://testserver")),
    *({"HTTP_REFERER": url, "wsgi.url_scheme": "https"} for url in ("http://[", "x", "https://testserver", "\xff")),
    *({"HTTP_IF_NONE_MATCH": tag} for tag in ("*", '"', 'W/"x"', "\xff", "x" * 5_000)),
    *({"HTTP_IF_MODIFIED_SINCE": at} for at in ("x", "Mon, 99 Foo 9999 99:99:99 GMT", "Sun, 06 Nov 0000 08:49:37 GMT")),
    *({"HTTP_RANGE": given} for given in ("bytes=0-", "bytes=9-1", "bytes=a-b", "x")),
    *({"HTTP_ACCEPT_LANGUAGE": given} for given in ("x" * 5_000, "zh;q=9", "*;q=\xff", "../../etc")),
    *({"HTTP_ACCEPT_ENCODING": given} for given in ("gzip;q=x", "gzip", "br, *")),
    *({"HTTP_ACCEPT": given} for given in ("text/html;q=x", "x" * 5_000, "\xff", "application/json")),
    *({"HTTP_X_FORWARDED_FOR": given} for given in ("1.2.3.4, x", "::ffff:1.2.3.4", "\xff", "," * 3_000)),
    *({"REMOTE_ADDR": given} for given in ("", "x", "::1%eth0", "fe80::1", "999.1.1.1")),
    *({"HTTP_USER_AGENT": given} for given in ("", "\xff\x00", "x" * 20_000)),
    {"HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE"}, {"HTTP_TRANSFER_ENCODING": "chunked"}, {"HTTP_EXPECT": "x"},
    {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}, {"HTTP_COOKIE": "\xff=\x00; =; ;;; a"}, {"HTTP_AUTHORIZATION": "Basic x"},
    {"HTTP_CONTENT_ENCODING": "gzip"}, {"HTTP_X_CSRFTOKEN": ""}, {"HTTP_X_CSRFTOKEN": "\xff" * 64},
]  # fmt: skip
LENGTHS = [None] * 12 + [
    "",
    "-1",
    "0",
    "x",
    "1",
    "99999999",
    "9" * 5_000,
    "1e9",
    "٣",
    "²",
    "+5",
    "\xff",
]
METHODS = (
    ["POST"] * 28
    + ["GET"] * 8
    + ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY", "é", "x" * 999]
)


def _signed(value: object, salt: str) -> str:
    return signing.dumps(value, salt=salt)


_RECEIPTS: list[Any] = [{"a": 1}, [2**70], [-1], [None], [[1]], "x", 1, [True], list(range(500))]
_DEVICES: list[Any] = [[], {"a": []}, {"a": None}, 1, None]
_SAID: list[Any] = [[], {}, 1, [["__json_message"]]]
#: What a browser might bring back, our own signature under some of it.
COOKIES: list[dict[str, str]] = [
    {"sessionid": "x" * 5_000}, {"sessionid": "\xff\x00"}, {"sessionid": "'"}, {"sessionid": '"\\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"'}, {"csrftoken": "x"},
    {"csrftoken": "\xff" * 32}, {"messages": "[[["}, {"messages": "x:y:z"}, {"yv_region": "\x00"},
    {"yv_region": "410100"}, {"yv_region": "9" * 3_000}, {"django_language": "../x"}, {"yv_reader": "a.b:c"},
    {"yv_device": "{}"}, {"yv_receipts": ":::"}, {"": "x"}, {"x" * 3_000: "y"},
    *({"yv_receipts": _signed(value, "youthvoice.receipts")} for value in _RECEIPTS),
    *({"yv_device": _signed(value, "youthvoice.devices")} for value in _DEVICES),
    *({"messages": _signed(value, "django.contrib.messages")} for value in _SAID),
    *({"yv_reader": signing.Signer(salt="youthvoice.reads").sign(text)}
      for text in ("a.b.c", "a.99999999999999999999.public", "a.1.\xff", "..", "a.-1.staff")),
]  # fmt: skip
#: What may stand in an address where a number or a name should.
PLACES = [
    "0", "-1", "99999999999999999999", "9" * 5_000, "1.5", "٣", "²", "x", "%00", "%ED%A0%80", "%FF", "..%2f..",
    "a%0d%0ab", "%E5%AD", "名字", "a" * 3_000, "1/../2", "_add", "_3A", "1%20", "%25", "%5Fz",
]  # fmt: skip


@dataclass(frozen=True)
class Draw:
    """What was thrown for one request; sending.py's `Sent` follows from it and from the page."""

    method: str
    #: Which fields are changed, each to what: places in the list of names, counted around.
    changes: list[tuple[int, bytes]]
    #: Fields of the form that are left out, likewise.
    missing: list[int]
    body: str
    charset: str
    content_type: str
    raw: bytes
    headers: dict[str, str]
    cookies: dict[str, str]
    length: str | None
    place: str
    twice: bool
    host: int


BODIES = ["form"] * 12 + ["parts"] * 8 + ["broken parts"] * 3 + ["json"] * 2 + ["raw"] * 3
# Not 0: hypothesis likes the ends of a range.
_SELDOM = st.integers(0, 12)


def _sometimes(strategy: st.SearchStrategy, usual: object) -> st.SearchStrategy:
    return _SELDOM.flatmap(lambda n: strategy if n == 7 else st.just(usual))


DRAWS = st.builds(
    Draw,
    method=st.sampled_from(METHODS),
    changes=st.lists(st.tuples(st.integers(0, 999), VALUES), max_size=4),
    missing=_sometimes(st.lists(st.integers(0, 20), max_size=3), []),
    body=st.sampled_from(BODIES),
    charset=_sometimes(st.sampled_from(CHARSETS), ""),
    content_type=st.sampled_from(CONTENT_TYPES),
    raw=VALUES,
    headers=_sometimes(st.sampled_from(HEADERS), {}),
    cookies=_sometimes(st.sampled_from(COOKIES), {}),
    length=_sometimes(st.sampled_from(LENGTHS), None),
    place=_sometimes(st.sampled_from(PLACES), ""),
    twice=st.booleans(),
    host=st.integers(1, 2**24),
)


def urlencoded(pairs: list[tuple[bytes, bytes]]) -> bytes:
    return b"&".join(
        quote_from_bytes(name).encode() + b"=" + quote_from_bytes(value).encode()
        for name, value in pairs
    )


BOUNDARY = b"yvyvyv"


def parts(pairs: list[tuple[bytes, bytes]], files: list[tuple[bytes, bytes]]) -> bytes:
    out = []
    for name, value in pairs:
        out.append(b'Content-Disposition: form-data; name="%s"\r\n\r\n%s' % (name, value))
    for place, (name, value) in enumerate(files):
        head = FILE_HEADS[place % len(FILE_HEADS)]
        out.append(head % name + b"\r\n\r\n" + value)
    return b"".join(b"--%s\r\n%s\r\n" % (BOUNDARY, one) for one in out) + b"--%s--\r\n" % BOUNDARY


FILE_HEADS = [
    b'Content-Disposition: form-data; name="%s"; filename="a.jpg"\r\nContent-Type: image/jpeg',
    b'Content-Disposition: form-data; name="%s"; filename="../../a\x00.jpg"',
    b"Content-Disposition: form-data; name=\"%s\"; filename*=nonsense''x.jpg",
    b"Content-Disposition: form-data; name=\"%s\"; filename*=utf-7''%%2B2AA-.jpg",
    b"Content-Disposition: form-data; name=\"%s\"; filename*=utf-16''%%00%%d8.png",
    b'Content-Disposition: form-data; name="%s"; filename="' + b"x" * 900 + b'"',
    b'Content-Disposition: form-data; name="%s"; filename="\xed\xa0\x80"\r\nContent-Type: a/b; charset=hex',
    b'Content-Disposition: form-data; name="%s"; filename="a"\r\nContent-Transfer-Encoding: base64',
    b'Content-Disposition: form-data; name="%s"\r\nContent-Transfer-Encoding: base64',
]


def deep(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


def as_json(pairs: list[tuple[bytes, bytes]]) -> bytes:
    return json.dumps({n.decode("latin-1"): v.decode("latin-1") for n, v in pairs}).encode()
