/// A country in which the company has customers.
package struct Country: Sendable {
    let code: String
    let region: String
    let language: String
    let currency: String
    package let zone: String
    let port: String
    let portName: String
    let dial: String
    /// City, postcode, street.
    let places: [[String]]
    let firms: [String]
    let given: [String]
    let family: [String]
    /// Customers do business under this share of a hundred.
    let days: Int
}

/// The countries, from the table below.
package enum Countries {
    package static let all: [Country] = (europe + americas + pacific).split(separator: "\n\n").compactMap { block in
        let rows = block.split(separator: "\n").map {
            $0.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        }
        guard rows.count == 5, rows[0].count == 9 else { return nil }
        let head = rows[0]
        return Country(
            code: head[0], region: head[1], language: head[2], currency: head[3], zone: head[4], port: head[5],
            portName: head[6], dial: head[7], places: rows[1].map { $0.split(separator: ";").map(String.init) },
            firms: rows[2], given: rows[3], family: rows[4], days: Int(head[8]) ?? 30)
    }

    static func named(_ code: String) -> Country? { all.first { $0.code == code } }

    // Head: code, region, language, currency, zone, port, its name, dialling code, days at sea.
    // Then places, firms, given names, family names.
    private static let europe = """
        DE|EU|de|EUR|Europe/Berlin|DEHAM|Hamburg|+49|31
        Hamburg;20457;Am Sandtorkai 41|Bielefeld;33602;Herforder Straße 118|Augsburg;86153;Lechhauser Weg 7|Kassel;34117;Fuldatalstraße 62
        Nordlicht Handelskontor GmbH|Brandtke Leuchten GmbH & Co. KG|Ostsee Lampenhaus GmbH|Weißflog Elektrogroßhandel GmbH|Harzer Lichtideen GmbH|Kupferkanne Wohnlicht GmbH|Dorn & Vessel Objektlicht GmbH|Rheinbogen Baumarkt Einkauf GmbH|Tannert Industriebeleuchtung GmbH|Feldmark Gartenwelten GmbH
        Katja|Jürgen|Sabine|Torsten|Annika|Holger|Marlene
        Brandtke|Weißflog|Sievers|Ohlendorf|Tannert|Quade|Rebmann

        FR|EU|fr|EUR|Europe/Paris|FRLEH|Le Havre|+33|33
        Lyon;69007;14 rue des Verriers|Lille;59000;88 boulevard de la Citadelle|Nantes;44200;5 quai du Tramway
        Lumière du Rhône SAS|Éclairage Vauquelin SARL|Maison Tissandier Luminaires|Comptoir Électrique du Nord SAS|Atelier Brume SARL|Ets Marchadier Frères|Grand Ouest Bricolage SAS
        Camille|Étienne|Solène|Bastien|Maëlle|Guillaume
        Vauquelin|Tissandier|Marchadier|Delcroix|Pommeraye|Lestrange

        GB|EU|en|GBP|Europe/London|GBFXT|Felixstowe|+44|32
        Leeds;LS10 1JR;Unit 7, Hunslet Mill Lane|Bristol;BS3 4EA;22 Coronation Wharf|Ipswich;IP4 1BG;Orwell Trade Park, Unit 12|Stockport;SK1 3HU;64 Wellington Quay
        Marlow & Finch Lighting Ltd|Brackenfield Electrical Wholesale Ltd|Tidewater Garden Centres Ltd|Oakum Lane Interiors Ltd|Penhallow Trade Supplies Ltd|The Lamp Yard (Leeds) Ltd|Castlegate Contract Lighting Ltd|Wyvern Facilities Supply Ltd|Hollins Bright Ltd
        Oliver|Priya|Hannah|Gareth|Louise|Dominic|Sunita
        Marlow|Penhallow|Ashdown|Whitlock|Bhatt|Carrow|Tolland

        IT|EU|it|EUR|Europe/Rome|ITGOA|Genoa|+39|30
        Brescia;25125;Via Orzinuovi 73|Treviso;31100;Viale della Repubblica 209|Bologna;40131;Via dell'Arcoveggio 49
        Lucefina S.r.l.|Officine Bellombra S.p.A.|Illuminazione Tarvisi S.r.l.|Fratelli Garbagnoli S.n.c.|Casa Ventura Distribuzione S.r.l.|Elettroforniture Adige S.r.l.|Studio Mezzaluce S.r.l.
        Chiara|Lorenzo|Federica|Davide|Ilaria|Matteo
        Garbagnoli|Tarvisi|Bellombra|Ceresa|Morandini|Zanetti

        ES|EU|es|EUR|Europe/Madrid|ESVLC|Valencia|+34|29
        Valencia;46024;Camí del Moll 15|Zaragoza;50014;Polígono Cogullada, nave 31|Sevilla;41011;Calle Virgen de la Estrella 8
        Luminarias Albufera S.L.|Distribuciones Cierzo S.L.|Iluminación Montserga S.A.|Ferretería Industrial Ebro S.L.|Hogar Mediterráneo S.L.|Proyectos Solana Luz S.L.|Almacenes Torrevieja y Soto S.L.
        Lucía|Javier|Marta|Álvaro|Inés|Sergio
        Montserga|Soto|Cabanillas|Ferrándiz|Olmedo|Quintero

        NL|EU|nl|EUR|Europe/Amsterdam|NLRTM|Rotterdam|+31|30
        Rotterdam;3089 JW;Waalhavenweg 61|Tilburg;5015 BT;Kanaalstraat 20|Zwolle;8013 RZ;Nervistraat 5
        Van Oudeland Verlichting B.V.|Polderlicht Import B.V.|Groothandel De Vuurtoren B.V.|Kersbergen Projects B.V.|Tuin & Terras Zwolle B.V.|Noorderkade Retail B.V.
        Sanne|Joost|Femke|Ruben|Marijke
        van Oudeland|Kersbergen|Hoekstra|Terwindt|Brandsma

        BE|EU|nl|EUR|Europe/Brussels|BEANR|Antwerp|+32|31
        Gent;9000;Nieuwevaart 117|Liège;4020;Quai de Wallonie 33
        Scheldelicht NV|Lichthuis Verbeeckt BV|Luminex Meuse SRL|Bouwcenter Pajot NV
        Lien|Pieter|Aurélie|Wout
        Verbeeckt|Lambrecht|Dumoulin|Claes

        PL|EU|pl|EUR|Europe/Warsaw|PLGDN|Gdansk|+48|35
        Poznań;61-248;ul. Wiatraczna 14|Gdynia;81-061;ul. Hutnicza 36|Łódź;93-105;ul. Przędzalniana 71
        Świetlik Hurt Sp. z o.o.|Baltik Oświetlenie Sp. z o.o.|Elektro-Warta Sp. z o.o.|Lampex Rojek S.J.|Dom i Ogród Wielkopolska Sp. z o.o.|Technika Świetlna Borek Sp. z o.o.
        Agnieszka|Marcin|Katarzyna|Tomasz|Paulina
        Rojek|Borek|Wilczyńska|Sadowski|Grabarz

        SE|EU|sv|EUR|Europe/Stockholm|SEGOT|Gothenburg|+46|36
        Göteborg;417 56;Lindholmsallén 9|Västerås;721 30;Kopparbergsvägen 22
        Norrsken Belysning AB|Skymningsljus i Väst AB|Älvkanten Bygghandel AB|Hemljus Mälardalen AB
        Elin|Henrik|Astrid|Mattias
        Lindqvist-Moe|Berggård|Nyström|Hallander

        DK|EU|da|EUR|Europe/Copenhagen|DKAAR|Aarhus|+45|34
        Aarhus;8000;Nordhavnsgade 12|Odense;5000;Havnegade 100
        Kystlys ApS|Fyns Lampelager A/S|Bølgen Design Import ApS
        Freja|Mads|Karoline
        Thorup|Kjeldgaard|Ravnholt

        NO|EU|en|EUR|Europe/Oslo|NOOSL|Oslo|+47|36
        Drammen;3044;Holmenveien 19|Bergen;5015;Sandviksboder 3
        Fjordlys Engros AS|Vidda Belysning AS|Nordre Kai Byggvare AS
        Ingrid|Sindre|Marit
        Haugstad|Tveiten|Solheim

        FI|EU|en|EUR|Europe/Helsinki|FIHEL|Helsinki|+358|37
        Tampere;33100;Hatanpään valtatie 24|Turku;20100;Linnankatu 60
        Kaamosvalo Oy|Järvikylän Sähkötukku Oy|Valopuro Oy
        Aino|Juhani|Päivi
        Koskela|Rantanen|Vuorinen

        PT|EU|pt|EUR|Europe/Lisbon|PTLEI|Leixoes|+351|31
        Porto;4100-320;Rua de Serralves 410|Aveiro;3810-164;Rua do Canal 27
        Luz do Douro Lda|Armazéns Ribadouro S.A.|Ilumicentro Aveiro Lda|Casa Farol Lda
        Beatriz|Rui|Mafalda|Nuno
        Seabra|Vilarinho|Teixeira|Moutinho

        GR|EU|el|EUR|Europe/Athens|GRPIR|Piraeus|+30|24
        Peiraias;185 45;Akti Kondyli 32|Thessaloniki;546 27;26is Oktovriou 40
        Aegean Fos Trading S.A.|Lampida Epe|Kyklades Home Supplies S.A.|Thermaikos Electrical E.E.
        Eleni|Nikos|Despina
        Vlachou|Karras|Stathakis

        CZ|EU|cs|EUR|Europe/Prague|DEHAM|Hamburg|+420|34
        Brno;602 00;Vídeňská 88|Plzeň;301 00;Skladová 5
        Moravia Světlo s.r.o.|Svítidla Holan s.r.o.|Elektrosklad Vltava a.s.
        Tereza|Ondřej|Lenka
        Holan|Malíková|Sedlák

        RO|EU|ro|EUR|Europe/Bucharest|ROCND|Constanta|+40|28
        Cluj-Napoca;400641;Strada Traian Vuia 16|Ploiești;100052;Strada Depoului 9
        Lumina Carpați SRL|Electro Dâmbu SRL|Casa Zorilor Distribuție SRL
        Ioana|Radu|Simona
        Dumbravă|Moldovan|Iacob

        TR|EU|tr|USD|Europe/Istanbul|TRAMR|Ambarli|+90|26
        İstanbul;34524;Haramidere Sanayi Cad. 44|İzmir;35110;Gaziler Cad. 215|Bursa;16140;Nilüfer Ticaret Merkezi 64. Sk. 12
        Boğaz Aydınlatma San. ve Tic. A.Ş.|Işıkyolu Elektrik Ltd. Şti.|Ege Feneri Dış Ticaret A.Ş.|Uludağ Yapı Market Ltd. Şti.|Yakamoz Dekor Ltd. Şti.
        Elif|Murat|Zeynep|Kerem
        Karaduman|Işıkyolu|Sezgin|Altınok

        HU|EU|en|EUR|Europe/Budapest|DEHAM|Hamburg|+36|35
        Győr;9027;Budai út 5|Szeged;6722;Kossuth Lajos sgt. 31
        Fényhíd Kereskedelmi Kft.|Dunalámpa Kft.|Alföld Villamossági Kft.
        Réka|Gábor|Orsolya
        Szentmiklósi|Barta|Kerekes


        """
    private static let americas = """
        US|AM|en|USD|America/New_York|USLAX|Los Angeles|+1|19
        Columbus, OH;43215;740 Scioto Depot Rd|Charlotte, NC;28206;1815 Catawba Yard St|Sacramento, CA;95811;402 Riverbank Way|Tulsa, OK;74103;96 Arkwright Ave|Newark, NJ;07105;210 Ironbound Plaza
        Harlow Creek Lighting, Inc.|Blue Ridge Fixture Supply LLC|Cascadia Lamp & Shade Co.|Prairie Lantern Distributors, Inc.|Sandbar Outdoor Living LLC|Keystone Lumen Wholesale, Inc.|Tri-County Electric Supply House|Marigold Home Imports LLC|Pinyon Mesa Contract Lighting LLC|Great Basin Facility Products, Inc.|Old Mill Hardware Group, Inc.|Sunroom Supply Company|Magnolia & Birch Decor LLC|Fairlane Garage & Shop, Inc.
        Jennifer|Marcus|Ashley|Brian|Denise|Tyler|Renee|Scott
        Harlow|Okafor|Kessler|Delgado|Whitfield|Nguyen|Brandt|Palmer

        CA|AM|en|USD|America/Toronto|CAVAN|Vancouver|+1|17
        Mississauga, ON;L4Z 1S2;5580 Ambler Gate|Calgary, AB;T2C 4R7;88 Barlow Crescent SE|Laval, QC;H7L 5C7;1470 rue Cunard Est
        Northern Glow Lighting Ltd.|Rocky Spur Electrical Ltd.|Luminaires Boréal inc.|Maple Forge Home Supply Ltd.|Saltspring Garden & Patio Ltd.|Trillium Trade Lighting Inc.
        Megan|Liam|Geneviève|Connor|Harpreet
        Forsythe|Tremblay-Roy|MacIsaac|Dhaliwal|Leblanc

        MX|AM|es|USD|America/Mexico_City|MXZLO|Manzanillo|+52|22
        Guadalajara;44940;Av. 8 de Julio 2315|Monterrey;64410;Calle Guerrero Norte 3020|Querétaro;76120;Acceso III 52
        Iluminación Tlaquepaque S.A. de C.V.|Grupo Lumicasa del Bajío S.A. de C.V.|Eléctrica Cerro Regio S. de R.L. de C.V.|Comercializadora Xolotl S.A. de C.V.|Faroles y Jardín S.A. de C.V.|Materiales Lerdo Hermanos S.A. de C.V.|Proveedora Sierra Clara S.A. de C.V.
        Daniela|Ricardo|Fernanda|Óscar|Paola
        Lerdo|Villaseñor|Cantú|Arreola|Zamudio

        BR|AM|pt|USD|America/Sao_Paulo|BRSSZ|Santos|+55|36
        Joinville;89219-500;Rua Dona Francisca 8300|Campinas;13069-300;Av. Mercedes Lima 1140|Recife;50030-230;Rua do Brum 248
        Luminária Catarinense Ltda|Casa do Eletricista Piratininga Ltda|Ilumina Nordeste Comércio Ltda|Importadora Serra Azul S.A.|Decora Ipê Móveis e Luz Ltda|Atacado Guaíba Elétrica Ltda
        Juliana|Thiago|Camila|Rafael|Letícia
        Bittencourt|Sampaio|Azevedo|Kretzer|Noronha

        CL|AM|es|USD|America/Santiago|CLSAI|San Antonio|+56|33
        Santiago;8330180;Av. Vicuña Mackenna 1962|Concepción;4030000;Camino a Penco 2500
        Luz Austral SpA|Importadora Cordillera Clara Ltda.|Ferretería Los Boldos S.A.|Ilumina Biobío SpA|Comercial Rapel Ltda.
        Constanza|Felipe|Javiera|Cristóbal
        Undurraga|Oyarzún|Figueroa|Sepúlveda

        PE|AM|es|USD|America/Lima|PECLL|Callao|+51|31
        Lima;15079;Av. Argentina 3093|Arequipa;04001;Calle Nicolás de Piérola 211
        Andina de Iluminación S.A.C.|Corporación Eléctrica Rímac S.A.C.|Hogar Misti E.I.R.L.|Importaciones Wayra S.A.C.
        Milagros|Renzo|Rosario|Jorge
        Quispe|Salcedo|Huamán|Paredes

        CO|AM|es|USD|America/Bogota|COBUN|Buenaventura|+57|27
        Bogotá;111611;Carrera 32 No. 12-45|Medellín;050023;Calle 30 No. 55-108
        Luminarias La Sabana S.A.S.|Distrieléctricos Aburrá S.A.S.|Casa Guadua S.A.S.|Comercial Tequendama Luz S.A.S.
        Valentina|Andrés|Natalia|Mauricio
        Restrepo|Jaramillo|Cifuentes|Barragán

        AR|AM|es|USD|America/Argentina/Buenos_Aires|ARBUE|Buenos Aires|+54|38
        Rosario;S2000;Bv. Oroño 3460|Córdoba;X5008;Av. Monseñor Pablo Cabrera 4950
        Luces del Paraná S.R.L.|Electro Pampa S.A.|Iluminar Sur S.A.|Casa Ceibo S.R.L.
        Florencia|Martín|Agustina|Pablo
        Echeverri|Bianchi|Lucero|Otamendi

        EC|AM|es|USD|America/Guayaquil|ECGYE|Guayaquil|+593|32
        Guayaquil;090112;Av. Juan Tanca Marengo km 4|Quito;170138;Calle de los Cipreses N65
        Importadora Chimborluz Cía. Ltda.|Electroguayas S.A.|Decohogar Pichincha Cía. Ltda.
        Gabriela|Xavier|Verónica
        Mosquera|Intriago|Cevallos

        PA|AM|es|USD|America/Panama|PABLB|Balboa|+507|28
        Ciudad de Panamá;0816;Calle 50, bodega 14|Colón;0301;Zona Libre, Calle 16
        Istmo Lighting Corp.|Zona Clara Trading S.A.|Almacenes Bahía Luz S.A.
        Yessenia|Roberto|Itzel
        Arosemena|De Gracia|Batista

        CR|AM|es|USD|America/Costa_Rica|CRCAL|Caldera|+506|28
        San José;10108;Avenida 10, calle 42|Alajuela;20101;Coyol, bodega 9
        Iluminación Volcán S.A.|Ferretería Guanacaste Verde S.A.|Lumitico Importadora S.A.
        Adriana|Esteban|Marcela
        Chaves|Umaña|Solano


        """
    private static let pacific = """
        AU|AP|en|USD|Australia/Sydney|AUSYD|Sydney|+61|16
        Dandenong VIC;3175;27 Princes Works Drive|Brendale QLD;4500;11 Kremzow Court|Wetherill Park NSW;2164;140 Cowpasture Road
        Wattle & Co. Lighting Pty Ltd|Southern Cross Fittings Pty Ltd|Kookaburra Outdoor Pty Ltd|Redgum Electrical Wholesalers Pty Ltd|Bondi Beam Pty Ltd|Ironbark Trade Centre Pty Ltd|Lanternhouse Australia Pty Ltd
        Chloe|Lachlan|Jess|Mitchell|Anh
        Ferrier|O'Dowd|Tran|Maddock|Stanaway

        NZ|AP|en|USD|Pacific/Auckland|NZAKL|Auckland|+64|20
        Auckland;1061;18 Carbine Quay|Christchurch;8042;63 Hornby Yard Road
        Kowhai Lighting Ltd|Long Cloud Electrical Ltd|Southerly Home & Garden Ltd
        Hine|Cameron|Rachel
        Paraone|Geddes|Lockyer

        JP|AP|ja|USD|Asia/Tokyo|JPOSA|Osaka|+81|4
        大阪市;550-0013;西区新町 2-18-7|名古屋市;460-0008;中区栄 5-26-3|横浜市;231-0023;中区山下町 112
        Akarido Co., Ltd.|Minato Shomei K.K.|Hinode Denzai Co., Ltd.|Komorebi Interior K.K.|Setouchi Trading Co., Ltd.
        Yuki|Kenta|Naomi|Shinji
        Morikawa|Asakura|Hayashida|Onodera

        KR|AP|ko|USD|Asia/Seoul|KRPUS|Busan|+82|3
        Busan;47500;112 Jungang-daero|Incheon;22829;58 Gajaeul-ro
        Hanbit Jomyung Co., Ltd.|Daeyang Lightech Co., Ltd.|Saebyeok Living Co., Ltd.|Namhae Electric Trading
        Ji-won|Min-ho|Soo-jin
        Bae|Noh|Seo

        SG|AP|en|USD|Asia/Singapore|SGSIN|Singapore|+65|7
        Singapore;508988;31 Loyang Crescent #04-12|Singapore;417944;9 Kaki Bukit Lane
        Merlot Lane Lighting Pte. Ltd.|Straits Lumen Supply Pte. Ltd.|Kampong Glow Pte. Ltd.|Telok Trading & Projects Pte. Ltd.
        Wei Ling|Suresh|Nur Aisyah|Desmond
        Koh|Ramasamy|Salleh|Teo

        MY|AP|en|USD|Asia/Kuala_Lumpur|MYPKG|Port Klang|+60|9
        Shah Alam;40200;Jalan Utas 15/7|Penang;11900;Lorong Perusahaan 22
        Cahaya Timur Lighting Sdn Bhd|Bumi Terang Elektrik Sdn Bhd|Penang Harbour Hardware Sdn Bhd|Seri Lampu Sdn Bhd
        Nurul|Kah Wai|Faizal
        Rahman|Cheah|Ismail

        TH|AP|en|USD|Asia/Bangkok|THLCH|Laem Chabang|+66|10
        Bangkok;10260;Sukhumvit 103/4|Chon Buri;20230;Moo 3, Thung Sukhla
        Siam Sawang Co., Ltd.|Chao Phraya Light Mart Co., Ltd.|Rung Arun Electric Co., Ltd.
        Nattaya|Somchai|Ploy
        Srisawat|Boonmee|Chaiyaporn

        VN|AP|en|USD|Asia/Ho_Chi_Minh|VNSGN|Ho Chi Minh City|+84|7
        Ho Chi Minh City;700000;215 Nguyen Van Linh|Hai Phong;180000;48 Le Thanh Tong
        Anh Duong Lighting JSC|Saigon Hoa Dang Co., Ltd.|Bien Xanh Trading Co., Ltd.
        Thu Ha|Quang|Minh Chau
        Pham|Doan|Vo

        ID|AP|en|USD|Asia/Jakarta|IDJKT|Jakarta|+62|11
        Jakarta;14440;Jl. Pluit Selatan 77|Surabaya;60177;Jl. Kalianak 51
        PT Sinar Nusa Lestari|PT Lentera Bahari|PT Graha Cahaya Abadi Makmur
        Dewi|Budi|Ratna
        Wibowo|Santosa|Hartanto

        PH|AP|en|USD|Asia/Manila|PHMNL|Manila|+63|8
        Quezon City;1105;88 Del Monte Avenue|Cebu City;6000;14 M.J. Cuenco Ave
        Liwanag Trading Corp.|Mabuhay Lights & Fixtures Inc.|Visayas Builders Depot Inc.
        Maricel|Jerome|Grace
        Dimaculangan|Ocampo|Villareal

        IN|AP|en|USD|Asia/Kolkata|INNSA|Nhava Sheva|+91|18
        Pune;411026;Plot 34, MIDC Bhosari|Chennai;600032;12 Guindy Estate Road|Ahmedabad;380015;501 Satellite Chowk
        Deepak Jyoti Lighting Pvt. Ltd.|Sahyadri Luminaires Pvt. Ltd.|Coromandel Electricals Pvt. Ltd.|Roshni Retail Ventures Pvt. Ltd.|Kesar Home Concepts LLP
        Ananya|Vikram|Meera|Rohit
        Deshpande|Sundaram|Kulkarni|Shah

        AE|AP|en|USD|Asia/Dubai|AEJEA|Jebel Ali|+971|20
        Dubai;61036;Al Quoz Industrial 3, Shed 18|Sharjah;21107;Al Khan Street, Warehouse 6
        Noor Al Sahel Trading LLC|Desert Lantern General Trading LLC|Al Manara Building Materials LLC|Qamar Projects Lighting LLC|Gulf Crescent Electro LLC
        Khalid|Reem|Imran|Layla
        Al Suwaidi|Haddad|Qureshi|Mansour

        SA|AP|en|USD|Asia/Riyadh|SAJED|Jeddah|+966|24
        Jeddah;22421;Al Mahjar District, Road 14|Riyadh;11564;Al Sulay, Gate 6
        Najd Lighting Est.|Red Coral Electric Trading Co.|Al Waha Home Centre Co.|Tuwaiq Contracting Supplies Co.
        Abdullah|Sara|Yousef
        Al Harbi|Al Otaibi|Bakr

        IL|AP|en|USD|Asia/Jerusalem|ILASH|Ashdod|+972|27
        Holon;5885849;21 HaMelacha St|Haifa;3303141;7 HaPalyam Blvd
        Or Haemek Lighting Ltd.|Nahar Electric Supply Ltd.|Shaked Home Stores Ltd.
        Noa|Eitan|Michal
        Barzilai|Peled|Shoham

        ZA|AP|en|USD|Africa/Johannesburg|ZADUR|Durban|+27|26
        Durban;4052;19 Jacobs Spur|Midrand;1685;Unit 8, Lever Park
        Umlilo Lighting (Pty) Ltd|Karoo Electrical Wholesalers (Pty) Ltd|Protea & Pine Living (Pty) Ltd|Highveld Contract Supply (Pty) Ltd
        Thandi|Pieter|Lerato|Ashwin
        Mokoena|Van Staden|Naidoo|Dlamini

        KE|AP|en|USD|Africa/Nairobi|KEMBA|Mombasa|+254|23
        Nairobi;00500;Enterprise Road, Godown 11|Mombasa;80100;Shimanzi Road 4
        Mwanga Bora Ltd|Savannah Lights & Hardware Ltd|Rift Crest Supplies Ltd
        Wanjiru|Otieno|Amina
        Kamau|Odhiambo|Njoroge

        EG|AP|en|USD|Africa/Cairo|EGALY|Alexandria|+20|25
        Cairo;11511;28 Al Gomhoureya St|Alexandria;21519;6 Smouha Square
        Nile Delta Lighting S.A.E.|Al Fanous Trading Co.|Pharos Electrical Imports
        Mona|Tarek|Heba
        Shalaby|Fouad|Abdel Aziz

        """
}
