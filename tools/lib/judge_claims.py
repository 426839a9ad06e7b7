"""What the Python judges share: claims, the places that "busbar serve" announces, and raw connections."""

import socket
import sys

ILLEGAL_FUNCTION, ILLEGAL_ADDRESS, ILLEGAL_VALUE, NO_PATH, NO_ANSWER = 1, 2, 3, 10, 11

failures = 0


def claim(text, holds, found=None):
    """Prints "ok <claim>" or "FAILED <claim>"; `finish` makes the exit code of them."""
    global failures
    if holds:
        print(f"ok {text}")
    else:
        failures += 1
        print(f"FAILED {text}: found {found}")


def finish():
    sys.exit(1 if failures else 0)


def place(text):
    """Host and port of "127.0.0.1:1502"."""
    host, port = text.rsplit(":", 1)
    return host, int(port)


def connected(host, port, timeout=5):
    connection = socket.create_connection((host, port), timeout=timeout)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def exactly(connection, count):
    """So many octets, or fewer when the connection ends or nothing comes within its time-out."""
    octets = b""
    try:
        while len(octets) < count:
            more = connection.recv(count - len(octets))
            if not more:
                break
            octets += more
    except (TimeoutError, ConnectionResetError):
        pass
    return octets


def answer_on_tcp(connection):
    """One ADU by its length field; empty when the connection has ended or nothing comes."""
    head = exactly(connection, 6)
    if len(head) < 6:
        return head
    return head + exactly(connection, int.from_bytes(head[4:6], "big"))
