"""Score extractions against annotated articles.

A gold file is JSONL: one article a line with ``doc_id``, ``text``, ``published``, ``entities``,
``events`` and ``relations`` as in the article record. Two entities are the same when one of their
mention strings agrees or shares most of its words; two events when they have one type and their
triggers overlap or stand close together in one sentence. Roles, triples and truth values are
scored over events found; those of missed and spurious events count as missed and spurious.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.record_json import to_record
from kg.records import Extraction
from kg.terms import EventType

Record = Mapping[str, Any]

_SYMMETRIC = frozenset({EventType.CONSULT, EventType.AGREE, EventType.COOPERATE})
_UNREAL = frozenset({"negated", "hypothetical", "future"})
_DETERMINER = re.compile(
    r"^(the|a|an|its|his|her|their|this|these|those|some|several|at least|about)\s+", re.IGNORECASE
)
_PRONOUNS = frozenset(
    "he she it they him her them his hers its their theirs we us our who which that i me my "
    "you those this".split()
)
_SENTENCE_END = re.compile(r"(?<=[.!?][\"”’' ])\s*(?=[A-Z“\"])|\n+")
# Triggers of one event may be annotated this many characters apart.
_NEAR = 60
_SHARED_WORDS = 0.6


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
        errors: One line for each missed or spurious event, in text order.
    """

    measures: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    shares: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    types: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    rules: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    articles: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    errors: list[str] = field(default_factory=list)


