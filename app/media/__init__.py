"""The photos people put on things: drawn again, sealed, laid away. Knows no noun of a plan: those name a photo by id.

Not here: who may see a photo (the item it is on decides), pages and forms (`moments`).
"""
