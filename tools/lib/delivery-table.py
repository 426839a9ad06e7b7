#!/usr/bin/env python3
"""Writes the table of docs/delivery.md anew from what busbar bringup printed.

usage: delivery-table.py PAGE TARGET <OUTPUT     TARGET may be PAGE

Replaces what stands between the two markers of the page by the table of who is bought from.
"""

import sys

from page_tables import rewritten

BEGIN, END = "<!-- table: tools/lib/delivery-table.py -->", "<!-- end of table -->"
HEAD = "the last rack, by who is bought from"


def main(page, target):
    tables = [part for part in sys.stdin.read().split("\n\n") if part.startswith(HEAD)]
    if len(tables) != 1:
        sys.exit(f'busbar bringup: expected one table under "{HEAD}", found {len(tables)}')
    text = rewritten(page, BEGIN, END, f"```\n{tables[0].rstrip()}\n```")
    with open(target, "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
