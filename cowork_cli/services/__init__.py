"""Use cases: what a command does, without a terminal and without a form of output."""
