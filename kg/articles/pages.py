"""Read the article of an HTML page: its text blocks, title, outlet, address and date.

Only the standard library is used: news pages mark their article well enough for it. Menus,
captions, scripts and forms are dropped. What marks what stands in the tables at the top.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


_DROPPED = _names(
    "script style noscript template nav footer aside form button select iframe svg math "
    "figure figcaption video audio object dialog head"
)
_BLOCKS = _names(
    "p div section article main header h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre "
    "table tr td th br hr address details summary body"
)
_VOID = _names("area base br col embed hr img input link meta param source track wbr")
_BODIES = ("article", "main", "body")
"""Elements that hold the article, best first."""

_TITLE_KEYS = ("og:title", "twitter:title", "dc.title", "headline")
_PUBLISHER_KEYS = ("og:site_name", "dc.publisher", "publisher")
_URL_KEYS = ("og:url",)
_DATE_KEYS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dc.date.issued",
    "dc.date",
    "pubdate",
    "publishdate",
    "date",
)
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]+)"')
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a page says, as written; ``published`` holds the candidates for the date, best first."""

    text: str
    title: str | None
    url: str | None
    publisher: str | None
    published: Sequence[str]


def declared_charset(content: bytes) -> str | None:
    """Return the encoding that the beginning of an HTML file declares."""
    match = _CHARSET.search(content[:4096])
    return match.group(1).decode("ascii") if match else None


def read_page(markup: str) -> Page:
    """Return the article of a page; ``text`` is empty when it has none."""
    parser = _PageParser()
    parser.feed(markup)
    parser.close()
    parser.end_block()
    meta = parser.meta
    return Page(
        text="\n\n".join(parser.blocks()),
        title=_first(meta, _TITLE_KEYS) or parser.title(),
        url=_first(meta, _URL_KEYS) or meta.get("canonical"),
        publisher=_first(meta, _PUBLISHER_KEYS),
        published=[
            *(meta[key] for key in _DATE_KEYS if key in meta),
            *_JSON_DATE.findall(markup),  # schema.org in JSON-LD
            *parser.times,
        ],
    )


def _first(meta: dict[str, str], keys: Sequence[str]) -> str | None:
    return next((meta[key] for key in keys if meta.get(key)), None)


@dataclass(frozen=True, kw_only=True)
class _Block:
    """A run of text between block elements, and the elements that it stands in."""

    text: str
    inside: frozenset[str]


class _PageParser(HTMLParser):
    """Collects blocks of text with the elements around them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, str] = {}
        self.times: list[str] = []
        self._open: list[str] = []
        self._blocks: list[_Block] = []
        self._pieces: list[str] = []
        self._title: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        if tag == "meta":
            self._note_meta(values)
        elif tag == "link" and values.get("rel", "").lower() == "canonical":
            self.meta.setdefault("canonical", values.get("href", ""))
        elif tag == "time" and values.get("datetime"):
            self.times.append(values["datetime"])
        if tag in _BLOCKS:
            self.end_block()
            if "head" in self._open:
                self.handle_endtag("head")  # pages may leave out </head> and <body>
        if tag == "p" and "p" in self._open:
            self.handle_endtag("p")  # HTML closes a paragraph where the next one begins.
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_block()
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "title":
            self._title.append(data)
        elif _DROPPED.isdisjoint(self._open):
            self._pieces.append(data)

    def end_block(self) -> None:
        """Close the run of text that stands before a block element."""
        text = _SPACE.sub(" ", "".join(self._pieces)).strip(" ")
        self._pieces.clear()
        if text:
            self._blocks.append(_Block(text=text, inside=frozenset(self._open)))

    def blocks(self) -> list[str]:
        """Return the text blocks of the best article body; headlines stand apart as the title."""
        for body in _BODIES:
            inside = [block for block in self._blocks if body in block.inside]
            if inside:
                return [block.text for block in inside if "h1" not in block.inside]
        return [block.text for block in self._blocks if "h1" not in block.inside]

    def title(self) -> str | None:
        """Return the headline, or else the title of the window, or None."""
        headlines = [block.text for block in self._blocks if "h1" in block.inside]
        window = _SPACE.sub(" ", "".join(self._title)).strip()
        return next(iter(headlines), None) or window or None

    def _note_meta(self, values: dict[str, str]) -> None:
        key = (values.get("property") or values.get("name") or values.get("itemprop") or "").lower()
        content = values.get("content", "").strip()
        if key and content:
            self.meta.setdefault(key, content)
