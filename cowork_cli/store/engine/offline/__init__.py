"""A store on a server while that is out of reach: a local copy to read, and an outbox of what waits for it."""
