"""Show scores: as JSON, as a table, as the counts behind the confidence of rules."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from kg.evaluate.scores import Counts, Evaluation


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
