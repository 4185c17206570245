"""What is put together from the rest: the landing, the start of a plan, "Ons plan", "Meer", and Snel weg."""
