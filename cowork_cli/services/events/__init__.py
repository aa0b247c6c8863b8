"""Events of a calendar and of one's own, trial days and open days, and tours of several spaces."""
