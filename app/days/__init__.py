"""A child's own pages of the plan: today, the week, where it sleeps, who helps, its steps; in three sizes.

They show what a child may see of what other rooms hold, and keep nothing themselves. What a child says is in the room
`children`; both have the same frame (`bar.py`, `templates/_layout/child.html`).
"""
