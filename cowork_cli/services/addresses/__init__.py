"""Virtual-office addresses that are held."""
