"""A short fingerprint of a text, by which near copies of it are recognised.

It is the bottom-k sketch of Broder (1997), "On the resemblance and containment of documents":
the least hashes of the text's word sequences. Two texts resemble each other about as much as
their fingerprints overlap. Comparing fingerprints is the work of ``kg.merge.sources``.
"""

import re
import zlib

_WORD = re.compile(r"\w+")
_SEQUENCE = 5
_SIZE = 32


def fingerprint(text: str) -> str:
    """Return up to 32 hexadecimal hashes, ascending, apart by blanks; empty without words.

    Letter case and punctuation make no difference. A text shorter than five words counts as one
    sequence.
    """
    words = _WORD.findall(text.casefold())
    if not words:
        return ""
    starts = range(max(1, len(words) - _SEQUENCE + 1))
    hashes = {
        zlib.crc32(" ".join(words[start : start + _SEQUENCE]).encode("utf-8", "surrogatepass"))
        for start in starts
    }
    return " ".join(f"{value:08x}" for value in sorted(hashes)[:_SIZE])
