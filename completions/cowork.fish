# Completion of cowork for fish. Made by tools/generate.py: change that, not this file.
# Only for names of your own is a program started, `cowork _names`; the rest stands here.

function __cowork_verbs
    switch "$argv[1]"
        case ''
            printf '%s\n' \
                'space	find spaces, keep your own directory of them' \
                'place	look up a town or a postcode, offline' \
                'plan	what spaces charge, kept by hand, and the cheapest mix of it' \
                'membership	what a membership includes, and what is left of it' \
                'compare	a lease beside desks by the day or month' \
                'event	events, trial days and open days' \
                'tour	several spaces on one day, to look at them' \
                'desk	what can be booked in a space' \
                'booking	book, list and cancel desks and rooms' \
                'standing	desks that are booked on the same days of every week' \
                'absence	days off, which no series and no standing order books' \
                'address	virtual-office addresses you hold' \
                'contract	what you agreed, and the last day to send a notice' \
                'post	paper mail, its states and its deadlines' \
                'client	who pays you' \
                'project	what you work on for a client' \
                'people	whom you met, what was asked and given, what came of it' \
                'job	jobs done with others: hours, shares, what is settled' \
                'team	for whom you pay desks, up to which sum' \
                'survey	your own answers on what a region needs, without your name' \
                'feedback	what you tell the operators of spaces' \
                'profile	who you are, for directories' \
                'track	record hours' \
                'day	where the days go: home, space, client, and what follows' \
                'trial	something tried for a while, before and since' \
                'report	hours, days and money, summed up' \
                'quote	what you offer, from the draft to the yes' \
                'invoice	from hours to an issued invoice' \
                'expense	what you spent, with its receipts' \
                'bank	statements of your bank, matched with invoices and expenses' \
                'books	everything for the tax adviser' \
                'account	places to ask: a provider and its settings' \
                'provider	the providers cowork can ask' \
                'config	settings and where they come from' \
                'data	back up, restore and check your data' \
                'completion	TAB completion for your shell' \
                'init	Set up who you are. On a terminal you are asked; run again it changes only what is given' \
                'status	Show the timer, what is booked, what is due, and what is burning' \
                'deadlines	List what is due, the most urgent first; or write it as a calendar with alarms' \
                'demo	Show the whole job on sample data; nothing is left behind' \
                'undo	Take back the last change, or the last N. Nothing is sent to anybody' \
                'redo	Take back the last undo' \
                'history	Show what was changed, when, and by which command; the newest first' \
                'prompt	Print the running timer for a shell prompt; nothing without one, and never an error' \
                'mcp	Offer the commands to an assistant as tools, over stdio (Model Context Protocol)' \
                'help	Explain a topic, or a command: `cowork help times`, `cowork help track add`' \
                'search	short for space search' \
                'book	short for booking add' \
                'start	short for track start' \
                'stop	short for track stop'
        case 'space'
            printf '%s\n' \
                'search	Find spaces around a place, or of a name' \
                'sync	Fetch a region to this machine; interrupted, it goes on where it stopped' \
                'show	Show all that is known of a space' \
                'map	Write spaces as a web page with a map; without a place, the whole directory' \
                'visit	Keep what you measured at a space; asked one by one where nothing is given' \
                'compare	Put spaces side by side: plans, hours, amenities, what was measured' \
                'add	Add a space to your directory' \
                'edit	Change what is given of a space of your own, `none` takes it away; notes of any' \
                'remove	Take a space and its desks out of your directory' \
                'import	Bring a file of spaces into your directory; again, it updates' \
                'export	Write your directory to a file or to stdout'
        case 'place'
            printf '%s\n' \
                'find	Look up a town, a district, a village or a postcode, without network' \
                'update	Fetch towns and postcodes of another country; searches and TAB know them then'
        case 'plan'
            printf '%s\n' \
                'list	List the plans that you keep; of one space, or all' \
                'add	Keep what a space charges: a day, a bundle of days, a month, an address' \
                'edit	Change what is kept of a plan; an empty value takes one back' \
                'remove	Take a plan out; `undo` brings it back' \
                'optimise	Find the cheapest mix of plans for the days you need, over one space or several'
        case 'membership'
            printf '%s\n' \
                'list	List the memberships and what is left of each' \
                'add	Keep a membership and what it includes' \
                'edit	Change what is kept of a membership; --includes adds to it' \
                'use	Write down what was used; what ends first is used first' \
                'remove	Take a membership out with its ledger; `undo` brings it back'
        case 'compare'
            printf '%s\n' \
                'lease	Compare a lease with desk plans: what each costs, what leaving costs, where they meet'
        case 'event'
            printf '%s\n' \
                'list	List what is ahead, or what happens in a period or near a place' \
                'add	Keep an event, a trial day or an open day; --decide-by is watched by `deadlines`' \
                'edit	Change what is kept of an event; an empty value takes one back' \
                'remove	Take an event out; `undo` brings it back' \
                'import	Bring in the events of a calendar; again brings them up to date'
        case 'tour'
            printf '%s\n' \
                'plan	Plan a tour: the most spaces, in the order that ends first, each while it is open'
        case 'desk'
            printf '%s\n' \
                'list	List the desks, rooms and booths of a space' \
                'add	Add a desk or a room to a space of your own' \
                'edit	Change what is given of a desk' \
                'remove	Take a desk out of a space of your own' \
                'free	Show when desks are free on a day, in the time of their space'
        case 'booking'
            printf '%s\n' \
                'add	Book a desk or a room; the same request is booked once' \
                'list	List bookings; without a period those to come' \
                'show	Show one booking, or all of a series' \
                'move	Move a booking or a series to another time or desk; the old one stays until then' \
                'cancel	Cancel bookings, after showing until when that is possible and what it costs' \
                'sync	Settle unknown outcomes, also of ordered addresses; bring in what was booked elsewhere' \
                'checkin	Say that you have come: to the platform, where it takes that word, and to the day log' \
                'watch	Wait for a desk to become free and book it; looks once a minute at most' \
                'calendar	Show a month at a glance: what is booked, what was worked, what is a holiday' \
                'export	Write bookings as a calendar (iCalendar); cancelled ones too, so that calendars drop them' \
                'mail	Ask a space without software by mail; `asked` until it is confirmed' \
                'confirm	Settle a booking that was asked for by mail: the space agreed, or what its answer says'
        case 'standing'
            printf '%s\n' \
                'add	Book desks on the same days of every week, the moment that is possible; asks once' \
                'list	List the standing orders, and when each has something to do' \
                'show	Show one standing order; beside it the dates it has taken up' \
                'edit	Change a standing order; a higher price asks again' \
                'remove	Remove a standing order; what it booked stays booked' \
                'pause	Book nothing for a while' \
                'resume	Go on; what opened meanwhile is booked late' \
                'run	Book what is due; for cron: asks nothing, safe to repeat, quiet when nothing is due' \
                'install	Have `standing run` started every minute, by cron or by systemd'
        case 'absence'
            printf '%s\n' \
                'add	Note days off; what is booked for them already stays, and is named' \
                'list	List the days off' \
                'edit	Change days off; what is booked for the new ones stays, and is named' \
                'remove	Remove days off'
        case 'address'
            printf '%s\n' \
                'plans	List offers of addresses side by side: price, set-up, deposit, term, notice, extras' \
                'register	Order an address; of your own directory, with a letter to `--out`' \
                'add	Add an address that you hold' \
                'list	List the addresses you hold; how an order at a provider stands is asked there' \
                'show	Show an address: since when, until when, at what price, and what is still open' \
                'edit	Change what was noted of an address; an empty value takes a fact away' \
                'end	Note the last day of an address' \
                'cancel	End the contract of an address: what to send, or that it was sent' \
                'remove	Remove an address that was noted by mistake' \
                'check	Show, use by use, what the contract says and which rule was found; or note an answer' \
                'onboard	Show the checklist of an address, or note what was handed in: dates, never a document' \
                'imprint	Write the imprint from your data and an address, and name what is missing (§ 5 DDG)' \
                'move	Move from one held address to another: whom to tell, by when, with which letter'
        case 'contract'
            printf '%s\n' \
                'add	Note a contract: when it began, what it costs, how it ends' \
                'list	List the contracts, the next last day to send first' \
                'due	List the contracts whose notice has to arrive soon; or write them as a calendar' \
                'show	Show a contract: since when, until when, and the last day to send a notice' \
                'letter	Write the notice as a PDF or an .eml file; nothing is sent' \
                'cancel	Note that the notice was sent; the end follows from the terms' \
                'edit	Change what was noted; an empty value takes a fact away' \
                'remove	Remove a contract that was noted by mistake'
        case 'post'
            printf '%s\n' \
                'add	Write down a letter; the deadline of one from an authority or court is computed' \
                'list	List all post, the newest first' \
                'due	List the letters with an open deadline; or write them as a calendar' \
                'show	Show a letter, its deadline, and the rule behind it' \
                'done	Note what became of a letter, or that its deadline was met' \
                'edit	Change what was noted; the deadline is computed again' \
                'remove	Remove a letter that was noted by mistake'
        case 'client'
            printf '%s\n' \
                'add	Add a client; of a name alone the id is made' \
                'edit	Change a client; a rate counts from a day on' \
                'list	List clients' \
                'show	Show one client' \
                'archive	Hide a client that is done with; its history stays' \
                'import	Bring a file of clients in, all or nothing; again, it updates'
        case 'project'
            printf '%s\n' \
                'add	Add a project to a client' \
                'edit	Change a project; a rate counts from a day on' \
                'list	List projects' \
                'show	Show one project' \
                'archive	Hide a project that is done with; its history stays'
        case 'people'
            printf '%s\n' \
                'add	Note somebody you met; it stays in your own store' \
                'show	Show all that is kept of a person, and what was asked, given, introduced' \
                'find	Find people in your own ledger; without a word, all of them' \
                'edit	Change what is kept of a person; `none` takes a fact away' \
                'log	Note what was asked, given, introduced, or what came of it: lead, order, advice' \
                'remove	Take a person out of the ledger; `undo` brings them back, `people forget` does not' \
                'forget	Take everything about a person out of the store and its journal, for good' \
                'intro	Write the mail that makes two people known to each other; you send it' \
                'import	Take people from vCards, all or none; the same file again changes nothing' \
                'export	Write people as vCards for others, or all that is kept of them (Art. 15 GDPR) as JSON'
        case 'job'
            printf '%s\n' \
                'open	Open a job that you do with others, and say who gets what of it' \
                'hours	Take the hours of somebody else; they never become your own' \
                'list	List joint jobs and what is open between you' \
                'show	Show a job: who has which part, who owes whom' \
                'settle	Settle a job to the cent: a sheet, a draft of your part, the invoices of the others' \
                'close	End a job that is settled and paid'
        case 'team'
            printf '%s\n' \
                'add	Add somebody for whom you pay desks, with a cap a month or without' \
                'edit	Change the cap or the cost centre of somebody' \
                'remove	Take somebody out of the team; their bookings stay' \
                'list	List the team: caps, and what is booked this month' \
                'sheet	The days of each: proof of attendance (.html), cost centres (.csv)'
        case 'survey'
            printf '%s\n' \
                'export	Your answers without your name, drawn from your records; shown first'
        case 'feedback'
            printf '%s\n' \
                'add	Note feedback on a space; with --out it becomes a mail to its operator, which you send' \
                'mail	Write feedback as a mail to the operator; you send it' \
                'edit	Note what became of feedback' \
                'list	List feedback and what became of it' \
                'remove	Remove feedback'
        case 'profile'
            printf '%s\n' \
                'text	The text for a directory, from your settings; nothing is claimed that they do not say'
        case 'track'
            printf '%s\n' \
                'start	Start a timer; one that runs for something else stops at the same instant' \
                'stop	Stop the running timer' \
                'cancel	Drop the running timer; nothing is recorded' \
                'resume	Start a timer like an earlier entry' \
                'status	Show the running timer' \
                'add	Add an entry for work already done' \
                'list	List entries; without a period, those of the current month' \
                'remove	Remove an entry that is not billed' \
                'gaps	Working hours for which nothing is recorded; without a period, of the current week' \
                'edit	Change entries that are not billed; what is not named stays' \
                'split	Cut an entry in two' \
                'join	Make one entry of two; the time between them counts' \
                'import	Take hours from another program; the same file again changes nothing' \
                'export	Write hours to a file or to stdout; without a period, all of them'
        case 'day'
            printf '%s\n' \
                'log	Record where a day was spent: from hours and bookings, else from what you say' \
                'show	Show the record of a day: its places, its class, the way' \
                'edit	Change the record of a day; what you do not say stays, the journal keeps what was' \
                'list	List the logged days; without a period, those of this month' \
                'remove	Take the record of a day out; the hours stay' \
                'reminder	Name the working days that are not logged; quiet if there is none, for cron' \
                'place	Say what a place is and how one gets there; the days to come take it' \
                'places	List the places that something is said of' \
                'month	Say whether another workplace was at hand in a month; unclear unless you say it' \
                'book	Put what the day log supports into the books, as expenses without VAT'
        case 'trial'
            printf '%s\n' \
                'start	Begin a trial with its first day' \
                'stop	End a trial with its last day, and compare' \
                'list	List the trials: as many days before each beside those since'
        case 'report'
            printf '%s\n' \
                'hours	Sum up recorded hours; without a period, of all time' \
                'unbilled	Hours that can be billed, real and as billed, and what a draft of them would net' \
                'budget	Projects with a budget, and how much of it is used' \
                'vat	VAT by rate and case, input VAT, reverse charge by VAT id; default: this quarter' \
                'profit	Income less expenses of a year by payment, on the lines of the form EÜR' \
                'zm	EC sales list (ZM): services to businesses in other EU states; default: this quarter' \
                'clients	Hours, money, days to pay and net per hour of each client; without a period, of all time' \
                'asset	Write an asset off: what may be deducted in which year (§§ 6, 7 EStG); keeps nothing' \
                'days	What the day log supports: home-office days, ways, meals, commuting; default: this year' \
                'places	What each place does: hours, billable share, length of a session, late days' \
                'origin	Income by who brought it, beside what the contracts with spaces cost; default: this year'
        case 'quote'
            printf '%s\n' \
                'add	Make a quote; it takes its number, and is a draft until it is sent' \
                'line	Add a line to the draft of a quote, change one or remove it' \
                'edit	Change the draft of a quote, all but its lines; an empty text takes something out' \
                'list	List quotes, and what was billed of them' \
                'show	Show a quote, and what was billed of it' \
                'discard	Drop the draft of a quote; its number is not given again' \
                'send	Freeze a quote as it is and send it by e-mail, or write the e-mail as a file' \
                'accept	Note the client\'s yes: it becomes a project with a budget, later an invoice' \
                'decline	Note the client\'s no' \
                'export	Write a quote to a file or to stdout; a draft is marked as one'
        case 'invoice'
            printf '%s\n' \
                'draft	Draft an invoice from unbilled hours and expenses that are billed on, or from a quote' \
                'line	Add a line to a draft, change one or remove it' \
                'prepaid	Deduct a paid invoice from a draft, for a final invoice after part invoices' \
                'rate	Show the VAT total of a draft in euro too' \
                'show	Show a draft or an issued invoice' \
                'list	List invoices and drafts' \
                'discard	Drop a draft; its hours can be drafted again' \
                'issue	Issue drafts: number, frozen snapshot, PDF and XML; their hours become billed' \
                'cancel	Cancel an issued invoice by a second document; its hours are free again' \
                'export	Write an issued invoice to a file or to stdout' \
                'pay	Record a payment' \
                'verify	Check an e-invoice, received or your own, and show it; invalid is exit 6' \
                'remind	Write a reminder of an overdue invoice, with fee and interest under § 288 BGB; or send it' \
                'mail	Send the invoice by e-mail, or write the e-mail as a file for your mail program' \
                'plan	invoices that are written again in every period'
        case 'expense'
            printf '%s\n' \
                'add	Record an expense: of a booking in one command, or typed' \
                'list	List expenses; without a period, all' \
                'show	Show one expense, and where the copy of its receipt lies' \
                'edit	Change an expense that no invoice bills; what is not named stays' \
                'remove	Remove an expense that no invoice bills; `undo` brings it back'
        case 'bank'
            printf '%s\n' \
                'import	Take the bookings of a bank statement; the same ones again change nothing' \
                'match	Match bookings with invoices and expenses; `--yes`: where number and amount agree' \
                'list	List bookings of the bank; without a period, all' \
                'show	Show one booking, and what explains it' \
                'ignore	Say that a booking needs no invoice and no expense: private, or between own accounts' \
                'unmatch	Take the matches of a booking back, with the payments that they made'
        case 'books'
            printf '%s\n' \
                'export	Write the books of a period into a folder; without a period, all'
        case 'account'
            printf '%s\n' \
                'list	List the accounts, built-in ones first' \
                'show	Show one account with its settings' \
                'add	Add an account of a provider, or change the settings of one that is there' \
                'edit	Change the settings of an account that is there' \
                'remove	Forget an account, its settings and its secret' \
                'check	Ask each account what works with its login, and say whether cron could read its secret' \
                'login	Log in, and keep the secret in the keyring, or in a private file if you say so' \
                'logout	Forget the secret of an account'
        case 'provider'
            printf '%s\n' \
                'list	List the providers, what they can do and which accounts use them'
        case 'config'
            printf '%s\n' \
                'get	Show one setting and where its value comes from' \
                'set	Change one setting; the value is checked first' \
                'unset	Take a setting back to what config.toml or the default says' \
                'list	List every setting, its value and where it comes from' \
                'path	Show where the files of settings lie'
        case 'data'
            printf '%s\n' \
                'path	Show where your data lies' \
                'status	Show where the store is kept, who is connected there, and what you may do' \
                'move	Move everything into a database that several machines share, or back into a file' \
                'grant	Say what a role of the server may do: a member records, an owner issues too' \
                'owner	Say whose the records are that name nobody' \
                'backup	Write everything into one file: hours, invoices, documents, settings; no secrets' \
                'restore	Put a backup in the place of the present data, which is backed up first' \
                'export	Write everything into one file of JSON lines and documents, for any program; no secrets' \
                'import	Bring an export into an empty store, whole or not at all' \
                'verify	Check the store: every page, reference, hash, number and document' \
                'outbox	List what was recorded without the server, and what does not fit what is there by now' \
                'settle	Decide about a change that was recorded without the server and does not fit what is there'
        case 'completion'
            printf '%s\n' \
                'show	Print the completion script of a shell' \
                'install	Put the completion script where your shell finds it; run it again after an update'
        case 'invoice plan'
            printf '%s\n' \
                'add	Agree on an invoice that is written again in every period; {period} in a text is its time' \
                'list	List recurring invoices, and when each is due' \
                'show	Show a recurring invoice: its lines, its prices, the periods that were billed' \
                'edit	Change a recurring invoice or one of its lines, or remove a line; what was billed stays' \
                'remove	End a recurring invoice; what it wrote stays' \
                'run	Write the invoices that are due; for cron: asks nothing, safe to repeat'
    end
