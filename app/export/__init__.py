"""What goes out of the product in the family's own hands: the plan on paper. Sharing by link is not here."""
