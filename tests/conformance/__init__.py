"""The measures of a grammar: recall, soundness, mutation, cost of its masks.

recall      what share of a language's own standard library the grammar accepts
soundness   what share of the texts drawn from the token mask the language's parser accepts
mutation    both at once: the grammar and the parser judge real code with 0 to 2 tokens changed
masks       Earley items and microseconds for each token mask, over real files

Every measure is a function of its arguments and a seed and returns a report; the tests beside it
set the thresholds, `benchmarks/grammars.py` prints the numbers.
"""