end

function __cowork_long
    switch "$argv[1]"
        case 'search'
            printf '%s\n' \
                'space search'
        case 'book'
            printf '%s\n' \
                'booking add'
        case 'start'
            printf '%s\n' \
                'track start'
        case 'stop'
            printf '%s\n' \
                'track stop'
    end
end

function __cowork_list
    switch "$argv[1]"
        case 'talk'
            printf '%s\n' \
                'asked' \
                'gave' \
                'introduced' \
                'lead' \
                'order' \
                'advice'
        case 'people-format'
            printf '%s\n' \
                'vcard' \
                'csv' \
                'json'
        case 'split'
            printf '%s\n' \
                'hours' \
                'fixed' \
                'percent'
        case 'feedback-state'
            printf '%s\n' \
                'noted' \
                'written' \
                'answered' \
                'done'
        case 'survey'
            printf '%s\n' \
                'region'
        case 'survey-mode'
            printf '%s\n' \
                'foot' \
                'bike' \
                'e-bike' \
                'car' \
                'bus' \
                'tram' \
                'train' \
                'mixed'
        case 'length'
            printf '%s\n' \
                'short' \
                'long'
        case 'quote-state'
            printf '%s\n' \
                'draft' \
                'sent' \
                'accepted' \
                'declined' \
                'expired'
        case 'quote-choice'
            printf '%s\n' \
                'optional' \
                'alternative' \
                'none'
        case 'quote-format'
            printf '%s\n' \
                'pdf' \
                'html' \
                'json'
        case 'invoice-every'
            printf '%s\n' \
                'month' \
                'quarter' \
                'year'
        case 'form'
            printf '%s\n' \
                'table' \
                'plain' \
                'json' \
                'csv'
        case 'recent-day'
            printf '%s\n' \
                'today' \
                'yesterday'
        case 'log-place'
            printf '%s\n' \
                'home' \
                'travel'
        case 'log-kind'
            printf '%s\n' \
                'home' \
                'space' \
                'client' \
                'meeting' \
                'travel'
        case 'way-mode'
            printf '%s\n' \
                'walk' \
                'bike' \
                'e-bike' \
                'car' \
                'car-alone' \
                'motorbike' \
                'bus' \
                'tram' \
                'metro' \
                'regional' \
                'train' \
                'coach'
        case 'other-workplace'
            printf '%s\n' \
                'yes' \
                'no' \
                'unclear'
        case 'yes-no-unknown'
            printf '%s\n' \
                'yes' \
                'no' \
                'unknown'
        case 'day-figure'
            printf '%s\n' \
                'home	home-office days' \
                'ways-a	ways, as first place of work' \
                'ways-b	ways, as travel' \
                'meals	meal allowance'
        case 'shell'
            printf '%s\n' \
                'bash' \
                'zsh' \
                'fish' \
                'powershell'
        case 'topic'
            printf '%s\n' \
                'json	the fields of the data of every command, with --json' \
                'columns	the columns of plain output and CSV of every command, in their order' \
                'exit-codes	what the exit code of a command tells a script' \
                'environment	environment variables that cowork reads' \
                'times	how dates, times, durations and periods are written' \
                'providers	what can be asked for spaces and desks, and what each can do' \
                'words	what other tools, and German, call it: what is done, what is answered'
        case 'setting'
            printf '%s\n' \
                'timezone	IANA zone you live in; default: the system\'s' \
                'land	your Land, for public holidays (BE, NW, …)' \
                'holidays.parish	catholic, augsburg or other (BY, SN, TH)' \
                'hours.week	your working hours, OSM syntax' \
                'hours.day_boundary	work before this time belongs to the day before' \
                'day.late	work after this time makes a late day (report places)' \
                'day.alone	days at home in a row that are worth a gentle word' \
                'seller.name	your first and last name, as on invoices' \
                'seller.company	your business name, if you use one' \
                'seller.street	street and number' \
                'seller.postcode	postcode' \
                'seller.city	city' \
                'seller.country	country, two letters' \
                'seller.email	e-mail address on invoices' \
                'seller.phone	telephone number on invoices' \
                'seller.tax_number	tax number (Steuernummer)' \
                'seller.vat_id	VAT id (USt-IdNr.)' \
                'seller.iban	account to be paid on' \
                'seller.bic	its BIC, needed outside SEPA' \
                'seller.small_business	exempt under § 19 UStG: never prints VAT' \
                'seller.address	id of a held address that is printed instead (a-1)' \
                'invoice.number_format	form of invoice numbers' \
                'invoice.terms	time to pay' \
                'invoice.language	language of invoices, de or en' \
                'invoice.logo	PNG, JPEG or SVG file printed at the top' \
                'invoice.footer	text printed at the foot' \
                'invoice.font	font file with letters that the built-in fonts lack' \
                'invoice.timesheet	add a list of the hours to invoices' \
                'quote.number_format	form of quote numbers' \
                'quote.next	next number of a quote, never below a used one' \
                'quote.valid	how long a quote is valid' \
                'mail.command	program that sends a mail from stdin: msmtp -t' \
                'mail.smtp	server that sends mail: smtps://me@mail.example.org' \
                'mail.password_command	prints the password of mail.smtp' \
                'tax.basis	VAT by invoice (issued) or by payment (paid)' \
                'tax.filing	how often you file VAT: month, quarter, year' \
                'tax.extension	a month more for VAT returns (Dauerfristverlängerung)' \
                'datev.consultant	DATEV consultant number' \
                'datev.client	DATEV client number' \
                'datev.chart	chart of accounts, SKR03 or SKR04' \
                'profile.founded	day your business began: § 19 UStG has a limit for that year' \
                'profile.person	who sits at this machine, where several share a store' \
                'profile.kind	trade, freelance or company' \
                'profile.artists_insurance	insured with the KSK' \
                'profile.staff	you employ people' \
                'profile.car	a car is registered to the business' \
                'profile.web	your web site' \
                'contact	sent to open-data services, as their rules ask' \
                'gazetteer.url	where `place update` fetches a country, in the form of GeoNames' \
                'output	default form of output: table, plain, json, csv' \
                'store.url	store on a server: postgresql://me@db.example.org/office' \
                'store.password_command	prints the password of store.url'
        case 'provider'
            printf '%s\n' \
                'local	own directory and booking book' \
                'coworkingview	CoworkingView, an open catalogue with prices' \
                'osm	OpenStreetMap, through an Overpass server' \
                'openfairdb	OpenFairDB (Karte von morgen), places that people recommend' \
                'cobot	Cobot, spaces you are a member or a visitor of' \
                'nexudus	Nexudus, spaces you are a customer of' \
                'librebooking	LibreBooking, rooms of clubs and shared offices' \
                'seatsurfing	Seatsurfing, desks and rooms of companies and clubs' \
                'officernd	OfficeRnD Flex, with an application that its operator made' \
                'anny	anny, what is free and where to book it' \
                'caldav	CalDAV, the calendars of rooms' \
                'ical	an iCalendar feed, read only'
        case 'account'
            printf '%s\n' \
                'local	own directory and booking book' \
                'coworkingview	CoworkingView, an open catalogue with prices' \
                'osm	OpenStreetMap, through an Overpass server' \
                'openfairdb	OpenFairDB (Karte von morgen), places that people recommend'
        case 'report-key'
            printf '%s\n' \
                'day' \
                'project' \
                'client' \
                'tag' \
                'place' \
                'person'
        case 'group'
            printf '%s\n' \
                'project' \
                'day' \
                'entry' \
                'tag'
        case 'space-kind'
            printf '%s\n' \
                'day' \
                'flex' \
                'fixed' \
                'office' \
                'room' \
                'booth' \
                'virtual' \
                'event'
        case 'desk-kind'
            printf '%s\n' \
                'desk' \
                'room' \
                'booth' \
                'office'
        case 'plan-kind'
            printf '%s\n' \
                'hour' \
                'half-day' \
                'day' \
                'bundle' \
                'week' \
                'month' \
                'permanent' \
                'virtual'
        case 'plan-period'
            printf '%s\n' \
                'calendar' \
                'rolling'
        case 'counts-from'
            printf '%s\n' \
                'purchase' \
                'first-use'
        case 'yes-no'
            printf '%s\n' \
                'yes' \
                'no' \
                'unknown'
        case 'price-tax'
            printf '%s\n' \
                'net' \
                'gross'
        case 'included'
            printf '%s\n' \
                'days' \
                'prints' \
                'guests' \
                'room' \
                'credits'
        case 'event-kind'
            printf '%s\n' \
                'event' \
                'trial-day' \
                'open-day'
        case 'mode'
            printf '%s\n' \
                'foot' \
                'bike' \
                'transit' \
                'car'
        case 'noise'
            printf '%s\n' \
                'silent' \
                'quiet' \
                'lively' \
                'loud'
        case 'grade'
            printf '%s\n' \
                'good' \
                'fair' \
                'poor'
        case 'sockets'
            printf '%s\n' \
                'every-desk' \
                'some' \
                'none'
        case 'amenity'
            printf '%s\n' \
                'wifi' \
                'printer' \
                'kitchen' \
                'booth' \
                'step-free' \
                'childcare' \
                'parking' \
                'bike' \
                'shower' \
                'locker' \
                'screen' \
                'coffee' \
                'dogs'
        case 'client-type'
            printf '%s\n' \
                'business' \
                'public' \
                'private'
        case 'tax'
            printf '%s\n' \
                'standard' \
                'reduced' \
                'reverse-charge' \
                'outside-eu' \
                'small-business' \
                'exempt'
        case 'language'
            printf '%s\n' \
                'de	German' \
                'en	English'
        case 'per'
            printf '%s\n' \
                'hour' \
                'day' \
                'month'
        case 'sort'
            printf '%s\n' \
                'distance' \
                'price' \
                'name'
        case 'land'
            printf '%s\n' \
                'BB	Brandenburg' \
                'BE	Berlin' \
                'BW	Baden-Württemberg' \
                'BY	Bayern' \
                'HB	Bremen' \
                'HE	Hessen' \
                'HH	Hamburg' \
                'MV	Mecklenburg-Vorpommern' \
                'NI	Niedersachsen' \
                'NW	Nordrhein-Westfalen' \
                'RP	Rheinland-Pfalz' \
                'SH	Schleswig-Holstein' \
                'SL	Saarland' \
                'SN	Sachsen' \
                'ST	Sachsen-Anhalt' \
                'TH	Thüringen'
        case 'country'
            printf '%s\n' \
                'AD	Andorra' \
                'AE	United Arab Emirates' \
                'AF	Afghanistan' \
                'AG	Antigua & Barbuda' \
                'AI	Anguilla' \
                'AL	Albania' \
                'AM	Armenia' \
                'AO	Angola' \
                'AQ	Antarctica' \
                'AR	Argentina' \
                'AS	Samoa (American)' \
                'AT	Austria' \
                'AU	Australia' \
                'AW	Aruba' \
                'AX	Åland Islands' \
                'AZ	Azerbaijan' \
                'BA	Bosnia & Herzegovina' \
                'BB	Barbados' \
                'BD	Bangladesh' \
                'BE	Belgium' \
                'BF	Burkina Faso' \
                'BG	Bulgaria' \
                'BH	Bahrain' \
                'BI	Burundi' \
                'BJ	Benin' \
                'BL	St Barthelemy' \
                'BM	Bermuda' \
                'BN	Brunei' \
                'BO	Bolivia' \
                'BQ	Caribbean NL' \
                'BR	Brazil' \
                'BS	Bahamas' \
                'BT	Bhutan' \
                'BV	Bouvet Island' \
                'BW	Botswana' \
                'BY	Belarus' \
                'BZ	Belize' \
                'CA	Canada' \
                'CC	Cocos (Keeling) Islands' \
                'CD	Congo (Dem. Rep.)' \
                'CF	Central African Rep.' \
                'CG	Congo (Rep.)' \
                'CH	Switzerland' \
                'CI	Côte d\'Ivoire' \
                'CK	Cook Islands' \
                'CL	Chile' \
                'CM	Cameroon' \
                'CN	China' \
                'CO	Colombia' \
                'CR	Costa Rica' \
                'CU	Cuba' \
                'CV	Cape Verde' \
                'CW	Curaçao' \
                'CX	Christmas Island' \
                'CY	Cyprus' \
                'CZ	Czech Republic' \
                'DJ	Djibouti' \
                'DK	Denmark' \
                'DM	Dominica' \
                'DO	Dominican Republic' \
                'DZ	Algeria' \
                'EC	Ecuador' \
                'EE	Estonia' \
                'EG	Egypt' \
                'EH	Western Sahara' \
                'ER	Eritrea' \
                'ES	Spain' \
                'ET	Ethiopia' \
                'FI	Finland' \
                'FJ	Fiji' \
                'FK	Falkland Islands' \
                'FM	Micronesia' \
                'FO	Faroe Islands' \
                'FR	France' \
                'GA	Gabon' \
                'GB	United Kingdom' \
                'GD	Grenada' \
                'GE	Georgia' \
                'GF	French Guiana' \
                'GG	Guernsey' \
                'GH	Ghana' \
                'GI	Gibraltar' \
                'GL	Greenland' \
                'GM	Gambia' \
                'GN	Guinea' \
                'GP	Guadeloupe' \
                'GQ	Equatorial Guinea' \
                'GR	Greece' \
                'GS	South Georgia & the South Sandwich Islands' \
                'GT	Guatemala' \
                'GU	Guam' \
                'GW	Guinea-Bissau' \
                'GY	Guyana' \
                'HK	Hong Kong' \
                'HM	Heard Island & McDonald Islands' \
                'HN	Honduras' \
                'HR	Croatia' \
                'HT	Haiti' \
                'HU	Hungary' \
                'ID	Indonesia' \
                'IE	Ireland' \
                'IL	Israel' \
                'IM	Isle of Man' \
                'IN	India' \
                'IO	British Indian Ocean Territory' \
                'IQ	Iraq' \
                'IR	Iran' \
                'IS	Iceland' \
                'IT	Italy' \
                'JE	Jersey' \
                'JM	Jamaica' \
                'JO	Jordan' \
                'JP	Japan' \
                'KE	Kenya' \
                'KG	Kyrgyzstan' \
                'KH	Cambodia' \
                'KI	Kiribati' \
                'KM	Comoros' \
                'KN	St Kitts & Nevis' \
                'KP	North Korea' \
                'KR	South Korea' \
                'KW	Kuwait' \
                'KY	Cayman Islands' \
                'KZ	Kazakhstan' \
                'LA	Laos' \
                'LB	Lebanon' \
                'LC	St Lucia' \
                'LI	Liechtenstein' \
                'LK	Sri Lanka' \
                'LR	Liberia' \
                'LS	Lesotho' \
                'LT	Lithuania' \
                'LU	Luxembourg' \
                'LV	Latvia' \
                'LY	Libya' \
                'MA	Morocco' \
                'MC	Monaco' \
                'MD	Moldova' \
                'ME	Montenegro' \
                'MF	St Martin (French)' \
                'MG	Madagascar' \
                'MH	Marshall Islands' \
                'MK	North Macedonia' \
                'ML	Mali' \
                'MM	Myanmar' \
                'MN	Mongolia' \
                'MO	Macau' \
                'MP	Northern Mariana Islands' \
                'MQ	Martinique' \
                'MR	Mauritania' \
                'MS	Montserrat' \
                'MT	Malta' \
                'MU	Mauritius' \
                'MV	Maldives' \
                'MW	Malawi' \
                'MX	Mexico' \
                'MY	Malaysia' \
                'MZ	Mozambique' \
                'NA	Namibia' \
                'NC	New Caledonia' \
                'NE	Niger' \
                'NF	Norfolk Island' \
                'NG	Nigeria' \
                'NI	Nicaragua' \
                'NL	Netherlands' \
                'NO	Norway' \
                'NP	Nepal' \
                'NR	Nauru' \
                'NU	Niue' \
                'NZ	New Zealand' \
                'OM	Oman' \
                'PA	Panama' \
                'PE	Peru' \
                'PF	French Polynesia' \
                'PG	Papua New Guinea' \
                'PH	Philippines' \
                'PK	Pakistan' \
                'PL	Poland' \
                'PM	St Pierre & Miquelon' \
                'PN	Pitcairn' \
                'PR	Puerto Rico' \
                'PS	Palestine' \
                'PT	Portugal' \
                'PW	Palau' \
                'PY	Paraguay' \
                'QA	Qatar' \
                'RE	Réunion' \
                'RO	Romania' \
                'RS	Serbia' \
                'RU	Russia' \
                'RW	Rwanda' \
                'SA	Saudi Arabia' \
                'SB	Solomon Islands' \
                'SC	Seychelles' \
                'SD	Sudan' \
                'SE	Sweden' \
                'SG	Singapore' \
                'SH	St Helena' \
                'SI	Slovenia' \
                'SJ	Svalbard & Jan Mayen' \
                'SK	Slovakia' \
                'SL	Sierra Leone' \
                'SM	San Marino' \
                'SN	Senegal' \
                'SO	Somalia' \
                'SR	Suriname' \
                'SS	South Sudan' \
                'ST	Sao Tome & Principe' \
                'SV	El Salvador' \
                'SX	St Maarten (Dutch)' \
                'SY	Syria' \
                'SZ	Eswatini (Swaziland)' \
                'TC	Turks & Caicos Is' \
                'TD	Chad' \
                'TF	French S. Terr.' \
                'TG	Togo' \
                'TH	Thailand' \
                'TJ	Tajikistan' \
                'TK	Tokelau' \
                'TL	East Timor' \
                'TM	Turkmenistan' \
                'TN	Tunisia' \
                'TO	Tonga' \
                'TR	Turkey' \
                'TT	Trinidad & Tobago' \
                'TV	Tuvalu' \
                'TW	Taiwan' \
                'TZ	Tanzania' \
                'UA	Ukraine' \
                'UG	Uganda' \
                'UM	US minor outlying islands' \
                'US	United States' \
                'UY	Uruguay' \
                'UZ	Uzbekistan' \
                'VA	Vatican City' \
                'VC	St Vincent' \
                'VE	Venezuela' \
                'VG	Virgin Islands (UK)' \
                'VI	Virgin Islands (US)' \
                'VN	Vietnam' \
                'VU	Vanuatu' \
                'WF	Wallis & Futuna' \
                'WS	Samoa (western)' \
                'YE	Yemen' \
                'YT	Mayotte' \
                'ZA	South Africa' \
                'ZM	Zambia' \
                'ZW	Zimbabwe'
        case 'booking-state'
            printf '%s\n' \
                'asked' \
                'requested' \
                'pending' \
                'confirmed' \
                'cancelled' \
                'refused' \
                'unknown'
        case 'unit'
            printf '%s\n' \
                'hour' \
                'day' \
                'piece' \
                'month' \
                'flat'
        case 'vat'
            printf '%s\n' \
                '19' \
                '7' \
                '0'
        case 'level'
            printf '%s\n' \
                '1' \
                '2' \
                '3'
        case 'invoice-format'
            printf '%s\n' \
                'pdf' \
                'xrechnung' \
                'cii' \
                'html' \
                'json'
        case 'space-format'
            printf '%s\n' \
                'geojson' \
                'csv' \
                'json'
        case 'basis'
            printf '%s\n' \
                'issued	by invoice' \
                'paid	by payment'
        case 'vat-basis'
            printf '%s\n' \
                'issued	by invoice' \
                'performed	by the end of the work' \
                'paid	by payment'
        case 'write-off'
            printf '%s\n' \
                'at-once	up to 800 euro' \
                'pool	above 250 to 1,000 euro, five years' \
                'linear	the same each year' \
                'declining	a percentage of what is left'
        case 'books-format'
            printf '%s\n' \
                'folder' \
                'datev' \
                'hledger' \
                'beancount'
        case 'bank-format'
            printf '%s\n' \
                'camt' \
                'mt940' \
                'csv'
        case 'category'
            printf '%s\n' \
                'subcontractors	services of others (Fremdleistungen)' \
                'low-value-assets	low-value assets (GWG)' \
                'rent	rent of office, desk or room' \
                'phone	phone and internet' \
                'travel-costs	hotel and side costs of trips' \
                'training	training, without travel' \
                'advice	tax adviser, lawyer, bookkeeping' \
                'leasing	rent and leasing of movables' \
                'fees	fees, dues, insurance' \
                'it	running IT: hosting, software' \
                'material	work material, books, postage' \
                'advertising	advertising' \
                'other	other, fully deductible' \
                'gifts	gifts' \
                'meals	business meals' \
                'meal-allowances	meal allowances' \
                'home-days	home day allowance (Tagespauschale)' \
                'transport	public transport and other real travel cost' \
                'mileage	trips with a private vehicle' \
                'vat	VAT paid to the tax office'
        case 'renews'
            printf '%s\n' \
                'none	ends with its term' \
                'same	by the same length' \
                'month	by a month'
        case 'use'
            printf '%s\n' \
                'imprint' \
                'invoice' \
                'trade' \
                'register' \
                'lawsuit' \
                'tax' \
                'bank' \
                'google' \
                'vat-id'
        case 'dossier'
            printf '%s\n' \
                'identity	identity document shown (its expiry: --until)' \
                'home	proof of the home address' \
                'standing	trade certificate, extract of the register or letter of the tax office' \
                'owners	list of representatives and beneficial owners (companies)' \
                'mandate	power of attorney to receive mail, incl. registered mail' \
                'names	all exact recipient names told: person, firm, brand' \
                'sign	text of the sign told' \
                'e-mail	e-mail for notifications told' \
                'sepa	SEPA mandate given' \
                'identified	identified by the provider (next review: --until)'
        case 'imprint-format'
            printf '%s\n' \
                'text' \
                'html' \
                'md'
        case 'move-row'
            printf '%s\n' \
                'M1	trade office (Gewerbeamt)' \
                'M2	offices that the trade office tells (tax office, chamber, statistics …)' \
                'M3	tax office' \
                'M4	commercial register, through a notary' \
                'M5	BZSt: Euro-Adresse for confirmations of the VAT id' \
                'M6	Berufsgenossenschaft, social insurance, employment agency' \
                'M7	chamber' \
                'M8	KSK (artists\' social insurance)' \
                'M9	bank and payment services' \
                'M10	insurances (liability, contents)' \
                'M11	tax adviser, lawyer' \
                'M12	imprint, privacy notice, social profiles, shop platforms' \
                'M13	invoice template, e-invoice data, letterhead, signature, cards' \
                'M14	broadcasting service' \
                'M15	vehicle registration' \
                'M16	customers, suppliers' \
                'M17	domain holder data, cloud and software billing, app stores' \
                'M18	maps and directories (Google, Apple, Bing)' \
                'M19	forwarding order of the post' \
                'M20	residence registration' \
                'M21	old and new provider: data of the identity check' \
                'M22	old provider: end date, tail of mail, sign, keys, deposit, data deletion'
        case 'address-state'
            printf '%s\n' \
                'requested' \
                'checking' \
                'active'
        case 'notice-form'
            printf '%s\n' \
                'text' \
                'written' \
                'portal'
        case 'contract-per'
            printf '%s\n' \
                'hour' \
                'half-day' \
                'day' \
                'week' \
                'month' \
                'year' \
                'once'
        case 'post-kind'
            printf '%s\n' \
                'letter' \
                'tax-assessment' \
                'decision' \
                'court-order' \
                'default-judgment' \
                'fine' \
                'penal-order' \
                'invoice' \
                'other'
        case 'post-state'
            printf '%s\n' \
                'expected' \
                'received' \
                'notified' \
                'scan_requested' \
                'triaged' \
                'forward_requested' \
                'pickup_ready' \
                'destroy_requested' \
                'refused' \
                'returned'
        case 'post-done'
            printf '%s\n' \
                'scanned' \
                'forwarded' \
                'collected' \
                'archived' \
                'destroyed'
        case 'deadline-done'
            printf '%s\n' \
                'met' \
                'waived'
        case 'parish'
            printf '%s\n' \
                'catholic' \
                'augsburg' \
                'other'
        case 'fallback'
            printf '%s\n' \
                'any	any desk of the space'
        case 'any-country'
            printf '%s\n' \
                'AD	Andorra' \
                'AE	United Arab Emirates' \
                'AF	Afghanistan' \
                'AG	Antigua & Barbuda' \
                'AI	Anguilla' \
                'AL	Albania' \
                'AM	Armenia' \
                'AO	Angola' \
                'AQ	Antarctica' \
                'AR	Argentina' \
                'AS	Samoa (American)' \
                'AT	Austria' \
                'AU	Australia' \
                'AW	Aruba' \
                'AX	Åland Islands' \
                'AZ	Azerbaijan' \
                'BA	Bosnia & Herzegovina' \
                'BB	Barbados' \
                'BD	Bangladesh' \
                'BE	Belgium' \
                'BF	Burkina Faso' \
                'BG	Bulgaria' \
                'BH	Bahrain' \
                'BI	Burundi' \
                'BJ	Benin' \
                'BL	St Barthelemy' \
                'BM	Bermuda' \
                'BN	Brunei' \
                'BO	Bolivia' \
                'BQ	Caribbean NL' \
                'BR	Brazil' \
                'BS	Bahamas' \
                'BT	Bhutan' \
                'BV	Bouvet Island' \
                'BW	Botswana' \
                'BY	Belarus' \
                'BZ	Belize' \
                'CA	Canada' \
                'CC	Cocos (Keeling) Islands' \
                'CD	Congo (Dem. Rep.)' \
                'CF	Central African Rep.' \
                'CG	Congo (Rep.)' \
                'CH	Switzerland' \
                'CI	Côte d\'Ivoire' \
                'CK	Cook Islands' \
                'CL	Chile' \
                'CM	Cameroon' \
                'CN	China' \
                'CO	Colombia' \
                'CR	Costa Rica' \
                'CU	Cuba' \
                'CV	Cape Verde' \
                'CW	Curaçao' \
                'CX	Christmas Island' \
                'CY	Cyprus' \
                'CZ	Czech Republic' \
                'DE	Germany' \
                'DJ	Djibouti' \
                'DK	Denmark' \
                'DM	Dominica' \
                'DO	Dominican Republic' \
                'DZ	Algeria' \
                'EC	Ecuador' \
                'EE	Estonia' \
                'EG	Egypt' \
                'EH	Western Sahara' \
                'ER	Eritrea' \
                'ES	Spain' \
                'ET	Ethiopia' \
                'FI	Finland' \
                'FJ	Fiji' \
                'FK	Falkland Islands' \
                'FM	Micronesia' \
                'FO	Faroe Islands' \
                'FR	France' \
                'GA	Gabon' \
                'GB	United Kingdom' \
                'GD	Grenada' \
                'GE	Georgia' \
                'GF	French Guiana' \
                'GG	Guernsey' \
                'GH	Ghana' \
                'GI	Gibraltar' \
                'GL	Greenland' \
                'GM	Gambia' \
                'GN	Guinea' \
                'GP	Guadeloupe' \
                'GQ	Equatorial Guinea' \
                'GR	Greece' \
                'GS	South Georgia & the South Sandwich Islands' \
                'GT	Guatemala' \
                'GU	Guam' \
                'GW	Guinea-Bissau' \
                'GY	Guyana' \
                'HK	Hong Kong' \
                'HM	Heard Island & McDonald Islands' \
                'HN	Honduras' \
                'HR	Croatia' \
                'HT	Haiti' \
                'HU	Hungary' \
                'ID	Indonesia' \
                'IE	Ireland' \
                'IL	Israel' \
                'IM	Isle of Man' \
                'IN	India' \
                'IO	British Indian Ocean Territory' \
                'IQ	Iraq' \
                'IR	Iran' \
                'IS	Iceland' \
                'IT	Italy' \
                'JE	Jersey' \
                'JM	Jamaica' \
                'JO	Jordan' \
                'JP	Japan' \
                'KE	Kenya' \
                'KG	Kyrgyzstan' \
                'KH	Cambodia' \
                'KI	Kiribati' \
                'KM	Comoros' \
                'KN	St Kitts & Nevis' \
                'KP	North Korea' \
                'KR	South Korea' \
                'KW	Kuwait' \
                'KY	Cayman Islands' \
                'KZ	Kazakhstan' \
                'LA	Laos' \
                'LB	Lebanon' \
                'LC	St Lucia' \
                'LI	Liechtenstein' \
                'LK	Sri Lanka' \
                'LR	Liberia' \
                'LS	Lesotho' \
                'LT	Lithuania' \
                'LU	Luxembourg' \
                'LV	Latvia' \
                'LY	Libya' \
                'MA	Morocco' \
                'MC	Monaco' \
                'MD	Moldova' \
                'ME	Montenegro' \
                'MF	St Martin (French)' \
                'MG	Madagascar' \
                'MH	Marshall Islands' \
                'MK	North Macedonia' \
                'ML	Mali' \
                'MM	Myanmar' \
                'MN	Mongolia' \
                'MO	Macau' \
                'MP	Northern Mariana Islands' \
                'MQ	Martinique' \
                'MR	Mauritania' \
                'MS	Montserrat' \
                'MT	Malta' \
                'MU	Mauritius' \
                'MV	Maldives' \
                'MW	Malawi' \
                'MX	Mexico' \
                'MY	Malaysia' \
                'MZ	Mozambique' \
                'NA	Namibia' \
                'NC	New Caledonia' \
                'NE	Niger' \
                'NF	Norfolk Island' \
                'NG	Nigeria' \
                'NI	Nicaragua' \
                'NL	Netherlands' \
                'NO	Norway' \
                'NP	Nepal' \
                'NR	Nauru' \
                'NU	Niue' \
                'NZ	New Zealand' \
                'OM	Oman' \
                'PA	Panama' \
                'PE	Peru' \
                'PF	French Polynesia' \
                'PG	Papua New Guinea' \
                'PH	Philippines' \
                'PK	Pakistan' \
                'PL	Poland' \
                'PM	St Pierre & Miquelon' \
                'PN	Pitcairn' \
                'PR	Puerto Rico' \
                'PS	Palestine' \
                'PT	Portugal' \
                'PW	Palau' \
                'PY	Paraguay' \
                'QA	Qatar' \
                'RE	Réunion' \
                'RO	Romania' \
                'RS	Serbia' \
                'RU	Russia' \
                'RW	Rwanda' \
                'SA	Saudi Arabia' \
                'SB	Solomon Islands' \
                'SC	Seychelles' \
                'SD	Sudan' \
                'SE	Sweden' \
                'SG	Singapore' \
                'SH	St Helena' \
                'SI	Slovenia' \
                'SJ	Svalbard & Jan Mayen' \
                'SK	Slovakia' \
                'SL	Sierra Leone' \
                'SM	San Marino' \
                'SN	Senegal' \
                'SO	Somalia' \
                'SR	Suriname' \
                'SS	South Sudan' \
                'ST	Sao Tome & Principe' \
                'SV	El Salvador' \
                'SX	St Maarten (Dutch)' \
                'SY	Syria' \
                'SZ	Eswatini (Swaziland)' \
                'TC	Turks & Caicos Is' \
                'TD	Chad' \
                'TF	French S. Terr.' \
                'TG	Togo' \
                'TH	Thailand' \
                'TJ	Tajikistan' \
                'TK	Tokelau' \
                'TL	East Timor' \
                'TM	Turkmenistan' \
                'TN	Tunisia' \
                'TO	Tonga' \
                'TR	Turkey' \
                'TT	Trinidad & Tobago' \
                'TV	Tuvalu' \
                'TW	Taiwan' \
                'TZ	Tanzania' \
                'UA	Ukraine' \
                'UG	Uganda' \
                'UM	US minor outlying islands' \
                'US	United States' \
                'UY	Uruguay' \
                'UZ	Uzbekistan' \
                'VA	Vatican City' \
                'VC	St Vincent' \
                'VE	Venezuela' \
                'VG	Virgin Islands (UK)' \
                'VI	Virgin Islands (US)' \
                'VN	Vietnam' \
                'VU	Vanuatu' \
                'WF	Wallis & Futuna' \
                'WS	Samoa (western)' \
                'YE	Yemen' \
                'YT	Mayotte' \
                'ZA	South Africa' \
                'ZM	Zambia' \
                'ZW	Zimbabwe'
        case 'currency'
            printf '%s\n' \
                'AED' \
                'AFN' \
                'ALL' \
                'AMD' \
                'AOA' \
                'ARS' \
                'AUD' \
                'AWG' \
                'AZN' \
                'BAM' \
                'BBD' \
                'BDT' \
                'BHD' \
                'BIF' \
                'BMD' \
                'BND' \
                'BOB' \
                'BRL' \
                'BSD' \
                'BTN' \
                'BWP' \
                'BYN' \
                'BZD' \
                'CAD' \
                'CDF' \
                'CHF' \
                'CLP' \
                'CNY' \
                'COP' \
                'CRC' \
                'CUP' \
                'CVE' \
                'CZK' \
                'DJF' \
                'DKK' \
                'DOP' \
                'DZD' \
                'EGP' \
                'ERN' \
                'ETB' \
                'EUR' \
                'FJD' \
                'FKP' \
                'GBP' \
                'GEL' \
                'GHS' \
                'GIP' \
                'GMD' \
                'GNF' \
                'GTQ' \
                'GYD' \
                'HKD' \
                'HNL' \
                'HTG' \
                'HUF' \
                'IDR' \
                'ILS' \
                'INR' \
                'IQD' \
                'IRR' \
                'ISK' \
                'JMD' \
                'JOD' \
                'JPY' \
                'KES' \
                'KGS' \
                'KHR' \
                'KMF' \
                'KPW' \
                'KRW' \
                'KWD' \
                'KYD' \
                'KZT' \
                'LAK' \
                'LBP' \
                'LKR' \
                'LRD' \
                'LSL' \
                'LYD' \
                'MAD' \
                'MDL' \
                'MGA' \
                'MKD' \
                'MMK' \
                'MNT' \
                'MOP' \
                'MRU' \
                'MUR' \
                'MVR' \
                'MWK' \
                'MXN' \
                'MYR' \
                'MZN' \
                'NAD' \
                'NGN' \
                'NIO' \
                'NOK' \
                'NPR' \
                'NZD' \
                'OMR' \
                'PAB' \
                'PEN' \
                'PGK' \
                'PHP' \
                'PKR' \
                'PLN' \
                'PYG' \
                'QAR' \
                'RON' \
                'RSD' \
                'RUB' \
                'RWF' \
                'SAR' \
                'SBD' \
                'SCR' \
                'SDG' \
                'SEK' \
                'SGD' \
                'SHP' \
                'SLE' \
                'SOS' \
                'SRD' \
                'SSP' \
                'STN' \
                'SVC' \
                'SYP' \
                'SZL' \
                'THB' \
                'TJS' \
                'TMT' \
                'TND' \
                'TOP' \
                'TRY' \
                'TTD' \
                'TWD' \
                'TZS' \
                'UAH' \
                'UGX' \
                'USD' \
                'UYU' \
                'UZS' \
                'VED' \
                'VES' \
                'VND' \
                'VUV' \
                'WST' \
                'XAF' \
                'XCD' \
                'XCG' \
                'XOF' \
                'XPF' \
                'YER' \
                'ZAR' \
                'ZMW' \
                'ZWG'
        case 'day'
            printf '%s\n' \
                'today' \
                'tomorrow' \
                'yesterday' \
                'mon' \
                'tue' \
                'wed' \
                'thu' \
                'fri' \
                'sat' \
                'sun'
        case 'weekdays'
            printf '%s\n' \
                'mon-fri' \
                'mon' \
                'tue' \
                'wed' \
                'thu' \
                'fri' \
                'sat' \
                'sun'
        case 'import-format'
            printf '%s\n' \
                'watson' \
                'timewarrior' \
                'toggl' \
                'clockify' \
                'csv' \
                'json' \
                'kimai' \
                'klog' \
                'timetrap' \
                'hamster' \
                'org' \
                'timeclock'
        case 'export-format'
            printf '%s\n' \
                'csv' \
                'json' \
                'timewarrior' \
                'timeclock' \
                'klog' \
                'ical'
        case 'clock-change'
            printf '%s\n' \
                'first' \
                'second'
        case 'noun'
            printf '%s\n' \
                'space	find spaces, keep your own directory of them' \
                'place	look up a town or a postcode, offline' \
                'plan	what spaces charge, kept by hand, and the cheapest mix of it' \
                'membership	what a membership includes, and what is left of it' \
                'compare	a lease beside desks by the day or month' \
                'event	events, trial days and open days' \
                'tour	several spaces on one day, to look at them' \
                'desk	what can be booked in a space' \
                'booking	book, list and cancel desks and rooms' \
                'standing	desks that are booked on the same days of every week' \
                'absence	days off, which no series and no standing order books' \
                'address	virtual-office addresses you hold' \
                'contract	what you agreed, and the last day to send a notice' \
                'post	paper mail, its states and its deadlines' \
                'client	who pays you' \
                'project	what you work on for a client' \
                'people	whom you met, what was asked and given, what came of it' \
                'job	jobs done with others: hours, shares, what is settled' \
                'team	for whom you pay desks, up to which sum' \
                'survey	your own answers on what a region needs, without your name' \
                'feedback	what you tell the operators of spaces' \
                'profile	who you are, for directories' \
                'track	record hours' \
                'day	where the days go: home, space, client, and what follows' \
                'trial	something tried for a while, before and since' \
                'report	hours, days and money, summed up' \
                'quote	what you offer, from the draft to the yes' \
                'invoice	from hours to an issued invoice' \
                'expense	what you spent, with its receipts' \
                'bank	statements of your bank, matched with invoices and expenses' \
                'books	everything for the tax adviser' \
                'account	places to ask: a provider and its settings' \
                'provider	the providers cowork can ask' \
                'config	settings and where they come from' \
                'data	back up, restore and check your data' \
                'completion	TAB completion for your shell'
        case 'euro'
            printf '%s\n' \
                'EUR'
    end
