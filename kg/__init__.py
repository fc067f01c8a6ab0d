"""From news articles to a knowledge graph of actors, attacks and diplomacy."""
