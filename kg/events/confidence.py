"""The confidence of an event: the measured precision of the lexicon rule that made it.

``kg evaluate --precision`` writes, per rule, how often its events were right on annotated
articles; a rule that was never seen gets the precision of all rules.
"""

from collections.abc import Mapping
from functools import cache

from kg.errors import ResourceError
from kg.resources import data_path, read_tsv

COLUMNS = ("rule", "right", "wrong")
ALL_RULES = "*"
# Weight, in events, of the overall precision in that of one rule (a Beta prior).
_PRIOR_WEIGHT = 4.0


@cache
def rule_counts() -> Mapping[str, tuple[int, int]]:
    """Return how often the events of each rule were right and wrong, ``*`` for all together.

    Raises:
        ResourceError: A count is no number, or the row of all rules is missing.
    """
    path = data_path("lexicon", "rule_precision.tsv")
    counts = {}
    for number, row in read_tsv(path, COLUMNS):
        try:
            counts[row["rule"]] = (int(row["right"]), int(row["wrong"]))
        except ValueError as error:
            raise ResourceError(f"{path}:{number}: {error}. Write whole numbers.") from error
    if sum(counts.get(ALL_RULES, (0, 0))) == 0:
        raise ResourceError(f"{path}: the row '{ALL_RULES}' is missing. Add the counts of all.")
    return counts


def rule_precision(rule: str) -> float:
    """Return the estimated precision of a rule, in [0, 1], rounded to three places.

    The estimate is the mean of a Beta distribution whose prior is the precision of all rules.
    """
    counts = rule_counts()
    right, wrong = counts[ALL_RULES]
    overall = right / (right + wrong)
    right, wrong = counts.get(rule, (0, 0))
    return round((right + _PRIOR_WEIGHT * overall) / (right + wrong + _PRIOR_WEIGHT), 3)