end

function __cowork_options
    switch "$argv[1]"
        case 'space search'
            printf '%s\n' \
                '--sort	=sort	distance, price or name.' \
                '--limit	.	Show at most N.' \
                '--refresh	-	Ask online again, however fresh the last answer is (7 days).' \
                '--near	@place	A place, postcode or LAT,LON.' \
                '--radius	.	Kilometres around it.' \
                '--kind	=space-kind	day, flex, fixed, office, room, booth, virtual, event; again for more.' \
                '--amenity	=amenity	wifi, printer, kitchen, booth, step-free, childcare, parking, bike, shower, locker, screen, coffee, dogs …; again for more.' \
                '--open-on	=day	Open on that day.' \
                '--at	.	Open at that time.' \
                '--max-price	.	At most this price.' \
                '--per	=per	Which price counts.' \
                '--account	=account+@account	Ask only this account.' \
                '--offline	-	Ask nobody online.'
        case 'space sync'
            printf '%s\n' \
                '--near	@place	A place, postcode or LAT,LON.' \
                '--radius	.	Kilometres around it.' \
                '--account	=account+@account	Fetch only from this account.' \
                '--refresh	-	Fetch again also what is there already.'
        case 'space show'
            printf '%s\n' \
                '--from	@place	Distance from there; default: your own town.' \
                '--offline	-	Ask nobody online.' \
                '--refresh	-	Ask online again, however fresh the last answer is (7 days).'
        case 'space map'
            printf '%s\n' \
                '--limit	.	Show at most N.' \
                '--tiles	.	Where map images come from, or none at all.' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.' \
                '--near	@place	A place, postcode or LAT,LON.' \
                '--radius	.	Kilometres around it.' \
                '--kind	=space-kind	day, flex, fixed, office, room, booth, virtual, event; again for more.' \
                '--amenity	=amenity	wifi, printer, kitchen, booth, step-free, childcare, parking, bike, shower, locker, screen, coffee, dogs …; again for more.' \
                '--open-on	=day	Open on that day.' \
                '--at	.	Open at that time.' \
                '--max-price	.	At most this price.' \
                '--per	=per	Which price counts.' \
                '--account	=account+@account	Ask only this account.' \
                '--offline	-	Ask nobody online.'
        case 'space visit'
            printf '%s\n' \
                '--set	.	The same by its key; again for more.' \
                '--remove	-	Take the visit out again.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.' \
                '--date	.	Day of the visit; default: today.' \
                '--down	.	Download in Mbit/s.' \
                '--up	.	Upload in Mbit/s.' \
                '--noise	=noise	silent, quiet, lively, loud, or dB as in 52.' \
                '--booths	.	How many booths to call from.' \
                '--booth-rules	.	Rules of the booths, such as 30 min at most.' \
                '--chair	=grade	good, fair, poor.' \
                '--sockets	=sockets	every-desk, some, none.' \
                '--daylight	=grade	good, fair, poor.' \
                '--answer	.	How long an enquiry waited: 2h, 3d.' \
                '--note	.	What else there is to say.'
        case 'space compare'
            printf '%s\n' \
                '--from	@place	Distance from there; default: your own town.' \
                '--offline	-	Ask nobody online.' \
                '--refresh	-	Ask online again, however fresh the last answer is (7 days).'
        case 'space add'
            printf '%s\n' \
                '--street	.	Street and number.' \
                '--postcode	.	Postcode.' \
                '--city	.	City.' \
                '--country	=any-country	Country, two letters.' \
                '--lat	.	Latitude in degrees.' \
                '--lon	.	Longitude in degrees.' \
                '--email	.	E-mail address.' \
                '--phone	.	Telephone number.' \
                '--website	.	Web site.' \
                '--hours	.	Opening hours, such as Mo-Fr 08:00-18:00.' \
                '--kind	=space-kind	day, flex, fixed, office, room, booth, virtual, event; again for more.' \
                '--amenity	=amenity	wifi, printer, kitchen, booth, step-free, childcare, parking, bike, shower, locker, screen, coffee, dogs …; again for more.' \
                '--price	.	day=18, hour=12net, month=150gross; again for more.' \
                '--timezone	.	Its IANA zone, where that does not follow.' \
                '--note	.	For yourself; added to those that are there.'
        case 'space edit'
            printf '%s\n' \
                '--name	.	What it is called.' \
                '--remove-note	.	Take out a note, by its number in space show.' \
                '--street	.	Street and number.' \
                '--postcode	.	Postcode.' \
                '--city	.	City.' \
                '--country	=any-country	Country, two letters.' \
                '--lat	.	Latitude in degrees.' \
                '--lon	.	Longitude in degrees.' \
                '--email	.	E-mail address.' \
                '--phone	.	Telephone number.' \
                '--website	.	Web site.' \
                '--hours	.	Opening hours, such as Mo-Fr 08:00-18:00.' \
                '--kind	=space-kind	day, flex, fixed, office, room, booth, virtual, event; again for more.' \
                '--amenity	=amenity	wifi, printer, kitchen, booth, step-free, childcare, parking, bike, shower, locker, screen, coffee, dogs …; again for more.' \
                '--price	.	day=18, hour=12net, month=150gross; again for more.' \
                '--timezone	.	Its IANA zone, where that does not follow.' \
                '--note	.	For yourself; added to those that are there.'
        case 'space remove'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'space import'
            printf '%s\n' \
                '--amenity	=amenity	Store this one too; again for more.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'space export'
            printf '%s\n' \
                '--format	=space-format	geojson, csv or json.' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.'
        case 'place find'
            printf '%s\n' \
                '--online	-	Ask the geocoder that is switched on: addresses, places abroad.'
        case 'place update'
            printf '%s\n' \
                '--file	f	A list of GeoNames, instead of fetching it.'
        case 'plan list'
            printf '%s\n' \
                '--kind	=plan-kind	hour, half-day, day, bundle, week, month, permanent, virtual.'
        case 'plan add'
            printf '%s\n' \
                '--extra	.	NAME=PRICE, such as phone=month=10net; again for more, NAME= takes one out.' \
                '--kind	=plan-kind	hour, half-day, day, bundle, week, month, permanent, virtual.' \
                '--price	.	18, 149net, 21.42gross; year=300 for another unit.' \
                '--count	.	Days of a bundle.' \
                '--days	.	Days of a bundle.' \
                '--expires	.	A bundle is to be used within: 12m, 90d.' \
                '--valid	.	A bundle is to be used within: 12m, 90d.' \
                '--setup-fee	.	Paid once at the start.' \
                '--deposit	.	Given back at the end.' \
                '--min-term	.	The least that one signs for: 3m, 1y.' \
                '--notice	.	3m to month-end; to any, term-end, day-15.' \
                '--valid-from	.	First day of this price.' \
                '--source	.	Who says so: a web page, a person, a flyer.' \
                '--note	.	For yourself.' \
                '--quota	.	Days of each month (or week); without: any number.' \
                '--period	=plan-period	calendar, or rolling from its first day.' \
                '--counts-from	=counts-from	It expires from: purchase or first-use.' \
                '--weekdays	.	Only on these: mon-fri, tue,thu.' \
                '--open-hours	.	Only at these times: Mo-Fr 09:00-18:00.' \
                '--hours	.	Only at these times: Mo-Fr 09:00-18:00.' \
                '--excludes-holidays	=yes-no	Not on public holidays: yes, no or unknown.' \
                '--stackable	=yes-no	Beside another subscription: yes, no or unknown.' \
                '--max-active	.	How many of it at the same time.' \
                '--seat	=yes-no	A seat is guaranteed: yes, no or unknown.' \
                '--room-credit	.	Included time of a room in each period: 4h.' \
                '--day-credits	.	A bundle counted in credits: what a day takes.' \
                '--team-only	=yes-no	Sold to teams alone: yes, no or unknown.' \
                '--valid-until	.	Last day on which it is sold so.'
        case 'plan edit'
            printf '%s\n' \
                '--name	.	What the space calls it.' \
                '--extra	.	NAME=PRICE, such as phone=month=10net; again for more, NAME= takes one out.' \
                '--kind	=plan-kind	hour, half-day, day, bundle, week, month, permanent, virtual.' \
                '--price	.	18, 149net, 21.42gross; year=300 for another unit.' \
                '--count	.	Days of a bundle.' \
                '--days	.	Days of a bundle.' \
                '--expires	.	A bundle is to be used within: 12m, 90d.' \
                '--valid	.	A bundle is to be used within: 12m, 90d.' \
                '--setup-fee	.	Paid once at the start.' \
                '--deposit	.	Given back at the end.' \
                '--min-term	.	The least that one signs for: 3m, 1y.' \
                '--notice	.	3m to month-end; to any, term-end, day-15.' \
                '--valid-from	.	First day of this price.' \
                '--source	.	Who says so: a web page, a person, a flyer.' \
                '--note	.	For yourself.' \
                '--quota	.	Days of each month (or week); without: any number.' \
                '--period	=plan-period	calendar, or rolling from its first day.' \
                '--counts-from	=counts-from	It expires from: purchase or first-use.' \
                '--weekdays	.	Only on these: mon-fri, tue,thu.' \
                '--open-hours	.	Only at these times: Mo-Fr 09:00-18:00.' \
                '--hours	.	Only at these times: Mo-Fr 09:00-18:00.' \
                '--excludes-holidays	=yes-no	Not on public holidays: yes, no or unknown.' \
                '--stackable	=yes-no	Beside another subscription: yes, no or unknown.' \
                '--max-active	.	How many of it at the same time.' \
                '--seat	=yes-no	A seat is guaranteed: yes, no or unknown.' \
                '--room-credit	.	Included time of a room in each period: 4h.' \
                '--day-credits	.	A bundle counted in credits: what a day takes.' \
                '--team-only	=yes-no	Sold to teams alone: yes, no or unknown.' \
                '--valid-until	.	Last day on which it is sold so.'
        case 'plan remove'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'plan optimise'
            printf '%s\n' \
                '--days	.	Days of the week: mon,wed.' \
                '--dates	.	Single days, with commas, or A..B; again for more.' \
                '--from-log	.	The days you were there: hours and bookings.' \
                '--start	.	First day of --days; default: today.' \
                '--horizon	.	How far --days go.' \
                '--skip-holidays	-	Leave out the public holidays at the first space.' \
                '--way	.	There and back: SPACE=24km,50min,7.20; again for more.' \
                '--room	.	A room on each of these days: wed=2h; again for more.' \
                '--room-price	.	An hour of a room: SPACE=12net; again for more.' \
                '--paid	@people	What the days of --from-log did cost.' \
                '--tax	=price-tax	net or gross; default: by seller.small_business.' \
                '--vat-rate	.	VAT in percent, outside of Germany.' \
                '--team	-	Plans that are sold to teams alone, too.'
        case 'membership add'
            printf '%s\n' \
                '--includes	.	days=10/month, prints=100, "credits=50 until DATE", "room=4 for 3m"; again for more.' \
                '--starts	.	First day; default: today.' \
                '--ends	.	Last day.' \
                '--plan	@plan	The plan it is of: plan-1.' \
                '--contract	@contract	The contract it is under: c-1.' \
                '--note	.	For yourself.'
        case 'membership edit'
            printf '%s\n' \
                '--name	.	What the space calls it.' \
                '--includes	.	days=10/month, prints=100, "credits=50 until DATE", "room=4 for 3m"; again for more.' \
                '--starts	.	First day; default: today.' \
                '--ends	.	Last day.' \
                '--plan	@plan	The plan it is of: plan-1.' \
                '--contract	@contract	The contract it is under: c-1.' \
                '--note	.	For yourself.'
        case 'membership use'
            printf '%s\n' \
                '--on	=day	Day of use; default: today.' \
                '--note	.	For yourself.'
        case 'membership remove'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'compare lease'
            printf '%s\n' \
                '--rent	.	Rent a month: 450net.' \
                '--days	.	Working days a month at a desk.' \
                '--term	.	How long one signs for.' \
                '--notice	.	Notice after it.' \
                '--running	.	Heating, power, internet, cleaning a month.' \
                '--fit-out	.	Furniture and works, once.' \
                '--fee	.	Agent and contract, once.' \
                '--deposit	.	What is tied up and comes back.' \
                '--exit-cost	.	Moving out: works, disposal.' \
                '--months	.	How far to look.' \
                '--tax	=price-tax	net or gross; default: by seller.small_business.'
        case 'event list'
            printf '%s\n' \
                '--near	@place	Only those around it.' \
                '--radius	.	How far around.' \
                '--past	-	Also those that are over.' \
                '--in	.	2026, 2026-Q4, 2026-11, november or KW48.' \
                '--from	.	First day.' \
                '--to	.	Last day, included.' \
                '--today	-	Only today.' \
                '--week	-	The current week.' \
                '--month	-	The current month.' \
                '--quarter	-	The current quarter.' \
                '--year	-	The current year.' \
                '--last-week	-	The week before.' \
                '--last-month	-	The month before.' \
                '--last-quarter	-	The quarter before.' \
                '--last-year	-	The year before.'
        case 'event add'
            printf '%s\n' \
                '--from	.	Start; without: the whole day.' \
                '--to	.	End.' \
                '--kind	=event-kind	event, trial-day, open-day.' \
                '--on	=day	The day.' \
                '--space	@space	The space it is at.' \
                '--location	.	Where, in words.' \
                '--decide-by	.	The day by which you want to decide.' \
                '--decided	.	What you decided.' \
                '--url	.	Its page.' \
                '--note	.	For yourself.'
        case 'event edit'
            printf '%s\n' \
                '--name	.	What it is called.' \
                '--from	.	Start; without: the whole day.' \
                '--to	.	End.' \
                '--kind	=event-kind	event, trial-day, open-day.' \
                '--on	=day	The day.' \
                '--space	@space	The space it is at.' \
                '--location	.	Where, in words.' \
                '--decide-by	.	The day by which you want to decide.' \
                '--decided	.	What you decided.' \
                '--url	.	Its page.' \
                '--note	.	For yourself.'
        case 'event remove'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'event import'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'tour plan'
            printf '%s\n' \
                '--on	=day	The day.' \
                '--from	.	When it may begin.' \
                '--to	.	When it has to be over.' \
                '--stay	.	How long at each.' \
                '--mode	=mode	foot, bike, transit or car.' \
                '--start	@place	Where you set out: PLACE or LAT,LON.' \
                '--out	f	.ics, or a page to print with scorecards, .html.' \
                '--force	-	Replace the file if it is there.'
        case 'desk list'
            printf '%s\n' \
                '--kind	=desk-kind	desk, room, booth, office.'
        case 'desk add'
            printf '%s\n' \
                '--kind	=desk-kind	desk, room, booth, office.' \
                '--units	.	How many there are of the same.' \
                '--capacity	.	How many people fit.' \
                '--price	.	day=18, hour=12net, day=20gross.'
        case 'desk edit'
            printf '%s\n' \
                '--name	.	What it is called.' \
                '--kind	=desk-kind	desk, room, booth, office.' \
                '--units	.	How many there are of the same.' \
                '--capacity	.	How many people fit.' \
                '--price	.	day=18, hour=12net, day=20gross.'
        case 'desk remove'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'desk free'
            printf '%s\n' \
                '--near	@place	All known ones within 10 km.' \
                '--on	=day	The day.' \
                '--from	.	Free from then.' \
                '--to	.	Free until then.' \
                '--capacity	.	How many people fit.' \
                '--kind	=desk-kind	desk, room, booth, office.'
        case 'booking add'
            printf '%s\n' \
                '--on	=day	A day, days with commas, or A..B.' \
                '--every	=weekdays	mon,wed: a series, to --until.' \
                '--until	=day	Last day of a series.' \
                '--skip-holidays	=land	Leave out its public holidays.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.' \
                '--from	.	Start, in the space\'s time.' \
                '--to	.	End, in the space\'s time.' \
                '--all-day	-	The opening hours, else the whole day.' \
                '--fallback	=fallback	Another of its kind will do.' \
                '--title	.	What it is for.' \
                '--project	@project	CLIENT/ID it belongs to.' \
                '--for	.	Who sits there (default: me).' \
                '--max-price	.	Go on without asking up to this price.' \
                '--key	.	The same key books once.'
        case 'booking list'
            printf '%s\n' \
                '--account	=account+@account	Only of this account.' \
                '--state	=booking-state	asked, requested, pending, confirmed, cancelled, refused, unknown; again for more.' \
                '--past	-	Also what is over.' \
                '--person	@person	Only of this person; default: of everybody.' \
                '--in	.	2026, 2026-Q4, 2026-11, november or KW48.' \
                '--from	.	First day.' \
                '--to	.	Last day, included.' \
                '--today	-	Only today.' \
                '--week	-	The current week.' \
                '--month	-	The current month.' \
                '--quarter	-	The current quarter.' \
                '--year	-	The current year.' \
                '--last-week	-	The week before.' \
                '--last-month	-	The month before.' \
                '--last-quarter	-	The quarter before.' \
                '--last-year	-	The year before.'
        case 'booking move'
            printf '%s\n' \
                '--on	=day	The new day.' \
                '--from	.	The new start.' \
                '--to	.	The new end.' \
                '--desk	@desk	The new desk.' \
                '--on-dates	.	Of a series only these days; also A..B.' \
                '--max-price	.	Go on without asking up to this price.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'booking cancel'
            printf '%s\n' \
                '--on	=day	Of a series only these days; also A..B.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'booking sync'
            printf '%s\n' \
                '--account	=account+@account	Ask only this account.'
        case 'booking checkin'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'booking watch'
            printf '%s\n' \
                '--on	=day	A day, days with commas, or A..B.' \
                '--for-at-most	.	How long to wait; a week at most.' \
                '--exec	.	Run it when booked; reads COWORK_BOOKING_ID, _DESK …' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.' \
                '--from	.	Start, in the space\'s time.' \
                '--to	.	End, in the space\'s time.' \
                '--all-day	-	The opening hours, else the whole day.' \
                '--fallback	=fallback	Another of its kind will do.' \
                '--title	.	What it is for.' \
                '--project	@project	CLIENT/ID it belongs to.' \
                '--for	.	Who sits there (default: me).' \
                '--max-price	.	Go on without asking up to this price.' \
                '--key	.	The same key books once.'
        case 'booking calendar'
            printf '%s\n' \
                '--in	.	2026, 2026-Q4, 2026-11, november or KW48.' \
                '--from	.	First day.' \
                '--to	.	Last day, included.' \
                '--today	-	Only today.' \
                '--week	-	The current week.' \
                '--month	-	The current month.' \
                '--quarter	-	The current quarter.' \
                '--year	-	The current year.' \
                '--last-week	-	The week before.' \
                '--last-month	-	The month before.' \
                '--last-quarter	-	The quarter before.' \
                '--last-year	-	The year before.'
        case 'booking export'
            printf '%s\n' \
                '--past	-	Also what is over.' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.' \
                '--in	.	2026, 2026-Q4, 2026-11, november or KW48.' \
                '--from	.	First day.' \
                '--to	.	Last day, included.' \
                '--today	-	Only today.' \
                '--week	-	The current week.' \
                '--month	-	The current month.' \
                '--quarter	-	The current quarter.' \
                '--year	-	The current year.' \
                '--last-week	-	The week before.' \
                '--last-month	-	The month before.' \
                '--last-quarter	-	The quarter before.' \
                '--last-year	-	The year before.'
        case 'booking mail'
            printf '%s\n' \
                '--to	.	Default: the address of the space.' \
                '--language	=language	de or en; else invoice.language.' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'booking confirm'
            printf '%s\n' \
                '--from	f	The answer: a mail or an .ics; - is stdin.'
        case 'standing add'
            printf '%s\n' \
                '--every	=weekdays	mon,wed or mon-fri.' \
                '--ahead	.	How long before a day it can be booked.' \
                '--from	.	Start, in the space\'s time.' \
                '--to	.	End, in the space\'s time.' \
                '--opens	.	When booking opens, in the space\'s time.' \
                '--skip-holidays	=land	Leave out its public holidays.' \
                '--fallback	=fallback	Another of its kind will do.' \
                '--max-price	.	What each booking may cost.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'standing edit'
            printf '%s\n' \
                '--rename	.	Another name; all else stays.' \
                '--max-price	.	What each booking may cost.' \
                '--skip-holidays	=land	Leave out its public holidays, or none.' \
                '--fallback	=fallback	Whether another will do.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'standing run'
            printf '%s\n' \
                '--now	-	Try at once what failed, also what was given up.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'standing install'
            printf '%s\n' \
                '--systemd	-	A systemd timer of the user instead of a crontab line.' \
                '--remove	-	Take it out again.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'absence add'
            printf '%s\n' \
                '--text	.	What for.'
        case 'absence edit'
            printf '%s\n' \
                '--days	.	Other days.' \
                '--text	.	What for.'
        case 'address plans'
            printf '%s\n' \
                '--near	@place	A town, a postcode or LAT,LON.' \
                '--radius	.	Around it.' \
                '--account	=account+@account	Only ask this one; again for more.'
        case 'address register'
            printf '%s\n' \
                '--name	.	For whom.' \
                '--company	.	And which firm.' \
                '--starts	.	First day.' \
                '--extra	.	An extra; again for more.' \
                '--accept-terms	-	You have read and accept the provider\'s terms.' \
                '--max-price	.	Go on without asking up to this.' \
                '--recipient	.	A line of the letter\'s address; again for more.' \
                '--mail	.	E-mail address of the recipient.' \
                '--lang	=language	de or en.' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.' \
                '--open	-	Open the file with the desktop\'s own program.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'address add'
            printf '%s\n' \
                '--space	@space	A known space it is at.' \
                '--recipient	.	A name on the letter box; again for more.' \
                '--street	.	Street and number.' \
                '--postcode	.	Postcode.' \
                '--city	.	City.' \
                '--country	=any-country	Country, two letters.' \
                '--provider	=provider	Who lets it.' \
                '--plan	@plan	What the contract is called.' \
                '--starts	.	First day.' \
                '--price	.	Per month.'
        case 'address edit'
            printf '%s\n' \
                '--name	.	The first line.' \
                '--recipient	.	A name on the letter box; again for more.' \
                '--state	=address-state	requested, checking or active.' \
                '--street	.	Street and number.' \
                '--postcode	.	Postcode.' \
                '--city	.	City.' \
                '--country	=any-country	Country, two letters.' \
                '--provider	=provider	Who lets it.' \
                '--plan	@plan	What the contract is called.' \
                '--starts	.	First day.' \
                '--price	.	Per month.'
        case 'address end'
            printf '%s\n' \
                '--on	=day	Its last day.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'address cancel'
            printf '%s\n' \
                '--sent	.	Day on which the notice arrived.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'address remove'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'address check'
            printf '%s\n' \
                '--use	=use	imprint, invoice, trade, register, lawsuit, tax, bank, google, vat-id.' \
                '--set	.	What the contract says: yes, no.' \
                '--clause	.	The clause that says so.' \
                '--evidence	.	What is at hand: a file, a letter.'
        case 'address onboard'
            printf '%s\n' \
                '--done	=dossier	What was handed in.' \
                '--on	=day	Default: today.' \
                '--until	=day	When it ends, or the next review.' \
                '--note	.	A word beside it.'
        case 'address imprint'
            printf '%s\n' \
                '--format	=imprint-format	text, html or md.' \
                '--lang	=language	de or en.' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.'
        case 'address move'
            printf '%s\n' \
                '--from	@address	The old address.' \
                '--to	@address	The new address.' \
                '--on	=day	First day of the new address.' \
                '--home-too	-	Your home moves too.' \
                '--status	-	Show what is open, most urgent first.' \
                '--done	=move-row	A row is done: M3.' \
                '--proof	.	What proves it, with --done.' \
                '--letter	=move-row	Write the letter of a row: M3.' \
                '--recipient	.	A line of the letter\'s address; again for more.' \
                '--mail	.	E-mail address of the recipient.' \
                '--lang	=language	de or en.' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.' \
                '--open	-	Open the file with the desktop\'s own program.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'contract add'
            printf '%s\n' \
                '--address	@address	The address it is for.' \
                '--space	@space	The space it is with.' \
                '--starts	.	First day.' \
                '--price	.	What it costs.' \
                '--per	=contract-per	month (unless you say otherwise), year, week, day or once.' \
                '--notice	.	"30d to month-end", "1m to term-end", "2w to any" …' \
                '--min-term	.	Length of the first term.' \
                '--renews	=renews	none, same or month; without: runs on until notice.' \
                '--tail	.	How long post is handled after the end.' \
                '--form	=notice-form	text, written or portal.' \
                '--deposit	.	What comes back.' \
                '--note	.	What else was agreed.'
        case 'contract due'
            printf '%s\n' \
                '--within	.	How far ahead.' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.'
        case 'contract letter'
            printf '%s\n' \
                '--lang	=language	de or en.' \
                '--recipient	.	A line of the address; again for more.' \
                '--to	.	E-mail of the provider.' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.' \
                '--open	-	Open the file with the desktop\'s own program.'
        case 'contract cancel'
            printf '%s\n' \
                '--sent	.	Day on which the notice arrived.' \
                '--ends	.	The end that was confirmed.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'contract edit'
            printf '%s\n' \
                '--name	.	What it is called.' \
                '--address	@address	The address it is for.' \
                '--space	@space	The space it is with.' \
                '--starts	.	First day.' \
                '--price	.	What it costs.' \
                '--per	=contract-per	month (unless you say otherwise), year, week, day or once.' \
                '--notice	.	"30d to month-end", "1m to term-end", "2w to any" …' \
                '--min-term	.	Length of the first term.' \
                '--renews	=renews	none, same or month; without: runs on until notice.' \
                '--tail	.	How long post is handled after the end.' \
                '--form	=notice-form	text, written or portal.' \
                '--deposit	.	What comes back.' \
                '--note	.	What else was agreed.'
        case 'contract remove'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'post add'
            printf '%s\n' \
                '--kind	=post-kind	letter, tax-assessment, decision, court-order, default-judgment, fine, penal-order, invoice, other.' \
                '--sender	.	Who wrote.' \
                '--posted	.	Date of the letter.' \
                '--received	.	Day it came or was served (yellow envelope).' \
                '--land	=land	The Land of the authority.' \
                '--parish	=parish	Its town in BY, SN, TH: catholic, augsburg, other.' \
                '--address	@address	Where it came.' \
                '--deadline	.	A day noted by hand, not computed.' \
                '--note	.	What it is about.'
        case 'post due'
            printf '%s\n' \
                '--within	.	How far ahead.' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.'
        case 'post done'
            printf '%s\n' \
                '--as	=post-done	scanned, forwarded, collected, archived, destroyed.' \
                '--deadline	=deadline-done	met or waived: closes the deadline.' \
                '--on	=day	Default: today.' \
                '--force	-	Also with an open deadline or a keeping duty.'
        case 'post edit'
            printf '%s\n' \
                '--state	=post-state	expected, received, notified, scan_requested, triaged, forward_requested, pickup_ready, destroy_requested, refused, returned.' \
                '--kind	=post-kind	letter, tax-assessment, decision, court-order, default-judgment, fine, penal-order, invoice, other.' \
                '--sender	.	Who wrote.' \
                '--posted	.	Date of the letter.' \
                '--received	.	Day it came or was served (yellow envelope).' \
                '--land	=land	The Land of the authority.' \
                '--parish	=parish	Its town in BY, SN, TH: catholic, augsburg, other.' \
                '--address	@address	Where it came.' \
                '--deadline	.	A day noted by hand, not computed.' \
                '--note	.	What it is about.'
        case 'post remove'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'client add'
            printf '%s\n' \
                '--name	.	Name on the invoice.' \
                '--type	=client-type	business, public or private.' \
                '--street	.	Street and number.' \
                '--postcode	.	Postcode.' \
                '--city	.	City.' \
                '--country	=any-country	Country, two letters.' \
                '--email	.	Where invoices are sent.' \
                '--vat-id	.	VAT id (USt-IdNr.).' \
                '--leitweg-id	.	Leitweg-ID of a public buyer.' \
                '--buyer-reference	.	Printed on every invoice.' \
                '--language	=language	Language of invoices.' \
                '--rate	.	Money an hour, for example 95.' \
                '--currency	=currency	ISO 4217, for example EUR.' \
                '--tax	=tax	standard, reduced, reverse-charge, outside-eu, small-business or exempt.' \
                '--exempt-reason	.	Why nothing is charged, with --tax exempt.' \
                '--terms	.	Time to pay.' \
                '--skonto	.	Discount for paying early, or none.' \
                '--rounding	.	How billed time is rounded: none, or as 15m:up:day.' \
                '--travel-factor	.	Part of time tagged travel that is billed: 0.5 or none.' \
                '--note	.	For yourself.'
        case 'client edit'
            printf '%s\n' \
                '--from	.	First day of the rate.' \
                '--rename	.	Another id; all else stays.' \
                '--name	.	Name on the invoice.' \
                '--type	=client-type	business, public or private.' \
                '--street	.	Street and number.' \
                '--postcode	.	Postcode.' \
                '--city	.	City.' \
                '--country	=any-country	Country, two letters.' \
                '--email	.	Where invoices are sent.' \
                '--vat-id	.	VAT id (USt-IdNr.).' \
                '--leitweg-id	.	Leitweg-ID of a public buyer.' \
                '--buyer-reference	.	Printed on every invoice.' \
                '--language	=language	Language of invoices.' \
                '--rate	.	Money an hour, for example 95.' \
                '--currency	=currency	ISO 4217, for example EUR.' \
                '--tax	=tax	standard, reduced, reverse-charge, outside-eu, small-business or exempt.' \
                '--exempt-reason	.	Why nothing is charged, with --tax exempt.' \
                '--terms	.	Time to pay.' \
                '--skonto	.	Discount for paying early, or none.' \
                '--rounding	.	How billed time is rounded: none, or as 15m:up:day.' \
                '--travel-factor	.	Part of time tagged travel that is billed: 0.5 or none.' \
                '--note	.	For yourself.'
        case 'client list'
            printf '%s\n' \
                '--all	-	Also archived ones.'
        case 'client archive'
            printf '%s\n' \
                '--undo	-	Bring it back.'
        case 'client import'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'project add'
            printf '%s\n' \
                '--name	.	Long name, for invoices.' \
                '--rate	.	Money an hour; default: the client\'s.' \
                '--day-rate	.	Money a day, instead of an hour.' \
                '--hours-per-day	.	Hours of a full day; default: 8.' \
                '--half-day-from	.	From here half a day is billed, below by the hour.' \
                '--budget	.	In hours or money, or none.' \
                '--rounding	.	As 15m:up:day, none, or client for the client\'s rule.' \
                '--note	.	For yourself.' \
                '--billable	-	Whether its hours are billed; counts for new entries.' \
                '--non-billable	-	Whether its hours are billed; counts for new entries.'
        case 'project edit'
            printf '%s\n' \
                '--from	.	First day of the rate.' \
                '--rename	.	Another id; all else stays.' \
                '--name	.	Long name, for invoices.' \
                '--rate	.	Money an hour; default: the client\'s.' \
                '--day-rate	.	Money a day, instead of an hour.' \
                '--hours-per-day	.	Hours of a full day; default: 8.' \
                '--half-day-from	.	From here half a day is billed, below by the hour.' \
                '--budget	.	In hours or money, or none.' \
                '--rounding	.	As 15m:up:day, none, or client for the client\'s rule.' \
                '--note	.	For yourself.' \
                '--billable	-	Whether its hours are billed; counts for new entries.' \
                '--non-billable	-	Whether its hours are billed; counts for new entries.'
        case 'project list'
            printf '%s\n' \
                '--client	@client	Only of this client.' \
                '--all	-	Also archived ones.'
        case 'project archive'
            printf '%s\n' \
                '--undo	-	Bring it back.'
        case 'people add'
            printf '%s\n' \
                '--company	.	Where they work.' \
                '--trade	.	What they do.' \
                '--skill	.	What they know; again, or with commas, for more.' \
                '--email	.	E-mail address.' \
                '--phone	.	Telephone number.' \
                '--web	.	Web site.' \
                '--street	.	Street and number.' \
                '--postcode	.	Postcode.' \
                '--city	.	City.' \
                '--country	=any-country	Country, two letters.' \
                '--language	=language	Language of mails to them.' \
                '--met-on	.	When you met.' \
                '--met-at	.	Where you met.' \
                '--purpose	.	Why you keep this (Art. 5 (1) b GDPR).' \
                '--client	@client	The client that they are, or none.' \
                '--note	.	For yourself.'
        case 'people find'
            printf '%s\n' \
                '--skill	.	What they know.' \
                '--trade	.	What they do.' \
                '--met-at	.	Where you met them.' \
                '--client	@client	The people of a client.'
        case 'people edit'
            printf '%s\n' \
                '--name	.	The full name.' \
                '--company	.	Where they work.' \
                '--trade	.	What they do.' \
                '--skill	.	What they know; again, or with commas, for more.' \
                '--email	.	E-mail address.' \
                '--phone	.	Telephone number.' \
                '--web	.	Web site.' \
                '--street	.	Street and number.' \
                '--postcode	.	Postcode.' \
                '--city	.	City.' \
                '--country	=any-country	Country, two letters.' \
                '--language	=language	Language of mails to them.' \
                '--met-on	.	When you met.' \
                '--met-at	.	Where you met.' \
                '--purpose	.	Why you keep this (Art. 5 (1) b GDPR).' \
                '--client	@client	The client that they are, or none.' \
                '--note	.	For yourself.'
        case 'people log'
            printf '%s\n' \
                '--on	=day	Default: today.' \
                '--to	@people	Whom they were introduced to.' \
                '--client	@client	The client that came of it.' \
                '--project	@project	The project that came of it.' \
                '--remove	-	Take talk-2 out again.'
        case 'people remove'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'people forget'
            printf '%s\n' \
                '--keep-client	-	They are a client too, which stays.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'people intro'
            printf '%s\n' \
                '--text	.	Why they should know each other.' \
                '--language	=language	de or en; else what both speak.' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.'
        case 'people import'
            printf '%s\n' \
                '--met-at	.	Where you met them all.' \
                '--met-on	.	When you met them all.' \
                '--purpose	.	Why you keep them (Art. 5 (1) b GDPR).' \
                '--skip-bad	-	Leave out what cannot be taken, and list it.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'people export'
            printf '%s\n' \
                '--format	=people-format	vcard, csv, json (all that is kept); else by the name of the file, or vcard.' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.'
        case 'job open'
            printf '%s\n' \
                '--client	@client	Who pays for it.' \
                '--with	.	Again for more; `me:60` is your own share.' \
                '--split	=split	hours, fixed or percent; SHARE: a rate, an amount, percent.' \
                '--project	@project	Where your own hours for it are.' \
                '--total	.	What the client pays, net.' \
                '--lead	@people	Who invoices the client; default: me.' \
                '--from	.	First day whose hours and invoices count; default: today.'
        case 'job hours'
            printf '%s\n' \
                '--from	@people	Whose hours they are.' \
                '--format	=import-format	As for `track import`: json, csv, timewarrior …' \
                '--map	.	from=Start; again for more.' \
                '--project	@project	Only the hours of this project of theirs.' \
                '--skip-bad	-	Leave out what cannot be taken, and list it.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'job list'
            printf '%s\n' \
                '--all	-	Also closed ones.'
        case 'job settle'
            printf '%s\n' \
                '--amount	.	What the client pays, net; else what you invoiced.' \
                '--received	f	An e-invoice of one of the others; again for more.' \
                '--from	@people	Whose it is, where its seller does not tell.' \
                '--paid	@people	You paid what they invoiced.' \
                '--language	=language	Of the sheet: de or en; else invoice.language.' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'job close'
            printf '%s\n' \
                '--force	-	Though somebody is not paid yet.'
        case 'team add'
            printf '%s\n' \
                '--cap	.	The most a month: 200, or none.' \
                '--cost-centre	.	As your books call it, or none.' \
                '--person	@people	Who they are in `people`, or none.'
        case 'team edit'
            printf '%s\n' \
                '--cap	.	The most a month: 200, or none.' \
                '--cost-centre	.	As your books call it, or none.' \
                '--person	@people	Who they are in `people`, or none.'
        case 'team sheet'
            printf '%s\n' \
                '--member	@team	Only this one.' \
                '--language	=language	de or en; else invoice.language.' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.' \
                '--in	.	2026, 2026-Q4, 2026-11, november or KW48.' \
                '--from	.	First day.' \
                '--to	.	Last day, included.' \
                '--today	-	Only today.' \
                '--week	-	The current week.' \
                '--month	-	The current month.' \
                '--quarter	-	The current quarter.' \
                '--year	-	The current year.' \
                '--last-week	-	The week before.' \
                '--last-month	-	The month before.' \
                '--last-quarter	-	The quarter before.' \
                '--last-year	-	The year before.'
        case 'survey export'
            printf '%s\n' \
                '--template	=survey	region.' \
                '--km	.	Your way, one way.' \
                '--mode	=survey-mode	foot, bike, e-bike, car, bus, tram, train, mixed.' \
                '--days	.	Days a week you want; else those you booked.' \
                '--childcare	-	Whether you need it.' \
                '--no-childcare	-	Whether you need it.' \
                '--language	=language	Of the mail: de or en.' \
                '--to	.	Who gets the mail.' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.'
        case 'feedback add'
            printf '%s\n' \
                '--to	.	Default: the address of the space.' \
                '--language	=language	de or en; else invoice.language.' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.'
        case 'feedback mail'
            printf '%s\n' \
                '--to	.	Default: the address of the space.' \
                '--language	=language	de or en; else invoice.language.' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.'
        case 'feedback edit'
            printf '%s\n' \
                '--state	=feedback-state	noted, written, answered or done.' \
                '--answer	.	What they said.'
        case 'feedback list'
            printf '%s\n' \
                '--open	-	Only what is not done.'
        case 'profile text'
            printf '%s\n' \
                '--lang	=language	de or en.' \
                '--length	=length	short or long.' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.'
        case 'track start'
            printf '%s\n' \
                '--at	.	When: 9:00, -15m, yesterday 9:00.' \
                '--tag	@tag	A tag; give it again for more.' \
                '--place	@workplace	Where: a space, home, client.'
        case 'track stop'
            printf '%s\n' \
                '--at	.	When: 9:00, -15m, yesterday 9:00.' \
                '--note	.	Replaces the note.'
        case 'track add'
            printf '%s\n' \
                '--from	.	Start.' \
                '--to	.	End.' \
                '--for	.	Length instead of an end.' \
                '--on	=day	Day; default: today.' \
                '--tag	@tag	A tag; give it again for more.' \
                '--place	@workplace	Where: a space, home, client.' \
                '--billable	-	Whether it can be billed; else its project.' \
                '--non-billable	-	Whether it can be billed; else its project.' \
                '--adjust	-	Trim or split entries that are in the way.'
        case 'track list'
            printf '%s\n' \
                '--project	@project	Only this project.' \
                '--client	@client	Only this client.' \
                '--tag	@tag	Only with this tag.' \
                '--unbilled	-	Only what can be billed.' \
                '--person	@person	Only of this person; default: of everybody.' \
                '--in	.	2026, 2026-Q4, 2026-11, november or KW48.' \
                '--from	.	First day.' \
                '--to	.	Last day, included.' \
                '--today	-	Only today.' \
                '--week	-	The current week.' \
                '--month	-	The current month.' \
                '--quarter	-	The current quarter.' \
                '--year	-	The current year.' \
                '--last-week	-	The week before.' \
                '--last-month	-	The month before.' \
                '--last-quarter	-	The quarter before.' \
                '--last-year	-	The year before.'
        case 'track remove'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'track gaps'
            printf '%s\n' \
                '--calendar	-	A picture: how much is missing on which day.' \
                '--in	.	2026, 2026-Q4, 2026-11, november or KW48.' \
                '--from	.	First day.' \
                '--to	.	Last day, included.' \
                '--today	-	Only today.' \
                '--week	-	The current week.' \
                '--month	-	The current month.' \
                '--quarter	-	The current quarter.' \
                '--year	-	The current year.' \
                '--last-week	-	The week before.' \
                '--last-month	-	The month before.' \
                '--last-quarter	-	The quarter before.' \
                '--last-year	-	The year before.'
        case 'track edit'
            printf '%s\n' \
                '--from	.	New start.' \
                '--to	.	New end.' \
                '--on	=day	Another day, same times.' \
                '--project	@project	Another project.' \
                '--note	.	Another note.' \
                '--tag	@tag	A tag; give it again for more.' \
                '--no-tag	@tag	Takes a tag away.' \
                '--place	@workplace	Where: a space, home, client.' \
                '--billable	-	Whether it can be billed; else as it is.' \
                '--non-billable	-	Whether it can be billed; else as it is.' \
                '--adjust	-	Trim or split entries that are in the way.'
        case 'track split'
            printf '%s\n' \
                '--at	.	Where to cut.'
        case 'track import'
            printf '%s\n' \
                '--format	=import-format	watson, timewarrior, toggl, clockify, kimai, klog, timetrap, hamster, org, timeclock, csv, json.' \
                '--map	.	from=Start; again for more.' \
                '--client	@client	For projects without a client.' \
                '--skip-bad	-	Leave out what cannot be taken, and list it.' \
                '--adjust	-	Trim or split the later one where rows overlap.' \
                '--start	.	Rows with a length only lie from here on.' \
                '--clock-change	=clock-change	first or second, of a time that comes twice.' \
                '--person	.	Only the rows of this one.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'track export'
            printf '%s\n' \
                '--format	=export-format	csv, json, timewarrior, timeclock, klog, ical.' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.' \
                '--person	@person	Only of this person; default: of everybody.' \
                '--in	.	2026, 2026-Q4, 2026-11, november or KW48.' \
                '--from	.	First day.' \
                '--to	.	Last day, included.' \
                '--today	-	Only today.' \
                '--week	-	The current week.' \
                '--month	-	The current month.' \
                '--quarter	-	The current quarter.' \
                '--year	-	The current year.' \
                '--last-week	-	The week before.' \
                '--last-month	-	The month before.' \
                '--last-quarter	-	The quarter before.' \
                '--last-year	-	The year before.'
        case 'day log'
            printf '%s\n' \
                '--in	.	Each day of it that is known whole.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.' \
                '--at	=log-place+@space	Where; again for each: home=5h, Hafen=13:00-17:00.' \
                '--away	.	From leaving home to coming back; 07:30.. over night; all; none.' \
                '--mode	=way-mode	How you went: walk, bike, car, tram, train, …' \
                '--km	.	The way of that day, one way.' \
                '--minutes	.	The same in minutes, one way.' \
                '--fare	.	What one way cost.' \
                '--driven	.	The whole round of that day; none forgets it.' \
                '--purpose	.	What for: whom you met, what you did there.' \
                '--note	.	Anything else.' \
                '--no-work	-	No work on that day.'
        case 'day show'
            printf '%s\n' \
                '--person	@person	Of this person; default: of who sits here.'
        case 'day edit'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.' \
                '--at	=log-place+@space	Where; again for each: home=5h, Hafen=13:00-17:00.' \
                '--away	.	From leaving home to coming back; 07:30.. over night; all; none.' \
                '--mode	=way-mode	How you went: walk, bike, car, tram, train, …' \
                '--km	.	The way of that day, one way.' \
                '--minutes	.	The same in minutes, one way.' \
                '--fare	.	What one way cost.' \
                '--driven	.	The whole round of that day; none forgets it.' \
                '--purpose	.	What for: whom you met, what you did there.' \
                '--note	.	Anything else.' \
                '--no-work	-	No work on that day.'
        case 'day list'
            printf '%s\n' \
                '--place	.	Only days at this place.' \
                '--person	@person	Of this person; default: of who sits here.' \
                '--in	.	2026, 2026-Q4, 2026-11, november or KW48.' \
                '--from	.	First day.' \
                '--to	.	Last day, included.' \
                '--today	-	Only today.' \
                '--week	-	The current week.' \
                '--month	-	The current month.' \
                '--quarter	-	The current quarter.' \
                '--year	-	The current year.' \
                '--last-week	-	The week before.' \
                '--last-month	-	The month before.' \
                '--last-quarter	-	The quarter before.' \
                '--last-year	-	The year before.'
        case 'day remove'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'day reminder'
            printf '%s\n' \
                '--back	.	Look so many days back as well.' \
                '--exit-code	-	Exit 6 where a day is not logged.'
        case 'day place'
            printf '%s\n' \
                '--remove	-	Forget what is said of it.' \
                '--kind	=log-kind	home, space, client, meeting or travel.' \
                '--km	.	From home, one way; the shortest road.' \
                '--minutes	.	From home, one way.' \
                '--mode	=way-mode	How you go: walk, bike, car, tram, train, …' \
                '--fare	.	What one way costs.' \
                '--country	=any-country	Two letters; default: that of the space or client.' \
                '--first-place	=yes-no-unknown	Your mark: first place of work.' \
                '--from	.	First day of that mark.' \
                '--lasting	=yes-no-unknown	Meant for an unlimited time, or over 48 months.' \
                '--instead-of	=log-place+@space	Where you would work without it: home, or a place.'
        case 'day month'
            printf '%s\n' \
                '--other-workplace	=other-workplace	Whether one was at hand.'
        case 'day book'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.' \
                '--in	.	2026, 2026-Q4, 2026-11, november or KW48.' \
                '--from	.	First day.' \
                '--to	.	Last day, included.' \
                '--today	-	Only today.' \
                '--week	-	The current week.' \
                '--month	-	The current month.' \
                '--quarter	-	The current quarter.' \
                '--year	-	The current year.' \
                '--last-week	-	The week before.' \
                '--last-month	-	The month before.' \
                '--last-quarter	-	The quarter before.' \
                '--last-year	-	The year before.'
        case 'trial start'
            printf '%s\n' \
                '--on	=day	Default: today.' \
                '--place	.	Where it happens.' \
                '--note	.	What is to be found out.'
        case 'trial stop'
            printf '%s\n' \
                '--on	=day	Default: today.'
        case 'report hours'
            printf '%s\n' \
                '--by	=report-key	day, project (default), client, tag, place or person.' \
                '--client	@client	Only this client.' \
                '--project	@project	Only this project.' \
                '--person	@person	Only of this person; default: of everybody.' \
                '--calendar	-	A picture of the days, by day.' \
                '--out	f	A page to send, .html or .pdf; - is stdout.' \
                '--lang	=language	Of the page; default: the client\'s.' \
                '--force	-	Replace the file if it is there.' \
                '--in	.	2026, 2026-Q4, 2026-11, november or KW48.' \
                '--from	.	First day.' \
                '--to	.	Last day, included.' \
                '--today	-	Only today.' \
                '--week	-	The current week.' \
                '--month	-	The current month.' \
                '--quarter	-	The current quarter.' \
                '--year	-	The current year.' \
                '--last-week	-	The week before.' \
                '--last-month	-	The month before.' \
                '--last-quarter	-	The quarter before.' \
                '--last-year	-	The year before.'
        case 'report unbilled'
            printf '%s\n' \
                '--person	@person	Only of this person; default: of everybody.'
        case 'report budget'
            printf '%s\n' \
                '--person	@person	Only of this person; default: of everybody.'
        case 'report vat'
            printf '%s\n' \
                '--basis	=vat-basis	issued, paid or performed; default: tax.basis.' \
                '--out	f	The lines of the form as CSV.' \
                '--force	-	Replace the file if it is there.' \
                '--in	.	2026, 2026-Q4, 2026-11, november or KW48.' \
                '--from	.	First day.' \
                '--to	.	Last day, included.' \
                '--today	-	Only today.' \
                '--week	-	The current week.' \
                '--month	-	The current month.' \
                '--quarter	-	The current quarter.' \
                '--year	-	The current year.' \
                '--last-week	-	The week before.' \
                '--last-month	-	The month before.' \
                '--last-quarter	-	The quarter before.' \
                '--last-year	-	The year before.'
        case 'report profit'
            printf '%s\n' \
                '--in	.	Default: this year.'
        case 'report zm'
            printf '%s\n' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.' \
                '--in	.	2026, 2026-Q4, 2026-11, november or KW48.' \
                '--from	.	First day.' \
                '--to	.	Last day, included.' \
                '--today	-	Only today.' \
                '--week	-	The current week.' \
                '--month	-	The current month.' \
                '--quarter	-	The current quarter.' \
                '--year	-	The current year.' \
                '--last-week	-	The week before.' \
                '--last-month	-	The month before.' \
                '--last-quarter	-	The quarter before.' \
                '--last-year	-	The year before.'
        case 'report clients'
            printf '%s\n' \
                '--by	=report-key	client or project.' \
                '--basis	=basis	Turnover by invoice, issued, or by payment, paid.' \
                '--in	.	2026, 2026-Q4, 2026-11, november or KW48.' \
                '--from	.	First day.' \
                '--to	.	Last day, included.' \
                '--today	-	Only today.' \
                '--week	-	The current week.' \
                '--month	-	The current month.' \
                '--quarter	-	The current quarter.' \
                '--year	-	The current year.' \
                '--last-week	-	The week before.' \
                '--last-month	-	The month before.' \
                '--last-quarter	-	The quarter before.' \
                '--last-year	-	The year before.'
        case 'report asset'
            printf '%s\n' \
                '--bought	.	Default: today.' \
                '--years	.	How long it is used.' \
                '--method	=write-off	at-once, pool, linear or declining; default: all.'
        case 'report days'
            printf '%s\n' \
                '--out	f	A .pdf or .csv for the tax adviser.' \
                '--lang	=language	Of the PDF: de or en; default: invoices\'.' \
                '--force	-	Replace the file if it is there.' \
                '--person	@person	Of this person; default: of who sits here.' \
                '--in	.	2026, 2026-Q4, 2026-11, november or KW48.' \
                '--from	.	First day.' \
                '--to	.	Last day, included.' \
                '--today	-	Only today.' \
                '--week	-	The current week.' \
                '--month	-	The current month.' \
                '--quarter	-	The current quarter.' \
                '--year	-	The current year.' \
                '--last-week	-	The week before.' \
                '--last-month	-	The month before.' \
                '--last-quarter	-	The quarter before.' \
                '--last-year	-	The year before.'
        case 'report places'
            printf '%s\n' \
                '--in	.	2026, 2026-Q4, 2026-11, november or KW48.' \
                '--from	.	First day.' \
                '--to	.	Last day, included.' \
                '--today	-	Only today.' \
                '--week	-	The current week.' \
                '--month	-	The current month.' \
                '--quarter	-	The current quarter.' \
                '--year	-	The current year.' \
                '--last-week	-	The week before.' \
                '--last-month	-	The month before.' \
                '--last-quarter	-	The quarter before.' \
                '--last-year	-	The year before.'
        case 'report origin'
            printf '%s\n' \
                '--in	.	2026, 2026-Q4, 2026-11, november or KW48.' \
                '--from	.	First day.' \
                '--to	.	Last day, included.' \
                '--today	-	Only today.' \
                '--week	-	The current week.' \
                '--month	-	The current month.' \
                '--quarter	-	The current quarter.' \
                '--year	-	The current year.' \
                '--last-week	-	The week before.' \
                '--last-month	-	The month before.' \
                '--last-quarter	-	The quarter before.' \
                '--last-year	-	The year before.'
        case 'quote add'
            printf '%s\n' \
                '--valid	.	How long it is valid; default: quote.valid.' \
                '--project	@project	The project it is about, or is to become.' \
                '--title	.	Printed below the heading.' \
                '--note	.	Printed below the sums.' \
                '--order-ref	.	The client\'s inquiry or order number.' \
                '--line	.	What it is for; what follows belongs to it.' \
                '--price	.	Net price of one.' \
                '--qty	.	How many; default: 1.' \
                '--unit	=unit	hour, day, piece, month or flat.' \
                '--vat	=vat	19, 7 or 0; default: the client\'s.' \
                '--discount	.	5% or 50.' \
                '--choice	=quote-choice	optional or alternative: not in the sum.'
        case 'quote line'
            printf '%s\n' \
                '--choice	=quote-choice	optional, alternative or none.' \
                '--line	.	Change this one; else a new line.' \
                '--text	.	What it is for.' \
                '--qty	.	How many; default: 1.' \
                '--unit	=unit	hour, day, piece, month or flat.' \
                '--price	.	Net price of one.' \
                '--vat	=vat	19, 7 or 0; default: the client\'s.' \
                '--discount	.	5% or 50; 0 takes it out.' \
                '--remove	-	Remove the line.'
        case 'quote edit'
            printf '%s\n' \
                '--valid	.	How long it is valid; default: quote.valid.' \
                '--project	@project	The project it is about, or is to become.' \
                '--title	.	Printed below the heading.' \
                '--note	.	Printed below the sums.' \
                '--order-ref	.	The client\'s inquiry or order number.'
        case 'quote list'
            printf '%s\n' \
                '--client	@client	Only to this client.' \
                '--state	=quote-state	draft, sent, accepted, declined, expired'
        case 'quote discard'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'quote send'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.' \
                '--open	-	Hand the mail to your mail program.' \
                '--send	-	Send it, through mail.command or mail.smtp.' \
                '--again	-	Also if it was sent before.'
        case 'quote accept'
            printf '%s\n' \
                '--on	=day	Day of the answer; default: today.' \
                '--project	@project	One that exists, or a new id.' \
                '--with	.	A line that was a choice; again for more.' \
                '--without	.	A line that was not wanted.' \
                '--no-project	-	Make no project and no budget of it.'
        case 'quote decline'
            printf '%s\n' \
                '--on	=day	Day of the answer; default: today.' \
                '--reason	.	For yourself.'
        case 'quote export'
            printf '%s\n' \
                '--format	=quote-format	pdf, html or json.' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.'
        case 'invoice draft'
            printf '%s\n' \
                '--project	@project	Only this one; again for more.' \
                '--group	=group	project, day, entry or tag.' \
                '--series	.	Number series.' \
                '--order-ref	.	The client\'s order number.' \
                '--note	.	Printed below the totals.' \
                '--replaces	@invoice	A cancelled invoice, made anew.' \
                '--empty	-	Without hours, for own lines.' \
                '--advance	-	For work to come, in the period given.' \
                '--quote	@quote	What an accepted quote leaves.' \
                '--share	.	Of the quote, as an advance.' \
                '--in	.	2026, 2026-Q4, 2026-11, november or KW48.' \
                '--from	.	First day.' \
                '--to	.	Last day, included.' \
                '--today	-	Only today.' \
                '--week	-	The current week.' \
                '--month	-	The current month.' \
                '--quarter	-	The current quarter.' \
                '--year	-	The current year.' \
                '--last-week	-	The week before.' \
                '--last-month	-	The month before.' \
                '--last-quarter	-	The quarter before.' \
                '--last-year	-	The year before.'
        case 'invoice line'
            printf '%s\n' \
                '--line	.	Change this one; else a new line.' \
                '--text	.	What it is for.' \
                '--qty	.	How many; default: 1.' \
                '--unit	=unit	hour, day, piece, month or flat.' \
                '--price	.	Net price of one.' \
                '--vat	=vat	19, 7 or 0; default: the client\'s.' \
                '--discount	.	5% or 50; 0 takes it out.' \
                '--remove	-	Remove the line.'
        case 'invoice prepaid'
            printf '%s\n' \
                '--invoice	@invoice	A paid invoice of this client.' \
                '--remove	-	Deduct it no more.'
        case 'invoice rate'
            printf '%s\n' \
                '--to	=euro	Only EUR.' \
                '--on	=day	Day of the rate; default: today.'
        case 'invoice list'
            printf '%s\n' \
                '--unpaid	-	Only with something open.' \
                '--overdue	-	Only overdue ones.' \
                '--in	.	2026, 2026-Q4, 2026-11, november or KW48.' \
                '--from	.	First day.' \
                '--to	.	Last day, included.' \
                '--today	-	Only today.' \
                '--week	-	The current week.' \
                '--month	-	The current month.' \
                '--quarter	-	The current quarter.' \
                '--year	-	The current year.' \
                '--last-week	-	The week before.' \
                '--last-month	-	The month before.' \
                '--last-quarter	-	The quarter before.' \
                '--last-year	-	The year before.'
        case 'invoice discard'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'invoice issue'
            printf '%s\n' \
                '--all	-	All drafts.' \
                '--date	.	Invoice date; default: today.' \
                '--due	.	Due date; default: after the terms.' \
                '--force	-	Also with a date before the last one.' \
                '--timesheet	-	Add the list of hours, in PDF and XML.' \
                '--in	.	When it was done, of a draft without hours.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'invoice cancel'
            printf '%s\n' \
                '--reason	.	Printed on the document.' \
                '--date	.	Invoice date; default: today.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'invoice export'
            printf '%s\n' \
                '--format	=invoice-format	pdf, xrechnung, cii, html or json.' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.'
        case 'invoice pay'
            printf '%s\n' \
                '--amount	.	The same; negative takes back.' \
                '--on	=day	Day; default: today.'
        case 'invoice remind'
            printf '%s\n' \
                '--level	=level	1, 2 or 3; default: the next due.' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.' \
                '--send	-	Send it, through mail.command or mail.smtp.' \
                '--again	-	Also if it was sent before.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'invoice mail'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.' \
                '--open	-	Hand the mail to your mail program.' \
                '--send	-	Send it, through mail.command or mail.smtp.' \
                '--again	-	Also if it was sent before.'
        case 'invoice plan add'
            printf '%s\n' \
                '--every	=invoice-every	month, quarter or year.' \
                '--from	.	First day; default: today.' \
                '--until	=day	The last period begins by then.' \
                '--issue	-	Issue its invoices; else they stay drafts.' \
                '--arrears	-	Due when a period is over, not on its first day.' \
                '--order-ref	.	The client\'s order number.' \
                '--note	.	Printed below the totals.' \
                '--line	.	What it is for; what follows belongs to it.' \
                '--price	.	Net price of one.' \
                '--qty	.	How many; default: 1.' \
                '--unit	=unit	hour, day, piece, month or flat.' \
                '--vat	=vat	19, 7 or 0; default: the client\'s.' \
                '--discount	.	5% or 50.'
        case 'invoice plan edit'
            printf '%s\n' \
                '--from	.	First day of the price; default: the next period.' \
                '--until	=day	The last period begins by then; or none.' \
                '--issue	-	Issue its invoices from now on.' \
                '--draft	-	Leave them as drafts from now on.' \
                '--order-ref	.	The client\'s order number.' \
                '--note	.	Printed below the totals.' \
                '--line	.	Change this one; else a new line.' \
                '--text	.	What it is for.' \
                '--qty	.	How many; default: 1.' \
                '--unit	=unit	hour, day, piece, month or flat.' \
                '--price	.	Net price of one.' \
                '--vat	=vat	19, 7 or 0; default: the client\'s.' \
                '--discount	.	5% or 50; 0 takes it out.' \
                '--remove	-	Remove the line.'
        case 'invoice plan remove'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'invoice plan run'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'expense add'
            printf '%s\n' \
                '--booking	@booking	All from this booking.' \
                '--bank	@bank	Paid by this booking of the bank.' \
                '--date	.	Default: the booking\'s day, or today.' \
                '--text	.	What it was.' \
                '--net	.	Amount without VAT.' \
                '--gross	.	Amount with VAT.' \
                '--vat	=vat	19, 7 or 0; default: 19.' \
                '--currency	=currency	Default: the booking\'s, or EUR.' \
                '--rate	.	Euro for one unit of the currency.' \
                '--receipt	f	Copied, hashed and kept.' \
                '--client	@client	For whom it was.' \
                '--rebill	-	Bill it to the client.' \
                '--markup	.	On top of the cost: 10%.' \
                '--category	=category	Line of the EÜR: rent, it, phone, meals, …' \
                '--reverse-charge	-	The bill has no VAT, you owe it (§ 13b UStG).' \
                '--country	=any-country	The supplier\'s, with that.' \
                '--for	.	It recurs, and belongs to this one.' \
                '--due	.	The day on which that was due.'
        case 'expense list'
            printf '%s\n' \
                '--in	.	2026, 2026-Q4, 2026-11, november or KW48.' \
                '--from	.	First day.' \
                '--to	.	Last day, included.' \
                '--today	-	Only today.' \
                '--week	-	The current week.' \
                '--month	-	The current month.' \
                '--quarter	-	The current quarter.' \
                '--year	-	The current year.' \
                '--last-week	-	The week before.' \
                '--last-month	-	The month before.' \
                '--last-quarter	-	The quarter before.' \
                '--last-year	-	The year before.'
        case 'expense edit'
            printf '%s\n' \
                '--date	.	Another day.' \
                '--text	.	What it was.' \
                '--net	.	Amount without VAT.' \
                '--gross	.	Amount with VAT.' \
                '--vat	=vat	19, 7 or 0; alone, the gross stays.' \
                '--receipt	f	Copied, hashed and kept.' \
                '--client	@client	For whom it was, or none.' \
                '--category	=category	Line of the EÜR, or none.'
        case 'expense remove'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'bank import'
            printf '%s\n' \
                '--format	=bank-format	camt, mt940 or csv; default: as it looks.' \
                '--map	.	amount=Value; again for more. Kept.' \
                '--account	.	Name or IBAN, where the file has none.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'bank match'
            printf '%s\n' \
                '--invoice	@invoice	It pays this one; again for more.' \
                '--amount	.	Only so much of it.' \
                '--expense	.	It paid this expense.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'bank list'
            printf '%s\n' \
                '--open	-	Only what is not explained.' \
                '--in	.	2026, 2026-Q4, 2026-11, november or KW48.' \
                '--from	.	First day.' \
                '--to	.	Last day, included.' \
                '--today	-	Only today.' \
                '--week	-	The current week.' \
                '--month	-	The current month.' \
                '--quarter	-	The current quarter.' \
                '--year	-	The current year.' \
                '--last-week	-	The week before.' \
                '--last-month	-	The month before.' \
                '--last-quarter	-	The quarter before.' \
                '--last-year	-	The year before.'
        case 'books export'
            printf '%s\n' \
                '--format	=books-format	folder (CSV, documents), datev, hledger or beancount.' \
                '--out	d	A new or an empty folder.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.' \
                '--in	.	2026, 2026-Q4, 2026-11, november or KW48.' \
                '--from	.	First day.' \
                '--to	.	Last day, included.' \
                '--today	-	Only today.' \
                '--week	-	The current week.' \
                '--month	-	The current month.' \
                '--quarter	-	The current quarter.' \
                '--year	-	The current year.' \
                '--last-week	-	The week before.' \
                '--last-month	-	The month before.' \
                '--last-quarter	-	The quarter before.' \
                '--last-year	-	The year before.'
        case 'account add'
            printf '%s\n' \
                '--provider	=provider	See `cowork provider list`.' \
                '--set	.	A setting; again for more.'
        case 'account edit'
            printf '%s\n' \
                '--set	.	A setting; again for more.'
        case 'account remove'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'account login'
            printf '%s\n' \
                '--username	.	The name you log in with.' \
                '--password-stdin	-	Read the password from standard input.' \
                '--token-stdin	-	Read the token from standard input.' \
                '--register	-	Register a client with the service, then use a browser.'
        case 'account logout'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'data move'
            printf '%s\n' \
                '--to	.	The database, postgresql://USER@HOST/DB, or file.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'data grant'
            printf '%s\n' \
                '--as	.	member (records) or owner (issues invoices too).' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'data owner'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'data backup'
            printf '%s\n' \
                '--keep	.	How many to keep.'
        case 'data restore'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'data export'
            printf '%s\n' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.'
        case 'data import'
            printf '%s\n' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'data settle'
            printf '%s\n' \
                '--drop	-	Leave the server as it is.' \
                '--mine	-	Write it as it was recorded here.' \
                '--from	.	With another start.' \
                '--to	.	With another end.' \
                '--project	@project	For another project.'
        case 'completion install'
            printf '%s\n' \
                '--remove	-	Take it out again.' \
                '-n	-	Say what would be done, change nothing.' \
                '--dry-run	-	Say what would be done, change nothing.'
        case 'init'
            printf '%s\n' \
                '--name	.	Your first and last name.' \
                '--company	.	Your business name.' \
                '--street	.	Street and number.' \
                '--postcode	.	Postcode.' \
                '--city	.	City.' \
                '--country	=any-country	Country, two letters.' \
                '--email	.	E-mail address on invoices.' \
                '--phone	.	Telephone number on invoices.' \
                '--tax-number	.	Steuernummer.' \
                '--vat-id	.	USt-IdNr.' \
                '--iban	.	Account to be paid on.' \
                '--bic	.	BIC of the account.' \
                '--small-business	-	Exempt from VAT under § 19 UStG.' \
                '--no-small-business	-	Exempt from VAT under § 19 UStG.' \
                '--timezone	.	IANA zone you live in.' \
                '--land	=land	Your Land: BE, Bayern, …' \
                '--contact	.	Sent to open-data services, as their rules ask.' \
                '--online	-	Whether a search asks directories on the web.' \
                '--no-online	-	Whether a search asks directories on the web.'
        case 'status'
            printf '%s\n' \
                '--exit-code	-	Leave with 6 if something is burning.'
        case 'deadlines'
            printf '%s\n' \
                '--within	.	How far ahead.' \
                '--out	f	A file; - is stdout.' \
                '--force	-	Replace the file if it is there.'
        case 'demo'
            printf '%s\n' \
                '--year	-	A whole year instead: days, hours, books.'
        case 'history'
            printf '%s\n' \
                '--of	@client,project,booking,invoice,draft,quote,recurring,address,space,plan,visit,entry,expense,contract,post,absence,membership,event,people,job,team,feedback	Only of e-12, b-3, acme, acme/site, 2026-0001.' \
                '--limit	.	Only the newest N.' \
                '--person	@person	Only of this person; default: of everybody.'
        case 'mcp'
            printf '%s\n' \
                '--only	=noun	Offer only this noun; again for more.'
    end
