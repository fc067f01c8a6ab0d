"""Find what happened: triggers, who took part, and how events relate."""
