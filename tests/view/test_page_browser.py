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
    for view in ("events", "table", "map", "actors"):
        visit.page.click(f"[data-view={view}]")
    visit.page.fill("#search", "href")
    visit.page.keyboard.press("Enter")
    visit.page.mouse.move(500, 400)
    visit.page.wait_for_timeout(500)
    assert visit.page.evaluate("window.pwned === undefined")
    assert visit.outside_requests() == []
    assert visit.complaints == []
    visit.page.close()


# --- The map


@pytest.fixture(scope="module")
def map_path(places: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "places.html"
    write_page(places, path, title="Places", view="map")
    return path


@pytest.fixture(params=SIZES, ids=str)
def on_map(browser: Any, map_path: Path, request: pytest.FixtureRequest) -> Iterator[Visit]:
    visit = Visit(browser, map_path, request.param)
    yield visit
    assert visit.outside_requests() == []
    assert visit.complaints == []
    visit.page.close()


def marks(visit: Visit) -> list[str]:
    """Return what the marks say of themselves, the largest first."""
    return [str(text) for text in visit.page.locator("#map .mark title").all_text_contents()]


def press(visit: Visit, key: str, *, times: int = 1) -> None:
    for _ in range(times):
        visit.page.keyboard.press(key)
    visit.page.wait_for_timeout(100)


def test_the_map_opens_on_the_places_of_events(on_map: Visit) -> None:
    assert on_map.page.get_attribute("[data-view=map]", "aria-pressed") == "true"
    assert [text.split("\n") for text in marks(on_map)] == [
        ["Ostvik", "2 events: 2 material conflict"],
        ["northern Iceland", "1 event: 1 material conflict"],
        ["Westfells", "1 event: 1 verbal cooperation"],
    ]
    ground = on_map.page.locator("#map .ground").bounding_box()
    for mark in on_map.page.locator("#map .mark").all():
        box = mark.bounding_box()
        assert ground["x"] < box["x"] < ground["x"] + ground["width"] - box["width"]
        assert ground["y"] < box["y"] < ground["y"] + ground["height"] - box["height"]
    # It does not open on the world.
    assert on_map.page.evaluate("kgPage.eye.height / kgPage.eye.scale") < 40


def test_regions_and_countries_are_hollow(on_map: Visit) -> None:
    hollow = on_map.page.locator("#map .mark:has(.hollow) title").all_text_contents()
    assert [text.split("\n")[0] for text in hollow] == ["northern Iceland", "Westfells"]


def test_events_without_a_place_are_counted_and_listed(on_map: Visit) -> None:
    assert "4 events at 3 places" in on_map.page.inner_text("#map .key")
    on_map.page.click("text=1 event has no place with coordinates")
    assert "Not on the map" in on_map.panel()
    assert "Raiders burned a barn" in on_map.panel()
    assert on_map.page.locator("#panel .card").count() == 1


def test_filters_apply_to_the_map(on_map: Visit) -> None:
    open_filters(on_map)
    on_map.page.click(".quad li .check:has-text('Consult')")
    assert [text.split("\n")[0] for text in marks(on_map)] == ["Ostvik", "northern Iceland"]
    on_map.page.click(".check:has-text('Possible, feared')")
    assert "1 material conflict, not said to have happened" in marks(on_map)[-1]
    assert "not said to have happened" in on_map.page.inner_text("#map .key")


def test_a_click_on_a_mark_tells_what_happened_there(on_map: Visit) -> None:
    on_map.page.locator("#map .mark").first.click()
    text = on_map.panel()
    assert "Ostvik" in text
    assert "65.6839° N, 18.1105° W" in text
    assert "Raiders attacked Ostvik" in text
    assert "Raids" in text
    assert on_map.page.locator("#panel .card").count() == 2
    assert on_map.page.locator("#map .mark.lit").count() == 1
    # In a narrow window the panel must not hide the mark that it tells of.
    lit = on_map.page.locator("#map .mark.lit").bounding_box()
    assert lit["x"] + lit["width"] <= on_map.page.locator("#panel").bounding_box()["x"]
    press(on_map, "Escape")
    assert on_map.page.locator("#map .mark.lit").count() == 0


def test_a_place_known_by_its_country_says_so(on_map: Visit) -> None:
    on_map.page.locator("#map .mark:has-text('northern Iceland')").click()
    assert "Drawn in the middle of the country" in on_map.panel()


def test_the_map_is_worked_by_keyboard(on_map: Visit) -> None:
    on_map.page.focus("#map .mark:nth-child(3)")
    press(on_map, "ArrowLeft", times=2)
    before = on_map.page.evaluate("kgPage.eye.scale")
    press(on_map, "+")
    assert on_map.page.evaluate("kgPage.eye.scale") > before
    # Drawing anew does not lose the place of the keyboard.
    press(on_map, "Enter")
    assert "Envoys met in the Westfells" in on_map.panel()


def test_marks_that_would_overlap_are_one(on_map: Visit) -> None:
    on_map.page.focus("#map")
    press(on_map, "-", times=12)
    (only,) = marks(on_map)
    assert only.split("\n")[0] == "Ostvik, northern Iceland, Westfells"
    assert "4 events" in only
    on_map.page.locator("#map .mark").click()
    assert "3 places" in on_map.panel()
    press(on_map, "Escape")
    on_map.page.focus("#map")
    press(on_map, "0")
    assert len(marks(on_map)) == 3


def test_dragging_and_wheel_move_the_map_and_open_nothing(on_map: Visit) -> None:
    ground = on_map.page.locator("#map .ground").bounding_box()
    middle = (ground["x"] + ground["width"] / 2, ground["y"] + ground["height"] / 2)
    before = on_map.page.evaluate("({...kgPage.eye})")
    on_map.page.mouse.move(*middle)
    on_map.page.mouse.wheel(0, -300)
    on_map.page.mouse.down()
    on_map.page.mouse.move(middle[0] + 60, middle[1] + 10, steps=4)
    on_map.page.mouse.up()
    on_map.page.wait_for_timeout(100)
    after = on_map.page.evaluate("({...kgPage.eye})")
    assert after["scale"] > before["scale"]
    assert after["x"] < before["x"]
    assert "At a glance" in on_map.page.text_content("#panel")


def test_search_shows_a_place_on_the_map(on_map: Visit) -> None:
    open_filters(on_map)
    on_map.page.click(".check:has-text('Possible, feared')")
    press(on_map, "Escape")
    on_map.page.fill("#search", "farholm")
    on_map.page.keyboard.press("Enter")
    assert "Raiders may strike Farholm" in on_map.panel()
    box = on_map.page.locator("#map .mark.lit").bounding_box()
    ground = on_map.page.locator("#map .ground").bounding_box()
    assert ground["x"] < box["x"] < ground["x"] + ground["width"]


def test_the_other_views_open_from_the_map(on_map: Visit) -> None:
    on_map.page.click("[data-view=actors]")
    assert not on_map.page.is_visible("#map")
    assert len(on_map.shown("nodes")) == 6  # three actors and three places
    on_map.page.click("[data-view=map]")
    assert len(marks(on_map)) == 3


def test_no_two_names_on_the_map_overlap(on_map: Visit) -> None:
    boxes = [label.bounding_box() for label in on_map.page.locator("#map .label").all()]
    assert len(boxes) == 3
    for index, one in enumerate(boxes):
        for other in boxes[:index]:
            apart = (
                one["x"] + one["width"] <= other["x"]
                or other["x"] + other["width"] <= one["x"]
                or one["y"] + one["height"] <= other["y"] + 1
                or other["y"] + other["height"] <= one["y"] + 1
            )
            assert apart


def test_a_narrow_window_has_no_sideways_scroll(on_map: Visit) -> None:
    width = on_map.page.evaluate("document.documentElement.scrollWidth")
    assert width == on_map.page.evaluate("innerWidth")
