"""The table of packs, as a terminal and as Markdown show it."""

from collections.abc import Sequence

from courses.packs.checking.running import Checked

_MISSING = "–"
# Between these lines a page of the documentation holds the table.
BEGIN, END = "<!-- packs -->", "<!-- /packs -->"


def columns_of(packs: Sequence[Checked]) -> list[str]:
    """Return the names of the columns in the order in which they first come."""
    return list(dict.fromkeys(name for pack in packs for name in pack.figures))


def rows_of(packs: Sequence[Checked]) -> list[list[str]]:
    """Return the head and a row for each pack."""
    columns = columns_of(packs)
    head = ["pack", *columns, "problems"]
    body = [
        [pack.slug, *(pack.figures.get(name, _MISSING) for name in columns), str(len(pack.findings))] for pack in packs
    ]
    return [head, *body]


def as_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows in columns as wide as they need."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def as_markdown(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a Markdown table."""
    head, *body = rows
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *body]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def with_table(page: str, packs: Sequence[Checked]) -> str:
    """Return a page of the documentation with the table between its two marks."""
    head, begin, rest = page.partition(BEGIN)
    _old, end, tail = rest.partition(END)
    if not begin or not end:
        msg = f"The page needs two lines, {BEGIN} and {END}, between which the table stands."
        raise ValueError(msg)
    return f"{head}{BEGIN}\n\n{as_markdown(rows_of(packs))}\n{END}{tail}"
