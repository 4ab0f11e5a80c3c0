"""The house's texts for buyers who read English: what the Japanese ones say, in the order English letters say it."""

from __future__ import annotations

RULE = "-" * 32

_SUMS = f"""{RULE}
{{{{#lines}}}}
{{{{name}}}}{{{{reduced_mark}}}}  {{{{price}}}} yen x {{{{qty}}}}
{{{{/lines}}}}
{RULE}
Goods: {{{{goods_total}}}} yen
Shipping: {{{{shipping_fee}}}} yen
{{{{?cod_fee}}}}
Payment fee: {{{{cod_fee}}}} yen
{{{{/cod_fee}}}}
{{{{?wrapping_fee}}}}
Gift wrapping: {{{{wrapping_fee}}}} yen
{{{{/wrapping_fee}}}}
{{{{?other_fee}}}}
Other: {{{{other_fee}}}} yen
{{{{/other_fee}}}}
{{{{?discount}}}}
Discount: -{{{{discount}}}} yen
{{{{/discount}}}}
{{{{?points_used}}}}
Points: -{{{{points_used}}}} yen
{{{{/points_used}}}}
Total: {{{{grand_total}}}} yen
{{{{?tax10_base}}}}
(taxed at 10%: {{{{tax10_base}}}} yen, of which tax {{{{tax10}}}} yen)
{{{{/tax10_base}}}}
{{{{?tax8_base}}}}
(taxed at 8% ※: {{{{tax8_base}}}} yen, of which tax {{{{tax8}}}} yen)
{{{{/tax8_base}}}}
"""

_TRANSFER = """Amount: {{transfer_amount}} yen
Account:
{{bank_account}}
Due by: {{pay_due}}

- With the order number before your name we find your
  payment sooner.
- If somebody else pays for you, please tell us their name.
- Please bear the bank's transfer fee.
- If no payment has reached us by then, we may cancel the
  order on {{cancel_on}}.

On the day your payment arrives we write to you with the
planned shipping date.
"""

_CASH = """Please have this amount ready when the parcel comes:
{{cash_amount}} yen
(goods, shipping, a cash on delivery fee of {{cod_fee}} yen, and tax)

The carrier's receipt is your official receipt.
A parcel that cannot be handed over comes back to us, so
please tell us before it ships which day and time suit you.
"""

_NOTE = """{{?staff_note}}

{{staff_note}}
{{/staff_note}}
"""

_PARCEL = """Order number: {{order_no}}
{{carrier}} {{tracking_no}}
{{?tracking_url}}
Where it is now:
{{tracking_url}}
{{/tracking_url}}
"""

_HELLO = "Dear {{customer_name}},\n\n"
_END = "\n{{signature}}\n"
_STOP = "To receive no more of these mails:\n{{unsubscribe_url}}\n" + _END

M01 = f"""{_HELLO}Thank you for your order at {{{{shop_name}}}}.
We have received it as written below. This reply is sent
automatically.
We will check stock and delivery days and then send you a
confirmation. Your order is accepted with that mail.

Order number: {{{{order_no}}}}
Ordered: {{{{ordered_at}}}}
Payment: {{{{pay_method}}}}
Deliver to: {{{{ship_to_name}}}}
 {{{{ship_to_address}}}}
Delivery: {{{{delivery_method}}}}
Wished day and time: {{{{wish}}}}
Your message: {{{{remark}}}}
{_SUMS}
{{{{?confirm_by}}}}
If no confirmation has reached you by
{{{{confirm_by}}}}, please let us know.
{{{{/confirm_by}}}}
{_END}"""

M03 = f"""{_HELLO}This is {{{{staff_name}}}} of {{{{shop_name}}}}.
{{{{?changed}}}}
We have changed your order as agreed. These are the new
contents and plans.
{{{{/changed}}}}
{{{{^changed}}}}
We have accepted your order. This is how we plan to send it.
{{{{/changed}}}}

Order number: {{{{order_no}}}}
Ships: {{{{ship_plan}}}}
Arrives: {{{{arrive_plan}}}} {{{{wish_time}}}}
Total: {{{{grand_total}}}} yen ({{{{pay_method}}}})
Deliver to: {{{{ship_to_name}}}}
 {{{{ship_to_address}}}}
{_SUMS}
{{{{?staff_note}}}}
{{{{staff_note}}}}

{{{{/staff_note}}}}
{{{{?transfer_amount}}}}
YOUR BANK TRANSFER
{_TRANSFER}
{{{{/transfer_amount}}}}
{{{{?cash_amount}}}}
CASH ON DELIVERY
{_CASH}
{{{{/cash_amount}}}}
If anything is not right, please answer this mail no later
than the business day before it ships.
{_END}"""

M04 = f"""{_HELLO}Your order has been checked. Please transfer the amount
below.

Order number: {{{{order_no}}}}
{_TRANSFER}{_NOTE}{_END}"""

