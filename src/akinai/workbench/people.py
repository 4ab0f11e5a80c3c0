"""Invented people at real places: names with kana, and postcodes that match prefecture, city and town."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist. The phone number is of a range nobody is given, the mail domain is reserved."""

    name: str
    kana: str
    postcode: str
    prefecture: str
    address1: str
    address2: str
    phone: str
    mail: str
    number: int = 0


_FAMILY = """佐藤 サトウ|鈴木 スズキ|高橋 タカハシ|田中 タナカ|伊藤 イトウ|渡辺 ワタナベ
山本 ヤマモト|中村 ナカムラ|小林 コバヤシ|加藤 カトウ|吉田 ヨシダ|山田 ヤマダ
佐々木 ササキ|山口 ヤマグチ|松本 マツモト|井上 イノウエ|木村 キムラ|林 ハヤシ
斎藤 サイトウ|清水 シミズ|山﨑 ヤマザキ|森 モリ|池田 イケダ|橋本 ハシモト
阿部 アベ|石川 イシカワ|髙木 タカギ|前田 マエダ|小川 オガワ|藤田 フジタ
岡田 オカダ|後藤 ゴトウ|長谷川 ハセガワ|村上 ムラカミ|近藤 コンドウ|石井 イシイ
齋藤 サイトウ|坂本 サカモト|遠藤 エンドウ|渡邉 ワタナベ"""
_GIVEN = """花子 ハナコ|太郎 タロウ|陽子 ヨウコ|健一 ケンイチ|美咲 ミサキ|翔太 ショウタ
由美 ユミ|大輔 ダイスケ|恵子 ケイコ|誠 マコト|智子 トモコ|拓也 タクヤ
久美子 クミコ|直樹 ナオキ|裕子 ユウコ|和也 カズヤ|真由美 マユミ|隆 タカシ
さくら サクラ|亮 リョウ|幸子 サチコ|浩 ヒロシ|愛 アイ|学 マナブ
千尋 チヒロ|修 オサム|あゆみ アユミ|悠斗 ユウト|結衣 ユイ|正 タダシ"""
_PLACES = """0060050 北海道 札幌市手稲区 星置南
0900048 北海道 北見市 北八条西
0360356 青森県 黒石市 ちとせ
0240094 岩手県 北上市 本通り
9892432 宮城県 岩沼市 中央
0120851 秋田県 湯沢市 吹張
9980031 山形県 酒田市 浜田
9660094 福島県 喜多方市 押切
3120018 茨城県 ひたちなか市 笹野町
3290434 栃木県 下野市 祇園
3760056 群馬県 桐生市 宮本町
3360025 埼玉県 さいたま市南区 文蔵
3510111 埼玉県 和光市 下新倉
3501176 埼玉県 川越市 川鶴
2840043 千葉県 四街道市 めいわ
2900038 千葉県 市原市 五井西
2920832 千葉県 木更津市 新田
1850034 東京都 国分寺市 光町
1820007 東京都 調布市 菊野台
2020003 東京都 西東京市 北町
1610032 東京都 新宿区 中落合
1350043 東京都 江東区 塩浜
1910043 東京都 日野市 平山
1010065 東京都 千代田区 西神田
2470053 神奈川県 鎌倉市 今泉台
2370079 神奈川県 横須賀市 港が丘
2240033 神奈川県 横浜市都筑区 茅ケ崎東
2591132 神奈川県 伊勢原市 桜台
9502044 新潟県 新潟市西区 坂井砂山
9300996 富山県 富山市 新庄本町
9208204 石川県 金沢市 戸水
9160013 福井県 鯖江市 鳥羽
4030031 山梨県 富士吉田市 浅間
3950012 長野県 飯田市 大王路
5008385 岐阜県 岐阜市 下奈良
4260019 静岡県 藤枝市 天王町
4370022 静岡県 袋井市 方丈
4420015 愛知県 豊川市 曙町
4540002 愛知県 名古屋市中川区 運河通
4790847 愛知県 常滑市 新浜町
5100075 三重県 四日市市 安島
5200043 滋賀県 大津市 中央
6210851 京都府 亀岡市 荒塚町
6200940 京都府 福知山市 駅南町
5938301 大阪府 堺市西区 上野芝町
5670846 大阪府 茨木市 玉島
5570015 大阪府 大阪市西成区 花園南
5810874 大阪府 八尾市 教興寺
6530012 兵庫県 神戸市長田区 二番町
6520873 兵庫県 神戸市兵庫区 金平町
6370078 奈良県 五條市 なつみ台
6410007 和歌山県 和歌山市 小雑賀
6830008 鳥取県 米子市 車尾南
6930026 島根県 出雲市 塩冶原町
7048117 岡山県 岡山市東区 西大寺南
7390651 広島県 大竹市 玖波
7510869 山口県 下関市 伊倉新町
7700811 徳島県 徳島市 東吉野町
7600063 香川県 高松市 多賀町
7980026 愛媛県 宇和島市 泉町
7880030 高知県 宿毛市 四季の丘
8140103 福岡県 福岡市城南区 鳥飼
8160852 福岡県 春日市 一の谷
8400054 佐賀県 佐賀市 水ケ江
8593214 長崎県 佐世保市 権常寺
8614113 熊本県 熊本市南区 八幡
8700917 大分県 大分市 高松
8880011 宮崎県 串間市 寺里
8910108 鹿児島県 鹿児島市 中山
9010141 沖縄県 那覇市 住吉町"""
_HOUSES = ("メゾン", "コーポ", "グランドハイツ", "パークサイド", "サンライズ", "ハイム")
FAMILY = tuple(pair for line in _FAMILY.splitlines() for pair in line.split("|"))
GIVEN = tuple(pair for line in _GIVEN.splitlines() for pair in line.split("|"))
PLACES = tuple(tuple(line.split()) for line in _PLACES.splitlines())


def person(rng: Random, number: int) -> Person:
    """One more person; two with different numbers (below ten million) share no phone and no mail address."""
    family, family_kana = rng.choice(FAMILY).split()
    given, given_kana = rng.choice(GIVEN).split()
    postcode, prefecture, city, town = rng.choice(PLACES)
    street = f"{rng.randint(1, 6)}-{rng.randint(1, 28)}-{rng.randint(1, 19)}"
    house = f"{rng.choice(_HOUSES)}{town}{rng.randint(1, 9)}{rng.randint(0, 1)}{rng.randint(1, 9)}"
    return Person(
        name=f"{family} {given}",
        kana=f"{family_kana} {given_kana}",
        postcode=postcode,
        prefecture=prefecture,
        address1=f"{city}{town}{street}",
        address2=house if rng.random() < 0.45 else "",
        phone=f"090-0{number // 10000 % 1000:03d}-{number % 10000:04d}",
        mail=f"buyer{number}@example.com",
        number=number,
    )
