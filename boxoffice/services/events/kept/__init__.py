"""What the sale leaves to those who wait.

While anybody waits for units of a quota, a *mark* lies in it: a claim of kind `offer` whose id and
holder are the quota's own, and whose end has long passed. It takes all that is free, so the sale
meets a full quota, releases what has lapsed as it always does, and with it the mark: then it knows
that people wait, sees what they would get as taken (`reserving`), sells the rest, and puts the mark
back. Without a mark nothing of this costs anything.
"""
