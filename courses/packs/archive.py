"""A pack as a zip: written the same for the same files, read as if it came from an enemy."""

import io
import re
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext_lazy as _

from courses.errors import CourseError
from courses.packs.files import MOST_BYTES, MOST_FILES

LARGEST_ARCHIVE_BYTES = 32 * 1024 * 1024
# Text packs well, but nothing honest grows like this.
_LARGEST_RATIO = 200
_DEEPEST = 3
_LONGEST_NAME = 200
_CHUNK = 64 * 1024
_STARTED = (1980, 1, 1, 0, 0, 0)
_PACKED_ALREADY = frozenset({".mp4", ".webm", ".m4a", ".mp3", ".ogg", ".png", ".jpg", ".jpeg", ".webp", ".gif"})
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_ENCRYPTED = 0x1


class ArchiveRefusedError(CourseError):
    """The upload is no zip of one pack, or a hostile one; nothing of it was kept."""

    code = "courses.pack.archive_refused"

    def __init__(self, text: object) -> None:
        super().__init__(str(text))
        self.text = text  # type: ignore[assignment]  # late-translated, one for each reason


def zip_files(files: Mapping[str, bytes], folder: str) -> bytes:
    """Return a zip with the files of a pack in one folder; the same files give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{name}", _STARTED)
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            is_packed = PurePosixPath(name).suffix in _PACKED_ALREADY
            entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return made.getvalue()


def unzip_pack(content: bytes, folder: Path) -> Path:
    """Unpack the zip of one pack below an empty folder and return the pack's; raise ArchiveRefusedError.

    What comes out counts, never what the zip claims.
    """
    if len(content) > LARGEST_ARCHIVE_BYTES:
        raise ArchiveRefusedError(_("The file is larger than 32 MB. Nothing was changed. Leave videos out."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()]
            root = _checked_root(parts)
            _unpack(archive, parts, folder, min(MOST_BYTES, _LARGEST_RATIO * len(content)))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise _no_pack() from None
    return folder / root


def _checked_root(parts: list[zipfile.ZipInfo]) -> str:
    """Return the one folder that everything lies in."""
    if not parts or len(parts) > MOST_FILES:
        raise _no_pack()
    names = [part.filename for part in parts]
    # Two names that differ in capitals are one file on some disks: the second would replace what was checked.
    if len({name.casefold() for name in names}) < len(names):
        raise _no_pack()
    for part in parts:
        mode = part.external_attr >> 16
        if part.flag_bits & _ENCRYPTED or (stat.S_IFMT(mode) and not stat.S_ISREG(mode)) or not _is_safe(part.filename):
            raise _no_pack()
    roots = {name.partition("/")[0] for name in names}
    if len(roots) != 1 or f"{min(roots)}/course.yaml" not in names:
        raise ArchiveRefusedError(
            _("The zip does not hold one folder with a course.yaml in it. Nothing was changed. Zip the pack’s folder.")
        )
    return roots.pop()


def _is_safe(name: str) -> bool:
    """Tell whether a path stays where it is unpacked: plain words with slashes between them, and not many."""
    words = name.split("/")
    return len(name) <= _LONGEST_NAME and len(words) <= _DEEPEST and all(map(_PART.fullmatch, words))


def _unpack(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], folder: Path, allowed: int) -> None:
    for part in parts:
        path = folder / part.filename
        path.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(part) as packed, path.open("xb") as file:
            while chunk := packed.read(_CHUNK):
                allowed -= len(chunk)
                if allowed < 0:
                    raise ArchiveRefusedError(_("The file grows too large when opened. Nothing was changed."))
                file.write(chunk)


def _no_pack() -> ArchiveRefusedError:
    return ArchiveRefusedError(_("This is no zip of a course pack. Nothing was changed. Send one that was exported."))
