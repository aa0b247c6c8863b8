"""Facts and rules of the field: frozen values and pure functions, no input or output."""
