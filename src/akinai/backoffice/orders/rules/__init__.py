"""The shop's own rules (N-10, N-11): conditions over facts, actions, and a log of why.

`fields` and `operators` say what can be asked, `spec` is a rule as data, `matching` finds out whether it holds, and
`sentences` says it in words: all pure, over a frozen `RuleFacts`. `gathering` reads those facts for many orders in a
fixed number of queries. `intake` does what rules want while orders are placed, `again` whenever a fact they read has
changed, `trial` finds out what a rule would have done. `services` are the use cases of people.
"""
