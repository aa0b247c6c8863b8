"""Hours: recording them, correcting them, summing them up, and files from and for other programs."""
