"""The terminal office of a freelancer."""

__version__ = "0.1.0"
DISTRIBUTION = "cowork-office"  # what pip, pipx and uv call it
