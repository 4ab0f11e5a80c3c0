"""Japanese of accounts."""

from __future__ import annotations

JA: dict[str, str] = {
    "Not a page": "画面ではありません",
    "This address belongs to a button and shows nothing by itself. Nothing was changed.": "このアドレスはボタンを押したときの送り先で、画面はありません。何も変更されていません。",
    "Open the page where the button is, from the menu or by searching.": "メニューか検索から、もとの画面を開いてください。",
    ", ": "、",
    # roles
    "Owner": "責任者",
    "Manager": "店長",
    "Order clerk": "受注担当",
    "Packer": "出荷担当",
    "Bookkeeper": "経理担当",
    "Viewer": "閲覧のみ",
    "May do everything, staff accounts and API tokens included.": "スタッフとAPIトークンを含め、すべてできます。",
    "Runs the day: orders, money, shipping, stock and settings.": "受注・入金・出荷・在庫・設定をひととおり扱います。",
    "Takes in orders, clears them and writes to buyers.": "注文を取り込み、確認し、お客様に連絡します。",
    "Picks, inspects, packs and ships.": "ピッキング・検品・梱包・出荷をします。",
    "Confirms deposits and reads the figures.": "入金を確かめ、数字を見ます。",
    "Looks, changes nothing.": "見るだけで、変更はしません。",
    "Add, change and stop staff accounts": "スタッフの登録・変更・停止",
    "Make and revoke API tokens": "APIトークンの発行・失効",
    "As this device": "端末に合わせる",
    # log in
    "Log in": "ログイン",
    "Log out": "ログアウト",
    "Log-in name": "ログイン名",
    "Password": "パスワード",
    "The log-in name or the password is wrong.": "ログイン名かパスワードが違います。",
    "Too many wrong tries. Please wait %(n)s seconds.": "続けて間違えたため、%(n)s秒お待ちください。",
    "Nobody works here yet. Make the first account with: akinai createstaff": (
        "まだだれも登録されていません。最初の一人は akinai createstaff で登録します。"
    ),
    # my settings
    "My settings": "自分の設定",
    "Language, brightness, password": "ことば・明るさ・パスワード",
    "How it reads": "画面の見え方",
    "Language of the screen": "画面のことば",
    "Keep": "保存",
    "Kept.": "保存しました。",
    "Change password": "パスワードを変える",
    "Present password": "今のパスワード",
    "New password": "新しいパスワード",
    "This is not your present password.": "今のパスワードと違います。",
    "The password is changed. You are signed out everywhere else.": (
        "パスワードを変えました。ほかの端末ではログアウトしました。"
    ),
    "This password is too long.": "パスワードが長すぎます。",
    "Passwords that many people use, or that only repeat a short piece, can't be used.": (
        "よく使われるパスワードや、短い文字の繰り返しは使えません。"
    ),
    "At least %(n)s characters; a sentence or four words are fine. Blanks, kana and signs all count.": (
        "%(n)s文字以上。短い文や、言葉を4つ並べたものがおすすめです。空白・かな・記号も使えます。"
    ),
    # staff
    "People and programs": "人とプログラム",
    "Staff": "スタッフ",
    "Who may sign in": "ログインできる人",
    "Roles": "役割",
    "Role": "役割",
    "Who may do what": "だれが何をできるか",
    "Add somebody": "スタッフを加える",
    "Add": "加える",
    "Back": "戻る",
    "Account": "アカウント",
    "Display name": "表示名",
    "Your name": "お名前",
    "As colleagues read it.": "ほかのスタッフに見える名前です。",
    "A mail address or a short name. Upper and lower case are the same.": (
        "メールアドレスか短い名前。大文字と小文字は区別しません。"
    ),
    "First password": "最初のパスワード",
    "Last here": "最後の利用",
    "never yet": "まだなし",
    "Account stopped": "停止中",
    "Stop account": "アカウントを停止",
    "Stop the account of %(name)s?": "%(name)sさんのアカウントを停止しますか。",
    "Ends all sessions at once. What was done under it stays named.": (
        "すぐにすべての端末からログアウトします。これまでの操作の記録には名前が残ります。"
    ),
    "Open account again": "アカウントを再開",
    "Give new password": "新しいパスワードにする",
    "Signs them out everywhere.": "すべての端末からログアウトします。",
    "%(name)s can sign in now.": "%(name)sさんはログインできます。",
    "%(name)s has a new password and is signed out.": ("%(name)sさんのパスワードを変え、ログアウトしました。"),
    "The account is stopped.": "アカウントを停止しました。",
    "The account is open again.": "アカウントを再開しました。",
    "Give a log-in name of at most 254 characters.": "ログイン名を254文字以内で入れてください。",
    "Give a name of at most 60 characters.": "名前を60文字以内で入れてください。",
    "This log-in name is taken.": "このログイン名はすでに使われています。",
    "There is no such role.": "その役割はありません。",
    "There is no such language.": "そのことばはありません。",
    "There is no such theme.": "その明るさはありません。",
    "There is no such staff account.": "そのスタッフは登録されていません。",
    "The shop needs at least one owner. Make somebody else owner first.": (
        "責任者が一人は必要です。先にほかの人を責任者にしてください。"
    ),
    "This shop is already set up. Sign in instead.": "このお店はもう準備ができています。ログインしてください。",
    "What each role may do. Roles are given on the page of a person.": (
        "役割ごとにできること。役割はスタッフのページで決めます。"
    ),
    "Permission": "できること",
    "yes": "可",
    # tokens
    "API tokens": "APIトークン",
    "Keys for programs": "ほかのプログラムのための鍵",
    "No API tokens": "APIトークンはありません",
    "A token lets another program read or post orders for this shop.": (
        "トークンがあると、ほかのプログラムがこのお店の注文を読んだり登録したりできます。"
    ),
    "New token": "新しいトークン",
    "Make token": "トークンを発行",
    "What it is for": "用途",
    "Such as the program that uses it.": "使うプログラムの名前など。",
    "What it may do": "できること",
    "Begins with": "はじめの文字",
    "Last used": "最後の使用",
    "Revoke": "失効させる",
    "Revoked": "失効",
    "Programs that use this token will be refused. It can’t be undone.": (
        "このトークンを使うプログラムはつながらなくなります。元に戻せません。"
    ),
    "Copy it now. It is shown this once and is not kept.": ("今コピーしてください。表示は一度だけで、保存されません。"),
    "I have copied it": "コピーしました",
    "There is a token of this name already. Revoke it first, or give another name.": (
        "同じ名前のトークンがあります。先に失効させるか、別の名前にしてください。"
    ),
    "Choose at least one thing the token may do.": "トークンにできることを1つ以上選んでください。",
    "There is no such API token.": "そのAPIトークンはありません。",
    "The token is revoked; programs that use it are refused from now on.": (
        "トークンを失効させました。これを使うプログラムはもうつながりません。"
    ),
    # answers
    "Sign in, or send a valid API token.": "ログインするか、有効なAPIトークンを送ってください。",
    "You can't do this": "この操作はできません",
    "Your account may not do this: %(what)s.": "あなたの役割ではできません:%(what)s",
    "People who can: %(names)s.": "できる人:%(names)s",
    "Nobody may open this page yet.": "このページはまだだれも開けません。",
    "This page was open for too long": "ページを開いてから時間がたちすぎました",
    "Go back, reload the page and send it again. What you typed may still be there.": (
        "戻ってページを読み込み直し、もう一度送ってください。入力したものは残っていることがあります。"
    ),
    "This was not done": "実行しませんでした",
    "Somebody else was first": "ほかの人が先に変更しました",
    "Open it again and decide on what it says now.": "開き直して、今の内容を見て決めてください。",
    "Something can't be used as it is": "このままでは使えないものがあります",
    "Not found": "見つかりません",
    "There is no such page, or what it showed is gone.": "ページがないか、表示していたものがなくなりました。",
    "That is too much at once": "一度に送れる量を超えています",
    "At most %(mega)s MB can be sent at once. Split the file or shorten the text.": (
        "一度に送れるのは%(mega)s MBまでです。ファイルを分けるか、文を短くしてください。"
    ),
    "This request can't be read": "読み取れませんでした",
    "What arrived can't be read. Nothing was changed.": "届いた内容を読み取れません。何も変わっていません。",
    "Something broke here": "システムの中で問題が起きました",
    "The fault is ours, not yours. Nothing half done was kept.": (
        "操作の誤りではありません。途中までの変更は残っていません。"
    ),
    "Try again in a minute.": "少し待ってから、もう一度お試しください。",
    "To the first page": "最初のページへ",
    # API
    "Idempotency-Key takes 1 to 255 characters.": "Idempotency-Key は1〜255文字です。",
    "This Idempotency-Key was used for another request.": "この Idempotency-Key は別の内容で使われています。",
    "A request with this Idempotency-Key is still running. Send it again in a moment.": (
        "同じ Idempotency-Key の処理がまだ続いています。少し待って送り直してください。"
    ),
}
