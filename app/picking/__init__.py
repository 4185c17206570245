"""Choosing a picture: a photo the family has, or a pictogram, for a thing of the plan or in any form."""
