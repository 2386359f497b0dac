"""The review page: a local web page on which a person judges contradictions."""
