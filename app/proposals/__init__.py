"""Voorstellen: what a guest would add, change or stop, and what the family says of it. Who is a guest is `sharing`."""
