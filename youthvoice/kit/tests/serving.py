"""Servers on this machine that behave as strangers may."""

import socket
import threading
import time
from contextlib import contextmanager

GREETING = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Kind: plain\r\n\r\nhello"


class Server:
    """What came in, and where it listens."""

    def __init__(self, listener):
        self.port = listener.getsockname()[1]
        self.asked = []
        self.done = threading.Event()

    def url(self, path="/", host="127.0.0.1"):
        return f"http://{host}:{self.port}{path}"


@contextmanager
def serving(answer):
    """A server that reads one head and its body, then lets `answer` speak to the line."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(listener)

    def serve():
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            with line:
                try:
                    server.asked.append(_read(line))
                    answer(line, server)
                except OSError:
                    pass  # the client has gone, which is what some tests want
                finally:
                    # What was not read would make the close a reset.
                    line.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield server
    finally:
        server.done.set()
        # Closing alone does not wake `accept` on Linux.
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def _read(line):
    line.settimeout(5)
    came = b""
    while b"\r\n\r\n" not in came:
        piece = line.recv(65536)
        if not piece:
            return came
        came += piece
    head, _, body = came.partition(b"\r\n\r\n")
    lengths = [
        int(row.partition(b":")[2])
        for row in head.split(b"\r\n")
        if row.lower().startswith(b"content-length:")
    ]
    while lengths and len(body) < lengths[0]:
        body += line.recv(65536)
    return head + b"\r\n\r\n" + body


def says(data):
    """Answers with these bytes."""
    return lambda line, server: line.sendall(data)


def drips(data, every=0.05):
    """A byte at a time and without end, after `data`: no single read ever waits long."""

    def answer(line, server):
        line.sendall(data)
        while not server.done.wait(every):
            line.sendall(b"x")

    return answer


def floods(line, server):
    """An answer without end."""
    line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    end = time.monotonic() + 10
    while not server.done.is_set() and time.monotonic() < end:
        line.sendall(b"x" * 65536)


def silent(line, server):
    server.done.wait(10)
