import Kernel
import Testing

@Suite("Business cards and signatures of mails")
struct CallingCardTests {
    /// A card by what is expected on it; what is not named stays empty.
    private func card(
        name: String = "", company: String = "", title: String = "", phone: String = "", mobile: String = "",
        mail: String = "", website: String = "", address: String = "", city: String = "", postcode: String = "",
        country: String = "", taxID: String = ""
    ) -> CallingCard {
        var card = CallingCard("")
        card.name = name
        card.company = company
        card.title = title
        card.phone = phone
        card.mobile = mobile
        card.mail = mail
        card.website = website
        card.address = address
        card.city = city
        card.postcode = postcode
        card.country = country
        card.taxID = taxID
        return card
    }

    @Test("A German signature with greeting, fax and register")
    func german() {
        let text = """
            Mit freundlichen Grüßen

            Anna Schmidt
            Leiterin Einkauf
            Nordlicht Handelskontor GmbH & Co. KG
            Speicherstraße 12
            20457 Hamburg
            Tel.: +49 (0)40 123 456-0 | Fax: +49 40 123 456-99
            Mobil: +49 170 1234567
            anna.schmidt@nordlicht-kontor.de
            www.nordlicht-kontor.de
            Geschäftsführer: Jens Petersen | Amtsgericht Hamburg HRB 12345 | USt-IdNr.: DE123456789
            """
        #expect(
            CallingCard(text)
                == card(
                    name: "Anna Schmidt", company: "Nordlicht Handelskontor GmbH & Co. KG", title: "Leiterin Einkauf",
                    phone: "+49 40 123 456-0", mobile: "+49 170 1234567", mail: "anna.schmidt@nordlicht-kontor.de",
                    website: "www.nordlicht-kontor.de", address: "Speicherstraße 12\n20457 Hamburg", city: "Hamburg",
                    postcode: "20457", country: "DE", taxID: "DE123456789"))
    }

    @Test("A Norwegian signature: Dr. is no street, AS is a company, the register's number is that of the tax office")
    func norwegian() {
        let text = """
            Best regards,
            --
            Dr. Ingrid Solberg-Hansen
            Head of Sourcing | Fjordlys Belysning AS
            Storgata 12, 5014 Bergen, Norway
            T: +47 55 12 34 56   M: +47 900 11 222
            ingrid.solberg@fjordlys.no | https://www.fjordlys.no
            Org.nr: NO 987 654 321 MVA
            """
        #expect(
            CallingCard(text)
                == card(
                    name: "Ingrid Solberg-Hansen", company: "Fjordlys Belysning AS", title: "Head of Sourcing",
                    phone: "+47 55 12 34 56", mobile: "+47 900 11 222", mail: "ingrid.solberg@fjordlys.no",
                    website: "www.fjordlys.no", address: "Storgata 12, 5014 Bergen, Norway", city: "Bergen",
                    postcode: "5014", country: "NO", taxID: "NO 987 654 321 MVA"))
    }

    @Test("A Chinese card with labels")
    func chinese() {
        let text = """
            宁波海曙灯具有限公司
            王芳  外贸经理
            手机/微信：138 5740 1234
            电话：0574-8765 4321  传真：0574-8765 4322
            邮箱：wangfang@haishu-lamp.com
            网址：www.haishu-lamp.com
            地址：浙江省宁波市海曙区中山西路138号 邮编：315010
            """
        #expect(
            CallingCard(text)
                == card(
                    name: "王芳", company: "宁波海曙灯具有限公司", title: "外贸经理", phone: "0574-8765 4321",
                    mobile: "138 5740 1234", mail: "wangfang@haishu-lamp.com", website: "www.haishu-lamp.com",
                    address: "浙江省宁波市海曙区中山西路138号", city: "宁波", postcode: "315010", country: "CN"))
    }

    @Test("An American signature on few lines")
    func american() {
        let text = """
            Best regards,
            --
            Michael T. O'Brien, Senior Buyer
            Lakeshore Home Imports, Inc.
            200 W Monroe St, Suite 1500, Chicago, IL 60606
            T: (312) 555-0142 | M: (312) 555-0199 | mobrien@lakeshorehome.com
            """
        #expect(
            CallingCard(text)
                == card(
                    name: "Michael T. O'Brien", company: "Lakeshore Home Imports, Inc.", title: "Senior Buyer",
                    phone: "(312) 555-0142", mobile: "(312) 555-0199", mail: "mobrien@lakeshorehome.com",
                    address: "200 W Monroe St, Suite 1500, Chicago, IL 60606", city: "Chicago", postcode: "60606",
                    country: "US"))
    }

    @Test("A British signature with the postcode behind the town")
    func british() {
        let text = """
            Kind regards
            Sarah Whitfield
            Purchasing Manager

            Whitfield & Sons Ltd
            14 Mill Lane, London SW1A 1AA, United Kingdom
            Direct: +44 20 7946 0958
            E: s.whitfield@whitfieldandsons.co.uk  W: whitfieldandsons.co.uk
            """
        #expect(
            CallingCard(text)
                == card(
                    name: "Sarah Whitfield", company: "Whitfield & Sons Ltd", title: "Purchasing Manager",
                    phone: "+44 20 7946 0958", mail: "s.whitfield@whitfieldandsons.co.uk",
                    website: "whitfieldandsons.co.uk", address: "14 Mill Lane, London SW1A 1AA, United Kingdom",
                    city: "London", postcode: "SW1A 1AA", country: "GB"))
    }

    @Test("A French signature; the company is known by its legal form")
    func french() {
        let text = """
            Cordialement,
            Claire Lefèvre
            Responsable Achats
            Maison Lumière S.A.S.
            12 rue de la République
            69002 Lyon - France
            Tél : +33 4 72 00 12 34
            claire.lefevre@maison-lumiere.fr
            """
        #expect(
            CallingCard(text)
                == card(
                    name: "Claire Lefèvre", company: "Maison Lumière S.A.S.", title: "Responsable Achats",
                    phone: "+33 4 72 00 12 34", mail: "claire.lefevre@maison-lumiere.fr",
                    address: "12 rue de la République\n69002 Lyon - France", city: "Lyon", postcode: "69002",
                    country: "FR"))
    }

    @Test("A Dutch card with a postcode of digits and letters")
    func dutch() {
        let text = """
            Gebroeders Terwindt Handel B.V.
            Pieter van der Berg
            Inkoopmanager
            Herengracht 101
            1015 BE Amsterdam
            The Netherlands
            T +31 20 555 1234
            M +31 6 1234 5678
            p.vandenberg@terwindt.nl
            """
        #expect(
            CallingCard(text)
                == card(
                    name: "Pieter van der Berg", company: "Gebroeders Terwindt Handel B.V.", title: "Inkoopmanager",
                    phone: "+31 20 555 1234", mobile: "+31 6 1234 5678", mail: "p.vandenberg@terwindt.nl",
                    address: "Herengracht 101\n1015 BE Amsterdam\nThe Netherlands", city: "Amsterdam",
                    postcode: "1015 BE", country: "NL"))
    }

    @Test("A company without a legal form is known by its domain")
    func domain() {
        let card = CallingCard(
            """
            Giulia Conti
            Buyer
            Bottega Chiara
            giulia@bottegachiara.it
            """)
        #expect(
            card
                == self.card(
                    name: "Giulia Conti", company: "Bottega Chiara", title: "Buyer", mail: "giulia@bottegachiara.it",
                    country: "IT"))
    }

    @Test("Chinese and English on one card: papers are written in English")
    func bothScripts() {
        let text = """
            义乌市晨星进出口有限公司
            YIWU MORNINGSTAR IMPORT & EXPORT CO., LTD.
            陈晓东 Tony Chen
            业务经理 Sales Manager
            Mob/WhatsApp: +86 139 0579 8888
            E-mail: tony@morningstar-yw.cn
            Add: No. 88 Chouzhou Road, Yiwu, Zhejiang, China
            """
        let card = CallingCard(text)
        #expect(card.company.hasPrefix("YIWU MORNINGSTAR"))
        #expect(card.name == "陈晓东 Tony Chen")
        #expect(card.title == "业务经理 Sales Manager")
        #expect(card.mobile == "+86 139 0579 8888")
        #expect(card.mail == "tony@morningstar-yw.cn")
        #expect(card.address == "No. 88 Chouzhou Road, Yiwu, Zhejiang, China")
        #expect(card.country == "CN")
    }

    @Test("A signature of one line with bars")
    func oneLine() {
        let card = CallingCard(
            "Jonas Lindqvist | Head of Sourcing | Nordform AB | +46 8 555 123 45 | jonas@nordform.se")
        #expect(
            card
                == self.card(
                    name: "Jonas Lindqvist", company: "Nordform AB", title: "Head of Sourcing",
                    phone: "+46 8 555 123 45", mail: "jonas@nordform.se", country: "SE"))
    }

    @Test("先生 and 女士, Mr. and Frau are no part of a name")
    func forms() {
        #expect(CallingCard("联系人：李建国先生\n电话：13912345678").name == "李建国")
        #expect(CallingCard("Mr. Ahmed Hassan\nahmed@cairo-trade.eg").name == "Ahmed Hassan")
        #expect(CallingCard("Frau Sabine Keller\nEinkauf").name == "Sabine Keller")
    }

    @Test("Mail of everybody's providers says neither company nor country")
    func freeMail() {
        let card = CallingCard("Maria Souza\nmaria.souza@gmail.com\n+55 11 91234 5678")
        #expect(
            card
                == self.card(
                    name: "Maria Souza", phone: "+55 11 91234 5678", mail: "maria.souza@gmail.com", country: "BR"))
    }

    @Test("A mobile number without a label is one, and a second number is kept")
    func mobiles() {
        let card = CallingCard("赵敏\n13805741234\n0574-88881234")
        #expect(card.mobile == "13805741234" && card.phone == "0574-88881234" && card.country == "CN")
    }

    @Test("Pages of networks are no website, messengers no telephone")
    func networks() {
        let card = CallingCard(
            """
            Emma Larsen
            linkedin.com/in/emma-larsen
            WeChat: emma_1988
            https://www.larsen-design.dk/contact
            """)
        #expect(card.website == "www.larsen-design.dk/contact")
        #expect(card.phone.isEmpty && card.mobile.isEmpty && card.name == "Emma Larsen")
    }

    @Test("A house number or a postcode is no telephone")
    func numbers() {
        let card = CallingCard("Hafenweg 1234\n48155 Münster\nGermany")
        #expect(card.phone.isEmpty && card.city == "Münster" && card.postcode == "48155" && card.country == "DE")
    }

    @Test("Full-width signs and quoting are read")
    func fullWidth() {
        let card = CallingCard("> 姓名：刘洋\n> 职位：采购总监\n> 电话：０２１－６２３４５６７８\n> 邮箱：liuyang@shbuy.cn")
        #expect(card.name == "刘洋" && card.title == "采购总监" && card.mail == "liuyang@shbuy.cn")
        #expect(card.phone == "021-62345678")
    }

    @Test(
        "A title beside the name, by a comma, a dash or a slash",
        arguments: [
            "Elena García, Jefa de Compras", "Elena García - Jefa de Compras", "Elena García / Jefa de Compras",
        ])
    func beside(line: String) {
        let card = CallingCard(line + "\nelena@iluminacionsur.es")
        #expect(card.name == "Elena García" && card.title == "Jefa de Compras")
    }

    @Test("An Indian and an Australian company with Pvt and Pty")
    func forms2() {
        let indian = CallingCard(
            "Rajesh Kumar\nGeneral Manager\nSunrise Exports Pvt. Ltd.\nPlot 45, Industrial Area, Phase 2, New Delhi 110020, India\n+91 98100 12345"
        )
        #expect(
            indian.company == "Sunrise Exports Pvt. Ltd." && indian.country == "IN" && indian.name == "Rajesh Kumar")
        let australian = CallingCard("Tom Baker\nOwner\nCoastal Living Pty Ltd\n0412 345 678\ntom@coastalliving.com.au")
        #expect(australian.company == "Coastal Living Pty Ltd" && australian.country == "AU")
        #expect(australian.phone == "0412 345 678")
    }

    @Test(
        "Nothing, greetings and rubbish make an empty card, however long",
        arguments: [
            "", "   \n\n--\n", "Best regards\nSent from my iPhone", String(repeating: "::::||||;;;; ", count: 5000),
            "\u{0}\u{1}@@@@....", "@", "www.", "+", "((((((((((", "：：：",
        ])
    func nothing(text: String) {
        let card = CallingCard(text)
        #expect(card.name.isEmpty && card.mail.isEmpty && card.phone.isEmpty && card.website.isEmpty)
    }
}
