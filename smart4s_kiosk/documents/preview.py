"""Pages of a finished PDF as PNG pictures for the screen."""

import io
import threading

import pypdfium2

from smart4s_kiosk.domain.errors import RuleBroken

LARGEST_WIDTH_PX = 4096
MOST_PAGES = 40
one_at_a_time = threading.Lock()
"""PDFium is not safe in threads (its own documentation)."""


class PdfUnreadable(RuleBroken):
    """This PDF cannot be shown."""

    code = "documents.pdf_unreadable"


class PdfiumPreviews:
    """Draws pages with PDFium."""

    def pages(self, pdf: bytes, width_px: int) -> tuple[bytes, ...]:
        """One PNG a page (at most 40), `width_px` wide (at most 4,096). Raises `PdfUnreadable`."""
        wanted = min(max(width_px, 1), LARGEST_WIDTH_PX)
        with one_at_a_time:
            try:
                document = pypdfium2.PdfDocument(pdf)
            except pypdfium2.PdfiumError as error:
                raise PdfUnreadable from error
            try:
                return tuple(_png(document[number], wanted) for number in range(min(len(document), MOST_PAGES)))
            finally:
                document.close()


def _png(page: pypdfium2.PdfPage, width_px: int) -> bytes:
    picture = page.render(scale=(width_px - 0.5) / page.get_width()).to_pil()
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()
