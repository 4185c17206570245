"""Wij gaan uit elkaar: a parent leaves the plan, with a copy or without; the parents delete it."""
