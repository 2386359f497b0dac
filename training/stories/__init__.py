"""Learning which articles are of one event: the weights of ``claims/stories/weights.yaml``."""
