"""People: the list, one person's account, the import of a roster, invitations and the first password."""
