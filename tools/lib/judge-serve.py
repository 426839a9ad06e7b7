"""Judges "busbar serve" with pymodbus and with raw octets: judge-serve.py TCP-PLACE RTU-OVER-TCP-PLACE PTY-PATH

TCP: the BMCs of first-light, units 48-55. RTU over TCP: the power monitors, 16-23. Pty: the power supplies, 208-213.
Prints "ok <claim>" per claim; ends with exit code 1 after the first that does not hold.
"""

import asyncio
import socket
import sys
import time

from pymodbus import FramerType, ModbusException
from pymodbus.client import AsyncModbusTcpClient, ModbusSerialClient, ModbusTcpClient
from pymodbus.pdu.file_message import FileRecord

BMC, MONITOR, SUPPLY = 48, 16, 208
ILLEGAL_FUNCTION, ILLEGAL_ADDRESS, ILLEGAL_VALUE, NO_PATH = 1, 2, 3, 10


def claim(text, holds, found=None):
    if not holds:
        print(f"FAILED {text}: found {found}")
        sys.exit(1)
    print(f"ok {text}")


def place(text):
    host, port = text.rsplit(":", 1)
    return host, int(port)


def refused(reply, code):
    return reply.isError() and getattr(reply, "exception_code", None) == code


def every_function(client, unit, readable, writable, framing):
    """Every function code that pymodbus speaks; first registers that exist, then some that do not."""
    where = {"device_id": unit}
    name = f"pymodbus {framing}: function"
    reply = client.read_holding_registers(readable, count=4, **where)
    claim(f"{name} 3", not reply.isError() and len(reply.registers) == 4, reply)
    reply = client.read_holding_registers(0xF000, count=1, **where)
    claim(f"{name} 3 beyond the map: exception 2", refused(reply, ILLEGAL_ADDRESS), reply)
    for code, call in ((1, client.read_coils), (2, client.read_discrete_inputs), (4, client.read_input_registers)):
        reply = call(0xF000, count=1, **where)
        claim(f"{name} {code} beyond the map: exception 2", refused(reply, ILLEGAL_ADDRESS), reply)
    claim(f"{name} 5 beyond the map: exception 2", refused(client.write_coil(0xF000, True, **where), ILLEGAL_ADDRESS))
    claim(f"{name} 15 beyond the map: exception 2", refused(client.write_coils(0xF000, [True], **where), ILLEGAL_ADDRESS))
    word = client.read_holding_registers(writable, count=1, **where).registers[0]
    claim(f"{name} 6", not client.write_register(writable, word, **where).isError())
    claim(f"{name} 16", not client.write_registers(writable, [word], **where).isError())
    reply = client.mask_write_register(address=writable, and_mask=0xFFFF, or_mask=0, **where)
    claim(f"{name} 22", not reply.isError(), reply)
    reply = client.readwrite_registers(
        read_address=writable, read_count=1, write_address=writable, values=[word], **where)
    claim(f"{name} 23", not reply.isError() and reply.registers == [word], reply)
    reply = client.read_exception_status(**where)
    claim(f"{name} 7", not reply.isError(), reply)
    reply = client.diag_query_data(b"\xa5\x37", **where)
    claim(f"{name} 8: query data", not reply.isError() and reply.message == b"\xa5\x37", reply)
    reply = client.diag_read_device_message_count(**where)
    claim(f"{name} 8: message count", not reply.isError(), reply)
    reply = client.report_device_id(**where)
    claim(f"{name} 17", not reply.isError() and len(reply.identifier) > 4, reply)
    record = FileRecord(file_number=1, record_number=0, record_length=2)
    claim(f"{name} 20: no such file", refused(client.read_file_record([record], **where), ILLEGAL_ADDRESS))
    record = FileRecord(file_number=1, record_number=0, record_data=b"\0\1\0\2")
    claim(f"{name} 21: no such file", refused(client.write_file_record([record], **where), ILLEGAL_ADDRESS))
    claim(f"{name} 24: no such queue", refused(client.read_fifo_queue(address=0, **where), ILLEGAL_ADDRESS))
    reply = client.read_device_information(read_code=1, object_id=0, **where)
    claim(f"{name} 43/14", not reply.isError() and len(reply.information) >= 3, reply)
    reply = client.diag_get_comm_event_counter(**where)
    claim(f"{name} 11, which no unit has: exception 1", refused(reply, ILLEGAL_FUNCTION), reply)


