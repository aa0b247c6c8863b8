"""Owns the table of rigs: provider → rig. A new provider joins the contract suite with one line here.

The rig's class lives in a module of its own beside this one. Its `__init__` takes a folder and sets
`provider`; it implements `given`. One for a web service derives from `HttpRig`, which also wants
`new_fake` and `given_incomplete`. A meta test holds this table equal to the registry.
"""

from importlib import import_module

from tests.contract.rig import Rig

RIGS: dict[str, str] = {
    "local": "tests.contract.local_rig:LocalRig",
    "coworkingview": "tests.contract.coworkingview_rig:CoworkingViewRig",
    "caldav": "tests.contract.caldav_rig:CalDavRig",
    "ical": "tests.contract.ical_rig:ICalRig",
    "osm": "tests.contract.osm_rig:OsmRig",
    "openfairdb": "tests.contract.openfairdb_rig:OpenFairDBRig",
    "cobot": "tests.contract.cobot_rig:CobotRig",
    "nexudus": "tests.contract.nexudus_rig:NexudusRig",
    "anny": "tests.contract.anny_rig:AnnyRig",
    "librebooking": "tests.contract.librebooking_rig:LibreBookingRig",
    "seatsurfing": "tests.contract.seatsurfing_rig:SeatsurfingRig",
    "officernd": "tests.contract.officernd_rig:OfficeRnDRig",
}
VARIANTS: dict[str, dict[str, str]] = {
    "caldav": {"caldav-xandikos": "tests.contract.caldav_rig:XandikosRig"},
}
"""More servers that a provider must get on with: put through the suite beside the first."""
TEMPLATE = "tests.contract.harbour_rig:HarbourRig"
"""The rig of a service that does not exist: so that the part of the suite that is about bookings over
HTTP runs, whatever the registry holds, and as what a new rig is copied from."""


def rig_class(name: str) -> type[Rig]:
    """The rig of a provider, imported now."""
    known = RIGS | {"harbour": TEMPLATE}
    for more in VARIANTS.values():
        known |= more
    module, _, attribute = known[name].partition(":")
    found: type[Rig] = getattr(import_module(module), attribute)
    return found
