"""The words of the plan that is measured: a family and its people, as such families write. Pure.

Every sentence is another one, of the length people write, so that compressing flatters nothing. They are made up, after
practice stories of the method.
"""

from __future__ import annotations

from app.goals.nouns import Reins, Stitch, Thread
from app.people.nouns import Help
from app.policy.actor import Ring

FAMILY = "Familie El Amrani-Peeters"
OWN = ("Malika", "Dirk", "Yassin")

CLOSE, SERVICES = Ring.CLOSE, Ring.SERVICES
DO, BE, ADVISE, LISTEN = Help.DO, Help.BE_THERE, Help.ADVISE, Help.LISTEN

# Name, ring, what they are for us, from where, parts of life, kinds of help, phone.
PEOPLE = (
    ("Oma Zohra", CLOSE, "mama van Malika", "", ("together", "health"), (BE, DO), "0470 12 00 01"),
    ("Tante Betty", CLOSE, "zus van Dirk", "", ("school",), (DO, LISTEN), "0471 23 00 02"),
    ("Nonkel Fons", CLOSE, "peter van Yassin", "", ("friends",), (BE,), "0472 34 00 03"),
    ("Rosita van hiernaast", CLOSE, "buurvrouw met de sleutel", "", ("living",), (DO, BE), "0473 45 00 04"),
    ("Ilse", CLOSE, "beste vriendin van Malika", "", ("health",), (LISTEN, ADVISE), "0474 56 00 05"),
    ("Moeke", CLOSE, "mama van Dirk", "", ("together",), (BE, LISTEN), ""),
    ("Noor", CLOSE, "meisje uit de straat, helpt met huiswerk", "", ("school",), (DO,), "0475 67 00 06"),
    ("Coach Hamza", CLOSE, "trainer van Yassin", "voetbalclub", ("friends",), (BE, ADVISE), "0476 78 00 07"),
    ("Laura", SERVICES, "zorgjuf", "basisschool De Wegwijzer", ("school",), (LISTEN, ADVISE), "03 000 00 08"),
    ("Mevrouw Knapen", SERVICES, "lerares Nederlands", "basisschool De Wegwijzer", ("school",), (ADVISE,), ""),
    ("Tom De Wachter", SERVICES, "gezinsbegeleider", "thuisbegeleiding", ("together",), (ADVISE,), "03 000 00 09"),
    ("Dokter Vermeulen", SERVICES, "huisarts", "wijkgezondheidscentrum", ("health",), (ADVISE,), "03 000 00 10"),
    ("Greet", SERVICES, "poetshulp, en iemand om mee te praten", "gezinszorg", ("living", "health"), (DO, LISTEN), ""),
    ("Mieke Claes", SERVICES, "maatschappelijk werker", "OCMW", ("money",), (ADVISE, DO), "03 000 00 11"),
    ("Jonas", SERVICES, "begeleider van de leefgroep", "internaat Ter Linde", ("school",), (BE,), "03 000 00 12"),
    ("Annelies Goossens", SERVICES, "onthaalmedewerker", "CLB Antwerpen-Noord", ("school",), (LISTEN,), ""),
    ("Karim", SERVICES, "tolk Arabisch", "sociaal vertaalbureau", ("together",), (DO,), "03 000 00 13"),
)  # fmt: skip

# What they want, and in which part of life.
GOALS = (
    ("Elke ochtend zonder ruzie de deur uit, met brood in de boekentas", "school", Thread.BLAUW, Stitch.GOLF, Reins.WE),
    ("Yassin heeft na school iemand om mee te spelen", "friends", Thread.WORTEL, Stitch.ZIGZAG, Reins.TOGETHER),
    ("Weten wat er deze maand nog op de rekening staat", "money", Thread.KOOL, Stitch.KETTING, Reins.WITH_SUPPORT),
    ("Malika kan één avond per week iets voor zichzelf doen", "health", Thread.MUNT, Stitch.KRALEN, Reins.WE),
    (
        "Een kamer waar Yassin rustig slaapt en huiswerk maakt",
        "living",
        Thread.MOSTERD,
        Stitch.DUBBEL,
        Reins.TOGETHER,
    ),
    ("Papa ziet de kinderen ook in de week dat ze bij mama zijn", "together", Thread.PREI, Stitch.RECHT, Reins.WE),
    ("De diensten praten met ons en niet over ons", "together", Thread.BLAUW, Stitch.KETTING, Reins.TOGETHER),
    (
        "Zelf koken wat de kinderen graag eten, ook op zware dagen",
        "health",
        Thread.WORTEL,
        Stitch.RECHT,
        Reins.WE,
    ),
)

