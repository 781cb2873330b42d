"""Nothing calls another machine by HTTP but the guarded client, kit/outgoing.py."""

import ast

import pytest

from tests.architecture import tree

CLIENT = "youthvoice/kit/outgoing.py"
#: Each with the modules that it may use, and why it needs no guard.
ALSO = {
    # Asks whether the web process on this machine answers yet, by a loopback address.
    "youthvoice/supervisor/net.py": {"http.client", "socket"},
    # Makes the socket that the web process listens on.
    "youthvoice/supervisor/web.py": {"socket"},
    # Waits for visitors, and opens no line itself.
    "youthvoice/entrance/cache.py": {"asyncio"},
    "youthvoice/entrance/front.py": {"asyncio"},
}
#: Modules that call, or with which one could; `a.b` also stands for all below it.
CALLING = {
    *("aiohttp", "asyncio", "ftplib", "grpc", "h11", "http.client", "httplib2", "httpx"),
    *("imaplib", "nntplib", "poplib", "pycurl", "requests", "smtplib", "socket", "telnetlib"),
    *("urllib.request", "urllib3", "websocket", "websockets", "xmlrpc.client"),
}


def imports(source):
    """Every module that a file names in an import, `from a import b` also as a.b."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call):
            # importlib.import_module("x"), __import__("x"), import_string("x.y")
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if "import" in name and node.args and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value)


def calling(source):
    return {c for found in imports(source) for c in CALLING if f"{found}.".startswith(f"{c}.")}


def test_only_the_guarded_client_calls_other_machines():
    wrong = {}
    for path in tree.files():
        name = tree.name(path)
        ours = name.startswith(("youthvoice/", "config/")) and "/tests/" not in name
        if path.suffix != ".py" or not ours or name == CLIENT:
            continue
        if found := calling(path.read_text(encoding="utf-8")) - ALSO.get(name, set()):
            wrong[name] = found

    assert wrong == {}


@pytest.mark.parametrize(
    ("source", "module"),
    [
        ("import urllib.request", "urllib.request"),
        ("from urllib import request", "urllib.request"),
        ("from urllib.request import urlopen as fetch", "urllib.request"),
        ("import httpx as h", "httpx"),
        ("from urllib3.util import Retry", "urllib3"),
        ("def f():\n    from socket import create_connection", "socket"),
        ("import importlib\nimportlib.import_module('requests')", "requests"),
        ("__import__('http.client')", "http.client"),
    ],
)
def test_a_call_around_the_client_would_be_found(source, module):
    assert calling(source) == {module}


def test_taking_addresses_apart_is_no_call():
    assert calling("from urllib.parse import urlencode\nfrom http import HTTPStatus") == set()
