"""iCalendar (RFC 5545), read and written. The only room that knows `icalendar`; loaded where it is used."""
