"""What tests of calls to other machines share."""

import socket

import pytest


@pytest.fixture
def names(monkeypatch):
    """A resolver of our own: name → the addresses of each asking, the last one for ever."""
    table = {}

    def resolve(host, port, *args, **kwargs):
        answers = table.get(host)
        if answers is None:
            return real(host, port, *args, **kwargs)
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            (socket.AF_INET6 if ":" in a else socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port))
            for a in found
        ]

    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return table
