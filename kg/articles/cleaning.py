"""Turn bytes into clean text, and written dates into days.

Cleaning changes as little as it can, because all offsets count into the text that it returns:
only what cannot be stored or shown is touched. Line breaks stay, they bound paragraphs.
"""

import codecs
import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

# Form feeds, vertical tabs and the Unicode separators break lines in what people export.
_LINE_BREAK = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BOMS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_DATE_FORMATS = ("%Y/%m/%d", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%A %d %B %Y")
_BINARY_SIGNATURES = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF")


def clean_text(text: str) -> str:
    """Return ``text`` with line feeds as line ends, without control or surrogate characters.

    Tabs, no-break spaces and marks of writing direction stay: they are text.
    """
    text = _LINE_BREAK.sub("\n", text)
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", text)).removeprefix("\ufeff")


def is_binary(content: bytes) -> bool:
    """Return whether ``content``, the beginning of a file, is no text in an encoding read here."""
    if content[:2] in _BOMS:
        return False
    return b"\x00" in content or content.startswith(_BINARY_SIGNATURES)


def decode(content: bytes, *, declared: str | None = None) -> tuple[str, str | None]:
    """Return the text of ``content`` and the encoding that was guessed, or None if it is certain.

    UTF-8 is tried first, since a wrong declaration is common and a false UTF-8 reading is not;
    then a byte order mark, then ``declared``; Windows-1252 is the guess for all else.
    """
    if content[:2] in _BOMS:
        return content.decode(_BOMS[content[:2]], errors="replace"), None
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        pass
    if declared:
        try:
            return content.decode(declared), None
        except (LookupError, UnicodeDecodeError):
            pass
    return content.decode("cp1252", errors="replace"), "Windows-1252"


def parse_day(value: str) -> date:
    """Return the calendar day that ``value`` names, as written in its own time zone.

    ISO 8601 dates and times, ``2024/04/21``, ``April 21, 2024``, ``21 April 2024`` and mail dates
    (RFC 5322) are understood. ``02/05/24`` is not: it means two days.

    Raises:
        ValueError: It is no such date, or a day that does not exist.
    """
    value = value.strip()
    try:
        return datetime.fromisoformat(value).date()
    except ValueError:
        pass
    for pattern in _DATE_FORMATS:
        try:
            # Only the day is kept, so the missing time zone does not matter.
            return datetime.strptime(value, pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
    return parsedate_to_datetime(value).date()
