"""Statements as banks write them, made up by the published layouts; no real account is in them."""

IBAN = "DE02120300000000202051"
OTHER = "DE89370400440532013000"

SPARKASSE = (
    '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Glaeubiger ID";'
    '"Mandatsreferenz";"Kundenreferenz (End-to-End)";"Sammlerreferenz";"Lastschrift Ursprungsbetrag";'
    '"Auslagenersatz Ruecklastschrift";"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";'
    '"BIC (SWIFT-Code)";"Betrag";"Waehrung";"Info"\n'
    f'"{IBAN}";"24.11.26";"24.11.26";"GUTSCHR. UEBERWEISUNG";"Rechnung 2026-0017";"";"";"NOTPROVIDED";"";'
    f'"";"";"Müller GmbH";"{OTHER}";"COBADEFFXXX";"1234,5";"EUR";"Umsatz gebucht"\n'
    f'"{IBAN}";"25.11.26";"25.11.26";"KARTE";"Buch";"";"";"";"";"";"";"Laden";"";"";"-10";"EUR";'
    '"Umsatz vorgemerkt"\n'
)
SPARKASSE_MT940 = (
    '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";'
    '"Beguenstigter/Zahlungspflichtiger";"Kontonummer";"BLZ";"Betrag";"Waehrung";"Info"\n'
    f'"{IBAN}";"24.11.26";"24.11.26";"LASTSCHRIFT";"EREF+1234-1MREF+M-1CRED+DE98ZZZ09999999999SVWZ+Rechnung '
    f'1234";"Müller";"{OTHER}";"COBADEFFXXX";"-1.234,56";"EUR";"Umsatz gebucht"\n'
)
GLS = (
    "\ufeffBezeichnung Auftragskonto;IBAN Auftragskonto;BIC Auftragskonto;Bankname Auftragskonto;"
    "Buchungstag;Valutadatum;Name Zahlungsbeteiligter;IBAN Zahlungsbeteiligter;"
    "BIC (SWIFT-Code) Zahlungsbeteiligter;Buchungstext;Verwendungszweck;Betrag;Waehrung;"
    "Saldo nach Buchung;Bemerkung;Gekennzeichneter Umsatz;Glaeubiger ID;Mandatsreferenz\n"
    f"Giro;{IBAN};GENO;GLS;24.11.2026;24.11.2026;Müller;{OTHER};X;Überweisung;"
    f"Rechnung 17 EREF: abc MREF: x IBAN: {OTHER} BIC: XX;-10,5;EUR;200;;;;\n"
)
VOLKSBANK_OLD = (
    "Volksbank;Umsatzanzeige\n\n"
    '"Buchungstag";"Valuta";"Auftraggeber/Zahlungsempfänger";"Empfänger/Zahlungspflichtiger";"Konto-Nr.";'
    '"IBAN";"BLZ";"BIC";"Vorgang/Verwendungszweck";"Kundenreferenz";"Währung";"Umsatz";" "\n'
    f'"24.11.2020";"24.11.2020";"Erika";"ACME";"";"{OTHER}";"";"X";"Überweisungsgutschr.\n'
    'Rechnung 2020-00\n17 Danke";"";"EUR";"1.234,56";"H"\n'
    '"23.11.2020";"24.11.2020";"Erika";"Shop";"";"";"";"X";"LASTSCHRIFT\nabc";"";"EUR";"5,00";"S"\n\n'
    '"01.11.2020";"";"";"";"";"";"";"";"";"Anfangssaldo";"EUR";"1,00";"H"\n'
    '"30.11.2020";"";"";"";"";"";"";"";"";"Endsaldo";"EUR";"1,00";"H"\n'
)
DKB = (
    f'\ufeff"Girokonto";"{IBAN}"\n""\n"Kontostand vom 25.11.2026:";"1.234,56 €"\n""\n'
    '"Buchungsdatum";"Wertstellung";"Status";"Zahlungspflichtige*r";"Zahlungsempfänger*in";'
    '"Verwendungszweck";"Umsatztyp";"IBAN";"Betrag (€)";"Gläubiger-ID";"Mandatsreferenz";"Kundenreferenz"\n'
    f'"24.11.26";"24.11.26";"Gebucht";"ACME   GmbH";"Erika";"Re 17";"Eingang";"{OTHER}";"1.000";"";"";"E2E-1"\n'
    '"24.11.26";"";"Vorgemerkt";"Erika";"Shop";"x";"Ausgang";"";"-5,5";"";"";""\n'
    '"23.11.26";"23.11.26";"Gebucht";"Erika";"Shop";"x";"Ausgang";"";"-5,5";"";"";""\n'
)
DKB_OLD = (
    f'"Kontonummer:";"{IBAN} / Girokonto";\n\n"Von:";"01.01.2022";\n'
    '"Kontostand vom 31.12.2022:";"1.234,56 EUR";\n\n'
    '"Buchungstag";"Wertstellung";"Buchungstext";"Auftraggeber / Begünstigter";"Verwendungszweck";'
    '"Kontonummer";"BLZ";"Betrag (EUR)";"Gläubiger-ID";"Mandatsreferenz";"Kundenreferenz";\n'
    f'"30.12.2022";"30.12.2022";"Gutschrift";"ACME";"Re 1";"{OTHER}";"X";"1.234,56";"";"";"";\n'
    '"30.12.2022";"30.12.2022";"Abschluss";"";"Abrechnung 30.12.2022";"";"";"";"";"";"";\n'
)
ING = (
    "Umsatzanzeige;Datei erstellt am: 25.11.2026 12:00\n\nIBAN;DE02 1203 0000 0000 2020 51\n"
    "Kontoname;Girokonto\nBank;ING\nKunde;Erika\nZeitraum;01.01.2026 - 25.11.2026\n"
    "Saldo;1.000,00;EUR\n\nSortierung;Datum absteigend\n\n"
    "In der CSV-Datei finden Sie alle bereits gebuchten Umsätze.\n\n"
    "Buchung;Wertstellungsdatum;Auftraggeber/Empfänger;Buchungstext;;Verwendungszweck;Saldo;Währung;"
    "Betrag;Währung\n"
    "24.11.2026;24.11.2026;ACME;Gutschrift;tag;Re 17;1.000,00;USD;1.234,00;EUR\n"
)
N26 = (
    "Booking Date,Value Date,Partner Name,Partner Iban,Type,Payment Reference,Account Name,Amount (EUR),"
    "Original Amount,Original Currency,Exchange Rate\n,,,,,,,,,,\n"
    f'2026-11-24,2026-11-25,"ACME",{OTHER},Credit Transfer,"Re 2026-0017",Main,1000.00,,,\n'
)
N26_OLD = (
    '"Datum","Empfänger","Kontonummer","Transaktionstyp","Verwendungszweck","Kategorie","Betrag (EUR)",'
    '"Betrag (Fremdwährung)","Fremdwährung","Wechselkurs"\n'
    '"2019-11-24","ACME","","Gutschrift","Re 1","x","-1.5","","",""\n'
)
COMDIRECT = (
    ';\n"Umsätze Girokonto";"Zeitraum: 30 Tage";\n"Neuer Kontostand";"1.234,56 EUR";\n\n'
    '"Buchungstag";"Wertstellung (Valuta)";"Vorgang";"Buchungstext";"Umsatz in EUR";\n'
    '"offen";"--";"Kartenzahlung";"x";"-5,00";\n'
    '"24.11.2026";"24.11.2026";"Übertrag / Überweisung";'
    '"Auftraggeber: ACME GmbH Buchungstext: Re 2026-0017 Ref. ABC/1";"1.226,10";\n'
    '"23.11.2026";"23.11.2026";"Lastschrift / Belastung";'
    f'"Empfänger: HosterKto/IBAN: {OTHER} BLZ/BIC: COBADEFFXXX Buchungstext: Server ";"-10,00";\n'
    '"Alter Kontostand";"100,00 EUR";\n\n'
    '"Umsätze Visa-Karte (Kreditkarte)";"Zeitraum: 30 Tage";\n"Neuer Kontostand";"0,00 EUR";\n\n'
    '"Buchungstag";"Umsatztag";"Vorgang";"Referenz";"Buchungstext";"Umsatz in EUR";\n'
    '"22.11.2026";"21.11.2026";"Visa";"123";"Laden";"-3,00";\n'
)
_WRAPPED = (
    "ACME Gesellschaft Berlin Rechnung RG-Nr. 2026-0017 End-to-End-Ref.: ABC123 Kundenreferenz: 5"
)
COMMERZBANK = (
    "\ufeffBuchungstag;Wertstellung;Umsatzart;Buchungstext;Betrag;Währung;IBAN Kontoinhaber;Kategorie\r\n"
    "24.11.2026;24.11.2026;Gutschrift;"
    + " ".join(_WRAPPED[n : n + 35] for n in range(0, len(_WRAPPED), 35))
    + f";-10,7;EUR;{IBAN};x\r\n24.11.2026;24.11.2026;Info;Neue AGB;0;EUR;{IBAN};x\r\n"
)
POSTBANK = (
    f"\ufeffUmsätze;;;;\nKonto;Filial-/Kontonummer;IBAN;Währung\nGirokonto;123;{IBAN};EUR\n"
    "1.11.2026 - 25.11.2026\nLetzter Kontostand;;;;5000;EUR\nVorgemerkte Umsätze fehlen.\n\n"
    "Buchungstag;Wert;Umsatzart;Begünstigter / Auftraggeber;Verwendungszweck;IBAN / Kontonummer;BIC;"
    "Kundenreferenz;Mandatsreferenz;Gläubiger ID;Fremde Gebühren;Betrag;Abweichender Empfänger;"
    "Anzahl der Aufträge;Anzahl der Schecks;Soll;Haben;Währung\n"
    f"2.1.2026;2.1.2026;SEPA Lastschrift;Deutsche Allgemeine Versicherungs-G esellschaft;V1;{OTHER};B;K;M;G;;"
    "-10,5;;;;-10,5;;EUR\n"
    f"3.1.2026;3.1.2026;SEPA Überweisung;ACME;Re 1;{OTHER};B;K;M;G;;;;;;;200;EUR\n"
    "Kontostand;2.1.2026;;;-500,5;EUR\n"
)
# Of no bank that is known: sides, states, balances, days in words.
UNKNOWN = (
    f"Währung;EUR\nIBAN;{IBAN}\n\n"
    "Buchungs-Datum;Status;Richtung;Betrag;Saldo;Partner Name;Partner IBAN;Zweck 1;Zweck 2\n"
    f'28. Nov. 2026;gebucht;Outgoing;"1.000,50";"99,50";ACME;{OTHER};Re;1\n'
    f'"Sa, 28. Nov. 2026";gebucht;Incoming;"5,00";"104,50";ACME;{OTHER};Re;2\n'
    f'28. Nov. 2026;vorgemerkt;Incoming;="5,00";"104,50";ACME;{OTHER};Re;3\n'
)
MT940 = (
    ":20:STARTUMS\r\n:25:12030000/0000202051\r\n:28C:1/1\r\n:60F:C261123EUR100,00\r\n"
    ":61:2611241124CR595,00N060NONREF//BANK\r\n"
    ":86:166?00GUTSCHRIFT?10931?20EREF+ABC-1?21SVWZ+Rechnung 2026-00?2217 vielen \r\nDank"
    f"?30COBADEFFXXX?31{OTHER}?32ACME ?33GmbH\r\n"
    ":61:2601021231RC10,N060NONREF\r\n:86:109?00RUECKLASTSCHRIFT?20SVWZ+abc?34914\r\n"
    ":62F:C261124EUR685,00\r\n-\r\n"
)


