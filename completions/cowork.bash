# Completion of cowork for bash. Made by tools/generate.py: change that, not this file.
# Only for names of your own is a program started, `cowork _names`; the rest stands here.

_cowork_verbs() {
    case "$1" in
    '') words='space place plan membership compare event tour desk booking standing absence address contract post client project people job team survey feedback profile track day trial report quote invoice expense bank books account provider config data completion init status deadlines demo undo redo history prompt mcp help search book start stop' ;;
    'space') words='search sync show map visit compare add edit remove import export' ;;
    'place') words='find update' ;;
    'plan') words='list add edit remove optimise' ;;
    'membership') words='list add edit use remove' ;;
    'compare') words='lease' ;;
    'event') words='list add edit remove import' ;;
    'tour') words='plan' ;;
    'desk') words='list add edit remove free' ;;
    'booking') words='add list show move cancel sync checkin watch calendar export mail confirm' ;;
    'standing') words='add list show edit remove pause resume run install' ;;
    'absence') words='add list edit remove' ;;
    'address') words='plans register add list show edit end cancel remove check onboard imprint move' ;;
    'contract') words='add list due show letter cancel edit remove' ;;
    'post') words='add list due show done edit remove' ;;
    'client') words='add edit list show archive import' ;;
    'project') words='add edit list show archive' ;;
    'people') words='add show find edit log remove forget intro import export' ;;
    'job') words='open hours list show settle close' ;;
    'team') words='add edit remove list sheet' ;;
    'survey') words='export' ;;
    'feedback') words='add mail edit list remove' ;;
    'profile') words='text' ;;
    'track') words='start stop cancel resume status add list remove gaps edit split join import export' ;;
    'day') words='log show edit list remove reminder place places month book' ;;
    'trial') words='start stop list' ;;
    'report') words='hours unbilled budget vat profit zm clients asset days places origin' ;;
    'quote') words='add line edit list show discard send accept decline export' ;;
    'invoice') words='draft line prepaid rate show list discard issue cancel export pay verify remind mail plan' ;;
    'expense') words='add list show edit remove' ;;
    'bank') words='import match list show ignore unmatch' ;;
    'books') words='export' ;;
    'account') words='list show add edit remove check login logout' ;;
    'provider') words='list' ;;
    'config') words='get set unset list path' ;;
    'data') words='path status move grant owner backup restore export import verify outbox settle' ;;
    'completion') words='show install' ;;
    'invoice plan') words='add list show edit remove run' ;;
    esac
}

_cowork_long() {
    case "$1" in
    'search') path='space search' ;;
    'book') path='booking add' ;;
    'start') path='track start' ;;
    'stop') path='track stop' ;;
    esac
}

_cowork_list() {
    case "$1" in
    'talk') words='asked gave introduced lead order advice' ;;
    'people-format') words='vcard csv json' ;;
    'split') words='hours fixed percent' ;;
    'feedback-state') words='noted written answered done' ;;
    'survey') words='region' ;;
    'survey-mode') words='foot bike e-bike car bus tram train mixed' ;;
    'length') words='short long' ;;
    'quote-state') words='draft sent accepted declined expired' ;;
    'quote-choice') words='optional alternative none' ;;
    'quote-format') words='pdf html json' ;;
    'invoice-every') words='month quarter year' ;;
    'form') words='table plain json csv' ;;
    'recent-day') words='today yesterday' ;;
    'log-place') words='home travel' ;;
    'log-kind') words='home space client meeting travel' ;;
    'way-mode') words='walk bike e-bike car car-alone motorbike bus tram metro regional train coach' ;;
    'other-workplace') words='yes no unclear' ;;
    'yes-no-unknown') words='yes no unknown' ;;
    'day-figure') words='home ways-a ways-b meals' ;;
    'shell') words='bash zsh fish powershell' ;;
    'topic') words='json columns exit-codes environment times providers words' ;;
    'setting') words='timezone land holidays.parish hours.week hours.day_boundary day.late day.alone seller.name seller.company seller.street seller.postcode seller.city seller.country seller.email seller.phone seller.tax_number seller.vat_id seller.iban seller.bic seller.small_business seller.address invoice.number_format invoice.terms invoice.language invoice.logo invoice.footer invoice.font invoice.timesheet quote.number_format quote.next quote.valid mail.command mail.smtp mail.password_command tax.basis tax.filing tax.extension datev.consultant datev.client datev.chart profile.founded profile.person profile.kind profile.artists_insurance profile.staff profile.car profile.web contact gazetteer.url output store.url store.password_command' ;;
    'provider') words='local coworkingview osm openfairdb cobot nexudus librebooking seatsurfing officernd anny caldav ical' ;;
    'account') words='local coworkingview osm openfairdb' ;;
    'report-key') words='day project client tag place person' ;;
    'group') words='project day entry tag' ;;
    'space-kind') words='day flex fixed office room booth virtual event' ;;
    'desk-kind') words='desk room booth office' ;;
    'plan-kind') words='hour half-day day bundle week month permanent virtual' ;;
    'plan-period') words='calendar rolling' ;;
    'counts-from') words='purchase first-use' ;;
    'yes-no') words='yes no unknown' ;;
    'price-tax') words='net gross' ;;
    'included') words='days prints guests room credits' ;;
    'event-kind') words='event trial-day open-day' ;;
    'mode') words='foot bike transit car' ;;
    'noise') words='silent quiet lively loud' ;;
    'grade') words='good fair poor' ;;
    'sockets') words='every-desk some none' ;;
    'amenity') words='wifi printer kitchen booth step-free childcare parking bike shower locker screen coffee dogs' ;;
    'client-type') words='business public private' ;;
    'tax') words='standard reduced reverse-charge outside-eu small-business exempt' ;;
    'language') words='de en' ;;
    'per') words='hour day month' ;;
    'sort') words='distance price name' ;;
    'land') words='BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH' ;;
    'country') words='AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW' ;;
    'booking-state') words='asked requested pending confirmed cancelled refused unknown' ;;
    'unit') words='hour day piece month flat' ;;
    'vat') words='19 7 0' ;;
    'level') words='1 2 3' ;;
    'invoice-format') words='pdf xrechnung cii html json' ;;
    'space-format') words='geojson csv json' ;;
    'basis') words='issued paid' ;;
    'vat-basis') words='issued performed paid' ;;
    'write-off') words='at-once pool linear declining' ;;
    'books-format') words='folder datev hledger beancount' ;;
    'bank-format') words='camt mt940 csv' ;;
    'category') words='subcontractors low-value-assets rent phone travel-costs training advice leasing fees it material advertising other gifts meals meal-allowances home-days transport mileage vat' ;;
    'renews') words='none same month' ;;
    'use') words='imprint invoice trade register lawsuit tax bank google vat-id' ;;
    'dossier') words='identity home standing owners mandate names sign e-mail sepa identified' ;;
    'imprint-format') words='text html md' ;;
    'move-row') words='M1 M2 M3 M4 M5 M6 M7 M8 M9 M10 M11 M12 M13 M14 M15 M16 M17 M18 M19 M20 M21 M22' ;;
    'address-state') words='requested checking active' ;;
    'notice-form') words='text written portal' ;;
    'contract-per') words='hour half-day day week month year once' ;;
    'post-kind') words='letter tax-assessment decision court-order default-judgment fine penal-order invoice other' ;;
    'post-state') words='expected received notified scan_requested triaged forward_requested pickup_ready destroy_requested refused returned' ;;
    'post-done') words='scanned forwarded collected archived destroyed' ;;
    'deadline-done') words='met waived' ;;
    'parish') words='catholic augsburg other' ;;
    'fallback') words='any' ;;
    'any-country') words='AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW' ;;
    'currency') words='AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG' ;;
    'day') words='today tomorrow yesterday mon tue wed thu fri sat sun' ;;
    'weekdays') words='mon-fri mon tue wed thu fri sat sun' ;;
    'import-format') words='watson timewarrior toggl clockify csv json kimai klog timetrap hamster org timeclock' ;;
    'export-format') words='csv json timewarrior timeclock klog ical' ;;
    'clock-change') words='first second' ;;
    'noun') words='space place plan membership compare event tour desk booking standing absence address contract post client project people job team survey feedback profile track day trial report quote invoice expense bank books account provider config data completion' ;;
    'euro') words='EUR' ;;
    esac
}

