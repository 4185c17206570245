"""Getting in, for people: sleutelkaart, letting somebody in, "Wie kan ons plan openen?". Put together from `accounts`
(sessions, cards), `plan` (members, invitations), `people` (names) and `sharing` (links).
"""
