"""Articles to claims, in this process or in several; what a run reports."""
