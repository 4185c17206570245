"""Van waar wij komen: the begin and now above each other, and what the family did itself. Only reads: what each room
keeps, and the first words from `history`. The list of single changes is `history`.
"""
