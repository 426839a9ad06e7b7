"""Judges "busbar serve" with pymodbus: judge-pymodbus.py TCP-PLACE RTU-OVER-TCP-PLACE PTY-PATH

The line of judge-bench in three framings, each with the synchronous and the asynchronous client: every function code
that pymodbus has, with the answer that the Modbus application protocol V1.1b3 demands of a device that has the function,
or has not (exception 1). Prints a claim a line; exit code 1 when one does not hold.
"""

import asyncio
import logging
import sys

from pymodbus import FramerType, ModbusException
from pymodbus.client import (AsyncModbusSerialClient, AsyncModbusTcpClient, ModbusSerialClient, ModbusTcpClient)
from pymodbus.pdu.file_message import FileRecord

from judge_claims import (ILLEGAL_ADDRESS, ILLEGAL_FUNCTION, ILLEGAL_VALUE, NO_ANSWER, NO_PATH, claim, finish, place)

# The unit of judge-bench that is asked, one that may be silenced, one that is not there.
UNIT, LISTENER, NEIGHBOUR, ABSENT = 17, 251, 1, 99
NOWHERE, BOUNDED, READ_ONLY, WRITE_ONLY, TEXT = 0x5000, 0x204, 0x205, 0x207, 0x210
# Seconds. Long enough for a loaded machine to answer, short enough to wait for silence.
TIMEOUT = 0.5


class Asker:
    """One client of either kind; `ask` gives the reply, or `None` where nothing came."""

    def __init__(self, client, name):
        self.client, self.name = client, name

    async def ask(self, function, *arguments, unit=UNIT, **named):
        try:
            reply = getattr(self.client, function)(*arguments, device_id=unit, **named)
            return await reply if asyncio.iscoroutine(reply) else reply
        except ModbusException:
            return None

    def claim(self, text, holds, found=None):
        claim(f"pymodbus {self.name}: {text}", holds, found)

    async def refuses(self, code, text, function, *arguments, **named):
        reply = await self.ask(function, *arguments, **named)
        holds = reply is not None and reply.isError() and getattr(reply, "exception_code", None) == code
        self.claim(f"{text}: exception {code}", holds, reply)

    async def accepts(self, text, function, *arguments, check=lambda reply: True, **named):
        reply = await self.ask(function, *arguments, **named)
        self.claim(text, reply is not None and not reply.isError() and check(reply), reply)
        return reply


async def bits(asker):
    pattern = [number % 3 == 0 for number in range(1968)]
    await asker.accepts("function 15, 1968 coils", "write_coils", 0, pattern)
    await asker.accepts("function 1, 2000 coils", "read_coils", 0, count=2000,
                        check=lambda reply: reply.bits[:1968] == pattern)
    await asker.accepts("function 5, on", "write_coil", 1, True, check=lambda reply: reply.bits == [True])
    await asker.accepts("function 1, eleven coils", "read_coils", 0, count=11,
                        check=lambda reply: reply.bits[:11] == [True, True] + pattern[2:11] and not any(reply.bits[11:]))
    await asker.accepts("function 5, off", "write_coil", 1, False, check=lambda reply: reply.bits == [False])
    await asker.accepts("function 2, 24 discrete inputs", "read_discrete_inputs", 0, count=24,
                        check=lambda reply: reply.bits == [True] * 4 + [False] * 20)
    for code, function in ((1, "read_coils"), (2, "read_discrete_inputs")):
        await asker.refuses(ILLEGAL_ADDRESS, f"function {code} nowhere", function, NOWHERE, count=1)
    await asker.refuses(ILLEGAL_ADDRESS, "function 5 nowhere", "write_coil", NOWHERE, True)
    await asker.refuses(ILLEGAL_ADDRESS, "function 5 on a read-only coil", "write_coil", 0x1001, True)
    await asker.refuses(ILLEGAL_ADDRESS, "function 15 over the edge", "write_coils", 2020, [True] * 8)


