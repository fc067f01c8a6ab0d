"""Read what the page shows out of a graph, by SPARQL through ``kg.store``.

First an outline without sentences, from which the page's content is chosen; then the accounts of
the chosen events alone, since a graph may hold thousands of articles. Events, edges and things
come from the merged layer; claims and their sentences from the article graphs.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.store import Store
from kg.taxonomy import Coding, taxonomy
from kg.terms import EventType, Status
from kg.view.records import (
    Account,
    ActorRelation,
    Edge,
    Event,
    EventLink,
    GraphContent,
    Source,
    Thing,
    TypeName,
)

_BATCH = 400
_COUNTS = {
    "killed": "killed",
    "injured": "injured",
    "numberArrested": "arrested",
    "numberDisplaced": "displaced",
}
"""Property of a claim to what befell those whom it counts."""

_THING_NAMES = """(rdfs:label "label") (skos:altLabel "alias")
    (geo:lat "lat") (geo:long "lon")"""
_Values = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Subject to property name to values, sorted."""


def read_outline(store: Store, *, title: str) -> GraphContent:
    """Return things, sources, events without accounts, edges and relations of the merged layer."""
    described = _merged(
        store,
        "kg:Event",
        "eventType mode actor recipient place weapon earliest latest sourceCount"
        " independentSourceCount confidence disagreesOn",
    )
    status_by_event = _statuses(store)
    type_of = {entry.coding.iri: entry.type for entry in taxonomy().types.values()}
    events = tuple(
        _event(
            iri,
            values,
            event_type=type_of[values["eventType"][0]],
            status=status_by_event.get(iri, Status.HYPOTHETICAL.value),
        )
        for iri, values in described.items()
        if values.get("eventType", ("",))[0] in type_of
    )
    shown = {event.iri for event in events}
    parties = {iri for event in events for iri in event.parties}
    relations = tuple(
        relation
        for relation in _relations(store)
        if parties & {relation.origin, relation.target}  # else nothing leads to it on the page
    )
    ends = {iri for relation in relations for iri in (relation.origin, relation.target)}
    return GraphContent(
        title=title,
        things=_things(store, parties | ends),
        sources=_sources(store),
        events=events,
        edges=tuple(
            edge for edge in _edges(store, shown) if parties.issuperset((edge.origin, edge.target))
        ),
        event_links=tuple(
            link for link in _links(store) if link.origin in shown and link.target in shown
        ),
        relations=relations,
        types=_type_names(events),
    )


def with_accounts(store: Store, content: GraphContent) -> GraphContent:
    """Return ``content`` with the accounts of its events and the sources that they come from."""
    told: tuple[Event | ActorRelation, ...] = (*content.events, *content.relations)
    claims_by_node: dict[str, list[str]] = {item.iri: [] for item in told}
    for batch in _batches(sorted(claims_by_node)):
        text = f"""SELECT ?node ?claim WHERE {{
            VALUES ?node {{ {_iris(batch)} }} ?node kg:claim ?claim }}"""
        for iri, claim in _rows(store, text):
            claims_by_node[iri].append(claim)
    label_of = {thing.iri: thing.label for thing in content.things}
    account_of = _accounts(
        store, sorted({claim for claims in claims_by_node.values() for claim in claims}), label_of
    )

    def accounts(iri: str) -> tuple[Account, ...]:
        found = [account_of[claim] for claim in claims_by_node[iri] if claim in account_of]
        return tuple(account for _, account in sorted(found))

    events = [replace(event, accounts=accounts(event.iri)) for event in content.events]
    relations = [replace(item, accounts=accounts(item.iri)) for item in content.relations]
    told = (*events, *relations)
    used = {account.source for item in told for account in item.accounts}
    used |= {link.source for link in content.event_links if link.source}
    return replace(
        content,
        events=tuple(events),
        relations=tuple(relations),
        sources=tuple(source for source in content.sources if source.iri in used),
    )


def _event(
    iri: str, values: Mapping[str, tuple[str, ...]], *, event_type: EventType, status: str
) -> Event:
    coding = _coding(event_type, values.get("mode", ()))
    return Event(
        iri=iri,
        type=event_type.value,
        coding=coding.label,
        verb=taxonomy().edges[coding.edge_property].label,
        mutual=coding.parties_property is not None,
        status=status,
        actors=values.get("actor", ()),
        recipients=values.get("recipient", ()),
        places=values.get("place", ()),
        weapons=values.get("weapon", ()),
        earliest=_first(values, "earliest"),
        latest=values["latest"][-1] if "latest" in values else None,
        source_count=int(_first(values, "sourceCount") or 1),
        independent_count=int(_first(values, "independentSourceCount") or 1),
        confidence=_number(values, "confidence"),
        disagreements=values.get("disagreesOn", ()),
    )


