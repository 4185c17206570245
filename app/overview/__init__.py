"""Wie houdt het overzicht? Who does now and since when, and who did before: the family's choice, for all inside.

What it holds is part of the plan's own facts (`PlanBody`), so it is kept, undone and taken along with them.
"""
