"""Find the mentions of actors, places and things, and join those of one entity."""
