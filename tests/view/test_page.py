import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.errors import GraphError
from kg.resources import data_path
from kg.view import render_page, write_page
from kg.view.page import View
from kg.view.records import GraphContent
from tests.view.story import HOSTILE, first_article, write_graph


def frame_of(page: str) -> str:
    """Return the page without the contents of its scripts."""
    return re.sub(r"(<script[^>]*>).*?(</script>)", r"\1\2", page, flags=re.DOTALL)


def data_of(page: str) -> dict[str, Any]:
    found = re.search(
        r'<script type="application/json" id="page-data">(.*?)</script>', page, re.DOTALL
    )
    assert found
    data: dict[str, Any] = json.loads(found.group(1))
    return data


def test_the_page_asks_the_network_for_nothing(content: GraphContent) -> None:
    frame = frame_of(render_page(content))
    assert re.findall(r'\b(?:src|href|action)\s*=\s*"([^"]*)"', frame) == ["data:,"]
    assert "url(" not in frame
    assert "@import" not in frame
    assert "//" not in frame.replace("</", "").replace("//-->", "")


def test_only_scripts_of_the_page_run(content: GraphContent) -> None:
    page = render_page(content)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    rules = dict(rule.strip().split(" ", 1) for rule in policy.group(1).split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["connect-src"] == "'none'"
    assert rules["base-uri"] == "'none'"
    nonce = re.fullmatch(r"'nonce-([A-Za-z0-9+/=]{24})'", rules["script-src"])
    assert nonce
    tags = re.findall(r"<script[^>]*>", frame_of(page))
    assert tags == [
        f'<script nonce="{nonce.group(1)}">',
        '<script type="application/json" id="page-data">',
        f'<script nonce="{nonce.group(1)}">',
    ]


def test_the_nonce_follows_from_the_content(content: GraphContent) -> None:
    page = render_page(content)
    text = re.search(r'id="page-data">(.*?)</script>', page, re.DOTALL)
    assert text
    nonce = base64.b64encode(hashlib.sha256(text.group(1).encode()).digest()[:18]).decode()
    assert f"script-src 'nonce-{nonce}'" in page
    assert nonce not in render_page(replace(content, title="Another"))


def test_the_same_graph_gives_the_same_bytes(story: Path, tmp_path: Path) -> None:
    pages = [tmp_path / "one.html", tmp_path / "two.html"]
    for page in pages:
        write_page(story, page, title="Story")
    assert pages[0].read_bytes() == pages[1].read_bytes()


@pytest.mark.slow
def test_the_order_of_sets_makes_no_difference(story: Path, tmp_path: Path) -> None:
    program = "import sys; from pathlib import Path; from kg.view import write_page; "
    program += "write_page(sys.argv[1], Path(sys.argv[2]))"
    pages = []
    for seed in ("1", "2"):
        pages.append(tmp_path / f"{seed}.html")
        subprocess.run(
            [sys.executable, "-c", program, str(story), str(pages[-1])],
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
    assert pages[0].read_bytes() == pages[1].read_bytes()


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    extraction = first_article(title=HOSTILE, publisher=HOSTILE, url="javascript:window.pwned=1")
    extraction = replace(
        extraction,
        entities=tuple(replace(entity, name=HOSTILE) for entity in extraction.entities),
    )
    graph = write_graph(tmp_path / "hostile.trig", extraction)
    write_page(graph, tmp_path / "page.html", title=HOSTILE)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<script>window.pwned" not in page
    assert "<img" not in page
    assert "&lt;script&gt;window.pwned" in page
    assert data_of(page)["things"][0]["label"] == HOSTILE
    assert page.count("</script>") == 3


def test_scripts_set_text_and_never_markup() -> None:
    for path in sorted(data_path("view").glob("*.js")):
        script = path.read_text(encoding="utf-8")
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert way not in script, path.name
        assert "</script" not in script.lower(), path.name


def test_every_script_is_part_of_the_page(content: GraphContent) -> None:
    page = render_page(content)
    for path in sorted(data_path("view").glob("*.js")):
        assert path.read_text(encoding="utf-8").strip() in page, path.name


def test_an_empty_graph_says_so(tmp_path: Path) -> None:
    extraction = replace(first_article(), events=(), relations=())
    graph = write_graph(tmp_path / "empty.trig", extraction)
    summary = write_page(graph, tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "There is no event to draw here" in page
    assert "<script" not in page
    assert summary.event_count == 0


def test_options_choose_and_notices_tell(story: Path, tmp_path: Path) -> None:
    summary = write_page(story, tmp_path / "page.html", focus="Belland", types=["aid"])
    assert (summary.event_count, summary.thing_count, summary.article_count) == (1, 2, 1)
    assert summary.notices == ("Shows what is within 1 step of Belland: 1 event of 5.",)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert data_of(page)["notices"] == list(summary.notices)


def test_the_page_holds_sentences_sources_and_speakers(content: GraphContent) -> None:
    data = data_of(render_page(content))
    struck = next(event for event in data["events"] if event["words"] == "struck")
    (account,) = struck["accounts"]
    assert account["sentence"] == "Arvania struck the Red Front in response, Maria Holt said"
    start, end = account["trigger"]
    assert account["sentence"][start:end] == "struck"
    assert account["speakers"] == ["Maria Holt"]
    assert data["sources"][account["source"]]["publisher"] == "The Paper"
    assert data["links"][0]["type"] == "retaliation_for"


def test_every_edge_and_event_refers_to_something(content: GraphContent) -> None:
    data = data_of(render_page(content))
    for drawing in data["drawings"].values():
        nodes = {node["id"] for node in drawing["nodes"]}
        assert len(nodes) == len(drawing["nodes"])
        for edge in drawing["edges"]:
            assert {edge["from"], edge["to"]} <= nodes
            assert all(index < len(data["events"]) for index in edge["events"])
        assert all(isinstance(node["x"], int) for node in drawing["nodes"])
    assert data["options"]["physics"] == {"enabled": False}


def test_the_page_knows_where_places_are(places: Path, tmp_path: Path) -> None:
    write_page(places, tmp_path / "page.html")
    data = data_of((tmp_path / "page.html").read_text(encoding="utf-8"))
    extents = {
        thing["label"]: thing["spot"] and thing["spot"]["extent"] for thing in data["things"]
    }
    assert extents == {
        "Raiders": None,
        "Envoys": None,
        "Farmers": None,
        "Ostvik": "site",
        "Westfells": "region",
        "northern Iceland": "country",
        "Farholm": "site",
    }


def test_the_map_makes_the_page_little_larger(content: GraphContent) -> None:
    data = data_of(render_page(content))
    assert len(json.dumps(data["world"], ensure_ascii=False)) < 200_000


@pytest.mark.parametrize("view", ["actors", "map"])
def test_the_page_opens_on_what_was_asked_for(content: GraphContent, view: View) -> None:
    assert data_of(render_page(content, view=view))["view"] == view


@pytest.mark.parametrize("place", ["missing/page.html", "folder"])
def test_a_place_that_cannot_be_written_is_told(story: Path, tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(GraphError, match="cannot be written"):
        write_page(story, tmp_path / place)
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_page_is_replaced_whole(story: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("old", encoding="utf-8")
    write_page(story, page)
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