_cowork_verb() {
    case "$1" in
    'space search')
        options='--sort:=sort --limit:. --refresh:- --near:@place --radius:. --kind:=space-kind --amenity:=amenity --open-on:=day --at:. --max-price:. --per:=per --account:=account+@account --offline:-'
        arguments='@space,place*'
        ;;
    'space sync')
        options='--near:@place --radius:. --account:=account+@account --refresh:-'
        arguments=''
        ;;
    'space show')
        options='--from:@place --offline:- --refresh:-'
        arguments='@space'
        ;;
    'space map')
        options='--limit:. --tiles:. --out:f --force:- --near:@place --radius:. --kind:=space-kind --amenity:=amenity --open-on:=day --at:. --max-price:. --per:=per --account:=account+@account --offline:-'
        arguments='@space,place*'
        ;;
    'space visit')
        options='--set:. --remove:- -n:- --dry-run:- --date:. --down:. --up:. --noise:=noise --booths:. --booth-rules:. --chair:=grade --sockets:=sockets --daylight:=grade --answer:. --note:.'
        arguments='@space,visit'
        ;;
    'space compare')
        options='--from:@place --offline:- --refresh:-'
        arguments='@space*'
        ;;
    'space add')
        options='--street:. --postcode:. --city:. --country:=any-country --lat:. --lon:. --email:. --phone:. --website:. --hours:. --kind:=space-kind --amenity:=amenity --price:. --timezone:. --note:.'
        arguments='.'
        ;;
    'space edit')
        options='--name:. --remove-note:. --street:. --postcode:. --city:. --country:=any-country --lat:. --lon:. --email:. --phone:. --website:. --hours:. --kind:=space-kind --amenity:=amenity --price:. --timezone:. --note:.'
        arguments='@space'
        ;;
    'space remove')
        options='-n:- --dry-run:-'
        arguments='@space'
        ;;
    'space import')
        options='--amenity:=amenity -n:- --dry-run:-'
        arguments='f'
        ;;
    'space export')
        options='--format:=space-format --out:f --force:-'
        arguments=''
        ;;
    'place find')
        options='--online:-'
        arguments='@place*'
        ;;
    'place update')
        options='--file:f'
        arguments='=country'
        ;;
    'plan list')
        options='--kind:=plan-kind'
        arguments='@space'
        ;;
    'plan add')
        options='--extra:. --kind:=plan-kind --price:. --count:. --days:. --expires:. --valid:. --setup-fee:. --deposit:. --min-term:. --notice:. --valid-from:. --source:. --note:. --quota:. --period:=plan-period --counts-from:=counts-from --weekdays:. --open-hours:. --hours:. --excludes-holidays:=yes-no --stackable:=yes-no --max-active:. --seat:=yes-no --room-credit:. --day-credits:. --team-only:=yes-no --valid-until:.'
        arguments='@space .'
        ;;
    'plan edit')
        options='--name:. --extra:. --kind:=plan-kind --price:. --count:. --days:. --expires:. --valid:. --setup-fee:. --deposit:. --min-term:. --notice:. --valid-from:. --source:. --note:. --quota:. --period:=plan-period --counts-from:=counts-from --weekdays:. --open-hours:. --hours:. --excludes-holidays:=yes-no --stackable:=yes-no --max-active:. --seat:=yes-no --room-credit:. --day-credits:. --team-only:=yes-no --valid-until:.'
        arguments='@plan'
        ;;
    'plan remove')
        options='-n:- --dry-run:-'
        arguments='@plan'
        ;;
    'plan optimise')
        options='--days:. --dates:. --from-log:. --start:. --horizon:. --skip-holidays:- --way:. --room:. --room-price:. --paid:@people --tax:=price-tax --vat-rate:. --team:-'
        arguments='@space*'
        ;;
    'membership list')
        options=''
        arguments='@space'
        ;;
    'membership add')
        options='--includes:. --starts:. --ends:. --plan:@plan --contract:@contract --note:.'
        arguments='@space .'
        ;;
    'membership edit')
        options='--name:. --includes:. --starts:. --ends:. --plan:@plan --contract:@contract --note:.'
        arguments='@membership'
        ;;
    'membership use')
        options='--on:=day --note:.'
        arguments='@membership =included .'
        ;;
    'membership remove')
        options='-n:- --dry-run:-'
        arguments='@membership'
        ;;
    'compare lease')
        options='--rent:. --days:. --term:. --notice:. --running:. --fit-out:. --fee:. --deposit:. --exit-cost:. --months:. --tax:=price-tax'
        arguments='@space*'
        ;;
    'event list')
        options='--near:@place --radius:. --past:- --in:. --from:. --to:. --today:- --week:- --month:- --quarter:- --year:- --last-week:- --last-month:- --last-quarter:- --last-year:-'
        arguments=''
        ;;
    'event add')
        options='--from:. --to:. --kind:=event-kind --on:=day --space:@space --location:. --decide-by:. --decided:. --url:. --note:.'
        arguments='.'
        ;;
    'event edit')
        options='--name:. --from:. --to:. --kind:=event-kind --on:=day --space:@space --location:. --decide-by:. --decided:. --url:. --note:.'
        arguments='@event'
        ;;
    'event remove')
        options='-n:- --dry-run:-'
        arguments='@event'
        ;;
    'event import')
        options='-n:- --dry-run:-'
        arguments='f'
        ;;
    'tour plan')
        options='--on:=day --from:. --to:. --stay:. --mode:=mode --start:@place --out:f --force:-'
        arguments='@space*'
        ;;
    'desk list')
        options='--kind:=desk-kind'
        arguments='@space'
        ;;
    'desk add')
        options='--kind:=desk-kind --units:. --capacity:. --price:.'
        arguments='@space .'
        ;;
    'desk edit')
        options='--name:. --kind:=desk-kind --units:. --capacity:. --price:.'
        arguments='@desk'
        ;;
    'desk remove')
        options='-n:- --dry-run:-'
        arguments='@desk'
        ;;
    'desk free')
        options='--near:@place --on:=day --from:. --to:. --capacity:. --kind:=desk-kind'
        arguments='@space,desk*'
        ;;
    'booking add')
        options='--on:=day --every:=weekdays --until:=day --skip-holidays:=land -n:- --dry-run:- --from:. --to:. --all-day:- --fallback:=fallback --title:. --project:@project --for:. --max-price:. --key:.'
        arguments='@desk*'
        ;;
    'booking list')
        options='--account:=account+@account --state:=booking-state --past:- --person:@person --in:. --from:. --to:. --today:- --week:- --month:- --quarter:- --year:- --last-week:- --last-month:- --last-quarter:- --last-year:-'
        arguments=''
        ;;
    'booking show')
        options=''
        arguments='@booking'
        ;;
    'booking move')
        options='--on:=day --from:. --to:. --desk:@desk --on-dates:. --max-price:. -n:- --dry-run:-'
        arguments='@booking'
        ;;
    'booking cancel')
        options='--on:=day -n:- --dry-run:-'
        arguments='@booking*'
        ;;
    'booking sync')
        options='--account:=account+@account'
        arguments=''
        ;;
    'booking checkin')
        options='-n:- --dry-run:-'
        arguments='@booking'
        ;;
    'booking watch')
        options='--on:=day --for-at-most:. --exec:. -n:- --dry-run:- --from:. --to:. --all-day:- --fallback:=fallback --title:. --project:@project --for:. --max-price:. --key:.'
        arguments='@desk*'
        ;;
    'booking calendar')
        options='--in:. --from:. --to:. --today:- --week:- --month:- --quarter:- --year:- --last-week:- --last-month:- --last-quarter:- --last-year:-'
        arguments=''
        ;;
    'booking export')
        options='--past:- --out:f --force:- --in:. --from:. --to:. --today:- --week:- --month:- --quarter:- --year:- --last-week:- --last-month:- --last-quarter:- --last-year:-'
        arguments=''
        ;;
    'booking mail')
        options='--to:. --language:=language --out:f --force:- -n:- --dry-run:-'
        arguments='@booking'
        ;;
    'booking confirm')
        options='--from:f'
        arguments='@booking'
        ;;
    'standing add')
        options='--every:=weekdays --ahead:. --from:. --to:. --opens:. --skip-holidays:=land --fallback:=fallback --max-price:. -n:- --dry-run:-'
        arguments='. @desk*'
        ;;
    'standing list')
        options=''
        arguments=''
        ;;
    'standing show')
        options=''
        arguments='@standing'
        ;;
    'standing edit')
        options='--rename:. --max-price:. --skip-holidays:=land --fallback:=fallback -n:- --dry-run:-'
        arguments='@standing'
        ;;
    'standing remove')
        options=''
        arguments='@standing'
        ;;
    'standing pause')
        options=''
        arguments='@standing'
        ;;
    'standing resume')
        options=''
        arguments='@standing'
        ;;
    'standing run')
        options='--now:- -n:- --dry-run:-'
        arguments=''
        ;;
    'standing install')
        options='--systemd:- --remove:- -n:- --dry-run:-'
        arguments=''
        ;;
    'absence add')
        options='--text:.'
        arguments='.'
        ;;
    'absence list')
        options=''
        arguments=''
        ;;
    'absence edit')
        options='--days:. --text:.'
        arguments='@absence'
        ;;
    'absence remove')
        options=''
        arguments='@absence'
        ;;
    'address plans')
        options='--near:@place --radius:. --account:=account+@account'
        arguments=''
        ;;
    'address register')
        options='--name:. --company:. --starts:. --extra:. --accept-terms:- --max-price:. --recipient:. --mail:. --lang:=language --out:f --force:- --open:- -n:- --dry-run:-'
        arguments='@plan'
        ;;
    'address add')
        options='--space:@space --recipient:. --street:. --postcode:. --city:. --country:=any-country --provider:=provider --plan:@plan --starts:. --price:.'
        arguments='.'
        ;;
    'address list')
        options=''
        arguments=''
        ;;
    'address show')
        options=''
        arguments='@address'
        ;;
    'address edit')
        options='--name:. --recipient:. --state:=address-state --street:. --postcode:. --city:. --country:=any-country --provider:=provider --plan:@plan --starts:. --price:.'
        arguments='@address'
        ;;
    'address end')
        options='--on:=day -n:- --dry-run:-'
        arguments='@address'
        ;;
    'address cancel')
        options='--sent:. -n:- --dry-run:-'
        arguments='@address'
        ;;
    'address remove')
        options='-n:- --dry-run:-'
        arguments='@address'
        ;;
    'address check')
        options='--use:=use --set:. --clause:. --evidence:.'
        arguments='@address'
        ;;
    'address onboard')
        options='--done:=dossier --on:=day --until:=day --note:.'
        arguments='@address'
        ;;
    'address imprint')
        options='--format:=imprint-format --lang:=language --out:f --force:-'
        arguments='@address'
        ;;
    'address move')
        options='--from:@address --to:@address --on:=day --home-too:- --status:- --done:=move-row --proof:. --letter:=move-row --recipient:. --mail:. --lang:=language --out:f --force:- --open:- -n:- --dry-run:-'
        arguments=''
        ;;
    'contract add')
        options='--address:@address --space:@space --starts:. --price:. --per:=contract-per --notice:. --min-term:. --renews:=renews --tail:. --form:=notice-form --deposit:. --note:.'
        arguments='.'
        ;;
    'contract list')
        options=''
        arguments=''
        ;;
    'contract due')
        options='--within:. --out:f --force:-'
        arguments=''
        ;;
    'contract show')
        options=''
        arguments='@contract'
        ;;
    'contract letter')
        options='--lang:=language --recipient:. --to:. --out:f --force:- --open:-'
        arguments='@contract'
        ;;
    'contract cancel')
        options='--sent:. --ends:. -n:- --dry-run:-'
        arguments='@contract'
        ;;
    'contract edit')
        options='--name:. --address:@address --space:@space --starts:. --price:. --per:=contract-per --notice:. --min-term:. --renews:=renews --tail:. --form:=notice-form --deposit:. --note:.'
        arguments='@contract'
        ;;
    'contract remove')
        options='-n:- --dry-run:-'
        arguments='@contract'
        ;;
    'post add')
        options='--kind:=post-kind --sender:. --posted:. --received:. --land:=land --parish:=parish --address:@address --deadline:. --note:.'
        arguments=''
        ;;
    'post list')
        options=''
        arguments=''
        ;;
    'post due')
        options='--within:. --out:f --force:-'
        arguments=''
        ;;
    'post show')
        options=''
        arguments='@post'
        ;;
    'post done')
        options='--as:=post-done --deadline:=deadline-done --on:=day --force:-'
        arguments='@post'
        ;;
    'post edit')
        options='--state:=post-state --kind:=post-kind --sender:. --posted:. --received:. --land:=land --parish:=parish --address:@address --deadline:. --note:.'
        arguments='@post'
        ;;
    'post remove')
        options='-n:- --dry-run:-'
        arguments='@post'
        ;;
    'client add')
        options='--name:. --type:=client-type --street:. --postcode:. --city:. --country:=any-country --email:. --vat-id:. --leitweg-id:. --buyer-reference:. --language:=language --rate:. --currency:=currency --tax:=tax --exempt-reason:. --terms:. --skonto:. --rounding:. --travel-factor:. --note:.'
        arguments='.'
        ;;
    'client edit')
        options='--from:. --rename:. --name:. --type:=client-type --street:. --postcode:. --city:. --country:=any-country --email:. --vat-id:. --leitweg-id:. --buyer-reference:. --language:=language --rate:. --currency:=currency --tax:=tax --exempt-reason:. --terms:. --skonto:. --rounding:. --travel-factor:. --note:.'
        arguments='@client'
        ;;
    'client list')
        options='--all:-'
        arguments=''
        ;;
    'client show')
        options=''
        arguments='@client'
        ;;
    'client archive')
        options='--undo:-'
        arguments='@client'
        ;;
    'client import')
        options='-n:- --dry-run:-'
        arguments='f'
        ;;
    'project add')
        options='--name:. --rate:. --day-rate:. --hours-per-day:. --half-day-from:. --budget:. --rounding:. --note:. --billable:- --non-billable:-'
        arguments='@client'
        ;;
    'project edit')
        options='--from:. --rename:. --name:. --rate:. --day-rate:. --hours-per-day:. --half-day-from:. --budget:. --rounding:. --note:. --billable:- --non-billable:-'
        arguments='@project'
        ;;
    'project list')
        options='--client:@client --all:-'
        arguments=''
        ;;
    'project show')
        options=''
        arguments='@project'
        ;;
    'project archive')
        options='--undo:-'
        arguments='@project'
        ;;
    'people add')
        options='--company:. --trade:. --skill:. --email:. --phone:. --web:. --street:. --postcode:. --city:. --country:=any-country --language:=language --met-on:. --met-at:. --purpose:. --client:@client --note:.'
        arguments='.'
        ;;
    'people show')
        options=''
        arguments='@people'
        ;;
    'people find')
        options='--skill:. --trade:. --met-at:. --client:@client'
        arguments='.*'
        ;;
    'people edit')
        options='--name:. --company:. --trade:. --skill:. --email:. --phone:. --web:. --street:. --postcode:. --city:. --country:=any-country --language:=language --met-on:. --met-at:. --purpose:. --client:@client --note:.'
        arguments='@people'
        ;;
    'people log')
        options='--on:=day --to:@people --client:@client --project:@project --remove:-'
        arguments='@people =talk .'
        ;;
    'people remove')
        options='-n:- --dry-run:-'
        arguments='@people'
        ;;
    'people forget')
        options='--keep-client:- -n:- --dry-run:-'
        arguments='@people'
        ;;
    'people intro')
        options='--text:. --language:=language --out:f --force:-'
        arguments='@people @people'
        ;;
    'people import')
        options='--met-at:. --met-on:. --purpose:. --skip-bad:- -n:- --dry-run:-'
        arguments='f'
        ;;
    'people export')
        options='--format:=people-format --out:f --force:-'
        arguments='@people*'
        ;;
    'job open')
        options='--client:@client --with:. --split:=split --project:@project --total:. --lead:@people --from:.'
        arguments='.'
        ;;
    'job hours')
        options='--from:@people --format:=import-format --map:. --project:@project --skip-bad:- -n:- --dry-run:-'
        arguments='@job f'
        ;;
    'job list')
        options='--all:-'
        arguments=''
        ;;
    'job show')
        options=''
        arguments='@job'
        ;;
    'job settle')
        options='--amount:. --received:f --from:@people --paid:@people --language:=language --out:f --force:- -n:- --dry-run:-'
        arguments='@job'
        ;;
    'job close')
        options='--force:-'
        arguments='@job'
        ;;
    'team add')
        options='--cap:. --cost-centre:. --person:@people'
        arguments='.'
        ;;
    'team edit')
        options='--cap:. --cost-centre:. --person:@people'
        arguments='@team'
        ;;
    'team remove')
        options=''
        arguments='@team'
        ;;
    'team list')
        options=''
        arguments=''
        ;;
    'team sheet')
        options='--member:@team --language:=language --out:f --force:- --in:. --from:. --to:. --today:- --week:- --month:- --quarter:- --year:- --last-week:- --last-month:- --last-quarter:- --last-year:-'
        arguments=''
        ;;
    'survey export')
        options='--template:=survey --km:. --mode:=survey-mode --days:. --childcare:- --no-childcare:- --language:=language --to:. --out:f --force:-'
        arguments=''
        ;;
    'feedback add')
        options='--to:. --language:=language --out:f --force:-'
        arguments='@space .'
        ;;
    'feedback mail')
        options='--to:. --language:=language --out:f --force:-'
        arguments='@feedback'
        ;;
    'feedback edit')
        options='--state:=feedback-state --answer:.'
        arguments='@feedback'
        ;;
    'feedback list')
        options='--open:-'
        arguments=''
        ;;
    'feedback remove')
        options=''
        arguments='@feedback'
        ;;
    'profile text')
        options='--lang:=language --length:=length --out:f --force:-'
        arguments=''
        ;;
    'track start')
        options='--at:. --tag:@tag --place:@workplace'
        arguments='@project .'
        ;;
    'track stop')
        options='--at:. --note:.'
        arguments=''
        ;;
    'track cancel')
        options=''
        arguments=''
        ;;
    'track resume')
        options=''
        arguments='@entry'
        ;;
    'track status')
        options=''
        arguments=''
        ;;
    'track add')
        options='--from:. --to:. --for:. --on:=day --tag:@tag --place:@workplace --billable:- --non-billable:- --adjust:-'
        arguments='@project .*'
        ;;
    'track list')
        options='--project:@project --client:@client --tag:@tag --unbilled:- --person:@person --in:. --from:. --to:. --today:- --week:- --month:- --quarter:- --year:- --last-week:- --last-month:- --last-quarter:- --last-year:-'
        arguments=''
        ;;
    'track remove')
        options='-n:- --dry-run:-'
        arguments='@entry'
        ;;
    'track gaps')
        options='--calendar:- --in:. --from:. --to:. --today:- --week:- --month:- --quarter:- --year:- --last-week:- --last-month:- --last-quarter:- --last-year:-'
        arguments=''
        ;;
    'track edit')
        options='--from:. --to:. --on:=day --project:@project --note:. --tag:@tag --no-tag:@tag --place:@workplace --billable:- --non-billable:- --adjust:-'
        arguments='@entry*'
        ;;
    'track split')
        options='--at:.'
        arguments='@entry'
        ;;
    'track join')
        options=''
        arguments='@entry @entry'
        ;;
    'track import')
        options='--format:=import-format --map:. --client:@client --skip-bad:- --adjust:- --start:. --clock-change:=clock-change --person:. -n:- --dry-run:-'
        arguments='f'
        ;;
    'track export')
        options='--format:=export-format --out:f --force:- --person:@person --in:. --from:. --to:. --today:- --week:- --month:- --quarter:- --year:- --last-week:- --last-month:- --last-quarter:- --last-year:-'
        arguments=''
        ;;
    'day log')
        options='--in:. -n:- --dry-run:- --at:=log-place+@space --away:. --mode:=way-mode --km:. --minutes:. --fare:. --driven:. --purpose:. --note:. --no-work:-'
        arguments='=recent-day'
        ;;
    'day show')
        options='--person:@person'
        arguments='=recent-day'
        ;;
    'day edit')
        options='-n:- --dry-run:- --at:=log-place+@space --away:. --mode:=way-mode --km:. --minutes:. --fare:. --driven:. --purpose:. --note:. --no-work:-'
        arguments='=recent-day'
        ;;
    'day list')
        options='--place:. --person:@person --in:. --from:. --to:. --today:- --week:- --month:- --quarter:- --year:- --last-week:- --last-month:- --last-quarter:- --last-year:-'
        arguments=''
        ;;
    'day remove')
        options='-n:- --dry-run:-'
        arguments='=recent-day'
        ;;
    'day reminder')
        options='--back:. --exit-code:-'
        arguments=''
        ;;
    'day place')
        options='--remove:- --kind:=log-kind --km:. --minutes:. --mode:=way-mode --fare:. --country:=any-country --first-place:=yes-no-unknown --from:. --lasting:=yes-no-unknown --instead-of:=log-place+@space'
        arguments='=log-place+@space'
        ;;
    'day places')
        options=''
        arguments=''
        ;;
    'day month')
        options='--other-workplace:=other-workplace'
        arguments='.'
        ;;
    'day book')
        options='-n:- --dry-run:- --in:. --from:. --to:. --today:- --week:- --month:- --quarter:- --year:- --last-week:- --last-month:- --last-quarter:- --last-year:-'
        arguments='=day-figure'
        ;;
    'trial start')
        options='--on:=day --place:. --note:.'
        arguments='.'
        ;;
    'trial stop')
        options='--on:=day'
        arguments='.'
        ;;
    'trial list')
        options=''
        arguments=''
        ;;
    'report hours')
        options='--by:=report-key --client:@client --project:@project --person:@person --calendar:- --out:f --lang:=language --force:- --in:. --from:. --to:. --today:- --week:- --month:- --quarter:- --year:- --last-week:- --last-month:- --last-quarter:- --last-year:-'
        arguments=''
        ;;
    'report unbilled')
        options='--person:@person'
        arguments=''
        ;;
    'report budget')
        options='--person:@person'
        arguments=''
        ;;
    'report vat')
        options='--basis:=vat-basis --out:f --force:- --in:. --from:. --to:. --today:- --week:- --month:- --quarter:- --year:- --last-week:- --last-month:- --last-quarter:- --last-year:-'
        arguments=''
        ;;
    'report profit')
        options='--in:.'
        arguments=''
        ;;
    'report zm')
        options='--out:f --force:- --in:. --from:. --to:. --today:- --week:- --month:- --quarter:- --year:- --last-week:- --last-month:- --last-quarter:- --last-year:-'
        arguments=''
        ;;
    'report clients')
        options='--by:=report-key --basis:=basis --in:. --from:. --to:. --today:- --week:- --month:- --quarter:- --year:- --last-week:- --last-month:- --last-quarter:- --last-year:-'
        arguments=''
        ;;
    'report asset')
        options='--bought:. --years:. --method:=write-off'
        arguments='.*'
        ;;
    'report days')
        options='--out:f --lang:=language --force:- --person:@person --in:. --from:. --to:. --today:- --week:- --month:- --quarter:- --year:- --last-week:- --last-month:- --last-quarter:- --last-year:-'
        arguments=''
        ;;
    'report places')
        options='--in:. --from:. --to:. --today:- --week:- --month:- --quarter:- --year:- --last-week:- --last-month:- --last-quarter:- --last-year:-'
        arguments=''
        ;;
    'report origin')
        options='--in:. --from:. --to:. --today:- --week:- --month:- --quarter:- --year:- --last-week:- --last-month:- --last-quarter:- --last-year:-'
        arguments=''
        ;;
    'quote add')
        options='--valid:. --project:@project --title:. --note:. --order-ref:. --line:. --price:. --qty:. --unit:=unit --vat:=vat --discount:. --choice:=quote-choice'
        arguments='@client'
        ;;
    'quote line')
        options='--choice:=quote-choice --line:. --text:. --qty:. --unit:=unit --price:. --vat:=vat --discount:. --remove:-'
        arguments='@quote'
        ;;
    'quote edit')
        options='--valid:. --project:@project --title:. --note:. --order-ref:.'
        arguments='@quote'
        ;;
    'quote list')
        options='--client:@client --state:=quote-state'
        arguments=''
        ;;
    'quote show')
        options=''
        arguments='@quote'
        ;;
    'quote discard')
        options='-n:- --dry-run:-'
        arguments='@quote'
        ;;
    'quote send')
        options='-n:- --dry-run:- --out:f --force:- --open:- --send:- --again:-'
        arguments='@quote'
        ;;
    'quote accept')
        options='--on:=day --project:@project --with:. --without:. --no-project:-'
        arguments='@quote'
        ;;
    'quote decline')
        options='--on:=day --reason:.'
        arguments='@quote'
        ;;
    'quote export')
        options='--format:=quote-format --out:f --force:-'
        arguments='@quote'
        ;;
    'invoice draft')
        options='--project:@project --group:=group --series:. --order-ref:. --note:. --replaces:@invoice --empty:- --advance:- --quote:@quote --share:. --in:. --from:. --to:. --today:- --week:- --month:- --quarter:- --year:- --last-week:- --last-month:- --last-quarter:- --last-year:-'
        arguments='@client'
        ;;
    'invoice line')
        options='--line:. --text:. --qty:. --unit:=unit --price:. --vat:=vat --discount:. --remove:-'
        arguments='@draft'
        ;;
    'invoice prepaid')
        options='--invoice:@invoice --remove:-'
        arguments='@draft'
        ;;
    'invoice rate')
        options='--to:=euro --on:=day'
        arguments='@draft .'
        ;;
    'invoice show')
        options=''
        arguments='@draft,invoice'
        ;;
    'invoice list')
        options='--unpaid:- --overdue:- --in:. --from:. --to:. --today:- --week:- --month:- --quarter:- --year:- --last-week:- --last-month:- --last-quarter:- --last-year:-'
        arguments=''
        ;;
    'invoice discard')
        options='-n:- --dry-run:-'
        arguments='@draft'
        ;;
    'invoice issue')
        options='--all:- --date:. --due:. --force:- --timesheet:- --in:. -n:- --dry-run:-'
        arguments='@draft*'
        ;;
    'invoice cancel')
        options='--reason:. --date:. -n:- --dry-run:-'
        arguments='@invoice'
        ;;
    'invoice export')
        options='--format:=invoice-format --out:f --force:-'
        arguments='@invoice'
        ;;
    'invoice pay')
        options='--amount:. --on:=day'
        arguments='@invoice .'
        ;;
    'invoice verify')
        options=''
        arguments='f'
        ;;
    'invoice remind')
        options='--level:=level --out:f --force:- --send:- --again:- -n:- --dry-run:-'
        arguments='@invoice'
        ;;
    'invoice mail')
        options='-n:- --dry-run:- --out:f --force:- --open:- --send:- --again:-'
        arguments='@invoice'
        ;;
    'invoice plan add')
        options='--every:=invoice-every --from:. --until:=day --issue:- --arrears:- --order-ref:. --note:. --line:. --price:. --qty:. --unit:=unit --vat:=vat --discount:.'
        arguments='@client'
        ;;
    'invoice plan list')
        options=''
        arguments=''
        ;;
    'invoice plan show')
        options=''
        arguments='@recurring'
        ;;
    'invoice plan edit')
        options='--from:. --until:=day --issue:- --draft:- --order-ref:. --note:. --line:. --text:. --qty:. --unit:=unit --price:. --vat:=vat --discount:. --remove:-'
        arguments='@recurring'
        ;;
    'invoice plan remove')
        options='-n:- --dry-run:-'
        arguments='@recurring'
        ;;
    'invoice plan run')
        options='-n:- --dry-run:-'
        arguments='@recurring'
        ;;
    'expense add')
        options='--booking:@booking --bank:@bank --date:. --text:. --net:. --gross:. --vat:=vat --currency:=currency --rate:. --receipt:f --client:@client --rebill:- --markup:. --category:=category --reverse-charge:- --country:=any-country --for:. --due:.'
        arguments=''
        ;;
    'expense list')
        options='--in:. --from:. --to:. --today:- --week:- --month:- --quarter:- --year:- --last-week:- --last-month:- --last-quarter:- --last-year:-'
        arguments=''
        ;;
    'expense show')
        options=''
        arguments='@expense'
        ;;
    'expense edit')
        options='--date:. --text:. --net:. --gross:. --vat:=vat --receipt:f --client:@client --category:=category'
        arguments='@expense'
        ;;
    'expense remove')
        options='-n:- --dry-run:-'
        arguments='@expense'
        ;;
    'bank import')
        options='--format:=bank-format --map:. --account:. -n:- --dry-run:-'
        arguments='f'
        ;;
    'bank match')
        options='--invoice:@invoice --amount:. --expense:. -n:- --dry-run:-'
        arguments='@bank'
        ;;
    'bank list')
        options='--open:- --in:. --from:. --to:. --today:- --week:- --month:- --quarter:- --year:- --last-week:- --last-month:- --last-quarter:- --last-year:-'
        arguments=''
        ;;
    'bank show')
        options=''
        arguments='@bank'
        ;;
    'bank ignore')
        options=''
        arguments='@bank'
        ;;
    'bank unmatch')
        options=''
        arguments='@bank'
        ;;
    'books export')
        options='--format:=books-format --out:d -n:- --dry-run:- --in:. --from:. --to:. --today:- --week:- --month:- --quarter:- --year:- --last-week:- --last-month:- --last-quarter:- --last-year:-'
        arguments=''
        ;;
    'account list')
        options=''
        arguments=''
        ;;
    'account show')
        options=''
        arguments='=account+@account'
        ;;
    'account add')
        options='--provider:=provider --set:.'
        arguments='.'
        ;;
    'account edit')
        options='--set:.'
        arguments='=account+@account'
        ;;
    'account remove')
        options='-n:- --dry-run:-'
        arguments='=account+@account'
        ;;
    'account check')
        options=''
        arguments='=account+@account'
        ;;
    'account login')
        options='--username:. --password-stdin:- --token-stdin:- --register:-'
        arguments='=account+@account'
        ;;
    'account logout')
        options='-n:- --dry-run:-'
        arguments='=account+@account'
        ;;
    'provider list')
        options=''
        arguments=''
        ;;
    'config get')
        options=''
        arguments='=setting'
        ;;
    'config set')
        options=''
        arguments='=setting .'
        ;;
    'config unset')
        options=''
        arguments='=setting'
        ;;
    'config list')
        options=''
        arguments=''
        ;;
    'config path')
        options=''
        arguments=''
        ;;
    'data path')
        options=''
        arguments=''
        ;;
    'data status')
        options=''
        arguments=''
        ;;
    'data move')
        options='--to:. -n:- --dry-run:-'
        arguments=''
        ;;
    'data grant')
        options='--as:. -n:- --dry-run:-'
        arguments='.'
        ;;
    'data owner')
        options='-n:- --dry-run:-'
        arguments='@person'
        ;;
    'data backup')
        options='--keep:.'
        arguments=''
        ;;
    'data restore')
        options='-n:- --dry-run:-'
        arguments='@backup+f'
        ;;
    'data export')
        options='--out:f --force:-'
        arguments=''
        ;;
    'data import')
        options='-n:- --dry-run:-'
        arguments='f'
        ;;
    'data verify')
        options=''
        arguments=''
        ;;
    'data outbox')
        options=''
        arguments=''
        ;;
    'data settle')
        options='--drop:- --mine:- --from:. --to:. --project:@project'
        arguments='.'
        ;;
    'completion show')
        options=''
        arguments='=shell'
        ;;
    'completion install')
        options='--remove:- -n:- --dry-run:-'
        arguments='=shell'
        ;;
    'init')
        options='--name:. --company:. --street:. --postcode:. --city:. --country:=any-country --email:. --phone:. --tax-number:. --vat-id:. --iban:. --bic:. --small-business:- --no-small-business:- --timezone:. --land:=land --contact:. --online:- --no-online:-'
        arguments=''
        ;;
    'status')
        options='--exit-code:-'
        arguments=''
        ;;
    'deadlines')
        options='--within:. --out:f --force:-'
        arguments=''
        ;;
    'demo')
        options='--year:-'
        arguments=''
        ;;
    'undo')
        options=''
        arguments='.'
        ;;
    'redo')
        options=''
        arguments=''
        ;;
    'history')
        options='--of:@client,project,booking,invoice,draft,quote,recurring,address,space,plan,visit,entry,expense,contract,post,absence,membership,event,people,job,team,feedback --limit:. --person:@person'
        arguments=''
        ;;
    'prompt')
        options=''
        arguments='.*'
        ;;
    'mcp')
        options='--only:=noun'
        arguments=''
        ;;
    'help')
        options=''
        arguments='=topic*'
        ;;
    esac
}

