"""Judges what "busbar serve" makes of noise on serial framing: judge-serial.py RTU-OVER-TCP-PLACE PTY-PATH

Frames with a flipped bit, cut short, run on, and octets that are no frames at all: all are met with silence, and after a
pause a good request is answered. pymodbus packs the frames. Unit 17 of judge-bench.
"""

import os
import random
import select
import sys
import time
import tty

from pymodbus.framer import FramerRTU
from pymodbus.pdu import DecodePDU
from pymodbus.pdu.diag_message import ReturnQueryDataRequest
from pymodbus.pdu.mei_message import ReadDeviceInformationRequest
from pymodbus.pdu.other_message import ReportDeviceIdRequest
from pymodbus.pdu.register_message import ReadHoldingRegistersRequest, WriteMultipleRegistersRequest

from judge_claims import claim, connected, finish, place

UNIT = 17
# The server takes 25 ms of silence for the end of what is no frame. s
PAUSE = 0.06
FRAMER = FramerRTU(DecodePDU(False))
GOOD = [
    ReadHoldingRegistersRequest(address=0, count=2, dev_id=UNIT),
    WriteMultipleRegistersRequest(address=0, registers=[1, 2, 3], dev_id=UNIT),
    ReportDeviceIdRequest(dev_id=UNIT),
    ReadDeviceInformationRequest(read_code=1, object_id=0, dev_id=UNIT),
]


def framed(request):
    return FRAMER.buildFrame(request)


def heard(descriptor, patience):
    octets = b""
    while select.select([descriptor], [], [], patience)[0]:
        more = os.read(descriptor, 4096)
        if not more:
            break
        octets += more
        patience = 0.02
    return octets


def noises(chance):
    """One of each kind for each request, and octets of chance. A frame of another unit is foreign, not noise."""
    for request in GOOD:
        whole = framed(request)
        place_ = chance.randrange(8 * len(whole))
        flipped = bytearray(whole)
        flipped[place_ // 8] ^= 1 << place_ % 8
        yield "a flipped bit", bytes(flipped)
        yield "a frame cut short", whole[:chance.randrange(1, len(whole))]
        yield "a frame without its first octet", whole[1:]
        yield "a wrong CRC and a good frame right behind it", whole[:-1] + bytes([whole[-1] ^ 0xFF]) + whole
    for count in (1, 3, 4, 8, 255, 256, 257, 600):
        yield f"{count} octets of chance", chance.randbytes(count)
        yield f"{count} times 0xFF", b"\xff" * count


def judge(descriptor, name, seed):
    wrong, count = [], 0
    echo = ReturnQueryDataRequest(message=b"\x5a\xa5", dev_id=UNIT)
    for text, octets in noises(random.Random(seed)):
        count += 1
        os.write(descriptor, octets)
        answer = heard(descriptor, PAUSE)
        if answer:
            wrong.append(f"{text}: {octets.hex(' ')}: answered with {answer.hex(' ')}")
        # A loaded machine may hand the noise and the request to the server in one piece: like any master, ask again.
        for _ in range(3):
            os.write(descriptor, framed(echo))
            answer = heard(descriptor, 1)
            if answer:
                break
            time.sleep(PAUSE)
        if answer != framed(echo):
            wrong.append(f"{text}: {octets.hex(' ')}: the good request was answered with {answer.hex(' ')}")
    claim(f"noise {name}: silence, and the next request is answered, {count} cases", not wrong, "\n".join(wrong[:20]))


def main():
    with connected(*place(sys.argv[1])) as connection:
        for seed in (1, 2):
            judge(connection.fileno(), f"RTU over TCP, seed {seed}", seed)
    descriptor = os.open(sys.argv[2], os.O_RDWR | os.O_NOCTTY)
    tty.setraw(descriptor)
    for seed in (3, 4):
        judge(descriptor, f"pty, seed {seed}", seed)
    os.close(descriptor)
    finish()


main()
