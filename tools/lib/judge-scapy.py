"""Judges what "busbar serve" makes of malformed frames: judge-scapy.py TCP-PLACE [SEED [COUNT]]

scapy's Modbus layer packs requests that are wrong in one known way each, and dissects what comes back. Every case says
what the standard demands: an exception, nothing ("discarded"), or the end of the connection ("closed"); after each, and after
COUNT random ones (default 4000), a client that does nothing wrong is answered. Unit 17 of judge-bench.
"""

import logging
import random
import sys

logging.getLogger("scapy").setLevel(logging.CRITICAL)

from scapy.contrib import modbus  # noqa: E402
from scapy.packet import NoPayload, Padding, Raw  # noqa: E402

from judge_claims import answer_on_tcp, claim, connected, exactly, finish, place  # noqa: E402
from modbus_standard import demanded_exception, may_refuse_value  # noqa: E402

UNIT = 17
CLOSED, DISCARDED = "closed", "discarded"

# A good request of each function, as scapy packs it.
GOOD = {
    1: modbus.ModbusPDU01ReadCoilsRequest(startAddr=0, quantity=9),
    2: modbus.ModbusPDU02ReadDiscreteInputsRequest(startAddr=0, quantity=9),
    3: modbus.ModbusPDU03ReadHoldingRegistersRequest(startAddr=0, quantity=3),
    4: modbus.ModbusPDU04ReadInputRegistersRequest(startAddr=0, quantity=3),
    5: modbus.ModbusPDU05WriteSingleCoilRequest(outputAddr=0, outputValue=0xFF00),
    6: modbus.ModbusPDU06WriteSingleRegisterRequest(registerAddr=0, registerValue=7),
    7: modbus.ModbusPDU07ReadExceptionStatusRequest(),
    8: modbus.ModbusPDU08DiagnosticsRequest(subFunc=0, data=[0xA537]),
    15: modbus.ModbusPDU0FWriteMultipleCoilsRequest(startAddr=0, quantityOutput=9, outputsValue=[0xFF, 1]),
    16: modbus.ModbusPDU10WriteMultipleRegistersRequest(startAddr=0, quantityRegisters=2, outputsValue=[1, 2]),
    17: modbus.ModbusPDU11ReportSlaveIdRequest(),
    20: modbus.ModbusPDU14ReadFileRecordRequest() / modbus.ModbusReadFileSubRequest(fileNumber=4, recordNumber=1, recordLength=2),
    21: modbus.ModbusPDU15WriteFileRecordRequest() / modbus.ModbusWriteFileSubRequest(
        fileNumber=4, recordNumber=7, recordData=[1, 2, 3]),
    22: modbus.ModbusPDU16MaskWriteRegisterRequest(refAddr=0, andMask=0xF2, orMask=0x25),
    23: modbus.ModbusPDU17ReadWriteMultipleRegistersRequest(
        readStartingAddr=0, readQuantityRegisters=3, writeStartingAddr=1, writeQuantityRegisters=2,
        writeRegistersValue=[1, 2]),
    24: modbus.ModbusPDU18ReadFIFOQueueRequest(FIFOPointerAddr=4),
    43: modbus.ModbusPDU2B0EReadDeviceIdentificationRequest(readCode=1, objectId=0),
}


def adu(pdu, transaction=1, **header):
    return bytes(modbus.ModbusADURequest(transId=transaction, unitId=UNIT, **header) / Raw(bytes(pdu)))


def complaint(request, answer):
    """What is wrong with an answer by scapy's dissection; None when nothing is."""
    if len(answer) < 9 or len(answer) > 260:
        return "length"
    if answer[7] == 17:
        # scapy looks for the run indicator behind what the byte count counts; section 6.13 counts it in.
        return None if answer[8] == len(answer) - 9 and answer[8] >= 2 else "byte count of function 17"
    seen = modbus.ModbusADUResponse(answer)
    if (seen.transId, seen.protoId, seen.unitId) != (int.from_bytes(request[:2], "big"), 0, request[6]):
        return "header"
    if seen.len != len(answer) - 6:
        return "length field"
    kind = type(seen.payload).__name__
    is_error = kind.endswith("Error")
    if not (is_error or kind.endswith("Response")):
        return f"dissected as {kind}"
    function = answer[7]
    if is_error != (function & 0x80 != 0) or function & 0x7F != request[7] & 0x7F:
        return f"function {function}"
    if is_error and len(answer) != 9:
        return "an exception of more than two octets"
    # scapy leaves the objects of function 43 to layers of their own, and the data of user-defined functions raw.
    if function != 43 and (seen.haslayer(Padding) or not isinstance(seen.payload.payload, NoPayload)):
        return f"octets behind the {kind}"
    return None if bytes(modbus.ModbusADUResponse(answer)) == answer else "does not build again"