# Of which goal, what, and who helps.
STEPS = (
    (0, "Boekentassen ’s avonds klaarzetten bij de deur", ("Yassin", "Malika")),
    (0, "De wekker tien minuten vroeger, met zijn eigen liedje", ("Dirk",)),
    (0, "Prenten maken van wat eerst komt en wat daarna", ("Yassin", "Laura")),
    (0, "Op dinsdag samen met tante Betty fietsen", ("Tante Betty",)),
    (0, "Kleren kiezen voor het slapengaan", ("Yassin",)),
    (1, "Vragen of hij mag meetrainen bij de kleinsten", ("Dirk", "Coach Hamza")),
    (1, "Een vriendje uitnodigen op woensdagmiddag", ("Malika",)),
    (1, "Met Noor naar het speelplein achter de kerk", ("Noor",)),
    (1, "Oefenen wat je zegt als iemand niet wil spelen", ("Laura", "Yassin")),
    (2, "Alle brieven in één doos, ook die wij niet durven openen", ("Malika", "Greet")),
    (2, "Samen met Mieke de vaste kosten op een blad zetten", ("Mieke Claes", "Dirk")),
    (2, "Bellen naar de energieleverancier voor een afbetaling", ("Dirk",)),
    (2, "Schoolrekening in drie keer vragen aan de school", ("Annelies Goossens",)),
    (3, "Een avond kiezen waarop oma Zohra blijft slapen", ("Oma Zohra",)),
    (3, "Zich inschrijven voor de naailes in het buurthuis", ("Malika", "Ilse")),
    (3, "Eén keer proberen en zeggen hoe het was", ("Malika",)),
    (3, "Bij dokter Vermeulen vragen wat helpt tegen de moeheid", ("Dokter Vermeulen",)),
    (4, "De rommelkamer leegmaken met nonkel Fons", ("Nonkel Fons", "Dirk")),
    (4, "Verf kiezen: Yassin wil zeegroen met een walvis", ("Yassin",)),
    (4, "Een tweedehands bureau zoeken dat door de deur kan", ("Rosita van hiernaast",)),
    (4, "Nachtlampje en gordijnen ophangen", ("Dirk",)),
    (5, "Op papier zetten welke dagen voor iedereen lukken", ("Malika", "Dirk")),
    (5, "Videobellen op donderdag na het eten, tien minuten", ("Dirk", "Yassin")),
    (5, "Moeke haalt de kinderen op als Dirk laat werkt", ("Moeke",)),
    (6, "Vragen dat verslagen eerst naar ons komen", ("Tom De Wachter",)),
    (6, "Een overleg plannen op een uur dat voor Malika past", ("Tom De Wachter", "Malika")),
    (6, "Karim erbij vragen wanneer het over moeilijke woorden gaat", ("Karim",)),
    (7, "Drie gerechten opschrijven die altijd lukken", ("Malika", "Oma Zohra")),
    (7, "Op zondag samen soep maken voor drie dagen", ("Greet", "Yassin")),
    (7, "Een lade met potjes voor als het niet gaat", ("Ilse",)),
)

