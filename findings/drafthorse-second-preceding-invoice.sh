#!/usr/bin/env bash
# drafthorse 2025.2.0: reading a credit note for two invoices keeps one of them, without a word.
# Expected: EN 16931 has BG-3 (preceding invoice reference) 0..n, Factur-X 1.09 declares InvoiceReferencedDocument
#   maxOccurs="unbounded", and the schema that drafthorse itself carries accepts two; Document.parse() has them both or raises.
# Seen: the last one overwrites the first; what is written again is valid and corrects only one invoice.
# Versions: drafthorse 2025.2.0, eu-einvoice 1.0.0 (writes the credit note), Python 3.11. Date: 2026-11.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check drafthorse==2025.2.0 eu-einvoice==1.0.0
venv/bin/python - <<'PY'
import json
from importlib.resources import files

example = files("eu_einvoice") / "examples" / "credit-note-xrechnung-cii.json"
note = json.loads(example.read_text("utf-8"))
note["preceding_invoices"] = [{"number": "RE-1", "date": "2026-10-01"}, {"number": "RE-2", "date": "2026-10-02"}]
with open("note.json", "w") as file:
    json.dump(note, file)
PY
venv/bin/eu-einvoice create note.json --output note.xml --no-validate >/dev/null
venv/bin/python - <<'PY'
from importlib.metadata import version
from drafthorse.models.document import Document
from drafthorse.utils import validate_xml

with open("note.xml", "rb") as file:
    xml = file.read()
validate_xml(xml, "FACTUR-X_EN16931")  # raises if its own schema refused two references
again = Document.parse(xml, strict=True).serialize(schema="FACTUR-X_EN16931")
named = [[number for number in (b">RE-1<", b">RE-2<") if number in text] for text in (xml, again)]
print("drafthorse", version("drafthorse"))
print("expected after reading and writing:", named[0])
print("seen:", named[1])
assert len(named[0]) == 2 and named[1] == [b">RE-2<"], "the behaviour changed"
PY
