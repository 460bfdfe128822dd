"""Step 1: looks up the places that a name can mean.

In: a name as it stands in the text, the language, the kind that a cue asks for. Out: a `CandidateSet`, the places as
arrays with the features that depend on name and place alone.
"""
