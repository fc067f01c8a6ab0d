"""The graph as networkx networks: of actors, events, signed ties, relations; measured, exported."""

from kg.network.building import Projection, to_network
from kg.network.measures import NodeMeasures, measures, to_table
from kg.network.writing import write_network

__all__ = [
    "NodeMeasures",
    "Projection",
    "measures",
    "to_network",
    "to_table",
    "write_network",
]
