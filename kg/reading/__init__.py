"""A learned reader that judges what the rules propose: event types, status, roles, relations."""

from kg.reading.reader import FoundWords, Reader, Reading, find_words, load_reader
from kg.reading.views import ROLES, ParticipantView, ProposalView, ReadingTask

__all__ = [
    "ROLES",
    "FoundWords",
    "ParticipantView",
    "ProposalView",
    "Reader",
    "Reading",
    "ReadingTask",
    "find_words",
    "load_reader",
]
