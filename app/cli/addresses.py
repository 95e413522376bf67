"""Addresses that people can open."""

import socket
from ipaddress import ip_address

EVERYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104 - compared with, never bound here


def public_address(host: str, port: int, public_url: str | None) -> str:
    """What stands before the path of every printed link: PUBLIC_URL, else an address of this
    machine that other devices on its network reach."""
    if public_url:
        return public_url.rstrip("/")
    name = _own_address(host == "::") if host in EVERYWHERE else host
    shown = f"[{name}]" if ":" in name else name
    return f"http://{shown}" if port == 80 else f"http://{shown}:{port}"


def only_here(host: str) -> bool:
    """Whether only this machine can open what is served on `host`."""
    if host in EVERYWHERE:
        return False
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _own_address(six: bool) -> str:
    """The address by which this machine would reach others; nothing is sent to find it out."""
    family, target = (socket.AF_INET6, "2001:db8::1") if six else (socket.AF_INET, "192.0.2.1")
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((target, 9))
            return str(probe.getsockname()[0])
        except OSError:
            return socket.gethostname()


def bind(host: str, port: int) -> socket.socket:
    """A listening socket. Raises OSError naming the address where it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    listening.set_inheritable(True)
    return listening