_cowork_globals='-o:=form --output:=form --json:- --header:- --no-input:- -y:- --yes:- --home:d -q:- --quiet:- --no-color:- --no-pager:- --debug:- -V:- --version:- -h:- --help:-'

# spec of the option $1: "-" flag, "." anything, f file, d folder, =LIST, @KIND, several with "+"
_cowork_spec() {
    local all=" $options $_cowork_globals "
    case $all in
    *" $1:"*) spec=${all#*" $1:"} spec=${spec%% *} ;;
    *) spec=- ;;
    esac
}

# the replies of a spec for $cur
_cowork_reply() {
    local part
    for part in ${1//+/ }; do _cowork_part "$part"; done
}

_cowork_part() {
    local word rest words=''
    case $1 in
    f)
        compopt -o default 2>/dev/null && return
        while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "$cur")
        ;;
    d)
        compopt -o dirnames 2>/dev/null && return
        while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -d -- "$cur")
        ;;
    =*)
        _cowork_list "${1#=}"
        _cowork_words "$words"
        ;;
    @*)
        compopt -o nosort 2>/dev/null
        while IFS=$'\t' read -r word rest; do
            COMPREPLY+=("$word") said[${#COMPREPLY[@]} - 1]=$rest
        done < <(COWORK_HOME=${home:-${COWORK_HOME-}} command cowork _names "${1#@}" "$cur" 2>/dev/null)
        ;;
    esac
}

# those of the words $1 that begin with $cur
_cowork_words() {
    local word
    while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -W "$1" -- "$cur")
}

