"""The page in a real browser: what is drawn, clicked, filtered, and never run or fetched."""

import importlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.view import write_page
from tests.view.story import HOSTILE, first_article, second_article, write_graph

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SIZES = ((1400, 900), (800, 600))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, driven by playwright; both are optional tools of a developer."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    try:
        playwright = importlib.import_module("playwright.sync_api")
    except ImportError:
        pytest.skip("playwright is not installed")
    if program is None:
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


class Visit:
    """An open page with all that it asked for and complained of."""

    def __init__(self, browser: Any, path: Path, size: tuple[int, int]) -> None:
        self.page = browser.new_page(viewport={"width": size[0], "height": size[1]})
        self.page.set_default_timeout(10_000)
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(path.resolve().as_uri())
        self.page.wait_for_timeout(300)

    def outside_requests(self) -> list[str]:
        return [url for url in self.requests if not url.startswith(("file:", "data:"))]

    def shown(self, kind: str, view: str = "actors") -> set[str]:
        script = f"[...kgPage.pictures.get('{view}').{kind}View.getIds()]"
        return set(self.page.evaluate(script))

    def select(self, kind: str, among: str, test: str) -> None:
        index = self.page.evaluate(f"kgPage.data.{among}.findIndex({test})")
        self.page.evaluate(f"kgPage.select({{kind: '{kind}', index: {index}}})")

    def panel(self) -> str:
        return str(self.page.inner_text("#panel"))


