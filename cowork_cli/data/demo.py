"""The tour that `cowork demo` takes: a made-up freelancer, a made-up client, a made-up space.

Every step is a chapter, the sentence before it, and the words that are typed. The demo runs on
Wednesday 2026-11-25, 18:00 in Berlin, and so does the tour in the README.
"""

NOW = "2026-11-25T18:00:00+01:00"

STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Say once who you are. It is printed on every invoice.",
        ("init", "--no-input", "--name", "Erika Muster (sample)", "--street", "Hauptstr. 1",
         "--postcode", "10115", "--city", "Berlin", "--tax-number", "27/123/45678",
         "--iban", "DE02120300000000202051", "--email", "erika@example.org",
         "--phone", "+49 30 1234567", "--timezone", "Europe/Berlin", "--land", "BE"),
    ),
    ("Where is that village? The gazetteer answers without network.", ("place", "find", "Wiesenburg/Mark")),
    (
        "A space that runs no software: cowork keeps its book.",
        ("space", "add", "Dorfbüro Wiesenburg (sample)", "--street", "Schlossstr. 1", "--postcode", "14827",
         "--city", "Wiesenburg/Mark", "--kind", "day", "--kind", "room", "--amenity", "wifi",
         "--amenity", "booth", "--hours", "Mo-Fr 08:00-18:00", "--price", "day=18"),
    ),
    ("Its desks.", ("desk", "add", "wiesenburg", "Desk 1", "--price", "day=18")),
    (
        "And its meeting room.",
        ("desk", "add", "wiesenburg", "Besprechung", "--kind", "room", "--capacity", "6", "--price", "hour=12"),
    ),
    ("Find it again, with everything else near a town.", ("space", "search", "--near", "Bad Belzig", "--radius", "15", "--offline")),
    ("Book a desk for a day.", ("book", "Desk 1", "--on", "2026-12-01", "--all-day")),
    ("The same command again books nothing twice: cron may run it.", ("book", "Desk 1", "--on", "2026-12-01", "--all-day")),
    (
        "The business address that you hold there.",
        ("address", "add", "c/o Dorfbüro", "--space", "wiesenburg", "--recipient", "Erika Muster (sample)"),
    ),
    (
        "Who pays you.",
        ("client", "add", "acme", "--name", "ACME GmbH (sample)", "--street", "Ring 5", "--postcode", "50667",
         "--city", "Köln", "--country", "DE", "--email", "ap@acme.example", "--rate", "95"),
    ),
    ("What you do for them.", ("project", "add", "acme/site", "--name", "Website")),
    ("Start a timer; say when you really began.", ("start", "acme/site", "Konzept", "--at", "09:00")),
    ("What is going on?", ("status",)),
    ("Stop it.", ("stop", "--at", "11:30")),
    (
        "Forgot to track yesterday? Add it.",
        ("track", "add", "acme/site", "--on", "yesterday", "--from", "14:00", "--to", "17:15", "Umsetzung"),
    ),
    ("The week so far.", ("report", "hours", "--week", "--by", "day")),
    ("From hours to a draft.", ("invoice", "draft", "acme")),
    ("Issue it: a number, a frozen snapshot, a PDF; the hours are billed now.", ("invoice", "issue", "draft-1")),
    ("Record one entry too many …", ("track", "add", "acme/site", "--on", "yesterday", "--from", "18:00", "--to", "18:30", "Versehen")),
    ("… and take it back.", ("undo",)),
    ("Is everything whole?", ("data", "verify")),
)  # fmt: skip
