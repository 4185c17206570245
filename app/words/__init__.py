"""Hard words in Dutch text, and what a family says instead: for whoever writes to a family. Pure: no web, no SQL.

Source of every rule here: design page `words`. Nothing here refuses a text; it only says what is hard to read.
"""
