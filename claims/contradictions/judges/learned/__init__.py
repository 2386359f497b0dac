"""The judge that has learned: networks that read both statements of a pair together.

A statement becomes a ``PairSide`` (``sides``), a ``PairReader`` (``reader``) reads two sides with a
``PairNetwork`` (``network``), a small one all pairs and a large one (``large``) again what that
finds likely (``probabilities``), and ``LearnedJudge`` (``learned_judge``) makes judgements of what
they say. ``python -m training.judge`` and ``training.judge.large`` make the weights.
"""
