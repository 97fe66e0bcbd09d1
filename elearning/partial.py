"""A stored file over HTTP, whole or in part: Django's own FileResponse knows no Range."""

from collections.abc import Iterator
from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import http_date

from elearning.lib.mediatypes import media_type_of
from elearning.lib.ranges import ByteRange, UnsatisfiableRangeError, read_range

_BLOCK_BYTES = 64 * 1024


def file_response(request: HttpRequest, name: str) -> HttpResponseBase:
    """Return the file that a name stands for; 206 for the part a Range header asks for, 416 for one behind the end."""
    size = default_storage.size(name)
    modified = http_date(default_storage.get_modified_time(name).timestamp())
    try:
        part = _part_asked(request, size, modified)
    except UnsatisfiableRangeError:
        response: HttpResponseBase = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
    else:
        response = _whole(name) if part is None else _part(name, part)
    response["Accept-Ranges"] = "bytes"
    response["Last-Modified"] = modified
    return response


def _part_asked(request: HttpRequest, size: int, modified: str) -> ByteRange | None:
    """Return the part; with If-Range only of the very file of which the browser has the rest."""
    header = request.headers.get("Range", "") if request.method == "GET" else ""
    wants_same = request.headers.get("If-Range", modified)
    return read_range(header, size) if header and wants_same == modified else None


def _whole(name: str) -> HttpResponseBase:
    return FileResponse(default_storage.open(name), content_type=media_type_of(name))


def _part(name: str, part: ByteRange) -> HttpResponseBase:
    blocks = _blocks(default_storage.open(name), part)
    response = StreamingHttpResponse(blocks, status=206, content_type=media_type_of(name))
    response["Content-Length"] = str(part.length)
    response["Content-Range"] = part.content_range
    return response


def _blocks(file: Any, part: ByteRange) -> Iterator[bytes]:
    """Yield the bytes of a part in small blocks, and close the file in any case."""
    with file:
        file.seek(part.start)
        left = part.length
        while left and (block := file.read(min(left, _BLOCK_BYTES))):
            left -= len(block)
            yield block
