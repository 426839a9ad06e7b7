"""A part of a page that a tool writes, between two markers that stay."""

import sys


def rewritten(page, begin, end, content):
    """The text of the page with this content between its markers; ends the program where they are not there."""
    with open(page, encoding="utf-8") as file:
        text = file.read()
    if begin not in text or end not in text:
        sys.exit(f"{page}: expected the markers {begin} and {end}")
    before, after = text.split(begin)[0], text.split(end)[1]
    return f"{before}{begin}\n\n{content}\n\n{end}{after}"
