"""Responses travel compressed, but for those whose bytes are counted."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressionMiddleware(GZipMiddleware):
    """Django's compression, except where Accept-Ranges promises single bytes of the file itself.

    A part that is compressed on its way no longer stands where its Content-Range says; and pictures and
    films are compressed already.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress the response, or leave it as it is."""
        if response.has_header("Accept-Ranges"):
            return response
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed
