"""Japanese of templates, outbox and delivery."""

from __future__ import annotations

JA: dict[str, str] = {
    "See mails": "メールを見る",
    "Send, stop and resend mails": "メールの送信・取り消し・再送",
    "Change mail templates": "メールのひな形を変える",
    "Set up the mail server": "メールサーバーを設定する",
    "mail\x04Draft": "下書き",
    "mail\x04Waiting to be sent": "送信待ち",
    "mail\x04Being sent": "送信中",
    "mail\x04Sent": "送信済",
    "mail\x04Not delivered": "送れませんでした",
    "mail\x04Stopped": "取り消し",
    "Accepted by the mail server": "メールサーバーが受け取りました",
    "Will be tried again": "あとでもう一度送ります",
    "Refused for good": "受け取りを断られました",
    "Broken off": "途中で切れました",
    "Mail server (SMTP)": "メールサーバー(SMTP)",
    "Built-in mailbox (nothing leaves the house)": "内蔵の受信箱(外へは送りません)",
    "STARTTLS (usually port 587)": "STARTTLS(ふつうポート 587)",
    "TLS from the start (usually port 465)": "はじめから TLS(ふつうポート 465)",
    "None (only inside one's own network)": "なし(自社内のネットワークだけ)",
    "A mail that a person sets off waits so long in the outbox": "人の操作で出るメールが送信箱で待つ時間",
    "Until then it can be stopped. Automatic replies go at once.": "その間は取り消せます。自動返信はすぐに出ます。",
    "seconds": "秒",
    "A mail that cannot be handed over is tried so often": "送れないメールを試す回数",
    "Twelve tries take about seven hours. What the mail server refuses for good is not tried again.": (
        "12回でおよそ7時間です。メールサーバーがはっきり断ったものは試し直しません。"
    ),
    "times": "回",
    "A subject longer than this gets a warning": "これより長い件名に注意を出す",
    "full-width characters": "文字(全角)",
    "Subject": "件名",
    "Text": "本文",
    "Mail goes by": "メールの送り方",
    "Mail server": "メールサーバー",
    "Port": "ポート",
    "Protection": "通信の保護",
    "User name": "ユーザー名",
    "Sender's address": "差出人のアドレス",
    "Sender's name": "差出人の名前",
    "{{/%(name)s}} closes nothing that is open.": "{{/%(name)s}} に対応する始まりがありません。",
    "{{%(sign)s%(name)s}} is never closed by {{/%(name)s}}.": (
        "{{%(sign)s%(name)s}} に対応する {{/%(name)s}} がありません。"
    ),
    "“%(text)s” is not a variable. Write {{name}}.": "「%(text)s」は差し込み項目ではありません。{{name}} の形で書いてください。",
    "There is no variable {{%(name)s}} in this mail.": "{{%(name)s}} という差し込み項目はこのメールにありません。",
    "{{%(name)s}} is a list. Write {{#%(name)s}} … {{/%(name)s}}.": (
        "{{%(name)s}} はくり返しの項目です。{{#%(name)s}} … {{/%(name)s}} と書いてください。"
    ),
    "{{%(name)s}} is not a list.": "{{%(name)s}} はくり返しの項目ではありません。",
    "There is no such mail template.": "そのひな形はありません。",
    "“%(address)s” is not a mail address.": "「%(address)s」はメールアドレスではありません。",
    "No mail server is set up. Do that under Settings, then resend.": (
        "メールサーバーが設定されていません。設定してから再送してください。"
    ),
    "The subject has %(count)s full-width characters; more than %(limit)s are cut off on phones.": (
        "件名が全角%(count)s文字あります。%(limit)s文字を超えるとスマートフォンでは途中で切れます。"
    ),
    "Keep 【重要】 for real danger such as a recall.": "【重要】はリコールなど本当に危険なときだけにしてください。",
    "The subject does not have {{%(name)s}}.": "件名に {{%(name)s}} がありません。",
    "The text ends without {{signature}}: the law wants to know who writes.": (
        "本文に {{signature}}(署名)がありません。だれからのメールか分かるようにしてください。"
    ),
    "These have no value: %(names)s.": "値のない項目があります: %(names)s",
    "Write a subject.": "件名を書いてください。",
    "A subject may have at most %(count)s characters.": "件名は%(count)s文字までです。",
    "Write a text.": "本文を書いてください。",
    "The text is too long for a mail.": "本文が長すぎます。",
    "This must be one line.": "1行で書いてください。",
    "There is no such mail.": "そのメールはありません。",
    "This mail is a draft.": "このメールは下書きです。",
    "This mail already waits to be sent.": "このメールはすでに送信待ちです。",
    "This mail is being sent at this moment. It cannot be stopped any more.": (
        "このメールはいま送信中です。もう取り消せません。"
    ),
    "This mail has been sent. It cannot be stopped any more.": "このメールは送信済みです。もう取り消せません。",
    "This mail could not be delivered. Resend it, or mark it as done.": (
        "このメールは送れませんでした。再送するか、対応済みにしてください。"
    ),
    "Sending of this mail has been stopped already.": "このメールの送信はすでに取り消されています。",
    "This mail is being sent again already.": "このメールはすでに再送中です。",
    "Fill in or delete: %(names)s.": "次の項目を埋めるか消してください: %(names)s",
    "The worker ended while it was sending.": "送信の途中で処理が止まりました。",
    "Somebody else changed this text. Look at it again.": "ほかの人がこの文面を変えました。もう一度ご覧ください。",
    "This text is the original already.": "もう元の文面になっています。",
    "Choose how mail goes.": "メールの送り方を選んでください。",
    "Enter the name of the mail server, such as smtp.example.jp.": (
        "メールサーバーの名前を入れてください(例: smtp.example.jp)。"
    ),
    "A port is a number from 1 to 65535.": "ポートは 1 から 65535 までの数です。",
    "Choose how the connection is protected.": "通信の保護を選んでください。",
    "Enter the sender's address first.": "先に差出人のアドレスを入れてください。",
    "Test mail from %(shop)s": "%(shop)s からの試しのメール",
    "This is a test. If you can read it, mail leaves the house.": "これは試しのメールです。届いていれば送信の設定は正しくできています。",
    "The mail server did not take the test mail: %(said)s": "メールサーバーが試しのメールを受け取りませんでした: %(said)s",
    # pages
    "Outbox": "送信箱",
    "Mailbox": "受信箱(内蔵)",
    "Mail templates": "メールのひな形",
    "How mail leaves the house": "メールの送り方",
    "What mails to buyers say": "お客様へのメールの文面",
    "%(failed)d not delivered, %(drafts)d drafts": "送れなかったメール %(failed)d通、下書き %(drafts)d通",
    "mail\x04Received": "受信",
    "To": "宛先",
    "From": "差出人",
    "Replies to": "返信先",
    "About": "受注",
    "Set off by": "操作した人",
    "Time": "時刻",
    "Action": "操作",
    "Written": "作成",
    "Address, order number or subject": "アドレス・受注番号・件名",
    "settled": "対応済み",
    "try %(n)d: %(when)s": "%(n)d回目: %(when)s",
    "try %(n)s": "%(n)s回目",
    "Finish": "仕上げる",
    "Stop sending": "送信を取り消す",
    "mail\x04Stop": "取り消す",
    "kept in the built-in mailbox": "内蔵の受信箱に入りました",
    "no value: %(names)s": "空欄: %(names)s",
    "Resend": "再送する",
    "Send the selected mails again?": "選んだメールをもう一度送りますか?",
    "Such as smtp.example.jp": "例: smtp.example.jp",
    "Kept sealed and never shown. Leave it blank to keep the present one.": (
        "暗号にしてしまい、表示はしません。空欄なら今のままです。"
    ),
    "Forget the kept password": "保存したパスワードを消す",
    "Blank: the mail address of the shop.": "空欄なら店舗のメールアドレスを使います。",
    "Blank: the name of the shop.": "空欄なら店名を使います。",
    "Send a test mail to": "試しのメールの宛先",
    "Send a test mail": "試しに送る",
    "Try it": "試す",
    "By the kept settings, at once": "保存した設定で、すぐに送ります",
    "The test mail is on its way to %(to)s.": "試しのメールを %(to)s へ送りました。",
    "No mail server is set up: buyers get no mails.": "メールサーバーが未設定のため、お客様にメールが届きません。",
    "Mails go to the built-in mailbox; nothing leaves the house.": (
        "メールは内蔵の受信箱に入ります。外へは送られません。"
    ),
    "This program was started so that no mail leaves the house: all go to the built-in mailbox, whatever is set here.": (
        "外へ送らない設定で起動しています。ここの設定にかかわらず、すべて内蔵の受信箱に入ります。"
    ),
    "What buyers would have received": "お客様に届いたはずのメール",
    "Not in use: mails go to the mail server": "今は使っていません(メールサーバーから送っています)",
    "Drop the draft": "下書きを捨てる",
    "Stop and change": "取り消して直す",
    "Make it a draft again": "下書きに戻す",
    "The buyer has not got this mail.": "このメールはお客様に届いていません。",
    "It could not be handed over and is tried again: %(when)s": "送れませんでした。もう一度送ります: %(when)s",
    "It was not delivered; somebody has seen to it.": "届きませんでしたが、対応済みです。",
    "Leaves %(when)s. Until then it can be stopped.": "%(when)s に送ります。それまでは取り消せます。",
    "All headers": "すべてのヘッダー",
    "Send it once more": "もう一度送る",
    "Send it again": "送り直す",
    "Reached another way: mark as done": "電話などで連絡した(対応済みにする)",
    "The same mail": "同じメール",
    "First": "最初",
    "Resent": "再送",
    "Fill in what has no value before you send it": "空欄の項目を埋めてから送ってください",
    "Send": "送信する",
    "Keep as draft": "下書きにする",
    "The draft is kept.": "下書きを保存しました。",
    "The mail is in the outbox.": "送信箱に入れました。",
    "Sending is stopped.": "送信を取り消しました。",
    "The mail is being sent again.": "もう一度送っています。",
    "Marked as done.": "対応済みにしました。",
    "%(n)d mail done.": "%(n)d通を処理しました。",
    "… and %(n)d more were refused.": "ほか %(n)d通もできませんでした。",
    "own text": "独自の文面",
    "original": "元の文面",
    "own text, version %(n)s": "独自の文面 第%(n)s版",
    "Original text": "元の文面に戻す",
    "Go back to the original text? Yours stays in the history.": "元の文面に戻しますか? 今の文面は履歴に残ります。",
    "The original text holds again. Yours is kept in the history.": (
        "元の文面に戻しました。前の文面は履歴に残っています。"
    ),
    "The text holds from the next mail on.": "次のメールからこの文面になります。",
    "Preview on order": "試しに差し込む受注",
    "Blank: the latest order.": "空欄なら最新の受注。",
    "No value for this order: such a mail stays a draft": "この受注では値のない項目です(下書きで止まります)",
    "has no value": "値がありません",
    "Variables": "差し込み項目",
    "Meaning": "意味",
    "Version %(n)s": "第%(n)s版",
    "Write %(open)sname%(close)s. A list: %(open)s#lines%(close)s … %(open)s/lines%(close)s. Only where there is a value: "
    "%(open)s?remark%(close)s … %(open)s/remark%(close)s; only where there is none: %(open)s^remark%(close)s … "
    "%(open)s/remark%(close)s.": (
        "%(open)sname%(close)s のように書きます。くり返し: %(open)s#lines%(close)s … %(open)s/lines%(close)s。"
        "値があるときだけ: %(open)s?remark%(close)s … %(open)s/remark%(close)s。"
        "ないときだけ: %(open)s^remark%(close)s … %(open)s/remark%(close)s。"
    ),
}