end

function __cowork_arguments
    switch "$argv[1]"
        case 'space search'
            printf '%s\n' \
                '@space,place*'
        case 'space show'
            printf '%s\n' \
                '@space'
        case 'space map'
            printf '%s\n' \
                '@space,place*'
        case 'space visit'
            printf '%s\n' \
                '@space,visit'
        case 'space compare'
            printf '%s\n' \
                '@space*'
        case 'space add'
            printf '%s\n' \
                '.'
        case 'space edit'
            printf '%s\n' \
                '@space'
        case 'space remove'
            printf '%s\n' \
                '@space'
        case 'space import'
            printf '%s\n' \
                'f'
        case 'place find'
            printf '%s\n' \
                '@place*'
        case 'place update'
            printf '%s\n' \
                '=country'
        case 'plan list'
            printf '%s\n' \
                '@space'
        case 'plan add'
            printf '%s\n' \
                '@space' \
                '.'
        case 'plan edit'
            printf '%s\n' \
                '@plan'
        case 'plan remove'
            printf '%s\n' \
                '@plan'
        case 'plan optimise'
            printf '%s\n' \
                '@space*'
        case 'membership list'
            printf '%s\n' \
                '@space'
        case 'membership add'
            printf '%s\n' \
                '@space' \
                '.'
        case 'membership edit'
            printf '%s\n' \
                '@membership'
        case 'membership use'
            printf '%s\n' \
                '@membership' \
                '=included' \
                '.'
        case 'membership remove'
            printf '%s\n' \
                '@membership'
        case 'compare lease'
            printf '%s\n' \
                '@space*'
        case 'event add'
            printf '%s\n' \
                '.'
        case 'event edit'
            printf '%s\n' \
                '@event'
        case 'event remove'
            printf '%s\n' \
                '@event'
        case 'event import'
            printf '%s\n' \
                'f'
        case 'tour plan'
            printf '%s\n' \
                '@space*'
        case 'desk list'
            printf '%s\n' \
                '@space'
        case 'desk add'
            printf '%s\n' \
                '@space' \
                '.'
        case 'desk edit'
            printf '%s\n' \
                '@desk'
        case 'desk remove'
            printf '%s\n' \
                '@desk'
        case 'desk free'
            printf '%s\n' \
                '@space,desk*'
        case 'booking add'
            printf '%s\n' \
                '@desk*'
        case 'booking show'
            printf '%s\n' \
                '@booking'
        case 'booking move'
            printf '%s\n' \
                '@booking'
        case 'booking cancel'
            printf '%s\n' \
                '@booking*'
        case 'booking checkin'
            printf '%s\n' \
                '@booking'
        case 'booking watch'
            printf '%s\n' \
                '@desk*'
        case 'booking mail'
            printf '%s\n' \
                '@booking'
        case 'booking confirm'
            printf '%s\n' \
                '@booking'
        case 'standing add'
            printf '%s\n' \
                '.' \
                '@desk*'
        case 'standing show'
            printf '%s\n' \
                '@standing'
        case 'standing edit'
            printf '%s\n' \
                '@standing'
        case 'standing remove'
            printf '%s\n' \
                '@standing'
        case 'standing pause'
            printf '%s\n' \
                '@standing'
        case 'standing resume'
            printf '%s\n' \
                '@standing'
        case 'absence add'
            printf '%s\n' \
                '.'
        case 'absence edit'
            printf '%s\n' \
                '@absence'
        case 'absence remove'
            printf '%s\n' \
                '@absence'
        case 'address register'
            printf '%s\n' \
                '@plan'
        case 'address add'
            printf '%s\n' \
                '.'
        case 'address show'
            printf '%s\n' \
                '@address'
        case 'address edit'
            printf '%s\n' \
                '@address'
        case 'address end'
            printf '%s\n' \
                '@address'
        case 'address cancel'
            printf '%s\n' \
                '@address'
        case 'address remove'
            printf '%s\n' \
                '@address'
        case 'address check'
            printf '%s\n' \
                '@address'
        case 'address onboard'
            printf '%s\n' \
                '@address'
        case 'address imprint'
            printf '%s\n' \
                '@address'
        case 'contract add'
            printf '%s\n' \
                '.'
        case 'contract show'
            printf '%s\n' \
                '@contract'
        case 'contract letter'
            printf '%s\n' \
                '@contract'
        case 'contract cancel'
            printf '%s\n' \
                '@contract'
        case 'contract edit'
            printf '%s\n' \
                '@contract'
        case 'contract remove'
            printf '%s\n' \
                '@contract'
        case 'post show'
            printf '%s\n' \
                '@post'
        case 'post done'
            printf '%s\n' \
                '@post'
        case 'post edit'
            printf '%s\n' \
                '@post'
        case 'post remove'
            printf '%s\n' \
                '@post'
        case 'client add'
            printf '%s\n' \
                '.'
        case 'client edit'
            printf '%s\n' \
                '@client'
        case 'client show'
            printf '%s\n' \
                '@client'
        case 'client archive'
            printf '%s\n' \
                '@client'
        case 'client import'
            printf '%s\n' \
                'f'
        case 'project add'
            printf '%s\n' \
                '@client'
        case 'project edit'
            printf '%s\n' \
                '@project'
        case 'project show'
            printf '%s\n' \
                '@project'
        case 'project archive'
            printf '%s\n' \
                '@project'
        case 'people add'
            printf '%s\n' \
                '.'
        case 'people show'
            printf '%s\n' \
                '@people'
        case 'people find'
            printf '%s\n' \
                '.*'
        case 'people edit'
            printf '%s\n' \
                '@people'
        case 'people log'
            printf '%s\n' \
                '@people' \
                '=talk' \
                '.'
        case 'people remove'
            printf '%s\n' \
                '@people'
        case 'people forget'
            printf '%s\n' \
                '@people'
        case 'people intro'
            printf '%s\n' \
                '@people' \
                '@people'
        case 'people import'
            printf '%s\n' \
                'f'
        case 'people export'
            printf '%s\n' \
                '@people*'
        case 'job open'
            printf '%s\n' \
                '.'
        case 'job hours'
            printf '%s\n' \
                '@job' \
                'f'
        case 'job show'
            printf '%s\n' \
                '@job'
        case 'job settle'
            printf '%s\n' \
                '@job'
        case 'job close'
            printf '%s\n' \
                '@job'
        case 'team add'
            printf '%s\n' \
                '.'
        case 'team edit'
            printf '%s\n' \
                '@team'
        case 'team remove'
            printf '%s\n' \
                '@team'
        case 'feedback add'
            printf '%s\n' \
                '@space' \
                '.'
        case 'feedback mail'
            printf '%s\n' \
                '@feedback'
        case 'feedback edit'
            printf '%s\n' \
                '@feedback'
        case 'feedback remove'
            printf '%s\n' \
                '@feedback'
        case 'track start'
            printf '%s\n' \
                '@project' \
                '.'
        case 'track resume'
            printf '%s\n' \
                '@entry'
        case 'track add'
            printf '%s\n' \
                '@project' \
                '.*'
        case 'track remove'
            printf '%s\n' \
                '@entry'
        case 'track edit'
            printf '%s\n' \
                '@entry*'
        case 'track split'
            printf '%s\n' \
                '@entry'
        case 'track join'
            printf '%s\n' \
                '@entry' \
                '@entry'
        case 'track import'
            printf '%s\n' \
                'f'
        case 'day log'
            printf '%s\n' \
                '=recent-day'
        case 'day show'
            printf '%s\n' \
                '=recent-day'
        case 'day edit'
            printf '%s\n' \
                '=recent-day'
        case 'day remove'
            printf '%s\n' \
                '=recent-day'
        case 'day place'
            printf '%s\n' \
                '=log-place+@space'
        case 'day month'
            printf '%s\n' \
                '.'
        case 'day book'
            printf '%s\n' \
                '=day-figure'
        case 'trial start'
            printf '%s\n' \
                '.'
        case 'trial stop'
            printf '%s\n' \
                '.'
        case 'report asset'
            printf '%s\n' \
                '.*'
        case 'quote add'
            printf '%s\n' \
                '@client'
        case 'quote line'
            printf '%s\n' \
                '@quote'
        case 'quote edit'
            printf '%s\n' \
                '@quote'
        case 'quote show'
            printf '%s\n' \
                '@quote'
        case 'quote discard'
            printf '%s\n' \
                '@quote'
        case 'quote send'
            printf '%s\n' \
                '@quote'
        case 'quote accept'
            printf '%s\n' \
                '@quote'
        case 'quote decline'
            printf '%s\n' \
                '@quote'
        case 'quote export'
            printf '%s\n' \
                '@quote'
        case 'invoice draft'
            printf '%s\n' \
                '@client'
        case 'invoice line'
            printf '%s\n' \
                '@draft'
        case 'invoice prepaid'
            printf '%s\n' \
                '@draft'
        case 'invoice rate'
            printf '%s\n' \
                '@draft' \
                '.'
        case 'invoice show'
            printf '%s\n' \
                '@draft,invoice'
        case 'invoice discard'
            printf '%s\n' \
                '@draft'
        case 'invoice issue'
            printf '%s\n' \
                '@draft*'
        case 'invoice cancel'
            printf '%s\n' \
                '@invoice'
        case 'invoice export'
            printf '%s\n' \
                '@invoice'
        case 'invoice pay'
            printf '%s\n' \
                '@invoice' \
                '.'
        case 'invoice verify'
            printf '%s\n' \
                'f'
        case 'invoice remind'
            printf '%s\n' \
                '@invoice'
        case 'invoice mail'
            printf '%s\n' \
                '@invoice'
        case 'invoice plan add'
            printf '%s\n' \
                '@client'
        case 'invoice plan show'
            printf '%s\n' \
                '@recurring'
        case 'invoice plan edit'
            printf '%s\n' \
                '@recurring'
        case 'invoice plan remove'
            printf '%s\n' \
                '@recurring'
        case 'invoice plan run'
            printf '%s\n' \
                '@recurring'
        case 'expense show'
            printf '%s\n' \
                '@expense'
        case 'expense edit'
            printf '%s\n' \
                '@expense'
        case 'expense remove'
            printf '%s\n' \
                '@expense'
        case 'bank import'
            printf '%s\n' \
                'f'
        case 'bank match'
            printf '%s\n' \
                '@bank'
        case 'bank show'
            printf '%s\n' \
                '@bank'
        case 'bank ignore'
            printf '%s\n' \
                '@bank'
        case 'bank unmatch'
            printf '%s\n' \
                '@bank'
        case 'account show'
            printf '%s\n' \
                '=account+@account'
        case 'account add'
            printf '%s\n' \
                '.'
        case 'account edit'
            printf '%s\n' \
                '=account+@account'
        case 'account remove'
            printf '%s\n' \
                '=account+@account'
        case 'account check'
            printf '%s\n' \
                '=account+@account'
        case 'account login'
            printf '%s\n' \
                '=account+@account'
        case 'account logout'
            printf '%s\n' \
                '=account+@account'
        case 'config get'
            printf '%s\n' \
                '=setting'
        case 'config set'
            printf '%s\n' \
                '=setting' \
                '.'
        case 'config unset'
            printf '%s\n' \
                '=setting'
        case 'data grant'
            printf '%s\n' \
                '.'
        case 'data owner'
            printf '%s\n' \
                '@person'
        case 'data restore'
            printf '%s\n' \
                '@backup+f'
        case 'data import'
            printf '%s\n' \
                'f'
        case 'data settle'
            printf '%s\n' \
                '.'
        case 'completion show'
            printf '%s\n' \
                '=shell'
        case 'completion install'
            printf '%s\n' \
                '=shell'
        case 'undo'
            printf '%s\n' \
                '.'
        case 'prompt'
            printf '%s\n' \
                '.*'
        case 'help'
            printf '%s\n' \
                '=topic*'
    end