async def registers(asker):
    words = [(number * 257 + 3) & 0xFFFF for number in range(125)]
    await asker.accepts("function 16, 123 registers", "write_registers", 0, words[:123])
    await asker.accepts("function 3, 125 registers", "read_holding_registers", 0, count=125,
                        check=lambda reply: reply.registers[:123] == words[:123])
    await asker.accepts("function 4, 125 registers", "read_input_registers", 0, count=125,
                        check=lambda reply: reply.registers[4] == 0x1234 and reply.registers[0] > 4000)
    await asker.accepts("function 6", "write_register", 7, 0xBEEF, check=lambda reply: reply.registers == [0xBEEF])
    await asker.accepts("function 3 reads it", "read_holding_registers", 7, count=1,
                        check=lambda reply: reply.registers == [0xBEEF])
    await asker.ask("write_register", 4, 0x0012)
    await asker.accepts("function 22", "mask_write_register", address=4, and_mask=0xF2, or_mask=0x25)
    await asker.accepts("function 22 does as its formula says", "read_holding_registers", 4, count=1,
                        check=lambda reply: reply.registers == [0x17])
    await asker.accepts("function 23 writes, then reads", "readwrite_registers", read_address=8, read_count=125,
                        write_address=10, values=words[:121], check=lambda reply: reply.registers[2:123] == words[:121])
    await asker.accepts("function 3, a text", "read_holding_registers", TEXT, count=8,
                        check=lambda reply: b"".join(word.to_bytes(2, "big") for word in reply.registers)
                        == b"BUSBAR-TABLES-1\0")
    for code, function in ((3, "read_holding_registers"), (4, "read_input_registers")):
        await asker.refuses(ILLEGAL_ADDRESS, f"function {code} nowhere", function, NOWHERE, count=1)
        await asker.refuses(ILLEGAL_ADDRESS, f"function {code} beyond 65535", function, 0xFFFF, count=2)
    await asker.refuses(ILLEGAL_ADDRESS, "function 3 of a write-only register", "read_holding_registers", WRITE_ONLY)
    await asker.accepts("function 6 to a write-only register", "write_register", WRITE_ONLY, 1)
    await asker.refuses(ILLEGAL_ADDRESS, "function 6 nowhere", "write_register", NOWHERE, 1)
    await asker.refuses(ILLEGAL_ADDRESS, "function 6 to a read-only register", "write_register", READ_ONLY, 1)
    await asker.refuses(ILLEGAL_VALUE, "function 6 out of range", "write_register", BOUNDED, 21)
    await asker.refuses(ILLEGAL_VALUE, "function 16 out of range", "write_registers", BOUNDED, [9])
    await asker.refuses(ILLEGAL_VALUE, "function 22 out of range", "mask_write_register", address=BOUNDED,
                        and_mask=0, or_mask=500)
    await asker.refuses(ILLEGAL_ADDRESS, "function 16 nowhere", "write_registers", NOWHERE, [1])
    await asker.refuses(ILLEGAL_ADDRESS, "function 22 nowhere", "mask_write_register", address=NOWHERE)
    await asker.refuses(ILLEGAL_ADDRESS, "function 23 reading nowhere", "readwrite_registers", read_address=NOWHERE,
                        read_count=1, write_address=0, values=[1])
    await asker.refuses(ILLEGAL_ADDRESS, "function 23 writing nowhere", "readwrite_registers", read_address=0,
                        read_count=1, write_address=NOWHERE, values=[1])


async def diagnostics(asker, is_gateway):
    await asker.accepts("function 7", "read_exception_status", check=lambda reply: 0 <= reply.status <= 255)
    # On RTU framing pymodbus takes every answer of function 8 for eight octets.
    for data in (b"\xa5\x37", bytes(range(250)))[:2 if is_gateway else 1]:
        await asker.accepts(f"function 8/0, {len(data)} octets", "diag_query_data", data,
                            check=lambda reply, data=data: reply.message == data)
    await asker.accepts("function 8/1", "diag_restart_communication", False, check=lambda reply: reply.message == 0)
    await asker.accepts("function 8/1 with the log cleared", "diag_restart_communication", True,
                        check=lambda reply: reply.message == 0xFF00)
    await asker.accepts("function 8/10", "diag_clear_counters", check=lambda reply: reply.message == 0)
    await asker.ask("read_holding_registers", NOWHERE)
    await asker.ask("read_holding_registers", 0)
    # What another unit is asked, and answers, crosses the same line.
    await asker.ask("read_holding_registers", 0, unit=NEIGHBOUR)
    counters = (
        (11, "diag_read_bus_message_count", lambda count: count >= 5),
        (12, "diag_read_bus_comm_error_count", lambda count: count == 0),
        (13, "diag_read_bus_exception_error_count", lambda count: count == 1),
        (14, "diag_read_device_message_count", lambda count: 3 <= count <= 8),
        (15, "diag_read_device_no_response_count", lambda count: count == 0),
        (16, "diag_read_device_nak_count", lambda count: count == 0),
        (17, "diag_read_device_busy_count", lambda count: count == 0),
        (18, "diag_read_bus_char_overrun_count", lambda count: count == 0),
    )
    for number, function, check in counters:
        await asker.accepts(f"function 8/{number}", function, check=lambda reply, check=check: check(reply.message))
    for number, function in ((2, "diag_read_diagnostic_register"), (3, "diag_change_ascii_input_delimeter"),
                             (19, "diag_read_iop_overrun_count"), (20, "diag_clear_overrun_counter"),
                             (21, "diag_getclear_modbus_response")):
        await asker.refuses(ILLEGAL_FUNCTION, f"function 8/{number}, which no unit has", function)
    await asker.refuses(ILLEGAL_FUNCTION, "function 11, which no unit has", "diag_get_comm_event_counter")
    await asker.refuses(ILLEGAL_FUNCTION, "function 12, which no unit has", "diag_get_comm_event_log")