def _coding(event_type: EventType, modes: Sequence[str]) -> Coding:
    """Return the codes of the one mode that all accounts give, else of the type."""
    entry = taxonomy().types[event_type]
    if len(modes) == 1:
        return next((mode for mode in entry.modes.values() if mode.iri == modes[0]), entry.coding)
    return entry.coding


def _type_names(events: Iterable[Event]) -> tuple[TypeName, ...]:
    used = {event.type for event in events}
    return tuple(
        TypeName(id=entry.type.value, label=entry.coding.label, quad=entry.coding.quad_class)
        for entry in taxonomy().types.values()
        if entry.type.value in used
    )


def _statuses(store: Store) -> dict[str, str]:
    """Return for each event the strongest status that a claim gives it.

    One claim that affirms an event is enough to draw it; that others deny it stands in the panel.
    """
    text = """SELECT DISTINCT ?event ?status ?polarity WHERE {
        ?event a kg:Event ; kg:claim ?claim .
        GRAPH ?graph { ?claim kg:status ?status ; kg:polarity ?polarity } }"""
    ranks = [Status.ACTUAL, Status.HISTORICAL, Status.FUTURE, Status.HYPOTHETICAL, Status.NEGATED]
    rank_of = {status.value: rank for rank, status in enumerate(ranks)}
    best: dict[str, int] = {}
    for event, status, polarity in _rows(store, text):
        rank = rank_of[Status.NEGATED.value if polarity == "negative" else status]
        best[event] = min(rank, best.get(event, rank))
    return {event: ranks[rank].value for event, rank in best.items()}


def _things(store: Store, wanted: set[str]) -> tuple[Thing, ...]:
    described = _merged(store, "kg:Entity", "kind country role precision", names=_THING_NAMES)
    return tuple(
        Thing(
            iri=iri,
            label=(_first(values, "label") or iri.rsplit("/", 1)[-1]),
            kind=_first(values, "kind") or "other",
            aliases=tuple(
                name
                for name in sorted({*values.get("label", ())[1:], *values.get("alias", ())})
                if name != _first(values, "label")
            ),
            country=_first(values, "country"),
            role=_first(values, "role"),
            lat=_number(values, "lat"),
            lon=_number(values, "lon"),
            precision=_first(values, "precision"),
        )
        for iri in sorted(wanted)
        for values in (described.get(iri, {}),)
    )


def _sources(store: Store) -> tuple[Source, ...]:
    text = """SELECT DISTINCT ?article ?name ?title ?publisher ?url ?published WHERE {
        GRAPH ?graph { ?article a kg:Article ; schema:identifier ?name .
        OPTIONAL { ?article schema:headline ?title }
        OPTIONAL { ?article schema:publisher/rdfs:label ?publisher }
        OPTIONAL { ?article schema:url ?url }
        OPTIONAL { ?article schema:datePublished ?published } } }"""
    sources: dict[str, Source] = {}
    for article, name, title, publisher, url, published in sorted(_rows(store, text)):
        source = Source(
            iri=article,
            title=title or name,
            publisher=publisher or None,
            url=url or None,
            published=published or None,
        )
        sources.setdefault(article, source)
    return tuple(sources.values())


def _edges(store: Store, events: Container[str]) -> tuple[Edge, ...]:
    """Return the direct edges that follow from ``events``."""
    text = """SELECT ?edge ?origin ?property ?target ?symmetric ?event WHERE {
        ?edge a kg:Edge ; rdf:subject ?origin ; rdf:predicate ?property ; rdf:object ?target ;
            kg:event ?event .
        OPTIONAL { ?edge kg:symmetric ?symmetric } }"""
    known = taxonomy().edges
    events_by_edge: dict[tuple[str, ...], list[str]] = {}
    for _, origin, name, target, symmetric, event in _rows(store, text):
        if event in events:
            events_by_edge.setdefault((origin, target, name, symmetric), []).append(event)
    return tuple(
        Edge(
            origin=origin,
            target=target,
            label=known[name].label if name in known else name.rsplit("#", 1)[-1],
            symmetric=symmetric == "true",
            events=tuple(sorted(set(events))),
        )
        for (origin, target, name, symmetric), events in sorted(events_by_edge.items())
    )


