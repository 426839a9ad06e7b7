"""Judges what "busbar spec export" writes for programs of others: judge-exports.py BINARY ROOT

For every device type that ships: Python's tomllib and PyYAML parse Telegraf's input and the module of modbus_exporter, and
the rules of both programs are applied to them; the profile for phosphor-modbus is judged by a schema that its own profiles
pass; pymodbus's simulator loads its configuration, serves it, and answers every register as Busbar serves the same map. Then
pymodbus reads the devices of a running rack, and what the three descriptions make of the same words must agree.

Prints a claim a line; exit code 1 when one does not hold.
"""

import asyncio
import csv
import fractions
import glob
import io
import json
import logging
import os
import pathlib
import re
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import tomllib

import jsonschema
import yaml
from pymodbus.client import AsyncModbusTcpClient, ModbusTcpClient
from pymodbus.server import ModbusSimulatorServer

from judge_claims import claim, finish, place

# The simulator's form is that of pymodbus 3, which says at every turn that 4 will have another.
logging.getLogger("pymodbus").setLevel(logging.ERROR)
BINARY, ROOT = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
BENCH = ROOT / "tools/lib/judge-bench"
SPECS = sorted((ROOT / "Firmware-specs").glob("*.yaml")) + [BENCH / "Firmware-specs/judge-tables.yaml"]
REFERENCE = os.environ.get("BUSBAR_REFERENCE") or ROOT.parent / "shared"

# Base units of what specs write, with the factor to them.
UNITS = {
    "": ("", 1), "W": ("watts", 1), "kW": ("watts", 1000), "mW": ("watts", "1/1000"), "J": ("joules", 1),
    "kJ": ("joules", 1000), "mJ": ("joules", "1/1000"), "Wh": ("joules", 3600), "kWh": ("joules", 3_600_000),
    "V": ("volts", 1), "mV": ("volts", "1/1000"), "uV": ("volts", "1/1000000"), "A": ("amperes", 1),
    "mA": ("amperes", "1/1000"), "uA": ("amperes", "1/1000000"), "degC": ("celsius", 1), "K": ("celsius", 1),
    "mK": ("celsius", "1/1000"), "rpm": ("rpm", 1), "%": ("ratio", "1/100"), "‰": ("ratio", "1/1000"),
    "s": ("seconds", 1), "ms": ("seconds", "1/1000"), "us": ("seconds", "1/1000000"), "min": ("seconds", 60),
    "h": ("seconds", 3600), "Hz": ("hertz", 1), "mHz": ("hertz", "1/1000"), "kHz": ("hertz", 1000), "MW": ("watts", 1_000_000),
    "Pa": ("pascals", 1), "kPa": ("pascals", 1000), "bar": ("pascals", 100_000), "mbar": ("pascals", 100),
    "L/min": ("litres_per_minute", 1), "l/min": ("litres_per_minute", 1), "mL/min": ("litres_per_minute", "1/1000"),
    "m3/h": ("litres_per_minute", "50/3"),
}
STEADY = """# A rack under a steady load, for clients that read one device after another.
rack: air-cooled-64
duration: 1 h
workload: {constant: 70 %}
controller: {law: three-band, period: 100 ms, budget: 27.5 kW}
events: []
expect:
  - never: feed-a/breaker.tripped
"""
FUNCTIONS = {"coil": 1, "discrete": 2, "holding": 3, "input": 4}


