"""Clients and projects: who pays, what is worked on, under which terms."""
