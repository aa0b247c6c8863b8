"""Places to ask: accounts, their providers, and asking several at once."""
