"""An address becomes a run, or what is wrong with it is said: the query, what stands beside it, what is not there."""
