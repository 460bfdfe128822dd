"""Step 4: applies what is not learned, in this order: rulings of a person, doubts, estimates; and words the reasons.

In: ranked candidates. Out: a `Resolution` per toponym, with its reasons.
"""
