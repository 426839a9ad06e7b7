"""Judges which units answer: judge-units.py TCP-PLACE RTU-OVER-TCP-PLACE PTY-PATH

The line of judge-bench holds six of the 255 units; all 256 identifiers are asked in every framing. On TCP the gateway
answers for those that are not there (exception 0x0A); on RTU framing they are silent, and requests to them, one behind the
other without a pause, swallow nothing. A broadcast is for all and answered by none. pymodbus is the client, and packs
the frames that no client would send.
"""

import logging
import os
import select
import sys
import time
import tty

from pymodbus import FramerType, ModbusException
from pymodbus.client import ModbusSerialClient, ModbusTcpClient
from pymodbus.framer import FramerRTU
from pymodbus.pdu import DecodePDU
from pymodbus.pdu.register_message import ReadHoldingRegistersRequest

from judge_claims import NO_PATH, claim, connected, finish, place

PRESENT = [1, 17, 247, 248, 251, 255]
# A plain word of the map of judge-tables.
WORD = 33


def asked(client, unit, address=WORD):
    try:
        return client.read_holding_registers(address, count=1, device_id=unit)
    except ModbusException:
        return None


def all_units_on_tcp(client):
    wrong = []
    for unit in range(256):
        reply = asked(client, unit)
        if unit in PRESENT:
            right = reply is not None and not reply.isError() and reply.dev_id == unit
        else:
            right = reply is not None and reply.isError() and reply.exception_code == NO_PATH
        if not right:
            wrong.append((unit, reply))
    claim("units TCP: six answer, for 250 the gateway says exception 10", not wrong, wrong)


def present_units(client, name):
    wrong = [unit for unit in PRESENT if (reply := asked(client, unit)) is None or reply.isError()]
    claim(f"units {name}: {', '.join(map(str, PRESENT))} answer", not wrong, wrong)


def broadcast(client, name, word):
    """Every unit takes it, nobody answers, and the connection stays usable."""
    client.write_register(WORD, word, device_id=0, no_response_expected=True)
    words = [reply.registers[0] if (reply := asked(client, unit)) and not reply.isError() else reply for unit in PRESENT]
    claim(f"units {name}: a broadcast reaches all six", words == [word] * 6, words)


def frames(requests):
    framer = FramerRTU(DecodePDU(False))
    return b"".join(framer.buildFrame(request) for request in requests)


def heard(descriptor, count):
    """So many octets, and what comes within 0.2 s behind them."""
    octets, deadline = b"", time.monotonic() + 5
    while time.monotonic() < deadline:
        patience = 0.2 if len(octets) >= count else deadline - time.monotonic()
        if not select.select([descriptor], [], [], patience)[0]:
            break
        more = os.read(descriptor, 4096)
        if not more:
            break
        octets += more
    return octets


def all_units_in_a_row(descriptor, name):
    requests = [ReadHoldingRegistersRequest(address=0x210, count=2, dev_id=unit) for unit in range(256)]
    os.write(descriptor, frames(requests))
    octets = heard(descriptor, 9 * len(PRESENT))
    answers = [octets[start:start + 9] for start in range(0, len(octets), 9)]
    right = [(answer[0], answer[1:7]) for answer in answers] == [(unit, b"\x03\x04BUSB") for unit in PRESENT]
    claim(f"units {name}: of 256 asked without a pause six answer, in order", right, octets.hex(" "))


def main():
    logging.getLogger("pymodbus").setLevel(logging.CRITICAL)
    (host, port), (line_host, line_port), terminal = place(sys.argv[1]), place(sys.argv[2]), sys.argv[3]
    settings = {"timeout": 1, "retries": 0}
    with ModbusTcpClient(host, port=port, **settings) as client:
        all_units_on_tcp(client)
        broadcast(client, "TCP", 0x1111)
    with ModbusTcpClient(line_host, port=line_port, framer=FramerType.RTU, **settings) as client:
        present_units(client, "RTU over TCP")
        broadcast(client, "RTU over TCP", 0x2222)
    with ModbusSerialClient(terminal, baudrate=115200, parity="N", **settings) as client:
        present_units(client, "pty")
        broadcast(client, "pty", 0x3333)
    with connected(line_host, line_port) as connection:
        all_units_in_a_row(connection.fileno(), "RTU over TCP")
    descriptor = os.open(terminal, os.O_RDWR | os.O_NOCTTY)
    tty.setraw(descriptor)
    all_units_in_a_row(descriptor, "pty")
    os.close(descriptor)
    finish()


main()
