"""Addresses: is the port free, what does the browser open, does the web answer yet."""

import http.client
import ipaddress
import socket

from youthvoice.supervisor.say import Refusal


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def reachable(host: str) -> str:
    """The host under which this machine reaches a server that listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound


def address(host: str, port: int) -> str:
    """The address for a browser on this machine, without a slash at the end."""
    name = reachable(host)
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def check_free(host: str, port: int) -> None:
    """Raise Refusal with a sentence when nobody can listen on `host` and `port` now.

    The web server itself sets SO_REUSEPORT, with which two houses of one user could share
    a port and each get half of the visitors; so we ask without it, and first.
    """
    try:
        family, kind, _, _, where = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as problem:
        raise Refusal(
            f"地址 {host} 无法解析（{problem.strerror}）；请检查 --host。\n"
            f"The address {host} is not known ({problem.strerror}); check --host."
        ) from None
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(where)
        except OSError as problem:
            raise Refusal(
                f"无法监听 {host} 的 {port} 端口（{problem.strerror}）；"
                f"请换一个，例如 ./run --port {port % 65535 + 1}。\n"
                f"Can't listen on {host}, port {port} ({problem.strerror}); "
                f"choose another, as in ./run --port {port % 65535 + 1}."
            ) from None


def answers(host: str, port: int) -> bool:
    """Whether the web serves pages yet.

    Not asked of /healthz: that is rightly red until the worker, which waits for this
    answer, has been heard of.
    """
    connection = http.client.HTTPConnection(reachable(host), port, timeout=5)
    try:
        connection.request("GET", "/robots.txt", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
