"""Write how often each lexicon rule was right: what the confidence of its events is read from."""

from kg.evaluate.scores import Evaluation


def precision_table(result: Evaluation) -> str:
    """Return the counts of right and wrong events by rule, as TSV, ``*`` for all rules first."""
    rows = [(name, item.right, item.spurious) for name, item in sorted(result.rules.items())]
    total = ("*", sum(row[1] for row in rows), sum(row[2] for row in rows))
    lines = [
        "rule\tright\twrong",
        *(f"{name}\t{right}\t{wrong}" for name, right, wrong in [total, *rows]),
    ]
    return "\n".join(lines) + "\n"
