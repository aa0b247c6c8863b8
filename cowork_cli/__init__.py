"""The terminal office of a freelancer."""

__version__ = "0.1.0"
