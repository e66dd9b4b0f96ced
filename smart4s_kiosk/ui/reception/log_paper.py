"""The showroom log as a page to print."""

from collections.abc import Sequence
from html import escape


def log_html(title: str, reader: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A plain table; every value is escaped, so that a name can never become markup."""

    def line(cells: Sequence[str], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag} align='left'>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    body = "".join(line(row, "td") for row in rows)
    return (
        f"<h2>{escape(title)}</h2><p>{escape(reader)}</p>"
        f"<table border='1' cellspacing='0' cellpadding='4' width='100%'>{line(head, 'th')}{body}</table>"
    )
