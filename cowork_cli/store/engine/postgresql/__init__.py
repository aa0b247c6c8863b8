"""The store on PostgreSQL: the same names as the modules beside this folder have for a file."""
