"""Calls by TLS: whose certificate is believed."""

import shutil
import socket
import ssl
import subprocess
import threading

import pytest

from youthvoice.kit.outgoing import Allowed, UnableToCall, call
from youthvoice.kit.tests.serving import GREETING
from youthvoice.kit.tests.test_outgoing import QUICK


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of our own for good.example, and its key."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl here to make a certificate with")
    folder = tmp_path_factory.mktemp("tls")
    files = folder / "cert", folder / "key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "2", "-subj", "/CN=good.example",
         "-addext", "subjectAltName=DNS:good.example", "-out", files[0], "-keyout", files[1]],
        check=True, capture_output=True,
    )  # fmt: skip
    return files


@pytest.fixture
def tls_server(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            try:
                with context.wrap_socket(line, server_side=True) as secure:
                    secure.recv(65536)
                    secure.sendall(GREETING)
            except OSError:
                pass

    thread = threading.Thread(target=serve)
    thread.start()
    yield listener.getsockname()[1]
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join()


def test_a_certificate_that_is_trusted_and_of_this_name(
    names, tls_server, certificate, monkeypatch
):
    names["good.example"] = [["127.0.0.1"]]
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))

    answer = call(
        "GET", f"https://good.example:{tls_server}/", allowed=Allowed(loopback=True), bounds=QUICK
    )
    assert answer.body == b"hello"


def test_a_certificate_of_another_name_or_of_nobody_is_refused(
    names, tls_server, certificate, monkeypatch
):
    names["other.example"] = names["good.example"] = [["127.0.0.1"]]
    may = Allowed(loopback=True)

    with pytest.raises(UnableToCall, match="SSL"):
        call("GET", f"https://good.example:{tls_server}/", allowed=may, bounds=QUICK)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    with pytest.raises(UnableToCall, match="SSL"):
        call("GET", f"https://other.example:{tls_server}/", allowed=may, bounds=QUICK)
