"""The built-in mailbox: for demo, rehearsal and tests. Nothing ever leaves the house."""
