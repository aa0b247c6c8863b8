"""What people call the amenities of a space, in German and English. Keys are folded words.

`SAME` are spellings that leave no doubt. What may mean two things (`internet`, `küche mitbenutzung`)
is not here: it is asked about.
"""

SAME: dict[str, str] = {
    **dict.fromkeys(["wlan", "wi fi", "wireless", "wireless lan", "w lan"], "wifi"),
    **dict.fromkeys(
        ["drucker", "printing", "laserdrucker", "kopierer", "copier", "multifunktionsdrucker"],
        "printer",
    ),
    **dict.fromkeys(["kueche", "teekueche", "kitchenette", "kuechenzeile"], "kitchen"),
    **dict.fromkeys(
        [
            "phone booth", "phone booths", "phonebooth", "telefonzelle", "telefonkabine",
            "telefonbox", "telefonboxen", "telefonzellen", "booths", "call box",
        ],
        "booth",
    ),
    **dict.fromkeys(
        [
            "barrierefrei", "barrierefreiheit", "wheelchair", "wheelchair accessible", "stufenlos",
            "rollstuhlgerecht", "accessible", "step free access", "stepfree",
        ],
        "step-free",
    ),
    **dict.fromkeys(["kinderbetreuung", "child care", "kita"], "childcare"),
    **dict.fromkeys(
        ["parkplatz", "parkplaetze", "car park", "carpark", "stellplatz", "tiefgarage"], "parking"
    ),
    **dict.fromkeys(
        [
            "fahrrad", "fahrradstellplatz", "fahrradstaender", "fahrradraum", "bikes",
            "bike parking", "bike storage", "bicycle", "bicycle parking", "fahrradkeller",
        ],
        "bike",
    ),
    **dict.fromkeys(["dusche", "duschen", "showers"], "shower"),
    **dict.fromkeys(["schliessfach", "schliessfaecher", "spind", "spinde", "lockers"], "locker"),
    **dict.fromkeys(
        ["bildschirm", "bildschirme", "monitor", "monitore", "monitors", "screens"], "screen"
    ),
    **dict.fromkeys(["kaffee", "kaffeemaschine", "coffee machine", "espresso"], "coffee"),
    **dict.fromkeys(
        ["hund", "hunde", "hunde erlaubt", "dog", "dog friendly", "hundefreundlich"], "dogs"
    ),
}  # fmt: skip
