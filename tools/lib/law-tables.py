#!/usr/bin/env python3
"""Writes the tables of docs/laws.md anew from what busbar compare found.

usage: law-tables.py COMPARE.JSON DOCS/LAWS.MD

Replaces what stands between the two markers of the page; one table for each scenario of the comparison, in its order.
"""

import json
import sys

from page_tables import rewritten

BEGIN, END = "<!-- tables: tools/lib/law-tables.py -->", "<!-- end of tables -->"
# Figure of the run, head of the column, decimals, unit.
COLUMNS = [
    ("work lost", "work lost", 1, " %"),
    ("breaker trips", "trips", 0, ""),
    ("trip heat left", "trip heat left", 0, " %"),
    ("supply peak time left", "peak time left", 0, " %"),
    ("overdraft used", "overdraft used", 0, " %"),
    ("energy over budget", "over budget", 1, " kJ"),
    ("worst overshoot", "worst", 0, " W"),
    ("longest time over budget", "longest", 2, " s"),
    ("overload to lower cap", "to lower cap", 0, " ms"),
    ("cap changes", "cap changes", 0, ""),
]


def table(comparison):
    runs = [(run, {figure["name"]: figure["value"] for figure in run["figures"]}) for run in comparison["runs"]]
    columns = [column for column in COLUMNS if any(column[0] in found for _, found in runs)]
    lines = [f"### {comparison['scenario']}", "", comparison["says"], ""]
    lines.append("| law | holds | " + " | ".join(head for _, head, _, _ in columns) + " |")
    lines.append("|---|---|" + "---:|" * len(columns))
    for run, found in runs:
        cells = [f"{found[name]:.{places}f}{unit}" if name in found else "–" for name, _, places, unit in columns]
        lines.append(f"| {run['law']} | {'yes' if run['held'] else '**no**'} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main(document, page):
    with open(document, encoding="utf-8") as file:
        compared = json.load(file)
    text = rewritten(page, BEGIN, END, "\n\n".join(table(comparison) for comparison in compared["scenarios"]))
    with open(page, "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
