"""A plan in a child's size: a child's own pages of the plan, and the layer in which it says what it wants.

The layer is a root of its own with a key of its own, in one plan or two (decision 0024). What lies in it is seen by
the child, and by whom the child chose. How a page is made for a child, and the phone given to it, is here too; what is
agreed, wanted and who helps come from their own rooms.
"""