def camt(
    *entries: str, version: str = "053.001.08", balances: tuple[str, str] | None = None
) -> bytes:
    """A document of one statement around its entries."""
    kind, inner = ("BkToCstmrStmt", "Stmt") if version[:3] == "053" else ("BkToCstmrAcctRpt", "Rpt")
    told = "".join(
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="EUR">{amount.lstrip("-")}</Amt>'
        f"<CdtDbtInd>{'DBIT' if amount[0] == '-' else 'CRDT'}</CdtDbtInd><Dt><Dt>2026-11-01</Dt></Dt></Bal>"
        for code, amount in zip(("OPBD", "CLBD"), balances or (), strict=bool(balances))
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{version}">'
        f"<{kind}><GrpHdr><MsgId>M</MsgId><CreDtTm>2026-11-25T06:00:00</CreDtTm></GrpHdr><{inner}><Id>1</Id>"
        f"<CreDtTm>2026-11-25T06:00:00</CreDtTm><Acct><Id><IBAN>{IBAN}</IBAN></Id></Acct>{told}"
        f"{''.join(entries)}</{inner}></{kind}></Document>"
    ).encode()


def entry(
    amount: str,
    text: str = "",
    *,
    name: str = "ACME GmbH",
    day: str = "2026-11-24",
    v08: bool = True,
    more: str = "",
    reference: str = "NOTPROVIDED",
    state: str = "BOOK",
    details: str | None = None,
) -> str:
    """An entry; `amount` with a minus is a debit, `text` may hold `|` between pieces of the purpose."""
    credit = amount[0] != "-"
    side = "Dbtr" if credit else "Cdtr"
    party = f"<Pty><Nm>{name}</Nm></Pty>" if v08 else f"<Nm>{name}</Nm>"
    pieces = "".join(f"<Ustrd>{piece}</Ustrd>" for piece in text.split("|") if piece)
    if details is None:
        details = (
            f"<TxDtls><Refs><EndToEndId>{reference}</EndToEndId></Refs><RltdPties><{side}>{party}</{side}>"
            f"<{side}Acct><Id><IBAN>{OTHER}</IBAN></Id></{side}Acct></RltdPties>"
            f"<RmtInf>{pieces}</RmtInf>{more}</TxDtls>"
        )
    return (
        f'<Ntry><Amt Ccy="EUR">{amount.lstrip("-")}</Amt><CdtDbtInd>{"CRDT" if credit else "DBIT"}</CdtDbtInd>'
        f"<Sts>{f'<Cd>{state}</Cd>' if v08 else state}</Sts><BookgDt><Dt>{day}</Dt></BookgDt>"
        f"<ValDt><Dt>{day}</Dt></ValDt><NtryDtls>{details}</NtryDtls></Ntry>"
    )


def part(amount: str, text: str, name: str, *, v08: bool = True) -> str:
    """One transfer of a batch."""
    told = (
        f'<Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
        if v08
        else f'<AmtDtls><TxAmt><Amt Ccy="EUR">{amount}</Amt></TxAmt></AmtDtls>'
    )
    party = f"<Pty><Nm>{name}</Nm></Pty>" if v08 else f"<Nm>{name}</Nm>"
    return (
        f"<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>{told}<RltdPties><Dbtr>{party}</Dbtr>"
        f"</RltdPties><RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls>"
    )
