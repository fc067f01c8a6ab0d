"""Score extractions: every measure that ``kg evaluate`` reports."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.evaluate.gold import Record
from kg.evaluate.kinds import error_kinds
from kg.evaluate.matching import SENTENCE_END, is_same, names_by_id, pair_events
from kg.record_json import to_record
from kg.records import Extraction
from kg.terms import EventType

_SYMMETRIC = frozenset({EventType.CONSULT, EventType.AGREE, EventType.COOPERATE})
_UNREAL = frozenset({"negated", "hypothetical", "future"})


@dataclass(kw_only=True)
class Counts:
    """Right, spurious and missed items of one measure."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    def add(self, right: int = 0, spurious: int = 0, missed: int = 0) -> None:
        """Add to the counts."""
        self.right += right
        self.spurious += spurious
        self.missed += missed

    @property
    def precision(self) -> float:
        """Share of what was predicted that is right, in [0, 1]; 0 when nothing was."""
        return self.right / (self.right + self.spurious) if self.right + self.spurious else 0.0

    @property
    def recall(self) -> float:
        """Share of what is in the gold that was found, in [0, 1]; 0 when nothing is."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = 2 * self.right + self.spurious + self.missed
        return 2 * self.right / total if total else 0.0


@dataclass(kw_only=True)
class Evaluation:
    """Scores of extractions against gold.

    Attributes:
        measures: Trigger, event, role, place, triple, attribution, relation, same event, and
            ``not actual`` for the status of events that did not plainly happen.
        shares: Right and total of status, date and ``asserted as fact``, where the gold states
            them; the last is the share of unreal events told as actual: lower is better.
        rules: Right and spurious events of each lexicon rule.
        statuses: Right, spurious and missed statuses of the events found, whatever their type.
        kinds: How often each kind of error occurs, as ``kg.evaluate.kinds`` sorts them.
        errors: One line for each missed or spurious event, in text order.
    """

    measures: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    shares: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    types: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    rules: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    statuses: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    articles: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    kinds: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)


def evaluate(gold: Iterable[Record], extractions: Iterable[Extraction]) -> Evaluation:
    """Score extractions against gold articles of the same ``doc_id``.

    An article of the gold without extraction counts as one with nothing found.
    """
    predicted = {item.article.doc_id: to_record(item) for item in extractions}
    result = Evaluation()
    nothing: Record = {"entities": [], "events": [], "relations": []}
    for record in gold:
        found = predicted.get(record["doc_id"], nothing)
        _score_article(record, found, result)
        result.kinds.update(error_kinds(record, found))
    return result


def _score_article(gold: Record, found: Record, result: Evaluation) -> None:
    text = gold["text"]
    names = (names_by_id(gold, text), names_by_id(found, text))
    events, guesses = gold["events"], found["events"]
    ends = [match.end() for match in SENTENCE_END.finditer(text)]
    loose = pair_events(events, guesses, ends, by_type=False)
    pairs = pair_events(events, guesses, ends, by_type=True)
    _add_pairs(result.measures["trigger"], loose, events, guesses)
    _add_pairs(result.measures["event"], pairs, events, guesses)
    _add_pairs(result.articles[gold["doc_id"]], pairs, events, guesses)
    paired, guessed = {left for left, _ in pairs}, {right for _, right in pairs}
    for number, event in enumerate(events):
        hit = number in paired
        result.types[event["type"]].add(right=int(hit), missed=int(not hit))
        if not hit:
            _score_roles(event, None, names, result)
            result.errors.append(_error("missed", gold["doc_id"], event, text))
    for number, event in enumerate(guesses):
        hit = number in guessed
        result.rules[event["rule"]].add(right=int(hit), spurious=int(not hit))
        if not hit:
            result.types[event["type"]].add(spurious=1)
            _score_roles(None, event, names, result)
            result.errors.append(_error("spurious", gold["doc_id"], event, text))
    for left, right in loose:
        if _status(events[left]) in _UNREAL:
            share = result.shares["asserted as fact"]
            share[0] += _status(guesses[right]) not in _UNREAL
            share[1] += 1
    for left, right in loose:
        _add_status(events[left], guesses[right], result)
    for left, right in pairs:
        _score_roles(events[left], guesses[right], names, result)
        _score_truth(events[left], guesses[right], names, result)
    _score_triples(events, guesses, names, result.measures["triple"])
    _score_relations(gold, found, loose, result)


def _add_status(gold: Record, found: Record, result: Evaluation) -> None:
    """Count the status of an event that was found, whatever its type."""
    stated, read = gold.get("status") or "actual", found.get("status") or "actual"
    result.statuses[stated].add(right=int(stated == read), missed=int(stated != read))
    if stated != read:
        result.statuses[read].add(spurious=1)


def _add_pairs(
    counts: Counts,
    pairs: Sequence[tuple[int, int]],
    gold: Sequence[Record],
    found: Sequence[Record],
) -> None:
    counts.add(len(pairs), len(found) - len(pairs), len(gold) - len(pairs))


def _error(kind: str, doc_id: str, event: Record, text: str) -> str:
    start, end = event["trigger"]["start"], event["trigger"]["end"]
    before, after = text[max(0, start - 60) : start], text[end : end + 60]
    quote = " ".join(f"{before}[{text[start:end]}]{after}".split())
    rule = f" ({event['rule']})" if "rule" in event else ""
    return f"{doc_id}:{start}: {kind} {event['type']}{rule}: {quote}"


def _status(event: Record) -> str:
    status = event.get("status") or "actual"
    return "actual" if status == "historical" else str(status)


Names = tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]


def _role_names(
    event: Record | None, names: Mapping[str, frozenset[str]], *roles: str
) -> list[frozenset[str]]:
    if event is None:
        return []
    return [names[name] for role in roles for name in event.get(role, ()) if names.get(name)]


def _match_names(
    counts: Counts, gold: Sequence[frozenset[str]], found: Sequence[frozenset[str]]
) -> None:
    left = list(found)
    right = 0
    for wanted in gold:
        hit = next((item for item in left if is_same(wanted, item)), None)
        if hit is not None:
            left.remove(hit)
            right += 1
    counts.add(right, len(left), len(gold) - right)


def _score_roles(
    event: Record | None, guess: Record | None, names: Names, result: Evaluation
) -> None:
    pooled = event is None or event["type"] in _SYMMETRIC or not event.get("recipients")
    groups = [("actors", "recipients")] if pooled else [("actors",), ("recipients",)]
    for roles in groups:
        _match_names(
            result.measures["role"],
            _role_names(event, names[0], *roles),
            _role_names(guess, names[1], *roles),
        )
    _match_names(
        result.measures["place"],
        _role_names(event, names[0], "places"),
        _role_names(guess, names[1], "places"),
    )


def _score_truth(event: Record, guess: Record, names: Names, result: Evaluation) -> None:
    stated, told = _status(event), _status(guess)
    share = result.shares["status"]
    share[0] += stated == told
    share[1] += 1
    if stated != "actual" or told != "actual":
        result.measures["not actual"].add(
            int(stated == told),
            int(told not in {"actual", stated}),
            int(stated not in {"actual", told}),
        )
    _match_names(
        result.measures["attribution"],
        _role_names(event, names[0], "attribution"),
        _role_names(guess, names[1], "attribution"),
    )
    date, resolved = event.get("date"), guess.get("date")
    if date and date.get("from"):
        share = result.shares["date"]
        share[1] += 1
        share[0] += bool(
            resolved
            and resolved["from"] <= (date.get("to") or date["from"])
            and resolved["to"] >= date["from"]
            and resolved["from"][:7] == date["from"][:7]
        )


def _score_triples(
    events: Sequence[Record], guesses: Sequence[Record], names: Names, counts: Counts
) -> None:
    wanted, told = _triples(events, names[0]), _triples(guesses, names[1])
    right = 0
    for one, event_type, two in wanted:
        for triple in told:
            actor, other_type, recipient = triple
            if event_type != other_type:
                continue
            forth = is_same(names[0][one], names[1][actor]) and is_same(
                names[0][two], names[1][recipient]
            )
            back = event_type in _SYMMETRIC and (
                is_same(names[0][one], names[1][recipient])
                and is_same(names[0][two], names[1][actor])
            )
            if forth or back:
                told.remove(triple)
                right += 1
                break
    counts.add(right, len(told), len(wanted) - right)


def _triples(
    events: Sequence[Record], names: Mapping[str, frozenset[str]]
) -> list[tuple[str, str, str]]:
    triples: dict[tuple[str, str, str], None] = {}
    for event in events:
        if _status(event) in {"negated", "hypothetical"}:
            continue
        actors = [name for name in event.get("actors", ()) if names.get(name)]
        recipients = [name for name in event.get("recipients", ()) if names.get(name)]
        pairs = [(actor, recipient) for actor in actors for recipient in recipients]
        if not recipients:
            pairs = [(one, two) for at, one in enumerate(actors) for two in actors[at + 1 :]]
        for one, two in pairs:
            if event["type"] in _SYMMETRIC and one > two:
                one, two = two, one
            triples[one, event["type"], two] = None
    return list(triples)


def _score_relations(
    gold: Record, found: Record, pairs: Sequence[tuple[int, int]], result: Evaluation
) -> None:
    firsts = (_first_tellings(gold), _first_tellings(found))
    gold_id_of = {found["events"][right]["id"]: gold["events"][left]["id"] for left, right in pairs}
    event_of = {firsts[1][right]: firsts[0][left] for right, left in gold_id_of.items()}
    _add_sets(
        result.measures["relation"],
        _relation_keys(gold, firsts[0].get),
        _relation_keys(found, lambda name: event_of.get(firsts[1].get(name, ""), f"?{name}")),
    )
    _add_sets(
        result.measures["same event"],
        _same_pairs(firsts[0], lambda name: name),
        _same_pairs(firsts[1], lambda name: gold_id_of.get(name, f"?{name}")),
    )


def _add_sets(counts: Counts, gold: set[Any], found: set[Any]) -> None:
    right = len(gold & found)
    counts.add(right, len(found) - right, len(gold) - right)


def _first_tellings(record: Record) -> dict[str, str]:
    first = {event["id"]: event["id"] for event in record["events"]}
    for relation in record["relations"]:
        if relation["type"] == "same_as" and {relation["from"], relation["to"]} <= first.keys():
            first[relation["from"]] = first[relation["to"]]
    return first


def _relation_keys(
    record: Record, name_of: Callable[[str], str | None]
) -> set[tuple[str, str | None, str | None]]:
    return {
        (item["type"], name_of(item["from"]), name_of(item["to"]))
        for item in record["relations"]
        if item["type"] != "same_as"
    }


def _same_pairs(first: Mapping[str, str], name_of: Callable[[str], str]) -> set[frozenset[str]]:
    return {
        frozenset((name_of(one), name_of(two)))
        for one in first
        for two in first
        if one < two and first[one] == first[two]
    }
