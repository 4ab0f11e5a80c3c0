"""Words that ask for nothing by themselves, by meaning; whatever is not here is unknown (REM-2)."""

from __future__ import annotations

import re

_WORDS = """
people: 私 僕 俺 自分 娘 息子 孫 母 父 両親 祖母 祖父 妻 夫 主人 旦那 嫁 家内 友人 友達 友 家族 家族全員 子供 子 子供達 姉 妹 兄 弟 姪 甥
  同僚 職場 親戚 義母 義父 義両親 彼 彼女 愛犬 愛猫 犬 猫 皆 皆様 皆々様 方々 配送業者 配達員 宅配業者 運送屋 知人 知り合 近所 お隣 仲間 先生 家 我 我家 一家 年寄 老人 夫婦
  店長 店主 店員 店 店様 職人 職人様 作家 生産者 農家 御社 貴社 貴店 御店 弊社 担当者 担当者様 関係者 様 達 方 人 全員 世代 実家 ママ パパ
  スタッフ スタッフ一同 ショップ ファン リピーター ユーザー
goods: 商品 品 品物 物 味 製品 茶 緑茶 紅茶 新茶 菓子 和菓子 洋菓子 林檎 蜜柑 米 新米 珈琲 肉 魚 野菜 果物 器 皿 小皿 大皿 茶碗 湯呑 急須 食器 鞄 靴
  服 本 写真 雑誌 作品 羊羹 饅頭 梅干 煎餅 漬物 味噌 醤油 酒 日本酒 海苔 蜂蜜 卵 花 花束 苗 石鹸 化粧水 化粧品 香 香り 風味 食感 デザイン 雰囲気
  コーヒー クッキー ケーキ シャンプー クリーム サイト ホームページ ネット インスタ インスタグラム ブログ テレビ ラジオ レビュー セール マグカップ
  カップ バッグ ワンピース パン チョコ チョコレート ジャム ハム チーズ ワイン ビール アクセサリー ピアス リング タオル プリン ゼリー スープ カレー
  パスタ ドレッシング ソース グラス コーヒーカップ オンライン オンラインショップ ネットショップ シリーズ ブランド 店頭 実店舗 番組 記事 動画 口 コミ 評判 紹介 推薦 人気 話題
past: 以前 前回 先日 生前 昔 最近 去年 昨年 先月 先週 今年 今回 今度 毎年 毎日 毎朝 毎晩 毎回 毎度 毎月 毎週 何度 何回 度目 回目 年目 年前 年以上 二度 三度 初 初回 初購入 初注文
  早速 久 常 日頃 平素 平素 長年 長 間 年 年来 今 現在 季節 時期 時 折 度 旧年中 旧年 本年 新年 昨日届
buying: 購入 注文 買 買物 買い物 利用 取 寄 取寄 取り寄せ 見 拝見 聞 知 選 探 検索 発見 出会 巡 会 手 手元 入 入手 届 到着 到着日 着 来 待 待望 再購入 再注文 再訪 訪 伺 寄 通 通販
  欲 気 迷 悩 決 決心 使 使用 使い心地 愛用 重宝 食 飲 着用 着心地 飾 試 味 頂 戴 頂戴 贈 送料 送料無料 買いだめ 勧 薦 教 紹介 リピ リピート ポチ プレゼント 自分用 家用 自宅 自家用 結婚祝 出産祝 誕生祝 褒美
  届くの 値段 手頃 価格 良心的 安 割安 得 品揃
joy: 楽 楽しみ 嬉 喜 好 大好 大好き 大好物 好物 好評 気に入 満足 大満足 感謝 感激 感動 感心 安心 安堵 幸 幸せ 最高 完璧 抜群 絶品 美味 旨 可愛 素敵 素晴 綺麗 上品 便利 親切 丁寧 丁重 迅速 見事 上手
  心 心待 心待ち 首 待遠 遠 憧 惚 一目惚 一目 虜 夢中 癒 笑 笑顔 元気 応援 期待 御礼 礼 有難 助 世話 大切 大事 大切に 特別 格別 重宝 大変 本当 一番 誠 驚 懐 神 非常 何卒 宜 願 存 申 致 思 感 祈 涙 毎日楽 胸 目 口 舌 味覚 日々 力 生活 習慣 日課 定番 常連
  ワクワク ドキドキ ウキウキ キュン ラブ ファイト リピ確 リピ買い
wishing well: 発展 繁栄 活躍 健勝 多幸 幸多 商売 繁盛 商売繁盛 身体 体 体調 風邪 自愛 無理 無事 寒 暑 寒さ 暑さ 寒波 猛暑 残暑 酷暑 梅雨 蒸 蒸暑 花粉 厳 折柄 折 日 続 増 多忙 忙 年末 年始 師走 月末 年度末 年度初 時節柄 健康 成功 繁忙期 天候 気温 朝晩 冷 雪 雨 台風 季節柄 良 良い 年 明 一年 昇 益々 末永
  丈夫 頑張 長生 皆々
greeting: 苦労 苦労様 疲 疲様 贔屓 付 合 変 拝啓 敬具 前略 草々 失礼 了解 承知 初 恐縮 恐 申 申訳 訳 勝手 手数 面倒 迷惑 今後 引 引続 引き続き 今後共 以上 特 特段 別 備考 備考欄 記入 無 有 空欄 何 件名 挨拶 拙 日本語 下手 外国人 一言 一筆 御縁 縁
"""
#: Kanji words of two and more first, so that 注文 is known though 注 is not.
_KNOWN = sorted(
    {w for line in _WORDS.splitlines() for w in line.partition(":")[2 if ":" in line else 0].split()},
    key=len,
    reverse=True,
)
_KANJI = re.compile(r"[一-龥々ヶ]+")
_FOREIGN = re.compile(r"[ァ-ヴー]{2,}|[A-Za-z]+")
_MILD_KANJI = re.compile("(?:" + "|".join(w for w in _KNOWN if _KANJI.fullmatch(w)) + ")+")
_MILD_FOREIGN = frozenset(w for w in _KNOWN if _FOREIGN.fullmatch(w)) | {"thanks", "thank", "you", "w", "ww", "www"}


def all_mild(sentence: str) -> bool:
    """Whether every word written in kanji, katakana or letters is one that asks for nothing."""
    return all(_MILD_KANJI.fullmatch(w) for w in _KANJI.findall(sentence)) and all(
        w.rstrip("ー").lower() in _MILD_FOREIGN or w in _MILD_FOREIGN or re.fullmatch(r"ー+", w)
        for w in _FOREIGN.findall(sentence)
    )
