"""Find standing relations between entities: who backs, leads, belongs to or speaks for whom."""
