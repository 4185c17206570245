"""What a child asks of its family: a wish, or somebody it wants at our table. It always gets an answer.

A wish is something the child said in its own layer (room `children`), which the parents it told must answer: yes, yes
but different, no with a sentence, a picture or a voice, or later. What a yes makes is the family's, in its own words.
"""