def _relations(store: Store) -> Iterator[ActorRelation]:
    text = """SELECT ?relation ?origin ?property ?target ?symmetric ?sources ?independent
            ?confidence WHERE {
        ?relation a kg:EntityRelation ; rdf:subject ?origin ; rdf:predicate ?property ;
            rdf:object ?target ; kg:sourceCount ?sources ;
            kg:independentSourceCount ?independent ; kg:confidence ?confidence .
        OPTIONAL { ?relation kg:symmetric ?symmetric } }"""
    type_of = {
        entry.edge_property: entry.type.value for entry in taxonomy().entity_relations.values()
    }
    said = _merged(store, "kg:EntityRelation", "status office")
    for iri, origin, name, target, symmetric, sources, independent, confidence in sorted(
        _rows(store, text)
    ):
        if name in type_of:
            yield ActorRelation(
                iri=iri,
                type=type_of[name],
                origin=origin,
                target=target,
                symmetric=symmetric == "true",
                is_over=Status.ACTUAL.value not in said[iri]["status"],
                offices=said[iri].get("office", ()),
                source_count=int(sources),
                independent_count=int(independent),
                confidence=float(confidence),
            )


def _links(store: Store) -> Iterator[EventLink]:
    type_of = {entry.iri: entry.type.value for entry in taxonomy().relations.values()}
    text = """SELECT ?type ?origin ?target ?sentence ?article WHERE {
        ?relation a kg:EventRelation ; kg:relationType ?type ;
            kg:fromEvent ?origin ; kg:toEvent ?target .
        OPTIONAL { ?relation kg:sentence ?span .
            GRAPH ?graph { ?span oa:exact ?sentence ; prov:wasQuotedFrom ?article } } }"""
    seen = set()
    for kind, origin, target, sentence, article in sorted(_rows(store, text)):
        if (kind, origin, target) not in seen and kind in type_of:
            seen.add((kind, origin, target))
            yield EventLink(
                type=type_of[kind],
                origin=origin,
                target=target,
                sentence=sentence,
                source=article or None,
            )


def _accounts(
    store: Store, claims: Sequence[str], label_of: Mapping[str, str]
) -> dict[str, tuple[tuple[str, int, str], Account]]:
    """Return each claim as an account with its place in the reading order."""
    properties = "status polarity certainty speaker actor recipient place weapon dateDerivation"
    values = _of_claims(store, claims, f"{properties} {' '.join(_COUNTS)}")
    counted = _counted(store, claims)
    spans = _spans(store, claims)
    days = _days(store, claims)
    names = dict(label_of)
    parties = "speaker actor recipient place weapon".split()
    unknown = {
        iri
        for claim in values.values()
        for party in parties
        for iri in claim.get(party, ())
        if iri not in names
    }
    names.update(_member_labels(store, sorted(unknown), label_of))
    accounts = {}
    for claim, said in values.items():
        if not {"status", "polarity", "certainty"} <= said.keys():
            continue  # no claim as this program writes it
        article, start, sentence = spans["sentence"].get(claim, ("", 0, ""))
        _, trigger_start, trigger = spans["trigger"].get(claim, ("", 0, ""))
        is_inside = bool(trigger) and start <= trigger_start < start + len(sentence)
        labels = {
            party: tuple(sorted({names.get(iri, iri) for iri in said.get(party, ())}))
            for party in parties
        }
        account = Account(
            iri=claim,
            source=article,
            sentence=sentence,
            status=said["status"][0],
            polarity=said["polarity"][0],
            certainty=said["certainty"][0],
            trigger_start=trigger_start - start if is_inside else None,
            trigger_end=trigger_start - start + len(trigger) if is_inside else None,
            speakers=labels["speaker"],
            actors=labels["actor"],
            recipients=labels["recipient"],
            places=labels["place"],
            weapons=labels["weapon"],
            when=days.get(claim),
            derivation=_first(said, "dateDerivation"),
            counts=tuple(
                (name, int(said[prop][0])) for prop, name in _COUNTS.items() if prop in said
            ),
            counted=tuple(counted.get(claim, ())),
        )
        if article:
            accounts[claim] = ((article, trigger_start, claim), account)
    return accounts


def _counted(store: Store, claims: Sequence[str]) -> dict[str, list[tuple[str, str, str]]]:
    """Return per claim what it counts: the kind, the bounds and the words, in this order."""
    counted: dict[str, list[tuple[str, str, str]]] = {}
    for batch in _batches(claims):
        text = f"""SELECT ?claim ?kind ?label ?words WHERE {{
            VALUES ?claim {{ {_iris(batch)} }}
            GRAPH ?graph {{ ?claim kg:quantity ?quantity .
                ?quantity kg:quantityKind ?kind ; rdfs:label ?label ; kg:words ?words }} }}"""
        for claim, kind, label, words in sorted(_rows(store, text)):
            bounds = label.removeprefix(f"{kind}: ")
            counted.setdefault(claim, []).append((kind, bounds, words))
    return counted


