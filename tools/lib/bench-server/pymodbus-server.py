"""pymodbus's asyncio server with 100 holding registers: pymodbus-server.py PORT; prints "ready" when it listens."""

import asyncio
import sys

from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice


async def main():
    registers = SimData(0, values=list(range(1, 101)), datatype=DataType.REGISTERS)
    server = ModbusTcpServer(SimDevice(0, simdata=[registers]), address=("127.0.0.1", int(sys.argv[1])))
    await server.listen()
    print("ready", flush=True)
    await server.serving


asyncio.run(main())
