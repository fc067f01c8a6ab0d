"""Link names and descriptions to curated entities, offline and as of the day."""

from kg.linking.queries import Description, Hint
from kg.linking.resolver import Resolver, load_resolver

__all__ = ["Description", "Hint", "Resolver", "load_resolver"]
