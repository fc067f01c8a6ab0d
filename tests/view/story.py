"""An invented story in two articles, as a graph file, for the tests of the page."""

from pathlib import Path
from typing import Any

from kg.merge.assemble import assemble
from kg.rdf.mapping import to_quads
from kg.records import Casualties, EventMention, Extraction, Quantity
from kg.store import open_store
from kg.terms import EntityKind, EventType, Polarity, QuantityKind, RelationType, Status
from tests.factory import (
    make_entity,
    make_event,
    make_extraction,
    make_relation,
    on_day,
    span_of,
)

FIRST = (
    "The Red Front attacked Camp Delta in Northmark. "
    "Arvania struck the Red Front in response, Maria Holt said. "
    "Shells hit Camp Delta again. "
    "Arvania may meet Belland. "
    "Belland denied that it armed the Red Front."
)
SECOND = "The Red Front attacked Camp Delta in Northmark, killing two."
KILLED_TWO = Quantity(
    kind=QuantityKind.KILLED, number=2, low=2, high=2, unit="person", group=None, text="two"
)

PLACES = (
    "Raiders attacked Ostvik. "
    "Raiders looted a store in Ostvik. "
    "Envoys met in the Westfells. "
    "Farmers marched in northern Iceland. "
    "Raiders may strike Farholm. "
    "Raiders burned a barn."
)

HOSTILE = "<script>window.pwned=1</script><img src=x onerror=pwned=1>"


def _sentence(words: str, text: str) -> str:
    return next(part for part in text.split(". ") if words in part)


def _event(id: str, type: EventType, trigger: str, text: str, **values: Any) -> EventMention:
    sentence = span_of(_sentence(trigger, text), text)
    return make_event(id, type, trigger=trigger, text=text, **{"sentence": sentence, **values})


def first_article(**article: Any) -> Extraction:
    """Return the first article: an attack, the answer, an unnamed act, a plan and a denial."""
    entities = (
        make_entity("E1", "Red Front", text=FIRST),
        make_entity("E2", "Camp Delta", EntityKind.FACILITY, text=FIRST),
        make_entity("E3", "Northmark", EntityKind.PLACE, text=FIRST),
        make_entity("E4", "Arvania", EntityKind.STATE, text=FIRST, country="ARV"),
        make_entity("E5", "Maria Holt", EntityKind.PERSON, text=FIRST),
        make_entity("E6", "Belland", EntityKind.STATE, text=FIRST, country="BLL"),
    )
    events = (
        _event(
            "V1", EventType.ASSAULT, "attacked", FIRST,
            actors=("E1",), recipients=("E2",), places=("E3",), date=on_day("2024-04-20"),
        ),
        _event(
            "V2", EventType.ASSAULT, "struck", FIRST,
            actors=("E4",), recipients=("E1",), attribution=("E5",), date=on_day("2024-05-02"),
        ),
        _event("V3", EventType.ASSAULT, "hit", FIRST, recipients=("E2",)),
        _event(
            "V4", EventType.CONSULT, "meet", FIRST,
            actors=("E4",), recipients=("E6",), status=Status.HYPOTHETICAL,
        ),
        _event(
            "V5", EventType.AID, "armed", FIRST,
            actors=("E6",), recipients=("E1",),
            status=Status.NEGATED, polarity=Polarity.NEGATIVE,
        ),
    )  # fmt: skip
    relation = make_relation(RelationType.RETALIATION_FOR, "V2", "V1")
    return make_extraction(
        FIRST,
        entities=entities,
        events=events,
        relations=(relation,),
        **{
            "title": "A raid and its answer",
            "publisher": "The Paper",
            "url": "https://example.org/raid",
            "published": on_day("2024-05-03").earliest,
            **article,
        },
    )


def second_article(**article: Any) -> Extraction:
    """Return the second article: the attack again, with its dead."""
    entities = (
        make_entity("E1", "Red Front", text=SECOND),
        make_entity("E2", "Camp Delta", EntityKind.FACILITY, text=SECOND),
        make_entity("E3", "Northmark", EntityKind.PLACE, text=SECOND),
    )
    event = _event(
        "V1", EventType.ASSAULT, "attacked", SECOND,
        actors=("E1",), recipients=("E2",), places=("E3",), date=on_day("2024-04-20"),
        casualties=Casualties(killed=2), quantities=(KILLED_TWO,),
    )  # fmt: skip
    return make_extraction(
        SECOND,
        entities=entities,
        events=(event,),
        **{"doc_id": "a2", "publisher": "The Other Paper", **article},
    )


def article_of_places() -> Extraction:
    """Return an article of a town, a region, a part of a country, a far town, and no place."""
    entities = (
        make_entity("E1", "Raiders", text=PLACES),
        make_entity("E2", "Envoys", EntityKind.GOVERNMENT, text=PLACES),
        make_entity("E3", "Farmers", EntityKind.CIVILIANS, text=PLACES),
        make_entity("P1", "Ostvik", EntityKind.PLACE, text=PLACES, lat=65.6839, lon=-18.1105),
        make_entity("P2", "Westfells", EntityKind.PLACE, text=PLACES, lat=65.5, lon=-22.5),
        make_entity("P3", "northern Iceland", EntityKind.PLACE, text=PLACES, country="ISL"),
        make_entity("P4", "Farholm", EntityKind.PLACE, text=PLACES, lat=-41.2866, lon=174.7756),
    )
    events = (
        _event("V1", EventType.ASSAULT, "attacked", PLACES, actors=("E1",), places=("P1",)),
        _event("V2", EventType.COERCE, "looted", PLACES, actors=("E1",), places=("P1",)),
        _event("V3", EventType.CONSULT, "met", PLACES, actors=("E2",), places=("P2",)),
        _event("V4", EventType.PROTEST, "marched", PLACES, actors=("E3",), places=("P3",)),
        _event(
            "V5", EventType.ASSAULT, "strike", PLACES,
            actors=("E1",), places=("P4",), status=Status.HYPOTHETICAL,
        ),
        _event("V6", EventType.ASSAULT, "burned", PLACES, actors=("E1",)),
    )  # fmt: skip
    return make_extraction(PLACES, entities=entities, events=events, title="Raids", doc_id="a3")


def write_graph(path: Path, *extractions: Extraction) -> Path:
    """Write the graph of ``extractions`` to ``path`` and return it."""
    with open_store(path, mode="create") as store:
        store.put_articles([list(to_quads(extraction)) for extraction in extractions])
        store.replace_merged(assemble(store.read_articles()))
    return path
