"""Floods a Modbus TCP port of this machine: flood.py PORT SECONDS.

Eight clients send requests and never read an answer, eight connect and leave, eight send rubbish. Exit code 1 when the
port does not take connections any more.
"""

import random
import socket
import struct
import sys
import threading
import time

port, seconds = int(sys.argv[1]), float(sys.argv[2])
end = time.monotonic() + seconds
counts = {"requests": 0, "connections": 0, "rubbish": 0}
lock = threading.Lock()


def connect():
    client = socket.create_connection(("127.0.0.1", port), timeout=0.5)
    client.settimeout(0.1)
    return client


def count(kind, amount):
    with lock:
        counts[kind] += amount


def repeat(body):
    while time.monotonic() < end:
        try:
            body()
        except OSError:
            # Closed, refused or full: that is the server's right.
            time.sleep(0.005)


def greedy():
    # Fourteen registers of every BMC, a hundred requests in a lump.
    lump = b"".join(struct.pack(">HHHBBHH", n, 0, 6, 48 + n % 8, 3, 0, 14) for n in range(100))
    with connect() as client:
        while time.monotonic() < end:
            try:
                client.sendall(lump)
                count("requests", 100)
            except TimeoutError:
                # A lump half sent: from here on it is rubbish, so a new connection.
                return


def fleeting():
    connect().close()
    count("connections", 1)


def rubbish():
    with connect() as client:
        client.sendall(random.randbytes(200))
        count("rubbish", 200)


random.seed(1)
threads = [threading.Thread(target=repeat, args=[body]) for body in (greedy, fleeting, rubbish) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(", ".join(f"{amount} {kind}" for kind, amount in counts.items()))
sys.exit(0 if all(counts.values()) else 1)
