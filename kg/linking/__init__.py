"""Link names and descriptions to curated entities, offline and as of the day."""

from kg.linking.resolver import Resolver, load_resolver
from kg.records import Description, Hint

__all__ = ["Description", "Hint", "Resolver", "load_resolver"]
