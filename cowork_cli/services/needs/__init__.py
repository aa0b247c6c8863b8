"""What one needs and tells others of it: a region, the operator of a space, a directory."""
