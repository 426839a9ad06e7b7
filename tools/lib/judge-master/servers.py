"""Servers that judge the master side: servers.py pymodbus PORT | trouble PORT SEED

pymodbus: a plain server; holding registers hold their own addresses, input registers 10000 more; unit 17 only.
trouble: raw octets; registers hold their own addresses, and half of the answers are wrong in a way drawn by the seed:
late, another identifier, unit or function, cut off, octets behind the end, rubbish, hung up, octet by octet, silent.
Both print "ready" and end after 300 s at the latest.
"""

import random
import signal
import socket
import struct
import sys
import time


def serve_pymodbus(port):
    from pymodbus import ModbusDeviceIdentification
    from pymodbus.datastore import ModbusDeviceContext, ModbusSequentialDataBlock, ModbusServerContext
    from pymodbus.server import StartTcpServer

    # A data block counts from 1: its address 1 is the protocol's address 0.
    device = ModbusDeviceContext(
        co=ModbusSequentialDataBlock(1, [False] * 100),
        hr=ModbusSequentialDataBlock(1, list(range(1000))),
        ir=ModbusSequentialDataBlock(1, [10000 + number for number in range(1000)]))
    identity = ModbusDeviceIdentification(info_name={"VendorName": "Pymodbus", "ProductCode": "PM"})
    print("ready", flush=True)
    StartTcpServer(
        context=ModbusServerContext(devices={17: device}, single=False), identity=identity, address=("127.0.0.1", port))


def exactly(connection, count):
    octets = b""
    while len(octets) < count:
        more = connection.recv(count - len(octets))
        if not more:
            raise ConnectionError
        octets += more
    return octets


def answer_with_trouble(connection, chance):
    late = b""
    while True:
        header = exactly(connection, 6)
        identifier, _, length = struct.unpack(">HHH", header)
        unit, function, address, count = struct.unpack(">BBHH", exactly(connection, length))
        words = b"".join(struct.pack(">H", address + number) for number in range(count))

        def frame(identifier=identifier, unit=unit, function=function, words=words):
            return struct.pack(">HHHBBB", identifier, 0, 3 + len(words), unit, function, len(words)) + words

        kind = chance.choice(
            ["right"] * 10 + ["held", "slow", "identifier", "old", "unit", "function", "fewer", "cut", "longer", "rubbish",
                              "hang up", "trickle", "silent"])
        answer = {
            "right": frame(),
            "slow": frame(),
            "identifier": frame(identifier=(identifier + 1000) % 65536),
            # The identifier of the request before: what a late answer looks like, with what was never asked then.
            "old": frame(identifier=(identifier - 1) % 65536, words=b"\xde\xad" * count),
            "unit": frame(unit=unit + 1),
            "function": frame(function=4),
            "fewer": frame(words=words[:2]),
            "cut": frame()[:-3],
            "longer": frame() + b"\0\1",
            "rubbish": chance.randbytes(20),
            "trickle": frame(),
        }.get(kind, b"")
        if kind == "held":
            late += frame()
            continue
        if kind == "silent":
            continue
        if kind == "hang up":
            return
        if kind == "slow":
            time.sleep(chance.uniform(0, 0.04))
        if kind == "trickle":
            for octet in answer:
                connection.sendall(bytes([octet]))
        else:
            connection.sendall(late + answer)
            late = b""


def serve_trouble(port, seed):
    chance = random.Random(seed)
    listener = socket.create_server(("127.0.0.1", port))
    print("ready", flush=True)
    while True:
        connection, _ = listener.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with connection:
            try:
                answer_with_trouble(connection, chance)
            except OSError:
                pass


signal.alarm(300)
if sys.argv[1] == "pymodbus":
    serve_pymodbus(int(sys.argv[2]))
else:
    serve_trouble(int(sys.argv[2]), int(sys.argv[3]))