end

function __cowork_globals
    printf '%s\n' \
        '-o	=form	Form of output.' \
        '--output	=form	Form of output.' \
        '--json	-	Short for --output json.' \
        '--header	-	Names of the columns above plain output.' \
        '--no-input	-	Never ask.' \
        '-y	-	Answer yes.' \
        '--yes	-	Answer yes.' \
        '--home	d	Keep everything in DIR.' \
        '-q	-	No notes, progress or hints.' \
        '--quiet	-	No notes, progress or hints.' \
        '--no-color	-	No colour.' \
        '--no-pager	-	No pager.' \
        '--debug	-	Say what is going on, on stderr.' \
        '-V	-	Show the version.' \
        '--version	-	Show the version.' \
        '-h	-	Show help.' \
        '--help	-	Show help.'
end

# spec of the option $argv[1]: "-" flag, "." anything, f file, d folder, =LIST, @KIND, several with "+"
function __cowork_spec
    for row in (__cowork_options "$__cowork_path") (__cowork_globals)
        set -l cells (string split \t -- $row)
        if test "$cells[1]" = "$argv[1]"
            echo -- $cells[2]
            return
        end
    end
    echo -- -
end

# the values of the spec $argv[1] for the text $argv[2]
function __cowork_values
    for part in (string split + -- $argv[1])
        __cowork_part $part "$argv[2]"
    end
