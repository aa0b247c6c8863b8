"""Numbers with check digits: what is right comes back compact, what is wrong says why."""

import pytest

from cowork_cli.domain.place import LANDS
from cowork_cli.errors import BadInput
from cowork_cli.services.identifiers import numbers


@pytest.mark.parametrize(
    ("check", "typed", "stored"),
    [
        (numbers.check_iban, "DE02 1203 0000 0000 2020 51", "DE02120300000000202051"),
        (numbers.check_iban, "de02120300000000202051", "DE02120300000000202051"),
        (numbers.check_iban, "NL91 ABNA 0417 1643 00", "NL91ABNA0417164300"),
        (numbers.check_iban, "GB29 NWBK 6016 1331 9268 19", "GB29NWBK60161331926819"),
        (numbers.check_bic, "byladem1001", "BYLADEM1001"),
        (numbers.check_bic, "DEUTDEFF", "DEUTDEFF"),
        (numbers.check_vat_id, "DE 136 695 976", "DE136695976"),
        (numbers.check_vat_id, "ATU13585627", "ATU13585627"),
        (numbers.check_vat_id, "nl004495445b01", "NL004495445B01"),
        (numbers.check_vat_id, "GR 094259216", "EL094259216"),
        (numbers.check_leitweg_id, "04011000-1234512345-06", "04011000-1234512345-06"),
        (numbers.check_leitweg_id, " 991-03730-19 ", "991-03730-19"),
        (numbers.check_tax_number, "27/123/45678", "27/123/45678"),
        (numbers.check_tax_number, " 27 / 123 / 45678", "27/123/45678"),
        (numbers.check_tax_number, "27 123 45678", "27/123/45678"),
        (numbers.check_tax_number, "133/8150/8159", "133/8150/8159"),
        (numbers.check_tax_number, "013/815/08153", "013/815/08153"),
        (numbers.check_tax_number, "1127012345678", "1127012345678"),
        (numbers.check_tax_number, "2712345678", "2712345678"),
    ],
)
def test_right_numbers_come_back_compact(check, typed, stored):
    assert check(typed) == stored


@pytest.mark.parametrize(
    ("check", "typed", "why"),
    [
        (numbers.check_iban, "DE03120300000000202051", "wrong check digit"),
        (numbers.check_iban, "DE0212030000000020205", "21 characters"),
        (numbers.check_iban, "XX02120300000000202051", "begins with XX"),
        (numbers.check_iban, "1203000000", "two letters"),
        (numbers.check_iban, "", "not an IBAN"),
        (numbers.check_iban, "DE02 1203 0000 0000 2020 5ü", "not an IBAN"),
        (numbers.check_bic, "BYLA", "wrong length"),
        (numbers.check_bic, "BYLAXX11", "does not exist"),
        (numbers.check_bic, "BYL4DEM1", "right form"),
        (numbers.check_vat_id, "DE136695975", "wrong check digit"),
        (numbers.check_vat_id, "DE1366959", "wrong length"),
        (numbers.check_vat_id, "CHE123456788", "no country of the EU"),
        (numbers.check_vat_id, "136695976", "does not begin with its country"),
        (numbers.check_leitweg_id, "04011000-1234512345-07", "wrong check digit"),
        (numbers.check_leitweg_id, "17011000-1234512345-06", "does not exist"),
        (numbers.check_leitweg_id, "abc", "wrong length"),
        (numbers.check_tax_number, "27/123/4567", "form of a tax number"),
        (numbers.check_tax_number, "27-123-45678", "other signs"),
        (numbers.check_tax_number, "123456", "6 digits"),
        (numbers.check_tax_number, "1127112345678", "fifth digit is 0"),
        (numbers.check_tax_number, "6627012345678", "digits of a Land"),
        (numbers.check_tax_number, "36574261809", "personal tax id"),
        (numbers.check_tax_number, "2181/508155", "form of a tax number"),
        (numbers.check_tax_number, "218/15/08155", "form of a tax number"),
        (numbers.check_tax_number, "DE136695976-00001", "W-IdNr."),
        (numbers.check_vat_id, "DE136695976-00001", "W-IdNr."),
    ],
)
def test_wrong_numbers_say_why_and_show_a_right_one(check, typed, why):
    with pytest.raises(BadInput) as raised:
        check(typed)
    assert why in raised.value.message
    assert "`" in (raised.value.hint or "")


# As each tax office prints it on its letters.
PRINTED = {
    "BW": "93815/08152",
    "BY": "181/815/08155",
    "BE": "21/815/08150",
    "BB": "048/815/08155",
    "HB": "75 815 08152",
    "HH": "02/815/08156",
    "HE": "013 815 08153",
    "MV": "079/815/08151",
    "NI": "24/815/08151",
    "NW": "133/8150/8159",
    "RP": "22/815/0815/4",
    "SL": "010/815/08182",
    "SN": "201/123/12340",
    "ST": "101/815/08154",
    "SH": "29 815 08158",
    "TH": "151/815/08156",
}


@pytest.mark.parametrize("land", LANDS)
def test_the_tax_number_of_each_land_is_taken_as_it_is_printed(land: str) -> None:
    printed = PRINTED[land]
    assert numbers.check_tax_number(printed) == printed.replace(" ", "/")
