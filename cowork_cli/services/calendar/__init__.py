"""When a place is open. Asked by hours, spaces and bookings, knows none of them."""