end

function __cowork_part
    switch "$argv[1]"
        case f
            __fish_complete_path "$argv[2]"
        case d
            __fish_complete_directories "$argv[2]"
        case '=*'
            __cowork_list (string sub -s 2 -- $argv[1])
        case '@*'
            set -l home $COWORK_HOME
            test -n "$__cowork_home"; and set home $__cowork_home
            COWORK_HOME="$home" command cowork _names (string sub -s 2 -- $argv[1]) "$argv[2]" 2>/dev/null
    end
end

function __cowork_complete
    set -l words (commandline -opc)
    set -l cur (commandline -ct | string unescape)
    set -g __cowork_path ''
    set -g __cowork_home ''
    set -l noun ''
    set -l count 0
    set -l waiting ''
    set -l only ''
    set -l option ''
    set -e words[1]
    for word in $words
        if test -n "$waiting"
            test "$option" = --home; and set -g __cowork_home $word
            set waiting ''
        else if test -z "$only" -a "x$word" = x--
            set only yes
        else if test -z "$only"; and string match -qr -- '^-.' $word; and not string match -qr -- '^-[0-9]+$' $word
            set option (string split -m 1 = -- $word)[1]
            set -l spec (__cowork_spec $option)
            if string match -q -- '*=*' $word
                test "$option" = --home; and set -g __cowork_home (string split -m 1 = -- $word)[2]
            else if test "x$spec" != x-
                set waiting $spec
            end
        else if test -z "$__cowork_path"
            set -g __cowork_path (__cowork_long $word)
            test -n "$__cowork_path"; or set -g __cowork_path $word
            set noun (__cowork_verbs $word)
        else if test -n "$noun"
            set -g __cowork_path "$__cowork_path $word"
            set noun (__cowork_verbs $__cowork_path)
        else
            set count (math $count + 1)
        end
    end
    if test -n "$waiting"
        __cowork_values $waiting "$cur"
    else if test -z "$only"; and string match -q -- '-*=*' "$cur"
        set -l parts (string split -m 1 = -- $cur)
        for value in (__cowork_values (__cowork_spec $parts[1]) "$parts[2]")
            echo -- "$parts[1]=$value"
        end
    else if test -z "$only"; and string match -q -- '-*' "$cur"
        for row in (__cowork_options "$__cowork_path") (__cowork_globals)
            set -l cells (string split \t -- $row)
            printf '%s\t%s\n' $cells[1] $cells[3]
        end
    else if test -z "$__cowork_path"
        __cowork_verbs ''
    else if test -n "$noun"
        __cowork_verbs $__cowork_path
    else
        set -l number 0
        for one in (__cowork_arguments "$__cowork_path")
            if test $number -eq $count; or string match -q -- '*\*' $one
                __cowork_values (string replace -r -- '\*$' '' $one) "$cur"
                break
            end
            set number (math $number + 1)
        end
    end
end

complete -c cowork -e
complete -c cowork -f -k -a '(__cowork_complete)'
