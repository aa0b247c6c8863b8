"""The schema version that this code knows; a test holds it equal to the last migration."""

VERSION = 21
