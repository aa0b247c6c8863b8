"""What a person typed to mean one thing: names resolved, numbers with check digits."""