def _spans(store: Store, claims: Sequence[str]) -> dict[str, dict[str, tuple[str, int, str]]]:
    """Return per property and claim the article, the start in its text, and the words."""
    spans: dict[str, dict[str, tuple[str, int, str]]] = {"sentence": {}, "trigger": {}}
    for batch in _batches(claims):
        text = f"""SELECT ?claim ?name ?article ?start ?words WHERE {{
            VALUES ?claim {{ {_iris(batch)} }}
            VALUES (?property ?name) {{ (kg:sentence "sentence") (kg:trigger "trigger") }}
            GRAPH ?graph {{ ?claim ?property ?span .
                ?span oa:start ?start ; oa:exact ?words ; prov:wasQuotedFrom ?article }} }}"""
        for claim, name, article, start, words in sorted(_rows(store, text)):
            spans[name].setdefault(claim, (article, int(start), words))
    return spans


def _days(store: Store, claims: Sequence[str]) -> dict[str, str]:
    days: dict[str, str] = {}
    for batch in _batches(claims):
        text = f"""SELECT ?claim ?earliest ?latest WHERE {{
            VALUES ?claim {{ {_iris(batch)} }}
            GRAPH ?graph {{ ?claim kg:time ?time .
                ?time kg:earliest ?earliest ; kg:latest ?latest }} }}"""
        for claim, earliest, latest in sorted(_rows(store, text)):
            days.setdefault(claim, earliest if earliest == latest else f"{earliest} to {latest}")
    return days


def _member_labels(
    store: Store, iris: Sequence[str], label_of: Mapping[str, str]
) -> dict[str, str]:
    """Return labels of things that are not in the outline: speakers, and those merged away."""
    labels: dict[str, str] = {}
    for batch in _batches(iris):
        text = f"""SELECT ?thing ?label WHERE {{
            VALUES ?thing {{ {_iris(batch)} }} GRAPH ?graph {{ ?thing rdfs:label ?label }} }}"""
        for thing, label in sorted(_rows(store, text)):
            labels.setdefault(thing, label)
        text = f"""SELECT ?thing ?canonical ?label WHERE {{ VALUES ?thing {{ {_iris(batch)} }}
            ?decision kg:member ?thing ; kg:canonical ?canonical .
            ?canonical rdfs:label ?label }}"""
        for thing, canonical, label in _rows(store, text):
            labels[thing] = label_of.get(canonical, label)
    return labels


def _merged(store: Store, kind: str, properties: str, *, names: str = "") -> _Values:
    """Return the named properties of all things of a class in the merged layer.

    Args:
        names: Pairs of a property of another vocabulary and what to call it.
    """
    text = f"""SELECT ?thing ?name ?value WHERE {{
        VALUES (?property ?name) {{ {_pairs(properties)} {names} }}
        ?thing a {kind} ; ?property ?value }}"""
    return _gathered(_rows(store, text))


def _of_claims(store: Store, claims: Sequence[str], properties: str) -> _Values:
    rows: list[tuple[str, ...]] = []
    for batch in _batches(claims):
        text = f"""SELECT ?claim ?name ?value WHERE {{
            VALUES ?claim {{ {_iris(batch)} }} VALUES (?property ?name) {{ {_pairs(properties)} }}
            GRAPH ?graph {{ ?claim ?property ?value }} }}"""
        rows += _rows(store, text)
    return _gathered(rows)


def _gathered(rows: Iterable[tuple[str, ...]]) -> _Values:
    gathered: dict[str, dict[str, list[str]]] = {}
    for thing, name, value in sorted(set(rows)):
        gathered.setdefault(thing, {}).setdefault(name, []).append(value)
    return {
        thing: {name: tuple(found) for name, found in values.items()}
        for thing, values in gathered.items()
    }


def _pairs(properties: str) -> str:
    return " ".join(f'(kg:{name} "{name}")' for name in properties.split())


def _iris(iris: Iterable[str]) -> str:
    """Return IRIs for a query; they come out of the store and so hold no bracket or blank."""
    return " ".join(f"<{iri}>" for iri in iris)


def _batches(iris: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(iris), _BATCH):
        yield iris[start : start + _BATCH]


def _rows(store: Store, text: str) -> Iterator[tuple[str, ...]]:
    """Yield the answers to a query as strings; what is unbound is empty."""
    for row in store.query(text).rows:
        yield tuple("" if value is None else str(value) for value in row)


def _first(values: Mapping[str, tuple[str, ...]], name: str) -> str | None:
    found = values.get(name)
    return found[0] if found else None


def _number(values: Mapping[str, tuple[str, ...]], name: str) -> float | None:
    found = _first(values, name)
    return None if found is None else float(found)
