"""Every row of the trigger lexicon loads, has its place, and its sentences do what they claim."""

import difflib
from collections import Counter

import pytest

from kg.events.lexicon import load_lexicon
from kg.resources import data_path
from kg.taxonomy import taxonomy

TABLES = (
    "frames.tsv",
    "light_verbs.tsv",
    "triggers_nouns.tsv",
    "triggers_verbs.tsv",
    "word_classes.tsv",
)


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_sorted_and_normal(name: str) -> None:
    path = data_path("lexicon", name)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[1:] == sorted(lines[1:], key=lambda line: line.split("\t")), f"sort {path}"
    assert all(line == line.rstrip() and "  " not in line for line in lines)


def test_each_mode_belongs_to_its_type() -> None:
    types = taxonomy().types
    for rule in load_lexicon().rules:
        if rule.type is None or rule.mode is None:
            continue
        modes = list(types[rule.type].modes)
        near = difflib.get_close_matches(rule.mode, modes, n=1, cutoff=0)
        assert rule.mode in modes, f"{rule.location}: mode '{rule.mode}'. Did you mean {near}?"


def test_rule_ids_tell_type_and_word() -> None:
    for rule in load_lexicon().rules:
        kind = "none" if rule.type is None else rule.type.value.lower()
        assert rule.id.startswith(f"{kind}."), rule.location
        assert f".{rule.pos[0].lower()}" in rule.id, rule.location


def test_no_two_rules_share_word_and_conditions() -> None:
    uses = Counter((rule.lemma, rule.pos, rule.when) for rule in load_lexicon().rules)
    assert [use for use, count in uses.items() if count > 1] == []


def test_every_rule_has_a_counterexample() -> None:
    assert [rule.id for rule in load_lexicon().rules if not rule.absent] == []


def test_all_sixteen_types_have_rules() -> None:
    count = Counter(rule.type for rule in load_lexicon().rules if rule.type is not None)
    assert len(count) == 16
    assert min(count.values()) >= 10


def test_every_frame_is_used() -> None:
    lexicon = load_lexicon()
    used = {rule.frame for rule in lexicon.rules}
    assert sorted(set(lexicon.frames) - used) == []


def test_light_verbs_are_listed_once() -> None:
    verbs = Counter((verb.lemma, verb.slot) for verb in load_lexicon().light_verbs)
    assert [verb for verb, count in verbs.items() if count > 1] == []
