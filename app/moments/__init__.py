"""Moments (field term: moment): a photo of a drawing, a letter or a day, kept with a few words. Also the one place
where a photo is put on anything: a person, a goal, the plan itself.

Not here: how a photo is drawn again and where its files lie (`media`).
"""
