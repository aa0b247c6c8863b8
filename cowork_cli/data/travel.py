"""How fast one gets about, for estimates of a way that nobody has looked up. Our own round figures, 2026-11.

No source is claimed: a way is the air line times DETOUR, at the speed of its mode, plus a fixed time to get
going (stairs, a stop, a parking place). Whoever plans by them is told that they are estimates.
"""

DETOUR = 1.3
SPEEDS: dict[str, tuple[float, int]] = {
    "foot": (4.8, 0),
    "bike": (15.0, 180),
    "transit": (22.0, 600),
    "car": (30.0, 360),
}
"""Kilometres an hour, and seconds for getting going, by mode."""
BASIS = f"the air line times {DETOUR} at a usual speed, an estimate of ours (2026-11)"
