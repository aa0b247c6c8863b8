"""Joint jobs: who works on them with whom, and what each of them gets."""
