"""Write an explanation for reading, or as JSON."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from kg.explain.records import ClaimTold, Explanation
from kg.query.rendering import visible


def to_json(explanation: Explanation) -> str:
    """Return the explanation as one JSON object, its keys those of ``Explanation``."""
    data = asdict(explanation)
    data["facts"] = dict(explanation.facts)
    data["disagreements"] = [
        asdict(item) | {"values": {value: list(voices) for value, voices in item.values}}
        for item in explanation.disagreements
    ]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def to_text(explanation: Explanation, *, limit: int | None = 20) -> str:
    """Return the explanation for a terminal.

    Args:
        limit: Most claims, and most related things, to show; the rest is counted. None for all.
    """
    return "".join(f"{line}\n" for line in _lines(explanation, limit))


def _lines(explanation: Explanation, limit: int | None) -> Iterator[str]:
    yield visible(explanation.label)
    yield f"  {explanation.kind} <{visible(explanation.iri)}>"
    for name, value in explanation.facts:
        yield f"  {name}: {visible(value)}"
    if explanation.disagreements:
        yield from ("", "What disagrees")
        for item in explanation.disagreements:
            yield f"  {item.field} of {visible(item.event)}"
            for value, voices in item.values:
                yield f"    {visible(value)}: according to {visible('; '.join(voices))}"
    yield from _claim_lines("What is claimed", explanation.claims, limit)
    yield from _claim_lines("What else is told of the same event", explanation.others, limit)
    if explanation.because:
        yield from ("", "Why several articles' nodes are one")
        yield from (f"  {visible(because)}" for because in explanation.because)
    if explanation.related:
        yield from ("", "Go on to")
        for related in explanation.related[:limit]:
            yield f"  {related.how}: {visible(related.label)} <{visible(related.iri)}>"
        yield from _rest(len(explanation.related), limit)


def _claim_lines(title: str, claims: tuple[ClaimTold, ...], limit: int | None) -> Iterator[str]:
    if not claims:
        return
    yield from ("", title)
    for number, claim in enumerate(claims[:limit], start=1):
        yield f"  {number}. {visible(_source(claim))}"
        yield f'     "{visible(claim.sentence)}"'
        yield f"     {visible(_reading(claim))}"
    yield from _rest(len(claims), limit)


def _rest(count: int, limit: int | None) -> Iterator[str]:
    if limit is not None and count > limit:
        yield f"  ... and {count - limit} more"


def _source(claim: ClaimTold) -> str:
    described = ", ".join(part for part in (claim.outlet, claim.published) if part)
    article = f"{claim.article} ({described})" if described else claim.article
    if claim.speakers:
        return f"{_joined(claim.speakers)}, according to {article}"
    return f"{article}, in its own voice"


def _reading(claim: ClaimTold) -> str:
    parties = " → ".join((_joined(claim.actors) or "?", _joined(claim.recipients) or "?"))
    told = [f"{claim.type}: {parties}"]
    if claim.places:
        told.append(f"at {_joined(claim.places)}")
    if claim.office:
        told.append(f"as {claim.office}")
    if claim.weapons:
        told.append(f"with {_joined(claim.weapons)}")
    if claim.earliest:
        same = claim.earliest == claim.latest
        told.append(claim.earliest if same else f"{claim.earliest} to {claim.latest}")
    for name in ("killed", "injured", "arrested", "displaced"):
        counted = [each for each in claim.counted if each.startswith(f"{name}: ")]
        if counted:
            told += counted
        elif getattr(claim, name) is not None:
            told.append(f"{name} {getattr(claim, name)}")
    truth = [claim.status, claim.certainty, *(["denied"] if claim.polarity == "negative" else [])]
    return f"{', '.join(told)}; {', '.join(truth)}"


def _joined(names: Iterable[str]) -> str:
    return ", ".join(names)
