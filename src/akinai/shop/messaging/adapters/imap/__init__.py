"""Reading a mailbox by IMAP."""
