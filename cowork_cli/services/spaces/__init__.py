"""Spaces: searching them, and keeping the own directory of them and their desks."""
