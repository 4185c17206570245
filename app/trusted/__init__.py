"""To whom a child can turn: a vertrouwenspersoon outside the help, whom it names itself, and help lines.

That there is such a person lies in the child's own layer: no page of a plan, no list of who can open it, no history and
no news tells of it. Beside the names every room uses: `seats.py` says who sits there now, `person_views.py` are the
pages of that person, `helping.py` is what stands at the foot of every page of a child.
"""
