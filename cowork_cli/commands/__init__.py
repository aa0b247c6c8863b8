"""One module for each noun: parse, call a service, return a Result."""
