"""Reading articles: every kind of input as it comes, and each bad one told and passed over."""

import gzip
import io
import json
import os
import string
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.articles import ArticleProblem, FieldNames, read_articles, sources
from kg.articles.cleaning import clean_text, decode, parse_day
from kg.records import Article
from tests.factory import EXAMPLES

Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a file into an empty working folder and return its name."""
    monkeypatch.chdir(tmp_path)

    def writing(name: str, content: str | bytes) -> Path:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content if isinstance(content, bytes) else content.encode()
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    return writing


def read(*inputs: str | Path, **options: Any) -> tuple[list[Article], list[str]]:
    """Return the articles, and the problems as the command line prints them."""
    items = list(read_articles(inputs, **options))
    return (
        [item for item in items if isinstance(item, Article)],
        [str(item) for item in items if isinstance(item, ArticleProblem)],
    )


def ids(articles: list[Article]) -> list[str]:
    return [article.doc_id for article in articles]


# --- Good input


def test_a_text_file_is_an_article_named_by_its_stem(write: Write) -> None:
    articles, problems = read(write("visit.txt", "First line.\n\nSecond.\n"))

    assert problems == []
    assert articles == [
        Article(doc_id="visit", text="First line.\n\nSecond.\n", source="visit.txt")
    ]


def test_front_matter_gives_the_fields_and_is_not_text(write: Write) -> None:
    header = '---\ntitle: "Talks: day two"\nurl: https://a.example/1\npublisher: The Paper\n'
    articles, problems = read(write("t.txt", header + "published: 2024-04-21\n---\nText.\n"))

    assert problems == []
    assert articles[0].text == "Text.\n"
    assert articles[0].title == "Talks: day two"
    assert articles[0].url == "https://a.example/1"
    assert articles[0].publisher == "The Paper"
    assert articles[0].published == date(2024, 4, 21)


def test_a_dashed_line_alone_is_text(write: Write) -> None:
    articles, problems = read(write("t.txt", "---\nNo header here.\n---\nMore.\n"))

    assert problems == []
    assert articles[0].text.startswith("---\nNo header")


def test_front_matter_that_is_not_known_is_told(write: Write) -> None:
    articles, problems = read(write("t.txt", "---\npublised: 2024-04-21\n---\nText.\n"))

    assert ids(articles) == ["t"]
    assert problems == [
        (
            "t.txt: front matter 'publised' is not used. "
            "The fields are doc_id, title, url, publisher, published."
        )
    ]


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_rows_keep_their_identifier_and_fields(write: Write, suffix: str) -> None:
    rows = [
        {"doc_id": "a", "text": "One.", "published": "2024-04-21", "title": "T", "other": [1]},
        {"id": 7, "text": "Two.", "published": None, "publisher": "P", "url": "https://a.example"},
    ]
    expected = [
        ("a", "One.", "T", None, None, date(2024, 4, 21)),
        ("7", "Two.", None, "https://a.example", "P", None),
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    files = {"a.jsonl": lines, "b.json": json.dumps(rows), "c.json": lines}
    for name, content in files.items():
        articles, problems = read(write(name + suffix, content))
        assert problems == []
        assert [
            (a.doc_id, a.text, a.title, a.url, a.publisher, a.published) for a in articles
        ] == expected


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_text_may_span_lines(write: Write, separator: str) -> None:
    table = 'id,text,published\n1,"One,\ntwo.",2024-04-21\n2,Three.,\n'.replace(",", separator)
    articles, problems = read(write("t.csv", table))

    assert problems == []
    assert [(a.doc_id, a.text, a.source) for a in articles] == [
        ("1", f"One{separator}\ntwo.", "t.csv:2"),
        ("2", "Three.", "t.csv:4"),
    ]


def test_other_field_names(write: Write) -> None:
    fields = FieldNames(doc_id="key", text="body", published="day")
    row = {"key": "k", "id": "not this", "body": "Text.", "day": "21 April 2024"}
    articles, problems = read(write("t.jsonl", json.dumps(row)), fields=fields)

    assert problems == []
    assert (articles[0].doc_id, articles[0].text) == ("k", "Text.")
    assert articles[0].published == date(2024, 4, 21)


def test_a_row_without_identifier_is_named_by_its_text(write: Write) -> None:
    path = write("t.jsonl", '{"text": "One."}\n{"text": "Two."}\n')
    first, _ = read(path)
    again, _ = read(write("u.jsonl", '{"text": "Two."}\n{"text": "One."}\n'))

    assert ids(first) == ids(again)[::-1]
    assert all(name.startswith("text-") for name in ids(first))


PAGE = """<!doctype html><html><head><title>Talks begin - The Paper</title>
<meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2024-04-21T23:30:00-05:00">
<link rel="canonical" href="https://paper.example/talks">
<script>document.write("<p>not text</p>")</script></head>
<body><nav><a href="/">Home</a></nav><p>Subscribe now!</p>
<article><h1>Talks &amp; truce</h1><p>The ministers <b>met</b> in
Baghdad.<p>They agreed.<figure><figcaption>A photo.</figcaption></figure><ul><li>Point</ul>
<aside>Read also</aside></article><footer>Imprint</footer></body></html>"""


def test_html_gives_the_article_without_what_surrounds_it(write: Write) -> None:
    articles, problems = read(write("page.html", PAGE))

    assert problems == []
    assert articles == [
        Article(
            doc_id="page",
            text="The ministers met in Baghdad.\n\nThey agreed.\n\nPoint",
            title="Talks & truce",
            url="https://paper.example/talks",
            publisher="The Paper",
            published=date(2024, 4, 21),
            cleaned=True,
            source="page.html",
        )
    ]


@pytest.mark.parametrize(
    "mark",
    [
        '<script type="application/ld+json">{"datePublished": "2024-04-21T08:00:00Z"}</script>',
        '<time datetime="2024-04-21">yesterday</time>',
        '<meta itemprop="datePublished" content="2024-04-21">',
    ],
)
def test_the_date_of_a_page_stands_in_several_places(write: Write, mark: str) -> None:
    articles, _ = read(write("page.html", f"<html><head>{mark}<body><p>Text.</p>"))
    assert articles[0].published == date(2024, 4, 21)


def test_a_page_without_markup_for_its_article_is_read_whole(write: Write) -> None:
    articles, _ = read(write("page.htm", "<title>T</title><div>One.<br>Two.</div>"))
    assert (articles[0].title, articles[0].text) == ("T", "One.\n\nTwo.")


def test_a_page_may_declare_its_encoding(write: Write) -> None:
    page = '<meta charset="iso-8859-9"><p>Hüseyin Şahin met them.</p>'.encode("iso-8859-9")
    articles, problems = read(write("page.html", page))
    assert problems == []
    assert articles[0].text == "Hüseyin Şahin met them."


def test_a_folder_is_read_sorted_with_its_subfolders(write: Write) -> None:
    for name in ("in/b.txt", "in/a/z.txt", "in/a.jsonl", "in/.hidden/x.txt", "in/notes.md"):
        write(name, '{"id": "row", "text": "Text."}')
    articles, problems = read("in")

    assert problems == []
    assert ids(articles) == ["z", "row", "b"]


def test_files_of_one_name_are_told_apart_by_their_path(write: Write) -> None:
    for name in ("in/a/report.txt", "in/b/report.txt", "in/c/b/report.txt"):
        write(name, "Text.")
    articles, problems = read("in")

    assert problems == []
    assert ids(articles) == ["report", "b/report", "c/b/report"]


def test_standard_input_is_recognised_by_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = {
        b'{"id": "a", "text": "One."}\n': "a",
        b'\xef\xbb\xbf[{"id": "b", "text": "One."}]': "b",
        b"<p>One.</p>": "stdin",
        b"One.": "stdin",
        gzip.compress(b'{"id": "c", "text": "One."}'): "c",
    }
    for content, expected in inputs.items():
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        articles, problems = read("-")
        assert (ids(articles), articles[0].text, problems) == ([expected], "One.", [])


def test_standard_input_may_be_csv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"id,text\n1,One.\n")))
    articles, _ = read("-", stdin_kind="csv")
    assert [(a.doc_id, a.source) for a in articles] == [("1", "standard input:2")]


def test_the_example_articles_are_read_without_change() -> None:
    articles, problems = read(EXAMPLES)

    assert problems == []
    assert [a.published for a in articles] == [date(2024, 4, 21), date(2021, 6, 29)]
    assert not any(a.cleaned for a in articles)


def test_a_file_name_that_is_no_text_still_names_its_article(write: Write, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with open(os.fsencode(tmp_path / "in") + b"/caf\xe9.txt", "wb") as file:  # noqa: PTH123
        file.write(b"Text.")
    articles, problems = read("in")
    assert (ids(articles), problems) == (["caf\ufffd"], [])


# --- Bad input: what is wrong is told in one line, and the rest goes on

GOOD = '{"doc_id": "good", "text": "Text."}\n'


def test_a_file_that_is_not_there(write: Write) -> None:
    articles, problems = read("gone.txt", write("good.jsonl", GOOD))

    assert ids(articles) == ["good"]
    assert problems == ["gone.txt: no such file or folder. Check the path."]


def test_a_folder_without_articles(write: Write) -> None:
    write("in/notes.md", "Text.")
    assert read("in") == (
        [],
        [
            (
                "in: no articles in this folder. "
                "Put .txt, .jsonl, .json, .csv or .html, each also .gz files there."
            )
        ],
    )


def test_a_file_of_another_kind(write: Write) -> None:
    assert read(write("a.docx", "x"))[1] == [
        (
            "a.docx: not a kind of file that is read. "
            "Give .txt, .jsonl, .json, .csv or .html, each also .gz."
        )
    ]


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.json", "a.csv", "a.html", "a.txt.gz"])
def test_an_empty_file(write: Write, name: str) -> None:
    assert read(write(name, ""))[1] == [f"{name}: the file is empty. Remove it or fill it."]


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.html"])
def test_a_file_of_white_space(write: Write, name: str) -> None:
    (problem,) = read(write(name, " \n\n"))[1]
    assert problem.startswith(f"{name}: ")
    assert problem.endswith("fill it.")


@pytest.mark.parametrize("content", [b"ab\x00cd", b"%PDF-1.7 text", b"PK\x03\x04zip"])
def test_a_binary_file(write: Write, content: bytes) -> None:
    assert read(write("a.txt", content))[1] == [
        "a.txt: a binary file, not text. Convert it to text."
    ]


def test_a_wrong_encoding_is_told_and_read(write: Write) -> None:
    articles, problems = read(write("a.txt", "Said “no” in São Paulo".encode("cp1252")))

    assert problems == ["a.txt: not UTF-8; read as Windows-1252. Save it as UTF-8."]
    assert articles[0].text == "Said “no” in São Paulo"


def test_a_wrong_encoding_of_one_line(write: Write) -> None:
    content = GOOD.encode() + '{"id": 2, "text": "café"}'.encode("latin-1")
    articles, problems = read(write("a.jsonl", content))

    assert problems == ["a.jsonl:2: not UTF-8; read as Windows-1252. Save it as UTF-8."]
    assert articles[1].text == "café"


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv"])
def test_utf_16_with_its_mark_is_read(write: Write, name: str) -> None:
    content = {"a.txt": "café", "a.jsonl": '{"text": "café"}\n', "a.csv": "id,text\n1,café\n"}
    articles, problems = read(write(name, content[name].encode("utf-16")))

    assert problems == []
    assert articles[0].text == "café"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{bad", "not JSON (Expecting property name enclosed in double quotes at column 2). "),
        ("[1]", "a JSON array, not an object. "),
        ('{"doc_id": "x"}', "no field 'text' (fields: 'doc_id'). "),
        ('{"doc_id": "x", "text": 5}', "'text' is not a string. "),
        ('{"doc_id": "x", "text": " "}', "the text is empty. "),
        ('{"doc_id": ["x"], "text": "T"}', "'doc_id' is not a string. "),
        ('{"id": "x", "text": "T", "published": "2024-02-31"}', "'published' is '2024-02-31', "),
        ('{"id": "x", "text": "T", "published": "02/05/24"}', "'published' is '02/05/24', "),
        ("[" * 100_000, "not JSON (nested too deep). "),
    ],
)
def test_a_bad_line_is_told_and_the_others_go_on(write: Write, line: str, message: str) -> None:
    articles, problems = read(write("a.jsonl", f"{line}\n{GOOD}"))

    assert ids(articles) == ["good"]
    (problem,) = problems
    assert problem.startswith(f"a.jsonl:1: {message}")
    assert "\n" not in problem


def test_bad_rows_of_a_table(write: Write) -> None:
    table = "id,text,published\n1,a,b,c\n2,Text.,2024-13-01\n3,Good.,\n"
    articles, problems = read(write("a.csv", table))

    assert ids(articles) == ["3"]
    assert problems == [
        "a.csv:2: 4 cells, but 3 columns. Quote the text.",
        "a.csv:3: 'published' is '2024-13-01', which is no date. Write the date as YYYY-MM-DD.",
    ]


def test_a_table_without_a_text_column(write: Write) -> None:
    assert read(write("a.csv", "key,body\n1,Text.\n"))[1] == [
        (
            "a.csv:1: no column 'text' in 'key,body'. "
            "Name the columns in the first line, or give --field text=COLUMN."
        )
    ]


def test_broken_json_file(write: Write) -> None:
    (problem,) = read(write("a.json", '[{"id": 1,\n"text": "T"}'))[1]
    assert problem.startswith("a.json:2: not JSON (Expecting ',' delimiter at column ")


def test_of_two_articles_with_one_identifier_the_first_is_taken(write: Write) -> None:
    path = write("a.jsonl", GOOD + GOOD.replace("Text", "Other"))
    articles, problems = read(path)

    assert [a.text for a in articles] == ["Text."]
    assert problems == [
        "a.jsonl:2: doc_id 'good' is used before, at a.jsonl:1. Give each article its own."
    ]


def test_a_file_given_twice_is_read_once(write: Write) -> None:
    path = write("a.txt", "Text.")
    articles, problems = read(path, path)

    assert ids(articles) == ["a"]
    assert problems == ["a.txt: doc_id 'a' is used before, at a.txt. Give each article its own."]


def test_a_line_of_ten_megabytes_is_passed_over(write: Write) -> None:
    long = json.dumps({"doc_id": "long", "text": "x" * 10_000_000})
    articles, problems = read(write("a.jsonl", f"{long}\n{GOOD}"))

    assert ids(articles) == ["good"]
    assert problems == [
        "a.jsonl:1: a line of 10.0 MB; at most 8 MB is read. Split it into articles."
    ]


def test_an_article_that_is_too_long(write: Write) -> None:
    assert read(write("a.txt", "word " * 200_001))[1] == [
        "a.txt: a text of 1,000,005 characters; at most 1,000,000 are read. Split it."
    ]


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz"])
def test_a_decompression_bomb_is_stopped(write: Write, name: str) -> None:
    assert read(write(name, b"x" * 40_000_000))[1] == [
        (
            f"{name}: swells to more than {sources.MAX_RATIO} times its size when unpacked. "
            "Unpack and check it by hand."
        )
    ]


def test_a_damaged_gzip_file_keeps_what_was_read(write: Write) -> None:
    rows = "".join(f'{{"id": {n}, "text": "{n * 7919}"}}\n' for n in range(20_000))
    path = write("a.jsonl.gz", rows)
    path.write_bytes(path.read_bytes()[:-2000])
    articles, problems = read(path)

    assert 0 < len(articles) < 20_000
    assert problems[-1].startswith("a.jsonl.gz: damaged gzip file (")


def test_a_page_with_an_impossible_date_stays_undated(write: Write) -> None:
    page = '<meta name="date" content="2024-02-31"><p>Text.</p>'
    articles, problems = read(write("a.html", page))

    assert articles[0].published is None
    assert problems == [
        "a.html: the page's date is '2024-02-31', which is no date. The article stays undated."
    ]


# --- Laws


@given(st.text())
def test_clean_text_is_storable_and_clean(text: str) -> None:
    cleaned = clean_text(text)

    assert clean_text(cleaned) == cleaned
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert not set(cleaned) & set(map(chr, [*range(9), *range(11, 32), 127]))


@given(st.text(alphabet=string.printable.replace("\r", "").replace("\v", "").replace("\f", "")))
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert clean_text(text) == text


@given(st.binary())
def test_any_bytes_can_be_decoded(content: bytes) -> None:
    text, _ = decode(content)
    assert isinstance(clean_text(text), str)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_written_day_is_read_back(day: date) -> None:
    assert parse_day(day.isoformat()) == day
    assert parse_day(f"{day.isoformat()}T23:59:59+02:00") == day
    assert parse_day(f"{day:%B} {day.day}, {day.year}") == day


texts = st.text(min_size=1).filter(lambda text: clean_text(text).strip())
names = st.text(alphabet=string.ascii_letters + string.digits, min_size=1, max_size=9)


@given(st.dictionaries(names, texts, max_size=6))
def test_rows_that_were_written_are_read(text_by_id: dict[str, str]) -> None:
    content = "".join(
        json.dumps({"doc_id": name, "text": text}) + "\n" for name, text in text_by_id.items()
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
        articles, problems = read("-", stdin_kind="jsonl")

    assert {a.doc_id: a.text for a in articles} == {
        name: clean_text(text) for name, text in text_by_id.items()
    }
    assert len(problems) == (0 if text_by_id else 1)
