#!/usr/bin/env python3
"""Writes a page per device class from what the firmware says of itself.

The head of a state machine in Sources/DeviceFirmware holds its purpose, its inputs and how far to trust them, its intended
behaviour and what a restart does; its configuration and its status say why each value and each bit is there. A page is made of
just that, so it cannot tell another story than the code.

usage: class-pages.py ROOT FOLDER   writes FOLDER/<class>.md; exit code 1 when a class has no firmware that speaks
"""

import pathlib
import re
import sys

CLASS = re.compile(r'(\w+Signal)\.self,\s*"([a-z][a-z0-9-]*)",\s*title:\s*"([^"]+)"')
DOCUMENTED = r"((?:^[ \t]*///.*\n)+)(?:^[ \t]*@.*\n)*"
FIRMWARE = re.compile(DOCUMENTED + r"^[ \t]*public (?:struct|final class) (\w+)[^{\n]*StartableFirmware", re.M)
BIT = re.compile(r"((?:^[ \t]*///.*\n)*)^[ \t]*public static (?:var|let) (\w+)\b[^\n]*\bbit\((\d+)\)", re.M)
FACT = re.compile(DOCUMENTED + r"^[ \t]*public var (\w+)\s*(?::\s*([^={\n]+?))?\s*=\s*([^\n]+)$", re.M)

# Arguments that begin on a line of their own.
WRAPPED = re.compile(r"\(\n\s+([^\n]*)\)(?=\n)")


def prose(comment):
    """The text of a documentation comment, list items on lines of their own."""
    lines = [re.sub(r"^[ \t]*/// ?", "", line) for line in comment.rstrip("\n").split("\n")]
    return "\n".join(lines).strip()


def sentence(comment):
    return " ".join(prose(comment).split()).replace("|", "\\|")


def words(name):
    """`overPower` as specs write it: over-power."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda match: "-" + match.group(1).lower(), name).lower()


def value(text):
    """A Swift literal as people write it: `.milliseconds(16)` is 16 ms."""
    units = {
        "milliseconds": "ms", "seconds": "s", "microseconds": "us", "watts": "W", "kilowatts": "kW", "volts": "V",
        "millivolts": "mV", "amperes": "A", "milliamperes": "mA", "degrees": "degC", "rpm": "rpm", "percent": "%",
        "perMille": "‰", "joules": "J",
    }
    span = re.fullmatch(r"(.+?)\s*\.\.\.\s*(.+)", text)
    if span:
        return f"{value(span.group(1).strip())} to {value(span.group(2).strip())}"
    if text == ".zero":
        return "0"
    known = re.fullmatch(r"\.(\w+)\((-?[\d_.]+)\)", text)
    if known and known.group(1) in units:
        return f"{known.group(2).replace('_', '')} {units[known.group(1)]}"
    return f"`{text}`" if not re.fullmatch(r"-?[\d_.]+", text) else text.replace("_", "")


def classes(root):
    """(signal type, word, title) of each class, in the order of the one list of classes."""
    for path in sorted((root / "Sources").rglob("DeviceClass*.swift")):
        found = CLASS.findall(path.read_text())
        if found:
            return found
    sys.exit("class-pages: no list of device classes was found in Sources; the pattern CLASS must follow it")


def firmware(root, signal):
    """The folder and the head of the firmware that serves a class's signals."""
    for path in sorted((root / "Sources/DeviceFirmware").rglob("*.swift")):
        if not re.search(rf"\b{signal}\(", path.read_text()):
            continue
        for source in sorted(path.parent.glob("*.swift")):
            head = FIRMWARE.search(source.read_text())
            if head:
                return path.parent, source, head
    return None


def shared_rooms(root, folder):
    """The files of rooms that firmwares share: folders of DeviceFirmware without a firmware of their own of which this
    folder uses a type. Flags and settings that stand there are told on the page of everyone who uses them."""
    own = "\n".join(path.read_text() for path in folder.glob("*.swift"))
    for room in sorted(path for path in (root / "Sources/DeviceFirmware").iterdir() if path.is_dir() and path != folder):
        files = [(path, path.read_text()) for path in sorted(room.glob("*.swift"))]
        if any(FIRMWARE.search(text) for _, text in files):
            continue
        for path, text in files:
            declared = re.search(r"^public struct (\w+)", text, re.M)
            if declared and re.search(rf"\b{declared.group(1)}\b", own):
                yield declared.group(1), path, text


def expanded(fact, default, comment, shared):
    """A fact that is a group of settings, `fans = ConverterFanSettings(maximumSpeed: .rpm(25_000))`, as its members: those
    that are given with the comment that stands here, the others with their own."""
    call = re.fullmatch(r"(\w+)\((.*)\)", default)
    if not call or call.group(1) not in shared:
        return [(words(fact), value(default), comment)]
    given = dict(re.findall(r"(\w+): (\.\w+\([^)]*\))", call.group(2)))
    first = True
    rows = []
    for name, setting in given.items():
        rows.append((f"{words(fact)}.{words(name)}", value(setting), comment if first else "As above."))
        first = False
    for own, name, _, setting in FACT.findall(shared[call.group(1)]):
        if name not in given:
            rows.append((f"{words(fact)}.{words(name)}", value(setting.strip()), sentence(own)))
    return rows


def page(root, signal, word, title):
    found = firmware(root, signal)
    if not found:
        return None
    folder, source, head = found
    name = title[0].upper() + title[1:]
    lines = [
        f"<!-- Written by tools/docs from {source.relative_to(root)} and its neighbours; do not edit. -->", "",
        f"# {name}", "", f"The class `{word}`. What its firmware says of itself:", "", prose(head.group(1)), "",
    ]
    texts = [(path, path.read_text()) for path in sorted(folder.glob("*.swift"))]
    borrowed = list(shared_rooms(root, folder))
    flags = texts + [(path, text) for _, path, text in borrowed]
    shared = {name: text for name, _, text in borrowed}
    bits = [(int(bit), words(bit_name), sentence(comment)) for _, text in flags for comment, bit_name, bit in BIT.findall(text)]
    if bits:
        lines += ["## Conditions", "", "As its status words show them; which bit of which register is the device's own affair.", ""]
        told = [f"| {bit_name} | {comment} |" for _, bit_name, comment in bits if comment]
        named = [f"`{bit_name}`" for _, bit_name, comment in bits if not comment]
        if told:
            lines += ["| condition | meaning |", "|---|---|"] + told + [""]
        if named:
            lines += ["As they are named: " + ", ".join(dict.fromkeys(named)) + ".", ""]
    facts = [row for path, text in texts if "Configuration" in path.name
             for comment, fact, _, default in FACT.findall(WRAPPED.sub(r"(\1)", text))
             for row in expanded(fact, default.strip(), sentence(comment), shared)]
    if facts:
        lines += ["## Board facts and factory settings", "",
                  "What a device has where its spec says nothing else, and why.", "", "| fact | default | source |", "|---|---|---|"]
        lines += [f"| {fact} | {default} | {comment} |" for fact, default, comment in facts]
        lines.append("")
    return "\n".join(lines)


def main():
    root, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    silent = []
    for signal, word, title in classes(root):
        text = page(root, signal, word, title)
        if text is None:
            silent.append(word)
        else:
            (folder / f"{word}.md").write_text(text)
    for word in silent:
        print(f"class-pages: the class {word} has no firmware in Sources/DeviceFirmware whose head says what it does", file=sys.stderr)
    return 1 if silent else 0


if __name__ == "__main__":
    sys.exit(main())
