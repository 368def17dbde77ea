"""Countries beyond the economies of APEC, and cities, by their names in two languages."""

from __future__ import annotations

from collections.abc import Iterator

_COUNTRIES = """
歐盟 European Union|英國 United Kingdom|法國 France|德國 Germany|義大利 Italy|西班牙 Spain
葡萄牙 Portugal|荷蘭 Netherlands|比利時 Belgium|瑞士 Switzerland|奧地利 Austria|瑞典 Sweden
挪威 Norway|芬蘭 Finland|丹麥 Denmark|愛爾蘭 Ireland|波蘭 Poland|捷克 Czechia|匈牙利 Hungary
希臘 Greece|土耳其 Türkiye|烏克蘭 Ukraine|愛沙尼亞 Estonia|拉脫維亞 Latvia|立陶宛 Lithuania
印度 India|巴基斯坦 Pakistan|孟加拉 Bangladesh|斯里蘭卡 Sri Lanka|尼泊爾 Nepal|緬甸 Myanmar
柬埔寨 Cambodia|寮國 Laos|東帝汶 Timor-Leste|蒙古 Mongolia|哈薩克 Kazakhstan|烏茲別克 Uzbekistan
吉爾吉斯 Kyrgyzstan|阿富汗 Afghanistan|伊朗 Iran|伊拉克 Iraq|以色列 Israel|約旦 Jordan
沙烏地阿拉伯 Saudi Arabia|阿拉伯聯合大公國 United Arab Emirates|卡達 Qatar|科威特 Kuwait
巴林 Bahrain|阿曼 Oman|敘利亞 Syria|埃及 Egypt|南非 South Africa|肯亞 Kenya|奈及利亞 Nigeria
衣索比亞 Ethiopia|摩洛哥 Morocco|巴西 Brazil|阿根廷 Argentina|哥倫比亞 Colombia|厄瓜多 Ecuador
巴拉圭 Paraguay|烏拉圭 Uruguay|玻利維亞 Bolivia|委內瑞拉 Venezuela|巴拿馬 Panama
哥斯大黎加 Costa Rica|瓜地馬拉 Guatemala|宏都拉斯 Honduras|薩爾瓦多 El Salvador
尼加拉瓜 Nicaragua|古巴 Cuba|斐濟 Fiji|帛琉 Palau|索羅門群島 Solomon Islands|吐瓦魯 Tuvalu
馬紹爾群島 Marshall Islands|諾魯 Nauru|薩摩亞 Samoa|東加 Tonga
"""
_CITIES = """
台北 Taipei|臺北 Taipei|高雄 Kaohsiung|台中 Taichung|臺中 Taichung|台南 Tainan|臺南 Tainan
桃園 Taoyuan|基隆 Keelung|新竹 Hsinchu|北京 Beijing|上海 Shanghai|深圳 Shenzhen|廣州 Guangzhou
寧波 Ningbo|青島 Qingdao|天津 Tianjin|廈門 Xiamen|大連 Dalian|南京 Nanjing|杭州 Hangzhou
成都 Chengdu|重慶 Chongqing|武漢 Wuhan|西安 Xi’an|海南 Hainan|三亞 Sanya|霍爾果斯 Khorgos
澳門 Macao|東京 Tokyo|大阪 Osaka|橫濱 Yokohama|神戶 Kobe|福岡 Fukuoka|名古屋 Nagoya|京都 Kyoto
札幌 Sapporo|沖繩 Okinawa|首爾 Seoul|釜山 Busan|濟州 Jeju|仁川 Incheon|慶州 Gyeongju
曼谷 Bangkok|清邁 Chiang Mai|普吉 Phuket|華欣 Hua Hin|坤敬 Khon Kaen|吉隆坡 Kuala Lumpur
布城 Putrajaya|太子城 Putrajaya|檳城 Penang|雅加達 Jakarta|峇里島 Bali|峇里 Bali|泗水 Surabaya
萬隆 Bandung|馬尼拉 Manila|克拉克 Clark|宿霧 Cebu|長灘島 Boracay|蘇比克 Subic|河內 Hanoi
胡志明市 Ho Chi Minh City|峴港 Da Nang|芽莊 Nha Trang|斯里巴加灣 Bandar Seri Begawan
莫士比港 Port Moresby|金邊 Phnom Penh|仰光 Yangon|新德里 New Delhi|孟買 Mumbai|雪梨 Sydney
墨爾本 Melbourne|坎培拉 Canberra|布里斯本 Brisbane|伯斯 Perth|阿得雷德 Adelaide|開恩斯 Cairns
荷巴特 Hobart|威靈頓 Wellington|惠靈頓 Wellington|奧克蘭 Auckland|基督城 Christchurch
羅托魯瓦 Rotorua|莫斯科 Moscow|聖彼得堡 Saint Petersburg|海參崴 Vladivostok|喀山 Kazan
溫哥華 Vancouver|渥太華 Ottawa|多倫多 Toronto|蒙特婁 Montreal|華盛頓 Washington|紐約 New York
舊金山 San Francisco|洛杉磯 Los Angeles|西雅圖 Seattle|芝加哥 Chicago|檀香山 Honolulu
夏威夷 Hawaii|底特律 Detroit|棕櫚泉 Palm Springs|波士頓 Boston|休士頓 Houston|亞特蘭大 Atlanta
邁阿密 Miami|關島 Guam|阿拉斯加 Alaska|墨西哥城 Mexico City|坎昆 Cancún|瓜達拉哈拉 Guadalajara
聖地牙哥 Santiago|瓦爾帕萊索 Valparaíso|拉賽雷納 La Serena|伊基克 Iquique|利馬 Lima
阿雷基帕 Arequipa|特魯希略 Trujillo|皮烏拉 Piura|普卡爾帕 Pucallpa|庫斯科 Cusco|倫敦 London
巴黎 Paris|布魯塞爾 Brussels|日內瓦 Geneva|維也納 Vienna|柏林 Berlin|海牙 The Hague|羅馬 Rome
馬德里 Madrid|里昂 Lyon|杜拜 Dubai|阿布達比 Abu Dhabi|多哈 Doha|伊斯坦堡 Istanbul|開羅 Cairo
"""


def _pairs(table: str) -> Iterator[tuple[str, str]]:
    for line in table.splitlines():
        for entry in filter(None, line.split("|")):
            zh, en = entry.split(" ", 1)
            yield zh, en


COUNTRIES = tuple(_pairs(_COUNTRIES))
"""Chinese and English name of each; a place that has two Chinese names stands there twice."""
CITIES = tuple(_pairs(_CITIES))
"""Chinese and English name of each city."""
