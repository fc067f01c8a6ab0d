"""The canonical layer: what a set of article graphs says together, derived from them alone."""
