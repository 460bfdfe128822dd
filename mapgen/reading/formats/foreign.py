"""Formats that are known by their first bytes and not read: each is refused by its right name, with what to do."""

from __future__ import annotations

import io
import zipfile

from mapgen.errors import DocumentError
from mapgen.messages import Message, msg

__all__ = ["refuse_foreign"]

_OCR = msg("run a text recognition (OCR) over it first")
_MARKS = (
    (b"\x1f\x8b", msg("it is compressed (gzip): unpack it first")),
    (b"BZh91AY&SY", msg("it is compressed (bzip2): unpack it first")),
    (b"\xfd7zXZ\0", msg("it is compressed (xz): unpack it first")),
    (b"\x28\xb5\x2f\xfd", msg("it is compressed (zstd): unpack it first")),
    (b"7z\xbc\xaf\x27\x1c", msg("it is an archive (7z): unpack it and give its files or the folder")),
    (b"Rar!\x1a\x07", msg("it is an archive (RAR): unpack it and give its files or the folder")),
    (b"\xff\xd8\xff", msg("it is a picture (JPEG): {ocr}", ocr=_OCR)),
    (b"\x89PNG\r\n\x1a\n", msg("it is a picture (PNG): {ocr}", ocr=_OCR)),
    (b"GIF87a", msg("it is a picture (GIF): {ocr}", ocr=_OCR)),
    (b"GIF89a", msg("it is a picture (GIF): {ocr}", ocr=_OCR)),
    (b"II*\0", msg("it is a picture (TIFF): {ocr}", ocr=_OCR)),
    (b"MM\0*", msg("it is a picture (TIFF): {ocr}", ocr=_OCR)),
    (b"AT&TFORM", msg("it is a scanned document (DjVu): {ocr}", ocr=_OCR)),
    (b"%!PS", msg("it is PostScript: convert it to PDF first")),
    (b"SQLite format 3\0", msg("it is a database (SQLite): export the texts as CSV")),
    (b"ID3\x03", msg("it is a sound (MP3): give its transcript or its subtitles")),
    (b"\x1aE\xdf\xa3", msg("it is a film (Matroska, WebM): give its subtitles (.srt, .vtt)")),
    (b"\xffWPC", msg("it is WordPerfect: save it as .docx")),
)
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams in the directory of an OLE2 file, which is UTF-16 (MS-CFB 2.6.1).
_OLE2_STREAMS = (
    ("__properties_version1.0", msg("it is an Outlook message (.msg): save it as .eml, HTML or plain text")),
    ("EncryptedPackage", msg("it is an Office file protected by a password: save it without one")),
    ("WordDocument", msg("it is an old Word file (.doc): save it as .docx")),
    ("PowerPoint Document", msg("it is an old PowerPoint file (.ppt): save it as PDF")),
    ("Workbook", msg("it is an old Excel file (.xls): save it as .xlsx or CSV")),
    ("Book", msg("it is an old Excel file (.xls): save it as .xlsx or CSV")),
)
# OpenDocument begins with its media type, uncompressed (OpenDocument 1.3, part 2, 3.3).
_OPENDOCUMENT = (
    (b"opendocument.presentation", msg("it is an OpenDocument presentation (.odp): save it as PDF")),
    (b"opendocument.spreadsheet", msg("it is an OpenDocument spreadsheet (.ods): save it as .xlsx or CSV")),
    (b"opendocument.graphics", msg("it is an OpenDocument drawing (.odg): save it as PDF")),
)
_MEDIA_TYPE_WITHIN = 200
_OUTLOOK = b"!BDN"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_TAR_AT = 257


def refuse_foreign(data: bytes) -> None:
    """Refuse what is no text and none of the formats that are read.

    Raises:
        DocumentError: it is of a format that is known by its first bytes.
    """
    if data.startswith(_OLE2):
        raise DocumentError(_ole2(data))
    if data.startswith(_ZIP):
        raise DocumentError(_zip(data))
    if data.startswith(_OUTLOOK):
        raise DocumentError(msg("it is a mailbox of Outlook (.pst): export it as .eml or mbox"))
    if data[_TAR_AT : _TAR_AT + 5] == b"ustar":
        raise DocumentError(msg("it is an archive (tar): unpack it and give its files or the folder"))
    if data[4:8] == b"ftyp":
        raise DocumentError(msg("it is a film or a picture (MPEG-4, HEIF): give its subtitles, or a text"))
    for mark, message in _MARKS:
        if data.startswith(mark):
            raise DocumentError(message)


def _ole2(data: bytes) -> Message:
    for name, message in _OLE2_STREAMS:
        if name.encode("utf-16-le") + b"\0\0" in data:
            return message
    return msg("it is an old Office file (OLE2): save it as .docx, .xlsx or PDF")


def _zip(data: bytes) -> Message:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return msg("it is an archive (ZIP) that is damaged: get it again")
    if any(name.startswith("ppt/") for name in names):
        return msg("it is PowerPoint (.pptx): save it as PDF")
    if any(name.startswith("xl/") for name in names):
        return msg("it is a workbook of Excel in binary form (.xlsb): save it as .xlsx or CSV")
    if any(name.startswith("Index/") for name in names):
        return msg("it is a document of Apple's Pages, Numbers or Keynote: export it as .docx, .xlsx or PDF")
    if any(name.casefold().endswith(".kml") for name in names):
        return msg("it is a map (KMZ), not a text: give places with --places, as GeoJSON or CSV")
    if any(name.startswith("visio/") for name in names):
        return msg("it is a drawing of Visio (.vsdx): save it as PDF")
    if "mimetype" in names:
        for kind, message in _OPENDOCUMENT:
            if data.find(kind, 0, _MEDIA_TYPE_WITHIN) >= 0:
                return message
        return msg("it is an office document of a kind that is not read: save it as .odt, .docx or PDF")
    return msg("it is an archive (ZIP): unpack it and give its files or the folder")