# What, and who does it. The first of them are soonest.
AGREEMENTS = (
    ("Yassin ophalen aan de schoolpoort en samen een appel eten", ("Tante Betty",)),
    ("Bellen naar het CLB over de brief van vorige week", ("Malika",)),
    ("Meegaan naar de oogarts, want Dirk moet werken", ("Rosita van hiernaast",)),
    ("Met de kinderen naar de bibliotheek, elk twee boeken", ("Noor", "Yassin")),
    ("Voorlezen aan de telefoon voor het slapen", ("Oma Zohra",)),
    ("De was van de week bij Rosita in de droogkast", ("Rosita van hiernaast", "Malika")),
    ("Na de training iemand naar huis laten meerijden", ("Coach Hamza",)),
    ("Op school vragen hoe de speeltijd nu gaat", ("Laura", "Dirk")),
    ("Papieren van de studietoelage nakijken aan de keukentafel", ("Mieke Claes", "Malika")),
    ("Wandelen rond het park, ook als het een beetje regent", ("Ilse", "Malika")),
    ("Yassin vertelt aan tafel één ding dat leuk was", ("Yassin",)),
    ("Huiswerk maken in de keuken terwijl iemand kookt", ("Noor", "Yassin")),
    ("Tom komt langs; Malika kiest waar het over gaat", ("Tom De Wachter", "Malika")),
    ("De sleutel van de fiets terugbrengen naar moeke", ("Dirk",)),
    ("Slapen bij oma Zohra met de blauwe slaapzak", ("Oma Zohra", "Yassin")),
    ("Turnzak meegeven en de nieuwe pantoffels passen", ("Dirk",)),
    ("Mee naar het overleg en opschrijven wat er gezegd wordt", ("Ilse",)),
    ("Naar de spelotheek voor het spel met de konijnen", ("Nonkel Fons", "Yassin")),
    ("De huurder van boven vragen om de fietsen anders te zetten", ("Dirk", "Nonkel Fons")),
    ("Een taart bakken voor het klasfeest, zonder noten", ("Moeke",)),
    ("Medicatie halen en in het doosje van de week leggen", ("Greet", "Malika")),
    ("Jonas belt wanneer Samira in het weekend naar huis komt", ("Jonas",)),
    ("Met mevrouw Knapen lezen in het boek over de vulkaan", ("Mevrouw Knapen", "Yassin")),
    ("Fietsband plakken op het pleintje, Yassin helpt", ("Nonkel Fons",)),
    ("Bij de huisarts bloed laten trekken, nuchter", ("Dokter Vermeulen", "Malika")),
    ("De rekening van de eetzaal bespreken met de school", ("Annelies Goossens", "Dirk")),
    ("Samen de keuken doen, met de radio aan", ("Greet", "Malika")),
    ("Kijken naar de wedstrijd en zwaaien vanaf de kant", ("Dirk", "Moeke")),
    ("Opnieuw videobellen als papa op de baan is", ("Dirk", "Yassin")),
    ("Laura zegt het vooraf als er een andere juf is", ("Laura",)),
    ("Een kaartje sturen naar de tante in Tanger", ("Yassin", "Oma Zohra")),
    ("Vertalen wat er in de brief van het ziekenfonds staat", ("Karim", "Malika")),
    ("Zwemzak wassen en de badmuts zoeken", ("Malika",)),
    ("Boodschappen met het lijstje van drie gerechten", ("Dirk", "Malika")),
    ("Een film kiezen waar niemand bang van wordt", ("Yassin", "Noor")),
    ("Ilse belt om te vragen hoe het echt gaat", ("Ilse",)),
    ("Mieke stuurt het nieuwe overzicht van de schulden", ("Mieke Claes",)),
    ("De tuin van moeke opruimen in ruil voor appelmoes", ("Dirk", "Yassin")),
    ("Met Tom kijken welke dienst nog nodig is en welke niet", ("Tom De Wachter", "Malika", "Dirk")),
    ("Iedereen rond de tafel, oma Zohra maakt harira", ("Oma Zohra", "Malika", "Dirk", "Tante Betty")),
)  # fmt: skip
PLACES = ("", "", "thuis", "", "op school", "", "buurthuis De Sprong", "", "", "bij moeke")