def busbar(*arguments):
    done = subprocess.run([BINARY, *map(str, arguments)], cwd=ROOT, env={**os.environ, "BUSBAR_ROOT": str(ROOT)},
                          capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def export(spec, form, *more):
    status, text, notes = busbar("spec", "export", spec, "--format", form, *more)
    claim(f"{spec.stem}: {form} is written", status == 0, notes)
    return text, notes


def quantity(text):
    """Amount in the base unit of "10 mV" or "1/1024 V", exact."""
    number, _, unit = text.partition(" ")
    return fractions.Fraction(number) * fractions.Fraction(UNITS[unit][1])


class Point:
    """A point as the table in CSV has it: the description that the others are held against."""

    def __init__(self, row):
        self.table, self.name, self.kind = row["table"], row["name"], row["type"]
        self.address, self.words = int(row["address"]), int(row["words"])
        self.low_first = row["word_order"].startswith("low")
        self.access = row["access"]
        self.step = quantity(row["scale"]) if row["scale"] else fractions.Fraction(1)
        self.offset = quantity(row["offset"]) if row["offset"] else fractions.Fraction(0)
        self.flags = [tuple(flag.split("=")) for flag in row["flags"].split()]

    @property
    def is_number(self):
        return self.kind in ("u16", "s16", "u32", "s32", "u64", "f32")

    def raw(self, words):
        words = words[::-1] if self.low_first else words
        value = int.from_bytes(b"".join(word.to_bytes(2, "big") for word in words), "big")
        if self.kind == "f32":
            return fractions.Fraction(struct.unpack(">f", value.to_bytes(4, "big"))[0])
        bits = 16 * self.words
        return value - (1 << bits) if self.kind.startswith("s") and value >> (bits - 1) else value


def single(words):
    """The IEEE 754 number in two words, high word first."""
    return struct.unpack(">f", b"".join(word.to_bytes(2, "big") for word in words))[0]


def points(spec):
    text, _ = export(spec, "csv")
    return [Point(row) for row in csv.DictReader(io.StringIO(text))]


# ---- Telegraf ----------------------------------------------------------------------------------------------------

TELEGRAF_TYPES = {"UINT16": 1, "INT16": 1, "UINT32": 2, "INT32": 2, "UINT64": 4, "INT64": 4, "FLOAT32": 2}


def telegraf(spec, table):
    """The fields by table and address; what Telegraf's own checks of a configuration would refuse is a claim."""
    text, notes = export(spec, "telegraf", "--at", "127.0.0.1:1502", "--unit", "17")
    document = tomllib.loads(text)["inputs"]["modbus"]
    claim(f"{spec.stem}: telegraf has one input over TCP in requests", len(document) == 1
          and document[0]["controller"] == "tcp://127.0.0.1:1502" and document[0]["configuration_type"] == "request", document)
    fields, names, wrong = {}, set(), []
    for request in document[0]["request"]:
        typed = request["register"] in ("holding", "input")
        if request["register"] not in FUNCTIONS or request.get("byte_order", "ABCD") not in ("ABCD", "CDAB"):
            wrong.append(request)
        for field in request["fields"]:
            identity = (request["slave_id"], request["register"], request["measurement"], field["name"])
            is_known = set(field) <= {"address", "name", "type", "scale", "length"}
            is_typed = not typed or field["type"] in TELEGRAF_TYPES or field["type"] == "STRING" and field["length"] >= 1
            if identity in names or not is_known or not is_typed or not field["name"]:
                wrong.append(field)
            names.add(identity)
            fields[request["register"], field["address"]] = {**field, "order": request.get("byte_order", "ABCD")}
    claim(f"{spec.stem}: telegraf accepts every request and field", not wrong, wrong)
    readable = {(point.table, point.address) for point in table if point.access != "wo"}
    claim(f"{spec.stem}: telegraf reads every readable point once", set(fields) == readable and len(names) == len(readable),
          set(fields) ^ readable)
    offsets = [point.name for point in table if point.offset and point.access != "wo"]
    are_told = all(f'"{name}" is written without' in notes for name in offsets)
    claim(f"{spec.stem}: telegraf's missing offsets are told", are_told, notes)
    return fields


def by_telegraf(field, words):
    if field["type"] == "STRING":
        return b"".join(word.to_bytes(2, "big") for word in words).rstrip(b"\0").decode()
    words = words[::-1] if field["order"] == "CDAB" else words
    if field["type"] == "FLOAT32":
        return single(words) * field.get("scale", 1.0)
    value = int.from_bytes(b"".join(word.to_bytes(2, "big") for word in words), "big", signed=not field["type"].startswith("U"))
    return value * field.get("scale", 1.0)


# ---- modbus_exporter ---------------------------------------------------------------------------------------------

EXPORTER_TYPES = {"bool": 1, "int16": 1, "uint16": 1, "int32": 2, "uint32": 2, "int64": 4, "uint64": 4, "float32": 2}


def exporter(spec, table):
    """The metrics by function and address, and by flag; what the exporter's validation would refuse is a claim."""
    text, _ = export(spec, "modbus-exporter")
    modules = yaml.safe_load(text)["modules"]
    claim(f"{spec.stem}: modbus_exporter has one module over TCP", len(modules) == 1 and modules[0]["protocol"] == "tcp/ip"
          and modules[0]["name"] == spec.stem and modules[0]["metrics"], modules)
    metrics, labels, wrong = {}, {}, []
    for metric in modules[0]["metrics"]:
        kind, address = metric["dataType"], str(metric["address"])
        keys = tuple(sorted(metric.get("labels", {})))
        is_good = (
            re.fullmatch(r"[a-zA-Z_:][a-zA-Z0-9_:]*", metric["name"]) and kind in EXPORTER_TYPES
            and metric["metricType"] in ("gauge", "counter") and metric.get("endianness", "big") in ("big", "yolo")
            and ("bitOffset" in metric) == (kind == "bool") and not ("factor" in metric and kind == "bool")
            and metric.get("factor", 1.0) != 0.0 and address[0] in "1234" and int(address[1:]) <= 65535
            # Of one name, all have the same labels.
            and labels.setdefault(metric["name"], keys) == keys)
        flag = metric.get("labels", {}).get("flag", "")
        identity = (int(address[0]), int(address[1:]), metric.get("bitOffset", -1) if flag else -1)
        if not is_good or identity in metrics:
            wrong.append(metric)
        metrics[identity] = metric
    claim(f"{spec.stem}: modbus_exporter accepts every metric", not wrong, wrong)
    wanted = set()
    for point in table:
        if point.access == "wo" or point.kind == "text":
            continue
        if point.kind == "flags":
            for bit, _ in point.flags:
                word = int(bit) // 16 if point.low_first else point.words - 1 - int(bit) // 16
                wanted.add((FUNCTIONS[point.table], point.address + word, int(bit) % 16))
        else:
            wanted.add((FUNCTIONS[point.table], point.address, -1))
    claim(f"{spec.stem}: modbus_exporter reads every number and flag once", set(metrics) == wanted, set(metrics) ^ wanted)
    return metrics


def by_exporter(metric, words):
    if metric["dataType"] == "bool":
        return float(words[0] >> metric["bitOffset"] & 1)
    words = words[::-1] if metric.get("endianness") == "yolo" else words
    if metric["dataType"] == "float32":
        return single(words) * metric.get("factor", 1.0)
    value = int.from_bytes(b"".join(word.to_bytes(2, "big") for word in words), "big", signed=metric["dataType"].startswith("i"))
    return value * metric.get("factor", 1.0)


# ---- phosphor-modbus ---------------------------------------------------------------------------------------------

def phosphor():
    schema = json.loads((ROOT / "tools/lib/phosphor-profile.schema.json").read_text())
    jsonschema.Draft7Validator.check_schema(schema)
    judge = jsonschema.Draft7Validator(schema)

    def content(text):
        return [f"{list(error.path)}: {error.message}" for error in judge.iter_errors(json.loads(text))]

    real = sorted(glob.glob(f"{REFERENCE}/**/phosphor-modbus-profiles/*.json", recursive=True))
    for path in real:
        text = pathlib.Path(path).read_text()
        claim(f"phosphor: the schema knows the project's own {pathlib.Path(path).stem}", not content(text), content(text))
        status, spec, notes = busbar("spec", "import", path)
        claim(f"phosphor: {pathlib.Path(path).stem} is imported", status == 0, notes)
        with tempfile.TemporaryDirectory() as folder:
            imported = pathlib.Path(folder) / "imported.yaml"
            imported.write_text(spec)
            status, again, notes = busbar("spec", "export", imported, "--format", "phosphor")
            claim(f"phosphor: {pathlib.Path(path).stem} is exported again", status == 0 and not content(again), content(again))
            claim(f"phosphor: {pathlib.Path(path).stem} is a model that the project knows", "is no model" not in notes, notes)
            exported = pathlib.Path(folder) / "again.json"
            exported.write_text(again)
            status, twice, notes = busbar("spec", "import", exported)
            plain = [line for line in spec.splitlines() if not line.startswith("#")]
            claim(f"phosphor: {pathlib.Path(path).stem} reads back as it was read",
                  plain == [line for line in twice.splitlines() if not line.startswith("#")], notes)
    spoilt = json.loads(export(SPECS[0], "phosphor")[0])
    spoilt["Parity"] = "even"
    claim("phosphor: the schema refuses a parity that it does not know", content(json.dumps(spoilt)), "content")
    for spec in SPECS:
        text, _ = export(spec, "phosphor")
        claim(f"{spec.stem}: phosphor's schema accepts the profile", not content(text), content(text))


# ---- pymodbus's simulator ----------------------------------------------------------------------------------------

def whole_spec(path):
    """A spec's keys; of one that is like another those of the other, with its own texts."""
    spec = yaml.safe_load(path.read_text())
    if "like" not in spec:
        return spec
    whole = {**whole_spec(path.parent / f"{spec['like']}.yaml"), **spec}
    for point in whole["points"]:
        point["default"] = spec.get("texts", {}).get(point["name"], point.get("default"))
        if point["default"] is None:
            del point["default"]
    return whole


def bare_rack(folder):
    """A rack with every device type as plain registers on one network; where each is."""
    for kind in ("Firmware-specs", "Racks", "Scenarios"):
        (folder / kind).mkdir()
    for path in (ROOT / "Firmware-specs").glob("*.yaml"):
        (folder / "Firmware-specs" / path.name).symlink_to(path)
    (folder / "Firmware-specs/judge-tables.yaml").symlink_to(BENCH / "Firmware-specs/judge-tables.yaml")
    (folder / "Accelerators").symlink_to(ROOT / "Accelerators")
    (folder / "Scenarios/bare.yaml").write_text(
        (BENCH / "Scenarios/judge-bench.yaml").read_text().replace("rack: judge-bench", "rack: bare"))
    rack = yaml.safe_load((BENCH / "Racks/judge-bench.yaml").read_text())
    rack["rack"] = "bare"
    rack["buses"].append({"name": "bare", "tcp": {"latency": "1 ms", "jitter": "0 ms"}})
    rack["devices"], units = [], {}
    for path in SPECS:
        spec = whole_spec(path)
        known = ("says", "identity", "serial", "points")
        bare = {"device": "unclassified", "model": f"{path.stem}-bare", **{key: spec[key] for key in known if key in spec}}
        for point in bare["points"]:
            point.pop("signal", None)
        (folder / f"Firmware-specs/{path.stem}-bare.yaml").write_text(yaml.safe_dump(bare, sort_keys=False, allow_unicode=True))
        ranges = [[int(end) for end in str(part).split("-")] for part in spec["serial"]["units"]]
        free = [unit for part in ranges for unit in range(part[0], part[-1] + 1) if unit not in units.values() and unit <= 247]
        units[path.stem] = free[0]
        rack["devices"].append({"name": f"{path.stem}-bare", "spec": f"{path.stem}-bare", "bus": "bare", "units": [free[0]]})
    (folder / "Racks/bare.yaml").write_text(yaml.safe_dump(rack, sort_keys=False, allow_unicode=True))
    return units


class Server:
    """"busbar serve" of a scenario in a project folder; ends with the block."""

    def __init__(self, project, scenario, *buses, more=()):
        self.project, self.scenario, self.buses, self.more = project, scenario, buses, more

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        arguments = [argument for bus in self.buses for argument in ("--bus", f"{bus}=tcp:127.0.0.1:0")]
        self.process = subprocess.Popen(
            [BINARY, "serve", self.scenario, "--out", self.folder.name + "/out", "--for", "300", "--no-view", *arguments,
             *self.more],
            env={**os.environ, "BUSBAR_ROOT": str(self.project)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.places = {}
        while len(self.places) < len(self.buses):
            line = self.process.stdout.readline()
            if not line:
                sys.exit("busbar serve did not become ready: " + self.process.stderr.read())
            found = re.match(r"ready bus=(\S+) at=(\S+)", line)
            if found:
                self.places[found.group(1)] = place(found.group(2))
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=60)
        self.folder.cleanup()


def read(client, table, address, count, unit):
    function = {"coil": client.read_coils, "discrete": client.read_discrete_inputs,
                "holding": client.read_holding_registers, "input": client.read_input_registers}[table]
    return function(address, count=count, device_id=unit)


def content_of(reply, table, count):
    if reply.isError():
        return f"exception {getattr(reply, 'exception_code', '?')}"
    return reply.bits[:count] if table in ("coil", "discrete") else reply.registers


async def simulated(path, table, unit, port):
    """What pymodbus's simulator answers for every point, and for a register behind the last."""
    simulator = ModbusSimulatorServer(json_file=path, http_host="127.0.0.1", http_port=0, log_file=path + ".log")
    await simulator.run_forever(only_start=True)
    answers = []
    async with AsyncModbusTcpClient("127.0.0.1", port=port) as client:
        for point in table:
            reply = await read(client, point.table, point.address, point.words, unit)
            answers.append(content_of(reply, point.table, point.words))
    await simulator.stop()
    return answers


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def same_registers(folder, tables):
    units = bare_rack(folder)
    with Server(folder, str(folder / "Scenarios/bare.yaml"), "bare") as server:
        client = ModbusTcpClient(server.places["bare"][0], port=server.places["bare"][1])
        client.connect()
        for spec in SPECS:
            port, unit = free_port(), units[spec.stem]
            table = [point for point in tables[spec.stem] if point.access != "wo"]
            text, _ = export(spec, "pymodbus", "--at", f"127.0.0.1:{port}", "--unit", unit)
            path = folder / f"{spec.stem}.json"
            path.write_text(text)
            ours = [content_of(read(client, point.table, point.address, point.words, unit), point.table, point.words)
                    for point in table]
            theirs = asyncio.run(simulated(str(path), table, unit, port))
            differ = [(point.name, a, b) for point, a, b in zip(table, ours, theirs) if a != b]
            claim(f"{spec.stem}: pymodbus's simulator serves the {len(table)} points that busbar serves", not differ, differ[:5])
        client.close()


# ---- A running rack ----------------------------------------------------------------------------------------------

def agree(spec, table, fields, metrics, client, unit):
    """The three descriptions of one device make the same of the same words."""
    differ, seen = [], {}
    for point in table:
        if point.access == "wo" or point.table not in ("holding", "input"):
            continue
        reply = read(client, point.table, point.address, point.words, unit)
        if reply.isError():
            differ.append((point.name, str(reply)))
            continue
        words = reply.registers
        field = fields[point.table, point.address]
        if point.is_number:
            ours = float(point.raw(words) * point.step)
            seen[point.name] = ours + float(point.offset)
            theirs = [by_telegraf(field, words), by_exporter(metrics[FUNCTIONS[point.table], point.address, -1], words)]
            if any(abs(value - ours) > 1e-9 * max(1, abs(ours)) for value in theirs):
                differ.append((point.name, ours, theirs))
        elif point.kind == "text":
            seen[point.name] = by_telegraf(field, words)
        elif point.kind == "flags":
            raw = point.raw(words)
            for bit, name in point.flags:
                word = int(bit) // 16 if point.low_first else point.words - 1 - int(bit) // 16
                metric = metrics.get((FUNCTIONS[point.table], point.address + word, int(bit) % 16))
                bit_is = float(raw >> int(bit) & 1)
                if not metric or by_exporter(metric, words[word:word + 1]) != bit_is or metric["labels"]["flag"] != name:
                    differ.append((point.name, name))
    claim(f"{spec}, unit {unit}: telegraf, modbus_exporter and the spec read the same", not differ and len(seen) > 5, differ[:5])
    return seen


def running_rack(tables, telegrafs, exporters):
    with tempfile.TemporaryDirectory() as folder:
        # A steady load, so that what is read one after another is the same.
        steady = pathlib.Path(folder) / "steady.yaml"
        steady.write_text(STEADY)
        return read_rack(tables, telegrafs, exporters, steady)


def read_rack(tables, telegrafs, exporters, scenario):
    with Server(ROOT, str(scenario), "trays", "management", "shelf", more=("--controller", "builtin")) as server:
        clients = {}
        for bus, (host, port) in server.places.items():
            clients[bus] = ModbusTcpClient(host, port=port, timeout=5)
            clients[bus].connect()
        # Until every device answers, the first readings have been averaged and the workload has come up.
        for bus, unit, least in (("management", 48, 2000), ("trays", 16, 4000), ("management", 1, 1)):
            for _ in range(120):
                reply = clients[bus].read_holding_registers(0, count=1, device_id=unit)
                if not reply.isError() and reply.registers[0] > least:
                    break
                time.sleep(0.5)
        # Until caps and fans have settled.
        time.sleep(5)
        seen = {}
        for spec, bus, unit in (("busbar-pm-1", "trays", 16), ("busbar-bmc-1", "management", 48), ("busbar-fan-1", "trays", 80),
                                ("psu-orv3-hpr", "shelf", 208), ("busbar-rack-controller-1", "management", 1)):
            seen[spec] = agree(spec, tables[spec], telegrafs[spec], exporters[spec], clients[bus], unit)
        for client in clients.values():
            client.close()
    claim("the monitor's voltage is that of a 50 V busbar", 45 < seen["busbar-pm-1"]["input-voltage"] < 53, seen["busbar-pm-1"])
    claim("the monitor and the BMC of a tray see about the same power",
          abs(seen["busbar-pm-1"]["input-power"] / seen["busbar-bmc-1"]["power"] - 1) < 0.05,
          {name: value for name, value in seen["busbar-bmc-1"].items() if "power" in name})
    claim("a supply's product is a text", seen["psu-orv3-hpr"]["product"] == "BUSBAR-HPR-5500", seen["psu-orv3-hpr"]["product"])


def main():
    tables = {spec.stem: points(spec) for spec in SPECS}
    telegrafs = {spec.stem: telegraf(spec, tables[spec.stem]) for spec in SPECS}
    exporters = {spec.stem: exporter(spec, tables[spec.stem]) for spec in SPECS}
    phosphor()
    with tempfile.TemporaryDirectory() as folder:
        same_registers(pathlib.Path(folder), tables)
    running_rack(tables, telegrafs, exporters)
    finish()


main()