async def identity(asker):
    await asker.accepts("function 17", "report_device_id", check=lambda reply: b"TABLES-1" in reply.identifier)
    for code in (1, 2, 3):
        await asker.accepts(
            f"function 43/14, stream {code}", "read_device_information", read_code=code, object_id=0,
            check=lambda reply: reply.information == {0: b"Busbar", 1: b"TABLES-1", 2: b"1.0"}
            # Basic objects only, and single ones on request.
            and reply.conformity == 0x81)
    await asker.accepts("function 43/14, stream from an object that is not there: from the start",
                        "read_device_information", read_code=3, object_id=0x90,
                        check=lambda reply: len(reply.information) == 3)
    await asker.accepts("function 43/14, one object", "read_device_information", read_code=4, object_id=1,
                        check=lambda reply: reply.information == {1: b"TABLES-1"})
    await asker.refuses(ILLEGAL_ADDRESS, "function 43/14, one object that is not there", "read_device_information",
                        read_code=4, object_id=0x55)
    wanted = FileRecord(file_number=1, record_number=0, record_length=2)
    await asker.refuses(ILLEGAL_ADDRESS, "function 20, no such file", "read_file_record", [wanted])
    given = FileRecord(file_number=1, record_number=0, record_data=b"\0\1\0\2")
    await asker.refuses(ILLEGAL_ADDRESS, "function 21, no such file", "write_file_record", [given])
    await asker.refuses(ILLEGAL_ADDRESS, "function 24, no such queue", "read_fifo_queue", address=0)


async def silence(asker, is_gateway):
    """Who is absent or listens only; nobody else is disturbed."""
    async def is_silent(text, code, function, *arguments, **named):
        reply = await asker.ask(function, *arguments, **named)
        if is_gateway:
            holds = reply is not None and getattr(reply, "exception_code", None) == code
            asker.claim(f"{text}: exception {code} from the gateway", holds, reply)
        else:
            asker.claim(f"{text}: silence", reply is None, reply)

    await is_silent("an absent unit", NO_PATH, "read_holding_registers", 0, unit=ABSENT)
    await is_silent("function 8/4", NO_ANSWER, "diag_force_listen_only", unit=LISTENER, no_response_expected=False)
    await is_silent("a unit that listens only", NO_ANSWER, "read_holding_registers", 0, unit=LISTENER)
    await asker.accepts("its neighbour meanwhile", "read_holding_registers", 0)
    await is_silent("function 8/1 wakes it without an answer", NO_ANSWER, "diag_restart_communication", False,
                    unit=LISTENER)
    await asker.accepts("the unit that listened is back", "read_holding_registers", 0, unit=LISTENER)


async def every_function(asker, is_gateway):
    await bits(asker)
    await registers(asker)
    await diagnostics(asker, is_gateway)
    await identity(asker)
    await silence(asker, is_gateway)


def synchronous(client, name, is_gateway):
    with client:
        asyncio.run(every_function(Asker(client, f"{name}, synchronous"), is_gateway))


async def asynchronous(make, name, is_gateway):
    client = make()
    await client.connect()
    await every_function(Asker(client, f"{name}, asynchronous"), is_gateway)
    client.close()


async def outstanding(host, port):
    """Six clients at once, forty requests each."""
    clients = [AsyncModbusTcpClient(host, port=port, timeout=2, retries=0) for _ in range(6)]
    for client in clients:
        await client.connect()
    replies = await asyncio.gather(
        *(client.read_holding_registers(0, count=1 + number, device_id=UNIT)
          for client in clients for number in range(40)))
    for client in clients:
        client.close()
    right = [len(reply.registers) for reply in replies] == [1 + number for number in range(40)] * 6
    claim("pymodbus TCP, asynchronous: 240 requests of six clients at once", right)


def main():
    logging.getLogger("pymodbus").setLevel(logging.CRITICAL)
    (host, port), (line_host, line_port), terminal = place(sys.argv[1]), place(sys.argv[2]), sys.argv[3]
    # `retries=0`: what is not answered at once shall show.
    settings = {"timeout": TIMEOUT, "retries": 0}
    line = {"baudrate": 115200, "parity": "N", **settings}
    synchronous(ModbusTcpClient(host, port=port, **settings), "TCP", True)
    asyncio.run(asynchronous(lambda: AsyncModbusTcpClient(host, port=port, **settings), "TCP", True))
    over = {"framer": FramerType.RTU, **settings}
    synchronous(ModbusTcpClient(line_host, port=line_port, **over), "RTU over TCP", False)
    asyncio.run(asynchronous(lambda: AsyncModbusTcpClient(line_host, port=line_port, **over), "RTU over TCP", False))
    synchronous(ModbusSerialClient(terminal, **line), "pty", False)
    asyncio.run(asynchronous(lambda: AsyncModbusSerialClient(terminal, **line), "pty", False))
    asyncio.run(outstanding(host, port))
    finish()


main()
