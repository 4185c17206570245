"""Backups: of content and of keys, apart; checking them, restoring them, and a drill. No page and no table of its own.

A backup of content is a folder `DIR/<moment>` with three sealed files (rows, a list of photo files, a manifest) beside
`DIR/files`, the photo files of all backups in DIR, which are sealed already. A backup of keys is one sealed file. Why
it is so stands in docs/decisions/0023; how an operator uses it in docs/operate.md.
"""
