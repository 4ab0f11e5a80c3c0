"""Japanese of this app's sentences."""

from __future__ import annotations

JA: dict[str, str] = {
    "The file is empty. Export it again from the store.": "ファイルが空です。もう一度ダウンロードしてください。",
    "The file has %(size)s MB; at most %(limit)s MB can be read. Export fewer orders.": (
        "ファイルが %(size)s MB あります。%(limit)s MB までです。件数を減らしてください。"
    ),
    "This is %(kind)s, not a CSV or TSV file. Save or export it as CSV.": (
        "これは%(kind)sで、CSV・TSVではありません。CSV形式で保存し直してください。"
    ),
    "an Excel workbook or ZIP file": "ExcelブックまたはZIPファイル",
    "an old Excel workbook": "旧形式のExcelブック",
    "a PDF file": "PDFファイル",
    "a compressed file": "圧縮ファイル",
    "a picture": "画像ファイル",
    "a web page": "Webページ",
    "There are bytes here that are no text in %(encoding)s. Export the file again.": (
        "%(encoding)s の文字として読めないデータがあります。もう一度ダウンロードしてください。"
    ),
    'A quotation mark (") is opened here and never closed. Close it or export again.': (
        'ここで始まる引用符（"）が閉じられていません。閉じるか、もう一度ダウンロードしてください。'
    ),
    'A quoted cell is followed by text without a separator. Write " inside a cell as "".': (
        '引用符の後に区切りのない文字があります。セルの中の " は "" と書いてください。'
    ),
    "A cell here is longer than %(limit)s characters. Look for a missing quotation mark.": (
        "%(limit)s 文字を超えるセルがあります。引用符の閉じ忘れがないか確認してください。"
    ),
    "The file has %(count)s columns; at most %(limit)s can be read.": (
        "列が %(count)s あります。読み込めるのは %(limit)s 列までです。"
    ),
    "The file has more than %(limit)s cells. Export fewer orders at a time.": (
        "セルが %(limit)s を超えています。件数を減らしてダウンロードしてください。"
    ),
    "No row of headings was found. The first row must name the columns.": (
        "見出し行が見つかりません。1行目に列名を入れてください。"
    ),
    "The heading “%(heading)s” stands at columns %(letters)s. Rename one of them and export again.": (
        "見出し「%(heading)s」が %(letters)s 列に重複しています。どちらかの名前を変えてください。"
    ),
    "The column “%(heading)s” is missing, and without it no order can be read.": (
        "列「%(heading)s」がありません。この列がないと受注を読み込めません。"
    ),
    "These columns are missing and are taken as empty: %(headings)s.": (
        "次の列がないため、空欄として読み込みます：%(headings)s"
    ),
    "This row has %(count)s cells under %(width)s headings, with “%(value)s” in the surplus. Remove one.": (
        "見出し %(width)s 列に対してセルが %(count)s あり、はみ出したセルに「%(value)s」が入っています。"
        "余分なセルを削除してください。"
    ),
    "This row has %(count)s cells under %(width)s headings; the empty surplus is ignored.": (
        "見出し %(width)s 列に対してセルが %(count)s あります。余分な空のセルは無視します。"
    ),
    "This row has only %(count)s cells under %(width)s headings. Add the missing cells.": (
        "見出し %(width)s 列に対してセルが %(count)s しかありません。足りないセルを補ってください。"
    ),
    "This row contains an invisible NUL character. Delete and retype the cell.": (
        "見えない文字（NUL）が含まれています。セルを入力し直してください。"
    ),
    "The headings are repeated here; this row is ignored.": "見出しが繰り返されています。この行は無視します。",
    "This cell is empty, but a value is needed.": "空欄です。値を入れてください。",
    "“%(value)s” lost its digits in a spreadsheet. Export the file again without opening it.": (
        "「%(value)s」は表計算ソフトで桁が失われています。ファイルを開かずに、もう一度ダウンロードしてください。"
    ),
    "The leading 0 of “%(value)s” was lost; it is read as “%(read)s”.": (
        "「%(value)s」は先頭の0が欠けています。「%(read)s」として読み込みます。"
    ),
    "“%(value)s” is not an amount in whole yen. Write digits only, such as 1200.": (
        "「%(value)s」は円の整数ではありません。1200 のように数字だけで入力してください。"
    ),
    "The store has not settled this amount yet (-9999); it is left open.": (
        "店舗側で未確定の金額（-9999）です。未確定のまま読み込みます。"
    ),
    "“%(value)s” carries a currency mark; it is read as %(read)s yen.": (
        "「%(value)s」に通貨記号があります。%(read)s 円として読み込みます。"
    ),
    "“%(value)s” is not a whole number of 1 or more.": "「%(value)s」は1以上の整数ではありません。",
    "“%(value)s” is not a date that exists. Write it as 2026/11/20 15:04:05.": (
        "「%(value)s」は日付として正しくありません。2026/11/20 15:04:05 の形で入力してください。"
    ),
    "“%(value)s” is a date of the Japanese calendar; it is read as %(read)s.": (
        "「%(value)s」は和暦です。%(read)s として読み込みます。"
    ),
    "“%(value)s” is neither yes nor no; it is taken as empty.": (
        "「%(value)s」は有無として読めません。空欄として読み込みます。"
    ),
    "Line %(line)s": "%(line)s行目",
    "Row %(row)s": "行%(row)s",
    "Row %(row)s, column %(letter)s": "行%(row)s・%(letter)s列",
    "Row %(row)s (line %(line)s), column %(letter)s": "行%(row)s（%(line)s行目）・%(letter)s列",
    "Row %(row)s, column %(letter)s (%(heading)s)": "行%(row)s・%(letter)s列「%(heading)s」",
    "Row %(row)s (line %(line)s)": "行%(row)s（%(line)s行目）",
    "Row %(row)s (line %(line)s), column %(letter)s (%(heading)s)": (
        "行%(row)s（%(line)s行目）・%(letter)s列「%(heading)s」"
    ),
    "%(place)s: %(what)s": "%(place)s：%(what)s",
    "Some characters cannot be written in this encoding. Replace them, or write the file as UTF-8.": (
        "この文字コードで書けない文字があります。置き換えるか、UTF-8で出力してください。"
    ),
}