M05 = f"""{_HELLO}Your payment of {{{{paid_amount}}}} yen reached us on {{{{paid_on}}}}.
Thank you very much.

Order number: {{{{order_no}}}}
{{{{?open_amount}}}}
Total: {{{{grand_total}}}} yen
Still open: {{{{open_amount}}}} yen

We will prepare your parcel once the rest has arrived. If it
is on its way already, please forgive this line.
{{{{/open_amount}}}}
{{{{^open_amount}}}}
Ships: {{{{ship_plan}}}}
Arrives: {{{{arrive_plan}}}} {{{{wish_time}}}}

We will write again with the tracking number when it ships.
{{{{/open_amount}}}}
{{{{?over_amount}}}}

This is {{{{over_amount}}}} yen more than the total. We will write
to you separately about what to do with it.
{{{{/over_amount}}}}
{_END}"""

M06 = f"""{_HELLO}We are keeping your goods for you, but as of today we have
not found your bank transfer.
If you have just sent it, please forgive this mail.

Order number: {{{{order_no}}}}
Amount: {{{{open_amount}}}} yen
Account:
{{{{bank_account}}}}
Due by: {{{{pay_due}}}}

If you need more time or wish to cancel, simply answer this
mail.
{{{{?last_notice}}}}

If no payment has reached us by {{{{cancel_on}}}}, we will
cancel the order.
{{{{/last_notice}}}}
{_NOTE}{_END}"""

M07 = f"""{_HELLO}Your parcel was shipped today.

Order number: {{{{order_no}}}}
Shipped: {{{{ship_date}}}}
Arrives: {{{{arrive_plan}}}} {{{{wish_time}}}}
Deliver to: {{{{ship_to_name}}}}
Carrier: {{{{carrier}}}}
Tracking number: {{{{tracking_no}}}}
{{{{?tracking_url}}}}
Where it is now:
{{{{tracking_url}}}}
{{{{/tracking_url}}}}
In this parcel:
{{{{#lines}}}}
- {{{{name}}}} x {{{{qty}}}}
{{{{/lines}}}}
{{{{?parcel_note}}}}
{{{{parcel_note}}}}
{{{{/parcel_note}}}}

It can take some hours until the number shows on the page
above, and weather or traffic may move the day a little.
If you will be out, you can change day, time or place there.
{{{{?cash_amount}}}}

Please pay {{{{cash_amount}}}} yen to the driver. The carrier
gives you the receipt.
{{{{/cash_amount}}}}
{_END}"""

M08 = f"""{_HELLO}Thank you for choosing cash on delivery.
{_CASH}
Order number: {{{{order_no}}}}
{_NOTE}{_END}"""

M09 = f"""{_HELLO}We are sorry: there is a problem with these items of your
order.

{{{{#lines}}}}
- {{{{name}}}} x {{{{qty}}}}
{{{{/lines}}}}
Cause: {{{{reason}}}}
Planned before: {{{{old_date}}}}
Planned now: {{{{new_date}}}}

Please tell us which you prefer:
 1. wait until the new day
 2. receive what is ready now (without extra shipping)
 3. another item in its place
 4. cancel this item or the whole order
If you have paid and choose 4, we refund it at once.
{_NOTE}
May we ask for your answer by {{{{reply_due}}}}?
We are very sorry to keep you waiting.

Order number: {{{{order_no}}}}
{_END}"""

M10 = f"""{_HELLO}Your parcel is late.
Cause: {{{{reason}}}}
Expected now: {{{{new_date}}}}
We will write again as soon as we know more.

{_PARCEL}{_NOTE}
We are sorry for the worry this causes.
{_END}"""

M10_HELD = f"""{_HELLO}Your parcel is waiting at the carrier's depot.
After {{{{reply_due}}}} it will be sent back to us, so please
ask for it to be delivered again, on the page below or by
phone.

{_PARCEL}{_NOTE}
Thank you for your trouble.
{_END}"""

M11 = f"""{_HELLO}We have made this refund.

Order number: {{{{order_no}}}}
Amount: {{{{refund_total}}}} yen
For: {{{{refund_detail}}}}
Way: {{{{refund_method}}}}
Made on: {{{{refund_on}}}}

On a card statement it may appear in the following month or
later, as the card company closes its books.
We are sorry for the trouble.
{_END}"""

M12 = f"""{_HELLO}Your order has been cancelled.
{{{{?our_fault}}}}
We are very sorry that we could not meet your wishes.
{{{{/our_fault}}}}

Order number: {{{{order_no}}}}
Reason: {{{{reason}}}}
Payment: {{{{refund_detail}}}}
{{{{?points_used}}}}

The points you used are given back.
{{{{/points_used}}}}

We hope to be of service to you another time.
{_END}"""

_SENDING_BACK = """Order number: {{order_no}}
Send to:
{{return_address}}
Cost of sending: {{freight_bearer}}
Please send by: {{return_due}}
Please enclose: a note with order number {{order_no}}
"""

_PHOTO = """A photograph of the item in answer to this mail helps us to
be quicker.
"""