# reads one more word of the line: an option, its value, a noun, a verb or an argument
_cowork_read() {
    local word=$1 spec words=''
    if [[ -n $waiting ]]; then
        [[ $option == --home ]] && home=$word
        waiting=''
    elif [[ -z $only && $word == -- ]]; then
        only=yes
    elif [[ -z $only && $word == -?* && ! $word =~ ^-[0-9]+$ ]]; then
        option=${word%%=*}
        _cowork_spec "$option"
        if [[ $word == *=* ]]; then
            [[ $option == --home ]] && home=${word#*=}
        elif [[ $spec != - ]]; then
            waiting=$spec
        fi
    elif [[ -z $path ]]; then
        path=$word
        _cowork_long "$word"
        _cowork_verbs "$path"
        noun=$words
        _cowork_verb "$path"
    elif [[ -n $noun ]]; then
        path="$path $word"
        _cowork_verbs "$path"
        noun=$words
        _cowork_verb "$path"
    else
        count=$((count + 1))
    fi
}

# the spec of the argument that is typed now -> spec
_cowork_argument() {
    local one number=0
    spec=.
    for one in $arguments; do
        if ((number == count)) || [[ $one == *'*' ]]; then
            spec=${one%'*'}
            return
        fi
        number=$((number + 1))
    done
}

# the words up to the cursor, as they were typed -> typed
_cowork_typed() {
    local line=$COMP_LINE word rest i
    typed=()
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]-}
        rest=${line#"${line%%[![:space:]]*}"}
        if ((i > 0)) && [[ $rest == "$line" ]]; then
            typed[${#typed[@]} - 1]+=$word
        else
            typed+=("$word")
        fi
        line=${rest#"$word"}
    done
}

# cuts off what readline keeps, quotes what the shell would split
_cowork_trim() {
    local kept='' i word room found=()
    [[ -z $quote && $cur == *:* && $COMP_WORDBREAKS == *:* ]] && kept=${cur%"${cur##*:}"}
    for ((i = 0; i < ${#COMPREPLY[@]}; i++)); do
        word=${COMPREPLY[i]}
        [[ $word == "$kept"* ]] || continue # what stands before the colon cannot be changed any more
        word=${word:${#kept}}
        case $quote in
        \') word=${word//\'/\'\\\'\'} ;;
        \") word=${word//\\/\\\\} word=${word//\"/\\\"} word=${word//\$/\\$} word=${word//\`/\\\`} ;;
        *) [[ $word == *[^-A-Za-z0-9_./:@,+%=]* ]] && word=$(printf '%q' "$word") ;;
        esac
        [[ -n $front && $COMP_WORDBREAKS != *=* ]] && word=$front$word
        # of several each is shown with its meaning, which readline never puts into the line
        if [[ ${#COMPREPLY[@]} -gt 1 && -n ${said[i]-} && ${COMP_TYPE-37} != 37 && $COMP_TYPE != 42 ]]; then
            room=$((${COLUMNS:-80} - ${#word} - 5))
            ((room > 9)) && word="$word  (${said[i]:0:room})"
        fi
        found+=("$word")
    done
    COMPREPLY=(${found[@]+"${found[@]}"})
    _cowork_keep
}

# Readline puts what all replies begin with in the place of what was typed. Where that is less than it, or
# something else (`bas` for `Hafen Basis`), an empty reply keeps the line as it is.
_cowork_keep() {
    local i begin=${COMPREPLY[0]-} typed=${typed[${#typed[@]} - 1]}
    ((${#COMPREPLY[@]} > 1)) || return 0
    for ((i = 1; i < ${#COMPREPLY[@]}; i++)); do
        while [[ ${COMPREPLY[i]} != "$begin"* ]]; do begin=${begin%?}; done
    done
    if [[ -n $quote ]]; then
        typed=${typed#"$quote"}
    else
        [[ $COMP_WORDBREAKS == *:* ]] && typed=${typed##*:}
        [[ $COMP_WORDBREAKS == *=* ]] && typed=${typed##*=}
    fi
    shopt -q nocasematch || i=alone
    shopt -s nocasematch
    [[ $begin == "$typed"* ]] || COMPREPLY+=(' ')
    [[ $i == alone ]] && shopt -u nocasematch
    return 0
}

_cowork() {
    local IFS=$' \t\n' typed cur quote='' front='' i words='' spec
    local path='' noun='' options='' arguments='' count=0 waiting='' option='' home='' only='' said=()
    COMPREPLY=()
    _cowork_typed
    for ((i = 1; i < ${#typed[@]} - 1; i++)); do _cowork_read "${typed[i]}"; done
    cur=${typed[${#typed[@]} - 1]}
    case $cur in
    [\"\']*) quote=${cur:0:1} cur=${cur:1} ;;
    *) cur=${cur//\\/} ;; # `Caf\ S`, as it was put there
    esac
    if [[ -n $waiting ]]; then
        _cowork_reply "$waiting"
    elif [[ -z $only && $cur == -*=* ]]; then
        front=${cur%%=*}= cur=${cur#*=}
        _cowork_spec "${front%=}"
        _cowork_reply "$spec"
    elif [[ -z $only && $cur == -* ]]; then
        for option in $options $_cowork_globals; do words="$words ${option%%:*}"; done
        _cowork_words "$words"
    elif [[ -z $path || -n $noun ]]; then
        _cowork_verbs "$path"
        _cowork_words "$words"
    else
        _cowork_argument
        _cowork_reply "$spec"
    fi
    _cowork_trim
}

complete -F _cowork cowork
