"""Step 3: scores the candidates and picks the top one of each mention with a calibrated probability.

In: a `Sheet` and a `Ranker`; the sheet runs its passes with the scores of the ranker. Out: `Ranked`, per mention the
candidates in order, their scores and shares, the probability of the top one. The `LinearRanker` with the weights of the
package is the ranker that the resolver uses when it is given no other.
"""

from mapgen.resolution.ranking.linear import linear_ranker
from mapgen.resolution.ranking.ranked import Ranked, main_country, rank
from mapgen.resolution.ranking.ranker import Ranker

__all__ = ["Ranked", "Ranker", "linear_ranker", "main_country", "rank"]
