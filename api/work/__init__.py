"""The machine's work: a queue, worker processes that take from it, and the pool that keeps them running."""
