"""Who says whether two statements contradict each other."""