class Witness:
    """The client that does nothing wrong, on a connection of its own."""

    def __init__(self, address):
        self.connection = connected(*address)
        self.request = adu(modbus.ModbusPDU08DiagnosticsRequest(subFunc=0, data=[0x5A5A]), transaction=0x7777)

    def is_served(self):
        self.connection.sendall(self.request)
        return exactly(self.connection, len(self.request)) == self.request


def outcome(address, octets):
    """What a malformed ADU brings: an exception code, DISCARDED where the next request on the connection is
    answered and nothing else came, CLOSED, or what came in octets."""
    follower = adu(modbus.ModbusPDU08DiagnosticsRequest(subFunc=0, data=[0x1234]), transaction=0x4321)
    with connected(*address) as connection:
        connection.sendall(octets)
        try:
            connection.sendall(follower)
        except (BrokenPipeError, ConnectionResetError):
            return CLOSED
        answer = answer_on_tcp(connection)
        if answer == b"":
            return CLOSED
        if answer == follower:
            return DISCARDED
        wrong = complaint(octets, answer)
        if wrong:
            return f"{wrong}: {answer.hex(' ')}"
        if answer_on_tcp(connection) != follower:
            return f"the request behind it was not answered; {answer.hex(' ')}"
        return answer[8] if answer[7] & 0x80 else answer.hex(" ")


def header_cases():
    good = bytes(GOOD[3])
    for protocol in (1, 0x0100, 0xFFFF):
        yield f"protocol identifier {protocol}", adu(good, protoId=protocol), DISCARDED
    for length in (0, 1, 255, 256, 65535):
        yield f"length field {length}", adu(good, len=length), CLOSED
    yield "a protocol identifier and a length that cannot be", adu(good, protoId=9, len=0), CLOSED


def length_cases():
    """The implied length is incorrect: exception 3 (section 7)."""
    for function, packet in GOOD.items():
        whole = bytes(packet)
        for count in range(1, len(whole)):
            yield f"function {function} cut to {count} octets", adu(whole[:count]), 3
        yield f"function {function} with an octet too many", adu(whole + b"\0"), 3
        if function != 8:
            yield f"function {function} with two octets too many", adu(whole + b"\0\0"), 3
        yield f"function {function} filled up to 253 octets, and one more", adu(
            whole + bytes(253 - len(whole) - (1 if function == 8 else 0))), 3
    yield "function 43 of another interface", adu(b"\x2b\x0d\0\0"), 1
    for sub in (2, 3, 5, 9, 19, 20, 21, 0xFFFF):
        yield f"function 8 with sub-function {sub}", adu(b"\x08" + sub.to_bytes(2, "big") + b"\0\0"), 1


def quantity_cases():
    for function, limit in ((1, 2000), (2, 2000), (3, 125), (4, 125)):
        for quantity in (0, limit + 1, 2001, 0x8000, 65535):
            pdu = GOOD[function].copy()
            pdu.quantity = quantity
            yield f"function {function}, quantity {quantity}", adu(pdu), 3
        pdu = GOOD[function].copy()
        pdu.startAddr, pdu.quantity = 0xFFFF, 2
        yield f"function {function} beyond 65535", adu(pdu), 2
    for quantity in (0, 1969, 65535):
        pdu = GOOD[15].copy()
        pdu.quantityOutput = quantity
        yield f"function 15, quantity {quantity}", adu(pdu), 3
    for quantity in (0, 1, 3, 124, 65535):
        pdu = GOOD[16].copy()
        pdu.quantityRegisters = quantity
        yield f"function 16, quantity {quantity} with four octets", adu(pdu), 3
    for field, quantities in (("readQuantityRegisters", (0, 126, 65535)), ("writeQuantityRegisters", (0, 1, 3, 122, 65535))):
        for quantity in quantities:
            pdu = GOOD[23].copy()
            setattr(pdu, field, quantity)
            yield f"function 23, {field} {quantity}", adu(pdu), 3
    for count in (0, 1, 3, 5, 255):
        for function in (15, 16, 23, 20, 21):
            whole = bytearray(bytes(GOOD[function]))
            whole[{15: 5, 16: 5, 23: 9}.get(function, 1)] = count
            yield f"function {function}, byte count {count}", adu(whole), 3
    yield "function 16 beyond 65535", adu(modbus.ModbusPDU10WriteMultipleRegistersRequest(
        startAddr=0xFFFF, quantityRegisters=2, outputsValue=[1, 2])), 2
    yield "function 15 beyond 65535", adu(modbus.ModbusPDU0FWriteMultipleCoilsRequest(
        startAddr=0xFFFF, quantityOutput=9, outputsValue=[0, 0])), 2
    for value in (1, 0xFF, 0xFF01, 0xFFFF):
        yield f"function 5, value {value}", adu(modbus.ModbusPDU05WriteSingleCoilRequest(outputAddr=0, outputValue=value)), 3
    for code in (0, 5, 0xFF):
        yield f"function 43/14, access {code}", adu(bytes([43, 14, code, 0])), 3