_SORRY = """{{?our_fault}}
We are very sorry for the trouble with what we sent you.
{{/our_fault}}
{{^our_fault}}
Thank you for telling us.
{{/our_fault}}
"""

M13 = f"""{_HELLO}{_SORRY}May we ask you to send the goods back like this?

{_SENDING_BACK}
We check them when they are here and refund by {{{{new_date}}}}.
{_PHOTO}{_NOTE}{_END}"""

M13_EXCHANGE = f"""{_HELLO}{_SORRY}We are keeping the goods in exchange for you.
May we ask you to send back what you have like this?

{_SENDING_BACK}
We check it when it is here and send the new one by
{{{{new_date}}}}.
{_PHOTO}{_NOTE}{_END}"""

M14 = f"""{_HELLO}Thank you for shopping with us. We hope everything arrived
safely.
Would you tell us what you think, the good and the less good
alike? It helps us to choose what we offer.

Your review:
{{{{review_url}}}}

If something is wrong, please answer this mail before you
write a review. We will see to it at once.

{_STOP}"""

M15 = f"""{_HELLO}This is {{{{staff_name}}}} of {{{{shop_name}}}}.
Some time has passed since your goods arrived. Is everything
as it should be?
Please answer this mail with any question about use or care.
{_NOTE}
{_STOP}"""

M16 = f"""{_HELLO}Thank you for your message. {{{{staff_name}}}} is looking after it.
We are finding out about this: {{{{reason}}}}
Even if we have no answer yet, we will write to you by
{{{{next_contact_on}}}}.
We are sorry to keep you waiting.
{_NOTE}
Inquiry: {{{{inquiry_no}}}}
Order number: {{{{order_no}}}}
{_END}"""

M17 = f"""{_HELLO}The payment of your order could not be completed in the way
you chose. The payment company does not tell us why.

Order number: {{{{order_no}}}}
Total: {{{{grand_total}}}} yen ({{{{pay_method}}}})

Would you choose another way to pay by {{{{reply_due}}}}?
We keep your goods until then.
{_NOTE}{_END}"""

BUNDLE = f"""{_HELLO}Thank you for ordering from {{{{shop_name}}}} again.
These orders could travel in one parcel.

Orders: {{{{order_numbers}}}}
{{{{?saved}}}}
Shipping we give back: {{{{saved}}}} yen
{{{{/saved}}}}
{{{{?days_later}}}}
In one parcel they arrive about {{{{days_later}}}} day(s) later
{{{{/days_later}}}}

Please choose on this page:
{{{{answer_url}}}}

Without an answer by {{{{answer_by}}}}
each order ships by itself as planned. There is nothing you
have to do.
{_END}"""

FREE = f"""{_HELLO}This is {{{{staff_name}}}} of {{{{shop_name}}}}.


Order number: {{{{order_no}}}}
{_END}"""

_NUMBER = " (order no. {{order_no}})"

#: Subject and text by kind; what goes to our own staff (M02) is Japanese only.
ENGLISH: dict[str, tuple[str, str]] = {
    "M01": ("[{{shop_name}}] We have received your order" + _NUMBER, M01),
    "M03": ("[{{shop_name}}] {{?changed}}Changed: {{/changed}}Your order and when it ships" + _NUMBER, M03),
    "M04": ("[{{shop_name}}] How to pay by bank transfer" + _NUMBER, M04),
    "M05": ("[{{shop_name}}] Your payment has arrived" + _NUMBER, M05),
    "M06": ("[{{shop_name}}] About your bank transfer" + _NUMBER, M06),
    "M07": ("[{{shop_name}}] Your parcel has been shipped" + _NUMBER, M07),
    "M08": ("[{{shop_name}}] About cash on delivery" + _NUMBER, M08),
    "M09": ("[{{shop_name}}] We are sorry: a delay" + _NUMBER, M09),
    "M10": ("[{{shop_name}}] Your parcel is late" + _NUMBER, M10),
    "M10b": ("[{{shop_name}}] Your parcel waits for you" + _NUMBER, M10_HELD),
    "M11": ("[{{shop_name}}] Your refund" + _NUMBER, M11),
    "M12": ("[{{shop_name}}] Your order has been cancelled" + _NUMBER, M12),
    "M13": ("[{{shop_name}}] Sending goods back" + _NUMBER, M13),
    "M13b": ("[{{shop_name}}] Exchanging goods" + _NUMBER, M13_EXCHANGE),
    "M14": ("{{shop_name}} | How do you like it?", M14),
    "M15": ("{{shop_name}} | Is everything as it should be?", M15),
    "M16": ("[{{shop_name}}] We are looking into it (inquiry {{inquiry_no}})", M16),
    "M17": ("[{{shop_name}}] About the payment" + _NUMBER, M17),
    "BUNDLE": ("[{{shop_name}}] May we send your orders together?" + _NUMBER, BUNDLE),
    "FREE": ("[{{shop_name}}] About your order" + _NUMBER, FREE),
}
