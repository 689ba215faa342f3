/// What strangers and customers write. `{p}` product, `{q}` quantity, `{n}` name, `{c}` company, `{h}` port, `{d}` detail.
enum Messages {
    static let templates: [String: [String]] = [
        "en": [
            "Hi,\n\nwe are looking for a steady source for {p}. First order about {q} pcs, repeat every quarter if quality is right. {d}\nPlease quote FOB Ningbo and tell us the lead time.\n\nRegards\n{n}\n{c}",
            "Good day, we saw your {p} on the internet. What is your best price for {q} pieces CIF {h}? {d} We need answer before Friday because our tender closes.\n{n}",
            "Dear sales team,\nour current supplier cannot deliver in time. Can you make {q} pcs {p} within 5 weeks? {d}\nPayment 30/70 is fine for us.\n\n{n} / {c}",
            "Hello, I met your colleague at the fair in Guangzhou, hall 12. Please send the updated price list for {p} and carton details. Trial quantity {q}. {d}\nThanks, {n}",
            "Need price: {p}, qty {q}. {d} Packaging with our logo. Ship to {h}.\n\nSent from my phone",
            "Please find below our requirement:\n- {p}\n- quantity: {q} pcs\n- destination: {h}\n- {d}\nKindly include photometric file and certificates.\n{n}, {c}",
            "hi there, do you have {p} in stock? We would start with {q} for an online shop. {d} Whats your MOQ if we want our own box? cheers {n}",
            "To whom it may concern,\nwe are refurbishing eleven stores and need {q} of {p}. {d} Samples first (2 pcs each colour), courier account can be provided.\nBest regards\n{n}",
        ],
        "de": [
            "Guten Tag,\n\nfür unser Frühjahrssortiment suchen wir {p}, Menge ca. {q} Stück. {d}\nBitte nennen Sie uns Preis FOB Ningbo, Lieferzeit und Verpackungseinheiten.\n\nMit freundlichen Grüßen\n{n}\n{c}",
            "Sehr geehrte Damen und Herren,\nbitte bieten Sie an: {q} Stk. {p}, frei {h}. {d} CE-Unterlagen und ENEC wären wichtig.\nGruß {n}",
        ],
        "fr": [
            "Bonjour,\nnous souhaitons recevoir votre meilleure offre pour {p}, quantité {q} pièces, livraison {h}. {d}\nMerci de préciser le délai et le conditionnement.\nCordialement,\n{n}\n{c}",
            "Bonjour, suite à notre rencontre au salon, pouvez-vous nous envoyer le tarif {p} ? Volume estimé {q}. {d} {n}",
        ],
        "es": [
            "Buenos días,\nestamos interesados en {p}, cantidad aproximada {q} unidades. {d}\nPor favor envíennos precio FOB y CIF {h}, plazo de entrega y condiciones de pago.\nSaludos cordiales,\n{n}\n{c}",
            "Hola, somos distribuidores y queremos ampliar la línea con {p}. ¿Cuál es el mínimo y el precio para {q} piezas? {d}\nQuedo atento, {n}",
            "Estimados, necesito cotización urgente de {q} pzas de {p} para una licitación municipal. {d} Incluir ficha técnica y garantía. {n}",
        ],
        "pt": [
            "Bom dia,\nsolicitamos cotação de {p}, {q} unidades, porto de destino {h}. {d}\nFavor informar prazo de produção e certificados.\nAtenciosamente,\n{n}\n{c}"
        ],
        "it": [
            "Buongiorno,\nvorremmo un'offerta per {p}, circa {q} pezzi. {d} Ci servono confezioni in italiano e consegna a {h}.\nCordiali saluti,\n{n}\n{c}"
        ],
        "pl": ["Dzień dobry,\nproszę o ofertę na {p}, ilość {q} szt., dostawa do {h}. {d}\nZ poważaniem\n{n}, {c}"],
        "tr": ["Merhaba,\n{p} için {q} adet fiyat teklifi rica ediyoruz. {d} Teslim yeri {h}.\nSaygılarımla,\n{n}"],
        "nl": [
            "Goedemiddag,\nwij zoeken {p}, eerste order {q} stuks. {d} Graag prijs FOB en levertijd.\nMet vriendelijke groet,\n{n}, {c}"
        ],
        "ja": ["お世話になっております。\n{p} {q}個のお見積りをお願いいたします。{d}\n納期と梱包仕様もご教示ください。\n{c} {n}"],
        "sv": [
            "Hej,\nvi söker {p}, ca {q} st till vårsäsongen. {d} Pris FOB och ledtid, tack.\nVänliga hälsningar {n}, {c}"
        ],
    ]

    static let repeats = [
        "Same as last order please: {p}, {q} pcs. Need it a bit earlier this time. {n}",
        "Hi, we are running low on {p}. Please send PI for {q} pcs, same box and marks.\nThanks {n}",
        "Reorder {p} / {q} pcs. Can you hold the old price? Copper went down again ;-)\n{n}",
        "Hello, attached our PO draft: {q} x {p}. Please confirm price and ETD {h}.\nBest, {n} ({c})",
    ]

    static let familiar = "老朋友，{p} 再来 {q} 个，包装不变，尽快排。{n}"

    static let details: [String: [String]] = [
        "en": [
            "CRI 90 preferred.", "3000K and 4000K mixed.", "We need CE and RoHS reports.", "Black housing only.",
            "5 years warranty is a must.", "Target is about 10 % below the shelf price of our present source.",
            "IP65 please, it goes outside.", "Driver must be replaceable.", "Boxes with EAN code.",
        ],
        "de": [
            "CRI mindestens 90.", "Bitte mit deutschem Etikett und EPREL-Nummer.", "Gehäuse anthrazit.",
            "Garantie 5 Jahre.",
        ],
        "fr": ["IRC 90 souhaité.", "Notice en français obligatoire.", "Garantie 3 ans minimum."],
        "es": [
            "Con driver regulable.", "Necesitamos certificado NOM o equivalente.", "Caja con código de barras.",
            "Garantía de 3 años.",
        ],
    ]

    static let spam = [
        "Dear friend, we offer SEO first page google for your website. Only 99 usd/month. Reply yes.",
        "Hello sir i need free samples of all products send to my address immediately shipping paid by you.",
        "We are lighting factory in Zhongshan, best price downlight, please check our catalogue.",
        "I am purchasing officer of a big royal project, 500,000 pcs street light, contact me by chat only for commission agreement.",
        "Price? all items? pls fast",
    ]
}