def function_cases():
    """Function codes that the device does not have: exception 1."""
    for function in [0, 9, 10, 11, 12, 13, 14, 18, 19, *range(25, 43), *range(44, 256)]:
        for data in (b"", b"\0\0\0\1"):
            yield f"function {function} with {len(data)} octets", adu(bytes([function]) + data), 1


def judge_cases(address, witness, title, cases):
    wrong, count = [], 0
    for text, octets, expected in cases:
        count += 1
        found = outcome(address, octets)
        if found != expected:
            wrong.append(f"{text}: expected {expected}, found {found}")
        if not witness.is_served():
            wrong.append(f"{text}: the other client was not served")
            break
    claim(f"scapy: {title}, {count} cases", not wrong, "\n    " + "\n    ".join(wrong[:20]))


def length_fields_that_lie(address, witness):
    """Octets are taken as the header counts them: short by two is a request cut short, and long by four waits for more."""
    with connected(*address) as connection:
        connection.sendall(adu(bytes(GOOD[3]), len=4))
        answer = answer_on_tcp(connection)
        claim("scapy: a length field too small: exception 3", complaint(adu(GOOD[3]), answer) is None and answer[8] == 3,
              answer)
    with connected(*address, timeout=0.3) as connection:
        connection.sendall(adu(bytes(GOOD[3]), len=10))
        claim("scapy: a length field too large waits, and costs no one else anything",
              exactly(connection, 1) == b"" and witness.is_served())
        connection.sendall(b"\0\0\0\0")
        answer = answer_on_tcp(connection)
        claim("scapy: what it waited for makes the request too long: exception 3",
              complaint(adu(GOOD[3]), answer) is None and answer[8] == 3, answer)


def mutated(chance):
    """A good PDU with octets changed, cut off, added or doubled; or none of it."""
    pdu = bytearray(bytes(GOOD[chance.choice(list(GOOD))]))
    for _ in range(chance.randrange(4)):
        kind = chance.randrange(5)
        place_ = chance.randrange(len(pdu))
        if kind < 2:
            pdu[place_] = chance.choice([0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)])
        elif kind == 2:
            del pdu[max(1, place_):]
        elif kind == 3:
            pdu += chance.randbytes(chance.randrange(1, 20))
        else:
            pdu[place_:place_] = pdu[place_:]
    if chance.randrange(20) == 0:
        pdu = bytearray(chance.randbytes(chance.randrange(1, 254)))
    # What silences the unit would silence the judge.
    return bytes(pdu[:253]) if pdu[:3] != b"\x08\0\4" else bytes(GOOD[3])


def random_cases(address, witness, seed, count):
    chance = random.Random(seed)
    wrong, connection = [], connected(*address)
    for number in range(count):
        pdu = mutated(chance)
        request = adu(pdu, transaction=number & 0xFFFF)
        connection.sendall(request)
        answer = answer_on_tcp(connection)
        expected, found = demanded_exception(pdu), complaint(request, answer)
        if found is None and answer[7] & 0x80:
            code = answer[8]
            may_be = [expected] if expected else [2, 3] if may_refuse_value(pdu) else [2]
            found = None if code in may_be else f"exception {code}, expected {may_be}"
        elif found is None and expected:
            found = f"an answer, expected exception {expected}"
        if found:
            wrong.append(f"{pdu.hex(' ')}: {found}: {answer.hex(' ')}")
        if number % 50 == 0 and not witness.is_served():
            wrong.append(f"the other client was not served after {pdu.hex(' ')}")
        if len(answer) < 9:
            connection = connected(*address)
    claim(f"scapy: {count} random requests, seed {seed}", not wrong, "\n    " + "\n    ".join(wrong[:20]))


def random_streams(address, witness, seed, count):
    """Octets that are no frames at all: whatever is answered to them is well formed."""
    chance = random.Random(seed)
    wrong = []
    for _ in range(count):
        octets = chance.randbytes(chance.randrange(1, 400))
        with connected(*address, timeout=0.02) as connection:
            try:
                connection.sendall(octets)
                answer = answer_on_tcp(connection)
            except (ConnectionResetError, BrokenPipeError):
                answer = b""
        if answer and (len(answer) < 9 or answer[2:4] != b"\0\0" or len(answer) != 6 + int.from_bytes(answer[4:6], "big")):
            wrong.append(f"{octets.hex(' ')}: {answer.hex(' ')}")
        if not witness.is_served():
            wrong.append(f"the other client was not served after {octets.hex(' ')}")
            break
    claim(f"scapy: {count} random streams, seed {seed}", not wrong, "\n    " + "\n    ".join(wrong[:20]))


def main():
    address = place(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 4000
    witness = Witness(address)
    judge_cases(address, witness, "wrong headers", header_cases())
    length_fields_that_lie(address, witness)
    judge_cases(address, witness, "wrong lengths", length_cases())
    judge_cases(address, witness, "wrong quantities, byte counts and values", quantity_cases())
    judge_cases(address, witness, "functions that no unit has", function_cases())
    random_cases(address, witness, seed, count)
    random_streams(address, witness, seed, 300)
    finish()


main()
