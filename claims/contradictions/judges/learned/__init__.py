"""The judge that has learned: a network that reads both statements of a pair together.

A statement becomes a ``PairSide`` (``sides``), the ``PairNetwork`` (``network``) reads each side
alone and then two sides together, and ``LearnedJudge`` (``learned_judge``) makes judgements of what
it says. ``python -m training.judge`` makes the weights that lie in ``weights``.
"""