def read_gold(path: Path) -> list[dict[str, Any]]:
    """Read annotated articles, in file order.

    Raises:
        InputError: The file is missing, a line is no JSON object, or a field is missing.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}). Name a gold file in JSONL.") from error
    gold = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{path}:{number}: not JSON ({error.msg}). Mend the line.") from error
        missing = [
            key
            for key in ("doc_id", "text", "entities", "events", "relations")
            if not isinstance(record, dict) or key not in record
        ]
        if missing:
            raise InputError(
                f"{path}:{number}: no field '{missing[0]}'. A gold line is an annotated article."
            )
        gold.append(record)
    return gold


def evaluate(gold: Iterable[Record], extractions: Iterable[Extraction]) -> Evaluation:
    """Score extractions against gold articles of the same ``doc_id``.

    An article of the gold without extraction counts as one with nothing found.
    """
    predicted = {item.article.doc_id: to_record(item) for item in extractions}
    result = Evaluation()
    nothing: Record = {"entities": [], "events": [], "relations": []}
    for record in gold:
        _score_article(record, predicted.get(record["doc_id"], nothing), result)
    return result


def _score_article(gold: Record, found: Record, result: Evaluation) -> None:
    text = gold["text"]
    names = (_names_by_id(gold, text), _names_by_id(found, text))
    events, guesses = gold["events"], found["events"]
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    loose = _pair_events(events, guesses, ends, by_type=False)
    pairs = _pair_events(events, guesses, ends, by_type=True)
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
    for left, right in pairs:
        _score_roles(events[left], guesses[right], names, result)
        _score_truth(events[left], guesses[right], names, result)
    _score_triples(events, guesses, names, result.measures["triple"])
    _score_relations(gold, found, loose, result)


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


def _pair_events(
    gold: Sequence[Record], found: Sequence[Record], ends: Sequence[int], *, by_type: bool
) -> list[tuple[int, int]]:
    """Pair events greedily: overlapping triggers first, then one type, then the nearest."""
    candidates = []
    for left, event in enumerate(gold):
        for right, guess in enumerate(found):
            same_type = event["type"] == guess["type"]
            if by_type and not same_type:
                continue
            one, two = event["trigger"], guess["trigger"]
            overlap = min(one["end"], two["end"]) - max(one["start"], two["start"])
            is_near = -overlap <= _NEAR and not any(
                min(one["start"], two["start"]) < end <= max(one["start"], two["start"])
                for end in ends
            )
            if overlap > 0 or is_near:
                distance = abs(one["start"] - two["start"])
                candidates.append((overlap <= 0, not same_type, distance, left, right))
    pairs: list[tuple[int, int]] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for *_, left, right in sorted(candidates):
        if left not in used[0] and right not in used[1]:
            used[0].add(left)
            used[1].add(right)
            pairs.append((left, right))
    return pairs


Names = tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]


def _names_by_id(record: Record, text: str) -> dict[str, frozenset[str]]:
    return {
        entity["id"]: frozenset(
            name
            for name in map(
                _plain,
                [
                    entity.get("name") or "",
                    *(text[item["start"] : item["end"]] for item in entity["mentions"]),
                ],
            )
            if name and name not in _PRONOUNS
        )
        for entity in record["entities"]
    }


def _plain(name: str) -> str:
    """Return a name lower-case, without determiner, possessive, full stops and punctuation."""
    name = re.sub(r"'s$", "", " ".join(name.replace("’", "'").split()).lower())
    for long, short in (("u.s.", "us"), ("u.n.", "un"), ("u.k.", "uk")):
        name = name.replace(long, short)
    while name != (shorter := _DETERMINER.sub("", name)):
        name = shorter
    return re.sub(r"[^\w\s-]", "", name).replace("-", " ").strip()


def _is_same(one: frozenset[str], two: frozenset[str]) -> bool:
    return bool(one & two) or any(
        _word_overlap(left, right) >= _SHARED_WORDS for left in one for right in two
    )


def _word_overlap(left: str, right: str) -> float:
    one, two = set(left.split()), set(right.split())
    return 2 * len(one & two) / (len(one) + len(two)) if one and two else 0.0


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
        hit = next((item for item in left if _is_same(wanted, item)), None)
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
            forth = _is_same(names[0][one], names[1][actor]) and _is_same(
                names[0][two], names[1][recipient]
            )
            back = event_type in _SYMMETRIC and (
                _is_same(names[0][one], names[1][recipient])
                and _is_same(names[0][two], names[1][actor])
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


def to_json(result: Evaluation) -> dict[str, Any]:
    """Return the scores as plain JSON values, errors included."""

    def table(counts: Mapping[str, Counts]) -> dict[str, Any]:
        return {
            name: {
                "precision": round(item.precision, 4),
                "recall": round(item.recall, 4),
                "f1": round(item.f1, 4),
                "right": item.right,
                "spurious": item.spurious,
                "missed": item.missed,
            }
            for name, item in sorted(counts.items())
        }

    return {
        "measures": table(result.measures),
        "shares": {
            name: {"share": round(right / total, 4), "right": right, "total": total}
            for name, (right, total) in sorted(result.shares.items())
        },
        "types": table(result.types),
        "rules": table(result.rules),
        "articles": table(result.articles),
        "errors": result.errors,
    }


def to_text(result: Evaluation, *, error_count: int = 0) -> str:
    """Return the scores as a table for reading, with the first errors below it."""
    lines = [f"{'':18}{'P':>7}{'R':>7}{'F1':>7}{'right':>7}{'wrong':>7}{'missed':>7}"]

    def rows(counts: Mapping[str, Counts], order: Iterable[str]) -> None:
        for name in order:
            item = counts[name]
            lines.append(
                f"{name:18}{item.precision:7.3f}{item.recall:7.3f}{item.f1:7.3f}"
                f"{item.right:7}{item.spurious:7}{item.missed:7}"
            )

    rows(result.measures, result.measures)
    for name, (right, total) in result.shares.items():
        lines.append(f"{name:18}{'':14}{right / total:7.3f}{right:7} of {total}")
    lines += ["", "events by type"]
    rows(result.types, sorted(result.types))
    wrong = Counter({name: item.spurious for name, item in result.rules.items()})
    lines += ["", "rules most often wrong"]
    worst = sorted(wrong.items(), key=lambda item: (-item[1], item[0]))
    rows(result.rules, [name for name, count in worst[:10] if count])
    if error_count:
        lines += ["", *result.errors[:error_count]]
    return "\n".join(lines)


def rule_precision_rows(result: Evaluation) -> list[tuple[str, int, int]]:
    """Return the counts behind the confidence of each rule: rule, right, wrong, ``*`` for all."""
    rows = [(name, item.right, item.spurious) for name, item in sorted(result.rules.items())]
    total = ("*", sum(row[1] for row in rows), sum(row[2] for row in rows))
    return [total, *rows]
