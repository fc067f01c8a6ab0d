"""Read claims out of the article graphs, with their sentence, speaker, article and outlet."""

from collections.abc import Iterable, Mapping

from rdflib import RDF, RDFS, URIRef

from kg.explain.records import ClaimTold, Disagreement
from kg.namespaces import KG, OA, PROV, SCHEMA, local_name
from kg.store import Store, Value, to_sparql

# What a claim, its span, its article and everything it names say of themselves.
_TRIPLES = """
SELECT DISTINCT ?graph ?node ?property ?value WHERE {{
  VALUES ?claim {{ {claims} }}
  GRAPH ?graph {{
    {{ VALUES ?kind {{ kg:Claim kg:EntityRelationClaim }} ?claim a ?kind . BIND(?claim AS ?node) }}
    UNION {{ ?claim kg:sentence|kg:time|kg:quantity|prov:wasQuotedFrom|kg:outlet ?node }}
    UNION {{ ?claim kg:speaker|kg:actor|kg:recipient|kg:place|kg:weapon ?node }}
    UNION {{ ?claim rdf:subject|rdf:object ?node }}
    UNION {{ ?claim kg:outlet|(prov:wasQuotedFrom/schema:publisher) ?node }}
    ?node ?property ?value .
    FILTER(?property NOT IN (kg:text, kg:fingerprint))
  }}
}}
"""
_BATCH = 200

Node = Mapping[URIRef, tuple[str, ...]]
"""Property to values, sorted."""


def read_claims(store: Store, claims: Iterable[URIRef]) -> tuple[ClaimTold, ...]:
    """Return what claims say, in the order of publication, article and text."""
    wanted = sorted(set(claims))
    told = []
    for start in range(0, len(wanted), _BATCH):
        batch = " ".join(to_sparql(claim) for claim in wanted[start : start + _BATCH])
        for nodes in _articles(store.query(_TRIPLES.format(claims=batch)).rows):
            told += [_claim(iri, nodes) for iri in wanted[start : start + _BATCH] if iri in nodes]
    return tuple(
        sorted(
            told, key=lambda claim: (claim.published or "", claim.article, claim.start, claim.iri)
        )
    )


def _articles(rows: Iterable[tuple[Value | None, ...]]) -> list[dict[URIRef, Node]]:
    """Return the nodes of each article graph; two articles may describe one node differently."""
    found: dict[str, dict[URIRef, dict[URIRef, set[str]]]] = {}
    for graph, node, prop, value in rows:
        properties = found.setdefault(str(graph), {}).setdefault(URIRef(str(node)), {})
        properties.setdefault(URIRef(str(prop)), set()).add(str(value))
    return [
        {
            node: {prop: tuple(sorted(values)) for prop, values in properties.items()}
            for node, properties in nodes.items()
        }
        for nodes in found.values()
    ]


def _claim(iri: URIRef, nodes: Mapping[URIRef, Node]) -> ClaimTold:
    claim = nodes[iri]

    def node(prop: URIRef) -> Node:
        return nodes.get(URIRef(_first(claim, prop) or ""), {})

    def labels(*props: URIRef) -> tuple[str, ...]:
        named = (nodes.get(URIRef(value), {}) for prop in props for value in claim.get(prop, ()))
        # The fullest of several labels of one node.
        return tuple(sorted(max(item[RDFS.label], key=len) for item in named if RDFS.label in item))

    sentence, article, interval = node(KG.sentence), node(PROV.wasQuotedFrom), node(KG.time)
    publisher = nodes.get(URIRef(_first(article, SCHEMA.publisher) or ""), {})
    return ClaimTold(
        iri=str(iri),
        type=local_name(
            _first(claim, KG.mode)
            or _first(claim, KG.eventType)
            or _first(claim, RDF.predicate)
            or ""
        ),
        sentence=_first(sentence, OA.exact) or "",
        start=int(_first(sentence, OA.start) or 0),
        end=int(_first(sentence, OA.end) or 0),
        speakers=labels(KG.speaker),
        article=_first(article, SCHEMA.identifier) or "",
        outlet=_first(publisher, RDFS.label),
        title=_first(article, SCHEMA.headline),
        published=_first(article, SCHEMA.datePublished),
        url=_first(article, SCHEMA.url),
        status=_first(claim, KG.status) or "",
        polarity=_first(claim, KG.polarity) or "",
        certainty=_first(claim, KG.certainty) or "",
        actors=labels(KG.actor, RDF.subject),
        recipients=labels(KG.recipient, RDF.object),
        places=labels(KG.place),
        weapons=labels(KG.weapon),
        office=_first(claim, KG.office),
        earliest=_first(interval, KG.earliest),
        latest=_first(interval, KG.latest),
        date_derivation=_first(claim, KG.dateDerivation),
        killed=_number(_first(claim, KG.killed)),
        injured=_number(_first(claim, KG.injured)),
        arrested=_number(_first(claim, KG.numberArrested)),
        displaced=_number(_first(claim, KG.numberDisplaced)),
        counted=tuple(sorted(_counted(nodes[URIRef(part)]) for part in claim.get(KG.quantity, ()))),
        confidence=float(_first(claim, KG.confidence) or 0),
    )


def _counted(quantity: Node) -> str:
    return f"{_first(quantity, RDFS.label)} ({_first(quantity, KG.words)})"


def _first(node: Node, prop: URIRef) -> str | None:
    return next(iter(node.get(prop, ())), None)


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


def voice(claim: ClaimTold) -> str:
    """Return who says it: the speakers, or else the outlet or article in its own voice."""
    return ", ".join(claim.speakers) or claim.outlet or claim.article


def compare(event: str, field: str, claims: Iterable[ClaimTold]) -> Disagreement:
    """Return the values that claims about ``event`` give for ``field``, each with its voices."""
    voices: dict[str, set[str]] = {}
    for claim in claims:
        for value in _values(claim, field):
            voices.setdefault(value, set()).add(voice(claim))
    return Disagreement(
        event=event,
        field=field,
        values=tuple((value, tuple(sorted(voices[value]))) for value in sorted(voices)),
    )


def _values(claim: ClaimTold, field: str) -> tuple[str, ...]:
    if field == "happened":
        denied = claim.status == "negated" or claim.polarity == "negative"
        real = claim.status in {"actual", "historical"}
        return ("denied",) if denied else ("happened",) if real else ()
    if field == "time":
        return (f"{claim.earliest} to {claim.latest}",) if claim.earliest else ()
    counts = {
        "killed": claim.killed,
        "injured": claim.injured,
        "arrested": claim.arrested,
        "displaced": claim.displaced,
    }
    if field in counts:
        counted = [each for each in claim.counted if each.startswith(f"{field}: ")]
        if counted:
            return ("; ".join(each.removeprefix(f"{field}: ") for each in counted),)
        return () if counts[field] is None else (str(counts[field]),)
    parties = {"actor": claim.actors, "recipient": claim.recipients, "place": claim.places}
    return parties.get(field, ())
