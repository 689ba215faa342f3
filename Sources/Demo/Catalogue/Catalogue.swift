/// What an LED lighting maker sells: indoor, outdoor, commercial, decorative, parts.
enum Catalogue {
    // SKU | English | Chinese | spoken | specification | HS | MOQ | pieces per carton | carton L|W|H cm | N.W.|G.W. kg |
    // lead time in working days | purchase price CNY incl. VAT | list price USD FOB | supplier
    static let table = """
        HN-BU-A60-9|LED Bulb A60 9W E27 3000K|LED 球泡 A60 9W E27 暖白|A60 9W bulbs|806 lm, CRI 80, 220-240 V, 15,000 h, carton box|8539520000|3000|100|56.0|29.5|26.0|4.60|5.70|25|3.15|0.52|0
        HN-BU-A60-12|LED Bulb A60 12W E27 4000K|LED 球泡 A60 12W E27 中性白|A60 12W bulbs|1,055 lm, CRI 80, 220-240 V, 15,000 h|8539520000|3000|100|59.0|31.5|27.0|5.30|6.50|25|3.96|0.66|0
        HN-BU-A60-RF|LED Filament Bulb A60 7W E27 Dimmable|LED 灯丝灯 A60 7W 可调光|dimmable filament bulbs|806 lm, 2700K, clear glass, trailing-edge dimmable|8539520000|2000|100|64.0|33.0|26.5|4.10|5.60|28|6.90|1.18|0
        HN-BU-G95-AM|LED Filament Globe G95 4W Amber|LED 灯丝球 G95 4W 琥珀|amber G95 globes|300 lm, 1800K, spiral filament, amber glass|8539520000|1000|24|62.0|42.5|28.0|2.90|4.60|30|11.80|2.05|0
        HN-BU-C35-6|LED Candle C35 6W E14|LED 蜡烛泡 C35 6W E14|C35 candles|470 lm, 3000K, frosted|8539520000|3000|100|41.0|21.0|23.5|2.80|3.60|25|3.02|0.51|0
        HN-BU-GU10-5|LED Spot GU10 5W 38°|LED 射灯灯杯 GU10 5W 38°|GU10 spots|400 lm, CRI 90, dimmable, glass body|8539520000|3000|100|57.0|29.0|14.0|4.90|5.80|25|5.20|0.87|0
        HN-TU-T8-18|LED Tube T8 1200 mm 18W|LED 灯管 T8 1.2 米 18W|T8 tubes|2,160 lm, G13, glass, single-ended|8539520000|2000|25|126.0|19.5|19.0|5.60|7.10|25|8.60|1.42|0
        HN-BU-ST64-SM|Smart Filament Bulb ST64 7W Wi-Fi|智能灯丝灯 ST64 7W Wi-Fi|smart ST64 bulbs|806 lm, 2200-5500K tunable, app and voice control|8539520000|1000|50|54.0|39.0|34.0|4.20|5.90|35|27.50|4.72|1
        HN-DL-R4-9|LED Downlight 4 inch 9W Recessed|LED 筒灯 4 寸 9W 嵌入式|4-inch downlights|810 lm, cut-out 105 mm, UGR<19, IP44 front|9405110090|1000|40|58.0|38.5|27.0|7.60|9.00|28|15.40|2.58|1
        HN-DL-R6-15|LED Downlight 6 inch 15W CCT Selectable|LED 筒灯 6 寸 15W 三色温|6-inch CCT downlights|1,425 lm, 3000/4000/5700K switch, cut-out 150 mm|9405110090|1000|30|62.0|47.0|30.0|8.90|10.70|28|22.30|3.72|1
        HN-DL-FR-7|Fire-rated Downlight 7W IP65|防火筒灯 7W IP65|fire-rated downlights|620 lm, 90 min fire rating, dimmable, push terminal|9405110090|800|36|52.0|40.0|32.0|9.80|11.40|32|31.80|5.36|1
        HN-DL-SM-10|Smart Downlight 10W RGBCW|智能筒灯 10W RGBCW|smart downlights|900 lm, 2700-6500K and colour, app control|9405110090|600|24|49.0|38.0|29.0|6.40|7.80|35|42.00|7.15|1
        HN-PL-6060-36|LED Panel 600x600 36W UGR<19|LED 面板灯 600×600 36W 防眩|600x600 panels|4,320 lm, 120 lm/W, back-lit, flicker-free driver|9405110090|400|8|66.5|26.0|66.0|17.40|19.30|28|58.00|9.65|2
        HN-PL-3012-40|LED Panel 300x1200 40W|LED 面板灯 300×1200 40W|300x1200 panels|4,400 lm, edge-lit, 3 years, white frame|9405110090|300|6|126.0|22.0|36.5|15.10|17.20|28|63.50|10.62|2
        HN-PL-R300-24|Round Surface Panel 24W 300 mm|圆形明装面板灯 24W 300mm|round surface panels|2,280 lm, ABS frame, IP40|9405110090|800|20|64.0|33.0|33.0|9.20|10.80|26|24.60|4.10|2
        HN-CL-ACR-36|LED Ceiling Light Acrylic 36W|LED 亚克力吸顶灯 36W|acrylic ceiling lights|3,240 lm, 480 mm, remote control, tunable white|9405110090|300|6|51.5|51.5|45.0|10.80|13.60|30|72.00|12.30|2
        HN-CL-WD-28|Wood Ring Ceiling Light 28W|木纹环形吸顶灯 28W|wood ring ceiling lights|2,380 lm, 420 mm, ash veneer, dimmable|9405110090|200|4|46.0|46.0|34.0|6.60|8.90|35|96.00|16.80|7
        HN-TR-20-36|LED Track Spotlight 20W 36°|LED 轨道射灯 20W 36°|20W track spots|2,000 lm, CRI 90, 3-circuit adaptor, black|9405110090|500|20|47.0|36.0|31.0|11.20|12.60|30|46.50|7.90|3
        HN-TR-35-Z|LED Track Spotlight 35W Zoom 15-60°|LED 变焦轨道射灯 35W|zoom track spots|3,500 lm, CRI 95, zoom lens, DALI optional|9405110090|300|12|51.0|41.0|33.0|12.60|14.40|35|88.00|15.10|3
        HN-TR-MG-12|Magnetic Track Linear 12W 48V|磁吸轨道线性灯 12W|magnetic track linears|1,080 lm, 48 V, UGR<16, 310 mm|9405110090|400|30|45.0|34.0|28.0|10.40|11.70|32|37.80|6.50|3
        HN-TR-RAIL-2|Magnetic Track Rail 2 m Recessed|磁吸轨道 2 米 嵌入式|magnetic rails|2 m, aluminium, 48 V, black|8536690000|300|10|206.0|16.0|18.0|14.80|16.60|25|62.00|10.40|3
        HN-LN-1200-40|Linear Pendant 1200 mm 40W|线性吊灯 1.2 米 40W|linear pendants|4,400 lm, direct/indirect, anodised aluminium|9405110090|200|4|125.0|24.0|22.0|11.40|13.50|32|118.00|20.20|3
        HN-HB-UFO-150|UFO High Bay 150W 160 lm/W|UFO 工矿灯 150W|150W UFO high bays|24,000 lm, IP65, IK08, 1-10 V dimming, 5 years|9405420090|100|1|33.0|33.0|18.5|2.90|3.50|30|186.00|31.50|4
        HN-HB-UFO-200|UFO High Bay 200W 160 lm/W|UFO 工矿灯 200W|200W UFO high bays|32,000 lm, IP65, IK08, motion sensor ready|9405420090|100|1|36.5|36.5|19.5|3.60|4.30|30|238.00|40.20|4
        HN-HB-LN-150|Linear High Bay 150W|线性工矿灯 150W|linear high bays|21,000 lm, 1200 mm, chain mount, emergency option|9405420090|100|2|124.0|30.0|21.0|10.20|12.00|32|228.00|38.60|4
        HN-TP-1200-36|Tri-proof Light 1200 mm 36W IP65|三防灯 1.2 米 36W|tri-proof battens|4,680 lm, PC body, through-wiring, quick connector|9405420090|500|12|128.0|28.0|25.0|12.90|15.20|28|48.00|8.05|4
        HN-TP-1500-60|Tri-proof Light 1500 mm 60W IP65|三防灯 1.5 米 60W|60W tri-proof battens|7,800 lm, stainless clips, microwave sensor version|9405420090|300|8|158.0|28.0|20.0|12.20|14.50|28|71.00|11.90|4
        HN-FL-30|LED Floodlight 30W IP65 Slim|LED 投光灯 30W IP65 超薄|30W floodlights|3,000 lm, die-cast, 1 m cable|9405420090|1000|20|46.0|33.0|30.0|10.60|12.00|25|23.50|3.95|5
        HN-FL-50|LED Floodlight 50W IP65 Slim|LED 投光灯 50W IP65 超薄|50W floodlights|5,000 lm, die-cast, tempered glass|9405420090|1000|12|44.0|35.0|33.0|10.90|12.40|25|34.80|5.88|5
        HN-FL-100|LED Floodlight 100W IP66|LED 投光灯 100W IP66|100W floodlights|12,000 lm, 120 lm/W, breather valve|9405420090|500|6|53.0|33.0|31.0|13.10|14.90|28|79.00|13.40|5
        HN-FL-200|LED Floodlight 200W IP66|LED 投光灯 200W IP66|200W floodlights|26,000 lm, SMD3030, surge 6 kV|9405420090|200|3|52.0|45.0|24.0|11.60|13.20|30|168.00|28.60|5
        HN-FL-PIR-20|LED Floodlight 20W with PIR|LED 感应投光灯 20W|PIR floodlights|2,000 lm, 120° sensor, adjustable time and lux|9405420090|1000|20|47.0|36.0|33.0|9.80|11.30|28|33.20|5.62|5
        HN-ST-60|Street Light 60W Tool-free|LED 路灯 60W 免工具|60W street lights|9,000 lm, type II lens, NEMA socket, IK09|9405420090|100|2|62.0|34.0|25.0|7.80|9.20|35|196.00|33.80|4
        HN-ST-120|Street Light 120W Tool-free|LED 路灯 120W 免工具|120W street lights|18,600 lm, 10 kV surge, photocell option|9405420090|100|1|74.0|36.0|15.0|5.90|6.90|35|312.00|53.50|4
        HN-SL-WL-8|Solar Wall Light 8W Motion Sensor|太阳能壁灯 8W 感应|solar wall lights|800 lm, 18650 battery 4,400 mAh, three modes|9405419000|1000|20|55.0|40.0|36.0|11.20|12.90|30|32.00|5.55|6
        HN-SL-SP-2|Solar Spike Light 2-pack|太阳能草坪射灯 两只装|solar spikes|200 lm each, adjustable head, IP65|9405419000|1000|12|48.0|38.0|31.0|7.10|8.50|28|36.50|6.30|6
        HN-SL-ST-100|Solar Street Light All-in-one 100W|一体化太阳能路灯 100W|all-in-one solar street lights|10,000 lm, LiFePO4 384 Wh, 3 rainy days|9405419000|50|1|84.0|38.0|21.0|10.90|12.40|35|465.00|79.00|6
        HN-SL-STR-10|Solar String Light 10 m 100 LED|太阳能串灯 10 米 100 灯|solar string lights|copper wire, 8 modes, warm white|9405319000|2000|48|52.0|36.0|30.0|8.20|9.70|25|12.60|2.16|6
        HN-GD-BOL-60|Garden Bollard 60 cm 12W|庭院灯 60cm 12W|bollards|900 lm, aluminium, anthracite, IP65|9405420090|200|4|66.0|36.0|22.0|8.80|10.30|32|92.00|15.90|5
        HN-GD-SPK-7|Garden Spike Spot 7W GU10|草地插地灯 7W|garden spikes|interchangeable GU10, 2 m cable, IP65|9405420090|500|20|49.0|38.0|28.0|10.10|11.60|28|30.50|5.20|5
        HN-GD-STP-3|Recessed Step Light 3W|嵌入式地脚灯 3W|step lights|180 lm, stainless cover, 220-240 V|9405110090|500|40|44.0|32.0|25.0|8.70|9.90|28|19.80|3.38|5
        HN-WL-UD-10|Up-down Wall Light 10W IP54|上下出光壁灯 10W IP54|up-down wall lights|800 lm, adjustable beam, die-cast, black|9405420090|500|20|50.0|40.0|26.0|11.80|13.30|28|35.60|6.08|5
        HN-WL-BLK-E27|Outdoor Wall Lantern E27|户外壁灯 E27|wall lanterns|lamp not included, glass, sand black|9405420090|300|6|58.0|42.0|38.0|8.40|10.60|30|52.00|8.95|7
        HN-BH-OV-18|Oval Bulkhead 18W IP65 Sensor|椭圆防潮灯 18W 感应|sensor bulkheads|1,620 lm, microwave sensor, IK10|9405110090|600|12|47.0|39.0|33.0|8.60|10.20|28|41.50|7.02|4
        HN-EM-EX-3|Emergency Exit Sign 3 h|应急出口指示灯 3 小时|exit signs|maintained, Ni-Cd 3 h, 30 m viewing distance|9405619000|400|10|46.0|36.0|31.0|9.30|10.90|32|56.00|9.60|2
        HN-EM-TW-2|Twin-head Emergency Light|双头应急灯|twin emergency lights|2 x 2 W, LiFePO4 3 h, self-test|9405420090|400|10|50.0|39.0|35.0|10.40|12.10|32|61.00|10.40|2
        HN-ST-5050-RGB|LED Strip 5050 RGB 5 m Kit|LED 灯带 5050 RGB 5 米套装|RGB strip kits|60 LED/m, 24 V, remote and adaptor|9405429000|1000|40|48.0|37.0|32.0|10.60|12.20|25|28.60|4.88|1
        HN-ST-2835-WW|LED Strip 2835 120 LED/m 24V 5 m|LED 灯带 2835 120 灯/米|2835 strips|1,200 lm/m, CRI 90, 3M tape, cut every 50 mm|9405429000|2000|100|45.0|34.0|27.0|9.70|11.00|22|21.40|3.62|1
        HN-ST-NEON-5|Neon Flex Strip 5 m 24V|柔性霓虹灯带 5 米|neon flex|silicone, side bend, 10 W/m, IP67|9405429000|500|20|44.0|38.0|29.0|11.50|13.00|28|66.00|11.30|1
        HN-ST-ALU-2|Aluminium Profile 2 m with Cover|灯带铝槽 2 米 含面罩|strip profiles|6063-T5, opal cover, clips and end caps|7604210000|500|40|205.0|22.0|20.0|19.50|21.80|20|13.80|2.34|3
        HN-TB-ARC-5|Desk Lamp Arc 5W USB|弧形台灯 5W USB|arc desk lamps|400 lm, touch dimming, 3 colour temperatures, USB-A|9405210090|500|12|54.0|43.0|40.0|9.20|11.40|30|49.00|8.45|7
        HN-TB-MUSH-3|Mushroom Table Lamp Rechargeable|蘑菇充电台灯|mushroom table lamps|180 lm, 2,000 mAh, IP44, 6 colours|9405210090|600|24|56.0|42.0|36.0|9.80|11.70|28|38.50|6.70|7
        HN-TB-CER-E27|Ceramic Table Lamp with Shade|陶瓷台灯 布艺罩|ceramic table lamps|E27, glazed base, linen shade 30 cm|9405210090|200|2|64.0|34.0|38.0|5.20|6.80|35|78.00|13.60|7
        HN-FLR-TRI|Tripod Floor Lamp Oak|三脚落地灯 橡木|tripod floor lamps|E27, oak legs, fabric shade, foot switch|9405210090|150|1|68.0|28.0|26.0|3.60|4.70|38|112.00|19.60|7
        HN-PD-RTN-40|Rattan Pendant 40 cm|藤编吊灯 40cm|rattan pendants|E27, hand-woven, 1.5 m textile cable|9405190090|200|4|84.0|44.0|46.0|5.80|8.20|38|64.00|11.20|7
        HN-PD-DOME-30|Metal Dome Pendant 30 cm|金属圆顶吊灯 30cm|dome pendants|E27, powder-coated, 5 colours|9405190090|300|6|66.0|46.0|40.0|7.90|10.10|32|47.00|8.10|7
        HN-PD-GLS-3|Glass Cluster Pendant 3 Lights|三头玻璃吊灯|glass cluster pendants|3 x E27, smoked glass, brass canopy|9405190090|150|2|58.0|40.0|44.0|6.30|8.60|38|138.00|24.20|7
        HN-CH-CRY-8|Crystal Chandelier 8 Lights|水晶吊灯 8 头|crystal chandeliers|8 x E14, K9 crystal, chrome|9405190090|50|1|60.0|60.0|38.0|8.90|11.30|42|420.00|74.00|7
        HN-CB-BAT-30|Cabinet Light Rechargeable 30 cm|橱柜感应灯 30cm 充电|cabinet lights|PIR, magnetic, 1,500 mAh, 3 colour temperatures|9405419000|2000|60|50.0|36.0|30.0|9.90|11.40|25|22.80|3.92|6
        HN-NL-KID-1|Silicone Night Light Rabbit|硅胶小夜灯 兔子|rabbit night lights|tap control, 1,200 mAh, food-grade silicone|9405210090|1000|24|53.0|39.0|33.0|6.50|8.00|28|24.50|4.28|6
        HN-MR-TCH-60|LED Bathroom Mirror 600x800|LED 浴室镜 600×800|bathroom mirrors|touch, demister, 6000K/4000K/3000K|7009920000|100|1|90.0|70.0|9.5|8.80|11.20|35|156.00|26.80|7
        HN-DR-24-100|LED Driver 24V 100W IP67|LED 电源 24V 100W IP67|100W drivers|constant voltage, PFC>0.95, 5 years|8504401990|500|20|45.0|33.0|21.0|13.80|15.10|25|52.00|8.80|2
        HN-DR-CC-36|LED Driver 36W Constant Current|LED 恒流电源 36W|panel drivers|900 mA, flicker-free, DIP switch|8504401990|1000|50|47.0|34.0|24.0|9.40|10.60|25|18.60|3.14|2
        HN-SN-MW-1|Microwave Motion Sensor Module|微波感应模块|microwave sensors|5.8 GHz, 12 m, daylight threshold|8536500000|2000|200|44.0|32.0|26.0|8.60|9.80|22|11.20|1.90|2
        """
}
