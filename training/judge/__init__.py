"""From labelled pairs of statements to the weights of the judge that has learned."""
