"""The networks of the reader as PyTorch trains them: encoder and heads, and their loss."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.reading.features import (
    RELATION_COUNT,
    ROLE_COUNT,
    RULED_RELATION_COUNT,
    RULED_ROLE_COUNT,
    STATUSES,
    TYPES,
)
from kg.reading.reader import RELATIONS
from kg.reading.views import ROLES
from kg.train.encoders import read_stretches, trainable_encoder
from kg.train.examples import Example

_HIDDEN = 160
_DROPOUT = 0.15
# How often the proposals of the rules are hidden, so that the reader learns to do without them.
_HIDE_RULES = 0.2
# Roles and relations are rare among the pairs; their networks start from that expectation.
_RARE = -2.0
# Few pairs are related at all; those that are weigh more.
_SAME_WEIGHT, _STATED_WEIGHT = 2.0, 4.0
_LOSS_WEIGHTS = {"type": 6.0, "status": 0.5, "role": 4.0, "relation": 1.0}


class ReaderNetworks(nn.Module):  # type: ignore[misc]
    """Encoder and heads; the heads have the names of ``kg.reading.networks``."""

    def __init__(self, encoder: Path, *, encoder_dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = trainable_encoder(encoder, dropout=encoder_dropout)
        self.encoder.embeddings.requires_grad_(requires_grad=False)  # so that rare words stay put
        width = self.encoder.config.hidden_size
        self.heads = nn.ModuleDict(
            {
                "type_out": nn.Linear(width, len(TYPES)),
                "type_features": nn.Linear(len(TYPES), len(TYPES), bias=False),
                "status_out": nn.Linear(width, len(STATUSES)),
                "status_features": nn.Linear(len(STATUSES), len(STATUSES), bias=False),
            }
        )
        for name, feature_count, label_count in (
            ("role", ROLE_COUNT, len(ROLES)),
            ("relation", RELATION_COUNT, len(RELATIONS)),
        ):
            self.heads[f"{name}_left"] = nn.Linear(width, _HIDDEN)
            self.heads[f"{name}_right"] = nn.Linear(width, _HIDDEN)
            self.heads[f"{name}_product"] = nn.Linear(width, _HIDDEN, bias=False)
            self.heads[f"{name}_features"] = nn.Linear(feature_count, _HIDDEN, bias=False)
            self.heads[f"{name}_out"] = nn.Linear(_HIDDEN, label_count)
            self.heads[f"{name}_direct"] = nn.Linear(feature_count, label_count, bias=False)
        nn.init.constant_(self.heads["role_out"].bias, _RARE)
        self.drop = nn.Dropout(_DROPOUT)

    def loss(self, batch: Sequence[Example]) -> Tensor:
        """Return the loss of some articles, each the weighted sum of its parts."""
        return self.loss_of(batch, self.read(batch))

    def loss_of(self, batch: Sequence[Example], pieces: Sequence[Tensor]) -> Tensor:
        """Return the loss of some articles that were read.

        Args:
            pieces: For each article the vectors of its pieces.
        """
        parts: dict[str, list[Tensor]] = {name: [] for name in _LOSS_WEIGHTS}
        counts = dict.fromkeys(_LOSS_WEIGHTS, 0.0)
        for example, vectors in zip(batch, pieces, strict=True):
            for name, loss, count in self._losses(example, self.drop(vectors)):
                parts[name].append(loss)
                counts[name] += count
        return sum(
            (
                weight * torch.stack(parts[name]).sum() / max(counts[name], 1.0)
                for name, weight in _LOSS_WEIGHTS.items()
                if parts[name]
            ),
            start=torch.zeros(()),
        )

    def read(self, batch: Sequence[Example]) -> list[Tensor]:
        """Return for each article the vectors of its pieces."""
        ids = [stretch.ids for example in batch for stretch in example.stretches]
        states = read_stretches(self.encoder, ids)
        found = [states[row, 1 : len(pieces) - 1] for row, pieces in enumerate(ids)]
        ends = np.cumsum([0, *(len(example.stretches) for example in batch)])
        return [torch.cat(found[start:end]) for start, end in pairwise(ends.tolist())]

    def _losses(self, example: Example, vectors: Tensor) -> list[tuple[str, Tensor, float]]:
        types = self.types(example, vectors)
        labels = torch.from_numpy(example.word_types)
        loss = functional.cross_entropy(types, labels, reduction="sum")
        found: list[tuple[str, Tensor, float]] = [("type", loss, len(labels))]
        if not len(example.triggers):
            return found
        triggers = means(vectors, example.triggers)
        statuses = self.statuses(example, triggers)
        labels = torch.from_numpy(example.statuses)
        loss = functional.cross_entropy(statuses, labels, reduction="sum")
        found.append(("status", loss, len(labels)))
        if len(example.role_pairs):
            roles = self.roles(example, vectors, triggers)
            weights = torch.from_numpy(example.role_weights)
            loss = functional.binary_cross_entropy_with_logits(
                roles, torch.from_numpy(example.role_labels), weights, reduction="sum"
            )
            found.append(("role", loss, float(weights.sum())))
        if len(example.relation_pairs):
            relations = self.relations(example, triggers)
            labels = torch.from_numpy(example.relation_labels)
            weights = torch.tensor([1.0, _SAME_WEIGHT, *[_STATED_WEIGHT] * (len(RELATIONS) - 2)])
            loss = functional.cross_entropy(relations, labels, weights, reduction="sum")
            found.append(("relation", loss, float(weights[labels].sum())))
        return found

    def types(self, example: Example, vectors: Tensor) -> Tensor:
        """Return the logits of the types of the pieces."""
        features = torch.from_numpy(example.word_features)
        return self._head("type_out", vectors) + self._head("type_features", self._hidden(features))

    def statuses(self, example: Example, triggers: Tensor) -> Tensor:
        """Return the logits of the statuses of the events."""
        features = torch.from_numpy(example.status_features)
        return self._head("status_out", triggers) + self._head(
            "status_features", self._hidden(features)
        )

    def roles(self, example: Example, vectors: Tensor, triggers: Tensor) -> Tensor:
        """Return the logits of the roles of the pairs."""
        mentions = means(vectors, example.mentions)
        features = torch.from_numpy(example.role_features)
        pairs = torch.from_numpy(example.role_pairs)
        features = self._hidden(features, RULED_ROLE_COUNT)
        return self._pairs("role", triggers, mentions, pairs, features)

    def relations(self, example: Example, triggers: Tensor) -> Tensor:
        """Return the logits of the relations of the pairs."""
        features = torch.from_numpy(example.relation_features)
        pairs = torch.from_numpy(example.relation_pairs)
        features = self._hidden(features, RULED_RELATION_COUNT)
        return self._pairs("relation", triggers, triggers, pairs, features)

    def _hidden(self, features: Tensor, count: int | None = None) -> Tensor:
        """Hide the last ``count`` numbers of some rows while training: what the rules say."""
        if not self.training:
            return features
        shown = (torch.rand(len(features), 1) >= _HIDE_RULES).float()
        if count is None:
            return features * shown
        return torch.cat([features[:, :-count], features[:, -count:] * shown], dim=1)

    def _pairs(
        self, name: str, left: Tensor, right: Tensor, pairs: Tensor, features: Tensor
    ) -> Tensor:
        which, whom = pairs[:, 0], pairs[:, 1]
        hidden = functional.gelu(
            self._head(f"{name}_left", left)[which]
            + self._head(f"{name}_right", right)[whom]
            + self._head(f"{name}_product", left[which] * right[whom])
            + self._head(f"{name}_features", features),
            approximate="tanh",
        )
        return self._head(f"{name}_out", self.drop(hidden)) + self._head(f"{name}_direct", features)

    def _head(self, name: str, values: Tensor) -> Tensor:
        found: Tensor = self.heads[name](values)
        return found


def means(vectors: Tensor, rows: np.ndarray) -> Tensor:
    """Return the mean vector of each stretch of pieces; zeros for an empty one."""
    sums = torch.cat([torch.zeros(1, vectors.shape[1]), vectors.cumsum(dim=0)])
    starts, ends = torch.from_numpy(rows[:, 0].copy()), torch.from_numpy(rows[:, 1].copy())
    counts = (ends - starts).clamp(min=1).unsqueeze(1)
    return (sums[ends] - sums[starts]) / counts
