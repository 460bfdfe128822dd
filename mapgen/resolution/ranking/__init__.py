"""Step 3: scores the candidates with learned weights and picks the top one with a calibrated probability.

In: a `Sheet`. Out: per mention the candidates in order, their scores and shares, the probability of the first.
"""
