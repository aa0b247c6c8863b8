"""Dated facts: gazetteer, currencies, tax rates. Data files and the readers that open them."""