@pytest.fixture(scope="module")
def page_path(story: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "story.html"
    write_page(story, path, title="Story")
    return path


@pytest.fixture(params=SIZES, ids=str)
def visit(browser: Any, page_path: Path, request: pytest.FixtureRequest) -> Iterator[Visit]:
    visit = Visit(browser, page_path, request.param)
    yield visit
    assert visit.outside_requests() == []
    assert visit.complaints == []
    visit.page.close()


def open_filters(visit: Visit) -> None:
    if visit.page.is_visible("#open-filters"):
        visit.page.click("#open-filters")


def test_it_opens_with_what_happened(visit: Visit) -> None:
    assert "3 events shown, 2 hidden by filters" in visit.page.inner_text("#count")
    assert len(visit.shown("nodes")) == 5  # four things and one unnamed actor
    assert visit.page.evaluate("kgPage.pictures.get('actors').network.getScale()") > 0.5


def test_no_two_labels_overlap(visit: Visit) -> None:
    overlaps = visit.page.evaluate(
        """(() => {
          const { network, nodesView } = kgPage.pictures.get("actors");
          const boxes = nodesView.getIds().map((id) => network.getBoundingBox(id));
          return boxes.filter((a, i) => boxes.some((b, j) => i < j &&
            a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)).length;
        })()"""
    )
    assert overlaps == 0


def test_search_finds_by_part_of_a_name_and_shows_the_evidence(visit: Visit) -> None:
    visit.page.fill("#search", "arvan")
    visit.page.keyboard.press("Enter")
    text = visit.panel()
    assert text.startswith("×\nArvania") or "Arvania" in text
    assert "Arvania struck the Red Front in response, Maria Holt said" in text
    assert "According to Maria Holt" in text
    assert "The Paper · A raid and its answer" in text
    assert visit.page.inner_text("#panel mark") == "struck"


def test_a_name_that_is_not_there_is_told(visit: Visit) -> None:
    visit.page.fill("#search", "Zembla")
    visit.page.keyboard.press("Enter")
    assert "Nothing is called" in visit.page.inner_text("#count")


def test_a_click_on_a_line_opens_its_sentences(visit: Visit) -> None:
    point = visit.page.evaluate(
        """(() => {
          const { network, drawing } = kgPage.pictures.get("actors");
          const isNamed = (each) => each.words === "attacked" && each.from.startsWith("t");
          const edge = drawing.edges.find(isNamed);
          const { edgeType } = network.body.edges[edge.id];
          const at = network.canvasToDOM(edgeType.getPoint(0.4, edgeType.getViaNode()));
          const box = document.querySelector("#canvas-actors").getBoundingClientRect();
          return [at.x + box.x, at.y + box.y];
        })()"""
    )
    visit.page.mouse.click(*point)
    visit.page.wait_for_timeout(400)
    assert "→" in visit.page.inner_text("#panel h2")
    assert visit.page.locator("#panel blockquote").count() >= 1


def test_unaffirmed_events_are_dashed_and_shown_on_request(visit: Visit) -> None:
    before = visit.shown("edges")
    open_filters(visit)
    visit.page.click(".check:has-text('Possible, feared')")
    added = visit.shown("edges") - before
    assert len(added) == 1
    dashes = visit.page.evaluate(f"kgPage.pictures.get('actors').edges.get('{added.pop()}').dashes")
    assert dashes


def test_types_are_filtered_by_the_legend(visit: Visit) -> None:
    open_filters(visit)
    visit.page.click(".quad li .check:has-text('Assault')")
    assert "0 events shown" in visit.page.inner_text("#count")
    assert visit.page.is_visible("#no-match")
    visit.page.click("text=Reset all filters")
    assert "3 events shown" in visit.page.inner_text("#count")


def test_dates_are_filtered(visit: Visit) -> None:
    visit.page.uncheck(".timeline input[type=checkbox]")
    assert "2 events shown" in visit.page.inner_text("#count")
    visit.page.locator(".timeline input[type=date]").first.fill("2024-05-01")
    visit.page.keyboard.press("Tab")
    assert "1 event shown" in visit.page.inner_text("#count")


def test_neighbours_only_and_back(visit: Visit) -> None:
    visit.select("thing", "things", "(each) => each.label === 'Arvania'")
    visit.page.click("text=Neighbours only")
    assert len(visit.shown("nodes")) == 2
    visit.page.keyboard.press("Escape")
    visit.page.click("#back")
    assert len(visit.shown("nodes")) == 5


def test_the_second_picture_shows_answers(visit: Visit) -> None:
    visit.page.click("[data-view=events]")
    visit.page.wait_for_timeout(300)
    labels = visit.page.evaluate(
        "kgPage.pictures.get('events').edgesView.get().map((edge) => edge.label.trim())"
    )
    assert "retaliation" in labels


def test_the_table_is_worked_by_keyboard(visit: Visit) -> None:
    visit.page.click("[data-view=table]")
    assert visit.page.locator("#table tbody tr").count() == 3
    assert "not named" in visit.page.inner_text("#table tbody")
    visit.page.focus("#table tbody tr:first-child button")
    visit.page.keyboard.press("Enter")
    assert "Struck" in visit.panel()
    assert "In retaliation for" in visit.panel()


def test_accounts_are_side_by_side(visit: Visit) -> None:
    visit.select("event", "events", "(each) => each.accounts.length === 2")
    text = visit.panel()
    assert "2 accounts" in text
    assert "The Paper" in text
    assert "The Other Paper" in text


def test_hostile_text_never_runs(browser: Any, tmp_path: Path) -> None:
    story = first_article(title=HOSTILE, publisher=HOSTILE, url="javascript:window.pwned=1")
    names = {entity.id: f"href {HOSTILE}{entity.id}" for entity in story.entities}
    story = replace(
        story,
        entities=tuple(replace(entity, name=names[entity.id]) for entity in story.entities),
    )
    graph = write_graph(tmp_path / "hostile.trig", story, second_article())
    write_page(graph, tmp_path / "page.html", title=HOSTILE)
    visit = Visit(browser, tmp_path / "page.html", SIZES[0])
    count = visit.page.evaluate("kgPage.data.events.length")
    for index in range(count):
        visit.page.evaluate(f"kgPage.select({{kind: 'event', index: {index}}})")
        assert visit.page.locator("#panel a[href^='javascript']").count() == 0
    for view in ("events", "table", "actors"):
        visit.page.click(f"[data-view={view}]")
    visit.page.fill("#search", "href")
    visit.page.keyboard.press("Enter")
    visit.page.mouse.move(500, 400)
    visit.page.wait_for_timeout(500)
    assert visit.page.evaluate("window.pwned === undefined")
    assert visit.outside_requests() == []
    assert visit.complaints == []
    visit.page.close()
