"""Reads the files of a run as the programs of others do: python3 tools/lib/read-outputs.py FOLDER.

Prints one line of what it read; exits 1 with every mistake found. Knows the formats' promises, nothing of the program.
"""

import json
import sqlite3
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

mistakes = []


def expect(condition, message):
    if not condition:
        mistakes.append(message)


def refuse_constant(name):
    raise ValueError(f"{name} is no JSON")


def read_result(path):
    result = json.loads(path.read_text(encoding="utf-8"), parse_constant=refuse_constant)
    expect(result["format"] == "busbar-result-1", f"{path.name}: format {result['format']!r}")
    expect(len(result["digest"]) == 16, f"{path.name}: digest {result['digest']!r}")
    expect(result["expectations"], f"{path.name}: no expectations")
    expect(result["signals"], f"{path.name}: no signals")
    failed = [outcome for outcome in result["expectations"] if outcome["verdict"] != "held"]
    failed += [check for check in result["checks"] if not check["held"]]
    expect(result["held"] == (not failed), f"{path.name}: held is {result['held']} with {len(failed)} failures")
    return result, len(failed)


def read_junit(path, result, failed):
    root = ElementTree.parse(path).getroot()
    cases = root.findall("./testsuite/testcase")
    failures = root.findall("./testsuite/testcase/failure")
    wanted = len(result["expectations"]) + len(result["checks"])
    expect(root.tag == "testsuites", f"{path.name}: the root is {root.tag}")
    expect(len(cases) == wanted == int(root.get("tests")), f"{path.name}: {len(cases)} cases, expected {wanted}")
    expect(len(failures) == failed == int(root.get("failures")), f"{path.name}: {len(failures)} failures, not {failed}")
    return len(cases)


def read_events(path):
    events = [json.loads(line, parse_constant=refuse_constant) for line in path.read_text("utf-8").splitlines()]
    expect(events, f"{path.name}: no events")
    expect(all(isinstance(event, dict) for event in events), f"{path.name}: a line that is no object")
    return len(events)


def read_telemetry(path):
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as store:
        verdict = store.execute("pragma integrity_check").fetchone()[0]
        expect(verdict == "ok", f"{path.name}: {verdict}")
        tables = [row[0] for row in store.execute("select name from sqlite_master where type = 'table'")]
        rows = sum(store.execute(f'select count(*) from "{table}"').fetchone()[0] for table in tables)
    expect(rows, f"{path.name}: no rows")
    return rows


def main(folder):
    result, failed = read_result(folder / "result.json")
    cases = read_junit(folder / "junit.xml", result, failed)
    events = read_events(folder / "events.jsonl")
    rows = read_telemetry(folder / "telemetry.sqlite")
    for mistake in mistakes:
        print(mistake, file=sys.stderr)
    print(f"{len(result['signals'])} signals, {cases} test cases, {events} events, {rows} rows of telemetry")
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