def absent_on_serial(client, present, readable, framing):
    """Silence, and the next request is answered."""
    try:
        reply = client.read_holding_registers(0, count=1, device_id=99)
        claim(f"pymodbus {framing}: an absent unit is silent", False, reply)
    except ModbusException:
        claim(f"pymodbus {framing}: an absent unit is silent", True)
    client.connect()
    reply = client.read_holding_registers(readable, count=1, device_id=present)
    claim(f"pymodbus {framing}: the request after it is answered", not reply.isError(), reply)


async def asynchronous(host, port):
    client = AsyncModbusTcpClient(host, port=port, timeout=2)
    await client.connect()
    replies = await asyncio.gather(
        *(client.read_holding_registers(0, count=10, device_id=48 + unit % 8) for unit in range(40)))
    client.close()
    claim("pymodbus TCP, asynchronous: forty outstanding requests", all(not reply.isError() for reply in replies))


def exactly(connection, count):
    octets = b""
    while len(octets) < count:
        more = connection.recv(count - len(octets))
        if not more:
            break
        octets += more
    return octets


def raw_octets(host, port):
    def connected():
        connection = socket.create_connection((host, port), timeout=5)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def echo(number):
        return bytes([0, number, 0, 0, 0, 6, BMC, 8, 0, 0, 0xA5, number])

    halted = connected()
    halted.sendall(echo(1)[:9])
    with connected() as pipelining:
        requests = b"".join(echo(number) for number in range(50))
        pipelining.sendall(requests)
        claim("raw TCP: fifty pipelined requests are answered in order", exactly(pipelining, len(requests)) == requests)
    with connected() as rubbish:
        rubbish.sendall(b"GET / HTTP/1.1\r\nHost: rack\r\n\r\n")
        try:
            answer = rubbish.recv(100)
        except ConnectionResetError:
            answer = b""
        claim("raw TCP: what is no Modbus ends its connection without an answer", answer == b"", answer)
    with connected() as slow:
        for octet in echo(7):
            slow.sendall(bytes([octet]))
            time.sleep(0.01)
        claim("raw TCP: one octet at a time is answered once", exactly(slow, 12) == echo(7))
    halted.sendall(echo(1)[9:])
    claim("raw TCP: a client that had halted goes on", exactly(halted, 12) == echo(1))
    halted.close()

    crowd = [connected() for _ in range(20)]
    with connected() as late:
        try:
            late.sendall(echo(1))
            answer = late.recv(12)
        except (ConnectionResetError, BrokenPipeError):
            answer = b""
        claim("raw TCP: the connection beyond the limit is closed", answer == b"", answer)
    crowd[0].sendall(echo(2))
    claim("raw TCP: those within the limit are served", exactly(crowd[0], 12) == echo(2))
    for connection in crowd:
        connection.close()


def main():
    (host, port), (line_host, line_port), terminal = place(sys.argv[1]), place(sys.argv[2]), sys.argv[3]
    with ModbusTcpClient(host, port=port, timeout=2, retries=0) as client:
        every_function(client, BMC, 0x00, 0x46, "TCP")
        reply = client.read_holding_registers(0, count=1, device_id=99)
        claim("pymodbus TCP: an absent unit is exception 0x0A", refused(reply, NO_PATH), reply)
        reply = client.write_register(0x41, 7, device_id=BMC)
        claim("pymodbus TCP: a value outside its range is exception 3", refused(reply, ILLEGAL_VALUE), reply)
    asyncio.run(asynchronous(host, port))
    with ModbusTcpClient(line_host, port=line_port, framer=FramerType.RTU, timeout=1, retries=0) as client:
        every_function(client, MONITOR, 0x00, 0x20, "RTU over TCP")
        absent_on_serial(client, MONITOR, 0, "RTU over TCP")
    with ModbusSerialClient(terminal, baudrate=115200, parity="N", timeout=1, retries=0) as client:
        reply = client.read_holding_registers(69, count=12, device_id=SUPPLY)
        claim("pymodbus pty: function 3 of a power supply", not reply.isError() and len(reply.registers) == 12, reply)
        absent_on_serial(client, SUPPLY, 69, "pty")
    raw_octets(host, port)


main()
